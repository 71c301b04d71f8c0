"""The parts of the form: a property each, with its controls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from jsonattrs_django.editor.definitions.sending import as_sent
from jsonattrs_django.editor.definitions.values import as_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from jsonattrs_django.editor.definitions.source import Source

__all__ = ["NONE", "Part", "StatesPart", "TextPart", "TextsPart", "YesPart", "label_in_language", "none_here"]

#: The end of the name of a box that takes an inherited value away.
NONE = "__none"


@dataclass
class Part:
    """The controls of one property."""

    name: str  #: of the property
    label: str = ""
    help: str = ""
    attrs: dict[str, Any] = field(default_factory=dict)

    def prepare(self, data: QueryDict, live: Source, shown: Source) -> None:
        """Change what was posted before the form is made of it, as where one control fills another.

        ``live`` is what the form is about with the type that was posted, ``shown`` with the one that it had.
        """

    def fields(self, source: Source) -> dict[str, forms.Field]:
        """Return the form's fields by name, each with what it shows."""
        raise NotImplementedError

    def take(self, definition: dict[str, Any], given: Mapping[str, Any], source: Source) -> None:
        """Write what the fields say into the definition. They are not what was shown. Raises ValidationError."""
        raise NotImplementedError

    def said(self, definition: dict[str, Any], value: Any) -> None:
        """Write the value of the property; None says nothing."""
        if value is None:
            definition.pop(self.name, None)
        else:
            definition[self.name] = value


def none_here(is_ticked: bool = False) -> forms.BooleanField:
    """Return the box that takes an inherited value away."""
    return forms.BooleanField(required=False, label=_("None here, whatever is inherited"), initial=is_ticked)


def label_in_language(label: str, language: str, source: Source) -> str:
    """Return the label of a control for a text in a language, which is said where there are several."""
    if len(source.languages) == 1:
        return label
    return _("%(label)s, %(language)s") % {"label": label, "language": language}


class TextPart(Part):
    """A property that is a text, or of which a text can be made."""

    widget: type[forms.Widget] = forms.TextInput

    def shown(self, source: Source) -> str:
        """Return the text that is shown."""
        return as_text(source.definition.get(self.name))

    def fields(self, source: Source) -> dict[str, forms.Field]:
        """Return the control, and a box for no value at all where one is inherited."""
        shown = self.shown(source)
        found: dict[str, forms.Field] = {
            self.name: forms.CharField(
                required=False,
                strip=False,
                label=self.label,
                help_text=self.help,
                initial=shown,
                widget=self.widget(attrs={"dir": "auto", **self.attrs}),
            )
        }
        if source.below(self.name) is not None:
            found[f"{self.name}{NONE}"] = none_here(self.name in source.definition and not shown)
        return found

    def value(self, text: str, source: Source) -> Any:
        """Return the value that a text stands for."""
        return text.strip()

    def take(self, definition: dict[str, Any], given: Mapping[str, Any], source: Source) -> None:
        """Say the value of the text; null where the box for none is ticked."""
        text = given.get(self.name) or ""
        if not text.strip() and given.get(f"{self.name}{NONE}"):
            definition[self.name] = None
        else:
            self.said(definition, self.value(text.replace("\r\n", "\n"), source) if text.strip() else None)


class TextsPart(Part):
    """Texts in several languages."""

    widget: type[forms.Widget] = forms.TextInput
    can_be_none = False  #: an inherited text can be taken away

    def _by_language(self, value: Any, source: Source) -> dict[str, Any]:
        if isinstance(value, Mapping):
            return {str(code): text for code, text in value.items()}
        return {source.languages[0][0]: value} if value else {}

    def fields(self, source: Source) -> dict[str, forms.Field]:
        """Return a control for each language, and a box for none in any where one is inherited."""
        own = self._by_language(source.definition.get(self.name), source)
        found: dict[str, forms.Field] = {}
        for place, (code, language) in enumerate(source.languages):
            found[f"{self.name}__{code}"] = forms.CharField(
                required=False,
                strip=False,
                label=label_in_language(self.label, language, source),
                help_text=self.help if not place else "",
                initial=as_text(own.get(code)),
                widget=self.widget(attrs={"dir": "auto", "lang": code, **self.attrs}),
            )
        if source.below(self.name) is not None and self.can_be_none:
            said = self.name in source.definition and source.definition[self.name] is None
            found[f"{self.name}{NONE}"] = none_here(said)
        return found

    def _sent(self, text: str) -> str:
        return as_sent(text, one_line=self.widget is forms.TextInput)

    def take(self, definition: dict[str, Any], given: Mapping[str, Any], source: Source) -> None:
        """Say the texts that are not blank; a plain one where there is one only, in the schema's own language."""
        before = definition.get(self.name)
        found = self._by_language(before, source)
        for code, _language in source.languages:
            text = given.get(f"{self.name}__{code}") or ""
            if self._sent(text) == self._sent(as_text(found.get(code))):
                continue
            found.pop(code, None)
            if text.strip():
                found[code] = text.replace("\r\n", "\n").strip()
        if not found and given.get(f"{self.name}{NONE}"):
            definition[self.name] = None
            return
        main = source.languages[0][0]
        is_plain = [*found] == [main] and not isinstance(before, Mapping)
        self.said(definition, (found[main] if is_plain else found) or None)


class StatesPart(Part):
    """A property with a few values."""

    def __init__(self, name: str, label: str, choices: Sequence[tuple[Any, str]], usual: Any, help: str = "") -> None:  # noqa: A002 - as the field calls it
        super().__init__(name, label, help)
        self.choices = choices
        self.usual = usual  #: the value of who says nothing

    def fields(self, source: Source) -> dict[str, forms.Field]:
        """Return the list."""
        value = source.definition.get(self.name)
        choices = [(as_text(each), label) for each, label in self.choices]
        if source.is_override:
            labels = dict(choices)
            below = labels.get(as_text(source.below(self.name)), labels.get(as_text(self.usual), ""))
            choices = [("", _("as inherited: %(value)s") % {"value": below}), *choices]
        shown = "" if value is None and source.is_override else as_text(self.usual if value is None else value)
        if shown not in dict(choices):
            choices.append((shown, shown))
        made = forms.ChoiceField(
            required=False,
            choices=choices,
            label=self.label,
            help_text=self.help,
            initial=shown,
            widget=forms.Select(attrs=self.attrs),
        )
        return {self.name: made}

    def prepare(self, data: QueryDict, live: Source, shown: Source) -> None:
        """Give what is not inherited any more its usual value, and take that away where it is inherited again."""
        if live.is_override != shown.is_override:
            says_nothing, usual = "", as_text(self.usual)
            before, after = (says_nothing, usual) if shown.is_override else (usual, says_nothing)
            if data.get(self.name) == before:
                data[self.name] = after

    def take(self, definition: dict[str, Any], given: Mapping[str, Any], source: Source) -> None:
        """Say the value that was chosen; nothing where it is the usual one of an attribute of the scope's own."""
        text = given.get(self.name, "")
        chosen = next((value for value, _label in self.choices if as_text(value) == text), None)
        self.said(definition, None if chosen == self.usual and not source.is_override else chosen)


class YesPart(StatesPart):
    """A property that is true or not."""

    def __init__(self, name: str, label: str, help: str = "") -> None:  # noqa: A002 - as the field calls it
        super().__init__(name, label, [(False, _("No")), (True, _("Yes"))], False, help)
