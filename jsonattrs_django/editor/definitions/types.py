"""The part that says what an attribute holds: its base type, its subtype, one value or several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from jsonattrs_django.editor.catalogue import subtype_groups, type_choices
from jsonattrs_django.editor.definitions.parts import Part, Source, YesPart
from jsonattrs_django.editor.definitions.values import as_text
from jsonattrs_django.editor.words import type_title

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["type_parts"]


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
            choices.append((shown, shown))
        return {
            "type": forms.ChoiceField(
                required=False, choices=choices, label=_("Type"), initial=shown, widget=forms.RadioSelect
            )
        }

    def take(self, definition: dict[str, Any], given: Mapping[str, Any], source: Source) -> None:
        """Say the type."""
        self.said(definition, given.get("type") or None)


class _Subtype(Part):
    """The detailed type, from a list by country."""

    def fields(self, source: Source) -> dict[str, forms.Field]:
        """Return the list of the type's subtypes."""
        shown = as_text(source.definition.get("subtype"))
        below = source.below("subtype")
        first = _("as inherited: %(value)s") % {"value": below} if below else _("any value of the type")
        groups: list[tuple[str, Any]] = [("", first), *subtype_groups(source.type)]
        known = {value for _title, several in groups[1:] for value, _label in several}
        if shown and shown not in known:
            groups.append((shown, _("%(name)s (not installed, or of another type)") % {"name": shown}))
        found: dict[str, forms.Field] = {
            "subtype": forms.ChoiceField(
                required=False,
                choices=groups,
                label=_("Detailed type"),
                help_text=_("With one, values are checked as their country or standard has it."),
                initial=shown,
                widget=forms.Select(attrs={"data-ja-subtypes": ""}),
            )
        }
        if below is not None:
            none = "subtype" in source.definition and source.definition["subtype"] is None
            label = _("none here, whatever is inherited")
            found["subtype__none"] = forms.BooleanField(required=False, label=label, initial=none)
        return found

    def take(self, definition: dict[str, Any], given: Mapping[str, Any], source: Source) -> None:
        """Say the subtype."""
        if not given.get("subtype") and given.get("subtype__none"):
            definition["subtype"] = None
        else:
            self.said(definition, given.get("subtype") or None)


def type_parts() -> list[Part]:
    """Return what an attribute holds."""
    return [
        _Type("type"),
        _Subtype("subtype"),
        YesPart("multiple", _("Several values"), _("A record has a list of them.")),
    ]
