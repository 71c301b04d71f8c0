"""The table of the built-in base types: what they are, and where the functions are that do the work.

Functions are named and not imported: a process that makes a registry pays for those types that its schemas use.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from jsonattrs_core.records import BaseType, resolve

if TYPE_CHECKING:
    from jsonattrs_core.definitions import Attribute
    from jsonattrs_core.limits import Limits
    from jsonattrs_core.records import Check

__all__ = ["BASE_TYPES", "object_type"]

_PACKAGE = "jsonattrs_core.builtin"
_TEXT = f"{_PACKAGE}.text"
_NUMBERS = f"{_PACKAGE}.numbers"
_SIMPLE = f"{_PACKAGE}.simple"
_MOMENTS = f"{_PACKAGE}.moments"
_OBJECTS = f"{_PACKAGE}.objects"

#: The forms of moments as JSON Schema has them; whether the calendar has such a day is left to ``format``.
_DATE = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"
_DATETIME = rf"{_DATE[:-1]}[Tt]{_CLOCK}:[0-5][0-9](\.[0-9]{{1,6}})?([Zz]|[+-]{_CLOCK})$"
_DURATION = (
    r"^-?P([0-9]{1,9}W)?([0-9]{1,10}D)?"
    r"(T([0-9]{1,11}H)?([0-9]{1,13}M)?([0-9]{1,15}(\.[0-9]{1,6})?S)?)?$"
)

#: All but ``object``, in the order in which lists show them.
BASE_TYPES = (
    BaseType(
        "text",
        python=str,
        json="string",
        check=f"{_TEXT}:make_text_check",
        factory=True,
        from_text=f"{_TEXT}:from_text",
        dump=str,
        load=f"{_TEXT}:load_text",
        canonical=str,
        constraints=("min_length", "max_length", "pattern", "strip", "multiline"),
        json_schema=f"{_TEXT}:text_keywords",
        label="Text",
        summary="Text of at most 100,000 characters, in Unicode's normal form C, without space around it.",
    ),
    BaseType(
        "integer",
        python=int,
        json="number",
        check=f"{_NUMBERS}:check_integer",
        from_text=f"{_NUMBERS}:whole_from_text",
        dump=int,
        load=f"{_NUMBERS}:check_integer",
        canonical=str,
        constraints=("min", "max", "multiple_of"),
        json_schema={"type": "integer", "minimum": -(2**63), "maximum": 2**63 - 1},
        label="Whole number",
        summary="A whole number of at most 64 bits; 3.0 is 3.",
    ),
    BaseType(
        "float",
        python=float,
        json="number",
        check=f"{_NUMBERS}:check_float",
        from_text=f"{_NUMBERS}:float_from_text",
        to_text=f"{_NUMBERS}:float_to_text",
        dump=float,
        load=f"{_NUMBERS}:load_float",
        canonical=repr,
        constraints=("min", "max", "exclusive_min", "exclusive_max"),
        json_schema={"type": "number"},
        label="Number",
        summary="A finite number of double precision, about 15 digits.",
    ),
    BaseType(
        "decimal",
        python="decimal:Decimal",
        json="string",
        check=f"{_NUMBERS}:check_decimal",
        from_text=f"{_NUMBERS}:decimal_from_text",
        to_text=f"{_NUMBERS}:decimal_to_text",
        dump=f"{_NUMBERS}:dump_decimal",
        load=f"{_NUMBERS}:check_decimal",
        canonical=f"{_NUMBERS}:canonical_decimal",
        constraints=("max_digits", "decimal_places", "min", "max"),
        json_schema={"type": "string", "pattern": r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$"},
        label="Decimal number",
        summary="An exact decimal number of at most 100 digits on either side of the point, stored as a string.",
    ),
    BaseType(
        "boolean",
        python=bool,
        json="boolean",
        check=f"{_SIMPLE}:check_boolean",
        from_text=f"{_SIMPLE}:boolean_from_text",
        dump=f"{_SIMPLE}:dump_boolean",
        load=f"{_SIMPLE}:check_boolean",
        canonical=f"{_SIMPLE}:canonical_boolean",
        json_schema={"type": "boolean"},
        label="Yes or no",
        summary="True or false.",
    ),
    BaseType(
        "date",
        python="datetime:date",
        json="string",
        check=f"{_MOMENTS}:check_date",
        from_text=f"{_MOMENTS}:as_written",
        dump=f"{_MOMENTS}:iso",
        load=f"{_MOMENTS}:check_date",
        canonical=f"{_MOMENTS}:iso",
        constraints=("min", "max"),
        named={"today": f"{_MOMENTS}:today"},
        json_schema={"type": "string", "format": "date", "pattern": _DATE},
        label="Date",
        summary="A day of the calendar, YYYY-MM-DD.",
    ),
    BaseType(
        "datetime",
        python="datetime:datetime",
        json="string",
        check=f"{_MOMENTS}:check_datetime",
        from_text=f"{_MOMENTS}:as_written",
        dump=f"{_MOMENTS}:dump_datetime",
        load=f"{_MOMENTS}:check_datetime",
        canonical=f"{_MOMENTS}:dump_datetime",
        constraints=("min", "max"),
        named={"now": f"{_MOMENTS}:now"},
        json_schema={"type": "string", "format": "date-time", "pattern": _DATETIME},
        label="Date and time",
        summary="A moment with its offset from UTC, as in RFC 3339; stored in UTC.",
    ),
    BaseType(
        "time",
        python="datetime:time",
        json="string",
        check=f"{_MOMENTS}:check_time",
        from_text=f"{_MOMENTS}:as_written",
        dump=f"{_MOMENTS}:iso",
        load=f"{_MOMENTS}:check_time",
        canonical=f"{_MOMENTS}:iso",
        constraints=("min", "max"),
        json_schema={"type": "string", "pattern": r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?$"},
        label="Time of day",
        summary="A time of day without a zone, HH:MM or HH:MM:SS.",
    ),
    BaseType(
        "duration",
        python="datetime:timedelta",
        json="string",
        check=f"{_MOMENTS}:check_duration",
        from_text=f"{_MOMENTS}:as_written",
        dump=f"{_MOMENTS}:dump_duration",
        load=f"{_MOMENTS}:check_duration",
        canonical=f"{_MOMENTS}:dump_duration",
        constraints=("min", "max"),
        json_schema={"type": "string", "format": "duration", "pattern": _DURATION},
        label="Duration",
        summary="A length of time in weeks, days, hours, minutes and seconds, such as P1DT12H.",
    ),
    BaseType(
        "uuid",
        python="uuid:UUID",
        json="string",
        check=f"{_SIMPLE}:check_uuid",
        from_text=f"{_SIMPLE}:uuid_from_text",
        dump=str,
        load=f"{_SIMPLE}:check_uuid",
        canonical=str,
        named={"uuid4": f"{_SIMPLE}:new_uuid"},
        json_schema={
            "type": "string",
            "pattern": "^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})$",
        },
        label="UUID",
        summary="A universally unique identifier (RFC 9562).",
    ),
)


def object_type(limits: Limits) -> BaseType:
    """Return the base type ``object``, whose values stay within ``limits``."""
    return BaseType(
        "object",
        python=dict,
        json="object",
        check=partial(_object_check, limits),
        factory=True,
        from_text=f"{_OBJECTS}:from_text",
        dump=f"{_OBJECTS}:dump_object",
        load=f"{_OBJECTS}:load_object",
        canonical=f"{_OBJECTS}:canonical_json",
        constraints=("json_schema",),
        json_schema={"type": "object"},
        label="Object",
        summary=f"A JSON object of at most {limits.depth} levels and {limits.document_bytes:,} bytes.",
    )


def _object_check(limits: Limits, attribute: Attribute) -> Check:
    make: Any = resolve(f"{_OBJECTS}:object_check")
    return make(limits)  # type: ignore[no-any-return]  # a check
