"""The forms of a rule across attributes, and of a group of attributes that are unique together."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jsonattrs_core import text_in
from jsonattrs_django.editor.conditions import condition_in_words
from jsonattrs_django.editor.definitions.parts import TextsPart
from jsonattrs_django.editor.definitions.posting import UPDATE
from jsonattrs_django.editor.definitions.sections import Row
from jsonattrs_django.editor.definitions.sending import is_as_shown
from jsonattrs_django.editor.definitions.source import Source
from jsonattrs_django.editor.rule_builder import COMPARISON, add_comparison, comparison_fields
from jsonattrs_django.registry import registry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jsonattrs_django.editor.conditions import Vocabulary
    from jsonattrs_django.editor.definitions.source import Term

__all__ = ["GroupForm", "RuleForm", "RuleInWords", "rule_in_words"]


class RuleInWords(NamedTuple):
    """A rule as a list shows it."""

    message: str
    expression: str
    said: str  #: the expression in words, nothing where it cannot be put so
    attributes: str
    is_warning: bool
    origin: str = ""  #: the name of the schema that it is inherited from


def rule_in_words(
    rule: Mapping[str, Any],
    labels: Mapping[str, str],
    language: str,
    vocabulary: Vocabulary | None = None,
    origin: str = "",
) -> RuleInWords:
    """Return a rule as a list shows it; ``language`` is that of a plain message."""
    names = rule.get("attributes") or []
    said = None if vocabulary is None else condition_in_words(rule.get("expression"), vocabulary)
    return RuleInWords(
        text_in(rule.get("message") or None, get_language(), language) or "",
        str(rule.get("expression", "")),
        said or "",
        ", ".join(labels.get(name, str(name)) for name in names),
        rule.get("severity") == "warning",
        origin,
    )


class _Messages(TextsPart):
    """What people read who break a rule."""


class RuleForm(forms.Form):
    """A rule. What is not changed stays as it is written; ``rule`` is the rule as it was posted."""

    error_css_class = "ja-refused"

    def __init__(
        self,
        data: Any = None,
        *,
        before: Mapping[str, Any],
        languages: Sequence[tuple[str, str]],
        attributes: Sequence[tuple[str, str]],
        terms: Sequence[Term] = (),
    ) -> None:
        self._unwritten: forms.ValidationError | None = None  #: why a comparison that was chosen cannot be written
        self.is_update = data is not None and UPDATE in data  #: it is only to be shown anew
        if data is not None:
            data = data.copy()
            self._unwritten = add_comparison(data, terms)
        super().__init__(data)
        self._before = before
        self._terms = terms
        self._about = Source(before, None, languages)
        self._messages = _Messages("message", _("Message"), _("What people read who break the rule."))
        self.fields["expression"] = _expression(before)
        self.fields |= comparison_fields(terms)
        self.fields |= self._messages.fields(self._about)
        self.fields["attributes"] = _attributes(before, attributes)
        severities = [
            ("error", _("The record is refused")),
            ("warning", _("The record is saved, and the message shown")),
        ]
        self.fields["severity"] = forms.ChoiceField(
            required=False,
            choices=severities,
            label=_("Where it is broken"),
            initial=before.get("severity", "error"),
            widget=forms.RadioSelect,
        )
        languages_known = [name for name in registry().rule_languages if "@" not in name]
        if len(languages_known) > 1 or before.get("language"):
            self.fields["language"] = _language(before, languages_known)

    @property
    def rows(self) -> list[Row]:
        """The fields as the page shows them."""
        messages = [Row(self[name]) for name in self.fields if name.startswith("message__")]
        is_open = any(row.field.value() or row.field.errors for row in messages[1:])
        others = [Row(self[name]) for name in ("attributes", "severity", "language") if name in self.fields]
        comparison = tuple(self[name] for name in COMPARISON if name in self.fields)
        return [
            Row(self["expression"], comparison=comparison),
            messages[0]._replace(more=tuple(messages[1:]), is_open=is_open),
            *others,
        ]

    def is_valid(self) -> bool:
        """Tell whether the rule may be kept; never where the form is only to be shown anew."""
        return not self.is_update and bool(super().is_valid())

    def full_clean(self) -> None:
        """Decide on what was posted; of a form that is to be shown anew only on the comparison that is to be added."""
        if self.is_update:
            self._errors = ErrorDict(renderer=self.renderer)
            self.cleaned_data: dict[str, Any] = {}
        else:
            super().full_clean()
        if self._unwritten is not None:
            self.add_error("expression", self._unwritten)

    def clean(self) -> dict[str, Any]:
        """Make the rule of what was posted."""
        given: dict[str, Any] = self.cleaned_data
        rule = deepcopy(dict(self._before))
        if not rule or not is_as_shown(self.fields["expression"], given.get("expression")):
            rule["expression"] = given.get("expression", "").replace("\r\n", "\n").strip()
        self._messages.take(rule, given, self._about)
        if not rule.get("message"):
            self.add_error(f"message__{self._about.languages[0][0]}", _("Say what people shall read."))
        for name, usual in (("attributes", []), ("severity", "error"), ("language", "")):
            if name in self.changed_data:
                rule.pop(name, None)
                if given.get(name, usual) != usual:
                    rule[name] = given[name]
        self.rule = rule
        return given


def _expression(before: Mapping[str, Any]) -> forms.CharField:
    said = _("What must be true of every record. For example: %(example)s") % {"example": "planted < harvested"}
    widget = forms.Textarea({"rows": 3, "class": "ja-expression", "dir": "ltr", "spellcheck": "false"})
    return forms.CharField(
        strip=False, label=_("Rule"), help_text=said, initial=before.get("expression", ""), widget=widget
    )


def _attributes(before: Mapping[str, Any], attributes: Sequence[tuple[str, str]]) -> forms.MultipleChoiceField:
    names = [str(name) for name in before.get("attributes") or []]
    known = dict(attributes)
    return forms.MultipleChoiceField(
        required=False,
        choices=[*attributes, *((name, name) for name in names if name not in known)],
        label=_("Shown at"),
        help_text=_("The fields beside which the message stands; above the form where none is chosen."),
        initial=names,
        widget=forms.CheckboxSelectMultiple,
    )


def _language(before: Mapping[str, Any], known: Sequence[str]) -> forms.ChoiceField:
    shown = str(before.get("language") or "")
    names = [*known, *([shown] if shown and shown not in known else [])]
    choices = [("", _("that of the schema")), *((name, name) for name in names)]
    return forms.ChoiceField(required=False, choices=choices, label=_("Rule language"), initial=shown)


class GroupForm(forms.Form):
    """Attributes whose values together are unique."""

    error_css_class = "ja-refused"

    def __init__(self, data: Any = None, *, before: Sequence[str] = (), attributes: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        known = dict(attributes)
        self._before = [*before]
        self.fields["attributes"] = forms.MultipleChoiceField(
            choices=[*attributes, *((name, name) for name in before if name not in known)],
            label=_("Attributes"),
            help_text=_("No two records have the same values of all of them."),
            initial=self._before,
            widget=forms.CheckboxSelectMultiple,
        )

    @property
    def rows(self) -> list[Row]:
        """The fields as the page shows them."""
        return [Row(self["attributes"])]

    def clean_attributes(self) -> list[str]:
        """Return the names, in the order that they had. Raises ValidationError for a single one."""
        names: list[str] = self.cleaned_data["attributes"]
        if len(names) < 2:
            raise forms.ValidationError(_("Choose two or more; one alone is unique by itself."))
        return self._before if set(names) == set(self._before) else names
