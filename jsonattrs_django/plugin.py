"""What the adapter contributes through the core's own hooks: the base type ``reference`` and its constraints."""

from __future__ import annotations

from jsonattrs_core import BaseType, Constraint, hookimpl
from jsonattrs_django.messages import MESSAGES, PROVIDER

__all__ = ["NOT_FOUND", "jsonattrs_base_types", "jsonattrs_constraints"]

#: The problem of a reference to a record that is not there.
NOT_FOUND = f"{PROVIDER}.not_found"

_TYPE = "jsonattrs_django.references.type"

_REFERENCE = BaseType(
    "reference",
    python=f"{_TYPE}:Reference",
    json="string",
    check=f"{_TYPE}:make_check",
    factory=True,
    from_text=f"{_TYPE}:from_text",
    to_text=f"{_TYPE}:to_text",
    dump=f"{_TYPE}:dump",
    load=f"{_TYPE}:load",
    canonical=f"{_TYPE}:canonical",
    constraints=("model", "filter"),
    json_schema={"type": ["integer", "string"]},
    label="Reference",
    summary="A record of another model of the application, by its primary key.",
)

_MODEL = Constraint(
    "model",
    bases=("reference",),
    load=f"{_TYPE}:make_model",
    codes={NOT_FOUND: MESSAGES["not_found"]},
    parameter='the model that is referred to, as "app.Model"',
)

_FILTER = Constraint(
    "filter",
    bases=("reference",),
    load=f"{_TYPE}:make_filter",
    parameter="values that the record's own fields must have, such as {type: IN}; of a list, one of them",
)


@hookimpl
def jsonattrs_base_types() -> list[BaseType]:
    """Return the base type ``reference``."""
    return [_REFERENCE]


@hookimpl
def jsonattrs_constraints() -> list[Constraint]:
    """Return the constraints of references."""
    return [_MODEL, _FILTER]
