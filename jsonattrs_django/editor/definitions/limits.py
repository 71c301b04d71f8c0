"""The part that says which values of its type an attribute takes: constraints, as labelled inputs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from jsonattrs_core import JSONAttrsError
from jsonattrs_django.editor.definitions.limit_inputs import limit_input, limit_value
from jsonattrs_django.editor.definitions.parts import NONE, Part
from jsonattrs_django.editor.definitions.sending import is_as_shown
from jsonattrs_django.registry import registry

if TYPE_CHECKING:
    from jsonattrs_django.editor.definitions.source import Source

__all__ = ["LIMIT", "LimitsPart", "fitting_limits"]

#: The beginning of the names of the controls.
LIMIT = "limit__"


class LimitsPart(Part):
    """The constraints of the type that was chosen, of its subtype and, where there are several values, of lists.

    What else the definition says has a control as well, so that nothing is lost.
    """

    def __init__(self) -> None:
        super().__init__("constraints")

    def names(self, source: Source) -> list[str]:
        """Return the constraints that the type takes, and whatever else the definition has."""
        base = registry().base_types.get(source.type)
        found = [] if base is None else [*base.constraints]
        found += _of_subtype(source)
        if source.is_multiple:
            found += [name for name, each in registry().constraints.items() if "*" in each.bases and "@" not in name]
        return [*dict.fromkeys([*found, *_own(source), *_below(source)])]

    def fields(self, source: Source) -> dict[str, forms.Field]:
        """Return a control for each constraint, and boxes that take inherited ones away."""
        found: dict[str, forms.Field] = {}
        own, below = _own(source), _below(source)
        for name in self.names(source):
            found[f"{LIMIT}{name}"] = limit_input(name, own.get(name), source)
            if name in below:
                found[f"{LIMIT}{name}{NONE}"] = forms.BooleanField(
                    required=False,
                    label=_("Without this limit here, whatever is inherited"),
                    initial=name in own and own[name] is None,
                )
        return found

    def take(self, definition: dict[str, Any], given: Mapping[str, Any], source: Source) -> None:
        """Say the constraints: those whose control is as it was stay exactly as they are."""
        shown = self.fields(source)
        found = dict(_own(source))
        for name in self.names(source):
            key, none = f"{LIMIT}{name}", f"{LIMIT}{name}{NONE}"
            text = (given.get(key) or "").replace("\r\n", "\n")
            if all(is_as_shown(shown[each], given.get(each)) for each in (key, none) if each in shown):
                continue
            found.pop(name, None)
            if text.strip():
                found[name] = limit_value(name, text, source)
            elif given.get(none):
                found[name] = None
        self.said(definition, found or None)


def fitting_limits(given: Mapping[str, Any], base: str) -> dict[str, Any]:
    """Return constraints without those that are known to be for other base types."""
    known = registry().constraints
    return {
        name: value
        for name, value in given.items()
        if name not in known or base in known[name].bases or "*" in known[name].bases
    }


def _of_subtype(source: Source) -> list[str]:
    name = source.definition.get("subtype") or source.below("subtype")
    try:
        return [*registry().subtype(name, source.type).record.params] if isinstance(name, str) else []
    except JSONAttrsError:
        return []


def _own(source: Source) -> Mapping[str, Any]:
    found = source.definition.get("constraints")
    return found if isinstance(found, Mapping) else {}


def _below(source: Source) -> Mapping[str, Any]:
    found = source.below("constraints")
    return found if isinstance(found, Mapping) else {}
