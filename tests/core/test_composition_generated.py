"""Composition, over generated schemas: it does what a plain model of the rules does, and tells the truth about it."""

from __future__ import annotations

import pytest
from hypothesis import assume, event, given

from jsonattrs_core import ComposedSchema, SchemaError, compose
from tests.core.composition_model import TEXTS, Locked, Model, outcome, parts, schemas
from tests.core.fake_language import REGISTRY

pytestmark = pytest.mark.fuzz


def composed(drawn):
    """Return the model and the composed schema, both of which must find the same locked attributes."""
    try:
        model = Model(drawn)
    except Locked:
        with pytest.raises(SchemaError, match="locked"):
            compose(*drawn)
        event("locked")
        assume(False)
    assume(len({row.name for row in model.visible()}) == len(model.visible()))
    return model, compose(*drawn)


def same(part, value, row):
    """Tell whether a composed part is what the model's row says; a plain text has to be the only one."""
    if part.endswith(".?"):
        words = [said[-1][1] for other, said in row.chains.items() if other.startswith(part[:-1])]
        return words == [value]
    return row.value(part) == value


@given(schemas())
def test_the_outcome_is_that_of_the_model(drawn):
    model, schema = composed(drawn)
    assert [(row.name, row.key) for row in model.visible()] == [(name, it.key) for name, it in schema.items()]
    for row, attribute in zip(model.visible(), schema.values(), strict=True):
        found = outcome(attribute)
        assert len(found) == len(row.chains), (found, row)
        assert all(same(part, value, row) for part, value in found.items()), (found, row)


@given(schemas())
def test_overrides_of_what_nobody_defined_are_the_faults_of_the_model(drawn):
    model, schema = composed(drawn)
    try:
        schema.compile(REGISTRY)
        faults = ()
    except SchemaError as error:
        faults = error.faults
    for found, phrase in ((model.undefined, "no more general schema defines"), (model.twice, "is defined twice")):
        expected = [(name, attribute.name or attribute.key) for name, attribute in found]
        assert [(fault.schema, fault.attribute) for fault in faults if phrase in fault.message] == expected


@given(schemas())
def test_explain_is_complete_and_true(drawn):
    model, schema = composed(drawn)
    for row, attribute in zip(model.visible(), schema.values(), strict=True):
        explanation = dict(schema.explain(attribute.name, REGISTRY))
        for part, value in outcome(attribute).items():
            origin = explanation.pop(part.removesuffix(".?"))
            assert origin.value == value
            chain = next(said for other, said in row.chains.items() if other == part or part == f"{other[:-2]}?")
            assert [*origin.overrode, (origin.schema, origin.value)] == chain
        assert explanation.pop("name").value == row.name
        assert explanation.pop("key").value == row.key
        assert explanation == {}


@given(schemas())
def test_every_origin_names_a_schema_that_really_says_so(drawn):
    _, schema = composed(drawn)
    by_name = {it.name: it for it in drawn}
    for attribute in schema.values():
        for part, origin in schema.explain(attribute.name, REGISTRY).items():
            for name, value in [*origin.overrode, (origin.schema, origin.value)]:
                assert any(says(by_name[name], it, part, value) for it in by_name[name].attributes), (part, name, value)


def says(schema, attribute, part, value):
    """Tell whether a definition gives the part this value; a key and a name stand for each other at first."""
    if part in ("key", "name"):
        other = attribute.name if part == "key" else attribute.key
        return value in (getattr(attribute, part) or other,)
    said = parts(attribute, schema.default_language)
    if part in TEXTS:  # a plain text: the language is not told
        return value in [words for name, words in said.items() if name.startswith(f"{part}.")]
    return said.get(part) == value


@given(schemas())
def test_explain_says_what_was_dropped(drawn):
    model, schema = composed(drawn)
    for name, key in model.dropped:
        if model.owners.get(key, {key}) != {key}:
            continue  # the key is, or was, another attribute's name
        assert any(repr(name) in note and "dropped" in note for note in schema.explain(key, REGISTRY).notes)


@given(schemas(least=3, most=3))
def test_composition_is_associative(drawn):
    one, two, three = drawn
    try:
        whole = compose(one, two, three)
    except SchemaError:
        with pytest.raises(SchemaError):
            compose(compose(one, two), three)
        return
    others = [compose(compose(one, two), three), compose(compose(one), compose(two), compose(three))]
    try:
        others.append(compose(one, compose(two, three)))
    except SchemaError:  # without the first schema, a name may mean another attribute, and that one be locked
        event("locked without the first schema")
    for other in others:
        assert_same(whole, other)


def assert_same(one, other):
    assert one == other
    assert hash(one) == hash(other)
    assert list(one.items()) == list(other.items())
    assert one.to_document() == other.to_document()
    assert [it.name for it in one.schemas] == [it.name for it in other.schemas]
    for attribute in one.values():
        assert dict(one.explain(attribute.name, REGISTRY)) == dict(other.explain(attribute.name, REGISTRY))
        assert one.explain(attribute.key, REGISTRY).notes == other.explain(attribute.key, REGISTRY).notes


@given(schemas())
def test_composing_changes_none_of_its_arguments(drawn):
    before = [schema.to_document() for schema in drawn]
    first = composed(drawn)[1]
    assert [schema.to_document() for schema in drawn] == before
    assert compose(*drawn) == first
    assert isinstance(compose(first), ComposedSchema)
    assert compose(first) == first
