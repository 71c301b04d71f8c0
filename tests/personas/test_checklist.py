"""The checklist of what the predecessors did and should have done: each row has a test that names it, or a line.

Rows 35 to 44 are about moving attributes to columns, which is not this application's.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "examples" / "personas" / "README.md"
FOLDERS = (ROOT / "tests" / "personas", ROOT / "tests" / "browser" / "personas")
ROWS = [*range(1, 35), *range(45, 55)]
#: Rows about screens, which only a browser can show.
SCREENS = [17, 18, 19, 20, 21, 22, 25, 26, 53]

#: "Row 12", "Rows 12 and 14", "Rows 17 to 20, 22"
NAMED = re.compile(r"\b[Rr]ows? ((?:\d+(?: to |, | and )?)+)")


def rows_in(text):
    """Yield the numbers that a text names as rows."""
    for found in NAMED.findall(text):
        for part in re.split(r", | and ", found.strip(" ,")):
            first, _, last = part.partition(" to ")
            if first.strip().isdigit():
                yield from range(int(first), int(last or first) + 1)


def named_by_tests(*folders):
    found = set()
    for folder in folders:
        for path in folder.rglob("test_*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                    found.update(rows_in(ast.get_docstring(node) or ""))
    return found


def named_by_the_page():
    lines = re.findall(r"^(?:- )?`?row (\d+)(?:`?: | \w)", README.read_text(encoding="utf-8"), re.MULTILINE)
    return {int(number) for number in lines}


def test_a_docstring_names_rows():
    assert list(rows_in("Row 12: so. Rows 17 to 19, and row 3")) == [12, 17, 18, 19, 3]
    assert list(rows_in("Rows 4 and 6, of the form")) == [4, 6]
    assert list(rows_in("A row of 12")) == []


@pytest.mark.parametrize("row", ROWS)
def test_each_row_has_a_test_or_a_line(row):
    assert row in named_by_tests(*FOLDERS) | named_by_the_page()


@pytest.mark.parametrize("row", SCREENS)
def test_what_is_about_screens_is_shown_in_a_browser(row):
    assert row in named_by_tests(FOLDERS[1])
