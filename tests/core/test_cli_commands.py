"""`jsonattrs check`, `schema`, `plugins`, `types` and `subtypes`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from jsonattrs_core import Registry, Subtype, hookimpl
from jsonattrs_core.cli import listing
from jsonattrs_core.cli.app import app

DEFAULT = """\
format: 1
name: default
attributes:
  - key: code
    name: code
    type: text
    required: true
    label: {en: Code, de: Kürzel}
    constraints: {max_length: 5}
  - {key: n, name: amount, type: decimal, constraints: {min: 0}, locked: true}
  - {key: size, name: size, type: text, choices: [S, M, [L, Large]]}
unique_together: [[code, size]]
"""
OVERRIDE = """\
format: 1
name: override
attributes:
  - {key: code, constraints: {max_length: 3}}
  - {key: size, omit: true}
  - {key: slugs, name: slugs, type: text, subtype: slug, multiple: true}
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A directory to work in, with two schemas."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    Path("default.yaml").write_text(DEFAULT, encoding="utf-8")
    Path("override.yaml").write_text(OVERRIDE)
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(app, arguments)


def rows(output):
    """Return the rows of a table as lists of cells."""
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in output.splitlines() if line.strip()]


# ---- check ----


@pytest.mark.parametrize(
    ("arguments", "stored"),
    [
        ([" a "], '"a"'),
        (["--type", "integer", "-5"], "-5"),
        (["1,5", "--type", "float", "--language", "de"], "1.5"),
        (["007.50", "--type", "decimal"], '"7.50"'),
        (["hello-world", "--subtype", "slug"], '"hello-world"'),
        (["Ä", "--constraint", "max_length=1", "--constraint", "pattern=[Ä]"], '"Ä"'),
        (["2024-02-29", "--type", "date", "--constraint", "max=today"], '"2024-02-29"'),
        (["12", "--constraint", "pattern=12"], '"12"'),
        (["", "--type", "integer"], "null"),
        (["no", "--type", "boolean"], "false"),
    ],
)
def test_a_valid_value_is_printed_as_it_is_stored(arguments, stored):
    result = run("check", *arguments)
    assert (result.exit_code, result.stdout) == (0, f"{stored}\n")


def test_a_problem_is_printed_with_its_code():
    result = run("check", "2", "--type", "integer", "--constraint", "min=3")
    assert (result.exit_code, result.stdout) == (1, "min: The value must be 3 or more.\n")


