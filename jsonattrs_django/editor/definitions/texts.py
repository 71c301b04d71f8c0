"""The parts that say what an attribute is called, and how it lives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from jsonattrs_django.editor.definitions.parts import Part, StatesPart, TextPart, TextsPart, YesPart
from jsonattrs_django.editor.definitions.values import as_text
from jsonattrs_django.editor.words import status_title
from jsonattrs_django.registry import registry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonattrs_django.editor.definitions.source import Source

__all__ = ["GROUPS", "about_parts", "life_parts"]

#: The id of the list of sections in use.
GROUPS = "ja-groups"


class _Help(TextsPart):
    widget = forms.Textarea
    can_be_none = True


class _Name(Part):
    """The technical name, by which programs know the attribute."""

    def fields(self, source: Source) -> dict[str, forms.Field]:
        """Return the control."""
        attrs = {"dir": "ltr", "spellcheck": "false", "autocapitalize": "none", "autocomplete": "off"}
        said = _("By which programs know it: small letters, digits and underscores.")
        if source.is_new:
            attrs["data-ja-made-of"] = f"id_label__{source.languages[0][0]}"
            said += " " + _("Left blank, it is made of the label.")
        elif source.is_published or source.inherited is not None:
            said += " " + _("Values stay where they are stored when it is changed.")
        shown = as_text(source.definition.get("name") or (source.inherited or {}).get("name"))
        return {
            "name": forms.CharField(
                required=False, label=_("Technical name"), help_text=said, initial=shown, widget=forms.TextInput(attrs)
            )
        }

    def take(self, definition: dict[str, Any], given: Mapping[str, Any], source: Source) -> None:
        """Say the name."""
        if given.get("name"):
            definition["name"] = given["name"]


class _Indexed(StatesPart):
    """Whether values are found quickly; parts of them in texts alone."""

    def __init__(self) -> None:
        said = _("Lists with very many records are filtered and sorted by it at once. It takes room in the database.")
        super().__init__("indexed", _("Quick to search"), [(False, _("No")), (True, _("Yes"))], False, said)

    def fields(self, source: Source) -> dict[str, forms.Field]:
        """Return the list that the type calls for."""
        base = registry().base_types.get(source.type)
        is_text = base is not None and base.python is str and not source.is_multiple
        if is_text or source.definition.get("indexed") == "trigram" or source.below("indexed") == "trigram":
            self.choices = [*self.choices[:2], ("trigram", _("Yes, and any part of the text is found"))]
        return super().fields(source)


def about_parts() -> list[Part]:
    """Return what an attribute is called, and where it stands."""
    return [
        TextsPart("label", _("Label"), _("What people read beside the field.")),
        _Help("help_text", _("Help"), _("A sentence below the field, where the label does not say it all.")),
        TextPart("group", _("Section"), _("Attributes of one section stand together in the form."), {"list": GROUPS}),
        _Name("name"),
    ]


def life_parts() -> list[Part]:
    """Return what else there is to decide."""
    states = [(state, status_title(state)) for state in ("draft", "active", "deprecated", "retired")]
    said = _("One that is not in use yet, or retired, is not asked. One going out of use is not asked of new records.")
    said += " " + _("Values that are stored stay in every state.")
    return [
        YesPart("unique", _("Unique"), _("No two records have the same value.")),
        _Indexed(),
        YesPart("locked", _("Locked"), _("Narrower scopes can neither change it nor leave it out.")),
        StatesPart("status", _("State"), states, "active", said),
    ]
