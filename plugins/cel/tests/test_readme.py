"""What the README says is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jsonattrs_cel.language import LANGUAGE, MAX_EXPRESSION
from jsonattrs_cel.program import MAX_NAMES
from jsonattrs_cel.vocabulary import KEPT
from jsonattrs_core import Registry, Rule, Schema, SchemaError, compose

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
TYPES = {
    "age": "integer",
    "rooms": "integer",
    "area": "decimal",
    "price": "decimal",
    "name": "text",
    "kind": "text",
    "organic": "boolean",
    "born": "date",
    "planted": "date",
    "harvested": "date",
    "seen": "datetime",
    "opens": "time",
    "closes": "time",
    "takes": "duration",
    "tags": "text*",
    "scores": "integer*",
    "address": "object",
}


def rows(heading):
    """Return the cells of the first table below a heading, as Markdown shows them."""
    section = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines]
    return [[cell.strip().replace("\\|", "|") for cell in row] for row in cells]


def block(language):
    found = re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)
    assert found
    return found.group(1)


@pytest.mark.parametrize(("wanted", "expression"), rows("What you want, and how it is written"))
def test_expressions(make_types, wanted, expression):
    assert wanted
    compiled = LANGUAGE.compile(expression.strip("`"), make_types(**TYPES), bool)
    assert compiled.names


def test_they_use_all_the_attributes_that_are_named():
    section = README.split("The attributes in these examples:")[1].split("\n\n")[0]
    assert set(re.findall("`([a-z]+)`", section)) == set(TYPES)


@pytest.mark.parametrize(("expression", "large", "small"), rows("What is absent"))
def test_absent_values(make_types, expression, large, small):
    compiled = LANGUAGE.compile(expression.strip("`"), make_types(a="integer", b="integer"), bool)
    outcomes = {"not evaluated": None, "true": True, "false": False}
    assert compiled.evaluate({"a": 5}) is outcomes[large]
    assert compiled.evaluate({"a": 1}) is outcomes[small]


def test_words_that_need_attr():
    section = README.split("## Names")[1].split("## ")[0]
    missing = {word for word in KEPT if f"`{word}`" not in section}
    assert missing == {"true", "false", "null", "in"}  # reserved as names of attributes


def test_bounds():
    bounds = dict(rows("What cannot be evaluated"))
    assert bounds["an expression"].startswith(f"{MAX_EXPRESSION:,} characters, {MAX_NAMES} attributes")


def test_the_example(tmp_path, monkeypatch, capsys):
    (tmp_path / "harvest.yaml").write_text(block("yaml"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(block("python"), "README.md", "exec"), {})
    assert f"```\n{capsys.readouterr().out}```" in README


def test_the_faults():
    said = README.split("## When an expression is wrong")[1].split("```")[1].strip()
    attributes = Schema.from_document(
        {
            "format": 1,
            "name": "harvest",
            "attributes": [{"key": "planted", "type": "date"}, {"key": "harvested", "type": "date"}],
        }
    ).attributes
    rules = [Rule("plantd < harvested", "No."), Rule("planted < '2024'", "No.")]
    with pytest.raises(SchemaError) as caught:
        compose(Schema("harvest", attributes, rules=rules)).compile(Registry.installed())
    assert str(caught.value) == said
