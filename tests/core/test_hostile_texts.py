"""Patterns, texts and numbers that take for ever elsewhere."""

from __future__ import annotations

import random
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jsonattrs_core import Attribute, SchemaError
from jsonattrs_core.testing.probe import ATTRIBUTE
from tests.core.hostile import CODES, GOOD, PROBES, SOON, codes_of, fastest, validator_of

# ---- patterns ----


def test_a_pattern_of_nested_repetitions_answers_in_milliseconds():
    validator = validator_of(Attribute(ATTRIBUTE, "text", constraints={"pattern": "^(a+)+$"}))
    good, bad = "a" * 100_000, "a" * 99_999 + "!"
    result, seconds = fastest(validator.check, {ATTRIBUTE: bad})

    assert [problem.code for problem in result.problems] == ["pattern"]
    assert seconds < 0.05
    assert fastest(validator.check, {ATTRIBUTE: good})[1] < 0.05
    assert codes_of(validator, good) == []
    assert codes_of(validator, good + "!") == ["too_large"]


SLOW_ELSEWHERE = [
    "(a+)+$",
    "(a*)*b",
    "(a|aa)+b",
    "(a|a?)+b",
    "(.*a){20}",
    "(x+x+)+y",
    "([a-zA-Z]+)*!",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "(?:a?){100}a{100}",
    ".*.*.*.*.*.*.*.*=.*",
    "(?:.*,){30}.*",
    "((a{0,9}){0,9}){0,9}b",
    "a{1000}",
    "(a{1,30}){1,30}b",
    "(?:(?:(?:a*)*)*)*b",
    "(?i:(aA)*|(Aa)*)+b",
    "[^b]*[^b]*[^b]*b",
    "(\\w+\\s?)*!",
    "(\\pL|\\pN|\\pM)+!",
    "\\p{Greek}{1,100}.*",
    "(" * 100 + "a" + ")+" * 100,
    "|".join(f"a{{{number}}}" for number in range(1, 70)),
    "(?:a|b|c|d|e|f|g)*" * 20,
    "\\b\\w*\\b\\W*" * 20,
    "(?s:.)*(?-s:.)*",
    "\\C*",
    "",
    "^$",
    "$^",
    "\\z",
    "(?m)^a*$",
]
LONG_TEXTS = [
    *("a" * 99_999 + "!", "a" * 100_000, "aA" * 50_000, "x" * 99_998 + "yz"),
    *("\u00e9" * 50_000, "," * 99_999, "a\u0301b " * 20_000),
]


@pytest.mark.parametrize("pattern", SLOW_ELSEWHERE)
def test_patterns_that_take_for_ever_elsewhere(pattern):
    try:
        validator, seconds = fastest(validator_of, Attribute(ATTRIBUTE, "text", constraints={"pattern": pattern}))
    except SchemaError:
        return  # too large
    assert seconds < SOON
    for text in LONG_TEXTS:
        assert codes_of(validator, text) in ([], ["pattern"])


REFUSED_PATTERNS = {
    "lookahead": "(?=a)b",
    "negative-lookahead": "(?!a)b",
    "lookbehind": "(?<=a)b",
    "negative-lookbehind": "(?<!a)b",
    "backreference": r"(a)\1",
    "named-backreference": "(?P<x>a)(?P=x)",
    "atomic": "(?>a+)b",
    "possessive": "a++b",
    "conditional": "(a)?(?(1)b|c)",
    "recursion": "(?R)",
    "repetition": "a{1001}",
    "repetitions": "((a{100}){100}){100}",
    "large": r"(\pL{1000}|\pN{1000}){2}",
    "open-group": "(a",
    "open-class": "[a",
    "closing-group": "a)",
    "nothing-to-repeat": "*a",
    "bad-escape": "\\",
    "bad-range": "[z-a]",
    "unknown-property": r"\p{Nonsense}",
    "surrogate": "\ud800",
    "deep": "(" * 249 + ")" * 249 + "(",
}


