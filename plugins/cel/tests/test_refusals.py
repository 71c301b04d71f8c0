"""Expressions that are refused, and in which words: every sentence is read by people who write rules."""

from __future__ import annotations

import pytest

from jsonattrs_cel import vocabulary
from jsonattrs_cel.language import LANGUAGE, MAX_EXPRESSION
from jsonattrs_core import SchemaError

TOO_DEEP = (
    "line 1, column 1: this is nested too deep, or too long a sum; take parentheses away, or make two rules of it"
)
TYPES = [
    ("a > 'x'", "line 1, column 3: a whole number cannot be compared with a text"),
    ("a\n  > 'x'", "line 2, column 3: a whole number cannot be compared with a text"),
    ("a\r\n> 'x'", "line 2, column 1: a whole number cannot be compared with a text"),
    (
        "born > '2000-01-01'",
        "line 1, column 6: a date cannot be compared with a text; write a day as date('2024-12-31')",
    ),
    (
        "born > 2000",
        "line 1, column 6: a date cannot be compared with a whole number; compare with date('2024-12-31'), or a year"
        " with getFullYear()",
    ),
    (
        "takes > 36",
        "line 1, column 7: a duration cannot be compared with a whole number; write a duration as duration('36h')",
    ),
    (
        "tags == 'red'",
        "line 1, column 6: a list cannot be compared with a text; size(), in, exists() and all() ask about lists",
    ),
    ("open > 1", "line 1, column 6: true or false cannot be compared with a whole number"),
    ("plot > 1", "line 1, column 6: an object cannot be compared with a whole number"),
    ("starts < 9", "line 1, column 8: a text cannot be compared with a whole number"),
    (
        "name + note == 'x'",
        "line 1, column 6: + cannot be applied to a text and a text; texts and lists are not joined in rules",
    ),
    (
        "tags + tags == tags",
        "line 1, column 6: + cannot be applied to a list and a list; texts and lists are not joined in rules",
    ),
    (
        "price % 2 == 0",
        "line 1, column 7: % cannot be applied to a decimal number and a whole number; % takes whole numbers alone",
    ),
    ("-name == ''", "line 1, column 1: - cannot be applied to a text"),
    ("!a", "line 1, column 1: ! cannot be applied to a whole number"),
    ("a && open", "line 1, column 3: && cannot be applied to a whole number and true or false"),
    ("name in [1]", "line 1, column 6: in cannot be applied to a text and a list"),
    ("a ? open : open", "line 1, column 3: what stands before ? must be true or false, not a whole number"),
    (
        "open ? 1 : 2.5",
        "line 1, column 6: both sides of : must be of one type, not a whole number and a decimal number",
    ),
    ("name.contains(1)", "line 1, column 14: contains() cannot be applied to a text and a whole number"),
    ("takes.getFullYear() > 1", "line 1, column 18: getFullYear() cannot be applied to a duration"),
    ("born.getHours('UTC') > 1", "line 1, column 6: getHours() is not called in this way"),
    ("matches(name, 'x')", "line 1, column 1: matches() is not called in this way"),
    ("name[0] == 'x'", "line 1, column 5: [ ] cannot be applied to a text and a whole number"),
    ("name.first == 'x'", "line 1, column 5: a text has no members; only objects have"),
    (
        "name.all(c, c == 'x')",
        "line 1, column 1: all(), exists() and exists_one() go through a list, not a text",
    ),
    ("has(a)", "line 1, column 5: has() asks for a member of an object, as in has(address.city)"),
    ("tags.all(1, true)", "line 1, column 10: a name for the item is expected here, as in all(x, x > 0)"),
    ("a + 1", "line 1, column 1: an expression must be true or false, and this is a whole number"),
    ("tags", "line 1, column 1: an expression must be true or false, and this is a list"),
    (
        "plot.open",
        "line 1, column 1: it is not known whether this is true or false; write == true behind it",
    ),
    (
        "plot.area * 2 > 3",
        "line 1, column 11: it is not known whether this is a number; write int() or double() around"
        " it, as in double(plot.area)",
    ),
    (
        "plot.x + plot.y == 'xy'",
        "line 1, column 8: it is not known whether this is a number; write int() or double() around"
        " it, as in double(plot.area)",
    ),
    ("1e400 > weight", "line 1, column 1: this number is too large"),
    ("a > 9223372036854775808", "line 1, column 5: this whole number is too large: 64 bits are the limit"),
    ("tags[-1] == 'x'", "line 1, column 6: the first item of a list is [0]; there is none before it"),
]
NAMES = [
    ("area > 3", "line 1, column 1: no attribute is named 'area'"),
    ("prise > 3", "line 1, column 1: no attribute is named 'prise'; did you mean 'price'?"),
    ("a > 3 &&\n  prise > 3", "line 2, column 3: no attribute is named 'prise'; did you mean 'price'?"),
    ("attr.prise > 3", "line 1, column 6: no attribute is named 'prise'; did you mean 'price'?"),
    ("given.prise", "line 1, column 7: no attribute is named 'prise'; did you mean 'price'?"),
    ("  plott.area > 3", "line 1, column 3: no attribute is named 'plott'; did you mean 'plot'?"),
    ("tags.all(t, u == t)", "line 1, column 13: no attribute is named 'u'"),
    ("given", "line 1, column 1: given stands before the name of an attribute, as in given.area"),
    ("attr > 3", "line 1, column 1: attr stands before the name of an attribute, as in attr.area"),
    ("type == 'x'", "line 1, column 1: 'type' is the name of a type; for the attribute, write attr.type"),
    ("int > 3", "line 1, column 1: 'int' is the name of a type; for the attribute, write attr.int"),
    ("double > 3", "line 1, column 1: 'double' is the name of a type"),
    ("for > 3", "line 1, column 1: 'for' is a word that CEL keeps for itself; for the attribute, write attr.for"),
    ("while > 3", "line 1, column 1: 'while' is a word that CEL keeps for itself"),
    ("a == null", "line 1, column 6: null is no value here: given.area asks whether the attribute area has a value"),
    (
        "has(given.a)",
        "line 1, column 1: has() asks for a member of an object; for an attribute, write given.area",
    ),
    (
        "has((attr.open))",
        "line 1, column 1: has() asks for a member of an object; for an attribute, write given.area",
    ),
    ("given.plot.area", "line 1, column 11: true or false has no members; only objects have"),
    (".a > 3", "line 1, column 1: '.' is out of place here"),
    ("google.protobuf.Timestamp{} == seen", "line 1, column 26: '{' is out of place here"),
    ("google > 3", "line 1, column 1: no attribute is named 'google'"),
]
FUNCTIONS = [
    ("contian(name)", "line 1, column 1: there is no function contian(); did you mean 'contains'?"),
    ("name.startswith('x')", "line 1, column 6: there is no function startswith(); did you mean 'startsWith'?"),
    ("frobnicate(a)", "line 1, column 1: there is no function frobnicate()"),
    ("tags.map(t, t) == tags", "line 1, column 6: map() is not part of the language: it would make lists of any size"),
    (
        "tags.filter(t, true) == tags",
        "line 1, column 6: filter() is not part of the language: it would make lists of any size; exists, all and"
        " exists_one ask about the items",
    ),
    ("dyn(a) > 'x'", "line 1, column 1: dyn() is not part of the language: it would go round the check of types"),
    ("type(a) == int", "line 1, column 1: type() is not part of the language: the types of attributes are known"),
    ("bytes(name) == name", "line 1, column 1: bytes() is not part of the language: no attribute holds bytes"),
    ("b'x' == b'x'", "line 1, column 1: bytes are not part of the language; write 'x'"),
    ("1u == 1u", "line 1, column 1: unsigned numbers are not part of the language; write it without the u"),
    (
        "{name: 1}[name] > 0",
        "line 1, column 2: a map's keys are written out, as in {'clay': 1.5, 'loam': 2.0}",
    ),
    ("{1.5: 1}[weight] > 0", "line 1, column 2: a map's keys are texts, whole numbers, true or false"),
    ("born > date(name)", "line 1, column 8: date() takes a day that is written out, as in date('2024-12-31')"),
    (
        "born > date('2023-02-29')",
        "line 1, column 13: date() takes a day of the calendar, as in date('2024-12-31')",
    ),
    ("born > date('1/2/2024')", "line 1, column 13: date() takes a day of the calendar, as in date('2024-12-31')"),
    (
        "seen > timestamp('2024-01-01')",
        "line 1, column 18: timestamp() takes a day and time with an offset, as in timestamp('2024-12-31T23:59:00Z')",
    ),
    (
        "takes > duration('30 days')",
        "line 1, column 18: duration() takes hours, minutes and seconds, as in duration('36h') or duration('1h30m')",
    ),
    ("a > int('x')", "line 1, column 9: int() takes a whole number, as in int('12')"),
    ("weight > double('inf')", "line 1, column 17: double() takes a number, as in double('12.5')"),
    (
        "name.matches(note)",
        "line 1, column 14: the pattern of matches() must be written out, as in name.matches('[A-Z].*')",
    ),
    ("name.matches('(')", "line 1, column 14: this is not a pattern in RE2 syntax: missing ): ("),
    (
        r"name.matches(r'\pL{1000}')",
        "line 1, column 14: this is not a pattern in RE2 syntax: pattern too large - compile failed",
    ),
    (
        r"name.matches(r'\pL{15}')",
        "line 1, column 14: this pattern is too large: a part of it is repeated too often",
    ),
    (
        "name.matches('" + "x" * 501 + "')",
        "line 1, column 14: a pattern has at most 500 characters, this one has 501",
    ),
]
SYNTAX = [
    ("", "line 1, column 1: the expression is empty"),
    (" \n", "line 1, column 1: the expression is empty"),
    ("// nothing", "line 1, column 1: the expression is empty"),
    ("a >", "line 1, column 4: the expression ends too early"),
    ("(a > 3", "line 1, column 7: ')' is missing"),
    ("a > 3)", "line 1, column 6: ')' is not expected here"),
    ("a b", "line 1, column 3: 'b' is not expected here"),
    ("a 'b'", "line 1, column 3: 'b' is not expected here"),
    ("a > 3,5", "line 1, column 6: ',' is not expected here"),
    ("open ? a", "line 1, column 9: the expression ends too early"),
    ("a = 3", "line 1, column 3: '=' is not part of the language; to compare, write =="),
    ("a => 3", "line 1, column 3: '=' is not part of the language; to compare, write =="),
    ("a <> 3", "line 1, column 3: '<>' is not part of the language; write != instead"),
    ("a > 3 and b > 3", "line 1, column 7: 'and' is not part of the language; write &&"),
    ("a > 3 OR (b > 3)", "line 1, column 7: 'OR' is not part of the language; write ||"),
    ("not open", "line 1, column 1: 'not' is not part of the language; write !"),
    ("not (a > 3)", "line 1, column 1: 'not' is not part of the language; write !"),
    ("a is 3", "line 1, column 3: 'is' is not part of the language; write =="),
    ("a > 3 & b > 3", "line 1, column 7: '&' is not part of the language; for 'and', write &&"),
    ("a > 3 | b > 3", "line 1, column 7: '|' is not part of the language; for 'or', write ||"),
    ("a \u2265 3", "line 1, column 3: '\u2265' is not part of the language; write >= instead"),
    ("a > \u22123", "line 1, column 5: '\u2212' is not part of the language; write - instead"),
    (
        "name == \u201cloam\u201d",
        "line 1, column 9: texts stand between straight quotation marks, as in 'loam', not \u201c",
    ),
    ("name == 'loam", "line 1, column 9: a text is not closed, or has a backslash that stands for nothing"),
    ("name == 'a\nb'", "line 1, column 9: a text is not closed, or has a backslash that stands for nothing"),
    (r"name == '\d'", "line 1, column 9: a text is not closed, or has a backslash that stands for nothing"),
    ("a > $b", "line 1, column 5: the character $ is not part of the language, outside of texts"),
    ("`a` > 3", "line 1, column 1: the character ` is not part of the language, outside of texts"),
    ("\xe4 > 3", "line 1, column 1: the character \xe4 is not part of the language, outside of texts"),
    ("a > 3\x00", "line 1, column 6: the character U+0000 cannot be part of an expression"),
    ("name == '\x00'", "line 1, column 10: the character U+0000 cannot be part of an expression"),
    ("name == '\ud800'", "line 1, column 10: the character U+D800 cannot be part of an expression"),
    ("name == '\U0001f600' && b", "line 1, column 13: && cannot be applied to true or false and a whole number"),
    (
        "(" * 40 + "open" + ")" * 40,
        TOO_DEEP,
    ),
    (
        "+".join(["a"] * 40) + " > 3",
        TOO_DEEP,
    ),
]
ROWS = [
    pytest.param(expression, sentence, id=f"{expression[:60]!r}")
    for rows in (TYPES, NAMES, FUNCTIONS, SYNTAX)
    for expression, sentence in rows
]


