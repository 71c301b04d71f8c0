"""The hooks: how a plugin hands its records over.

Hooks are called once, while a registry is built; none is ever called for a value. A plugin implements those it needs,
each decorated with :data:`hookimpl`; each returns a list of frozen records, and an empty list means that it has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonattrs_core.records import BaseType, Constraint, RuleLanguage, Subtype, TextFormat

__all__ = [
    "API_VERSION",
    "hookimpl",
    "jsonattrs_base_types",
    "jsonattrs_constraints",
    "jsonattrs_rule_languages",
    "jsonattrs_subtypes",
    "jsonattrs_text_formats",
]

#: Version of the plugin API. A plugin that needs a newer one says so with ``JSONATTRS_API = 2`` in its module.
API_VERSION = 1

#: Marks a function of a plugin as the implementation of the hook of the same name.
hookimpl = pluggy.HookimplMarker("jsonattrs")
_hookspec = pluggy.HookspecMarker("jsonattrs")


@_hookspec
def jsonattrs_base_types() -> Iterable[BaseType]:
    """Return the base types of this plugin.

    Called once by each registry that is built, before any schema is compiled. Two providers of one name are a
    :class:`~jsonattrs_core.PluginError`, unless one of them is preferred or blocked.
    """
    raise AssertionError("a specification is never called")


@_hookspec
def jsonattrs_subtypes() -> Iterable[Subtype]:
    """Return the subtypes of this plugin.

    Called once by each registry that is built. The functions that the records name are not imported then, but when a
    schema that uses them is first compiled. Two providers of one name are decided by the attribute's pin, then the
    registry's preference, then the records' priority; equal priorities are an error for a schema that uses the name.
    """
    raise AssertionError("a specification is never called")


@_hookspec
def jsonattrs_constraints() -> Iterable[Constraint]:
    """Return the constraints of this plugin.

    Called once by each registry that is built. Two providers of one name are a :class:`~jsonattrs_core.PluginError`,
    unless one of them is preferred or blocked.
    """
    raise AssertionError("a specification is never called")


@_hookspec
def jsonattrs_rule_languages() -> Iterable[RuleLanguage]:
    """Return the rule languages of this plugin.

    Called once by each registry that is built. Two providers of one name are a :class:`~jsonattrs_core.PluginError`,
    unless one of them is preferred or blocked.
    """
    raise AssertionError("a specification is never called")


@_hookspec
def jsonattrs_text_formats() -> Iterable[TextFormat]:
    """Return how this plugin reads and writes the values of base types as texts in people's languages.

    Called once by each registry that is built. A text format takes the place of its base type's own reader and writer;
    its functions are imported when a text is first read or written. Two providers of one base type are a
    :class:`~jsonattrs_core.PluginError`, unless one of them is preferred or blocked.
    """
    raise AssertionError("a specification is never called")
