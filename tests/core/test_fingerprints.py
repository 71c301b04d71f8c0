"""Which composed schemas are alike: a wrong answer would hand one tenant the validator of another."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jsonattrs_core import Attribute, Choice, Rule, Schema, SchemaError, compose
from tests.core.checking import exactly, layers, named, schema, told
from tests.core.composition_model import schemas
from tests.core.fake_language import REGISTRY


def one(**properties):
    return compose(schema(Attribute("x", properties.pop("type", "text"), **properties)))


def ruled(*rules, **others):
    return compose(schema(Attribute("x", "integer"), Attribute("y", "integer"), rules=rules, **others))


def distinct(*composed):
    prints = [it.fingerprint for it in composed]
    assert len(set(prints)) == len(prints)
    for number, it in enumerate(composed):
        assert [other for other, _ in enumerate(composed) if it == composed[other]] == [number]


def alike(*composed):
    assert len({it.fingerprint for it in composed}) == 1
    assert len(set(map(hash, composed))) == 1
    assert all(it == other for it in composed for other in composed)


def test_it_is_a_sha_256_in_hexadecimal_digits_made_once():
    composed = one()
    assert re.fullmatch("[0-9a-f]{64}", composed.fingerprint)
    assert composed.fingerprint is composed.fingerprint


def test_it_survives_pickling_and_is_the_same_in_every_process():
    composed = one(default="a", choices=["a", "b"], constraints={"max_length": 3})
    alike(composed, pickle.loads(pickle.dumps(composed)))
    code = (
        "from tests.core.test_fingerprints import one; "
        "print(one(default='a', choices=['a', 'b'], constraints={'max_length': 3}).fingerprint)"
    )
    for seed in "12":
        environment = {"PYTHONHASHSEED": seed}
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
        assert run.stdout.strip() == composed.fingerprint


# ---- values ----

VALUES = [
    None,
    *(0, 1, -1, 2**64, 0.0, -0.0, 1.0, 1.5, float("nan"), float("inf"), True, False),
    *("", "1", "True", "None", "a", "a ", "A", "é", "e\u0301", "\ud800", b"a", "1.0"),
    *(Decimal(1), Decimal("1.0"), Decimal("-0"), Decimal(0)),
    *(date(2024, 2, 29), datetime(2024, 2, 29, tzinfo=UTC), datetime(2024, 2, 29, tzinfo=UTC, fold=1)),
    datetime(2024, 2, 29, tzinfo=timezone(timedelta(hours=7))),
    *([], [1], [True], [1, 2], [2, 1], [[1], 2], [[1, 2]], ["1"], ["a", "b"], ["ab"], ["a,b"], (1,), (), {1}),
    *({}, {"a": 1}, {"a": True}, {"a": 1.0}, {"a": "1"}, {"a": None}, {"a": 1, "b": 2}, {"b": 2, "a": 1}),
    *({"a": {"b": 1}}, {"a": {}, "b": 1}, {1: "a"}, {"1": "a"}, {"a": [1]}, {"a": (1,)}),
]


@pytest.mark.parametrize("name", ["default", "initial_default"])
def test_values_of_another_class_or_form_are_not_alike(name):
    values = [value for value in VALUES if value is not None]
    distinct(one(), *(one(type="object", **{name: value}) for value in values))


def test_parameters_choices_and_properties_of_another_class_are_not_alike():
    distinct(one(), *(one(constraints={"max_length": value}) for value in VALUES if value is not None))
    distinct(one(), *(one(choices=[value]) for value in VALUES))
    distinct(one(order=1), one(order=1.0), one(order=True), one(order=0), one(order=False), one())
    distinct(one(required=True), one(required=1), one(required=False), one(required=0), one())


@pytest.mark.parametrize("value", VALUES, ids=lambda value: ascii(value)[:40])
def test_values_made_anew_are_alike(value):
    text = exactly(value)
    again = pickle.loads(pickle.dumps(value))
    assert exactly(again) == text
    alike(one(default=value, order=1), one(default=again, order=1))


def test_numbers_too_long_to_be_shown():
    distinct(one(default=10**5000), one(default=10**5000 + 1), one(default=-(10**5000)))
    alike(one(default=10**5000), one(default=10**5000))


class Colour(Enum):
    RED = "r"
    CRIMSON = 1


class Other(IntEnum):
    RED = 1


class Text(str):
    __slots__ = ("more",)


def test_members_of_enumerations_are_alike_and_differ_from_all_else():
    alike(one(default=Colour.RED), one(default=Colour.RED))
    distinct(*(one(default=value) for value in (Colour.RED, Colour.CRIMSON, Other.RED, "r", 1, "RED")))


def nested_without_end():
    value = []
    value.append(value)
    return value


def raising(*_):
    raise RuntimeError


class Broken:
    __eq__ = __hash__ = __repr__ = __reduce_ex__ = raising


@pytest.mark.parametrize(
    "value",
    [object(), Text("a"), Broken(), lambda: 1, [object()], nested_without_end()],
    ids=["object", "subclass", "broken", "function", "inside", "cycle"],
)
def test_what_nobody_knows_is_like_nothing_but_itself(value):
    given_schema = schema(Attribute("x", "text", default=value))
    composed = compose(given_schema)
    assert composed == composed
    assert composed == compose(given_schema)
    assert composed.fingerprint == composed.fingerprint
    other = one(default=value)
    assert other.fingerprint != composed.fingerprint
    assert other != composed


# ---- properties, orders, languages ----

CHANGES = {
    "type": "integer",
    "key": "k",
    "subtype": "slug",
    "label": "X",
    "help_text": "X",
    "group": "X",
    "order": 5,
    "required": True,
    "default": "X",
    "initial_default": "X",
    "choices": ["X"],
    "multiple": True,
    "constraints": {"max_length": 5},
    "unique": True,
    "indexed": True,
    "required_if": "X",
    "visible_if": "X",
    "locked": True,
    "status": "deprecated",
}


def test_every_property_counts():
    distinct(one(), one(indexed="trigram"), *(one(**{name: value}) for name, value in CHANGES.items()))
    distinct(layers([Attribute("x", "text")]), layers([Attribute("y", "text", key="x")]))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({"choices": ["a", "b"]}, {"choices": ["b", "a"]}, id="choices"),
        pytest.param({"choices": [("a", "A")]}, {"choices": [("a", "B")]}, id="label-of-a-choice"),
        pytest.param({"choices": [("a", "A")]}, {"choices": ["a"]}, id="no-label"),
        pytest.param({"choices": [Choice("a")]}, {"choices": [Choice("a", retired=True)]}, id="retired"),
        pytest.param({"choices": ["a", "b"]}, {"choices": [("a", "b")]}, id="pair"),
        pytest.param({"label": {"de": "a", "fr": "b"}}, {"label": {"fr": "b", "de": "a"}}, id="last-resort"),
        pytest.param({"label": {"de": "a"}}, {"label": {"fr": "a"}}, id="language"),
        pytest.param({"label": "a"}, {"label": {"en": "a"}}, id="plain"),
        pytest.param({"label": "a"}, {"help_text": "a"}, id="property"),
        pytest.param({"group": "a", "label": "b"}, {"group": "b", "label": "a"}, id="swapped"),
        pytest.param(
            {"constraints": {"min_length": 1, "max_length": 2}},
            {"constraints": {"max_length": 2, "min_length": 1}},
            id="order-of-checks",
        ),
    ],
)
def test_what_a_reader_or_a_record_could_notice_counts(first, second):
    distinct(one(**first), one(**second))


def test_the_order_of_attributes_counts():
    x, y = Attribute("x", "text"), Attribute("y", "text")
    distinct(compose(schema(x, y)), compose(schema(y, x)), compose(schema(x)), compose())
    alike(compose(schema()), compose())


def test_the_language_of_plain_texts_counts():
    def labelled(language, **properties):
        return compose(named("a", Attribute("x", "text", **properties), default_language=language), named("b"))

    for text in ({"label": "X"}, {"help_text": "X"}, {"choices": [("a", "A")]}):
        distinct(labelled("en", **text), labelled("de", **text))
    alike(labelled("en", label={"en": "X"}), labelled("de", label={"en": "X"}))
    alike(labelled("en"), labelled("de"))


def test_the_default_language_of_the_whole_counts():
    distinct(*(compose(named("a", default_language=language)) for language in ("en", "de")))


# ---- rules and groups ----


def test_rules_and_their_languages_count():
    rule = Rule("x < y", "m")
    distinct(
        *(ruled(), ruled(rule), ruled(rule, rule), ruled(Rule("y < x", "m")), ruled(Rule("x < y", "n"))),
        ruled(Rule("x < y", "m", attributes=["x"])),
        ruled(Rule("x < y", "m", attributes=["y"])),
        ruled(Rule("x < y", "m", severity="warning")),
        ruled(Rule("x < y", "m", language="cel")),
        ruled(rule, rule_language="cel"),
        ruled(rule, default_language="de"),
        ruled(Rule("x < y", {"en": "m"})),
        ruled(Rule("x < y", {"de": "m", "en": "m"})),
        ruled(Rule("x < y", {"en": "m", "de": "m"})),
    )
    distinct(ruled(rule, Rule("x != y", "m")), ruled(Rule("x != y", "m"), rule))


def test_the_rule_language_of_conditions_counts_where_there_are_any():
    def conditional(language, **properties):
        return compose(named("a", Attribute("x", "boolean", **properties), rule_language=language))

    for name in ("required_if", "visible_if"):
        distinct(conditional("fake", **{name: "x"}), conditional("cel", **{name: "x"}))
    alike(conditional("fake"), conditional("cel"))


def test_groups_and_their_order_count():
    groups = ([], [["x"]], [["x", "y"]], [["y", "x"]], [["x"], ["y"]], [["y"], ["x"]])
    distinct(*(ruled(unique_together=group) for group in groups))


def swapped(first, second, **properties):
    """Return x and y, the rule or condition of which was written when they had each other's names."""
    written = named(
        "a",
        Attribute("b", "integer", key=first),
        Attribute("c", "integer", key=second),
        Attribute("z", "integer", **properties),
        rules=[] if properties else [Rule("b < c", "m")],
    )
    renamed = named("b", Attribute("x", key="k1", order=1), Attribute("y", key="k2", order=2))
    return compose(written, renamed)


