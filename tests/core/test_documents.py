"""Schemas as files: what is read, what is refused and where, and what is written."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import yaml

from jsonattrs_core import UNSET, Attribute, Choice, Rule, Schema, SchemaError, compose

EVERYTHING = """
format: 1
name: parcels
default_language: id
rule_language: cel
attributes:
  - key: lot
    name: parcel_number
    type: text
    subtype: slug
    label: {en: Parcel number, id: Nomor bidang}
    help_text: On the deed
    group: identity
    order: 2
    required: true
    unique: true
    indexed: trigram
    locked: true
    constraints: {max_length: 20, pattern: "[a-z]+"}
  - key: use
    name: use
    type: text
    choices:
      - farm
      - [home, Home]
      - {value: no, label: {en: None, id: Tidak}, retired: true}
    multiple: true
    default: [farm]
    initial_default: [home]
    status: deprecated
  - {key: sold, name: sold, type: date, required_if: "price > 0", visible_if: "use == 'farm'"}
  - {key: gone, omit: true}
rules:
  - {expression: "a > b", message: {id: Salah}, attributes: [sold], language: other, severity: warning}
unique_together:
  - [parcel_number, sold]
"""


def written(tmp_path, text, name="schema.yaml"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_every_property_is_read(tmp_path):
    schema = Schema.read(written(tmp_path, EVERYTHING))
    assert schema == Schema(
        "parcels",
        [
            Attribute(
                "parcel_number",
                "text",
                key="lot",
                subtype="slug",
                label={"en": "Parcel number", "id": "Nomor bidang"},
                help_text="On the deed",
                group="identity",
                order=2,
                required=True,
                unique=True,
                indexed="trigram",
                locked=True,
                constraints={"max_length": 20, "pattern": "[a-z]+"},
            ),
            Attribute(
                "use",
                "text",
                key="use",
                choices=[Choice("farm"), ("home", "Home"), Choice("no", {"en": "None", "id": "Tidak"}, True)],
                multiple=True,
                default=["farm"],
                initial_default=["home"],
                status="deprecated",
            ),
            Attribute("sold", "date", key="sold", required_if="price > 0", visible_if="use == 'farm'"),
            Attribute(key="gone", omit=True),
        ],
        rules=[Rule("a > b", {"id": "Salah"}, attributes=["sold"], language="other", severity="warning")],
        unique_together=[("parcel_number", "sold")],
        default_language="id",
    )


def test_what_is_written_reads_as_the_same_schema(tmp_path):
    schema = Schema.read(written(tmp_path, EVERYTHING))
    document = schema.to_document()
    assert Schema.from_document(json.loads(json.dumps(document))) == schema
    assert Schema.read(written(tmp_path, json.dumps(document), "schema.json")) == schema
    assert Schema.read(written(tmp_path, yaml.safe_dump(document, allow_unicode=True))) == schema


def test_a_written_document_always_gives_the_key():
    document = Schema("s", [Attribute("born", "date"), Attribute(key="old", omit=True)]).to_document()
    assert document["attributes"] == [{"key": "born", "name": "born", "type": "date"}, {"key": "old", "omit": True}]


def test_python_values_of_a_definition_are_written_as_json():
    schema = Schema(
        "s",
        [
            Attribute("a", "date", default=date(2024, 2, 29), constraints={"min": date(2000, 1, 1)}),
            Attribute("b", "decimal", choices=[Decimal("1.50"), (Decimal(2), "Two")]),
            Attribute("c", "datetime", default=datetime(2024, 1, 1, tzinfo=UTC)),
            Attribute("d", "text", default=None),
        ],
    )
    document = json.loads(json.dumps(schema.to_document()))
    assert [attribute.get("default", UNSET) for attribute in document["attributes"]] == [
        "2024-02-29",
        UNSET,
        "2024-01-01T00:00:00Z",
        None,
    ]
    assert document["attributes"][1]["choices"] == ["1.50", {"value": "2", "label": "Two"}]
    assert document["attributes"][0]["constraints"] == {"min": "2000-01-01"}
    assert Schema.from_document(document).to_document() == schema.to_document()


def test_a_composed_schema_is_written_whole():
    one = Schema("one", [Attribute("a", "text", constraints={"min_length": 1}), Attribute("b", "text")])
    two = Schema("two", [Attribute("a", required=True, constraints={"max_length": 9}), Attribute("b", omit=True)])
    composed = compose(one, two)
    assert Schema.from_document(composed.to_document()).attributes == tuple(composed.values())


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("12:30", "12:30"),
        ("2024-01-01", "2024-01-01"),
        ("010", 10),
        ("1_000", "1_000"),
        ("0x1f", "0x1f"),
        ("1.5", 1.5),
        (".inf", ".inf"),
        ("true", True),
        ("~", None),
        ("null", None),
        ("", None),
    ],
)
def test_yaml_is_read_as_its_version_1_2(tmp_path, scalar, value):
    text = f"format: 1\nname: s\nattributes:\n  - {{key: a, type: text, default: {scalar}}}\n"
    (attribute,) = Schema.read(written(tmp_path, text)).attributes
    assert attribute.default == value
    assert type(attribute.default) is type(value)


HEAD = "format: 1\nname: s\n"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "s.yaml",
            HEAD + "attributes: [{key: a, typ: text}]",
            "'typ' is no property of an attribute; did you mean 'type'?",
        ),
        ("s.yaml", HEAD + "atributes: []", "'atributes' is no property of a schema; did you mean 'attributes'?"),
        ("s.yaml", HEAD + "rules: [{expression: a, mesage: b}]", "'mesage' is no property of a rule"),
        ("s.yaml", HEAD + "rules: [{expression: a, mesage: b}]", "rule 1 needs 'message'"),
        ("s.yaml", HEAD + "attributes: [{key: a, choices: [{valeu: 1}]}]", "'valeu' is no property of a choice"),
        ("s.yaml", HEAD + "attributes: [{label: A}]", "an attribute needs a 'key' or a 'name'"),
        ("s.yaml", HEAD + "attributes: {a: text}", "'attributes' must be a list"),
        ("s.yaml", HEAD + "attributes: [a]", "an attribute is a mapping"),
        ("s.yaml", "name: s\n", "'format' must be 1; it is None"),
        ("s.yaml", "format: 2\nname: s\n", "'format' must be 1; it is 2"),
        ("s.yaml", "format: 1\n", "'name' must be a text"),
        ("s.yaml", HEAD + "unique_together: [a, b]", "'unique_together' must be a list of lists"),
        ("s.yaml", "- a\n", "a schema is a mapping"),
        ("s.yaml", HEAD + "name: t\n", "line 3, column 1: 'name' stands twice"),
        ("s.yaml", "a: [1,\n", "line 2, column 1"),
        ("s.yaml", "a: &x [1]\nb: *x\n", "line 2, column 4: aliases are not allowed here"),
        ("s.yaml", "1: a\n", "a name must be a text"),
        ("s.yaml", "a: !!python/object:os.system {}\n", "could not determine a constructor"),
        ("s.yaml", b"\xff\xfe\xfa", "this is not UTF-8 text"),
        ("s.yaml", "a: \x00", "this is not YAML"),
        ("s.json", '{"a": 1, "a": 2}', "'a' stands twice in one mapping"),
        ("s.json", '{"a": }', "line 1, column 7"),
        ("s.json", "[" * 100_000, "this is nested too deep"),
        ("s.json", '{"a": 1' + "0" * 5000 + "}", "digits"),
    ],
)
def test_a_faulty_file_says_what_and_where(tmp_path, name, text, message):
    path = written(tmp_path, text, name)
    with pytest.raises(SchemaError) as raised:
        Schema.read(path)
    assert message in str(raised.value)


def test_all_faults_of_a_document_are_told_at_once():
    with pytest.raises(SchemaError) as raised:
        Schema.from_document({"format": 1, "name": "s", "attributes": [{"key": "a", "x": 1, "y": 2}], "z": 3})
    assert len(raised.value.faults) == 3


@pytest.mark.parametrize("document", [None, [], 5, "text", {"attributes": 5}, {"rules": 5}, {"rules": [5]}, {1: 2}])
def test_any_json_value_for_a_document_is_a_schema_error(document):
    with pytest.raises(SchemaError):
        Schema.from_document(document)


def test_a_file_of_more_than_ten_mebibytes_is_refused(tmp_path):
    path = written(tmp_path, b"#" * (10 * 1024 * 1024 + 1))
    with pytest.raises(SchemaError, match="at most 10,485,760 bytes"):
        Schema.read(path)


def test_a_missing_file_is_the_systems_own_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        Schema.read(tmp_path / "nowhere.yaml")
