"""Schema files, composed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonattrs_core import Schema, SchemaError, compose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonattrs_core import ComposedSchema
    from jsonattrs_core.errors import Fault

__all__ = ["composed"]


def composed(paths: Iterable[str]) -> ComposedSchema:
    """Read the schemas, the most general first, and compose them.

    Raises OSError, or SchemaError with the faults of all files.
    """
    schemas: list[Schema] = []
    faults: list[Fault | str] = []
    for path in paths:
        try:
            schemas.append(Schema.read(path))
        except SchemaError as error:
            faults += error.faults
    if faults:
        raise SchemaError(faults)
    return compose(*schemas)
