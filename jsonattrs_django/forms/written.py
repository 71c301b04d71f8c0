"""The values of attributes as people read them: in lists, and where they cannot be edited.

Numbers, dates and choices are in the reader's language, as Django's admin has those of columns.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.utils import formats, timezone
from django.utils.translation import get_language, gettext

from jsonattrs_django.forms.fields import as_json
from jsonattrs_django.forms.prototypes import prototypes_of
from jsonattrs_django.references.type import Reference
from jsonattrs_django.registry import registry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jsonattrs_django.schemas.scope import Scope

__all__ = ["one_writer", "unusable_text", "writer", "writer_of"]


def writer_of(scope: Scope, name: str) -> Callable[[Any], str]:
    """Return what makes the text, in the active language, of a value that an attribute of a scope has.

    Of a value that does not fit it gives the JSON, and of None an empty text. It raises nothing.
    """
    prototypes = prototypes_of(scope.compiled, scope.schema)
    return unusable_text if prototypes is None else writer(prototypes.fields[name])  # where a plugin is gone


def writer(field: Any) -> Callable[[Any], str]:
    """Do as `writer_of`, given the form field of an attribute."""
    one = one_writer(field)
    return _several(one) if field.reader.multiple else one


def one_writer(field: Any) -> Callable[[Any], str]:
    """Do the same for one of several values."""
    reader = field.reader
    write = _WRITERS.get(reader.type) or _typed(field, get_language())
    if getattr(field, "options", None):
        one = _chosen(field, write)
    else:
        one = _suggested(dict(reader.suggested()), write) if reader.has_suggestions else write
    python = registry().base_types[reader.type].python

    def text(value: Any) -> str:
        if value.__class__ is python:  # the usual case, in less time
            return one(value)
        if value is None:
            return ""
        return one(value) if isinstance(value, Model) or reader.fits(value) else unusable_text(value)

    return text


def unusable_text(value: Any) -> str:
    """Return a value that does not fit, or of which nothing is known: texts as they are, all else but None as JSON."""
    return "" if value is None else as_json(value)


def _several(one: Callable[[Any], str]) -> Callable[[Any], str]:
    def text(values: Any) -> str:
        return ", ".join(map(one, values)) if isinstance(values, list) else unusable_text(values)

    return text


def _chosen(field: Any, write: Callable[[Any], str]) -> Callable[[Any], str]:
    """Return what gives the label of a choice; the text of a value that is none any more."""
    options, text = field.options, field.reader.text

    def label(value: Any) -> str:
        found = options.get(text(value, None))
        return write(value) if found is None or found.label == found.text else found.label

    is_hashable = registry().base_types[field.reader.type].python.__hash__ is not None
    return cache(label) if is_hashable else label  # there are few of them, and many records


def _suggested(labels: Mapping[str, str], write: Callable[[Any], str]) -> Callable[[Any], str]:
    """Return what gives the label of a value that the subtype suggests, and any other as it is."""
    return lambda value: labels.get(value) or write(value)


def _typed(field: Any, language: str | None) -> Callable[[Any], str]:
    text = field.reader.text
    return lambda value: text(value, language)


def _moment(value: Any) -> str:
    try:
        local = timezone.template_localtime(value)
    except OverflowError:  # within a day of the ends of the calendar
        local = value
    return str(formats.localize(local))


def _record(value: Any) -> str:
    if isinstance(value, Reference):
        return gettext("%(value)s (not available)") % {"value": value.pk}
    return str(value)


_WRITERS: dict[str, Callable[[Any], str]] = {
    "boolean": lambda value: gettext("Yes") if value else gettext("No"),
    "date": lambda value: str(formats.localize(value)),
    "time": lambda value: str(formats.localize(value)),
    "datetime": _moment,
    "duration": str,
    "reference": _record,
}
