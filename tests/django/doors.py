"""The doors through which attributes are written, and documents to push through them.

A door is a function ``(place, document) -> key`` that writes the document as the attributes of one record, and raises
Django's ValidationError where it is refused. An adapter's tests add doors with :func:`door`, or, where refusals are
reported and not raised, with a function that raises :class:`Refused`; and run :mod:`tests.django.bad_documents` through
them as ``test_doors.py`` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from asgiref.sync import async_to_sync
from django.core.exceptions import ValidationError
from landregistry.models import Organization, Party, Project
from testapp.models import Team

from jsonattrs_django.updates import update_attributes

if TYPE_CHECKING:
    from collections.abc import Callable

#: What a record has that stands there before a door changes it.
BEFORE = {"code": "AB"}


class Place:
    """Where doors lead to: a model, and how to make its records, which hold ``before`` until a door changes them."""

    def __init__(self, model, before=BEFORE):
        self.model = model
        self.before = dict(before)
        if model is Party:
            organization = Organization(slug="o", name="O")
            organization.save()
            self.owner = {"project": Project.objects.create(organization=organization, slug="p", name="P")}
        else:
            self.owner = {"team": Team.objects.create(code="t"), "kind": "k"}
        self.label = "name" if model is Party else "title"
        self.has_attribute_manager = model is Party

    def values(self, name, **more):
        """Return the columns of a record."""
        return {**self.owner, self.label: name, **more}

    def new(self, document, name="new"):
        """Return a record that is not stored yet."""
        return self.model(**self.values(name, attrs=document))

    def existing(self, name="old"):
        """Return a record as it is read, that stands there already."""
        made = self.new(self.before, name)
        made.save()
        return self.model.objects.get(pk=made.pk)

    def changed(self, document, name="old"):
        """Return a stored record to which the document was assigned."""
        record = self.existing(name)
        record.attrs = document
        return record


class Refused(Exception):
    """A door's own way of saying what is wrong: problems as (path, code)."""

    def __init__(self, problems):
        super().__init__(problems)
        self.problems = problems


class Outcome(NamedTuple):
    """What became of a document."""

    problems: list[tuple[tuple[Any, ...], str]]  #: sorted; empty if it was written
    key: Any = None  #: of the record that was written
    error: Exception | None = None


@dataclass(frozen=True)
class Door:
    """A way to write attributes."""

    name: str
    open: Callable[[Place, Any], Any]
    is_partial: bool = False  #: it writes the attributes that are given, and leaves the others alone
    is_bulk: bool = False  #: it takes several records
    is_update: bool = False  #: it changes a record that stands there

    def __call__(self, place, document):
        """Push a document through the door."""
        try:
            return Outcome([], self.open(place, document))
        except ValidationError as error:
            return Outcome(in_order(problems_in(error)), error=error)
        except Refused as error:
            return Outcome(in_order(error.problems), error=error)


#: Every door by its name.
DOORS: dict[str, Door] = {}


def door(name, **kind):
    """Enter a function as a door."""

    def enter(function):
        DOORS[name] = Door(name, function, **kind)
        return function

    return enter


def problems_in(error):
    """Return the problems of Django's ValidationError, which has all of them under the field's name."""
    assert list(error.error_dict) == ["attrs"]
    for entry in error.error_dict["attrs"]:
        assert (entry.params or {}).get("attribute") == (entry.problem.path[0] if entry.problem.path else None)
        yield entry.problem.path, entry.code


def waited_for(function, *args, **kwargs):
    """Return what an asynchronous function returns."""

    async def wait():
        return await function(*args, **kwargs)

    return async_to_sync(wait)()


def in_order(problems):
    """Return problems in an order that does not depend on who found them first."""
    return sorted(((tuple(path), code) for path, code in problems), key=repr)


# ---- one record ----


@door("save")
def _save(place, document):
    record = place.new(document)
    record.save()
    return record.pk


@door("save-again", is_update=True)
def _save_again(place, document):
    record = place.changed(document)
    record.save()
    return record.pk


@door("save-field", is_update=True)
def _save_field(place, document):
    record = place.changed(document)
    record.save(update_fields=["attrs"])
    return record.pk


@door("create")
def _create(place, document):
    return place.model.objects.create(**place.values("new", attrs=document)).pk


@door("related-create")
def _related_create(place, document):
    (relation, owner), *_ = place.owner.items()
    related = place.model._meta.get_field(relation).remote_field.get_accessor_name()
    return getattr(owner, related).create(**place.values("new", attrs=document)).pk


@door("get-or-create")
def _get_or_create(place, document):
    return place.model.objects.get_or_create(**place.values("new"), defaults={"attrs": document})[0].pk


@door("update-or-create")
def _update_or_create(place, document):
    return place.model.objects.update_or_create(**place.values("new"), defaults={"attrs": document})[0].pk


@door("update-or-create-again", is_update=True)
def _update_or_create_again(place, document):
    record = place.existing()
    place.model.objects.update_or_create(pk=record.pk, defaults={"attrs": document})
    return record.pk


@door("full-clean")
def _full_clean(place, document):
    record = place.new(document)
    record.full_clean()
    record.save()
    return record.pk


@door("full-clean-again", is_update=True)
def _full_clean_again(place, document):
    record = place.changed(document)
    record.full_clean()
    record.save()
    return record.pk


# ---- several ----


@door("bulk-create", is_bulk=True)
def _bulk_create(place, document):
    return place.model.objects.bulk_create([place.new(place.before), place.new(document)])[1].pk


@door("bulk-create-ignoring-conflicts", is_bulk=True)
def _bulk_create_ignoring_conflicts(place, document):
    records = [place.new(place.before, "first"), place.new(document, "second")]
    place.model.objects.bulk_create(records, ignore_conflicts=True)
    return place.model.objects.get(**{place.label: "second"}).pk


@door("bulk-update", is_bulk=True, is_update=True)
def _bulk_update(place, document):
    records = [place.existing(), place.changed(document)]
    place.model.objects.bulk_update(records, ["attrs", place.label])
    return records[1].pk


@door("update-attributes", is_bulk=True, is_update=True, is_partial=True)
def _update_attributes(place, document):
    keys = [place.existing().pk, place.existing().pk]
    update_attributes(place.model.objects.filter(pk__in=keys), document)
    return keys[1]


# ---- the asynchronous forms ----


@door("asave")
def _asave(place, document):
    record = place.new(document)
    waited_for(record.asave)
    return record.pk


@door("acreate")
def _acreate(place, document):
    return waited_for(place.model.objects.acreate, **place.values("new", attrs=document)).pk


@door("aget-or-create")
def _aget_or_create(place, document):
    return waited_for(place.model.objects.aget_or_create, **place.values("new"), defaults={"attrs": document})[0].pk


@door("aupdate-or-create", is_update=True)
def _aupdate_or_create(place, document):
    record = place.existing()
    waited_for(place.model.objects.aupdate_or_create, pk=record.pk, defaults={"attrs": document})
    return record.pk


@door("abulk-create", is_bulk=True)
def _abulk_create(place, document):
    records = [place.new(place.before), place.new(document)]
    return waited_for(place.model.objects.abulk_create, records)[1].pk


@door("abulk-update", is_bulk=True, is_update=True)
def _abulk_update(place, document):
    records = [place.existing(), place.changed(document)]
    waited_for(place.model.objects.abulk_update, records, ["attrs"])
    return records[1].pk