@pytest.mark.parametrize("properties", [{}, {"required_if": "b < c"}, {"visible_if": "b < c"}], ids=str)
def test_what_the_names_in_an_expression_mean_counts(properties):
    one, other = swapped("k1", "k2", **properties), swapped("k2", "k1", **properties)
    assert dict(one) == dict(other)
    assert one.rules == other.rules
    distinct(one, other)


def test_the_type_of_what_an_expression_names_and_is_gone_counts():
    def gone(type_, later):
        return layers([Attribute("x", type_), Attribute("y", "integer", visible_if="x == 1")], [later])

    omitted = Attribute("x", omit=True)
    distinct(gone("integer", omitted), gone("text", omitted), layers([Attribute("y", "integer", visible_if="x == 1")]))
    alike(gone("integer", omitted), gone("integer", Attribute("x", status="retired")))


def test_an_initial_default_that_came_before_its_limits_is_another():
    slug = named("a", Attribute("x", "text", subtype="slug", initial_default="A b"))
    later = named("a", Attribute("x", "text", initial_default="A b")), named("b", Attribute("x", subtype="slug"))
    distinct(compose(slug), compose(*later))
    with pytest.raises(SchemaError):
        compose(slug).compile(REGISTRY)
    assert compose(*later).compile(REGISTRY).load({}) == {"x": "A b"}


