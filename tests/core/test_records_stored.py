"""Stored documents: ``dump``, ``load`` and ``problems``, over documents that fit and documents that do not."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from jsonattrs_core import Attribute, Choice, Rule
from tests.core.checking import told, validator

#: One value of every type, and how it is stored.
VALUES = {
    "text": ("a", "a"),
    "integer": (5, 5),
    "float": (1.5, 1.5),
    "decimal": (Decimal("1.50"), "1.50"),
    "boolean": (True, True),
    "date": (date(2024, 2, 29), "2024-02-29"),
    "datetime": (datetime(2024, 2, 29, 1, 2, 3, tzinfo=UTC), "2024-02-29T01:02:03Z"),
    "time": (time(1, 2, 3), "01:02:03"),
    "duration": (timedelta(days=1, seconds=90), "P1DT1M30S"),
    "uuid": (UUID(int=10), "00000000-0000-0000-0000-00000000000a"),
    "object": ({"a": [1, None]}, {"a": [1, None]}),
}
ALL = validator(
    *(Attribute(type_, type_, key=f"K-{type_}") for type_ in VALUES),
    *(Attribute(f"{type_}_s", type_, multiple=True) for type_ in VALUES),
)


def test_a_document_has_keys_where_the_record_has_names():
    record = {type_: value for type_, (value, _) in VALUES.items()}
    record |= {f"{type_}_s": [value, value] for type_, (value, _) in VALUES.items()}
    document = {f"K-{type_}": stored for type_, (_, stored) in VALUES.items()}
    document |= {f"{type_}_s": [stored, stored] for type_, (_, stored) in VALUES.items()}
    assert ALL.dump(record) == document
    assert ALL.load(document) == record
    assert ALL.load(json.loads(json.dumps(document))) == record
    assert ALL.problems(document) == ()
    assert ALL.validate(record) == record


def test_null_is_stored_and_what_is_absent_is_not():
    assert ALL.dump({"date": None, "date_s": None}) == {"K-date": None, "date_s": None}
    assert ALL.dump({}) == {}
    assert ALL.load({}) == {}


def test_a_name_that_no_attribute_has_cannot_be_dumped():
    with pytest.raises(KeyError):
        ALL.dump({"nobody": 1})


# ---- orphans and reserved keys ----


@pytest.mark.parametrize("key", ["orphan", "$scope", "$broken", "", "date", "K-nobody", "\x00", "x" * 100_000])
@pytest.mark.parametrize("value", [None, 1, "x", [[]], {"a": {}}], ids=repr)
def test_orphans_and_reserved_keys_are_no_problem_and_are_not_read(key, value):
    document = {"K-date": "2024-02-29", key: value}
    assert ALL.load(document) == {"date": date(2024, 2, 29)}
    assert ALL.problems(document) == ()


def test_a_document_may_be_no_object():
    for document in (None, 5, "x", [], [["K-date", 1]], True):
        assert ALL.load(document) == {}
        [problem] = ALL.problems(document)
        assert (problem.path, problem.code, problem.params) == ((), "type", {"type": "document"})


# ---- what does not fit ----

MISFITS = (
    True,
    0,
    -1,
    1.5,
    2**70,
    "misfit",
    "",
    "2024-02-30",
    [],
    [1],
    ["x"],
    {},
    {"a": 1},
    float("nan"),
    "\x00",
    "\ud800",
)


@pytest.mark.parametrize("type_", VALUES)
@pytest.mark.parametrize("misfit", [*MISFITS, [None], [[]], ["2024-01-01", 5], [1.5, True]], ids=ascii)
def test_whatever_is_stored_is_read_and_stored_again_unaltered(type_, misfit):
    """A value that does not fit is given raw; what is stored again is equal, or means the same."""
    for name, key in ((type_, f"K-{type_}"), (f"{type_}_s", f"{type_}_s")):
        loaded = ALL.load({key: misfit})
        again = ALL.dump(loaded)
        assert loaded.keys() == {name}
        assert ALL.load(again) == loaded or repr(ALL.load(again)) == repr(loaded)
        if any(problem.code != "required" for problem in ALL.problems({key: misfit})):
            assert repr(again) == repr({key: misfit})


@pytest.mark.parametrize(
    ("type_", "stored", "codes"),
    [
        ("text", 5, ["type"]),
        ("text", "a\x00b", ["format"]),
        ("integer", 2**63, ["max"]),
        ("integer", "5", ["type"]),
        ("float", "1.5", ["type"]),
        ("decimal", 1.5, ["type"]),
        ("decimal", "1e5", ["format"]),
        ("boolean", 1, ["type"]),
        ("date", "2024-02-30", ["format"]),
        ("date", 20240229, ["type"]),
        ("date", "20240229T1", ["format"]),
        ("date", "2024-W09-4", ["format"]),
        ("datetime", "2024-01-01T00:00:00", ["format"]),
        ("time", "24:00", ["format"]),
        ("duration", "P1Y", ["format"]),
        ("uuid", "x", ["format"]),
        ("object", [], ["type"]),
    ],
    ids=repr,
)
def test_what_does_not_fit_is_read_raw_and_told(type_, stored, codes):
    assert ALL.load({f"K-{type_}": stored}) == {type_: stored}
    assert told(ALL.problems({f"K-{type_}": stored})) == [((type_,), code) for code in codes]
    assert ALL.load({f"{type_}_s": [stored]}) == {f"{type_}_s": [stored]}
    assert told(ALL.problems({f"{type_}_s": [stored]})) == [((f"{type_}_s", 0), code) for code in codes]


def test_a_list_is_raw_as_a_whole_where_one_item_does_not_fit():
    document = {"date_s": ["2024-02-29", "no"]}
    assert ALL.load(document) == document
    assert ALL.dump(ALL.load(document)) == document
    assert told(ALL.problems(document)) == [(("date_s", 1), "format")]


def test_a_value_that_breaks_a_constraint_is_read_as_what_it_is():
    one = validator(Attribute("x", "date", constraints={"min": "2024-01-01"}), Attribute("y", "text", subtype="slug"))
    document = {"x": "2000-01-01", "y": "a b"}
    assert one.load(document) == {"x": date(2000, 1, 1), "y": "a b"}
    assert told(one.problems(document)) == [(("x",), "min"), (("y",), "format")]


@pytest.mark.parametrize(
    ("properties", "stored"),
    [({"multiple": True}, "a"), ({"multiple": False}, ["a"]), ({"multiple": True}, {"a": 1})],
    ids=repr,
)
def test_what_was_stored_before_an_attribute_became_multiple_or_single(properties, stored):
    one = validator(Attribute("x", "text", **properties))
    assert one.load({"x": stored}) == {"x": stored}
    assert one.dump({"x": stored}) == {"x": stored}
    assert [p.code for p in one.problems({"x": stored})] == ["type"]


# ---- initial defaults ----


@pytest.mark.parametrize(
    ("type_", "given", "value"),
    [
        ("text", " a ", "a"),
        ("date", "2024-02-29", date(2024, 2, 29)),
        ("decimal", "1.50", Decimal("1.50")),
        ("datetime", datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 1, 1, tzinfo=UTC)),
        ("boolean", False, False),
        ("object", {"a": [1]}, {"a": [1]}),
    ],
    ids=repr,
)
def test_a_record_without_the_key_reads_as_the_initial_default(type_, given, value):
    one = validator(Attribute("x", type_, initial_default=given, required=True))
    assert one.load({}) == {"x": value}
    assert one.load({"x": None}) == {"x": None}
    assert one.problems({}) == ()
    assert told(one.problems({"x": None})) == [(("x",), "required")]
    many = validator(Attribute("x", type_, multiple=True, initial_default=[given, given]))
    assert many.load({}) == {"x": [value, value]}


@pytest.mark.parametrize("multiple", [False, True], ids=["object", "list"])
def test_each_reader_has_a_copy_of_the_initial_default(multiple):
    default = {"a": [1]}
    one = validator(Attribute("x", "object", multiple=multiple, initial_default=[default] if multiple else default))
    first, second = one.load({})["x"], one.load({})["x"]
    (first[0] if multiple else first)["a"].append(2)
    assert second == one.load({})["x"] == ([{"a": [1]}] if multiple else {"a": [1]})
    assert default == {"a": [1]}


def test_reading_never_writes():
    document = {"K-date": "2024-02-29"}
    one = validator(Attribute("x", "text", initial_default="i"), Attribute("y", "object"))
    one.load(document)
    one.problems(document)
    assert document == {"K-date": "2024-02-29"}


def test_rules_and_conditions_see_the_initial_default():
    attributes = Attribute("x", "integer", initial_default=5), Attribute("y", "text", required_if="x == 5")
    one = validator(*attributes, rules=[Rule("x < 5", "m")])
    assert told(one.problems({})) == [(("y",), "required"), ((), "rule")]
    assert told(one.problems({"x": 4})) == []
    assert told(one.problems({"x": None})) == []


# ---- the audit ----

AUDITED = validator(
    Attribute("a", "text", required=True),
    Attribute("b", "integer", constraints={"max": 9}),
    Attribute("c", "text", required=True, default="d", visible_if="b == 1"),
    Attribute("d", "text", status="deprecated", required=True),
    Attribute("e", "text", choices=["x", Choice("y", retired=True)]),
    rules=[Rule("b != 3", "not three", attributes=["b"]), Rule("b != 4", "unusual", severity="warning")],
)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"a": "x"}, []),
        ({}, [(("a",), "required")]),
        ({"a": None}, [(("a",), "required")]),
        ({"a": "x", "b": 10}, [(("b",), "max")]),
        ({"a": "x", "b": 1}, [(("c",), "required")]),
        ({"a": "x", "b": 2}, []),
        ({"a": "x", "b": 2, "c": 5}, [(("c",), "type")]),
        ({"a": "x", "b": 3}, [(("b",), "rule")]),
        ({"a": "x", "b": 4}, []),
        ({"a": "x", "e": "y"}, []),
        ({"a": "x", "e": "z"}, [(("e",), "choice")]),
        ({"a": 5, "b": "x", "e": []}, [(("a",), "type"), (("b",), "type"), (("e",), "type")]),
    ],
    ids=repr,
)
def test_the_audit_of_a_stored_document(document, expected):
    assert told(AUDITED.problems(document)) == expected


def test_a_checked_record_has_no_problems_once_it_is_stored():
    value = AUDITED.validate({"a": " x ", "b": 1.0})
    document = AUDITED.dump(value)
    assert document == {"a": "x", "b": 1, "c": "d"}
    assert AUDITED.problems(document) == ()
    assert AUDITED.load(document) == value
