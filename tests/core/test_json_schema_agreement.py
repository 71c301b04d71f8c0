"""The exported JSON Schema and the engine give the same verdict; where they do not, the docs have a row that says why.

The table in docs/reference/documents.md is the list: each of its rows has a function here that recognises its cases,
and each is met. Formats are off, as in most validators; subtypes are left out, since JSON Schema has no word for them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import partial
from pathlib import Path
from random import Random

import jsonschema
import pytest

from jsonattrs_core import Attribute, Schema, compose
from tests.core.fake_language import REGISTRY
from tests.core.json_schema_documents import made_document, made_schema

DOCS = Path(__file__).parents[2] / "docs/reference/documents.md"
ROW = re.compile(r"^\| `([a-z-]+)` \| (engine|JSON Schema|either) \|", re.MULTILINE)
CALENDAR = ("date", "datetime", "duration")
AS_TEXT = ("decimal", "date", "datetime", "time", "duration")
SEVERAL_WAYS = ("decimal", "datetime", "time", "duration", "uuid")
#: How many documents each schema is tried with.
EACH = 20


def items(value):
    """Return the values that an attribute's value consists of."""
    return value if isinstance(value, list) else [value]


def texts(value):
    return [item for item in items(value) if isinstance(item, str)]


def clean(text):
    """Return a text as the engine puts it before it looks at it."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def is_unclean(text, attribute):
    return any(unicodedata.category(character) in ("Cc", "Cs") for character in text) or "\u0301" * 31 in text


def is_null(value):
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def limits(attribute, *names):
    return [name for name in names if name in (attribute.constraints or {})]


def _any_text(found):
    """Return what tells whether any text of a text attribute's value is such a one."""
    return lambda attribute, value: attribute.type == "text" and any(found(text, attribute) for text in texts(value))


def _of(types, *names):
    return lambda attribute, value: attribute.type in types and bool(limits(attribute, *names))


def _is_reread(attribute, value):
    pattern = (attribute.constraints or {}).get("pattern", "")
    if attribute.type == "text":
        return "(?i)" in pattern or (r"\d" in pattern and not all(text.isascii() for text in texts(value)))
    return any(text.endswith("\n") for text in texts(value))


def _is_too_large(attribute, value):
    def size(value):
        if isinstance(value, int) and attribute.type in ("decimal", "object"):
            return abs(value) >= 10**100
        if isinstance(value, dict):
            return "[" * 9 in repr(value) or any(map(size, value.values()))
        return isinstance(value, str) and len(value) > (100 if attribute.type == "decimal" else 100_000)

    return any(map(size, items(value)))


def _is_odd_member(attribute, value):
    return attribute.type == "object" and "\\x00" in repr(value)


#: Of each row of the docs, what recognises its cases: of an attribute that the two disagree on, and its value.
DEVIATIONS = {
    "empty": lambda attribute, value: (
        is_null(value) and (value == [] or (value is not None and attribute.type == "text"))
    ),
    "clean-text": _any_text(lambda text, attribute: clean(text) != text),
    "characters": lambda attribute, value: _any_text(is_unclean)(attribute, value) or _is_odd_member(attribute, value),
    "calendar": lambda attribute, value: attribute.type in CALENDAR,
    "limits-of-texts": _of(AS_TEXT, "min", "max", "max_digits", "decimal_places"),
    "equal-values": lambda attribute, value: (
        attribute.type in SEVERAL_WAYS and bool(attribute.choices or limits(attribute, "unique_items"))
    ),
    "decimal-integers": lambda attribute, value: (
        attribute.type == "decimal" and any(type(item) is int for item in items(value))
    ),
    "exact-floats": lambda attribute, value: (
        attribute.type == "float" and any(type(item) is int and abs(item) > 2**53 for item in items(value))
    ),
    "patterns": _is_reread,
    "sizes": _is_too_large,
    "references": lambda attribute, value: "$ref" in repr((attribute.constraints or {}).get("json_schema")),
    "conditions": lambda attribute, value: is_null(value) and bool(attribute.required_if or attribute.visible_if),
}


def rows():
    """Return name and "who refuses" of each row of the docs."""
    return dict(ROW.findall(DOCS.read_text(encoding="utf-8")))


