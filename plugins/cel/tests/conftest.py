"""A schema's worth of types, and ways to compile and evaluate expressions over them."""

from __future__ import annotations

import pytest

from jsonattrs_cel.language import LANGUAGE
from jsonattrs_core import Invalid, Registry
from jsonattrs_core.records import ValueType

_REGISTRY = Registry.from_plugins({})
#: Names of attributes and their base types; a star makes a list of it.
_TYPES = {
    "a": "integer",
    "b": "integer",
    "price": "decimal",
    "weight": "float",
    "name": "text",
    "note": "text",
    "open": "boolean",
    "born": "date",
    "seen": "datetime",
    "starts": "time",
    "takes": "duration",
    "ref": "uuid",
    "plot": "object",
    "counts": "integer*",
    "prices": "decimal*",
    "weights": "float*",
    "tags": "text*",
    "flags": "boolean*",
    "days": "date*",
    "moments": "datetime*",
    "hours": "time*",
    "spans": "duration*",
    "refs": "uuid*",
    "plots": "object*",
    # Names that mean something else in CEL, or in this language.
    "type": "text",
    "int": "integer",
    "list": "text*",
    "for": "integer",
    "today": "date",
    "now": "datetime",
    "date": "date",
    "attr": "integer",
    "given": "text",
    "size": "integer",
    "matches": "boolean",
    "has": "integer",
}


def types_of(**names):
    """Return what a rule language is told about attributes of these base types."""
    return {name: ValueType(_REGISTRY.base_types[base.rstrip("*")], base.endswith("*")) for name, base in names.items()}


@pytest.fixture(scope="session")
def types():
    return types_of(**_TYPES)


@pytest.fixture(scope="session")
def make_types():
    return types_of


@pytest.fixture(scope="session")
def compiled(types):
    return lambda expression: LANGUAGE.compile(expression, types, bool)


@pytest.fixture(scope="session")
def outcome(compiled):
    """Return the outcome of an expression over values; "rule" where it cannot be evaluated."""

    def evaluated(expression, values):
        try:
            return compiled(expression).evaluate(values)
        except Invalid as error:
            return error if error.params else error.code

    return evaluated
