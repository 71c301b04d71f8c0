"""The parts that say whether and when an attribute is asked, and what it is where nobody answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from jsonattrs_core import Attribute
from jsonattrs_django.editor.definitions.choice_texts import Choice
from jsonattrs_django.editor.definitions.comparing import SIGNS, comparison, joined
from jsonattrs_django.editor.definitions.parts import Part, TextPart, YesPart
from jsonattrs_django.editor.definitions.values import as_text, shown_value, value_of

if TYPE_CHECKING:
    from django.http import QueryDict

    from jsonattrs_django.editor.definitions.source import Source

__all__ = ["CONDITIONS", "answer_parts"]

#: The properties that are conditions.
CONDITIONS = ("required_if", "visible_if")


class _Default(TextPart):
    """A value of the attribute itself, written as people write it."""

    def _attribute(self, source: Source) -> Attribute:
        given = {**(source.inherited or {}), **source.definition}
        constraints = given.get("constraints")
        said = constraints if isinstance(constraints, Mapping) else {}
        plain = {name: value for name, value in said.items() if isinstance(value, str | bool)}  # the rest reads nothing
        return Attribute("value", source.type, constraints=plain)

    def shown(self, source: Source) -> str:
        """Return the value; of several, each on a line."""
        value = source.definition.get(self.name)
        attribute = self._attribute(source)
        if isinstance(value, list) and all(not isinstance(each, list | dict | None) for each in value):
            return "\n".join(shown_value(each, attribute) for each in value)
        return shown_value(value, attribute)

    def fields(self, source: Source) -> dict[str, forms.Field]:
        """Return an input; of an attribute with several values, one with several lines; of yes or no, a list."""
        found = super().fields(source)
        made = found[self.name]
        value = source.definition.get(self.name)
        if source.is_multiple:
            made.widget = forms.Textarea(attrs={**made.widget.attrs, "rows": 3})
            made.help_text += " " + _("One on a line.")
        elif source.type == "boolean" and (value is None or isinstance(value, bool)):
            made.initial = as_text(value)
            made.widget = forms.Select(choices=[("", "---------"), ("true", _("Yes")), ("false", _("No"))])
        elif source.type in ("date", "datetime"):
            made.help_text += " " + _("“today” or “now” is the day or moment of entry.")
        return found

    def value(self, text: str, source: Source) -> Any:
        """Return the JSON value, or values. The label of a choice stands for its value."""
        attribute = self._attribute(source)
        labels = _labels(source)
        if not source.is_multiple:
            text = text.strip()
            return labels[text] if text in labels else value_of(text, attribute)
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return [labels[line] if line in labels else value_of(line, attribute) for line in lines]


class _FirstDefault(_Default):
    """What older records read as: it is said when the attribute is added, and stays."""

    def fields(self, source: Source) -> dict[str, forms.Field]:
        """Return the control, which nobody can change where the attribute is published."""
        found = super().fields(source)
        if source.is_published:
            found[self.name].disabled = True
        return found


def _labels(source: Source) -> dict[str, Any]:
    """Return the values of the choices by their labels, but for labels that are values as well."""
    said = source.definition["choices"] if "choices" in source.definition else source.below("choices")
    choices = [Choice.read(item) for item in said] if isinstance(said, list) else []
    found: dict[str, Any] = {}
    for choice in choices:
        for label in choice.labels("").values():
            found.setdefault(label, choice.value)
    values = {choice.text for choice in choices}
    return {label: value for label, value in found.items() if label and label not in values}


class _Condition(TextPart):
    """A condition in the schema's rule language, and controls that write one for those who do not know it.

    What these say is put into the condition before the form is made of what was posted.
    """

    widget = forms.Textarea

    def _names(self) -> tuple[str, str, str]:
        return f"{self.name}__of", f"{self.name}__sign", f"{self.name}__value"

    def prepare(self, data: QueryDict, live: Source, shown: Source) -> None:
        """Add the comparison that was chosen to the condition; one that cannot be written stays for `take` to say."""
        of, _sign, value = self._names()
        if not data.get(of):
            return
        try:
            data[self.name] = joined(data.get(self.name) or "", self._comparison(data, live))
        except ValidationError:
            return
        data[of] = data[value] = ""

    def _comparison(self, given: Any, source: Source) -> str:
        of, sign, value = self._names()
        term = next((each for each in source.terms if each.name == given.get(of)), None)
        if term is None:
            raise ValidationError(_("No attribute has this name."))
        return comparison(term, given.get(sign) or "==", (given.get(value) or "").strip())

    def fields(self, source: Source) -> dict[str, forms.Field]:
        """Return the condition as it is written, and three controls that add a comparison to it."""
        self.attrs = {"rows": 2, "class": "ja-expression", "dir": "ltr", "spellcheck": "false"}
        found = super().fields(source)
        if source.rule_language != "cel" or not source.terms:
            return found
        of, sign, value = self._names()
        terms = [("", "---------"), *((term.name, term.label) for term in source.terms)]
        widget = forms.Select(attrs={"data-ja-term": ""})
        found[of] = forms.ChoiceField(required=False, choices=terms, label=_("Attribute"), widget=widget)
        found[sign] = forms.ChoiceField(required=False, choices=SIGNS, label=_("Comparison"), initial="==")
        found[value] = forms.CharField(required=False, label=_("Value"), widget=forms.TextInput({"dir": "auto"}))
        return found

    def take(self, definition: dict[str, Any], given: Mapping[str, Any], source: Source) -> None:
        """Say the condition. Raises ValidationError for a comparison that cannot be written."""
        if given.get(self._names()[0]):
            self._comparison(given, source)
        super().take(definition, given, source)

    def value(self, text: str, source: Source) -> Any:
        """Return the condition, as it stands but for blank lines around it."""
        return re.sub(r"\A\s*\n|\s+\Z", "", text)


def answer_parts(source: Source) -> list[Part]:
    """Return whether and when it is asked, and what it is where nobody answers."""
    always = _("Left blank, it is always shown.")
    parts: list[Part] = [
        YesPart("required", _("Required"), _("Records that are there already stay as they are.")),
        _Condition("required_if", _("Required only if"), _("For what is not required otherwise.")),
        _Condition("visible_if", _("Shown only if"), always),
        _Default("default", _("Value of new records"), _("What a new form begins with.")),
    ]
    if source.inherited is None and (not source.is_published or source.definition.get("initial_default") is not None):
        said = _("What records stored until now read as. Once published, it stays as it is.")
        parts.append(_FirstDefault("initial_default", _("Value of older records"), said))
    return parts
