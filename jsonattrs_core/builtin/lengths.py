"""Constraints on the form of a text, and on the items of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonattrs_core.builtin.patterns import common_pattern
from jsonattrs_core.errors import Invalid, SchemaError
from jsonattrs_core.values import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sized

    from jsonattrs_core.definitions import Attribute
    from jsonattrs_core.records import BaseType, Check

__all__ = [
    "load_max_items",
    "load_max_length",
    "load_min_items",
    "load_min_length",
    "load_option",
    "load_unique_items",
    "pattern_keyword",
]


def _count(parameter: Any) -> int:
    if isinstance(parameter, bool) or not isinstance(parameter, int) or not 0 <= parameter <= 10**9:
        raise SchemaError(f"{shown(parameter)} is not a whole number of 0 or more")
    return parameter


def _flag(parameter: Any) -> bool:
    if not isinstance(parameter, bool):
        raise SchemaError(f"{shown(parameter)} is neither true nor false")
    return parameter


def _sized(code: str, *, least: bool) -> Callable[..., Check]:
    """Return the loader of a constraint on a number of characters or items."""

    def load(parameter: Any, attribute: Attribute) -> Check:
        limit = _count(parameter)

        def check(value: Sized) -> Sized:
            if len(value) < limit if least else len(value) > limit:
                raise Invalid(code, limit=limit)
            return value

        return check

    return load


def load_option(parameter: Any, attribute: Attribute) -> None:
    """Accept the parameter of a constraint that the base type's own check reads."""
    _flag(parameter)


def load_unique_items(parameter: Any, attribute: Attribute, base: BaseType) -> Check | None:
    """Return the check that refuses a list which holds one value twice, None where the parameter is false."""
    if not _flag(parameter):
        return None
    canonical = base.canonical or (lambda value: repr(base.dump(value)))

    def check(values: list[Any]) -> list[Any]:
        # By their texts: hashes of texts are salted, those of numbers can be chosen so that all collide.
        if len({canonical(value) for value in values}) != len(values):
            raise Invalid("unique_items")
        return values

    return check


def pattern_keyword(parameter: Any) -> dict[str, Any]:
    """Return the JSON Schema keyword of a pattern, if its syntax is common to both."""
    pattern = common_pattern(parameter)
    return {"pattern": pattern} if pattern else {}


load_min_length = _sized("min_length", least=True)
load_max_length = _sized("max_length", least=False)
load_min_items = _sized("min_items", least=True)
load_max_items = _sized("max_items", least=False)