def test_faults_count():
    unknown = Attribute("nobody", required=True)
    distinct(layers([]), layers([unknown]), layers([Attribute("anybody", required=True)]))
    distinct(compose(named("a", default_language=5), named("b")), compose(named("a"), named("b")))


# ---- what does not count ----

X = Attribute("x", "text", label={"en": "X"}, constraints={"max_length": 5})


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([named("other name", X)], id="names-of-schemas"),
        pytest.param([named("a", X), named("b")], id="an-empty-schema"),
        pytest.param([named("a"), named("b", X)], id="where"),
        pytest.param([named("a", Attribute("x", "integer", default=1)), named("b", X)], id="redefined"),
        pytest.param(
            [
                named("a", Attribute("x", "text", constraints={"max_length": 9}, default="z")),
                named("b", Attribute("x", label={"en": "X"}, default=None)),
                named("c", Attribute("x", constraints={"max_length": 5})),
            ],
            id="piece-by-piece",
        ),
        pytest.param([named("a", X, Attribute("y", "text")), named("b", Attribute("y", omit=True))], id="omitted"),
        pytest.param([named("a", X), named("b", Attribute("x", label={"en": "Y"}, status="draft"))], id="draft"),
        pytest.param([named("a", X, default_language="de"), named("b")], id="languages-of-no-text"),
        pytest.param([Schema("a", [X], rule_language="cel")], id="rule-language-of-no-rule"),
    ],
)
def test_the_way_it_was_composed_does_not_count(others):
    alike(compose(named("a", X)), compose(*others))


def test_the_schema_in_which_a_rule_stands_does_not_count():
    x, y, rule = Attribute("x", "integer"), Attribute("y", "integer"), Rule("x < y", "m", attributes=["y"])
    alike(
        compose(named("a", x, y, rules=[rule])),
        compose(named("a", x, y), named("b", rules=[rule])),
        compose(named("a", x), named("b", y), named("c", rules=[rule]), named("d")),
    )


# ---- generated ----


def account(composed):
    """Return what must be the same, in full: no rules and no conditions are generated with it."""
    plain = [
        it.key
        for it in composed._composition.every
        if any(isinstance(text, str) for text in (it.label, it.help_text, *(c.label for c in it.choices or ())))
    ]
    languages = [composed._composition.text_languages[key] for key in plain]
    attributes = [[(name, in_order(it.given[name])) for name in sorted(it.given)] for it in composed._composition.every]
    return attributes, languages, composed.default_language, list(map(str, composed._composition.faults))