def faults(expression, types):
    with pytest.raises(SchemaError) as caught:
        LANGUAGE.compile(expression, types, bool)
    return caught.value.faults


@pytest.mark.parametrize(("expression", "sentence"), ROWS)
def test_refusal(types, expression, sentence):
    assert faults(expression, types) == (sentence,)


def test_all_faults_of_types_and_names_are_told(types):
    assert faults("name < 3 && prise > 3 ||\n born == 3", types) == (
        "line 1, column 6: a text cannot be compared with a whole number",
        "line 1, column 13: no attribute is named 'prise'; did you mean 'price'?",
        "line 2, column 7: a date cannot be compared with a whole number; compare with date('2024-12-31'), or a year"
        " with getFullYear()",
    )


def test_but_not_endlessly_many(types):
    assert len(faults(" || ".join(f"no_{number}" for number in range(50)), types)) == 5


def test_length(types):
    longest = "open" + " " * (MAX_EXPRESSION - 4)
    assert LANGUAGE.compile(longest, types, bool).evaluate({"open": True}) is True
    assert faults(longest + " ", types) == ("an expression has at most 2000 characters, this one has 2001",)


def test_number_of_attributes(make_types):
    names = [f"a{number}" for number in range(101)]
    types = make_types(**dict.fromkeys(names, "date"))
    hundred = LANGUAGE.compile("||".join(f"{name}>now" for name in names[1:]), types, bool)
    assert len(hundred.names) == 100
    assert faults("||".join(f"{name}>now" for name in names), types) == (
        "line 1, column 1: an expression names at most 100 attributes, this one names 101",
    )


