"""Expressions in forms: what is translated means exactly the same, and the rest is reported with its reason.

The judge is tests/core/odk.py, which was held against JavaRosa over 40,000 expressions and records.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jsonattrs_core import Attribute, Rule, Schema, SchemaError, compose, to_xlsform
from tests.core.odk import Form

BASE = (
    Attribute("a", "integer"),
    Attribute("b", "integer"),
    Attribute("x", "decimal"),
    Attribute("y", "float"),
    Attribute("s", "text"),
    Attribute("t", "text"),
    Attribute("kind", "text", choices=["farm", "house", "shop"]),
    Attribute("place", "text", choices=["big house", "it's", "=x", "two"]),
    Attribute("n", "integer", choices=[1, 2, 3]),
    Attribute("z", "decimal", choices=["1.50", "2"]),
    Attribute("d", "date"),
    Attribute("e", "date"),
    Attribute("m", "datetime"),
    Attribute("p", "boolean"),
    Attribute("q", "boolean"),
    Attribute("tags", "text", multiple=True, choices=["u", "v w", "z"]),
    Attribute("o", "object"),
    Attribute("free", "text", multiple=True),
    Attribute("at", "time"),
)
VALUES = {
    "a": [-2, 0, 1, 2, 3, 10, 2**31 - 1],
    "b": [-2, 0, 1, 2, 3, 10],
    "x": ["0.1", "1.5", "-2.5", "2", "0.1000000000001", "0.30000000000000004"],
    "y": [0.1, 1.5, 2.0, -0.25],
    "s": ["a", "ab", "it's", 'q"q', "1", "1.0", "farm", "é", "😀b", "A-1"],
    "t": ["a", "ab", "1", "farm", "x"],
    "kind": ["farm", "house", "shop"],
    "place": ["big house", "it's", "=x", "two"],
    "n": [1, 2, 3],
    "z": ["1.50", "2"],
    "d": ["2020-01-01", "2020-02-29", "1999-12-31"],
    "e": ["2020-01-01", "2020-03-01", "2099-05-05"],
    "m": ["2020-01-01T00:00:00Z", "2020-01-01T00:00:00.001Z", "2099-06-01T12:00:00Z"],
    "p": [True, False],
    "q": [True, False],
}
WHOLE = compose(Schema("whole", BASE)).compile()


def form_of(*attributes, rules=()):
    return to_xlsform(compose(Schema("s", [*BASE, *attributes], rules=rules)), title="t", form_id="f")


def asked_if(expression):
    """Return the form's expression for a condition, or the reason why it has none."""
    form = form_of(Attribute("shown", "text", visible_if=expression))
    reasons = [each.reason for each in form.report if each.property == "visible_if"]
    return reasons[0] if reasons else form.survey[-1].get("relevant", "always")


