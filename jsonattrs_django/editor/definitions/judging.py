"""What the engine finds wrong with a draft: with one definition of it, and with others because of that."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst

from jsonattrs_core import JSONAttrsError, Schema, SchemaError, compose
from jsonattrs_django.registry import registry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from jsonattrs_django.editor.drafts import Draft

__all__ = ["Judgement", "faults_in", "faults_of_group", "faults_of_rule", "judged"]

#: What a fault of a rule begins with.
_ABOUT_RULE = re.compile(r"(?s)\Arule .*?: (?=line \d+, column|its |no attribute|unknown rule language)")


@dataclass
class Judgement:
    """What is wrong."""

    own: list[Any] = field(default_factory=list)  #: with the definition
    others: list[str] = field(default_factory=list)  #: with others, which were well before


def faults_in(draft: Draft) -> list[Any]:
    """Return everything that is wrong with a draft over what it inherits."""
    return _faults(draft, draft.document)


def _faults(draft: Draft, document: Mapping[str, Any]) -> list[Any]:
    try:
        compose(*draft.general, Schema.from_document(document)).compile(registry())
    except SchemaError as error:
        return [*error.faults]
    except JSONAttrsError as error:  # a plugin is missing or broken
        return [str(error)]
    return []


def judged(draft: Draft, names: Collection[str], before: Iterable[Any]) -> Judgement:
    """Return what is wrong with the attribute of these names, and what is newly wrong with others.

    ``before`` is what was wrong before the definition was put into the draft.
    """
    found, known = Judgement(), {str(fault) for fault in before}
    for fault in faults_in(draft):
        if _attribute_of(fault) in names or (isinstance(fault, str) and str(fault) not in known):
            found.own.append(fault)
        elif str(fault) not in known:
            found.others.append(str(fault))
    return found


def _attribute_of(fault: Any) -> str | None:
    return getattr(fault, "attribute", None)


def faults_of_rule(draft: Draft, rule: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with a rule, without what it is called by: the page shows it."""
    said = {**rule, "message": rule.get("message") or "-"}  # the form says that there is none
    return [capfirst(_ABOUT_RULE.sub("", text)) for text in _added(draft, rules=[said])]


def faults_of_group(draft: Draft, names: list[str]) -> list[str]:
    """Return what is wrong with attributes that are to be unique together."""
    return _added(draft, unique_together=[names])


def _added(draft: Draft, **more: Any) -> list[str]:
    """Return what is wrong with a draft that has these rules or groups, and is not without any."""
    without = {**draft.document, "rules": [], "unique_together": []}
    known = {str(fault) for fault in _faults(draft, without)}
    found = (fault for fault in _faults(draft, without | more) if str(fault) not in known)
    return [getattr(fault, "message", str(fault)) for fault in found]