def test_nothing_but_true_or_false_can_be_asked_for(types):
    with pytest.raises(SchemaError, match="true or false"):
        LANGUAGE.compile("a", types, int)


@pytest.mark.parametrize("name", sorted(vocabulary.TYPE_NAMES | vocabulary.RESERVED))
def test_every_word_of_cel_can_name_an_attribute(make_types, name):
    types = make_types(**{name: "integer"})
    if name in ("true", "false", "null", "in"):  # no attribute is named like these
        return
    (sentence,) = faults(f"{name} > 3", types)
    assert sentence.endswith(f"; for the attribute, write attr.{name}")
    assert LANGUAGE.compile(f"attr.{name} > 3 && given.{name}", types, bool).evaluate({name: 4}) is True


@pytest.mark.parametrize(
    "name",
    [
        "and",
        "or",
        "not",
        "is",
        "has",
        "all",
        "size",
        "date",
        "matches",
        "today",
        "now",
        "given",
        "attr",
        "x",
        "getDate",
    ],
)
def test_every_other_word_too(make_types, name):
    types = make_types(**{name.lower(): "integer"})
    expression = LANGUAGE.compile(f"attr.{name.lower()} > 3 && given.{name.lower()}", types, bool)
    assert expression.evaluate({name.lower(): 4}) is True
    if name not in ("today", "now", "given", "attr"):
        assert LANGUAGE.compile(f"{name.lower()} > 3", types, bool).evaluate({name.lower(): 4}) is True