@pytest.mark.parametrize(
    ("expression", "xpath"),
    [
        ("a > 3", "${a} > 3"),
        ("!(a > 3)", "${a} <= 3"),
        ("a == 3", "${a} = 3"),
        ("a != 3", "${a} < 3 or ${a} > 3"),
        ("a == b", "${a} >= ${b} and ${a} <= ${b}"),
        ("x == 1.5", "${x} >= 1.5 and ${x} <= 1.5"),
        ("a >= 1 && b < 2 || p", "(${a} >= 1 and ${b} < 2) or ${p} = 'yes'"),
        ("s == 'farm'", "${s} = 'farm'"),
        ("s != 'farm'", "${s} != '' and not(${s} = 'farm')"),
        ("s != t", "${s} != '' and ${t} != '' and ${s} != ${t}"),
        ("'farm' == s", "${s} = 'farm'"),
        ("s == ''", "false()"),
        ('s == "it\'s"', '${s} = "it\'s"'),
        ("s == 'it\\'s \"so\"'", "${s} = concat('it', \"'\", 's \"so\"')"),
        ("kind in ['farm', 'shop']", "${kind} = 'farm' or ${kind} = 'shop'"),
        ("place == 'big house'", "${place} = 'big_house'"),
        ("n == 2", "${n} = '2'"),
        ("z == 1.5", "${z} = '1.50'"),
        ("p", "${p} = 'yes'"),
        ("!p", "${p} = 'no'"),
        ("p == q", "(${p} = 'yes' and ${q} = 'yes') or (${p} = 'no' and ${q} = 'no')"),
        ("p == true", "${p} = 'yes'"),
        ("given.a", "${a} != ''"),
        ("!given.a", "${a} = ''"),
        ("given.a == given.b", "(${a} != '' and ${b} != '') or (${a} = '' and ${b} = '')"),
        ("p ? a > 1 : b > 1", "(${p} = 'yes' and ${a} > 1) or (${p} = 'no' and ${b} > 1)"),
        ("'v w' in tags", "selected(${tags}, 'v_w')"),
        ("!('u' in tags)", "${tags} != '' and not(selected(${tags}, 'u'))"),
        ("size(tags) <= 2", "${tags} != '' and count-selected(${tags}) <= 2"),
        ("size(s) > 2", "${s} != '' and regex(${s}, '^[\\s\\S]{3,}$')"),
        ("s.startsWith('A')", "${s} != '' and starts-with(${s}, 'A')"),
        ("s.matches('^[A-Z]-[0-9]$')", "${s} != '' and regex(${s}, '^(?:[A-Z]-[0-9])$')"),
        ("s.matches('.b')", "${s} != '' and regex(${s}, '^[\\s\\S]*(?:[^\\n]b)[\\s\\S]*$')"),
        ("d < e", "${d} < ${e}"),
        ("d <= today", "${d} <= today()"),
        ("d >= date('2020-01-01')", "${d} >= date('2020-01-01')"),
        ("e - d <= duration('48h')", "(${e} - ${d}) <= 2"),
        ("d.getFullYear() == 2020", "number(format-date(${d}, '%Y')) = 2020"),
        ("m <= now", "decimal-date-time(${m}) <= decimal-date-time(now())"),
        (
            "m > timestamp('2020-01-01T02:00:00+02:00')",
            "decimal-date-time(${m}) > decimal-date-time('2020-01-01T00:00:00.000Z')",
        ),
        ("a + b < 10", "(${a} + ${b}) < 10"),
    ],
)
def test_what_can_be_said(expression, xpath):
    assert asked_if(expression) == xpath


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("o.city == 'x'", "it looks inside an object"),
        ("has(o.city)", "it looks inside an object"),
        ("given.o", "it names 'o', which the form does not ask"),
        ("tags.all(t, t == 'u')", "it looks at the items of a list one by one"),
        ("tags[0] == 'u'", "it picks an item out of a list or a map"),
        ("'u' in free", "it looks for something in a list that is not written out"),
        ("at < '12:00'", "it compares the order of something that is no number and no date"),
        ("at == '12:00'", "it compares values of a type that forms do not have"),
        ("s < 'b'", "it compares the order of something that is no number and no date"),
        ("x * 2.0 < 3.0", "it compares the order of something that is no number and no date"),
        ("x + 0.1 < 3.0", "it calculates with numbers that forms would round in another way"),
        ("a / 2 == 1", "it compares values of a type that forms do not have"),
        ("a + 3000000000 > 0", "it calculates with a number that is too large for a form"),
        ("a > 9007199254740993", "it has a number with more digits than forms compare"),
        ("d < m", "it compares a date with a moment or a number"),
        ("d < timestamp('2020-01-01T12:00:00Z')", "it compares a date with a moment"),
        ("m < timestamp('2020-01-01T12:00:00.000001Z')", "it has a moment with parts of milliseconds"),
        ("now - m < duration('24h')", "it calculates with numbers that forms would round in another way"),
        ("e - d < duration('36h')", "it counts parts of days"),
        ("s.matches('(?i)a')", "its pattern has parts that not all apps read alike"),
        ("s.matches('\\\\bword')", "its pattern has parts that not all apps read alike"),
        ("s.matches('^a|b$')", "its pattern has both '|' and an end of the text, '^' or '$'"),
        ("s == 'two  spaces'", "it has a text with characters that are lost on the way to the form"),
        ("s == 'a\u2019s'", "it has a text with characters that are lost on the way to the form"),
        ("s == '${a}'", "it has a text with characters that are lost on the way to the form"),
        ("place.contains('big')", "it looks for a part of something that is no plain text"),
        ("kind == place", "it compares values of a type that forms do not have"),
        ("given.shown", "it depends on the attribute itself, perhaps by way of other conditions"),
    ],
)
def test_what_cannot_be_said_is_reported_with_the_reason(expression, reason):
    assert asked_if(expression) == f"{reason}; so the form always asks it"


def test_a_language_that_tells_no_trees_is_reported():
    from tests.core.fake_language import REGISTRY

    schema = Schema(
        "s",
        [Attribute("a", "integer"), Attribute("b", "integer", visible_if="given.a")],
        rules=[Rule("a < b", "no")],
        rule_language="fake",
    )
    form = to_xlsform(compose(schema), title="t", form_id="f", registry=REGISTRY)
    assert [(each.property, "does not tell how" in each.reason) for each in form.report] == [
        ("rule", True),
        ("visible_if", True),
    ]


