"""Selectors: the values of an entity that decide which schemas apply to it, and how they are written down.

A selector is a path over forward foreign keys (``project__organization``) or a field of the model itself (``type``).
Its value is kept as text: the primary key of the row that the path leads to, or the plain value. Texts are compared
selector by selector and never joined, so that no value can pose as two.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from hashlib import sha256
from itertools import product
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from django.core.exceptions import ObjectDoesNotExist
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import models
from django.db.models.constants import LOOKUP_SEP

from jsonattrs_django.selector_paths import SelectorError, resolved

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from django.db.models import Field, Model

__all__ = ["Selector", "SelectorError", "Selectors", "Texts", "digest", "generalisations"]

#: The values of an entity or a schema as text, None standing for none, or for any.
Texts: TypeAlias = tuple[str | None, ...]

#: Characters of a selector value that a schema is bound to.
_LONGEST = 500

_ABSENT = object()


class Selector:
    """One selector of an attribute field: its name, and the path to its value."""

    def __init__(self, model: type[Model], name: str, path: str) -> None:
        self.name = name
        self.path = path
        self.hops, self.last = resolved(model, path)
        #: The value is that of a column of the model's own table.
        self.is_plain_column = not self.hops and self._holds_key
        if self.is_plain_column:
            getter: Any = attrgetter(self.last.attname)  # the usual case, in less time
            self.raw = getter  # type: ignore[method-assign]

    @property
    def relation(self) -> str | None:
        """The argument of ``select_related`` that saves a query for each record, None where none is needed."""
        return LOOKUP_SEP.join(hop.name for hop in self.hops) or None

    @cached_property
    def target(self) -> type[Model] | None:
        """The model of the rows that the value refers to, None for a plain value."""
        related: Any = self.last.related_model if self.last.is_relation else None
        return related._meta.concrete_model if related is not None else None

    @cached_property
    def _kind(self) -> Field[Any, Any]:
        """The field whose values the texts stand for."""
        return self.target._meta.pk if self.target is not None else self.last

    @cached_property
    def lookup(self) -> str:
        """The name under which queries on the model find the raw value."""
        return self.path if self._holds_key else f"{self.path}__pk"

    @cached_property
    def _holds_key(self) -> bool:
        """Tell whether the last field's column is the key of the row, and not another unique value of it."""
        return self.target is None or bool(self.last.target_field.primary_key)

    @property
    def column(self) -> Field[Any, Any]:
        """The model's own column on which the value depends."""
        found: Field[Any, Any] = self.hops[0] if self.hops else self.last
        return found

    def raw(self, instance: Model) -> Any:
        """Return the value as the instance and its related rows hold it, None where a row is missing."""
        for hop in self.hops:
            found = instance._state.fields_cache.get(hop.cache_name, _ABSENT)
            if found is _ABSENT:
                try:
                    found = getattr(instance, hop.name)
                except ObjectDoesNotExist:
                    return None
            if found is None:
                return None
            instance = found
        if self._holds_key:
            return getattr(instance, self.last.attname)
        try:
            row = getattr(instance, self.last.name)
        except ObjectDoesNotExist:
            return None
        return None if row is None else row.pk

    def is_at_hand(self, instance: Model) -> bool:
        """Tell whether the value of an instance can be read without a query."""
        for hop in self.hops:
            if instance.__dict__.get(hop.attname, _ABSENT) is None:
                return True
            instance = instance._state.fields_cache.get(hop.cache_name, _ABSENT)
            if instance is _ABSENT or instance is None:
                return instance is None
        return self._holds_key and self.last.attname in instance.__dict__

    def text(self, value: Any) -> str | None:
        """Return the text of a raw value, None of none; of a value that its field cannot read, some text."""
        if value is None:
            return None
        if value.__class__ is int:
            return str(value)
        try:
            return self._written(value)
        except (DjangoValidationError, TypeError, ValueError):
            return str(value)

    def given(self, value: Any) -> str | None:
        """Return the text of what a caller gives: a row, its key, a plain value, None for any. Raises SelectorError."""
        if value is None:
            return None
        if isinstance(value, models.Model):
            value = self._key_of(value)
        try:
            text = self._written(value)
            if len(text) > _LONGEST or "\x00" in text:
                raise ValueError(f"it has NUL characters, or more than {_LONGEST}")
            return text
        except (DjangoValidationError, TypeError, ValueError) as error:
            what = f"a key of {self.target._meta.label}" if self.target is not None else "a value of its field"
            raise SelectorError(f"the selector {self.name!r} was given {value!r}, which is not {what}") from error

    def _key_of(self, row: Model) -> Any:
        target = self.target
        if target is None:
            raise SelectorError(f"the selector {self.name!r} takes a plain value, not the {row._meta.label} {row.pk!r}")
        if not isinstance(row, target):
            raise SelectorError(f"the selector {self.name!r} takes a {target._meta.label}, not a {row._meta.label}")
        if row.pk is None:
            raise SelectorError(f"the {row._meta.label} given as selector {self.name!r} is not saved yet")
        return getattr(row, target._meta.pk.attname)

    def _written(self, value: Any) -> str:
        kind: Any = self._kind
        if isinstance(value, bool) and not isinstance(kind, models.BooleanField):
            raise TypeError("a truth value is no key")
        prepared = kind.get_prep_value(kind.to_python(value))
        if isinstance(prepared, str):
            return str.__str__(prepared)  # of a member of an enumeration its value, as it is stored
        return str(int(prepared)) if isinstance(prepared, int) and not isinstance(prepared, bool) else str(prepared)

    def parameter(self, text: str, connection: Any) -> Any:
        """Return the parameter of a query that stands for the value of a text."""
        return self._kind.get_db_prep_value(self.value(text), connection)

    def value(self, text: str | None) -> Any:
        """Return the Python value, or the key, that a text stands for."""
        return None if text is None else self._kind.to_python(text)


