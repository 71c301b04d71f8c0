"""The same record in pydantic-core, marshmallow, jsonschema and cerberus.

Each collects all problems, strips the texts, calls the same two functions and gives typed values. Where a library does
not do a part of that by itself, the part is added here in the cheapest way that it offers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import cerberus
import jsonschema
import marshmallow
import pydantic_core
from marshmallow import fields, validate
from pydantic_core import core_schema

from benchmarks.functions import make_functions
from benchmarks.records import EDUCATION, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["CERBERUS", "JSONSCHEMA", "MARSHMALLOW", "PEERS", "PYDANTIC", "Peer", "Refused"]


class Refused(Exception):
    """A peer found problems in a record; they are its argument."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A library at work on the record."""

    name: str
    accept: Callable[[Record], Mapping[str, Any]]  #: returns the typed values of a record without problems
    refuse: Callable[[Record], Any]  #: returns all problems of another, in the library's own form
    attributes: Callable[[Any], set[str]]  #: names of the attributes that those problems are about


# ---- pydantic-core ----


def _pydantic() -> Peer:
    post_code, number = make_functions(ValueError)
    field = core_schema.typed_dict_field
    text = core_schema.str_schema
    function = core_schema.no_info_after_validator_function
    schema = core_schema.typed_dict_schema(
        {
            "born": field(core_schema.date_schema()),
            "post_code": field(function(post_code, text())),
            "score": field(core_schema.float_schema(ge=0)),
            "education": field(core_schema.literal_schema(list(EDUCATION))),
            "name": field(text(max_length=100)),
            "household": field(core_schema.int_schema(ge=1, le=30)),
            "number": field(function(number, text())),
            "active": field(core_schema.bool_schema()),
            "area": field(core_schema.decimal_schema()),
            "notes": field(text(), required=False),
        },
        extra_behavior="forbid",
        config=core_schema.CoreConfig(str_strip_whitespace=True),  # SchemaValidator's own does not reach the fields
    )
    accept = pydantic_core.SchemaValidator(schema).validate_python

    def refuse(record: Record) -> list[Any]:
        try:
            accept(record)
        except pydantic_core.ValidationError as error:
            return error.errors()
        return []

    return Peer("pydantic-core", accept, refuse, lambda errors: {error["loc"][0] for error in errors})


# ---- marshmallow ----


class _Text(fields.String):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        return super()._deserialize(value, attr, data, **kwargs).strip()


class _Checked(_Text):
    def __init__(self, function: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._function = function

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        return self._function(super()._deserialize(value, attr, data, **kwargs))


def _marshmallow() -> Peer:
    post_code, number = make_functions(marshmallow.ValidationError)
    schema = marshmallow.Schema.from_dict(
        {
            "born": fields.Date(required=True),
            "post_code": _Checked(post_code, required=True),
            "score": fields.Float(required=True, validate=validate.Range(min=0)),
            "education": _Text(required=True, validate=validate.OneOf(EDUCATION)),
            "name": _Text(required=True, validate=validate.Length(max=100)),
            "household": fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=30)),
            "number": _Checked(number, required=True),
            "active": fields.Boolean(required=True),
            "area": fields.Decimal(required=True),
            "notes": _Text(),
        }
    )(unknown=marshmallow.RAISE)

    def refuse(record: Record) -> Any:
        try:
            schema.load(record)
        except marshmallow.ValidationError as error:
            return error.messages
        return {}

    return Peer("marshmallow", schema.load, refuse, set)


# ---- jsonschema ----

_STRING = {"type": "string"}

_JSON_SCHEMA: Mapping[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": {
        "born": _STRING,
        "post_code": _STRING,
        "score": {"type": "number", "minimum": 0},
        "education": {"enum": list(EDUCATION)},
        "name": {"type": "string", "maxLength": 100},
        "household": {"type": "integer", "minimum": 1, "maximum": 30},
        "number": _STRING,
        "active": {"type": "boolean"},
        "area": _STRING,
        "notes": _STRING,
    },
    "required": ["born", "post_code", "score", "education", "name", "household", "number", "active", "area"],
    "additionalProperties": False,
}


def _jsonschema() -> Peer:
    post_code, number = make_functions(ValueError)
    find = jsonschema.Draft202012Validator(_JSON_SCHEMA).iter_errors
    readers = {"born": date.fromisoformat, "post_code": post_code, "number": number, "area": Decimal}

    def work(record: Record) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        values = {name: value.strip() if value.__class__ is str else value for name, value in record.items()}
        problems = [(_where(error, record), error.message) for error in find(values)]
        for name, read in readers.items():
            if values.get(name).__class__ is str:
                try:
                    values[name] = read(values[name])
                except (ValueError, ArithmeticError) as error:
                    problems.append((name, str(error)))
        return values, problems

    def accept(record: Record) -> dict[str, Any]:
        values, problems = work(record)
        if problems:
            raise Refused(problems)
        return values

    return Peer("jsonschema", accept, lambda record: work(record)[1], lambda problems: {name for name, _ in problems})


def _where(error: jsonschema.ValidationError, record: Record) -> str:
    if error.path:
        return str(error.path[0])
    known, required = _JSON_SCHEMA["properties"], _JSON_SCHEMA["required"]
    if error.validator == "required":
        return next(name for name in required if name not in record and repr(name) in error.message)
    return next(name for name in record if name not in known)


# ---- cerberus ----


class _Validator(cerberus.Validator):
    types_mapping = cerberus.Validator.types_mapping | {"decimal": cerberus.TypeDefinition("decimal", (Decimal,), ())}


def _cerberus() -> Peer:
    post_code, number = make_functions(ValueError)
    text = {"type": "string", "coerce": str.strip}
    schema = {
        "born": {"type": "date", "coerce": date.fromisoformat},
        "post_code": {"type": "string", "coerce": (str.strip, post_code)},
        "score": {"type": "float", "min": 0},
        "education": {**text, "allowed": EDUCATION},
        "name": {**text, "maxlength": 100},
        "household": {"type": "integer", "min": 1, "max": 30},
        "number": {"type": "string", "coerce": (str.strip, number)},
        "active": {"type": "boolean"},
        "area": {"type": "decimal", "coerce": Decimal},
        "notes": {**text, "required": False},
    }
    validator = _Validator(schema, require_all=True)

    def accept(record: Record) -> Mapping[str, Any]:
        if not validator(record):
            raise Refused(validator.errors)
        return validator.document

    def refuse(record: Record) -> Any:
        validator(record)
        return validator.errors

    return Peer("cerberus", accept, refuse, set)


PYDANTIC = _pydantic()
MARSHMALLOW = _marshmallow()
JSONSCHEMA = _jsonschema()
CERBERUS = _cerberus()

#: Every library that jsonattrs is compared with.
PEERS = (PYDANTIC, MARSHMALLOW, JSONSCHEMA, CERBERUS)
