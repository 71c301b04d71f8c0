"""Composition, rule by rule: overrides, omissions, locks, merges, renames, and what ``explain`` says of them."""

from __future__ import annotations

import pytest

from jsonattrs_core import UNSET, Attribute, SchemaError, compose
from tests.core.checking import faults, layers, sources
from tests.core.fake_language import REGISTRY

ABC = [Attribute("a", "text"), Attribute("b", "text"), Attribute("c", "text")]

# ---- places ----


@pytest.mark.parametrize(
    "override",
    [
        pytest.param(Attribute("b", label="B"), id="part of it is changed"),
        pytest.param(Attribute("b", "integer"), id="a type redefines it whole"),
        pytest.param(Attribute("b", "text"), id="even the same type"),
        pytest.param(Attribute("z", key="b"), id="it is renamed"),
        pytest.param(Attribute("b", status="deprecated"), id="it is deprecated"),
        pytest.param(Attribute("b", order=0), id="its order is the default one"),
    ],
)
def test_an_override_keeps_the_first_place(override):
    assert [it.key for it in layers(ABC, [override]).values()] == ["a", "b", "c"]


@pytest.mark.parametrize("again", [Attribute("b", status="active"), Attribute("b", "integer")], ids=["status", "type"])
def test_a_retired_attribute_that_comes_back_has_its_first_place(again):
    retired = [Attribute("b", status="retired")]
    assert list(layers(ABC, retired)) == ["a", "c"]
    assert list(layers(ABC, retired, [again])) == ["a", "b", "c"]


def test_an_omitted_attribute_that_is_added_again_is_the_last():
    composed = layers(ABC, [Attribute("b", omit=True)], [Attribute("d", "text"), Attribute("b", "integer")])
    assert list(composed) == ["a", "c", "d", "b"]
    assert composed["b"].type == "integer"


def test_adding_again_needs_a_type_and_takes_over_nothing():
    first = [Attribute("b", "text", label="B", constraints={"max_length": 3}, required=True)]
    composed = layers(first, [Attribute("b", omit=True)], [Attribute("b", "text", required=False)])
    assert composed["b"] == Attribute("b", "text", key="b", required=False)
    untyped = layers(first, [Attribute("b", omit=True)], [Attribute("b", required=False)])
    assert list(untyped) == []


@pytest.mark.parametrize(
    ("orders", "expected"),
    [
        ([UNSET, UNSET, UNSET], "abc"),
        ([2, 1, 0], "cba"),
        ([1, UNSET, 1], "bac"),
        ([UNSET, -1, UNSET], "bac"),
        ([0, UNSET, 0.0], "abc"),
        ([0.5, 0, 0.25], "bca"),
        ([5, 5, 5], "abc"),
    ],
    ids=str,
)
def test_the_list_is_sorted_by_order_and_equals_keep_their_places(orders, expected):
    attributes = [Attribute(name, "text", order=order) for name, order in zip("abc", orders, strict=True)]
    assert "".join(layers(attributes)) == expected


def test_order_is_inherited_and_taken_away_like_any_property():
    first = [Attribute("a", "text", order=5), Attribute("b", "text", order=1)]
    assert list(layers(first)) == ["b", "a"]
    assert list(layers(first, [Attribute("b", order=9)])) == ["a", "b"]
    assert list(layers(first, [Attribute("a", order=None)])) == ["a", "b"]
    assert list(layers(first, [Attribute("a", label="A")])) == ["b", "a"]


# ---- which attribute is meant ----

COLOUR = [Attribute("colour", "text", key="k", label="old")]


