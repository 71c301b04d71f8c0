"""What the README and the docstrings show is what happens."""

import doctest
import re
from importlib import import_module
from pathlib import Path

import pytest

from jsonattrs_core import Invalid
from jsonattrs_postal.codes import check_of

README = Path(__file__).parents[1] / "README.md"


def test_the_readme():
    failed, tried = doctest.testfile(str(README), module_relative=False)
    assert tried
    assert not failed


def test_the_tables_of_spellings():
    section = README.read_text(encoding="utf-8").split("## Post codes\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ([A-Z]{2}(?:, [A-Z]{2})*) \| (.+) \| (.+) \|$", section, re.MULTILINE)
    assert len(rows) == 13
    for countries, given, stored in rows:
        found = [{verdict(country, text) for country in countries.split(", ")} for text in CODE(given)]
        expected = CODE(stored) * (len(found) // len(CODE(stored)))
        assert all(text in verdicts for text, verdicts in zip(expected, found, strict=True)), (countries, found)


CODE = re.compile("`([^`]+)`").findall


def verdict(country, text):
    try:
        return check_of(country)(text)
    except Invalid:
        return None


@pytest.mark.parametrize("module", ["jsonattrs_postal.address", "jsonattrs_postal.codes"])
def test_docstrings(module):
    failed, tried = doctest.testmod(import_module(module))
    assert tried
    assert not failed
