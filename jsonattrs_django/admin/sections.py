"""The places of attributes in the forms of an admin.

An entry ``"attrs"`` of ``fields`` or ``fieldsets`` stands for all attributes, which are those of the record's scope and
so not known before the record is; ``"attrs__score"`` for one that need not be there. Django looks for a form field of
that name, or calls the entry for what cannot be edited. So each entry is replaced by a :class:`Place`, which is both:
the name of a form field that shows attributes, and a callable that gives them as text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.admin.utils import flatten
from django.db.models.constants import LOOKUP_SEP
from django.utils.text import capfirst
from django.utils.translation import gettext

from jsonattrs_django.admin.known import fallback_label, known
from jsonattrs_django.admin.names import Named, attribute_fields, named
from jsonattrs_django.admin.values import rendered, rows_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from django.db.models import Model
    from django.utils.safestring import SafeString

    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["Options", "Place", "form_names", "is_of_attributes", "opened", "place_name", "placed"]

_END = "-attributes"


def place_name(entry: str) -> str:
    """Return the name of the form field that stands for an entry."""
    return f"{entry}{_END}"


def is_of_attributes(model: type[Model], entry: Any) -> bool:
    """Tell whether an entry of ``fields`` names attributes."""
    return isinstance(entry, str) and (entry in attribute_fields(model) or named(model, entry) is not None)


class Place(str):
    """An entry of a fieldset that shows the attributes of one field, or one of them."""

    entry: str  #: what the developer wrote
    field: JSONAttributeField
    only: str | None  #: the name of the one attribute that it shows
    without: frozenset[str]  #: names that have places of their own, or none
    readonly: frozenset[str]  #: names that are shown as text
    is_text: bool  #: all of it is
    user: Any
    do_not_call_in_templates = True

    @classmethod
    def of(cls, model: type[Model], entry: str, options: Options) -> Place:
        """Return the place of an entry."""
        one = named(model, entry)
        made = cls(place_name(entry))
        made.entry = entry
        made.field = attribute_fields(model)[entry] if one is None else one.field
        made.only = None if one is None else one.attribute
        made.without = _names(made.field, (*options.singly, *options.exclude))
        made.readonly = _names(made.field, options.readonly)
        made.is_text = entry in options.readonly
        made.user = options.user
        return made

    def has(self, name: str) -> bool:
        """Tell whether an attribute is shown here."""
        return name == self.only if self.only is not None else name not in self.without

    @property
    def is_main(self) -> bool:
        """Tell whether it is the place of all attributes of the field."""
        return self.only is None

    # ---- what Django reads of a callable ----

    @property
    def __name__(self) -> str:
        return str(self)

    @property
    def short_description(self) -> str:
        """What the place is called: as the attribute, or as the field that holds all."""
        if self.only is None:
            given = str(self.field.verbose_name)
            return gettext("Attributes") if given == self.field.name.replace("_", " ") else capfirst(given)
        found = known(Named(self.field, self.only))
        return fallback_label(self.only) if found is None else found.label

    def __call__(self, record: Any) -> SafeString:
        """Return the attributes of a record as text."""
        return rendered(rows_of(self, record), self)


def _names(field: JSONAttributeField, entries: Iterable[Any]) -> frozenset[str]:
    """Return the names of the attributes of a field that entries name singly."""
    start = f"{field.name}{LOOKUP_SEP}"
    return frozenset(each.removeprefix(start) for each in entries if isinstance(each, str) and each.startswith(start))


class Options(NamedTuple):
    """What an admin says of entries that name attributes, for one request."""

    user: Any
    exclude: Collection[Any]  #: entries that are not shown
    readonly: Collection[Any]  #: entries that are shown as text
    singly: Collection[str] = ()  #: entries of attributes with places of their own


def placed(model: type[Model], fieldsets: Iterable[Any], options: Options) -> list[Any]:
    """Return fieldsets with places instead of the entries that name attributes."""
    found = [(name, dict(given)) for name, given in fieldsets]
    every = [entry for _, given in found for entry in flatten(given["fields"])]
    options = options._replace(singly=[entry for entry in every if named(model, entry)])
    return [(name, {**given, "fields": _placed(model, given["fields"], options)}) for name, given in found]


def _placed(model: type[Model], entries: Iterable[Any], options: Options) -> list[Any]:
    found: list[Any] = []
    for entry in entries:
        if isinstance(entry, list | tuple):
            found.append(_placed(model, entry, options))
        elif not is_of_attributes(model, entry):
            found.append(entry)
        elif entry not in options.exclude:
            found.append(Place.of(model, entry, options))
    return found


def opened(fieldsets: Iterable[Any], refused: Collection[str]) -> list[Any]:
    """Return fieldsets of which those are not collapsed that show an attribute among the refused fields."""
    return [
        (name, {**options, "classes": [each for each in options["classes"] if each != "collapse"]})
        if "collapse" in options.get("classes", ()) and _shows(options["fields"], refused)
        else (name, options)
        for name, options in fieldsets
    ]


def _shows(entries: Iterable[Any], refused: Collection[str]) -> bool:
    places = [entry for entry in flatten(entries) if isinstance(entry, Place)]
    return any(place.has(name) for place in places for name in _names(place.field, refused))


def form_names(names: Iterable[Any]) -> tuple[list[str], list[Place]]:
    """Return what a form class has to name for these entries, and the places among them."""
    every = list(names)
    places = [name for name in every if isinstance(name, Place)]
    return [name.entry if isinstance(name, Place) else name for name in every], places
