"""The examples use of jsonattrs what its documentation names, and nothing else."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md"))
EXAMPLES = ("demo", "landregistry", "personas")


def imports(folder):
    for path in sorted(folder.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("jsonattrs_"):
                yield from ((node.module, alias.name) for alias in node.names)
            elif isinstance(node, ast.Import):
                yield from ((alias.name, None) for alias in node.names if alias.name.startswith("jsonattrs_"))


FOUND = sorted({each for name in EXAMPLES for each in imports(ROOT / "examples" / name)}, key=str)


@pytest.mark.parametrize(("module", "name"), FOUND, ids=[f"{module}:{name}" for module, name in FOUND])
def test_what_an_example_imports_is_documented(module, name):
    assert re.search(rf"\b{re.escape(module)}\b", DOCS)
    assert name in import_module(module).__all__
    assert re.search(rf"[`.]{name}\b|import [\w, ()\n]*\b{name}\b", DOCS)
    assert not name.startswith("_")


def test_something_was_found():
    assert ("jsonattrs_django.fields", "JSONAttributeField") in FOUND
    assert len(FOUND) > 20
