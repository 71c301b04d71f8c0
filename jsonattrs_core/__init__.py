"""jsonattrs: attributes that the users of an application decide on, and stored values that obey them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from jsonattrs_core.compose import ComposedSchema, compose
from jsonattrs_core.definitions import Attribute, Choice, Rule
from jsonattrs_core.errors import Invalid, JSONAttrsError, PluginError, SchemaError, ValidationError
from jsonattrs_core.messages import Problem, render
from jsonattrs_core.records import BaseType, Constraint, RuleLanguage, Subtype, TextFormat
from jsonattrs_core.schema import Schema
from jsonattrs_core.values import UNSET, fold_digits

if TYPE_CHECKING:
    from jsonattrs_core.compiler.result import Result
    from jsonattrs_core.compiler.validator import Validator
    from jsonattrs_core.hookspecs import hookimpl
    from jsonattrs_core.registry import Registry, default_registry

__all__ = [
    "UNSET",
    "Attribute",
    "BaseType",
    "Choice",
    "ComposedSchema",
    "Constraint",
    "Invalid",
    "JSONAttrsError",
    "PluginError",
    "Problem",
    "Registry",
    "Result",
    "Rule",
    "RuleLanguage",
    "Schema",
    "SchemaError",
    "Subtype",
    "TextFormat",
    "ValidationError",
    "Validator",
    "compose",
    "default_registry",
    "fold_digits",
    "hookimpl",
    "render",
]

#: Names whose modules are imported when they are first asked for: they need pluggy, which takes as long to import as
#: all the rest.
_LATE = {
    "Registry": "jsonattrs_core.registry",
    "Result": "jsonattrs_core.compiler.result",
    "Validator": "jsonattrs_core.compiler.validator",
    "default_registry": "jsonattrs_core.registry",
    "hookimpl": "jsonattrs_core.hookspecs",
}


def __getattr__(name: str) -> Any:
    if name in _LATE:
        found = getattr(import_module(_LATE[name]), name)
        globals()[name] = found
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
