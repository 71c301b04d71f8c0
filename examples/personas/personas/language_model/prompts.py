"""What a language model is asked, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jsonattrs_core import ComposedSchema

__all__ = ["asked_of"]


def asked_of(schema: ComposedSchema) -> frozenset[str]:
    """Return the names of the attributes that a model may fill: none that refers to a record, which no text knows."""
    return frozenset(name for name, attribute in schema.items() if attribute.type != "reference")
