"""Generated values of every type: they survive being stored, checking twice changes nothing, both tiers agree."""

from __future__ import annotations

import json
import math
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jsonattrs_core import Attribute, Choice, Rule, Schema, SchemaError, compose
from tests.core.checking import exactly
from tests.core.fake_language import REGISTRY

pytestmark = pytest.mark.fuzz

CHARACTERS = st.one_of(st.characters(), st.sampled_from(" \t\r\n\u00a0\u0301\u1100\u1161\u2028\x85\x1f\x00"))
TEXTS = st.text(CHARACTERS, max_size=40)
ZONES = st.timedeltas(timedelta(hours=-23, minutes=-59), timedelta(hours=23, minutes=59)).map(timezone)
NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=5)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**100) + 1, 10**100 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    NAMES,
    st.sampled_from([0, 1, -0.0, 0.0, 1.0, 1e22, 10**22, 2**53, 2**53 + 1, 2.0**53]),
)
JSON = st.recursive(SCALARS, lambda it: st.lists(it, max_size=3) | st.dictionaries(NAMES, it, max_size=3), max_leaves=8)


@st.composite
def decimals(draw):
    """Draw any decimal of at most 100 digits on either side, those of 40 digits and with zeros at the end too."""
    digits = draw(st.integers(0, 10**100 - 1) | st.integers(0, 10**40 - 1) | st.integers(0, 12).map(lambda n: 10**n))
    places = draw(st.integers(0, 100) | st.integers(0, 3))
    return Decimal(f"{draw(st.sampled_from('+-'))}{digits}E-{places}")


#: Python values of each type; what a type makes of JSON is in its tables.
VALUES = {
    "text": TEXTS,
    "integer": st.integers(-(2**63), 2**63 - 1),
    "float": st.floats(allow_nan=False, allow_infinity=False),
    "decimal": decimals(),
    "boolean": st.booleans(),
    "date": st.dates(),
    "datetime": st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=ZONES | st.just(UTC)),  # noqa: DTZ001
    "time": st.times(),
    "duration": st.timedeltas(),
    "uuid": st.uuids(),
    "object": st.dictionaries(NAMES, JSON, max_size=4),
}
EXAMPLES = {
    "integer": [2**63 - 1, -(2**63), 0],
    "float": [-0.0, 5e-324, 1.7976931348623157e308],
    "decimal": [
        Decimal("1234567890123456789012345678901234567.890"),
        Decimal("-0.00"),
        Decimal("9" * 100 + "." + "9" * 100),
    ],
    "datetime": [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)],
    "duration": [timedelta.min, timedelta.max, timedelta(microseconds=-1), timedelta(0)],
    "time": [time.max, time.min],
    "date": [date.min, date.max],
    "object": [{"a": {"b": {"c": {"d": {"e": {"f": {"g": {}}}}}}}}, {}],
}
SINGLE = {type_: compose(Schema("s", [Attribute("x", type_)])).compile(REGISTRY) for type_ in VALUES}
MULTIPLE = {type_: compose(Schema("s", [Attribute("x", type_, multiple=True)])).compile(REGISTRY) for type_ in VALUES}


def survives(validator, value):
    """Check a value, store it, read it, check it again: nothing may change on the way."""
    result = validator.check({"x": value})
    if result.problems:  # a text with a control character, an object nested too deep
        assume({problem.code for problem in result.problems} <= {"format", "too_large", "required"})
        return False
    clean = result.value["x"]
    document = validator.dump(result.value)
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    assert exactly(validator.load(document)["x"]) == exactly(clean)
    assert exactly(validator.load(json.loads(json.dumps(document)))["x"]) == exactly(clean)
    assert exactly(validator.validate({"x": clean})["x"]) == exactly(clean)
    assert exactly(validator.validate({"x": document["x"]})["x"]) == exactly(clean)
    assert exactly(validator.check({"x": document["x"]}, current={}).value["x"]) == exactly(clean)
    assert exactly(validator.dump({"x": validator.validate(document)["x"]})) == exactly(document)
    assert validator.problems(document) == ()
    return True


@pytest.mark.parametrize("type_", VALUES)
@given(data=st.data())
def test_a_value_survives(type_, data):
    value = data.draw(VALUES[type_])
    if survives(SINGLE[type_], value) and type_ not in ("text", "object"):
        assert SINGLE[type_].validate({"x": value})["x"] == value


@pytest.mark.parametrize(
    ("type_", "value"), [(type_, it) for type_, rows in EXAMPLES.items() for it in rows], ids=lambda it: ascii(it)[:40]
)
def test_an_extreme_value_survives(type_, value):
    assert survives(SINGLE[type_], value)
    assert survives(MULTIPLE[type_], [value, value])