@pytest.mark.parametrize(
    ("override", "expected"),
    [
        pytest.param(Attribute(key="k", label="new"), [("colour", "k", "new")], id="a key alone"),
        pytest.param(Attribute("colour", label="new"), [("colour", "k", "new")], id="a name alone"),
        pytest.param(Attribute("k", label="new"), [("colour", "k", "new")], id="a name that is the key"),
        pytest.param(
            Attribute("hue", key="k", label="new"), [("hue", "k", "new")], id="key and another name: a rename"
        ),
        pytest.param(Attribute("colour", key="k", label="new"), [("colour", "k", "new")], id="key and the same name"),
        pytest.param(Attribute("k", key="k", label="new"), [("colour", "k", "new")], id="a document's key, for a name"),
        pytest.param(Attribute("k", "text", label="new"), [("colour", "k", "new")], id="redefined by its key's name"),
        pytest.param(Attribute("hue", "text", key="k", label="new"), [("hue", "k", "new")], id="redefined, renamed"),
        pytest.param(Attribute(key="k", type="text", label="new"), [("colour", "k", "new")], id="redefined by its key"),
        pytest.param(
            Attribute("other", "text", label="new"),
            [("colour", "k", "old"), ("other", "other", "new")],
            id="another one",
        ),
    ],
)
def test_a_key_matches_by_key_and_a_name_by_name_then_by_key(override, expected):
    found = [(it.name, it.key, it.label) for it in layers(COLOUR, [override]).values()]
    assert found == expected


def test_the_name_comes_before_the_key():
    first = [Attribute("a", "text", key="b"), Attribute("b", "text", key="a")]
    composed = layers(first, [Attribute("a", label="of the name a")])
    assert composed["a"].label == "of the name a"
    assert composed["b"].label is UNSET


def test_a_key_defaults_to_the_name_and_a_name_to_the_key():
    composed = layers([Attribute("a", "text"), Attribute(key="b", type="text")])
    assert [(it.name, it.key) for it in composed.values()] == [("a", "a"), ("b", "b")]


def test_two_names_are_swapped_in_one_schema():
    composed = layers(
        [Attribute("a", "text"), Attribute("b", "integer")], [Attribute("b", key="a"), Attribute("a", key="b")]
    )
    assert [(it.name, it.key, it.type) for it in composed.values()] == [("b", "a", "text"), ("a", "b", "integer")]
    composed.compile(REGISTRY)


def test_a_rename_changes_the_name_alone_and_rewrites_no_record():
    first = [Attribute("colour", "text", label="C", required=True, choices=["r", "g"], constraints={"max_length": 1})]
    before, after = layers(first), layers(first, [Attribute("hue", key="colour")])
    assert list(after) == ["hue"]
    assert after["hue"] == Attribute(**{**before["colour"].given, "name": "hue"})
    stored = before.compile(REGISTRY).dump({"colour": "r"})
    assert after.compile(REGISTRY).load(stored) == {"hue": "r"}
    assert after.compile(REGISTRY).dump({"hue": "r"}) == stored
    assert after.compile(REGISTRY).problems(stored) == ()


def test_a_renamed_attribute_is_renamed_again_and_found_by_its_first_key():
    composed = layers(COLOUR, [Attribute("hue", key="k")], [Attribute("tint", key="k")], [Attribute("k", label="last")])
    assert [(it.name, it.key, it.label) for it in composed.values()] == [("tint", "k", "last")]


# ---- locks ----


@pytest.mark.parametrize(
    ("change", "verb"),
    [
        pytest.param(Attribute("a", label="A"), "overridden", id="override"),
        pytest.param(Attribute("a"), "overridden", id="override that changes nothing"),
        pytest.param(Attribute("a", "integer"), "overridden", id="redefine"),
        pytest.param(Attribute("a", omit=True), "omitted", id="omit"),
        pytest.param(Attribute("z", key="a"), "overridden", id="rename"),
        pytest.param(Attribute("a", status="retired"), "overridden", id="retire"),
        pytest.param(Attribute("a", locked=False), "overridden", id="unlock"),
    ],
)
def test_a_locked_attribute_can_be_neither_overridden_nor_omitted(change, verb):
    with pytest.raises(SchemaError) as caught:
        layers([Attribute("a", "text", locked=True)], [Attribute("b", "text")], [change])
    assert str(caught.value) == (
        f"schema 'c', attribute 'a': it is locked by schema 'a' and cannot be {verb} by schema 'c'"
    )


def test_a_lock_may_come_with_an_override_and_names_its_own_schema():
    locked = [Attribute("a", "text")], [Attribute("a", locked=True)]
    assert layers(*locked)["a"].locked is True
    with pytest.raises(SchemaError, match="locked by schema 'b' and cannot be omitted by schema 'c'"):
        layers(*locked, [Attribute("a", omit=True)])


