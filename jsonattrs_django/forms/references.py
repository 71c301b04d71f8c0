"""The form fields of attributes that refer to records: those that the user may choose, searched on the server."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from jsonattrs_django.forms.choices import MOST_SHOWN, ChoiceField, ChoicesField, Option
from jsonattrs_django.forms.problems import placed
from jsonattrs_django.forms.widgets import SearchedSelect
from jsonattrs_django.messages import problem
from jsonattrs_django.permissions import choosable
from jsonattrs_django.plugin import NOT_FOUND
from jsonattrs_django.references.targets import target_condition, target_model
from jsonattrs_django.references.type import Reference
from jsonattrs_django.texts import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from jsonattrs_django.forms.shown import PostedText

__all__ = ["ReferenceField", "ReferencesField", "found_rows"]


#: NUL, and halves of characters.
_UNASKABLE = re.compile("[\x00\ud800-\udfff]").search


def found_rows(rows: QuerySet[Any], searched: str) -> QuerySet[Any]:
    """Return the rows in whose texts each of the words is found, or whose key is what is looked for."""
    texts = [
        field.name
        for field in rows.model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    ]
    if _UNASKABLE(searched):  # no text has it, and databases take no such question
        return rows.none()
    for word in searched.split()[:10]:
        tests = [Q((f"{name}__icontains", word)) for name in texts]
        with suppress(ValidationError):  # it is no key
            tests.append(Q(pk=rows.model._meta.pk.to_python(word)))
        rows = rows.filter(reduce(or_, tests)) if tests else rows.none()
    return rows


class _Rows:
    """The rows that may be chosen."""

    reader: Any
    widget: Any = SearchedSelect
    user: Any = None  #: whose choices are shown; None is the program itself

    def rows(self) -> QuerySet[Any]:
        """Return the rows that the user may choose."""
        attribute = self.reader.attribute
        every = target_model(attribute)._default_manager.filter(target_condition(attribute))
        return choosable(self.user, every, attribute)

    def offered(self, searched: str, chosen: set[str]) -> list[Option]:
        """Return the options to show: the chosen ones, and the first that match."""
        rows = self.rows()
        held = {str(row.pk): row for row in self._with_keys(rows, chosen)}
        matching = found_rows(rows, searched)
        matching = matching if matching.ordered else matching.order_by("pk")
        found = list(matching[: MOST_SHOWN + 1])
        self.widget.searched = searched
        self.widget.more = matching.count() - MOST_SHOWN if len(found) > MOST_SHOWN else 0
        others = [row for row in found[:MOST_SHOWN] if str(row.pk) not in chosen]
        first = [self._option(held[text]) if text in held else self.strange(text) for text in sorted(chosen)]
        return [*first, *map(self._option, others)]

    def _with_keys(self, rows: QuerySet[Any], texts: Iterable[str]) -> Iterable[Any]:
        keys = [value.pk for text in texts if (value := self._reference(text)) is not None]
        return rows.filter(pk__in=keys) if keys else ()

    def _reference(self, text: str) -> Reference | None:
        try:
            found = self.reader.typed(text, "und")
        except ValidationError:
            return None  # it is no key
        return found if isinstance(found, Reference) else None

    @staticmethod
    def _option(row: Any) -> Option:
        return Option(str(row.pk), None, str(row), False)

    def strange(self, text: str) -> Option:
        """Return an option for a record that is gone, or that the user may not see."""
        return Option(text, None, gettext("%(value)s (not available)") % {"value": text.lstrip("= ")}, False)

    def missing(self, values: Iterable[Any]) -> list[int]:
        """Return the places of the references that the user may not choose."""
        keys = {place: value.pk for place, value in enumerate(values) if isinstance(value, Reference)}
        found = self.rows().filter(pk__in=set(keys.values())).values_list("pk", flat=True) if keys else ()
        known = {str(key) for key in found}
        return [place for place, key in keys.items() if str(key) not in known]


class ReferenceField(_Rows, ChoiceField):
    """A record that an attribute refers to."""

    def read(self, text: PostedText, language: str | None = None) -> Any:
        """Return the reference that a key stands for. Raises ValidationError where the user may not choose it."""
        found = super().read(text, language)
        if self.missing([found]):
            raise _not_found()
        return found


class ReferencesField(_Rows, ChoicesField):
    """Several records that an attribute refers to."""

    def read(self, text: PostedText, language: str | None = None) -> Any:
        """Return the references that keys stand for. Raises ValidationError where the user may not choose one."""
        found = super().read(text, language)
        missing = self.missing(found or ())
        if missing:
            raise ValidationError([placed(_not_found(), place) for place in missing])
        return found


def _not_found() -> ValidationError:
    return refusal(problem((), NOT_FOUND, "not_found"))
