"""Pages of Django's admin that list records: with columns of attributes, and with native columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.models import User
from django.db import connection
from django.test import RequestFactory

from benchmarks.django.databases import database, queries
from benchmarks.django.forms import VENDORS
from benchmarks.django.models import Person, PersonRecord
from benchmarks.django.people import TYPED, fill_people, scene
from benchmarks.django.timing import Contestant, beside, race
from benchmarks.timing import Row, Spread
from jsonattrs_django.admin import AttributeModelAdmin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["COLUMNS", "page", "queries", "rows", "site"]

GOAL = 1.3
NATIVE = "native columns"
SIZE = 100

#: The columns of each list, and the most times that it may take those of native columns.
COLUMNS: dict[str, tuple[tuple[str, ...], float | None]] = {
    "a text, an integer, a date": (("full_name", "household_size", "birth_date"), GOAL),
    "a choice, a decimal, a boolean": (("education", "area", "active"), GOAL),
    "all ten": (tuple(TYPED), None),
}

site = AdminSite()
site.register(Person, ModelAdmin)
site.register(PersonRecord, AttributeModelAdmin)


def page(model: Any, names: tuple[str, ...]) -> Callable[[], bytes]:
    """Return what makes the page that lists the records of a model, with these columns."""
    start, base = ("attrs__", AttributeModelAdmin) if model is PersonRecord else ("", ModelAdmin)
    listed = type("Listed", (base,), {"list_display": ("id", *(f"{start}{name}" for name in names))})(model, site)
    request = RequestFactory().get("/")
    request.user = User(username="who may do everything", is_active=True, is_staff=True, is_superuser=True)
    return lambda: listed.changelist_view(request).render().content


def rows(repetitions: int, count: int) -> Iterator[Row]:
    """Time each list, and count its queries."""
    with database():
        fill_people(scene(), SIZE)
        for what, (names, goal) in COLUMNS.items():
            pages = {model.__name__: page(model, names) for model in (PersonRecord, Person)}
            ours, theirs = map(queries, pages.values())
            listed = f"{SIZE} records, {what}: {VENDORS[connection.vendor]}"
            yield Row(work=listed, against=NATIVE, figure=Spread(ours, ours, ours), unit="queries", goal=theirs)
            times = race({name: _several(make, count) for name, make in pages.items()}, repetitions)
            yield beside(listed, times[PersonRecord.__name__], NATIVE, times[Person.__name__], goal)


def _several(make: Callable[[], bytes], count: int) -> Contestant:
    return Contestant(run=lambda _: [make() for _ in range(count)], count=count)
