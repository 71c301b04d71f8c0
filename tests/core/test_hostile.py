"""Every value of every type, against every type, subtype and constraint, gets a verdict in bounded time."""

from __future__ import annotations

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jsonattrs_core import Attribute, Choice, ValidationError
from jsonattrs_core.testing.probe import ATTRIBUTE
from jsonattrs_core.testing.samples import broken_texts, python_values
from tests.core.hostile import (
    ATTRIBUTES,
    CODES,
    GOOD,
    ITEMS,
    PARAMETERS,
    PROBES,
    REGISTRY,
    VALUES,
    WAYS,
    Values,
    validator_of,
)


def test_every_type_subtype_and_constraint_is_there():
    constraints = {name for name in REGISTRY.constraints if "@" not in name}

    assert set(GOOD) == {name for name in REGISTRY.base_types if "@" not in name}
    assert {name for _, name in PARAMETERS} | set(ITEMS) == constraints
    for base in GOOD:
        assert {name for other, name in PARAMETERS if other == base} == set(REGISTRY.base_types[base].constraints)


def test_there_are_enough_cases():
    assert len(ATTRIBUTES) * sum(len(values) for values, _ in WAYS.values()) >= 20_000


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_every_value_gets_a_verdict(name):
    probe = PROBES[name]
    good = ATTRIBUTES[name][1]
    accepted = refused = 0
    for values, how in WAYS.values():
        for value in values:
            if probe.check(value, **how).ok:
                accepted += 1
            else:
                refused += 1

    assert accepted + refused == sum(len(values) for values, _ in WAYS.values())
    assert accepted >= 2  # null, for one, and the empty text
    assert refused >= 10
    if good is not None:
        assert probe.clean_of(probe.check(good)) is not None
        assert probe.clean_of(probe.check(good, current={})) is not None


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_every_value_can_be_read_from_storage(name):
    validator = PROBES[name].validator
    for value in VALUES:
        document = {ATTRIBUTE: value}
        read = validator.load(document)
        assert list(read) == [ATTRIBUTE]
        validator.dump(read)
        assert all(problem.code in CODES for problem in validator.problems(document))
        with contextlib.suppress(ValidationError):
            assert validator.validate(document) == validator.check(document).value


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_python_values_get_a_verdict(name):
    probe = PROBES[name]
    for value in (*python_values(), Decimal("sNaN"), Decimal("-Infinity"), Decimal("0e999999"), Decimal("9" * 10_000)):
        probe.check(value)
        probe.check([value])


@pytest.mark.parametrize("name", [name for name, (_, good) in ATTRIBUTES.items() if isinstance(good, str)])
def test_broken_texts_get_a_verdict(name):
    probe = PROBES[name]
    for text in broken_texts(ATTRIBUTES[name][1]):
        probe.check(text)
        probe.check(text, from_text=True)


def test_all_attributes_in_one_record():
    attributes = [
        Attribute(f"a_{number}", one.type, subtype=one.subtype, multiple=one.multiple, constraints=one.constraints)
        for number, (one, _) in enumerate(ATTRIBUTES.values())
    ]
    names = [attribute.name for attribute in attributes]
    validator = validator_of(*attributes)
    values = Values(7)
    for _ in range(50):
        record = {name: values.value() for name in names if values.random.random() < 0.9}
        result = validator.check(record)
        assert {problem.path[0] for problem in result.problems}.isdisjoint(result.value)
        assert {problem.path[0] for problem in result.problems} | set(result.value) == set(record)
        again = validator.check(result.value)
        assert (again.ok, again.value) == (True, result.value)


# ---- longer in `make fuzz` ----

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.text(st.characters(codec=None))
WRITTEN = st.sampled_from([st.dates(), st.datetimes(), st.times(), st.decimals(), st.uuids()]).flatmap(
    lambda values: values.map(str)
)
JSON_VALUES = st.recursive(
    SCALARS | WRITTEN,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner, max_size=5),
    max_leaves=20,
)


@pytest.mark.fuzz
@given(name=st.sampled_from(list(PROBES)), value=JSON_VALUES, current=st.sampled_from([None, {}]))
def test_any_value_gets_a_verdict(name, value, current):
    PROBES[name].check(value, current=current)


@pytest.mark.fuzz
@given(name=st.sampled_from(list(PROBES)), text=st.text() | WRITTEN, language=st.sampled_from([None, "de", "xx", ""]))
def test_any_text_gets_a_verdict(name, text, language):
    PROBES[name].check(text, from_text=True, language=language)


@pytest.mark.fuzz
@given(name=st.sampled_from(list(PROBES)), document=JSON_VALUES | st.dictionaries(st.just(ATTRIBUTE), JSON_VALUES))
def test_any_document_can_be_read(name, document):
    validator = PROBES[name].validator
    validator.load(document)
    assert all(problem.code in CODES for problem in validator.problems(document))
    result = validator.check(document)
    assert all(problem.code in CODES | {"unknown"} for problem in result.problems)


# ---- what a record holds already ----


@pytest.mark.parametrize("base", GOOD)
def test_a_broken_stored_value_does_not_keep_a_retired_choice_from_being_judged(base):
    good = GOOD[base]
    validator = validator_of(Attribute(ATTRIBUTE, base, choices=[Choice(good, retired=True)]))
    for held in VALUES:
        result = validator.check({ATTRIBUTE: good}, current=validator.load({ATTRIBUTE: held}))
        assert {problem.code for problem in result.problems} <= {"choice"}
    assert validator.check({ATTRIBUTE: good}, current=validator.load({ATTRIBUTE: good})).ok
    assert not validator.check({ATTRIBUTE: good}, current={}).ok


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_changes_to_broken_records(name):
    validator = PROBES[name].validator
    for held in VALUES:
        current = validator.load({ATTRIBUTE: held})
        assert validator.check({}, current=current).ok
        validator.check({ATTRIBUTE: None}, current=current)
