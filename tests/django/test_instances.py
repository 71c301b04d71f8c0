"""Copies of an instance are apart from it; and nothing is read before it is asked for."""

from __future__ import annotations

import copy
import os
import pickle
import subprocess
import sys

import pytest
from django.core.checks import ERROR, run_checks
from django.forms.models import model_to_dict
from landregistry.models import Party
from testapp.models import Note, Place

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from tests.django.databases import environment
from tests.django.others import ROOT
from tests.django.stored import plainly_stored

ATTRIBUTES = (
    Attribute("score", "integer"),
    Attribute("tags", "text", multiple=True),
    Attribute("data", "object"),
)
BEFORE = {"score": 1, "tags": ["a"], "data": {"x": [1]}}


@pytest.fixture
def place(db):
    SchemaRecord.objects.define(Place, ATTRIBUTES)
    return Place.objects.get(pk=Place.objects.create(attrs=BEFORE).pk)


COPIES = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": lambda place: pickle.loads(pickle.dumps(place)),
    "pickle-0": lambda place: pickle.loads(pickle.dumps(place, 0)),
    "read-again": lambda place: Place.objects.get(pk=place.pk),
}


def _set(place):
    place.attrs["score"] = 2


def _remove(place):
    del place.attrs["score"]


def _append(place):
    place.attrs["tags"].append("b")


def _change_object(place):
    place.attrs["data"]["x"].append(2)


def _assign(place):
    place.attrs = {"score": 2}


EDITS = {
    "set": (_set, {**BEFORE, "score": 2}),
    "remove": (_remove, {"tags": ["a"], "data": {"x": [1]}}),
    "list-in-place": (_append, {**BEFORE, "tags": ["a", "b"]}),
    "object-in-place": (_change_object, {**BEFORE, "data": {"x": [1, 2]}}),
    "whole": (_assign, {"score": 2}),
}


@pytest.mark.parametrize("make", COPIES.values(), ids=COPIES)
@pytest.mark.parametrize(("edit", "after"), EDITS.values(), ids=EDITS)
@pytest.mark.parametrize("is_read", [False, True], ids=["unread", "read-before"])
@pytest.mark.parametrize("edits_original", [False, True], ids=["edit-the-copy", "edit-the-original"])
def test_an_edit_of_one_does_not_show_in_the_other(place, make, edit, after, is_read, edits_original):
    if is_read:
        assert place.attrs == BEFORE
        assert [*map(place.attrs.get, BEFORE)] == [*BEFORE.values()]
    pair = (place, make(place))
    edited, other = pair if edits_original else pair[::-1]

    edit(edited)

    assert edited.attrs == after
    assert other.attrs == BEFORE
    other.save()
    assert plainly_stored(place) == BEFORE
    edited.save()
    assert plainly_stored(place) == after


#: A shallow copy cannot tell edits in place before it from later ones of the original, and has none of them.
KEPT_EDITS = [
    pytest.param(COPIES[make], *EDITS[edit], id=f"{edit}-{make}")
    for make in ("copy", "deepcopy", "pickle")
    for edit in EDITS
    if make != "copy" or not edit.endswith("in-place")
]


@pytest.mark.parametrize(("make", "edit", "after"), KEPT_EDITS)
def test_a_pending_edit_goes_with_the_copy(place, make, edit, after):
    edit(place)

    made = make(place)

    assert made.attrs == after
    made.save()
    assert plainly_stored(place) == after


MAPPINGS = {
    "copy-method": lambda attrs: attrs.copy(),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "dict": dict,
    "dump": lambda attrs: attrs.dump(),
}


@pytest.mark.parametrize("make", MAPPINGS.values(), ids=MAPPINGS)
def test_a_copy_of_the_mapping_is_a_dict_of_its_own(place, make):
    made = make(place.attrs)

    assert type(made) is dict
    assert made == BEFORE
    made["score"] = "anything"
    del made["data"]
    assert place.attrs == BEFORE
    assert place.attrs != {**BEFORE, "score": 2}


def test_a_deep_copy_of_the_mapping_shares_nothing_with_it(place):
    made = copy.deepcopy(place.attrs)
    made["tags"].append("b")
    made["data"]["x"].append(2)

    assert place.attrs == BEFORE


def test_values_given_are_not_kept_to_be_changed_later(place):
    tags, data = ["c"], {"x": [3]}
    place.attrs.update(tags=tags, data=data)
    whole = {"tags": ["d"], "data": {"x": [4]}}
    other = Place(attrs=whole)
    tags.append("later")
    data["x"].append("later")
    whole["score"] = 5

    assert (place.attrs["tags"], place.attrs["data"]) == (["c"], {"x": [3]})
    assert "score" not in other.attrs


def test_the_mapping_is_pickled_with_its_record(place):
    place.attrs["score"] = 2

    made = pickle.loads(pickle.dumps(place.attrs))

    assert made == {**BEFORE, "score": 2}


def test_a_pickled_query_set_has_its_attributes(place):
    (found,) = pickle.loads(pickle.dumps(Place.objects.all()))

    assert found.attrs == BEFORE


def test_model_to_dict_gives_the_mapping_and_leaves_the_record_alone(place):
    assert model_to_dict(place)["attrs"] == BEFORE
    assert place.attrs.changed == ()


# ---- nothing is read before it is asked for ----


@pytest.mark.django_db
def test_instances_are_made_without_a_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        Place(name="x")
        Place(attrs={"score": 1})
        Note(kind="k", attrs={"unknown": 1})
        repr(Party(name="x"))
        Place(attrs={"score": 1}).attrs = {"score": 2}


def test_checks_without_a_database_make_no_query():
    """No database mark: pytest-django refuses every query."""
    assert [each for each in run_checks(databases=[]) if each.level >= ERROR] == []


def test_everything_is_imported_and_checked_where_there_is_no_database(tmp_path):
    code = """
import django
django.setup()
from django.core.checks import ERROR, run_checks
import jsonattrs_django.fields, jsonattrs_django.models, jsonattrs_django.updates, jsonattrs_django.testing
import jsonattrs_django.management.commands.attributes_check
from landregistry.models import Party
Party(name="x")
Party.objects.filter(name="x").order_by("name")
assert not [each for each in run_checks(databases=[]) if each.level >= ERROR]
print("fine")
"""
    nowhere = {f"JSONATTRS_TEST_NAME_{alias}": str(tmp_path / "no" / "such") for alias in ("DEFAULT", "OTHER")}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**environment(), **os.environ, **nowhere, "DJANGO_SETTINGS_MODULE": "tests.django.settings"},
    )

    assert (done.stdout.splitlines()[-1:], done.returncode) == (["fine"], 0), done.stderr
