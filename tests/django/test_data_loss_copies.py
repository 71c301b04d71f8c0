"""Copies, fixtures and migrations keep every number digit for digit, also those that no float holds."""

from __future__ import annotations

import copy
import pickle

import pytest
from django.core.management import call_command
from django.core.serializers import deserialize, serialize
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext
from testapp.models import Place

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from tests.django.stored import exactly, store, stored

pytestmark = pytest.mark.django_db(databases=["default", "other"])

ATTRIBUTES = (
    Attribute("data", "object"),
    Attribute("score", "integer"),
    Attribute("tags", "text", multiple=True),
    Attribute("price", "decimal"),
)
NUMBERS = {
    "40-digits": "1234567890123456789012345678901234567890",
    "trailing-zero": "1.10",
    "fraction-of-40-digits": "0.1234567890123456789012345678901234567890",
    "beyond-floats": "1e400",
    "below-floats": "1e-400",
    "huge": "9" * 5000,
    "negative": "-12345678901234567890.0100",
    "exponent": "1.50E+3",
    "zero": "0.0",
}
ORPHANS = "{" + ", ".join(f'"{name}": {digits}' for name, digits in NUMBERS.items()) + "}"
LIST = f"[{', '.join(NUMBERS.values())}]"
TEXTS = {
    "orphans": f'{{"score": 1, "price": "1.10", "nested": {ORPHANS}, "list": {LIST}, {ORPHANS[1:]}',
    "object": f'{{"score": 1, "data": {{"a": 1.10, "b": {"7" * 90}, "deep": [{{"c": 1.50E+3, "": null, "𝄞": 0.0}}]}}}}',
    "plain": '{"score": 1}',
}
each_text = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)


def place_with(text):
    """Return a record with a document, as it is read, and the document as the database has it."""
    SchemaRecord.objects.define(Place, ATTRIBUTES)
    made = Place.objects.create(name="before")
    store(made, text)
    return Place.objects.get(pk=made.pk), stored(made)


# ---- copies ----


def _without_key(place):
    place.pk = None
    place.save()
    return place, "default"


def _adding(place):
    place.pk, place._state.adding = None, True
    place.save()
    return place, "default"


def _checked(place):
    place.pk, place._state.adding = None, True
    place.full_clean()
    place.save()
    return place, "default"


def _of_a_copy(make):
    def write(place):
        return _adding(make(place))

    return write


def _under_another_key(place):
    place.pk, place._state.adding = 10**6, True
    place.save(force_insert=True)
    return place, "default"


def _in_bulk(place):
    place.pk, place._state.adding = None, True
    return Place.objects.bulk_create([place])[0], "default"


def _plainly_in_bulk(place):
    place.pk, place._state.adding = None, True
    return Place._base_manager.bulk_create([place])[0], "default"


def _elsewhere(place):
    place.save(using="other")
    return place, "other"


def _elsewhere_anew(place):
    place.save(using="other", force_insert=True)
    return place, "other"


def _over_one_elsewhere(place):
    Place.objects.using("other").create(pk=place.pk, name="theirs")
    place.save(using="other")
    return place, "other"


def _in_bulk_elsewhere(place):
    return Place.objects.using("other").bulk_create([place])[0], "other"


COPIES = {
    "without-key": _without_key,
    "adding": _adding,
    "checked": _checked,
    "copy": _of_a_copy(copy.copy),
    "deepcopy": _of_a_copy(copy.deepcopy),
    "pickle": _of_a_copy(lambda place: pickle.loads(pickle.dumps(place))),
    "under-another-key": _under_another_key,
    "in-bulk": _in_bulk,
    "plainly-in-bulk": _plainly_in_bulk,
    "elsewhere": _elsewhere,
    "elsewhere-anew": _elsewhere_anew,
    "over-one-elsewhere": _over_one_elsewhere,
    "in-bulk-elsewhere": _in_bulk_elsewhere,
}
each_copy = pytest.mark.parametrize("make_copy", COPIES.values(), ids=COPIES)


@each_text
@each_copy
@pytest.mark.parametrize("is_read", [False, True], ids=["untouched", "read-before"])
def test_a_copy_has_every_digit(text, make_copy, is_read):
    place, before = place_with(text)
    original = Place.objects.get(pk=place.pk)
    if is_read:
        assert dict(place.attrs)
        assert place.attrs.orphans is not None

    made, alias = make_copy(place)

    assert stored(made, using=alias) == before
    assert stored(original) == before


@each_text
@each_copy
def test_a_copy_with_one_attribute_changed_has_every_other_digit(text, make_copy):
    place, before = place_with(text)
    place.attrs["score"] = 2

    made, alias = make_copy(place)

    assert stored(made, using=alias) == {**before, "score": exactly("2")}


@each_text
def test_a_merge_keeps_every_digit_of_the_rest(text):
    place, before = place_with(text)
    place.attrs["score"] = 2

    place.save()

    assert stored(place) == {**before, "score": exactly("2")}


