"""The part that says what an attribute holds: its base type, its subtype, one value or several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from jsonattrs_core import JSONAttrsError
from jsonattrs_django.editor.catalogue import entries, type_choices
from jsonattrs_django.editor.definitions.parts import NONE, Part, YesPart, none_here
from jsonattrs_django.editor.definitions.values import as_text
from jsonattrs_django.editor.definitions.widgets import SubtypeSelect
from jsonattrs_django.editor.words import type_title
from jsonattrs_django.registry import registry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonattrs_django.editor.definitions.source import Source

__all__ = ["is_subtype_of", "type_parts"]


class _Type(Part):
    """The base type, from a list with a word on each."""

    def fields(self, source: Source) -> dict[str, forms.Field]:
        """Return boxes of which one is chosen."""
        choices = type_choices()
        shown = as_text(source.definition.get("type"))
        if source.inherited is not None:
            below = type_title({"type": source.inherited.get("type")})
            choices = [("", _("as inherited: %(value)s") % {"value": below}), *choices]
        elif not shown:
            shown = "text"
        if shown not in dict(choices):
            choices.append((shown, _("%(name)s (not installed)") % {"name": shown}))
        made = forms.ChoiceField(
            required=False, choices=choices, label=_("Type"), initial=shown, widget=forms.RadioSelect
        )
        return {"type": made}

    def take(self, definition: dict[str, Any], given: Mapping[str, Any], source: Source) -> None:
        """Say the type."""
        self.said(definition, given.get("type") or None)


class _Subtype(Part):
    """The detailed type, from a list by country."""

    def fields(self, source: Source) -> dict[str, forms.Field]:
        """Return the list of the type's subtypes."""
        shown = as_text(source.definition.get("subtype"))
        below = source.below("subtype")
        known = entries(source.type)
        if below:
            title = type_title({"subtype": below, "type": source.type}).partition(": ")[2]
            first = [("", _("as inherited: %(value)s") % {"value": title})]
        else:
            first = [("", _("any value of the type"))]
        if shown and all(entry.value != shown for entry in known):
            first.append((shown, _unlisted(shown, source.type)))
        widget = SubtypeSelect(first, known)
        found: dict[str, forms.Field] = {
            "subtype": forms.ChoiceField(
                required=False,
                choices=widget.choices,
                label=_("Detailed type"),
                help_text=_("With one, values are checked as a country or a standard has it, such as its post codes."),
                initial=shown,
                widget=widget,
            )
        }
        if below is not None:
            found[f"subtype{NONE}"] = none_here("subtype" in source.definition and not source.definition["subtype"])
        return found

    def take(self, definition: dict[str, Any], given: Mapping[str, Any], source: Source) -> None:
        """Say the subtype."""
        if not given.get("subtype") and given.get(f"subtype{NONE}"):
            definition["subtype"] = None
        else:
            self.said(definition, given.get("subtype") or None)


def _unlisted(name: str, base: str) -> str:
    """Return what a subtype is called that the list does not offer: pinned without need, or not installed."""
    if is_subtype_of(name, base):
        record = registry().subtype(name, base).record
        return f"{record.label or record.name} ({name.partition('@')[2] or name})"
    return _("%(name)s (not installed, or of another type)") % {"name": name}


def is_subtype_of(name: str, base: str) -> bool:
    """Tell whether a base type has a subtype of this name, pinned or not."""
    try:
        return bool(registry().subtype(name, base))
    except JSONAttrsError:
        return False


def type_parts() -> list[Part]:
    """Return what an attribute holds."""
    return [
        _Type("type"),
        _Subtype("subtype"),
        YesPart("multiple", _("Several values"), _("A record has a list of them, such as telephone numbers.")),
    ]
