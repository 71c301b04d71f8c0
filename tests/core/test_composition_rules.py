"""Rules and unique groups of composed schemas, and ``explain``: who said what, what it overrode, what was dropped."""

from __future__ import annotations

import pytest

from jsonattrs_core import UNSET, Attribute, Rule, Schema, SchemaError, compose
from tests.core.checking import named, sources
from tests.core.fake_language import REGISTRY

NUMBERS = [Attribute("low", "integer"), Attribute("high", "integer")]
ORDERED = Rule("low < high", "low must be below high", attributes=["high"])


def problems(composed, data):
    return [(p.path, p.code) for p in composed.compile(REGISTRY).check(data).problems]


# ---- rules ----


def test_rules_accumulate_in_the_order_of_the_schemas():
    other = Rule("low != 3", "not three")
    composed = compose(named("a", *NUMBERS, rules=[ORDERED]), named("b", rules=[other]))
    assert composed.rules == (ORDERED, other)
    assert problems(composed, {"low": 3, "high": 3}) == [(("high",), "rule"), ((), "rule")]


def test_a_rule_survives_renames_and_shows_the_new_name():
    composed = compose(named("a", *NUMBERS, rules=[ORDERED]), named("b", Attribute("top", key="high")))
    assert problems(composed, {"low": 3, "top": 2}) == [(("top",), "rule")]
    assert problems(composed, {"low": 2, "top": 3}) == []


def test_a_rule_survives_a_swap_of_names():
    swap = Attribute("high", key="low"), Attribute("low", key="high")
    composed = compose(named("a", *NUMBERS, rules=[ORDERED]), named("b", *swap))
    assert problems(composed, {"high": 3, "low": 2}) == [(("low",), "rule")]
    assert problems(composed, {"high": 2, "low": 3}) == []


def test_a_later_rule_uses_the_new_name_and_an_earlier_one_the_old():
    composed = compose(
        named("a", *NUMBERS, rules=[ORDERED]),
        named("b", Attribute("top", key="high"), rules=[Rule("top < 9", "below nine", attributes=["top"])]),
    )
    assert problems(composed, {"low": 10, "top": 9}) == [(("top",), "rule"), (("top",), "rule")]


def test_conditions_survive_renames_too():
    composed = compose(
        named("a", Attribute("x", "text"), Attribute("y", "text", required_if="given.x", visible_if="given.x")),
        named("b", Attribute("z", key="x")),
    )
    assert problems(composed, {"z": "there"}) == [(("y",), "required")]
    assert problems(composed, {}) == []


@pytest.mark.parametrize("change", [{"omit": True}, {"status": "retired"}], ids=["omitted", "retired"])
@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(ORDERED, id="shown there"),
        pytest.param(Rule("low < high", "m"), id="in its expression"),
        pytest.param(Rule("low < 5", "m", attributes=["low", "high"]), id="shown there, as the second"),
    ],
)
def test_a_rule_that_names_what_is_gone_is_dropped_and_explain_says_so(rule, change):
    composed = compose(named("a", *NUMBERS, rules=[rule]), named("b", Attribute("high", **change)))
    assert problems(composed, {"low": 7}) == []
    notes = composed.explain("high", REGISTRY).notes
    assert [note for note in notes if "rule" in note] == [
        f"the rule {rule.expression!r} of schema 'a' is dropped, since 'high' is gone"
    ]


def test_a_dropped_rule_is_told_by_every_name_that_the_attribute_had():
    composed = compose(
        named("a", Attribute("x", "integer", key="k"), rules=[Rule("x < 5", "m")]),
        named("b", Attribute("y", key="k")),
        named("c", Attribute("y", omit=True)),
    )
    for name in ("k", "x", "y"):
        assert "the rule 'x < 5' of schema 'a' is dropped, since 'x' is gone" in composed.explain(name, REGISTRY).notes


@pytest.mark.parametrize("name", ["required_if", "visible_if"])
def test_a_condition_on_what_is_gone_is_dropped_and_explain_says_so(name):
    composed = compose(
        named("a", Attribute("x", "text"), Attribute("y", "text", required=True, **{name: "given.x"})),
        named("b", Attribute("x", omit=True)),
    )
    # A condition that cannot be evaluated is false: one that makes visible leaves it invisible, and so not required.
    assert problems(composed, {}) == ([(("y",), "required")] if name == "required_if" else [])
    for asked in ("x", "y"):
        notes = [note for note in composed.explain(asked, REGISTRY).notes if name in note]
        assert notes == [f"the condition {name} 'given.x' of schema 'a' is dropped, since 'x' is gone"]