@pytest.mark.parametrize("type_", VALUES)
@given(data=st.data())
def test_a_list_of_values_survives(type_, data):
    survives(MULTIPLE[type_], data.draw(st.lists(VALUES[type_], max_size=5)))


# ---- one canonical text for equal values ----


@st.composite
def pairs(draw, type_):
    """Draw two values of a type, often equal ones that are written in different ways."""
    value = draw(VALUES[type_])
    if draw(st.booleans()):
        return value, draw(VALUES[type_])
    if type_ == "decimal":
        return value, Decimal(f"{value:f}" + ("" if "." in f"{value:f}" else ".") + "0" * draw(st.integers(0, 3)))
    if type_ == "datetime":
        return value, value.astimezone(draw(ZONES))
    if type_ == "object":
        return value, dict(reversed([(name, respelled(member)) for name, member in value.items()]))
    return value, value


def respelled(value):
    """Return the same JSON value with its whole numbers as floats, where that is the same number."""
    if type(value) is int and abs(value) < 2**53:
        return float(value)
    if type(value) is list:
        return [respelled(item) for item in value]
    return value


def same(one, other):
    """Tell whether two clean values are equal; as JSON, where true is not 1."""
    if type(one) is bool or type(other) is bool:
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


@pytest.mark.parametrize("type_", VALUES)
@given(data=st.data())
def test_canonical_texts_are_equal_where_values_are(type_, data):
    good = st.text(CHARACTERS.filter(str.isprintable), min_size=1).map("a".__add__)
    drawn = data.draw(st.tuples(good, good) if type_ == "text" else pairs(type_))
    found = [SINGLE[type_].check({"x": value}).value.get("x") for value in drawn]
    assume(None not in found)
    one, other = found
    base = REGISTRY.base_types[type_]
    canonical = base.canonical or (lambda value: repr(base.dump(value)))
    assert isinstance(canonical(one), str)
    assert (canonical(one) == canonical(other)) is same(one, other)
    unique = compose(Schema("s", [Attribute("x", type_, multiple=True, constraints={"unique_items": True})]))
    assert unique.compile(REGISTRY).check({"x": [one, other]}).ok is not same(one, other)


# ---- both tiers ----

#: Values that some types like, that others refuse, and that no type takes.
ODDS = [
    None,
    True,
    False,
    0,
    1,
    -1,
    3.0,
    3.5,
    -0.0,
    2**63,
    2**53 + 1,
    math.nan,
    math.inf,
    "",
    " ",
    " a ",
    "a",
    "ab",
    "a b",
]
ODDS += [
    "a\nb",
    "\u00e9",
    "e\u0301",
    "a" * 30,
    "a" * 3000,
    "\u0301" * 31,
    "1.50",
    "-0",
    "1e5",
    "2024-02-29",
    "2024-02-30",
]
ODDS += [
    "2024-W09-4",
    "20240229",
    "2024-02-29T01:02:03Z",
    "01:02",
    "P1D",
    "0" * 32,
    "#ABC",
    "#aabbcc",
    "x-1",
    Decimal("1.5"),
]
ODDS += [
    date(2024, 2, 29),
    datetime(2024, 2, 29, tzinfo=UTC),
    [],
    ["a"],
    ["a", None],
    [1, 2],
    {},
    {"a": 1},
    b"a",
    object,
    (1,),
]
ANY = st.one_of(st.sampled_from(ODDS), TEXTS, st.integers(), st.floats(), *VALUES.values())

PROPERTIES = {
    "text": [
        {},
        {"subtype": "slug"},
        {"subtype": "hex-color"},
        {"subtype": "url"},
        {"choices": ["a", "\u00e9", Choice("ab", retired=True)]},
        {"choices": ["a", "#aabbcc"], "subtype": "hex-color"},
        {"constraints": {"max_length": 2}},
        {"constraints": {"min_length": 2, "pattern": "[a-z]+"}},
        {"constraints": {"strip": False}},
        {"constraints": {"multiline": True, "max_length": 40}},
    ],
    "integer": [
        {},
        {"constraints": {"min": 0, "max": 30}},
        {"constraints": {"multiple_of": 3, "min": -1.0}},
        {"subtype": "rating"},
        {"subtype": "positive-integer", "constraints": {"max": 2**63}},
        {"choices": [0, 1, Choice(3, retired=True)]},
    ],
    "float": [
        {},
        {"constraints": {"min": 0}},
        {"constraints": {"max": 3.5, "exclusive_min": -1}},
        {"subtype": "positive-float"},
        {"subtype": "latitude"},
        {"choices": [0, 1.5]},
    ],
    "decimal": [
        {},
        {"constraints": {"min": 0, "decimal_places": 1}},
        {"constraints": {"max_digits": 3}},
        {"subtype": "percentage"},
        {"choices": ["1.5", "0"]},
    ],
    "boolean": [{}, {"choices": [True]}],
    "date": [
        {},
        {"constraints": {"min": "2000-01-01", "max": "2024-02-29"}},
        {"subtype": "birth-date"},
        {"choices": ["2024-02-29"]},
    ],
    "datetime": [{}, {"constraints": {"min": "2024-01-01T00:00:00Z"}}],
    "time": [{}, {"constraints": {"max": "12:00"}}],
    "duration": [{}, {"constraints": {"max": "P1D"}}],
    "uuid": [{}, {"choices": ["0" * 32]}],
    "object": [{}, {"choices": [{"a": 1}, {}]}],
}
DEFAULTS = {
    "text": "a",
    "integer": 1,
    "float": 0.0,
    "decimal": "0",
    "boolean": True,
    "date": "2024-02-29",
    "uuid": "0" * 32,
}
CONDITIONS = [
    {},
    {},
    {},
    {"visible_if": "given.a"},
    {"required_if": "given.a"},
    {"visible_if": "not given.b", "required_if": "given.a"},
]
RULES = [Rule("given.a", "m"), Rule("not given.a", "m", attributes=["b"]), Rule("not given.b", "m", severity="warning")]


