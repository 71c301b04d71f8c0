"""Which filters an attribute has, by its type, and how they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models.constants import LOOKUP_SEP
from django.utils.translation import get_language, gettext
from django_filters.conf import settings
from django_filters.utils import verbose_lookup_expr

from jsonattrs_core import Attribute, render
from jsonattrs_django.filters.conditions import AttributeFilter
from jsonattrs_django.filters.fields import (
    AttributeChoiceField,
    AttributeChoicesField,
    AttributeReferenceField,
    AttributeReferencesField,
    AttributeValueField,
    AttributeValuesField,
)
from jsonattrs_django.messages import problem
from jsonattrs_django.queries.transforms import Attr
from jsonattrs_django.registry import registry
from jsonattrs_django.texts import Reader, label_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.db.models import QuerySet

__all__ = ["ALL_LOOKUPS", "LOOKUPS", "Offers", "is_ordered", "lookups_of"]

_COMPARED = ("exact", "gt", "gte", "lt", "lte")
_NUMBERS = (*_COMPARED, "in", "range", "isnull")
_YEAR = ("year", "year__gte", "year__lte")

#: The lookups of an attribute with one value.
LOOKUPS: dict[str, tuple[str, ...]] = {
    "text": (
        "exact",
        "iexact",
        "in",
        "contains",
        "icontains",
        "startswith",
        "istartswith",
        "endswith",
        "iendswith",
        "isnull",
    ),
    "integer": _NUMBERS,
    "float": _NUMBERS,
    "decimal": _NUMBERS,
    "boolean": ("exact", "isnull"),
    "date": (*_NUMBERS, *_YEAR, "month", "day"),
    "datetime": (*_COMPARED, "range", "date", "date__gte", "date__lte", *_YEAR, "isnull"),
    "time": (*_COMPARED, "range", "isnull"),
    "duration": (*_COMPARED, "range", "isnull"),
    "uuid": ("exact", "in", "isnull"),
    "reference": ("exact", "in", "isnull"),
    "object": ("isnull",),
}
#: Of a base type that a plugin adds, whose values are stored as texts.
_OF_PLUGINS = ("exact", "in", "isnull")
#: Of an attribute with several values.
_OF_LISTS = ("contains", "overlap", "isnull")
#: Those that look at a part of a text, which is no choice.
_PARTS = {"iexact", "contains", "icontains", "startswith", "istartswith", "endswith", "iendswith"}

#: Every lookup that some attribute has.
ALL_LOOKUPS = sorted({*_OF_LISTS, *(lookup for lookups in LOOKUPS.values() for lookup in lookups)})

#: Lookups of whole numbers, and the numbers that a database has answers to. The years are those that have a beginning
#: and an end in every time zone.
_WHOLE = {"year": (2, 9998), "month": (1, 12), "day": (1, 31)}


def lookups_of(reader: Reader) -> tuple[str, ...]:
    """Return the lookups by which an attribute may be filtered."""
    known = LOOKUPS.get(reader.type)
    if reader.multiple:
        return _OF_LISTS if known is not None and "exact" in known else ("isnull",)
    if known is None:
        base = registry().base_types[reader.type]
        return _OF_PLUGINS if base.json == "string" and not base.factory else ("isnull",)
    return tuple(lookup for lookup in known if lookup not in _PARTS) if reader.has_choices else known


def is_ordered(reader: Reader) -> bool:
    """Tell whether a list may be ordered by an attribute."""
    return not reader.multiple and reader.type in LOOKUPS and reader.type not in ("object", "reference")


class Offers:
    """Makes the filters of attributes of one field.

    ``rows`` gives the rows that an attribute may refer to.
    """

    def __init__(self, field: str, default_language: str, rows: Callable[[Reader], QuerySet[Any]]) -> None:
        self._field = field
        self._default_language = default_language
        self._rows = rows
        self._words: dict[str, str] = {}

    def name_of(self, reader: Reader) -> str:
        """Return the name of an attribute in parameters."""
        return f"{self._field}{LOOKUP_SEP}{reader.name}"

    def label_of(self, reader: Reader) -> str:
        """Return what an attribute is called, in the active language."""
        return label_of(reader.attribute, self._default_language)

    def attr_of(self, reader: Reader) -> Attr:
        """Return an attribute as a query names it, with all that decides which one is meant."""
        return Attr(key=str(reader.attribute.key), type=reader.type, multiple=reader.multiple, field=self._field)

    def filters_of(self, reader: Reader, lookups: Iterable[str]) -> Iterator[tuple[str, AttributeFilter]]:
        """Yield the name of the parameter and the filter for each lookup."""
        attribute, name, label = self.attr_of(reader), self.name_of(reader), self.label_of(reader)
        for lookup in lookups:
            field_class, options = self._form_field(reader, lookup)
            if lookup not in self._words:
                self._words[lookup] = verbose_lookup_expr(lookup)
            said = f"{label} {self._words[lookup]}".strip()
            made = AttributeFilter(attribute, lookup, field_class, field_name=name, label=said, **options)
            yield name if lookup == "exact" else f"{name}{LOOKUP_SEP}{lookup}", made

    def _form_field(self, reader: Reader, lookup: str) -> tuple[type[forms.Field], dict[str, Any]]:
        """Return the class of the form's field, and its arguments."""
        part = lookup.partition(LOOKUP_SEP)[0]
        if lookup == "isnull":
            return AttributeChoiceField, {"read": Reader(Attribute("isnull", "boolean")).typed, "choices": _yes_or_no}
        if part in _WHOLE:
            low, high = _WHOLE[part]
            return forms.IntegerField, {"min_value": low, "max_value": high, "widget": forms.TextInput}
        if part == "date":
            return AttributeValueField, {"read": Reader(Attribute("date", "date")).typed}
        if lookup == "range":
            given = {"read": reader.typed, "reader": reader, "exactly": 2}
            return AttributeValuesField, {**given, "help_text": _separators(reader)}
        if lookup == "exact":
            return self._one_of(reader)
        if lookup == "in" or reader.multiple:
            return self._several_of(reader)
        return AttributeValueField, {"read": reader.stored if lookup == "iexact" else reader.typed}

    def _one_of(self, reader: Reader) -> tuple[type[forms.Field], dict[str, Any]]:
        if reader.type == "reference":
            return AttributeReferenceField, {"reader": reader, "queryset": self._rows(reader)}
        if reader.type == "boolean":
            return AttributeChoiceField, {"read": reader.typed, "choices": _yes_or_no}
        if reader.has_choices:
            return AttributeChoiceField, {"read": reader.stored, "choices": self._choices(reader, with_none=True)}
        return AttributeValueField, {"read": reader.stored}

    def _several_of(self, reader: Reader) -> tuple[type[forms.Field], dict[str, Any]]:
        if reader.type == "reference":
            return AttributeReferencesField, {"reader": reader, "queryset": self._rows(reader)}
        given = {"read": reader.stored, "reader": reader}
        if reader.has_choices:
            return AttributeChoicesField, {**given, "choices": self._choices(reader)}
        return AttributeValuesField, {**given, "help_text": _separators(reader)}

    def _choices(self, reader: Reader, with_none: bool = False) -> Callable[[], list[tuple[str, str]]]:
        """Return what gives the choices where they are shown. It is a plain function, which forms do not copy."""
        return lambda: [*_nothing() * with_none, *reader.choices(self._default_language)]


def _nothing() -> list[tuple[str, str]]:
    """Return the choice that filters nothing, if the project has not taken it away."""
    label = settings.EMPTY_CHOICE_LABEL
    return [] if label is None else [("", label)]


def _separators(reader: Reader) -> str:
    """Return what stands between several values."""
    if reader.commas_separate:
        return gettext("Multiple values may be separated by commas.")
    return render(problem((), "format", "separator"), get_language())


def _yes_or_no() -> list[tuple[str, str]]:
    return [*_nothing(), ("true", gettext("Yes")), ("false", gettext("No"))]