def test_a_problem_inside_a_value_is_printed_with_its_place():
    schema = '{"properties": {"a": {"type": "string"}}}'
    result = run("check", '{"a": 1}', "--type", "object", "--constraint", f"json_schema={schema}")
    assert result.exit_code == 1
    assert result.stdout.startswith("a: ")


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["x", "--type", "txt"], ["'txt'", "'text'"]),
        (["x", "--subtype", "slugg"], ["'slugg'", "'slug'"]),
        (["x", "--constraint", "max_lenth=3"], ["'max_lenth'", "'max_length'"]),
        (["x", "--constraint", "max_length"], ["write it like min=3"]),
        (["x", "--type", "integer", "--subtype", "slug"], ["'slug'", "'text'"]),
    ],
)
def test_what_nobody_provides_is_one_line_and_exit_code_2(arguments, parts):
    result = run("check", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    [line] = result.stderr.splitlines()
    assert line.startswith("jsonattrs: ")
    assert all(part in line for part in parts)


# ---- schema ----


def test_show(folder):
    result = run("schema", "show", "default.yaml", "override.yaml", "--language", "de")
    assert result.exit_code == 0
    heading, _, *table = rows(result.stdout)
    assert heading == ["Name", "Label", "Type", "Required", "Details", "From"]
    assert table == [
        ["code", "Kürzel", "text", "yes", "max_length: 3", "default, override"],
        ["amount (key n)", "decimal", "min: 0", "default"],
        ["locked"],
        ["slugs", "list of text / slug", "override"],
    ]


def test_show_of_one_schema(folder):
    result = run("schema", "show", "default.yaml")
    assert "choices: S, M, L" in result.stdout
    assert "unique together: code, size" in result.stdout


@pytest.mark.parametrize(
    ("indexed", "shown"),
    [("true", "indexed"), ("false", ""), ("trigram", "indexed: trigram")],
)
def test_show_tells_how_an_attribute_is_indexed(folder, indexed, shown):
    attribute = f"{{key: a, name: a, type: text, indexed: {indexed}}}"
    Path("searched.yaml").write_text(f"format: 1\nname: searched\nattributes: [{attribute}]")
    assert rows(run("schema", "show", "searched.yaml").stdout)[2] == ["a", "text", *filter(None, [shown]), "searched"]


def test_show_tells_the_faults_after_what_it_shows(folder):
    Path("faulty.yaml").write_text("format: 1\nname: faulty\nattributes: [{key: a, name: a, type: txt}]")
    result = run("schema", "show", "faulty.yaml")
    assert result.exit_code == 2
    assert "a" in result.stdout
    assert result.stderr.startswith("jsonattrs: schema 'faulty', attribute 'a': ")


@pytest.mark.parametrize(("output", "read"), [("yaml", yaml.safe_load), ("json", json.loads)])
def test_compose_prints_one_document_that_composes_to_the_same(folder, output, read):
    result = run("schema", "compose", "default.yaml", "override.yaml", "--output", output)
    assert result.exit_code == 0
    document = read(result.stdout)
    assert [attribute["key"] for attribute in document["attributes"]] == ["code", "n", "slugs"]
    Path("composed.yaml").write_text(result.stdout, encoding="utf-8")
    again = run("schema", "compose", "composed.yaml", "--output", output)
    assert again.stdout == result.stdout


def test_a_locked_attribute_names_both_schemas(folder):
    Path("override.yaml").write_text("format: 1\nname: override\nattributes: [{key: n, required: true}]")
    result = run("schema", "compose", "default.yaml", "override.yaml")
    assert result.exit_code == 2
    assert "'default'" in result.stderr
    assert "'override'" in result.stderr


def test_explain(folder):
    result = run("schema", "explain", "default.yaml", "override.yaml", "code")
    assert result.exit_code == 0
    heading, _, *table = rows(result.stdout)
    assert heading == ["Property", "Value", "Schema", "Overrode"]
    assert ["constraints.max_length", "3", "override", "5 (default)"] in table
    assert ["required", "true", "default"] in table


def test_explain_of_what_was_omitted(folder):
    result = run("schema", "explain", "default.yaml", "override.yaml", "size")
    assert result.exit_code == 0
    assert "note: schema 'override' omits it" in result.stdout


def test_explain_of_an_unknown_name(folder):
    result = run("schema", "explain", "default.yaml", "cod")
    assert result.exit_code == 2
    assert result.stderr == "jsonattrs: no schema defines the attribute 'cod'; did you mean 'code'?\n"


def test_explain_needs_a_name(folder):
    result = run("schema", "explain", "default.yaml")
    assert result.exit_code == 2
    assert "Missing argument" in result.stderr


def test_export(folder):
    result = run("schema", "export", "default.yaml", "override.yaml", "--language", "de")
    assert result.exit_code == 0
    exported = json.loads(result.stdout)
    assert exported["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert exported["properties"]["code"]["title"] == "Kürzel"


@pytest.mark.parametrize("command", ["show", "compose", "export"])
def test_a_missing_file_is_one_line_and_exit_code_2(folder, command):
    result = run("schema", command, "nowhere.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "jsonattrs: nowhere.yaml: No such file or directory\n"


# ---- what is installed ----


def subtype(name, country, priority=50):
    return Subtype(
        base="text",
        name=name,
        load="builtins:str",
        country=country,
        label=f"The {name}",
        summary="For tests.",
        examples=("1",),
        invalid_examples=(),
        priority=priority,
    )


class Plugin:
    def __init__(self, *subtypes):
        self._subtypes = subtypes

    @hookimpl
    def jsonattrs_subtypes(self):
        return list(self._subtypes)


@pytest.fixture
def plugins(monkeypatch):
    """Two plugins, one of which takes a name from the other."""
    monkeypatch.delenv("COLUMNS", raising=False)
    registry = Registry.from_plugins(
        {"one": Plugin(subtype("xx-code", "XX"), subtype("yy-code", "YY")), "two": Plugin(subtype("xx-code", "XX", 60))}
    )
    monkeypatch.setattr(listing, "default_registry", lambda: registry)


def test_plugins_lists_who_provides_how_much(plugins):
    result = run("plugins")
    assert result.exit_code == 0
    names = [row[0] for row in rows(result.stdout)[2:]]
    assert names == ["jsonattrs", "one", "two"]
    assert [(row["name"], row["subtype"]) for row in json.loads(run("plugins", "--json").stdout)][1:] == [
        ("one", 2),
        ("two", 1),
    ]


def test_types_lists_base_types_and_constraints():
    result = run("types")
    assert result.exit_code == 0
    first = [row[0] for row in rows(result.stdout)]
    assert {"text", "integer", "object", "min", "pattern"} <= set(first)
    kinds = {record["kind"] for record in json.loads(run("types", "--json").stdout)}
    assert kinds == {"base type", "constraint"}


@pytest.mark.parametrize("code", ["xx", "XX"])
def test_subtypes_of_a_country(plugins, code):
    result = run("subtypes", "--country", code)
    assert result.exit_code == 0
    assert rows(result.stdout)[2:-1] == [["xx-code", "text", "The xx-code: For tests.", "1", "two"]]


def test_all_shows_what_is_shadowed(plugins):
    result = run("subtypes", "--country", "xx", "--all")
    assert [row[-1] for row in rows(result.stdout)[2:-1]] == ["one (shadowed)", "two"]
    assert result.stdout.splitlines()[-1] == "1 subtype of 1 country, from 2 plugins."


def test_subtypes_of_a_country_that_has_none(plugins):
    result = run("subtypes", "--country", "zz")
    assert result.exit_code == 0
    assert "zz" in result.stdout
    assert json.loads(run("subtypes", "--country", "zz", "--json").stdout) == []


def test_subtypes_as_json_are_the_records_of_the_registry(plugins):
    found = json.loads(run("subtypes", "--json", "--all").stdout)
    assert {"name", "provider", "base", "country", "examples", "state"} <= set(found[0])


# ---- the whole ----


def test_version():
    result = run("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("jsonattrs ")


COMMANDS = [
    [],
    ["validate"],
    ["check"],
    ["schema"],
    ["schema", "show"],
    ["schema", "compose"],
    ["schema", "explain"],
    ["schema", "export"],
    ["plugins"],
    ["types"],
    ["subtypes"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help(command):
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "Usage: " in result.stdout


def test_an_unknown_command_is_exit_code_2():
    assert run("validat").exit_code == 2
