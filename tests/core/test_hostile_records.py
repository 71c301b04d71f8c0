"""Records that are none, that are too large, that are nested, or that are objects which misbehave."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from jsonattrs_core import Attribute, ValidationError
from jsonattrs_core.testing.probe import ATTRIBUTE
from jsonattrs_core.testing.samples import nested
from tests.core.hostile import GOOD, PROBES, SOON, VALUES, a_cycle, codes_of, fastest, validator_of

# ---- records ----

RECORD = validator_of(
    Attribute("name", "text"), Attribute("tags", "integer", multiple=True), Attribute("more", "object")
)


@pytest.mark.parametrize("number", range(len(VALUES)))
def test_what_is_no_record_is_one_problem(number):
    data = VALUES[number]
    if isinstance(data, dict):
        assert all(problem.code == "unknown" for problem in RECORD.check(data).problems)
        return
    for how in ({}, {"current": {}}, {"from_text": True}):
        [problem] = RECORD.check(data, **how).problems
        assert (problem.path, problem.code) == ((), "type")
    assert RECORD.load(data) == {}
    [problem] = RECORD.problems(data)
    assert (problem.path, problem.code) == ((), "type")


class OddKey:
    """A key that is no text and says nothing of itself."""

    def __repr__(self):
        raise ValueError

    __str__ = __repr__


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        pytest.param("x" * 1_000_000, "x" * 63, id="long"),
        pytest.param("\x00\x1b[31m", "\\x00\\x1b[31m", id="control"),
        pytest.param("\ud800", "\\ud800", id="surrogate"),
        pytest.param("\u202eeman", "\\u202eeman", id="right-to-left"),
        pytest.param("", "", id="empty"),
        pytest.param(1, "<int>", id="integer"),
        pytest.param(10**5000, "<int>", id="huge-integer"),
        pytest.param(None, "<NoneType>", id="none"),
        pytest.param(float("nan"), "<float>", id="nan"),
        pytest.param(("name",), "<tuple>", id="tuple"),
        pytest.param(b"name", "<bytes>", id="bytes"),
        pytest.param(OddKey(), "<OddKey>", id="object"),
    ],
)
def test_an_odd_key_is_an_unknown_name(key, shown):
    result = RECORD.check({key: 1, "name": "a"})

    assert [(problem.path, problem.code) for problem in result.problems] == [((shown,), "unknown")]
    assert result.value == {"name": "a"}
    assert len(str(ValidationError(result.problems))) < 500


def test_problems_are_counted_and_then_no_longer_listed():
    data = {f"x{number}": 1 for number in range(200_000)}
    result, seconds = fastest(RECORD.check, data)

    assert seconds < SOON
    assert len(result.problems) == 1001
    assert result.problems[-1].code == "too_large"
    assert result.problems[-1].params == {"limit": 1000, "unit": "problems"}


@pytest.mark.parametrize(
    ("items", "codes"),
    [
        pytest.param([None] * 300_000, {"required", "too_large"}, id="nulls"),
        pytest.param(["x"] * 300_000, {"type", "too_large"}, id="texts"),
        pytest.param([1.5] * 300_000, {"type", "too_large"}, id="fractions"),
        pytest.param([[]] * 600_000, {"too_large"}, id="more-than-a-document-holds"),
        pytest.param([10**18] * 100_000, {"too_large"}, id="large-together"),
    ],
)
def test_long_lists_are_refused_soon(items, codes):
    result, seconds = fastest(RECORD.check, {"tags": items})

    assert seconds < SOON
    assert {problem.code for problem in result.problems} == codes
    assert len(result.problems) <= 1001


def test_a_long_good_list_is_accepted_in_bounded_time():
    result, seconds = fastest(RECORD.check, {"tags": [7] * 500_000})

    assert result.ok
    assert seconds < SOON


@pytest.mark.parametrize(
    "value",
    [
        pytest.param({"a": "x" * 2_000_000}, id="long-text"),
        pytest.param({"a": [0] * 1_000_000}, id="long-list"),
        pytest.param({str(number): number for number in range(200_000)}, id="many-members"),
        pytest.param({"a": ["\x01" * 200_000]}, id="escapes"),
        pytest.param({"a": [[[[["x" * 100] * 20] * 20] * 20] * 20]}, id="shared"),
    ],
)
def test_large_objects_are_refused_soon(value):
    result, seconds = fastest(RECORD.check, {"more": value})

    assert seconds < SOON
    assert [problem.code for problem in result.problems] == ["too_large"]


# ---- deep and cyclic ----


def two_in_a_cycle():
    one, other = {}, []
    one["a"] = other
    other.append(one)
    return one


def only(kind, levels):
    value = kind()
    for _ in range(levels):
        value = {"a": value} if kind is dict else [value]
    return value


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(nested(10_000), id="nested"),
        pytest.param(only(list, 10_000), id="lists"),
        pytest.param(only(dict, 10_000), id="objects"),
        pytest.param(only(dict, 100_000), id="objects-100000"),
        pytest.param(a_cycle(list), id="cyclic-list"),
        pytest.param(a_cycle(dict), id="cyclic-object"),
        pytest.param(two_in_a_cycle(), id="cycle-of-two"),
        pytest.param([a_cycle(list)], id="cycle-inside"),
    ],
)
@pytest.mark.parametrize("name", ["text", "decimal-choices", "date-list", "object", "object-list"])
def test_deep_and_cyclic_values(name, value):
    validator = PROBES[name].validator
    for given_value in (value, [value], {"a": value}):
        codes = codes_of(validator, given_value)
        assert set(codes) <= {"type", "too_large"}
        assert codes
        assert codes_of(validator, given_value, current={}) == codes
        validator.load({ATTRIBUTE: given_value})
        assert validator.problems({ATTRIBUTE: given_value})


def test_a_record_may_hold_itself():
    record = {"name": "a"}
    record["more"] = record

    assert [problem.code for problem in RECORD.check(record).problems] == ["too_large"]


# ---- objects that are not what they seem ----


def raising(*_):
    raise RuntimeError("hostile")


SPECIAL = (
    "str repr eq ne lt gt le ge hash bool len iter contains getitem format int index float add mod neg abs trunc round "
    "copy deepcopy reduce_ex"
)
METHODS = "strip replace isascii isprintable encode lower items keys get copy is_integer bit_length as_tuple"
HOSTILE = dict.fromkeys([*(f"__{name}__" for name in SPECIAL.split()), *METHODS.split()], raising)


def hostile(kind, *arguments):
    """Return an instance of a subclass in which nothing works."""
    return type(f"Hostile{kind.__name__.title()}", (kind,), HOSTILE)(*arguments)


class Nameless:
    """Raises whatever it is asked."""

    def __getattribute__(self, name):
        raise RuntimeError("hostile")


class Pretender:
    """Says that it is a text, a number and a mapping."""

    def __init__(self, kind):
        self._kind = kind

    @property
    def __class__(self):
        return object.__getattribute__(self, "_kind")


def endless():
    while True:
        yield 1


STRANGE = {
    "str": hostile(str, "ab"),
    "empty-str": hostile(str, ""),
    "int": hostile(int, 5),
    "float": hostile(float, 5.5),
    "nan": hostile(float, "nan"),
    "decimal": hostile(Decimal, "5.5"),
    "dict": hostile(dict, {"a": 1}),
    "list": hostile(list, [1, 2]),
    "tuple": hostile(tuple, [1, 2]),
    "object": hostile(object),
    "nameless": Nameless(),
    "pretends-str": Pretender(str),
    "pretends-int": Pretender(int),
    "pretends-float": Pretender(float),
    "pretends-bool": Pretender(bool),
    "pretends-dict": Pretender(dict),
    "pretends-list": Pretender(list),
    "pretends-decimal": Pretender(Decimal),
    "generator": endless(),
    "range": range(10**12),
    "type": str,
    "function": raising,
    "module": re,
    "bytes": b"ab",
    "set": {1, 2},
    "notimplemented": NotImplemented,
    "ellipsis": ...,
}


NAMES = [*GOOD, *(f"{base}-choices" for base in GOOD), *(f"{base}-list" for base in GOOD)]


@pytest.mark.parametrize("strange", STRANGE)
@pytest.mark.parametrize("how", [{}, {"current": {}}, {"from_text": True}], ids=["new", "change", "text"])
def test_objects_that_are_not_what_they_seem(strange, how):
    value = STRANGE[strange]
    for name in NAMES:
        validator = PROBES[name].validator
        for given in (value, [value], {"a": value}):
            result = validator.check({ATTRIBUTE: given}, **how)
            assert not any("hostile" in str(problem) for problem in result.problems)
            assert all(map(plain, result.value.values()))


@pytest.mark.parametrize("strange", STRANGE)
def test_objects_that_are_not_what_they_seem_in_storage(strange):
    value = STRANGE[strange]
    for name in NAMES:
        validator = PROBES[name].validator
        for given in (value, [value], {"a": value}):
            validator.load({ATTRIBUTE: given})
            validator.problems({ATTRIBUTE: given})


def plain(value):
    """Tell whether a clean value is made of the exact types that it should be made of."""
    if value.__class__ is list:
        return all(map(plain, value))
    if value.__class__ is dict:
        return all(name.__class__ is str and plain(member) for name, member in value.items())
    return value is None or not type(value).__name__.startswith(("Hostile", "Pretender", "Nameless"))


@pytest.mark.parametrize("strange", STRANGE)
def test_strange_records(strange):
    data = STRANGE[strange]
    for how in ({}, {"current": {}}, {"from_text": True}):
        result = RECORD.check(data, **how)
        assert not result.ok
    assert RECORD.load(data) == {}
