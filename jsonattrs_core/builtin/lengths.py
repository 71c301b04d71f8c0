"""Constraints on the form of a text, and on the items of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonattrs_core.builtin.patterns import common_pattern, load_pattern
from jsonattrs_core.errors import Invalid, SchemaError
from jsonattrs_core.records import Check, Constraint
from jsonattrs_core.values import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sized

    from jsonattrs_core.definitions import Attribute
    from jsonattrs_core.records import BaseType

__all__ = ["ITEMS", "LENGTHS"]


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


def _load_option(parameter: Any, attribute: Attribute) -> None:
    """Accept the parameter of a constraint that the base type's own check reads."""
    _flag(parameter)


def _load_unique_items(parameter: Any, attribute: Attribute, base: BaseType) -> Check | None:
    if not _flag(parameter):
        return None
    canonical = base.canonical or (lambda value: repr(base.dump(value)))

    def check(values: list[Any]) -> list[Any]:
        # By their texts: hashes of texts are salted, those of numbers can be chosen so that all collide.
        if len({canonical(value) for value in values}) != len(values):
            raise Invalid("unique_items")
        return values

    return check


def _keyword(name: str) -> Callable[[Any], dict[str, Any]]:
    return lambda parameter: {name: parameter}


def _pattern_keyword(parameter: Any) -> dict[str, Any]:
    pattern = common_pattern(parameter)
    return {"pattern": pattern} if pattern else {}


LENGTHS = (
    Constraint(
        "min_length",
        bases=("text",),
        load=_sized("min_length", least=True),
        codes=("min_length",),
        parameter="the least number of characters",
        json_schema=_keyword("minLength"),
    ),
    Constraint(
        "max_length",
        bases=("text",),
        load=_sized("max_length", least=False),
        codes=("max_length",),
        parameter="the greatest number of characters",
        json_schema=_keyword("maxLength"),
    ),
    Constraint(
        "pattern",
        bases=("text",),
        load=load_pattern,
        codes=("pattern",),
        parameter="a regular expression in RE2 syntax of at most 500 characters, which matches the whole text",
        json_schema=_pattern_keyword,
    ),
    Constraint(
        "strip",
        bases=("text",),
        load=_load_option,
        parameter="false keeps the white space around a text; it is removed otherwise",
    ),
    Constraint(
        "multiline",
        bases=("text",),
        load=_load_option,
        parameter="true allows line breaks and tabs",
    ),
)

ITEMS = (
    Constraint(
        "min_items",
        bases=("*",),
        whole=True,
        load=_sized("min_items", least=True),
        codes=("min_items",),
        parameter="the least number of values of a multiple attribute",
        json_schema=_keyword("minItems"),
    ),
    Constraint(
        "max_items",
        bases=("*",),
        whole=True,
        load=_sized("max_items", least=False),
        codes=("max_items",),
        parameter="the greatest number of values of a multiple attribute",
        json_schema=_keyword("maxItems"),
    ),
    Constraint(
        "unique_items",
        bases=("*",),
        whole=True,
        with_base=True,
        load=_load_unique_items,
        codes=("unique_items",),
        parameter="true refuses a list that holds one value twice",
        json_schema=lambda parameter: {"uniqueItems": parameter},
    ),
)
