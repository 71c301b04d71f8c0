"""Selectors: which schemas apply to an entity, and in which order they are composed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from jsonattrs_core.errors import SchemaError

__all__ = ["applicable"]

S = TypeVar("S")


def applicable(
    bound: Mapping[tuple[Any, ...], S] | Iterable[tuple[tuple[Any, ...], S]], values: Sequence[Any]
) -> list[S]:
    """Return the schemas that apply to an entity, from the most general to the most specific.

    ``bound`` maps the tuples of selector values that schemas are bound to, None meaning any, to the schemas; ``values``
    are the entity's own selector values, None where it has none. Values that a tuple leaves out at its end are None.

    A schema applies where each of its values that is not None equals the entity's. One that is bound by a later
    selector is more specific than one that is bound only by earlier ones. Raises SchemaError where two schemas are
    bound to one tuple, or a tuple is longer than ``values``.
    """
    width = len(values)
    found: dict[tuple[bool, ...], S] = {}
    seen: set[tuple[Any, ...]] = set()
    for selectors, schema in bound.items() if isinstance(bound, Mapping) else bound:
        if len(selectors) > width:
            raise SchemaError(f"{len(selectors)} selector values were given, there are {width} selectors")
        full = (*selectors, *[None] * (width - len(selectors)))
        if full in seen:
            raise SchemaError(f"two schemas are bound to the selectors {full!r}")
        seen.add(full)
        if all(mine is None or mine == its for mine, its in zip(full, values, strict=True)):
            found[tuple(value is not None for value in reversed(full))] = schema
    return [found[flags] for flags in sorted(found)]
