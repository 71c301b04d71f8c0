"""The page that lists personas as the application has it, and the same over native columns.

Both have the same templates, and show the same; a test compares them.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import django_filters
from django.test import RequestFactory
from personas.characteristics import title_of
from personas.models import content_count
from personas.pages.filters import PersonaFilterSet, orders
from personas.pages.lists import PersonaList
from personas.reading import Characteristic, Reading
from personas.schema import DEFAULT

from benchmarks.django.personas.api import NativePersonas, Personas, answer
from benchmarks.django.personas.models import COLUMNS, NativePersona
from jsonattrs_core import Schema, compose
from jsonattrs_django.display import SchemaDisplay

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from personas.models import Author

__all__ = ["makers"]

#: More than there are, so that one page shows all.
SIZE = 200

#: What is asked for, by what the report calls it. A table has twelve columns at most, cards a picture of 52 ratings.
PAGES = {
    "cards": "",
    "a table, twelve columns": "?view=table&"
    + "&".join(f"column={name}" for name in [*list(COLUMNS)[:8], "tone", "core_values", "age", "background"]),
}


class List(PersonaList):
    """The application's list."""

    paginate_by = SIZE


@cache
def offered(name: str) -> dict[Any, str]:
    """Return the labels of the values that a column lists or suggests, which somebody would write down beside it."""
    return dict(SchemaDisplay(compose(Schema.read(DEFAULT)))[name].choices)


class NativeReading(Reading):
    """Reads columns: what they are called is said by the model."""

    def __init__(self) -> None:
        """Need no schema."""

    @cached_property
    def characteristics(self) -> Mapping[str, Characteristic]:
        """Those that there are, by name."""
        fields = {field.name: field for field in NativePersona._meta.fields}
        return {name: self._of_column(fields[name], attribute) for name, attribute in COLUMNS.items()}

    def _of_column(self, field: Any, attribute: Any) -> Characteristic:
        section, choices = title_of(attribute.group), dict(field.flatchoices)
        return Characteristic(field.name, str(field.verbose_name), field.help_text, section, attribute, choices)

    def _words(self, name: str, value: Any) -> tuple[str, ...]:
        choices = offered(name)
        several = value if isinstance(value, list) else [] if value is None else [value]
        return tuple(str(choices.get(each, each)) for each in several)


class NativeFilterSet(django_filters.FilterSet):
    """Filters and orders by columns; what the page asks of it is what it asks of ours."""

    name, is_active, ordering = (PersonaFilterSet.base_filters[name] for name in ("name", "is_active", "ordering"))
    filter_active, filter_ordering = PersonaFilterSet.filter_active, PersonaFilterSet.filter_ordering
    asked, controls, said = PersonaFilterSet.asked, PersonaFilterSet.controls, PersonaFilterSet.said

    class Meta:
        """What it filters."""

        model = NativePersona
        fields = ()

    def __init__(self, *args: Any, reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["ordering"].extra["choices"] = list(orders(reading))


class NativeList(List):
    """The same list over columns."""

    @cached_property
    def reading(self) -> Reading:
        """What reads the columns."""
        return NativeReading()

    @cached_property
    def filters(self) -> NativeFilterSet:
        """The filters, with what was asked."""
        rows = NativePersona.objects.filter(author=self.author)
        rows = rows.annotate(text_count=content_count())
        return NativeFilterSet(self.request.GET, rows, request=self.request, reading=self.reading)


def makers(author: Author) -> dict[str, tuple[Callable[[], bytes], Callable[[], bytes]]]:
    """Return what makes each page for an author, ours and the native one, by what the report calls it."""
    found = {what: (_page(List, author, asked), _page(NativeList, author, asked)) for what, asked in PAGES.items()}
    return {**found, "JSON, all 75 values": (answer(Personas, author, SIZE), answer(NativePersonas, author, SIZE))}


def _page(view: type[PersonaList], author: Author, asked: str) -> Callable[[], bytes]:
    """Return what makes a page, from the request to the bytes."""
    respond, factory = view.as_view(), RequestFactory()

    def make() -> bytes:
        request = factory.get(f"/personas/mine/{asked}")
        request.user, request.htmx = author.user, False
        content: bytes = respond(request).render().content
        return content

    return make
