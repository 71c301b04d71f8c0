"""jsonattrs: attributes that the users of an application decide on, and stored values that obey them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonattrs_core.cli.errors import CannotRun
    from jsonattrs_core.cli.readers import open_records
    from jsonattrs_core.compiler.result import Result
    from jsonattrs_core.compiler.validator import Validator
    from jsonattrs_core.composed import ComposedSchema, compose
    from jsonattrs_core.definitions import Attribute, Choice, Rule
    from jsonattrs_core.errors import Invalid, InvalidParts, JSONAttrsError, PluginError, SchemaError, ValidationError
    from jsonattrs_core.hookspecs import hookimpl
    from jsonattrs_core.limits import Limits
    from jsonattrs_core.messages import Problem, render
    from jsonattrs_core.records import BaseType, Constraint, RuleLanguage, Subtype, TextFormat
    from jsonattrs_core.registry import Registry, default_registry
    from jsonattrs_core.schema import Schema
    from jsonattrs_core.selectors import applicable
    from jsonattrs_core.values import UNSET, fold_digits, text_in
    from jsonattrs_core.xlsform import Omission, XLSForm, to_xlsform

__all__ = [
    "UNSET",
    "Attribute",
    "BaseType",
    "CannotRun",
    "Choice",
    "ComposedSchema",
    "Constraint",
    "Invalid",
    "InvalidParts",
    "JSONAttrsError",
    "Limits",
    "Omission",
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
    "XLSForm",
    "applicable",
    "compose",
    "default_registry",
    "fold_digits",
    "hookimpl",
    "open_records",
    "render",
    "text_in",
    "to_xlsform",
]

#: Where each public name is. Modules are imported when one of their names is first asked for, since every process pays
#: for them: a plugin's table needs no compiler, and making a registry needs no composition (docs/decisions/0013).
_MODULES = {
    "Attribute": "jsonattrs_core.definitions",
    "BaseType": "jsonattrs_core.records",
    "CannotRun": "jsonattrs_core.cli.errors",
    "Choice": "jsonattrs_core.definitions",
    "ComposedSchema": "jsonattrs_core.composed",
    "Constraint": "jsonattrs_core.records",
    "Invalid": "jsonattrs_core.errors",
    "InvalidParts": "jsonattrs_core.errors",
    "JSONAttrsError": "jsonattrs_core.errors",
    "Limits": "jsonattrs_core.limits",
    "Omission": "jsonattrs_core.xlsform",
    "PluginError": "jsonattrs_core.errors",
    "Problem": "jsonattrs_core.messages",
    "Registry": "jsonattrs_core.registry",
    "Result": "jsonattrs_core.compiler.result",
    "Rule": "jsonattrs_core.definitions",
    "RuleLanguage": "jsonattrs_core.records",
    "Schema": "jsonattrs_core.schema",
    "SchemaError": "jsonattrs_core.errors",
    "Subtype": "jsonattrs_core.records",
    "TextFormat": "jsonattrs_core.records",
    "UNSET": "jsonattrs_core.values",
    "ValidationError": "jsonattrs_core.errors",
    "Validator": "jsonattrs_core.compiler.validator",
    "XLSForm": "jsonattrs_core.xlsform",
    "applicable": "jsonattrs_core.selectors",
    "compose": "jsonattrs_core.composed",
    "default_registry": "jsonattrs_core.registry",
    "fold_digits": "jsonattrs_core.values",
    "hookimpl": "jsonattrs_core.hookspecs",
    "open_records": "jsonattrs_core.cli.readers",
    "render": "jsonattrs_core.messages",
    "text_in": "jsonattrs_core.values",
    "to_xlsform": "jsonattrs_core.xlsform",
}


if not TYPE_CHECKING:  # type checkers know the names from above, and complain about others

    def __getattr__(name: str) -> Any:
        if name in _MODULES:
            found = getattr(import_module(_MODULES[name]), name)
            globals()[name] = found
            return found
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
