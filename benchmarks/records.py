"""The record of ten attributes, its schema, and the variants of it that are timed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from benchmarks import subtypes
from jsonattrs_core import Attribute, Registry, Schema, Validator, compose

__all__ = ["EDUCATION", "REFUSED", "SCHEMA", "VALID", "validator"]

Record = Mapping[str, Any]

EDUCATION = ("none", "primary", "secondary", "tertiary", "other")

SCHEMA = Schema(
    "benchmark",
    [
        Attribute("born", "date", required=True),
        Attribute("post_code", "text", subtype="bench-post-code", required=True),
        Attribute("score", "float", constraints={"min": 0}, required=True),
        Attribute("education", "text", choices=EDUCATION, required=True),
        Attribute("name", "text", constraints={"max_length": 100}, required=True),
        Attribute("household", "integer", constraints={"min": 1, "max": 30}, required=True),
        Attribute("number", "text", subtype="bench-number", required=True),
        Attribute("active", "boolean", required=True),
        Attribute("area", "decimal", required=True),
        Attribute("notes", "text"),
    ],
)

_ASCII: dict[str, Any] = {
    "born": "1984-02-29",
    "post_code": "ab12 3cd",
    "score": 3.5,
    "education": "primary",
    "name": "Siti Rahma",
    "household": 4,
    "number": "078-05-1120",
    "active": True,
    "area": "1250.50",
    "notes": "Lives by the river.",
}

#: Records that are accepted, by what is special about them.
VALID: Mapping[str, Record] = {
    "valid, ASCII": _ASCII,
    "valid, two texts not ASCII": {**_ASCII, "name": "Siti Rahmá Ñandú", "notes": "Über den Fluß gezogen, zahlt 450 €"},
    "valid, optional attribute missing": {name: value for name, value in _ASCII.items() if name != "notes"},
}

#: Records with three problems each, by which they are.
REFUSED: Mapping[str, Record] = {
    "three problems: no such date, two limits": {**_ASCII, "born": "1984-02-30", "score": -1.0, "household": 99},
    "three problems: missing, choice, function": {
        **{name: value for name, value in _ASCII.items() if name != "active"},
        "education": "doctor",
        "number": "078-05",
    },
}


@cache
def validator() -> Validator:
    """Return the compiled validator of the record."""
    return compose(SCHEMA).compile(Registry.from_plugins([subtypes]))
