"""The forms of a rule across attributes, and of a group of attributes that are unique together."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jsonattrs_core import text_in

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["GroupForm", "RuleForm", "RuleInWords", "rule_in_words"]


class RuleInWords(NamedTuple):
    """A rule as a list shows it."""

    expression: str
    message: str
    attributes: str
    is_warning: bool


def rule_in_words(rule: Mapping[str, Any], labels: Mapping[str, str], language: str) -> RuleInWords:
    """Return a rule as a list shows it; ``language`` is that of a plain message."""
    names = rule.get("attributes") or []
    return RuleInWords(
        str(rule.get("expression", "")),
        text_in(rule.get("message") or None, get_language(), language) or "",
        ", ".join(labels.get(name, str(name)) for name in names),
        rule.get("severity") == "warning",
    )


class RuleForm(forms.Form):
    """A rule. What is not changed stays as it is written."""

    error_css_class = "ja-refused"

    def __init__(
        self,
        data: Any = None,
        *,
        rule: Mapping[str, Any],
        languages: Sequence[tuple[str, str]],
        attributes: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        self._before = rule
        self._languages = languages
        attrs = {"rows": 3, "class": "ja-expression", "dir": "ltr", "spellcheck": "false"}
        self.fields["expression"] = forms.CharField(
            label=_("The rule"),
            help_text=_("True where all is well. For example: %(example)s")
            % {"example": "rooms > 0 || kind != 'house'"},
            initial=rule.get("expression", ""),
            widget=forms.Textarea(attrs),
        )
        message = rule.get("message")
        said = message if isinstance(message, Mapping) else {languages[0][0]: message or ""}
        for place, (code, language) in enumerate(languages):
            self.fields[f"message__{code}"] = forms.CharField(
                required=not place,
                label=_("Message (%(language)s)") % {"language": language},
                help_text=_("What the person reads who breaks it.") if not place else "",
                initial=said.get(code, ""),
                widget=forms.TextInput({"dir": "auto", "lang": code}),
            )
        names = list(rule.get("attributes") or [])
        known = [*attributes, *((name, name) for name in names if name not in dict(attributes))]
        self.fields["attributes"] = forms.MultipleChoiceField(
            required=False,
            choices=known,
            label=_("Shown at"),
            help_text=_("Above the form where none is chosen."),
            initial=names,
            widget=forms.SelectMultiple({"size": min(8, max(3, len(known)))}),
        )
        severities = [("error", _("The record is refused")), ("warning", _("It is only said"))]
        self.fields["severity"] = forms.ChoiceField(
            choices=severities, label=_("Where it is broken"), initial=rule.get("severity", "error")
        )

    def clean(self) -> dict[str, Any]:
        """Make the rule of what was posted."""
        given: dict[str, Any] = self.cleaned_data
        rule = deepcopy(dict(self._before))
        if "expression" in self.changed_data or not rule:
            rule["expression"] = given.get("expression", "").replace("\r\n", "\n")
        if any(name.startswith("message__") for name in self.changed_data) or "message" not in rule:
            texts = {
                code: given[f"message__{code}"] for code, _name in self._languages if given.get(f"message__{code}")
            }
            main = self._languages[0][0]
            rule["message"] = texts[main] if [*texts] == [main] else texts
        for name, usual in (("attributes", []), ("severity", "error")):
            if name in self.changed_data:
                rule.pop(name, None)
                if given.get(name) != usual:
                    rule[name] = given.get(name)
        self.rule = rule
        return given


class GroupForm(forms.Form):
    """Attributes whose values together are unique."""

    error_css_class = "ja-refused"

    def __init__(self, data: Any = None, *, attributes: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["attributes"] = forms.MultipleChoiceField(
            choices=attributes,
            label=_("Attributes"),
            help_text=_("No two records have the same values of all of them."),
            widget=forms.CheckboxSelectMultiple,
        )

    def clean_attributes(self) -> list[str]:
        """Return the names. Raises ValidationError for a single one."""
        names: list[str] = self.cleaned_data["attributes"]
        if len(names) < 2:
            raise forms.ValidationError(_("Choose two or more; one alone is unique by itself."))
        return names