class Selectors(Sequence[Selector]):
    """The selectors of one attribute field, in their order."""

    def __init__(self, model: type[Model], declared: Iterable[str | tuple[str, str]]) -> None:
        pairs = [(item, item) if isinstance(item, str) else (item[0], item[1]) for item in declared]
        self._selectors = tuple(Selector(model, name, path) for name, path in pairs)
        self._own = {item.column.attname: item.column.name for item in self._selectors}
        #: Names of the model's own columns on which the values depend.
        self.local_attnames = tuple(self._own)
        self.raw = _reader(self._selectors)

    def written_with(self, columns: Collection[str] | None) -> set[str]:
        """Return those of the model's own columns on which the values depend that are among these, None for all."""
        return {attname for attname, name in self._own.items() if columns is None or {name, attname} & {*columns}}

    def are_among(self, columns: Collection[str] | None) -> bool:
        """Tell whether the values depend on any of these columns of the model, None for all."""
        return bool(self.written_with(columns))

    def __getitem__(self, place: Any) -> Any:
        return self._selectors[place]

    def __len__(self) -> int:
        return len(self._selectors)

    @property
    def relations(self) -> tuple[str, ...]:
        """The arguments of ``select_related`` that save a query for each record."""
        return tuple(dict.fromkeys(item.relation for item in self._selectors if item.relation))

    def are_at_hand(self, instance: Model) -> bool:
        """Tell whether the values of an instance can be read without a query."""
        return all(selector.is_at_hand(instance) for selector in self._selectors)

    def texts(self, raw: Iterable[Any]) -> Texts:
        """Return the texts of raw values."""
        return tuple([item.text(value) for item, value in zip(self._selectors, raw, strict=True)])

    def given(self, values: Iterable[Any] | Mapping[str, Any] | Any) -> Texts:
        """Return the texts of what a caller gives: values in order, missing ones at the end meaning any, or by name.

        Raises SelectorError for too many values, an unknown name, and a value that its selector cannot have.
        """
        given = self._in_order(values)
        if len(given) > len(self):
            names = ", ".join(item.name for item in self) or "none"
            raise SelectorError(f"{len(given)} selector values were given, the selectors are: {names}")
        full = (*given, *[None] * (len(self) - len(given)))
        return tuple(item.given(value) for item, value in zip(self._selectors, full, strict=True))

    def _in_order(self, values: Any) -> list[Any]:
        from collections.abc import Mapping

        if isinstance(values, Mapping):
            names = [item.name for item in self]
            for name in values:
                if name not in names:
                    raise SelectorError(
                        f"there is no selector {name!r}; the selectors are: {', '.join(names) or 'none'}"
                    )
            return [values.get(name) for name in names]
        if isinstance(values, models.Model | str) or not isinstance(values, Iterable):
            return [values]
        return list(values)

    def fitted(self, texts: Texts) -> Texts:
        """Return the texts of a schema that was defined when the field had fewer selectors, with None for the new ones.

        Nones at the end are dropped where there are too many; other texts stay, so that the schema applies to nothing.
        """
        kept = list(texts)
        while len(kept) > len(self) and kept[-1] is None:
            kept.pop()
        return (*kept, *[None] * (len(self) - len(kept)))

    def values(self, texts: Texts) -> tuple[Any, ...]:
        """Return the Python values, or keys, that texts stand for."""
        return tuple(item.value(text) for item, text in zip(self._selectors, texts, strict=True))

    def described(self, texts: Texts) -> str:
        """Return a scope in words, for messages to those who may edit schemas: ``organization=3, project=any``."""
        pairs = zip(self._selectors, texts, strict=True)
        return ", ".join(f"{item.name}={'any' if text is None else text}" for item, text in pairs) or "every record"


def _reader(selectors: Sequence[Selector]) -> Callable[[Model], tuple[Any, ...]]:
    """Return the function that gives the raw values of an instance. It runs at each access, and so has short cuts."""
    if len(selectors) == 1:
        only = selectors[0].raw
        return lambda instance: (only(instance),)
    if len(selectors) == 2:
        first, second = (selector.raw for selector in selectors)
        return lambda instance: (first(instance), second(instance))
    if len(selectors) == 3:
        one, two, three = (selector.raw for selector in selectors)
        return lambda instance: (one(instance), two(instance), three(instance))
    every = tuple(selector.raw for selector in selectors)
    return lambda instance: tuple([raw(instance) for raw in every])


def generalisations(texts: Texts) -> list[Texts]:
    """Return the tuples that schemas may be bound to which apply to an entity of these values, its own included."""
    return list(product(*[(None,) if text is None else (None, text) for text in texts]))


def digest(texts: Texts) -> str:
    """Return 64 characters that stand for a tuple in an index; equal for tuples that differ by Nones at the end only.

    So schemas stay bound to what they are when a field gets one selector more.
    """
    bound = max((place for place, text in enumerate(texts, 1) if text is not None), default=0)
    return sha256(json.dumps(texts[:bound]).encode()).hexdigest()
