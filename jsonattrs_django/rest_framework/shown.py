"""Stored documents as they are sent: the JSON values of the attributes, by name."""

from __future__ import annotations

from decimal import Decimal
from math import inf, isinf
from typing import TYPE_CHECKING, Any

from jsonattrs_django.documents import read_exactly
from jsonattrs_django.reading import with_edits
from jsonattrs_django.state import UNASSIGNED

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from django.db.models import Model

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.schemas.scope import Scope

__all__ = ["Shown"]

#: Types of stored values that can be sent as they are; of floats, those that are finite.
_SIMPLE = {str, int, float, bool, type(None)}


class Shown:
    """What the records of one scope show: its attributes, but for those that the reader may not see.

    A value is sent as it is stored, which is as the core writes it, without being read and written again.
    """

    def __init__(self, scope: Scope, viewed: Collection[str]) -> None:
        self.scope = scope
        self._pairs = [(name, key) for name, key in scope.compiled.keys.items() if name in viewed]
        validator = scope.compiled.validator
        #: What attributes read as that are not stored, by name.
        self._initial = {}
        if validator is not None:
            typed = validator.load({})
            self._initial = {name: validator.dump_attribute(name, typed[name]) for name in typed if name in viewed}

    def of(self, field: JSONAttributeField, instance: Model) -> dict[str, Any]:
        """Return the JSON values of a record by name, in the order of the schema."""
        if field.attname not in instance.__dict__:
            getattr(instance, field.attname)  # fetches it
        state = with_edits(field, instance)
        if state.assigned is not UNASSIGNED:
            given = getattr(instance, field.attname).dump()
            return {name: given[name] for name, _ in self._pairs if name in given}
        document = state.current() if state.changes else state.document
        if not _can_be_sent(document):
            document = {key: _sendable(read_exactly(text)) for key, text in state.texts().items()}
        if self._initial:
            initial = self._initial
            return {
                name: document[key] if key in document else initial[name]
                for name, key in self._pairs
                if key in document or name in initial
            }
        return {name: document[key] for name, key in self._pairs if key in document}


def _can_be_sent(document: Mapping[str, Any]) -> bool:
    """Tell whether JSON can be written of the values of a document as they are."""
    values = document.values()
    kinds = set(map(type, values))
    if kinds <= _SIMPLE:
        return float not in kinds or (inf not in values and -inf not in values)
    return all(_is_sendable(value) for value in values)


def _is_sendable(value: Any) -> bool:
    if isinstance(value, list):
        return all(map(_is_sendable, value))
    if isinstance(value, dict):
        return all(map(_is_sendable, value.values()))
    return type(value) in _SIMPLE and not (value.__class__ is float and isinf(value))


def _sendable(exact: Any) -> Any:
    """Return a JSON value in which numbers that no float holds are texts of their digits."""
    if isinstance(exact, list):
        return [_sendable(item) for item in exact]
    if isinstance(exact, dict):
        return {key: _sendable(item) for key, item in exact.items()}
    if isinstance(exact, Decimal):
        number = float(exact)
        return str(exact) if isinf(number) else number
    return exact
