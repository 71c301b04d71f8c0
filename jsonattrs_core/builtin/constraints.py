"""The table of the built-in constraints; as with the base types, functions are named and not imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonattrs_core.records import Constraint

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CONSTRAINTS"]

_PACKAGE = "jsonattrs_core.builtin"
_LENGTHS = f"{_PACKAGE}.lengths"
_LIMITS = f"{_PACKAGE}.limits"
_PATTERNS = f"{_PACKAGE}.patterns"

_ORDERED = ("integer", "float", "decimal", "date", "datetime", "time", "duration")
_WORDS = "of the attribute's type; for a date also such as today-18y, for a datetime such as now+2h"


def _keyword(name: str) -> Callable[[Any], dict[str, Any]]:
    return lambda parameter: {name: parameter}


def _number_keyword(name: str) -> Callable[[Any], dict[str, Any]]:
    def keywords(parameter: Any) -> dict[str, Any]:
        numeric = isinstance(parameter, int | float) and not isinstance(parameter, bool)
        return {name: parameter} if numeric else {}

    return keywords


CONSTRAINTS = (
    Constraint(
        "min_length",
        bases=("text",),
        load=f"{_LENGTHS}:load_min_length",
        codes=("min_length",),
        parameter="the least number of characters",
        json_schema=_keyword("minLength"),
    ),
    Constraint(
        "max_length",
        bases=("text",),
        load=f"{_LENGTHS}:load_max_length",
        codes=("max_length",),
        parameter="the greatest number of characters",
        json_schema=_keyword("maxLength"),
    ),
    Constraint(
        "pattern",
        bases=("text",),
        load=f"{_PATTERNS}:load_pattern",
        codes=("pattern",),
        parameter="a regular expression in RE2 syntax of at most 500 characters, which matches the whole text",
        json_schema=f"{_LENGTHS}:pattern_keyword",
    ),
    Constraint(
        "strip",
        bases=("text",),
        load=f"{_LENGTHS}:load_option",
        parameter="false keeps the white space around a text; it is removed otherwise",
    ),
    Constraint(
        "multiline",
        bases=("text",),
        load=f"{_LENGTHS}:load_option",
        parameter="true allows line breaks and tabs",
    ),
    Constraint(
        "min",
        bases=_ORDERED,
        with_base=True,
        load=f"{_LIMITS}:load_min",
        codes=("min",),
        parameter=f"the least value, {_WORDS}",
        json_schema=_number_keyword("minimum"),
    ),
    Constraint(
        "max",
        bases=_ORDERED,
        with_base=True,
        load=f"{_LIMITS}:load_max",
        codes=("max",),
        parameter=f"the greatest value, {_WORDS}",
        json_schema=_number_keyword("maximum"),
    ),
    Constraint(
        "exclusive_min",
        bases=("float",),
        with_base=True,
        load=f"{_LIMITS}:load_exclusive_min",
        codes=("exclusive_min",),
        parameter="a number that the value must exceed",
        json_schema=_number_keyword("exclusiveMinimum"),
    ),
    Constraint(
        "exclusive_max",
        bases=("float",),
        with_base=True,
        load=f"{_LIMITS}:load_exclusive_max",
        codes=("exclusive_max",),
        parameter="a number that the value must stay under",
        json_schema=_number_keyword("exclusiveMaximum"),
    ),
    Constraint(
        "multiple_of",
        bases=("integer",),
        load=f"{_LIMITS}:load_multiple_of",
        codes=("multiple_of",),
        parameter="a whole number above 0 that divides the value",
        json_schema=_number_keyword("multipleOf"),
    ),
    Constraint(
        "max_digits",
        bases=("decimal",),
        load=f"{_LIMITS}:load_max_digits",
        codes=("max_digits",),
        parameter="most digits on both sides of the point together; zeros at the end do not count",
    ),
    Constraint(
        "decimal_places",
        bases=("decimal",),
        load=f"{_LIMITS}:load_decimal_places",
        codes=("decimal_places",),
        parameter="most digits after the point; zeros at the end do not count",
    ),
    Constraint(
        "min_items",
        bases=("*",),
        whole=True,
        load=f"{_LENGTHS}:load_min_items",
        codes=("min_items",),
        parameter="the least number of values of a multiple attribute",
        json_schema=_keyword("minItems"),
    ),
    Constraint(
        "max_items",
        bases=("*",),
        whole=True,
        load=f"{_LENGTHS}:load_max_items",
        codes=("max_items",),
        parameter="the greatest number of values of a multiple attribute",
        json_schema=_keyword("maxItems"),
    ),
    Constraint(
        "unique_items",
        bases=("*",),
        whole=True,
        with_base=True,
        load=f"{_LENGTHS}:load_unique_items",
        codes=("unique_items",),
        parameter="true refuses a list that holds one value twice",
        json_schema=_keyword("uniqueItems"),
    ),
    Constraint(
        "json_schema",
        bases=("object",),
        load=f"{_PACKAGE}.nested.schema:load_json_schema",
        codes=(
            "required",
            "unknown",
            "type",
            "choice",
            "min",
            "max",
            "exclusive_min",
            "exclusive_max",
            "multiple_of",
            "min_length",
            "max_length",
            "pattern",
            "min_items",
            "max_items",
            "unique_items",
            "component",
            "too_large",
        ),
        parameter="a JSON Schema (2020-12) that refers to nothing outside itself",
        json_schema=f"{_PACKAGE}.nested.schema:schema_keyword",
    ),
)
