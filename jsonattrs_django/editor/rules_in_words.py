"""The rules of a composed schema, and what is unique together, each with the schema that it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jsonattrs_core import text_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jsonattrs_core import ComposedSchema, Schema
    from jsonattrs_django.editor.phrases import Phrases

__all__ = ["RuleInWords", "rules_in_words"]


class RuleInWords(NamedTuple):
    """A rule, or a group of attributes that are unique together."""

    message: str
    expression: str
    origin: str  #: the name of a schema, nothing where names of attributes have changed since
    is_warning: bool = False


def rules_in_words(schema: ComposedSchema, phrases: Phrases) -> list[RuleInWords]:
    """Return what must hold across attributes, in the active language."""
    language = get_language()
    rules = [
        RuleInWords(
            text_in(rule.message, language, schema.default_language),
            rule.expression,
            _origin(schema, rule.expression, lambda each: [said.expression for said in each.rules]),
            rule.severity == "warning",
        )
        for rule in schema.rules
    ]
    return [*rules, *(_unique(schema, names, phrases) for names in schema.unique_together)]


def _unique(schema: ComposedSchema, names: tuple[str, ...], phrases: Phrases) -> RuleInWords:
    labels = ", ".join(phrases.label(name) or name for name in names)
    origin = _origin(schema, names, lambda each: each.unique_together)
    return RuleInWords(_("Unique together: %(labels)s") % {"labels": labels}, "", origin)


def _origin(schema: ComposedSchema, what: object, said_by: Callable[[Schema], Iterable[object]]) -> str:
    """Return the name of the most general schema that says something."""
    return next((each.name for each in schema.schemas if what in said_by(each)), "")
