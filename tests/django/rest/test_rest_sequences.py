"""Whatever clients send one after the other, what is stored is what a few lines of Python say it is."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from testapp.models import Place

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.rest_framework.concurrency import entity_tag
from tests.django.rest.api import API, FIELDS, serializer_class
from tests.django.stored import plainly_stored, store

pytestmark = pytest.mark.django_db

FIELDS[Place] = ["id", "name", "attrs"]
VALUES = {
    "whole": st.integers(-(2**63), 2**63 - 1),
    "real": st.floats(allow_nan=False, allow_infinity=False).map(lambda number: number or 0.0),
    "text": st.text('aé𝄞<"\\{', min_size=1, max_size=5),
    "yes": st.booleans(),
    "day": st.dates().map(str),
    "several": st.lists(st.integers(0, 9), min_size=1, max_size=3),
    "anything": st.dictionaries(st.text("ab", max_size=2), st.none() | st.booleans() | st.integers(0, 9), max_size=3),
}
TYPES = {
    "whole": "integer",
    "real": "float",
    "yes": "boolean",
    "day": "date",
    "several": "integer",
    "anything": "object",
}
ATTRIBUTES = [Attribute(name, TYPES.get(name, "text"), key=f"k-{name}", multiple=name == "several") for name in VALUES]

#: What a client says: some attributes, each with a value or null.
SAID = st.fixed_dictionaries({}, optional={name: st.none() | values for name, values in VALUES.items()})
ORPHANS = {"gone": [1, {"x": None}], "text": "under the name of another one"}


def expected(document, steps):
    """Return what is stored in the end, by key."""
    for method, said in steps:
        news = {f"k-{name}": value for name, value in said.items()}
        kept = document if method == "patch" else {key: document[key] for key in document if not key.startswith("k-")}
        document = {**kept, **news}
    return document


def numbered(value):
    """Return a JSON value in which numbers are as they are written: PostgreSQL writes 1e16 with all its zeros."""
    if isinstance(value, dict):
        return {key: numbered(each) for key, each in value.items()}
    if isinstance(value, list):
        return [*map(numbered, value)]
    return Decimal(repr(value)) if type(value) in (int, float) else value


class Sequences(TestCase):
    """Each example begins anew."""

    @given(SAID, st.lists(st.tuples(st.sampled_from(["patch", "put"]), SAID), max_size=4), st.booleans())
    def test_patch_merges_and_put_replaces_all_but_orphans(self, first, steps, flattens):
        SchemaRecord.objects.define(Place, ATTRIBUTES)
        record = Place.objects.create(name="x")
        document = {**ORPHANS, **{f"k-{name}": value for name, value in first.items()}}
        store(record, json.dumps(document))
        api = API(serializer_class(Place, flatten_attributes=flattens))

        for method, said in steps:
            answer = api.send(method, {"name": "x", **(said if flattens else {"attrs": said})}, pk=record.pk)
            assert answer.status == 200, answer.json

        stored = expected(document, steps)
        assert numbered(plainly_stored(record)) == numbered(stored)
        shown = api.get(pk=record.pk)
        attrs = {name: value for name, value in shown.json.items() if name not in FIELDS[Place]}
        names = {name: stored[f"k-{name}"] for name in VALUES if f"k-{name}" in stored}
        assert numbered(attrs if flattens else shown.json["attrs"]) == numbered(names)
        if steps:
            assert answer.headers["ETag"] == shown.headers["ETag"] == entity_tag(Place.objects.get(pk=record.pk))