def test_a_rule_is_back_when_the_attribute_is():
    composed = compose(
        named("a", *NUMBERS, rules=[ORDERED]),
        named("b", Attribute("high", omit=True)),
        named("c", Attribute("high", "integer")),
    )
    assert composed.rules == (ORDERED,)
    assert problems(composed, {"low": 3, "high": 2}) == [(("high",), "rule")]


def test_a_rule_may_name_what_only_a_narrower_schema_defines():
    composed = compose(named("a", NUMBERS[0], rules=[ORDERED]), named("b", NUMBERS[1]))
    assert problems(composed, {"low": 3, "high": 2}) == [(("high",), "rule")]


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (Rule("low < hihg", "m"), "rule 'low < hihg': no attribute is named 'hihg'; did you mean 'high'?"),
        (
            Rule("low < 5", "m", attributes=["lowe"]),
            "the rule 'low < 5' names 'lowe', which nobody defines; did you mean 'low'?",
        ),
    ],
    ids=["in its expression", "where it is shown"],
)
def test_a_rule_that_names_what_nobody_defined_is_a_fault(rule, message):
    with pytest.raises(SchemaError) as caught:
        compose(named("a", *NUMBERS, rules=[rule])).compile(REGISTRY)
    assert [str(fault) for fault in caught.value.faults] == [f"schema 'a': {message}"]


def test_each_schema_has_its_own_rule_language_and_a_rule_may_have_another():
    own = Rule("low < high", "m", language="fake")
    composed = compose(named("a", *NUMBERS, rules=[ORDERED]), Schema("b", (), rules=[own], rule_language="cel"))
    assert problems(composed, {"low": 3, "high": 2}) == [(("high",), "rule"), ((), "rule")]


# ---- unique groups ----


def test_unique_groups_accumulate_under_the_present_names():
    composed = compose(
        named("a", *NUMBERS, unique_together=[("low", "high")]),
        named("b", Attribute("top", key="high"), Attribute("x", "text"), unique_together=[["x", "top"]]),
    )
    assert composed.unique_together == (("low", "top"), ("x", "top"))


@pytest.mark.parametrize("change", [{"omit": True}, {"status": "retired"}], ids=["omitted", "retired"])
def test_a_unique_group_that_names_what_is_gone_is_dropped_and_explain_says_so(change):
    composed = compose(
        named("a", *NUMBERS, unique_together=[("low", "high"), ("low",)]), named("b", Attribute("high", **change))
    )
    assert composed.unique_together == (("low",),)
    assert "the unique group low, high of schema 'a' is dropped, since 'high' is gone" in (
        composed.explain("high", REGISTRY).notes
    )


def test_a_unique_group_that_names_what_nobody_defined_is_a_fault():
    with pytest.raises(SchemaError) as caught:
        compose(named("a", *NUMBERS, unique_together=[("low", "heigh")])).compile(REGISTRY)
    assert str(caught.value) == (
        "schema 'a': the unique group low, heigh names 'heigh', which nobody defines; did you mean 'high'?"
    )


# ---- what is dropped ----


def test_what_counts_for_nothing_is_told_with_its_parts():
    composed = compose(
        named(
            "a",
            Attribute("x", "integer", key="k"),
            Attribute("y", "text", visible_if="given.x", required_if="given.x"),
            Attribute("z", "text", visible_if="given.y"),
            rules=[Rule("x < 5", "m"), Rule("given.y", "m", attributes=["x"]), Rule("given.y", "m")],
            unique_together=[("x", "y"), ("y", "z")],
        ),
        named("b", Attribute(key="k", omit=True)),
    )
    assert sorted(composed.dropped(REGISTRY)) == [
        ("required_if", "given.x", "a", "x", "k", "y"),
        ("rule", "given.y", "a", "x", "k", ""),
        ("rule", "x < 5", "a", "x", "k", ""),
        ("unique_together", "x, y", "a", "x", "k", ""),
        ("visible_if", "given.x", "a", "x", "k", "y"),
    ]
    assert not compose(composed.schemas[0]).dropped(REGISTRY)


# ---- explain ----


def test_explain_tells_the_chain_of_every_part():
    composed = compose(
        named("world", Attribute("score", "integer", label="Score", constraints={"min": 0, "max": 9}, required=True)),
        named("org", Attribute("score", label="Mark", constraints={"max": 20}, group="g")),
        named("project", Attribute("score", label={"de": "Punkte"}, constraints={"max": 99, "min": None})),
    )
    explanation = composed.explain("score", REGISTRY)
    assert {part: (origin.value, origin.schema, origin.overrode) for part, origin in explanation.items()} == {
        "name": ("score", "world", ()),
        "key": ("score", "world", ()),
        "type": ("integer", "world", ()),
        "label.en": ("Mark", "org", (("world", "Score"),)),
        "label.de": ("Punkte", "project", ()),
        "group": ("g", "org", ()),
        "required": (True, "world", ()),
        "constraints.max": (99, "project", (("world", 9), ("org", 20))),
    }
    assert explanation.notes == ("schema 'project' takes 'constraints.min' away",)


