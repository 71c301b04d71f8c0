"""Filter sets, and how they are asked in tests."""

# ruff: noqa: RUF012 - `Meta` is Django's

from __future__ import annotations

from django.http import QueryDict
from landregistry.models import Party
from testapp.models import Note, Place

from jsonattrs_django.filters import AttributeFilterSet
from jsonattrs_django.models import SchemaRecord

LOW, HIGH = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"


class PlaceFilter(AttributeFilterSet):
    class Meta:
        model = Place
        fields = ["name"]


class NoteFilter(AttributeFilterSet):
    class Meta:
        model = Note
        fields = ["title"]


class PartyFilter(AttributeFilterSet):
    class Meta:
        model = Party
        fields = {"name": ["exact", "icontains"], "project": ["exact"]}


def errors(filters):
    return {name: [error["code"] for error in found] for name, found in filters.errors.get_json_data().items()}


def messages(filters):
    return {name: [error["message"] for error in found] for name, found in filters.errors.get_json_data().items()}


def found(query, kind=PlaceFilter, **options):
    """Return the names of the records that a query string finds."""
    filters = kind(QueryDict(query), **options)
    assert filters.is_valid(), filters.errors
    return [record.name for record in filters.qs.order_by("pk")]


def refused(query, kind=PlaceFilter, **options):
    """Return the codes of the errors, by parameter, of a query string that finds nothing."""
    filters = kind(QueryDict(query), **options)
    assert not filters.is_valid()
    assert list(filters.qs) == []
    return errors(filters)


def three(attribute, first, second):
    """Store three records with the values of one attribute."""
    SchemaRecord.objects.define(Place, [attribute])
    for name, values in (("a", {"x": first}), ("b", {"x": second}), ("c", {})):
        Place.objects.create(name=name, attrs=values)