@st.composite
def attributes(draw, name, conditional):
    type_ = draw(st.sampled_from([*PROPERTIES, "text", "integer", "float", "decimal", "date", "boolean"]))
    given = dict(draw(st.sampled_from(PROPERTIES[type_])))
    given |= draw(st.sampled_from([{}, {}, {"required": True}, {"status": "deprecated", "required": True}]))
    given |= draw(
        st.sampled_from([{}, {}, {}, {"multiple": True}, {"multiple": True, "constraints": {"min_items": 2}}])
    )
    given |= draw(st.sampled_from(CONDITIONS)) if conditional else {}
    if type_ in DEFAULTS:
        value = [DEFAULTS[type_]] * 2 if given.get("multiple") else DEFAULTS[type_]
        given |= draw(
            st.sampled_from(
                [{}, {}, {"default": value}, {"initial_default": value}, {"default": value, "initial_default": value}]
            )
        )
    return Attribute(name, type_, **given)


@st.composite
def schemas(draw):
    conditional = draw(st.integers(0, 3)) == 0  # where nothing depends on anything, the fast tier decides alone
    names = ["a", "b", *draw(st.sampled_from([[], ["c"], ["c", "d"]]))]
    drawn = [draw(attributes(name, conditional)) for name in names]
    rules = draw(st.sampled_from([[], RULES[:1], RULES[1:]])) if conditional else []
    return Schema("s", drawn, rules=rules, rule_language="fake")


@st.composite
def records(draw, schema):
    record = {}
    for attribute in schema.attributes:
        good = VALUES[attribute.type]
        given = draw(st.sampled_from(["good", "good", "good", "plain", "odd", "none"]))
        if given == "odd":
            record[attribute.name] = draw(ANY)
        elif given != "none":
            plain = st.just(DEFAULTS.get(attribute.type)) if given == "plain" else good
            record[attribute.name] = draw(st.lists(plain, max_size=3) if attribute.multiple else plain)
    if draw(st.integers(0, 9)) == 0:
        record[draw(st.sampled_from(["z", "", 5, None, "A"]))] = 1
    return record


def verdict(result):
    problems = sorted(repr(problem) for problem in result.problems)
    return exactly(result.value), problems, sorted(repr(warning) for warning in result.warnings)


@given(data=st.data())
def test_both_tiers_agree(data):
    """A dict of exact JSON types may take the fast tier; a mapping that is no dict is looked at by the other one."""
    schema = data.draw(schemas())
    try:
        validator = compose(schema).compile(REGISTRY)
    except SchemaError:  # a default that a subtype or a choice refuses
        assume(False)
    for _ in range(4):
        record = data.draw(records(schema))
        before = repr(record)
        found, slow = verdict(validator.check(record)), verdict(validator.check(MappingProxyType(record)))
        assert found == slow
        assert repr(record) == before
        document = {name: value for name, value in record.items() if type(name) is str}
        assert verdict(validator.check(document)) == verdict(validator.check(MappingProxyType(document)))


@given(data=st.data())
def test_what_is_accepted_has_no_problems_when_it_is_stored(data):
    schema = data.draw(schemas())
    try:
        validator = compose(schema).compile(REGISTRY)
    except SchemaError:
        assume(False)
    result = validator.check(data.draw(records(schema)))
    if result.ok:
        document = validator.dump(result.value)
        assert validator.problems(json.loads(json.dumps(document))) == ()
        assert exactly(validator.load(document)) == exactly(result.value | validator.load({}) | result.value)
        again = validator.check(document)
        assert exactly(again.value) == exactly(result.value)
        assert verdict(validator.check(result.value)) == verdict(again)