@pytest.mark.parametrize("pattern", REFUSED_PATTERNS.values(), ids=REFUSED_PATTERNS)
def test_patterns_that_are_refused(pattern, capfd):
    with pytest.raises(SchemaError) as raised:
        validator_of(Attribute(ATTRIBUTE, "text", constraints={"pattern": pattern}))

    assert str(raised.value).startswith(
        f"schema 'hostile', attribute 'value': constraint 'pattern': {pattern!r} is not a pattern in RE2 syntax: "
    )
    assert capfd.readouterr() == ("", "")  # the library's own log is off


def test_a_pattern_has_at_most_500_characters():
    validator_of(Attribute(ATTRIBUTE, "text", constraints={"pattern": "a" * 500}))
    with pytest.raises(SchemaError) as raised:
        validator_of(Attribute(ATTRIBUTE, "text", constraints={"pattern": "a" * 501}))

    assert str(raised.value) == (
        "schema 'hostile', attribute 'value': constraint 'pattern': a pattern has at most 500 characters, this one "
        "has 501"
    )


def random_pattern(rng, depth=0):
    """Return a pattern of what Python and RE2 read alike."""
    kind = rng.randrange(9 if depth < 4 else 3)
    if kind < 3:
        return rng.choice(("a", "b", "é", ".", "[ab]", "[^a]", "\\d", "a?", "b*", ""))
    inner = random_pattern(rng, depth + 1)
    if kind < 6:
        return inner + random_pattern(rng, depth + 1)
    if kind == 6:
        return f"(?:{inner}){rng.choice(('*', '+', '?', '{0,2}', '{2}'))}"
    return f"({inner}|{random_pattern(rng, depth + 1)})"


def test_patterns_mean_what_they_mean_in_python():
    rng = random.Random(5)
    texts = ["", "a", "b", "ab", "aab", "ba", "é", "aé", "abab", "1", "a1", "bbb", "a b", "aaaa"]
    compared = 0
    while compared < 3000:
        pattern = random_pattern(rng)
        validator = validator_of(Attribute(ATTRIBUTE, "text", constraints={"pattern": pattern}))
        for text in texts[1:]:
            assert validator.check({ATTRIBUTE: text}).ok is bool(re.fullmatch(pattern, text, re.ASCII)), (pattern, text)
            compared += 1


@pytest.mark.fuzz
@given(pattern=st.text("ab.*+?|()[]{}^$\\-,12dpPLxC:<>=!&", max_size=40) | st.text(max_size=20), text=st.text())
def test_any_pattern_is_used_or_refused(pattern, text):
    try:
        validator = validator_of(Attribute(ATTRIBUTE, "text", constraints={"pattern": pattern}))
    except SchemaError:
        return
    for given_value in (text, pattern, "ab" * 5000):
        assert set(codes_of(validator, given_value)) <= {"pattern", "format", "too_large"}


# ---- texts ----

ACUTE = "\u0301"
TEXT = PROBES["text"].validator


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(ACUTE * 500_000, "too_large", id="500000-marks"),
        pytest.param("a" + ACUTE * 99_999, "format", id="100000-marks"),
        pytest.param("\u0301\u0316" * 50_000, "format", id="marks-to-reorder"),
        pytest.param(("a" + ACUTE * 31) * 3000, "format", id="runs-of-31"),
        pytest.param("a" * 90_000 + ACUTE * 31, "format", id="one-run-at-the-end"),
        pytest.param(ACUTE * 31 + "a" * 90_000, "format", id="one-run-at-the-start"),
        pytest.param("x" + "\u0344" * 20, "format", id="too-many-once-decomposed"),
        pytest.param("\u0958" * 60_000, "too_large", id="too-long-once-decomposed"),
        pytest.param("a" * 100_001, "too_large", id="one-too-long"),
        pytest.param("é" * 2_000_000, "too_large", id="2-million-letters"),
        pytest.param("\ud800" * 100_000, "format", id="surrogates"),
        pytest.param("\u0301" * 30 + "\ud800" + "\u0301" * 70_000, "format", id="surrogate-and-marks"),
    ],
)
def test_texts_are_refused_in_milliseconds(text, code):
    for how in ({}, {"current": {}}, {"from_text": True}):
        result, seconds = fastest(TEXT.check, {ATTRIBUTE: text}, **how)
        assert [problem.code for problem in result.problems] == [code]
        assert seconds < 0.1


