"""The base type ``reference``: its values, and its constraints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models

from jsonattrs_core import Invalid, SchemaError
from jsonattrs_django.references.targets import condition, key_field, target_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonattrs_core import Attribute

__all__ = [
    "INTEGERS",
    "Reference",
    "Written",
    "canonical",
    "dump",
    "from_text",
    "load",
    "make_check",
    "make_filter",
    "make_model",
    "to_text",
]

#: What databases take as integers.
INTEGERS = range(-(2**63), 2**63)


class Reference:
    """The primary key of a record, as JSON has it: what is stored, and what is read where the record is gone."""

    __slots__ = ("pk",)

    def __init__(self, pk: int | str) -> None:
        self.pk = pk  #: an integer, or the text of a key of any other type

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Reference):
            return type(self.pk) is type(other.pk) and self.pk == other.pk
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.pk)

    def __repr__(self) -> str:
        return f"<Reference {self.pk!r}>"


class Written(str):
    """A key as a person wrote it, so that a text may stand for a number."""

    __slots__ = ()


def from_text(text: str, language: str) -> Written:
    """Return the key that a person wrote."""
    return Written(text.strip())


def make_check(attribute: Attribute) -> Callable[[Any], Reference]:
    """Return the check of a reference: it takes a record, its key, or a :class:`Reference`; it asks no database."""
    model = target_model(attribute)
    key = key_field(model)

    def check(value: Any) -> Reference:
        if isinstance(value, models.Model):
            if not isinstance(value, model) or value.pk is None:
                raise Invalid("type", type="reference")
            value = value.pk
        elif isinstance(value, Reference):
            value = value.pk
        return Reference(_clean_key(value, key))

    return check


def _clean_key(value: Any, key: models.Field[Any, Any]) -> int | str:
    is_number = isinstance(key, models.IntegerField)
    if isinstance(value, bool) or not isinstance(value, int | str | UUID):
        raise Invalid("type", type="reference")
    if not isinstance(value, Written) and is_number != isinstance(value, int):
        raise Invalid("type", type="reference")
    if isinstance(value, str) and (len(value) > 500 or not value.isprintable() or (is_number and not value.isascii())):
        raise Invalid("format")
    try:
        clean: Any = key.get_prep_value(key.to_python(str(value) if is_number else value))
    except (ValidationError, TypeError, ValueError, ArithmeticError):
        raise Invalid("format") from None
    if not is_number:
        return str(clean)
    if clean not in INTEGERS:
        raise Invalid("format")
    return int(clean)


def dump(value: Reference) -> int | str:
    """Return the key."""
    return value.pk


def load(value: Any) -> Reference:
    """Return the reference of a stored key. Raises Invalid for what is no key."""
    if isinstance(value, Reference):
        return value
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise Invalid("type", type="reference")
    return Reference(value)


def canonical(value: Reference) -> str:
    """Return the key as text."""
    return str(value.pk)


def to_text(value: Reference, language: str) -> str:
    """Return the key as text."""
    return str(value.pk)


def make_model(parameter: Any, attribute: Attribute) -> None:
    """Check the constraint ``model``. Raises SchemaError for one that is no model."""
    target_model(attribute)


def make_filter(parameter: Any, attribute: Attribute) -> None:
    """Check the constraint ``filter``. Raises SchemaError for what is no condition on the model's own fields."""
    if condition(target_model(attribute), parameter) is None:
        raise SchemaError("'filter' must be a mapping of field to value")
