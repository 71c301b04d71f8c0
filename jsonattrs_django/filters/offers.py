"""The filters of django-filter that an attribute has, and how they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models.constants import LOOKUP_SEP
from django.utils.translation import get_language, gettext
from django_filters.conf import settings
from django_filters.utils import verbose_lookup_expr

from jsonattrs_core import render
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
from jsonattrs_django.offered import WHOLE, attr_of, takes_several, value_reader
from jsonattrs_django.texts import label_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.db.models import QuerySet

    from jsonattrs_django.queries.transforms import Attr
    from jsonattrs_django.texts import Reader

__all__ = ["Offers"]


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
        return attr_of(reader, self._field)

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
        read = value_reader(reader, lookup)
        if lookup == "isnull":
            return AttributeChoiceField, {"read": read, "choices": _yes_or_no}
        if part in WHOLE:
            low, high = WHOLE[part]
            return forms.IntegerField, {"min_value": low, "max_value": high, "widget": forms.TextInput}
        if lookup == "range":
            given = {"read": read, "reader": reader, "exactly": 2}
            return AttributeValuesField, {**given, "help_text": _separators(reader)}
        if lookup == "exact":
            return self._one_of(reader)
        return self._several_of(reader) if takes_several(reader, lookup) else (AttributeValueField, {"read": read})

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
