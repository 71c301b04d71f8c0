"""Whatever a stranger writes is an expression, or a SchemaError of plain sentences; and all values have an outcome."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jsonattrs_cel.language import LANGUAGE
from jsonattrs_core import Invalid, Registry, SchemaError
from jsonattrs_core.records import ValueType

BASES = Registry.from_plugins({}).base_types
TYPES = {
    name: ValueType(BASES[base.rstrip("*")], base.endswith("*"))
    for name, base in {
        "a": "integer",
        "b": "integer",
        "d": "decimal",
        "f": "float",
        "s": "text",
        "k": "boolean",
        "t": "date",
        "w": "datetime",
        "u": "duration",
        "q": "time",
        "r": "uuid",
        "o": "object",
        "l": "integer*",
        "ls": "text*",
        "lt": "date*",
        "type": "text",
    }.items()
}
SENTENCE = re.compile(r"(line [1-9][0-9]*, column [1-9][0-9]*: |an expression has at most )\S")
OF_THE_LIBRARY = re.compile(
    r"INVALID_ARGUMENT|<input>|Syntax error|<EOF>|ERROR|overload|nil|recognition|cannot be read: "
)

#: Pieces of expressions, right and wrong.
WORDS = r"""
attr.type given.a given.zz today now x y zz 'a' "b" '''c''' r'\d' b'x' 1 2.5 0 1e9 1e999 0x1F 1u .5 and not
true false null && || ! == != < <= > >= + - * / % ? : = & | ; # $ \ ` ' " ''' // ( ) [ ] { } , . in
has( size( int( double( string( date( timestamp( duration( map( dyn( type( '2000-01-01' '1h'
.contains( .matches( .all(x, .exists(y, .exists_one(x, .getFullYear() .getHours() .x .map(
"""
PIECES = st.sampled_from([*TYPES, *WORDS.split(), " in ", "\n", "\t", "\0", "\ud800", "\xe9", "\u2028", "\U0001f600"])
GARBAGE = (
    st.text(max_size=60)
    | st.text(st.characters(codec=None, categories=None), max_size=40)
    | st.lists(PIECES, max_size=30).map("".join)
    | st.lists(PIECES, max_size=30).map(" ".join)
)


def compiled(expression):
    """Return the expression, None where it is refused, as it should be."""
    try:
        return LANGUAGE.compile(expression, TYPES, bool)
    except SchemaError as error:
        faults = error.faults
    assert faults
    for fault in faults:
        assert SENTENCE.match(fault), fault
        assert not OF_THE_LIBRARY.search(fault), fault
        assert "\n" not in fault
    return None


def evaluated(expression, values):
    try:
        return expression.evaluate(values)
    except Invalid as error:
        return error if error.params else error.code


MOMENTS = st.datetimes(timezones=st.just(UTC))
MEMBERS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.sampled_from("xyz"), part, max_size=3),
    max_leaves=6,
)
INTEGERS = st.integers(-5, 5) | st.integers(-(2**63), 2**63 - 1) | st.integers()
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "a": INTEGERS,
        "b": INTEGERS,
        "d": st.decimals(allow_nan=False, allow_infinity=False),
        "f": st.floats(allow_nan=False, allow_infinity=False),
        "s": st.text(max_size=8),
        "k": st.booleans(),
        "t": st.dates(),
        "w": MOMENTS,
        "u": st.timedeltas(),
        "q": st.times(),
        "r": st.uuids(),
        "o": st.dictionaries(st.sampled_from("xyz"), MEMBERS, max_size=3),
        "l": st.lists(INTEGERS, min_size=1, max_size=5),
        "ls": st.lists(st.text(max_size=5), min_size=1, max_size=5),
        "lt": st.lists(st.dates(), min_size=1, max_size=5),
        "type": st.text(max_size=5),
    },
)


@pytest.mark.fuzz
@settings(deadline=None)
@given(GARBAGE, VALUES)
def test_garbage(expression, values):
    found = compiled(expression)
    if found is not None:
        assert set(found.names) <= set(TYPES)
        assert evaluated(found, values) in (True, False, None, "rule")


WHOLE = st.deferred(
    lambda: (
        st.sampled_from(["a", "b", "l[0]", "1", "0", "-7", "size(s)", "size(ls)", "9223372036854775807"])
        | st.builds("({} {} {})".format, WHOLE, st.sampled_from("+-*/%"), WHOLE)
        | st.builds("-({})".format, WHOLE)
        | st.builds("int({})".format, st.one_of(DECIMAL, TEXT, st.just("o.x")))
        | st.sampled_from(["t.getFullYear()", "w.getHours()", "u.getMinutes()", "int(w)"])
    )
)
DECIMAL = st.deferred(
    lambda: (
        st.sampled_from(["d", "f", "1.5", "0.0", "1e308"])
        | st.builds("({} {} {})".format, DECIMAL, st.sampled_from("+-*/"), st.one_of(DECIMAL, WHOLE))
        | st.builds("({} {} {})".format, WHOLE, st.sampled_from("+-*/"), DECIMAL)
        | st.builds("double({})".format, st.one_of(WHOLE, TEXT, st.just("o.y")))
        | st.builds("({} ? {} : -{})".format, TRUTH, DECIMAL, DECIMAL)
    )
)
TEXT = st.deferred(
    lambda: (
        st.sampled_from(["s", "attr.type", "ls[0]", "q", "r", "'a'", "{'a': 's'}[s]"])
        | st.builds("string({})".format, st.one_of(WHOLE, DECIMAL, st.just("k")))
    )
)
MOMENT = st.deferred(
    lambda: (
        st.sampled_from(["t", "w", "today", "now", "lt[0]", "date('2020-02-29')"])
        | st.builds("({} {} {})".format, MOMENT, st.sampled_from("+-"), SPAN)
    )
)
SPAN = st.deferred(lambda: st.sampled_from(["u", "duration('1h')"]) | st.builds("({} - {})".format, MOMENT, MOMENT))
SIGN = st.sampled_from(["<", "<=", "==", "!=", ">=", ">"])
TRUTH = st.deferred(
    lambda: (
        st.sampled_from(["k", "true", "given.a", "given.s", "has(o.x)", "!k", "o.z == 1", "o.x == s", "a in l"])
        | st.builds("({} {} {})".format, TRUTH, st.sampled_from(["&&", "||"]), TRUTH)
        | st.builds("{} {} {}".format, st.one_of(WHOLE, DECIMAL), SIGN, st.one_of(WHOLE, DECIMAL))
        | st.builds("{} {} {}".format, TEXT, SIGN, TEXT)
        | st.builds("{} {} {}".format, MOMENT, SIGN, MOMENT)
        | st.builds("{} {} {}".format, SPAN, SIGN, SPAN)
        | st.builds("{}.{}({})".format, TEXT, st.sampled_from(["contains", "startsWith", "endsWith"]), TEXT)
        | st.builds("{}.matches('^a?b*$')".format, TEXT)
        | st.builds("l.{}(x, x > {} || {})".format, st.sampled_from(["all", "exists", "exists_one"]), WHOLE, TRUTH)
        | st.builds("{} in lt".format, MOMENT)
        | st.builds("o.x.exists(x, x == {})".format, WHOLE)
    )
)


@pytest.mark.fuzz
@settings(deadline=None)
@given(TRUTH, VALUES)
def test_expressions(expression, values):
    found = compiled(expression)
    if found is not None:
        outcome = evaluated(found, values)
        assert outcome in (True, False, None, "rule")
        assert evaluated(found, values) == outcome or "now" in expression


FULL = {
    "a": 3,
    "b": 4,
    "d": Decimal("1.5"),
    "f": 2.5,
    "s": "a",
    "k": True,
    "t": date(2000, 1, 1),
    "w": datetime(2000, 1, 1, tzinfo=UTC),
    "u": timedelta(1),
    "q": time(9),
    "r": UUID(int=1),
    "o": {"x": [1], "y": "2"},
    "l": [1, 2],
    "ls": ["a"],
    "lt": [date(2000, 1, 1)],
    "type": "a",
}


@pytest.mark.fuzz
@settings(deadline=None)
@given(TRUTH, st.sets(st.sampled_from(sorted(FULL))))
def test_more_values_never_take_an_outcome_back(expression, absent):
    """What is decided without a value is decided as well with it; only 'given' asks whether there is one."""
    found = compiled(expression)
    if found is None or "given" in expression or "exists_one" in expression:
        return
    outcome = evaluated(found, {name: value for name, value in FULL.items() if name not in absent})
    if outcome in (True, False):
        assert evaluated(found, FULL) == outcome or "now" in expression