def in_order(value):
    if isinstance(value, dict):
        return "dict", [(in_order(name), in_order(member)) for name, member in value.items()]
    if isinstance(value, list | tuple):
        return type(value), [in_order(item) for item in value]
    if isinstance(value, Choice):
        return "choice", in_order(value.value), in_order(value.label), value.retired
    return exactly(value)


def composed_or_none(drawn):
    try:
        return compose(*drawn)
    except SchemaError:
        return None


@pytest.mark.fuzz
@given(schemas(), schemas())
def test_fingerprints_are_equal_where_all_is_the_same_and_only_there(drawn, others):
    one, other = composed_or_none(drawn), composed_or_none(others)
    assume(one is not None and other is not None)
    assert (one.fingerprint == other.fingerprint) is (account(one) == account(other))
    assert (one == other) is (one.fingerprint == other.fingerprint)
    if not one._composition.faults:  # which name schemas
        alike(one, compose(*(replace(it, name=f"other {it.name}") for it in drawn)))


_scalars = st.sampled_from([0, 1, True, False, 0.0, -0.0, 1.0, "", "1", None, Decimal(1), date(2024, 1, 1)])
_values = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["a", "b", ""]), inner, max_size=2),
    max_leaves=4,
)


@pytest.mark.fuzz
@given(_values, _values)
def test_values_are_told_apart_by_class_order_and_place(value, other):
    one_of, other_of = (one(choices=[(it, {"en": "l"}), 1], order=1) for it in (value, other))
    assert (one_of.fingerprint == other_of.fingerprint) is (in_order(value) == in_order(other))


_expressions = st.sampled_from(["a < b", "b < a", "given.a", "not given.b", "c == 1", "a != 0"])
_conditions = st.fixed_dictionaries({}, optional={"required_if": _expressions, "visible_if": _expressions})
_defining = st.tuples(
    st.permutations(["a", "b", "c"]),
    st.lists(_conditions, min_size=3, max_size=3),
    st.lists(_expressions, max_size=2),
)
_changes = st.fixed_dictionaries(
    {"key": st.sampled_from(["k1", "k2", "k3"])},
    optional={
        "name": st.sampled_from(["a", "b", "c", "d"]),
        "omit": st.sampled_from([False, False, True]),
        "default": st.sampled_from([1, True, 2]),
        "required": st.booleans(),
    },
)
_renaming = st.tuples(
    st.lists(_changes, max_size=3, unique_by=lambda it: it["key"]), st.lists(_expressions, max_size=1)
)


def chain(defining, renaming):
    (names, conditions, rules), (changes, more) = defining, renaming
    attributes = [
        Attribute(name, "integer", key=key, **given_conditions)
        for key, name, given_conditions in zip(("k1", "k2", "k3"), names, conditions, strict=True)
    ]
    final = [Attribute(key=key, order=number) for number, key in enumerate(("k1", "k2", "k3"))]
    return compose(
        named("one", *attributes, rules=[Rule(source, "m") for source in rules]),
        named("two", *(Attribute(**change) for change in changes), rules=[Rule(source, "m") for source in more]),
        named(
            "three",
            *(it for it in final if not any(change["key"] == it.key and change.get("omit") for change in changes)),
        ),
    )


def behaviour(composed):
    """Return what the validator does with records of every kind, None where there is none."""
    try:
        validator = composed.compile(REGISTRY)
    except SchemaError:
        return None
    names = list(composed)
    records = [{}, *(dict.fromkeys(names, value) for value in (None, 0, 1))]
    records += [{first: 0, **{name: 1 for name in names if name != first}} for first in names]
    records += [{first: 0} for first in names]
    found = []
    for record in records:
        result = validator.check(record)
        document = {composed[name].key: value for name, value in record.items()}
        found.append((exactly(result.value), told(result.problems), told(validator.problems(document))))
    return found


@pytest.mark.fuzz
@given(_defining, _renaming, _defining, _renaming)
def test_equal_fingerprints_behave_alike(first, renaming, second, other_renaming):
    one, other = chain(first, renaming), chain(second, other_renaming)
    if one.fingerprint == other.fingerprint:
        assert behaviour(one) == behaviour(other)


@pytest.mark.fuzz
@given(_defining, st.permutations(["a", "b", "c"]))
def test_names_that_meant_something_else_at_first_are_told_apart(first, names):
    """The attributes and the texts of rules and conditions are the same in the end; what they mean is not."""
    given_names, conditions, rules = first
    renaming = [{"name": name, "key": key} for name, key in zip("xyz", ("k1", "k2", "k3"), strict=True)], []
    one, other = chain(first, renaming), chain((names, conditions, rules), renaming)
    assert (dict(one), one.rules) == (dict(other), other.rules)
    means_nothing = not rules and not any(conditions)
    assert (one.fingerprint == other.fingerprint) is (names == given_names or means_nothing)
    if one.fingerprint == other.fingerprint:
        assert behaviour(one) == behaviour(other)