@pytest.mark.parametrize("change", [{}, {"type": "integer"}, {"omit": True}], ids=["override", "redefine", "omit"])
def test_a_draft_of_a_change_to_a_locked_attribute_is_skipped_like_any_draft(change):
    composed = layers([Attribute("a", "text", locked=True)], [Attribute("a", status="draft", **change)])
    assert composed["a"] == Attribute("a", "text", key="a", locked=True)


def test_all_but_a_lock_is_left_to_compile():
    composed = layers(
        [Attribute("A-", "nothing", constraints=5, default={}), Attribute()], [Attribute("nobody", label="x")]
    )
    assert len(faults(composed)) >= 4


# ---- overrides of what is not there ----

GONE = {
    "omitted": (Attribute("a", omit=True), "omitted"),
    "retired": (Attribute("a", status="retired"), "retired"),
}


@pytest.mark.parametrize(("gone", "state"), GONE.values(), ids=GONE)
@pytest.mark.parametrize("name", ["colour", "k"], ids=["by its name", "by its key"])
@pytest.mark.parametrize(
    "override",
    [Attribute("colour", label="x"), Attribute(key="k", label="x"), Attribute("hue", key="k")],
    ids=["name", "key", "rename"],
)
def test_an_override_of_what_is_gone_is_dropped_and_explain_says_so(gone, state, name, override):
    gone = Attribute(key="k", omit=gone.omit, status=gone.status)
    composed = layers(COLOUR, [gone], [override])
    composed.compile(REGISTRY)
    assert list(composed) == []
    explanation = composed.explain(name, REGISTRY)
    assert dict(explanation) == {}
    assert f"schema 'c' changes 'colour', which is {state}; its change is dropped" in explanation.notes


def test_a_dropped_override_leaves_no_trace_when_the_attribute_comes_back():
    composed = layers(
        [Attribute("a", "text", label="A")],
        [Attribute("a", status="retired")],
        [Attribute("a", label="dropped")],
        [Attribute("a", status="active")],
    )
    assert composed["a"].label == "A"
    assert sources(composed, "a", "label") == [("A", "a", [])]


@pytest.mark.parametrize(
    "attributes", [[Attribute("a", omit=True)], [Attribute(key="a", omit=True)]], ids=["name", "key"]
)
def test_omitting_what_is_not_there_is_legal(attributes):
    composed = layers([Attribute("b", "text")], attributes, attributes)
    composed.compile(REGISTRY)
    assert list(composed) == ["b"]


@pytest.mark.parametrize(
    ("override", "message"),
    [
        (
            Attribute("colourr", label="x"),
            "'colourr': no more general schema defines 'colourr'; did you mean 'colour'?",
        ),
        (Attribute(key="kk", label="x"), "'kk': no more general schema defines 'kk'; did you mean 'k'?"),
        (Attribute("hue", key="kk"), "'hue': no more general schema defines 'hue'"),
        (Attribute("zzz", required=True), "'zzz': no more general schema defines 'zzz'"),
    ],
    ids=["name", "key", "both", "nothing like it"],
)
def test_an_override_of_what_nobody_defined_is_a_fault_with_the_nearest_name(override, message):
    composed = layers(COLOUR, [override])
    assert faults(composed) == [f"schema 'b', attribute {message}"]
    assert list(composed) == ["colour"]


@pytest.mark.parametrize("change", [{"label": "x"}, {"omit": True}], ids=["override", "omit"])
def test_what_is_only_omitted_was_never_defined(change):
    composed = layers([Attribute("a", omit=True)], [Attribute("a", **change)])
    if "omit" in change:
        composed.compile(REGISTRY)
    else:
        assert faults(composed) == ["schema 'b', attribute 'a': no more general schema defines 'a'"]


def test_no_schema_at_all_lets_nothing_be_stored():
    composed = compose()
    assert (len(composed), composed.rules, composed.unique_together, composed.schemas) == (0, (), (), ())
    validator = composed.compile(REGISTRY)
    assert validator.check({}).value == {}
    assert [problem.code for problem in validator.check({"a": 1}).problems] == ["unknown"]


def test_a_composed_schema_is_an_ordered_mapping():
    composed = layers(ABC)
    assert (list(composed), len(composed), "a" in composed, "z" in composed) == (["a", "b", "c"], 3, True, False)
    assert composed.get("z") is None
    with pytest.raises(KeyError):
        composed["z"]
    assert composed == layers(ABC)
    assert composed != layers(ABC[:2])
    assert composed != "a"