# ---- the same outcome, whatever the answers are ----


def quoted(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


SIGNS = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
NUMBERS = st.sampled_from(
    ["a", "b", "x", "y", "0", "2", "-2", "0.1", "1.5", "0.3", "d.getFullYear()", "(a + b)", "(a - 3)", "2147483647"]
)
DAYS = st.sampled_from(["d", "e", "today", "date('2020-01-01')", "date('2020-02-29')"])
MOMENTS = st.sampled_from(["m", "now", "timestamp('2020-01-01T00:00:00.001Z')", "timestamp('2020-01-01T00:00:00Z')"])
TEXTS = st.sampled_from(["s", "t", "kind", *map(quoted, VALUES["s"]), "''"])
SIMPLE = [
    "p", "!q", "p == q", "p != true", "given.s", "!given.d", "given.a != given.b", "a in [1, 2, 3]", "x in [0.1, 1.5]",
    "kind in ['farm', 'x']", "place in ['two', 'it\\'s']", "place == 'big house'", "place != 'no'", "n == 2", "n != 9",
    "z == 1.5", "'u' in tags", "'v w' in tags", "'other' in tags", "s.contains('b')", "s.startsWith('')",
    "s.endsWith('\\'s')", "s.matches('^a')", "s.matches('b$')", "s.matches('.')", "s.matches('x|a')",
    "s.matches('^.b$')",
    "e - d <= duration('48h')", "e - d != duration('24h')",
]  # fmt: skip


def comparisons(operands):
    return st.builds(lambda one, sign, other: f"{one} {sign} {other}", operands, SIGNS, operands)


ATOMS = st.one_of(
    st.sampled_from(SIMPLE),
    comparisons(NUMBERS),
    comparisons(DAYS),
    comparisons(MOMENTS),
    st.builds(lambda one, sign, other: f"{one} {sign} {other}", TEXTS, st.sampled_from(["==", "!="]), TEXTS),
    st.builds(
        lambda what, sign, limit: f"size({what}) {sign} {limit}",
        st.sampled_from(["s", "t", "tags"]),
        SIGNS,
        st.integers(-1, 3),
    ),
)
EXPRESSIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds("({} && {})".format, inner, inner),
        st.builds("({} || {})".format, inner, inner),
        st.builds("!({})".format, inner),
        st.builds("({} ? {} : {})".format, inner, inner, inner),
        st.builds("(({}) == ({}))".format, inner, inner),
    ),
    max_leaves=6,
)
RECORDS = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.sampled_from(values) for name, values in VALUES.items()},
        "tags": st.lists(st.sampled_from(["u", "v w", "z"]), min_size=1, max_size=3, unique=True),
    },
)
SLOW_TO_MAKE = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def compiled(*attributes, rules=()):
    """Return the composed schema and its validator, or None for an expression that the rule language refuses."""
    schema = compose(Schema("s", [*BASE, *attributes], rules=rules))
    try:
        return schema, schema.compile()
    except SchemaError:
        return None


@given(EXPRESSIONS, EXPRESSIONS, st.lists(RECORDS, min_size=5, max_size=15))
@SLOW_TO_MAKE
def test_a_condition_holds_in_the_form_where_it_holds_in_the_schema(visible, required, records):
    made = compiled(Attribute("shown", "text", visible_if=visible), Attribute("asked", "text", required_if=required))
    if made is None:
        return
    schema, validator = made
    form = to_xlsform(schema, title="t", form_id="f")
    left_out = {each.attribute for each in form.report if each.property in ("visible_if", "required_if")}
    filled = Form(form)
    for record in records:
        values, answers = WHOLE.validate(record), filled.answers(record)
        assert left_out or validator.hidden(values) == filled.hidden(answers), (visible, record)
        assert left_out or validator.required(values) == filled.required(answers), (required, record)


@given(EXPRESSIONS, st.sampled_from(["a", "s", "d", "p"]), st.lists(RECORDS, min_size=5, max_size=15))
@SLOW_TO_MAKE
def test_a_rule_refuses_in_the_form_what_it_refuses_in_the_schema(expression, shown, records):
    made = compiled(rules=[Rule(expression, "no", attributes=[shown])])
    if made is None:
        return
    schema, validator = made
    form = to_xlsform(schema, title="t", form_id="f")
    filled = Form(form)
    for record in records:
        broken = any(problem.code == "rule" for problem in validator.check(record).problems)
        refused = bool(filled.refused(filled.answers(record)))
        if any(each.property == "rule" for each in form.report):
            assert not refused
        else:
            assert refused is broken, (expression, record)