class Pair:
    """One schema in both forms, of new records or of changes."""

    def __init__(self, schema, of="new"):
        composed = compose(schema)
        exported = composed.to_json_schema(registry=REGISTRY, of=of)
        jsonschema.Draft202012Validator.check_schema(exported)
        self.schema = schema
        self.engine = composed.compile(REGISTRY)
        self.whole = jsonschema.Draft202012Validator(exported)
        self.parts = {name: self.whole.evolve(schema=part) for name, part in exported["properties"].items()}
        self.required = exported.get("required", ())
        self.check = self.engine.check if of == "new" else partial(self.engine.check, current={})
        self.stored = jsonschema.Draft202012Validator(composed.to_json_schema(registry=REGISTRY, of="stored"))

    def disagreements(self, document):
        """Yield attribute (None: the record), value and who refuses of each thing that only one of the two refuses."""
        result = self.check(document)
        if not isinstance(document, dict):
            assert result.ok is self.whole.is_valid(document) is False
            return
        self._check_stored(result)
        refused = {problem.path[0] if problem.path and problem.code != "rule" else None for problem in result.problems}
        accepted = {name for name in self.parts if self._accepts(name, document)}
        for attribute in self.schema.attributes:
            if (attribute.name in accepted) is (attribute.name in refused):
                refuser = "engine" if attribute.name in refused else "JSON Schema"
                yield attribute, document.get(attribute.name), refuser
        if None in refused:
            yield None, None, "engine"
        unknown = document.keys() - self.parts.keys()
        assert refused - self.parts.keys() - {None} == unknown
        # So that the verdict on the whole is explained where that on each part is.
        assert self.whole.is_valid(document) is (accepted == self.parts.keys() and not unknown)

    def _check_stored(self, result):
        """Find what is accepted valid as it is stored; one that is written otherwise than its choice is told of."""
        for name, value in result.value.items() if result.ok else ():
            attribute = next(each for each in self.schema.attributes if each.name == name)
            stored = self.engine.dump({name: value})[name]
            assert self.stored.evolve(schema=self.stored.schema["properties"][name]).is_valid(stored) or (
                DEVIATIONS["equal-values"](attribute, value)
            )

    def _accepts(self, name, document):
        return self.parts[name].is_valid(document[name]) if name in document else name not in self.required


def reasons(attribute, value):
    if attribute is None:
        return ["rules"]
    return [name for name, recognises in DEVIATIONS.items() if recognises(attribute, value)]


def compared(seed, number, of="new"):
    """Compare so many documents; return how often each row of the docs was the only reason, and what was agreed on."""
    random = Random(seed)
    told = rows()
    met = Counter()
    for _ in range(number // EACH):
        pair = Pair(made_schema(random), of)
        for document in [made_document(pair.schema, random) for _ in range(EACH)]:
            found = [*pair.disagreements(document)]
            for attribute, value, refuser in found:
                because = [name for name in reasons(attribute, value) if told[name] in (refuser, "either")]
                assert because, f"only {refuser} refuses {value!r} of {attribute}"
                met[because[0]] += len(because) == 1
            met["refused" if pair.check(document).problems else "accepted"] += not found
    return met


def test_the_docs_have_the_same_list():
    assert rows().keys() == DEVIATIONS.keys() | {"rules"}


@pytest.mark.parametrize("of", ["new", "changes"])
def test_documents_get_the_same_verdict(of):
    met = compared(seed=7, number=2_000, of=of)
    assert met["accepted"] > 100
    assert met["refused"] > 400


@pytest.mark.long
@pytest.mark.parametrize("of", ["new", "changes"])
def test_ten_thousand_documents_get_the_same_verdict_and_every_row_of_the_docs_is_met(of):
    met = compared(seed=2020, number=10_000, of=of)
    assert met["accepted"] > 500
    assert met["refused"] > 2_000
    assert {name for name in rows() if not met[name]} == set()


@pytest.mark.parametrize(
    ("row", "attribute", "value"),
    [
        ("empty", Attribute("x", "text", constraints={"min_length": 2}), ""),
        ("clean-text", Attribute("x", "text", constraints={"max_length": 1}), " a "),
        ("characters", Attribute("x", "text"), "a\x00"),
        ("calendar", Attribute("x", "date"), "2024-02-30"),
        ("limits-of-texts", Attribute("x", "decimal", constraints={"min": "0"}), "-1"),
        ("equal-values", Attribute("x", "decimal", choices=["1.50"]), "1.5"),
        ("decimal-integers", Attribute("x", "decimal"), 1),
        ("exact-floats", Attribute("x", "float"), 2**53 + 1),
        ("patterns", Attribute("x", "text", constraints={"pattern": "(?i)a"}), "b"),
        ("sizes", Attribute("x", "text"), "a" * 100_001),
        (
            "references",
            Attribute(
                "x", "object", constraints={"json_schema": {"allOf": [{"$ref": "#/$defs/n"}], "$defs": {"n": False}}}
            ),
            {},
        ),
        ("conditions", Attribute("x", "text", required_if="given.y"), None),
    ],
)
def test_the_case_of_a_row(row, attribute, value):
    pair = Pair(Schema("s", [attribute, Attribute("y", "boolean")], rule_language="fake"))
    [(_, _, refuser)] = pair.disagreements({"x": value, "y": True})
    assert rows()[row] in (refuser, "either")
    assert reasons(attribute, value) == [row]
