"""What the README says is so."""

import doctest
import importlib
import re
from pathlib import Path

import pytest
import yaml

from jsonattrs_core import Attribute, Registry, Schema, compose

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
VALIDATOR = compose(Schema("typed", [Attribute(name, name) for name in ("decimal", "date")])).compile(
    Registry.installed()
)


def cells(line):
    return [cell.strip().strip("`") for cell in line.strip("|\n").split("|")]


def rows(heading):
    section = README.split(f"## {heading}\n")[1].split("\n## ")[0]
    header, _, *lines = [line for line in section.splitlines() if line.startswith("|")]
    _, *languages = cells(header)
    for line in lines:
        typed, *expected = cells(line)
        yield from ((typed, language, read) for language, read in zip(languages, expected, strict=True))


@pytest.mark.parametrize(("typed", "language", "expected"), [*rows("Numbers")])
def test_the_table_of_numbers(typed, language, expected):
    result = VALIDATOR.check({"decimal": typed}, from_text=True, language=language)
    assert (str(result.value["decimal"]) if result.ok else "\u2013") == expected


@pytest.mark.parametrize(("typed", "language", "expected"), [*rows("Dates")])
def test_the_table_of_dates(typed, language, expected):
    result = VALIDATOR.check({"date": typed}, from_text=True, language=language)
    assert (result.value["date"].isoformat() if result.ok else "\u2013") == expected


def test_the_python_example(capsys):
    (code,) = re.findall("```python\n(.*?)```", README, re.DOTALL)
    exec(code, {})
    assert capsys.readouterr().out.splitlines() == re.findall("# ({.*})", code)


def test_the_schema():
    (document,) = re.findall("```yaml\n(.*?)```", README, re.DOTALL)
    owner = compose(Schema.from_document(yaml.safe_load(document))).compile(Registry.installed())
    typed = {"country": "de", "currency": "eur", "language": "DE", "site": "de_at"}
    assert owner.validate(typed) == {"country": "DE", "currency": "EUR", "language": "de", "site": "de-AT"}


@pytest.mark.parametrize("module", ["codes", "dates", "numbers"])
def test_the_examples_of_the_docstrings(module):
    assert doctest.testmod(importlib.import_module(f"jsonattrs_babel.{module}")).failed == 0
