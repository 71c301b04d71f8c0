"""Searching for words in attributes, as a change list and an autocomplete field do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from jsonattrs_django.admin.known import known
from jsonattrs_django.admin.names import named
from jsonattrs_django.queries.lookups import AttributeLookup
from jsonattrs_django.queries.outputs import output_of
from jsonattrs_django.queries.transforms import Attr, AttributeTransform
from jsonattrs_django.texts import Reader

if TYPE_CHECKING:
    from django.db.models import Model

    from jsonattrs_django.admin.known import Known

__all__ = ["Search", "has_attributes"]

#: The signs that begin an entry of ``search_fields``, and say how it is compared.
_SIGNS = "^=@"
#: Types of which no word is a value that people would type.
_NEVER = ("boolean", "object", "reference")


def has_attributes(model: type[Model], search_fields: Any) -> bool:
    """Tell whether any of the fields to search is an attribute."""
    return any(named(model, str(entry).lstrip(_SIGNS)) for entry in search_fields)


class Search:
    """The fields that an admin searches, in the form in which Django can: attributes under names of their own.

    ``aliases`` are what these names stand for, and ``fields`` the entries to search instead of those that were given.
    Attributes of which nothing is known, or that the user may not see, are left out.
    """

    def __init__(self, model: type[Model], user: Any, search_fields: Any) -> None:
        self.fields: list[str] = []
        self.aliases: dict[str, Searched] = {}
        for place, entry in enumerate(map(str, search_fields)):
            name = entry.lstrip(_SIGNS)
            found = named(model, name)
            if found is None:
                self.fields.append(entry)
                continue
            about = known(found)
            if about is not None and about.may_be_seen(user):
                alias = f"searched_attribute_{place}"
                self.aliases[alias] = Searched(about)
                self.fields.append(entry.removesuffix(name) + alias)


class Searched(Attr):
    """An attribute in which words are looked for."""

    def __init__(self, known: Known) -> None:
        meant = known.meant
        super().__init__(key=meant.key, type=meant.type, multiple=meant.multiple, field=known.field.name)
        self._known = known

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """Return the value in a query."""
        found = super().resolve_expression(*args, **kwargs)
        return SearchedValue(found.said, found.lhs, self._known)


class SearchedValue(AttributeTransform):
    """The value of an attribute, whose look-ups are those of words."""

    def __init__(self, said: Any, lhs: Any, known: Known) -> None:
        super().__init__(said, lhs)
        self._known = known

    def get_lookup(self, name: str) -> Any:
        """Return what makes the comparison with a word."""
        return lambda lhs, word: _Words(self._known).comparison(lhs, str(word), name)


class _Words:
    """Compares an attribute with a word: as a text if it is one, else with the value that it reads as."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def comparison(self, lhs: Any, word: str, lookup: str) -> Any:
        meant = self._known.meant
        reader = self._known.reader
        if reader.has_choices:
            return AttributeLookup(lhs, self._chosen(word), "overlap" if meant.multiple else "in")
        if meant.type == "text" and not meant.multiple:
            if output_of("text", False).get_lookup(lookup) is None:  # full text, which not every database has
                lookup = "icontains"
            return AttributeLookup(lhs, word, lookup)
        value = self._value(reader, word)
        if meant.multiple:
            return AttributeLookup(lhs, [] if value is None else [value], "overlap")
        return AttributeLookup(lhs, [] if value is None else [value], "in")

    def _value(self, reader: Reader, word: str) -> Any:
        """Return the value that a word reads as, None where it is none."""
        if self._known.meant.type in _NEVER:
            return None
        try:
            return reader.stored(word)
        except ValidationError:
            return None

    def _chosen(self, word: str) -> list[Any]:
        """Return the choices in whose labels a word is found."""
        sought = word.casefold()
        return [
            listed.value
            for attribute, language in self._known.usable
            if (reader := Reader(attribute)).has_choices
            for listed in reader.listed(language)
            if sought in (listed.label or reader.text(listed.value, None)).casefold()
        ]