def test_explain_gives_a_plain_text_under_the_propertys_own_name():
    composed = compose(named("a", Attribute("x", "text", label="one")), named("b", Attribute("x", label="two")))
    assert sources(composed, "x", "label") == [("two", "b", [("a", "one")])]


def test_explain_of_a_redefinition_tells_what_it_overrode_and_nothing_that_is_gone():
    composed = compose(
        named("a", Attribute("x", "text", label="one", group="g")), named("b", Attribute("x", "integer", label="two"))
    )
    assert sources(composed, "x", "type", "label") == [
        ("integer", "b", [("a", "text")]),
        ("two", "b", [("a", "one")]),
    ]
    explanation = composed.explain("x", REGISTRY)
    assert "group" not in explanation
    assert explanation.notes == ("schema 'b' gives a type, and so redefines it whole",)


def test_explain_of_a_rename_tells_the_names():
    composed = compose(named("a", Attribute("x", "text", key="k")), named("b", Attribute("y", key="k")))
    assert sources(composed, "y", "name") == [("y", "b", [("a", "x")])]
    assert composed.explain("y", REGISTRY)["key"].value == "k"


@pytest.mark.parametrize(
    "override", [Attribute(key="k", type="integer"), Attribute("x", "integer"), Attribute("k", "date")]
)
def test_explain_of_a_redefinition_tells_from_whom_the_name_is_inherited(override):
    composed = compose(named("a", Attribute("x", "text", key="k")), named("b", override))
    assert sources(composed, "x", "name", "key") == [("x", "a", []), ("k", "a", [])]


@pytest.mark.parametrize("name", ["k", "x", "y", "z"], ids=["key", "first name", "second name", "present name"])
def test_explain_takes_every_name_that_the_attribute_ever_had(name):
    composed = compose(
        named("a", Attribute("x", "text", key="k")),
        named("b", Attribute("y", key="k")),
        named("c", Attribute("z", key="k", label="L")),
    )
    explanation = composed.explain(name, REGISTRY)
    assert explanation.name == name
    assert dict(explanation) == dict(composed.explain("z", REGISTRY))


def test_a_present_name_comes_before_an_old_one():
    composed = compose(
        named("a", Attribute("x", "text", key="k")),
        named("b", Attribute("y", key="k")),
        named("c", Attribute("x", "integer", key="other")),
    )
    assert composed.explain("x", REGISTRY)["key"].value == "other"


def test_explain_of_what_is_gone_has_no_parts_and_says_why():
    omitted = compose(named("a", *NUMBERS), named("b", Attribute("low", omit=True))).explain("low", REGISTRY)
    assert (dict(omitted), omitted.notes) == ({}, ("schema 'b' omits it",))
    retired = compose(named("a", *NUMBERS), named("b", Attribute("low", status="retired")))
    assert dict(retired.explain("low", REGISTRY)) == {}
    assert any("'b'" in note and "retire" in note for note in retired.explain("low", REGISTRY).notes)


def test_explain_says_that_a_draft_is_skipped():
    composed = compose(named("a", Attribute("x", "text")), named("b", Attribute("x", label="L", status="draft")))
    assert composed.explain("x", REGISTRY).notes == ("the definition in schema 'b' is a draft and is skipped",)
    alone = compose(named("a", Attribute("x", "text", status="draft"))).explain("x", REGISTRY)
    assert (dict(alone), alone.notes) == ({}, ("the definition in schema 'a' is a draft and is skipped",))


@pytest.mark.parametrize("attributes", [[], [Attribute("zzz", label="an override of nothing")]], ids=["empty", "fault"])
def test_explain_of_what_nobody_defined_is_a_key_error(attributes):
    with pytest.raises(KeyError):
        compose(named("a", *NUMBERS, *attributes)).explain("zzz", REGISTRY)


def test_explain_answers_where_the_schema_cannot_be_compiled():
    composed = compose(named("a", Attribute("x", "nothing"), rules=[Rule("x <", "m")], rule_language="no-language"))
    assert sources(composed, "x", "type") == [("nothing", "a", [])]


def test_an_explanation_is_a_mapping():
    explanation = compose(named("a", Attribute("x", "text"))).explain("x", REGISTRY)
    assert (len(explanation), set(explanation)) == (3, {"name", "type", "key"})
    assert explanation.get("required", UNSET) is UNSET
    assert explanation["type"]._fields == ("value", "schema", "overrode")