def test_orphans_are_read_digit_for_digit():
    place, before = place_with(TEXTS["orphans"])

    found = place.attrs.orphans

    assert {name: str(found[name]) for name in ("40-digits", "trailing-zero", "fraction-of-40-digits")} == {
        name: NUMBERS[name] for name in ("40-digits", "trailing-zero", "fraction-of-40-digits")
    }
    assert found.keys() == before.keys() - {"score", "price"}


# ---- fixtures ----

FORMATS = ["json", "jsonl", "xml", "yaml"]


@each_text
@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("alias", ["default", "other"])
def test_a_fixture_brings_back_every_digit(text, format_, alias, tmp_path):
    text = text.replace("{", '{"$held": 1.10, ', 1)
    place, before = place_with(text)
    path = str(tmp_path / f"places.{format_}")
    call_command("dumpdata", "testapp.place", format=format_, output=path, verbosity=0)
    Place.objects.all().delete()

    call_command("loaddata", path, database=alias, verbosity=0)

    assert stored(place, using=alias) == before


@pytest.mark.parametrize("format_", FORMATS)
def test_a_fixture_replaces_the_document_as_it_was_dumped(format_, tmp_path):
    place, before = place_with(TEXTS["orphans"])
    path = str(tmp_path / f"places.{format_}")
    call_command("dumpdata", "testapp.place", format=format_, output=path, verbosity=0)
    place.attrs["score"] = 99
    place.save()
    store(place, '{"other": 1}')

    call_command("loaddata", path, verbosity=0)

    assert stored(place) == before


def test_a_fixture_is_not_checked_and_needs_no_schema():
    fixture = (
        '[{"model": "testapp.place", "pk": 5, "fields": {"name": "x", "attrs": {"nobody": "knows", "$k": [1.5]}}}]'
    )

    for found in deserialize("json", fixture):
        found.save()

    assert stored(Place.objects.get(pk=5)) == exactly('{"nobody": "knows", "$k": [1.5]}')


@pytest.mark.parametrize("format_", FORMATS)
def test_what_was_changed_and_not_saved_is_serialised_as_it_is_now(format_):
    place, before = place_with(TEXTS["orphans"])
    place.attrs["score"] = 2
    del place.attrs["price"]

    for found in deserialize(format_, serialize(format_, [place])):
        found.save()

    expected = {key: value for key, value in before.items() if key != "price"}
    assert stored(place) == {**expected, "score": exactly("2")}


# ---- migrations ----


@pytest.fixture
def old_place():
    """The model as a data migration sees it."""
    executor = MigrationExecutor(connection)
    nodes = executor.loader.graph.leaf_nodes("testapp")
    return executor.loader.project_state(nodes).apps.get_model("testapp", "Place")


def _historical_save(model, place):
    found = model.objects.get(pk=place.pk)
    found.name = "after"
    found.save()


def _historical_copy(model, place):
    found = model.objects.get(pk=place.pk)
    found.pk = None
    found.save()
    model.objects.filter(pk=place.pk).delete()
    model.objects.filter(pk=found.pk).update(id=place.pk)


def _historical_bulk_update(model, place):
    found = model.objects.get(pk=place.pk)
    model.objects.bulk_update([found], ["attrs"])


def _historical_update(model, place):
    document = model.objects.values_list("attrs", flat=True).get(pk=place.pk)
    model.objects.filter(pk=place.pk).update(attrs=document)


HISTORICAL = {
    "save": _historical_save,
    "copy": _historical_copy,
    "bulk-update": _historical_bulk_update,
    "update": _historical_update,
}


@each_text
@pytest.mark.parametrize("write", HISTORICAL.values(), ids=HISTORICAL)
def test_a_migration_writes_every_digit_of_what_it_read(text, write, old_place):
    place, before = place_with(text.replace("{", '{"$held": 1.10, ', 1))

    write(old_place, place)

    assert stored(place) == before


def test_a_migration_changes_the_document_as_plain_json_and_reads_no_schema(old_place):
    place, before = place_with('{"score": 1, "tags": ["a"], "real": 1.10, "large": 1e400, "$held": 1}')

    with CaptureQueriesContext(connections["default"]) as queries:
        found = old_place.objects.get(pk=place.pk)
        found.attrs["score"] = "no integer"
        found.attrs["nobody"] = {"knows": 1}
        del found.attrs["tags"]
        found.save()
        old_place.objects.create(name="new", attrs={"any": "thing"})
        old_place.objects.create(name="none")

    assert not [query["sql"] for query in queries if "jsonattrs_" in query["sql"]]
    expected = {key: value for key, value in before.items() if key != "tags"}
    assert stored(place) == {**expected, "score": "no integer", "nobody": exactly('{"knows": 1}')}
    assert stored(Place.objects.get(name="new")) == {"any": "thing"}
    assert stored(Place.objects.get(name="none")) == {}


def test_selectors_are_no_matter_of_migrations(old_place):
    field = Place._meta.get_field("attrs")
    changed = type(field)(schema_selectors=("name",))
    changed.set_attributes_from_name("attrs")

    assert changed.deconstruct() == field.deconstruct() == (
        "attrs", "jsonattrs_django.fields.JSONAttributeField", [], {},
    )  # fmt: skip
    call_command("makemigrations", "testapp", "landregistry", "jsonattrs", check=True, dry_run=True, verbosity=0)