def test_a_text_of_50_million_characters_is_refused_soon():
    assert codes_of(TEXT, "a" * 50_000_000) == ["too_large"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(("a" + ACUTE * 30) * 3200, id="runs-of-30"),
        pytest.param("\U0001f469\u200d\U0001f469\u200d\U0001f467" * 20_000, id="emoji"),
        pytest.param("\u1100\u1161\u11a8" * 33_000, id="hangul"),
        pytest.param("\u0915\u094d\u0937\u093f" * 25_000, id="devanagari"),
        pytest.param("é" * 100_000, id="letters"),
        pytest.param("e\u0301" * 50_000, id="composing"),
        pytest.param("\u034f" * 100_000, id="joiners-that-do-not-combine"),
        pytest.param("x" + " " * 99_998 + "x", id="spaces"),
    ],
)
def test_long_texts_are_accepted_in_time(text):
    assert codes_of(TEXT, text) == []


# ---- numbers ----


@pytest.mark.parametrize("name", [*GOOD, *(f"{base}-list" for base in GOOD)])
@pytest.mark.parametrize(
    "number",
    [
        pytest.param(10**400, id="400-digits"),
        pytest.param(-(10**5000), id="5000-digits"),
        pytest.param(1 << 10_000_000, id="3-million-digits"),
        pytest.param(Decimal("9" * 100_000), id="decimal-100000-digits"),
        pytest.param(Decimal("1e999999999"), id="decimal-exponent"),
        pytest.param(Decimal("1e-999999999"), id="decimal-negative-exponent"),
        pytest.param(Decimal("0e999999999"), id="decimal-zero"),
        pytest.param(Decimal("-0e-999999999"), id="decimal-negative-zero"),
        pytest.param("9" * 1_000_000, id="written"),
        pytest.param("0" * 1_000_000 + "1", id="written-zeros"),
        pytest.param("0." + "0" * 1_000_000 + "1", id="written-fraction"),
        pytest.param("1" + "0" * 300 + "e-300", id="written-exponent"),
        pytest.param("1e" + "9" * 1_000_000, id="written-large-exponent"),
        pytest.param("P" + "9" * 1_000_000 + "D", id="written-duration"),
    ],
)
def test_large_numbers(name, number):
    validator = PROBES[name].validator
    for given_value in (number, [number], {"a": number}):
        for how in ({}, {"from_text": True}):
            assert set(codes_of(validator, given_value, **how)) <= CODES


# ---- sets of values whose hashes collide ----

PRIME = 2**61 - 1  # numbers that differ by a multiple of it have one hash

#: Base types, values whose hashes collide in a set or in most of its places, and values of the same size that do not.
FLOODS = {
    "integer": ([number << 48 for number in range(20_000)], [(number << 48) + number for number in range(20_000)]),
    "float": ([float(number << 48) for number in range(20_000)], [float(number * 3**29) for number in range(20_000)]),
    "decimal": ([str(number * PRIME) for number in range(20_000)], [str(number * 10**18) for number in range(20_000)]),
    "object": ([{"a": number * PRIME} for number in range(5000)], [{"a": number * 10**18} for number in range(5000)]),
}


@pytest.mark.parametrize("base", FLOODS)
def test_numbers_whose_hashes_collide(base):
    colliding, plain = FLOODS[base]
    validator = validator_of(Attribute(ATTRIBUTE, base, multiple=True, constraints={"unique_items": True}))
    result, seconds = fastest(validator.check, {ATTRIBUTE: colliding})

    assert result.ok
    assert seconds < 5 * fastest(validator.check, {ATTRIBUTE: plain})[1]
    assert codes_of(validator, [*colliding, colliding[7]]) == ["unique_items"]


def test_choices_whose_hashes_collide():
    choices = [str(number * PRIME) for number in range(1, 10_001)]
    validator, seconds = fastest(validator_of, Attribute(ATTRIBUTE, "decimal", choices=choices))

    assert seconds < SOON
    assert codes_of(validator, choices[-1]) == []
    assert codes_of(validator, str(10_001 * PRIME)) == ["choice"]
