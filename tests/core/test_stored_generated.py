"""Reading and auditing stored documents: the functions written for a schema do what the plain ones do, always.

The plain ones are ``read_document`` and ``Validator._audit``. The written ones turn to them wherever a document is odd.
"""

from __future__ import annotations

import string
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jsonattrs_core import Attribute, BaseType, Choice, Limits, Registry, Rule, SchemaError, Validator, clock, hookimpl
from jsonattrs_core.builtin.moments import check_datetime
from jsonattrs_core.compiler.attribute_plan import AttributePlan
from jsonattrs_core.compiler.reading import read_document
from jsonattrs_core.errors import Invalid
from jsonattrs_core.testing.probe import ATTRIBUTE
from tests.core.checking import exactly, told, validator
from tests.core.fake_language import FakeLanguagePlugin
from tests.core.hostile import ATTRIBUTES, GOOD, VALUES, validator_of
from tests.core.test_hostile_records import STRANGE

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def same(one, other):
    """Tell whether two values are the same to the last detail; what is raw may be any object at all."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(map(same, one.values(), other.values()))
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return exactly(one) == exactly(other)


def assert_same(checked, document):
    plans = tuple(checked._collector.plans.values())
    assert same(checked.load(document), read_document(plans, document))
    with clock.using(lambda: NOW):
        assert checked.problems(document) == checked._audit(document).problems


# ---- one attribute, every value ----


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_every_value_of_every_attribute(name):
    attribute, good = ATTRIBUTES[name]
    checked = validator_of(attribute)
    written = [value for value in (good, *GOOD.values()) if value is not None]
    for value in (*VALUES, *written, *([value] for value in written), *STRANGE.values()):
        assert_same(checked, {ATTRIBUTE: value})
    assert_same(checked, {})


def test_every_document():
    checked = validator_of(Attribute("a", "text", required=True), Attribute("b", "date", initial_default="2024-02-29"))
    for document in (*VALUES, *STRANGE.values()):
        assert_same(checked, document)


# ---- generated schemas and documents ----

#: Stored values of each type: good ones, and some that are almost.
STORED = {
    "text": ["a", "b", "old", "é", " a", "a\n", "", " ", "\x00", "e\u0301", "x" * 3000, "日" * 900],
    "integer": [0, 1, -1, 9, 2**63 - 1, 2**63, 1.0, 1.5, True, "1"],
    "float": [0.0, -0.0, 1.5, 1, 9, 2**53 + 1, 10**400, float("nan"), float("-inf"), True, "1.5"],
    "decimal": [
        *("1.50", "-0.00", "0", "5", "+5", "1.", ".5", "1e5", "-", ".", "1_0", "9" * 100, "9" * 101, 5, 1.5, "-0"),
        *("NaN", "sNaN", "-Infinity", "inf", "1E5", " 5", "5\n", "1\x005", "1.2.3", "--5", "٣", "0.-5", "\ud800", ""),
    ],
    "boolean": [True, False, 0, 1, "true"],
    "date": [
        *("2024-02-29", "2023-02-29", "2024-W01-1", "20240229", "9999-12-31", "2024-02-29 ", "٢٠٢٤-02-29"),
        *("2024-02-2\x00", "2024-060-1", "2024/02/29", "20240229T1", "2024-02-é9", "0000-01-01", "-2024-2-29"),
    ],
    "datetime": [
        *("2024-02-29T08:15:30Z", "2024-02-29T08:15:30.5Z", "2024-02-29T08:15:30.123456Z", "2024-02-29t08:15:30z"),
        *("2024-02-29T24:00:00Z", "2024-02-29T23:59:60Z", "2024-02-29T08:15:30", "2024-02-29T08:15:30+07:00"),
        *("0001-01-01T00:00:00Z", "0001-01-01T00:00:00+07:00", "2024-02-29 08:15:30Z", "2024-02-29T081530.50Z"),
    ],
    "time": ["08:15", "24:00", "08:15:30.5"],
    "uuid": ["00000000-0000-4000-8000-000000000000", "x"],
    "object": [{}, {"a": 1}, {"a": [1, {"b": None}]}, {"a": float("nan")}, []],
}
_DEFAULTS = {
    "text": ["a", "old"],
    "integer": [1, 9],
    "float": [0.0, 1],
    "decimal": ["1.50", "-1"],
    "boolean": [True],
    "date": ["2024-02-29", "today"],
    "datetime": ["2024-02-29T08:15:30Z", "now"],
    "time": ["08:15"],
    "uuid": ["00000000-0000-4000-8000-000000000000"],
    "object": [{"a": [1]}],
}
_CONSTRAINTS = {
    "text": [{"max_length": 1}, {"min_length": 1, "max_length": 9}, {"multiline": True}, {"pattern": "[a-z]+"}],
    "integer": [{"min": 0}, {"max": 5}, {"multiple_of": 3}],
    "float": [{"exclusive_min": 0}, {"max": 5}],
    "decimal": [{"min": "0"}, {"decimal_places": 1}, {"max": 5, "max_digits": 2, "decimal_places": 1}],
    "date": [{"max": "today"}, {"min": "2024-03-01"}],
    "datetime": [{"max": "now"}, {"min": "2024-03-01T00:00:00Z"}],
}
_SUBTYPES = {"text": ["slug"], "integer": ["positive-integer"], "float": ["positive-float"], "decimal": ["percentage"]}
_EXPRESSIONS = ["given.a", "not given.b", "a != b", "given.c and c == d"]


def can_be_shown(value):
    try:
        return bool(repr(value))
    except (RecursionError, ValueError):  # nested deeply, or a number of thousands of digits
        return False


ODD = [value for value in VALUES if can_be_shown(value)]


@st.composite
def attributes(draw, name):
    """Return an attribute that may have anything; the most specific schema compiles, whatever it is."""
    type_ = draw(st.sampled_from(list(STORED)))
    chosen = {
        "required": st.booleans(),
        "status": st.sampled_from(["active", "active", "deprecated"]),
        "required_if": st.sampled_from(_EXPRESSIONS[:2]),
        "visible_if": st.sampled_from(_EXPRESSIONS[:2]),
    }
    if type_ == "text":
        chosen["choices"] = st.just(["a", "b", Choice("old", retired=True)])
    multiple = draw(st.sampled_from([False, False, False, True]))
    for place, table in (("constraints", _CONSTRAINTS), ("subtype", _SUBTYPES)):
        if type_ in table:
            chosen[place] = st.sampled_from(table[type_])
    given_properties = draw(st.fixed_dictionaries({}, optional=chosen))
    for place in ("default", "initial_default"):
        if draw(st.sampled_from([False, False, True])):
            value = draw(st.sampled_from(_DEFAULTS[type_][:1] if place == "initial_default" else _DEFAULTS[type_]))
            given_properties[place] = [_DEFAULTS[type_][0]] if multiple else value
    return Attribute(name, type_, key=f"K-{name}", multiple=multiple, **given_properties)


@st.composite
def cases(draw):
    """Return a validator and documents for it; what an attribute refuses of its own defaults is left out of it."""
    drawn = [draw(attributes(name)) for name in "abcd"[: draw(st.integers(2, 4))]]
    limits = draw(st.sampled_from([Limits(), Limits(), Limits(document_bytes=100), Limits(problems=1)]))
    registry = Registry.from_plugins({"fake-language": FakeLanguagePlugin()}, limits=limits)
    sources = draw(st.lists(st.sampled_from(_EXPRESSIONS[:2]), max_size=2)) if draw(st.booleans()) else []
    severity = draw(st.sampled_from(["error", "warning"]))
    rules = [Rule(source, "m", attributes=["a"], severity=severity) for source in sources]
    checked = compiled(drawn, rules, registry)
    documents = draw(st.lists(st.fixed_dictionaries({}, optional=members(drawn)), min_size=1, max_size=4))
    return checked, documents


def compiled(drawn, rules, registry):
    for left_out in (("default", "initial_default"), ("choices", "default", "initial_default")):
        for place, attribute in enumerate(drawn):
            try:
                validator(attribute, registry=registry)
            except SchemaError as error:
                if "refuses its" in str(error):
                    kept = {name: value for name, value in attribute.given.items() if name not in left_out}
                    drawn[place] = Attribute(**kept)
    return validator(*drawn, rules=rules, registry=registry)


def members(drawn):
    found = {"orphan": st.just(1), "$scope": st.just([])}
    for attribute in drawn:
        good = st.sampled_from(STORED[attribute.type][:2])
        one = st.one_of(good, good, good, st.sampled_from(STORED[attribute.type]))
        value = st.lists(one, max_size=3) if attribute.multiple else one
        found[attribute.key] = st.one_of(value, value, value, st.none(), st.sampled_from(ODD))
    return found


@pytest.mark.fuzz
@given(cases())
def test_generated_documents_of_generated_schemas(case):
    checked, documents = case
    for document in documents:
        assert_same(checked, document)
        assert_same(checked, {f"{key[:1]}{key[1:]}": value for key, value in document.items()})  # keys made anew


@pytest.mark.fuzz
@given(cases())
def test_what_was_checked_is_read_and_audited_as_by_the_plain_functions(case):
    checked, documents = case
    for document in documents:
        record = {key.removeprefix("K-"): value for key, value in document.items()}
        stored = checked.dump(checked.check(record).value)
        assert_same(checked, stored)
        assert_same(checked, {**stored, "orphan": 1})
        assert_same(checked, dict(reversed(stored.items())))


# ---- moments ----

_FORMS = ["2024-02-29T08:15:30Z", "2024-02-29T08:15:30.123456Z", "2024-02-29T08:15:30+07:00", "2024-02-29T08:15Z"]
_CHARACTERS = string.digits + "-+:.,TtZz W\x00٣é\ud800"


class _Written(str):
    """A text that is not looked at quickly, being of another class."""

    __slots__ = ()


def moment(value):
    try:
        return exactly(check_datetime(value))
    except Invalid as error:
        return error.code


def assert_same_moment(text):
    assert moment(text) == moment(_Written(text)), text


@pytest.mark.parametrize("form", _FORMS)
def test_moments_with_one_other_character(form):
    for place in range(len(form)):
        for character in ("", *_CHARACTERS):
            for end in (place, place + 1):
                assert_same_moment(form[:place] + character + form[end:])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2024-02-29T08:15:30.12Z\x0056Z", id="nul-after-z"),
        pytest.param("2024-02-29T08:15:Z\x00Z", id="nul-for-seconds"),
        pytest.param("2024-02-29T24:00:00Z", id="hour-24"),
        pytest.param("2024-02-29T24:00:00.000000Z", id="hour-24-and-fraction"),
        pytest.param("2024-02-29T08:15:30,123456Z", id="comma"),
        pytest.param("2024-02-29T08:15:30.1234+0Z", id="offset"),
        pytest.param("0000-02-29T08:15:30Z", id="year-0"),
    ],
)
def test_moments_that_python_may_read_and_nobody_wrote(text):
    assert_same_moment(text)
    assert moment(text) == "format"
    assert validator(Attribute("x", "datetime")).load({"x": text}) == {"x": text}
    assert told(validator(Attribute("x", "datetime")).check({"x": text}).problems) == [(("x",), "format")]


@pytest.mark.fuzz
@given(st.sampled_from(_FORMS), st.lists(st.tuples(st.integers(0, 26), st.sampled_from(_CHARACTERS)), max_size=6))
def test_moments_with_other_characters(form, changes):
    characters = list(form)
    for place, character in changes:
        characters[place % len(form)] = character
    assert_same_moment("".join(characters))


# ---- that it is the written function which does the work ----

ALL = [
    Attribute("owner", "text", key="K", required=True, constraints={"max_length": 60}),
    Attribute("floors", "integer", constraints={"min": 0}),
    Attribute("slope", "float"),
    Attribute("area", "decimal", constraints={"min": "0"}),
    Attribute("irrigated", "boolean"),
    Attribute("planted", "date", constraints={"max": "today"}),
    Attribute("surveyed", "datetime"),
    Attribute("soil", "text", choices=["clay", Choice("peat", retired=True)]),
    Attribute("since", "date", initial_default="2024-02-29", required=True),
    Attribute("made", "date", default="today"),
    Attribute("gone", "text", required=True, status="deprecated"),
]
DOCUMENT = {
    "K": "Siti",
    "floors": 2,
    "slope": 0.5,
    "area": "2.50",
    "irrigated": True,
    "planted": "2024-02-29",
    "surveyed": "2024-02-29T08:15:30Z",
    "soil": "clay",
    "orphan": 1,
    "$scope": {},
}


def raising(*_):
    raise AssertionError("the plain function is asked")


def test_a_good_document_is_read_without_a_call_for_each_value(monkeypatch):
    monkeypatch.setattr(AttributePlan, "load", raising)
    assert validator(*ALL).load({**DOCUMENT, "gone": None}) == {
        "owner": "Siti",
        "floors": 2,
        "slope": 0.5,
        "area": Decimal("2.50"),
        "irrigated": True,
        "gone": None,
        "planted": date(2024, 2, 29),
        "surveyed": datetime(2024, 2, 29, 8, 15, 30, tzinfo=UTC),
        "soil": "clay",
        "since": date(2024, 2, 29),
    }


@pytest.mark.parametrize("rules", [[], [Rule("floors != 5", "m", attributes=["floors"])]], ids=["values", "rules"])
def test_a_good_document_is_audited_by_the_written_function(monkeypatch, rules):
    checked = validator(*ALL, rules=rules)
    monkeypatch.setattr(Validator, "_audit", raising)
    assert checked.problems(DOCUMENT) == ()
    assert told(checked.problems({**DOCUMENT, "floors": 5})) == ([(("floors",), "rule")] if rules else [])
    with pytest.raises(AssertionError):
        checked.problems({**DOCUMENT, "soil": "peat"})


@pytest.mark.parametrize(
    ("properties", "document", "expected"),
    [
        pytest.param({"required": True, "default": "d"}, {}, [(("x",), "required")], id="default-hides-nothing"),
        pytest.param({"required": True, "default": "d"}, {"x": None}, [(("x",), "required")], id="null"),
        pytest.param({"required": True, "initial_default": "d"}, {}, [], id="initial-default"),
        pytest.param({"required": True, "initial_default": "d"}, {"x": " "}, [(("x",), "required")], id="blank"),
        pytest.param({"required": True, "visible_if": "given.y"}, {}, [], id="invisible"),
        pytest.param({"required": True, "visible_if": "given.y"}, {"y": 1}, [(("x",), "required")], id="visible"),
        pytest.param({"required_if": "given.y", "default": "d"}, {"y": 1}, [(("x",), "required")], id="required-if"),
        pytest.param({"required": True, "status": "deprecated"}, {}, [], id="deprecated"),
        pytest.param({"choices": ["a", Choice("b", retired=True)]}, {"x": "b"}, [], id="retired-choice"),
    ],
)
def test_what_a_new_record_would_be_given_is_not_given_to_a_stored_one(properties, document, expected):
    checked = validator(Attribute("x", "text", **properties), Attribute("y", "integer"))
    assert told(checked.problems(document)) == expected
    assert_same(checked, document)


def test_the_audit_asks_the_validators_own_clock():
    born = Attribute("born", "date", constraints={"max": "today"})
    at = validator(born, now=datetime(2020, 1, 1, 12, tzinfo=UTC))
    assert at.problems({"born": "2020-01-01"}) == ()
    assert told(at.problems({"born": "2020-01-02"})) == [(("born",), "max")]


def test_documents_that_are_too_large_only_under_small_limits():
    registry = Registry.from_plugins(limits=Limits(document_bytes=60))
    checked = validator(Attribute("x", "text"), Attribute("y", "text"), registry=registry)
    for document in ({"x": "a"}, {"x": "a" * 30, "y": "b" * 10}, {"x": "a" * 60}, {"x": "a" * 50, "y": "b" * 50}):
        assert_same(checked, document)
        assert checked.check(document).problems == checked._collector.check_new(document).problems
    assert told(checked.problems({"x": "a" * 60})) == [((), "too_large")]


# ---- a plugin's base type ----


class Point:
    def __init__(self, x):
        self.x = x

    def __eq__(self, other):
        return isinstance(other, Point) and self.x == other.x

    __hash__ = None


def check_point(value):
    if isinstance(value, Point):
        return value
    if type(value) is not int:
        raise Invalid("type", type="integer")
    return Point(value)


class PointPlugin:
    @hookimpl
    def jsonattrs_base_types(self):
        def dump(value):
            return value.x

        def from_text(text, language):
            return int(text)

        plain = {"from_text": from_text, "dump": dump, "load": check_point}
        return [BaseType("point", python=Point, json="number", check=check_point, **plain)]


def test_values_of_a_plugins_base_type():
    checked = validator(
        Attribute("x", "point", initial_default=5),
        Attribute("y", "point"),
        registry=Registry.from_plugins([PointPlugin()]),
    )
    first, second = checked.load({"y": 1}), checked.load({"y": 1})
    assert first == second == {"x": Point(5), "y": Point(1)}
    assert first["x"] is not second["x"]
    assert checked.problems({"y": 1}) == ()
    assert told(checked.problems({"y": "1"})) == [(("y",), "type")]
