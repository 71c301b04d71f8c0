"""The parts that say what an attribute is called, and how it lives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from jsonattrs_core import Attribute
from jsonattrs_django.editor.definitions.parts import Part, Source, StatesPart, TextPart, TextsPart, YesPart
from jsonattrs_django.editor.definitions.values import as_text, value_of
from jsonattrs_django.editor.words import status_title

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["about_parts", "answer_parts", "life_parts", "name_parts"]


class _LongTexts(TextsPart):
    widget = forms.Textarea


class _Lines(TextPart):
    widget = forms.Textarea


class _Group(TextPart):
    """The section of the form, one of those in use or another one."""

    def fields(self, source: Source) -> dict[str, forms.Field]:
        """Return an input that suggests the sections in use."""
        found = super().fields(source)
        found[self.name].widget.attrs["list"] = "ja-groups"
        return found


class _Key(Part):
    """The technical names: the name that programs use, and the key under which values are stored."""

    def fields(self, source: Source) -> dict[str, forms.Field]:
        """Return the name; the key only as long as no value can be stored under it."""
        attrs = {"dir": "ltr", "spellcheck": "false", "autocapitalize": "none", "autocomplete": "off"}
        shown = as_text(source.definition.get("name") or (source.inherited or {}).get("name"))
        said = _("Small letters, digits and underscores. Programs and addresses use it.")
        if source.is_new:
            said = f"{said} {_('Left blank, it is made of the label.')}"
        return {
            "name": forms.CharField(
                required=False, label=_("Technical name"), help_text=said, initial=shown, widget=forms.TextInput(attrs)
            )
        }

    def take(self, definition: dict[str, Any], given: Mapping[str, Any], source: Source) -> None:
        """Say the name."""
        if given.get("name"):
            definition["name"] = given["name"]


class _Default(TextPart):
    """A value of the attribute itself, written as people write it."""

    def shown(self, source: Source) -> str:
        """Return the value; of several, each on a line."""
        value = source.definition.get(self.name)
        if isinstance(value, list) and all(not isinstance(each, list | dict | None) for each in value):
            return "\n".join(as_text(each) for each in value)
        return as_text(value)

    def fields(self, source: Source) -> dict[str, forms.Field]:
        """Return an input; of an attribute with several values, one with several lines; of yes or no, a list."""
        found = super().fields(source)
        made = found[self.name]
        if source.definition.get("multiple", source.below("multiple")):
            made.widget = forms.Textarea(attrs={**made.widget.attrs, "rows": 3})
        elif source.type == "boolean" and made.initial in ("", "true", "false"):
            choices = [("", "---------"), ("true", _("Yes")), ("false", _("No"))]
            made.widget = forms.Select(choices=choices)
        return found

    def value(self, text: str, source: Source) -> Any:
        """Return the JSON value, or values."""
        given = {**(source.inherited or {}), **source.definition}
        attribute = Attribute("value", source.type, constraints=given.get("constraints") or {})
        if not given.get("multiple"):
            return value_of(text.strip(), attribute)
        return [value_of(line.strip(), attribute) for line in text.splitlines() if line.strip()]


class _Expression(_Lines):
    """An expression in the schema's rule language."""

    def fields(self, source: Source) -> dict[str, forms.Field]:
        """Return the control, of a fixed width so that a place in it can be shown."""
        self.attrs = {"rows": 2, "class": "ja-expression", "dir": "ltr", "spellcheck": "false"}
        return super().fields(source)


def about_parts() -> list[Part]:
    """Return what an attribute is called, and where it stands."""
    return [
        TextsPart("label", _("Label"), _("What people read beside the question.")),
        _LongTexts("help_text", _("Help"), _("One sentence below it, where it is needed."), {"rows": 2}),
        _Group("group", _("Section"), _("Attributes of one section stand together in the form.")),
    ]


def name_parts() -> list[Part]:
    """Return the technical names."""
    return [_Key("name")]


def answer_parts(source: Source) -> list[Part]:
    """Return whether and when it is asked, and what it is where nobody answers."""
    language = _("For example: %(example)s") % {"example": "kind == 'farm' && rooms > 3"}
    parts: list[Part] = [
        YesPart("required", _("Required"), _("Older records stay as they are, and may be edited otherwise.")),
        _Expression("required_if", _("Required only if"), language),
        _Expression("visible_if", _("Asked only if"), _("Left blank, it is always asked.")),
        _Default("default", _("Value of new records"), _("What a new form begins with. For dates also: today.")),
    ]
    if source.is_new or source.definition.get("initial_default") is not None:
        said = _("What records stored until now shall read as. It stays as it is from then on.")
        parts.append(_Default("initial_default", _("Value of older records"), said))
    return parts


def life_parts() -> list[Part]:
    """Return what else there is to decide."""
    states = [(state, status_title(state)) for state in ("draft", "active", "deprecated", "retired")]
    indexed = [(False, _("No")), (True, _("Yes")), ("trigram", _("Yes, and parts of the text are found"))]
    return [
        YesPart("unique", _("Unique"), _("No two records have the same value; the database sees to it.")),
        StatesPart("indexed", _("Quick to search"), indexed, False),
        YesPart("locked", _("Locked"), _("Narrower scopes can neither change it nor leave it out.")),
        StatesPart("status", _("State"), states, "active", _("A retired attribute is not asked; its values stay.")),
    ]
