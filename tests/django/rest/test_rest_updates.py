"""An update writes what the payload names, and takes nobody's other changes back."""

from __future__ import annotations

import pytest
from django.db import models, transaction
from django.db.models import signals
from landregistry.models import Organization, Party, Project
from rest_framework.exceptions import NotFound

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from tests.django.queries import asked
from tests.django.rest.api import API, serializer_class
from tests.django.stored import plainly_stored

pytestmark = pytest.mark.django_db
Parties = serializer_class(Party)


@pytest.fixture
def project():
    SchemaRecord.objects.define(Party, [Attribute("score", "integer"), Attribute("tag", "text")])
    return Project.objects.create(organization=Organization.objects.create(slug="o", name="O"), slug="p", name="P")


@pytest.fixture
def record(project):
    return Party.objects.create(project=project, name="x", attrs={"score": 1, "tag": "a"})


def changed(record, data, *, partial=True, serializer=Parties):
    """Return a serializer whose changes are valid, and not saved yet."""
    made = serializer(type(record)._default_manager.get(pk=record.pk), data=data, partial=partial)
    assert made.is_valid(), made.errors
    return made


def test_a_stale_patch_of_attributes_moves_no_record_back(record):
    stale = changed(record, {"attrs": {"score": 2}})
    second = Project.objects.create(organization=record.project.organization, slug="q", name="Q")
    Party.objects.filter(pk=record.pk).update(project=second, name="moved", type="GR")

    stale.save()

    now = Party.objects.get(pk=record.pk)
    assert (now.project, now.name, now.type) == (second, "moved", "GR")
    assert plainly_stored(record) == {"score": 2, "tag": "a"}


@pytest.mark.parametrize("partial", [True, False], ids=["patch", "put"])
def test_only_columns_that_the_payload_names_are_written(record, partial):
    stale = changed(record, {"name": "mine", **({} if partial else {"project": record.project.pk})}, partial=partial)
    Party.objects.filter(pk=record.pk).update(type="GR")

    stale.save()

    now = Party.objects.get(pk=record.pk)
    assert (now.name, now.type) == ("mine", "GR")


def test_what_a_view_gives_to_save_is_written(record):
    changed(record, {"attrs": {"score": 3}}).save(name="given")

    assert Party.objects.get(pk=record.pk).name == "given"


def test_a_record_is_moved_by_naming_its_selectors(record):
    second = Project.objects.create(organization=record.project.organization, slug="q", name="Q")

    assert API(Parties).patch({"project": second.pk}, pk=record.pk).status == 200
    assert Party.objects.get(pk=record.pk).project == second


def test_a_record_that_is_gone_is_not_there(record):
    stale = changed(record, {"attrs": {"score": 2}})
    Party.objects.filter(pk=record.pk).delete()

    with pytest.raises(NotFound), transaction.atomic():
        stale.save()
    assert not Party.objects.exists()


def test_receivers_are_called_and_what_they_set_is_written(record):
    told = []

    def receive(sender, instance, update_fields=None, **_):
        told.append(update_fields)
        instance.name = f"{instance.attrs['score']}"

    signals.pre_save.connect(receive, sender=Party)
    try:
        changed(record, {"attrs": {"score": 7}}).save()
    finally:
        signals.pre_save.disconnect(receive, sender=Party)

    assert Party.objects.get(pk=record.pk).name == "7"
    assert told == [frozenset({"attrs"})]


def test_a_patch_that_says_nothing_is_saved_all_the_same(record):
    told = []

    def receive(sender, **_):
        told.append(sender)

    signals.post_save.connect(receive, sender=Party)
    try:
        changed(record, {}).save()
    finally:
        signals.post_save.disconnect(receive, sender=Party)
    assert told == [Party]


# ---- models of other kinds ----


def test_the_time_of_a_change_is_written(record, monkeypatch):
    name = Party._meta.get_field("name")
    monkeypatch.setattr(name, "auto_now", True, raising=False)
    monkeypatch.setattr(name, "pre_save", lambda instance, add: "now")

    changed(record, {"attrs": {"score": 2}}).save()

    assert Party.objects.get(pk=record.pk).name == "now"


def test_what_a_save_of_the_models_own_sets_is_written(record, monkeypatch):
    def save(self, *args, **kwargs):
        self.name = f"{self.attrs['score']}"
        models.Model.save(self, *args, **kwargs)

    monkeypatch.setattr(Party, "save", save)
    changed(record, {"attrs": {"score": 2}}).save()

    assert Party.objects.get(pk=record.pk).name == "2"


def test_columns_that_a_property_sets_are_written(record, monkeypatch):
    def rename(self, value):
        self.name = value

    monkeypatch.setattr(Party, "called", property(None, rename), raising=False)
    changed(record, {}).save(called="y")

    assert Party.objects.get(pk=record.pk).name == "y"


# ---- validation by the project ----


def plain(self, value):
    return {name: each for name, each in value.items() if name != "tag"}


def plain_at_last(self, values):
    return {**values, "attrs": dict(values["attrs"])}


@pytest.mark.parametrize(
    "method", [{"validate_attrs": plain}, {"validate": plain_at_last}], ids=["of-the-attributes", "of-the-whole"]
)
def test_another_mapping_from_validation_makes_no_patch_of_a_put(record, method):
    own = type("Own", (Parties,), method)
    body = {"project": record.project.pk, "name": "x", "attrs": {"tag": "b"}}

    changed(record, body, partial=False, serializer=own).save()

    assert "score" not in plainly_stored(record)


def test_an_update_takes_one_statement(record):
    stale = changed(record, {"name": "y", "attrs": {"score": 2}})
    with asked() as queries:
        stale.save()
    assert len(queries) == 1, queries
