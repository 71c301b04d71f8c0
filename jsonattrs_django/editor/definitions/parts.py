"""The parts of the form: a property each, with its controls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from jsonattrs_django.editor.definitions.values import as_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Part", "Source", "StatesPart", "TextPart", "TextsPart", "YesPart"]


@dataclass(frozen=True)
class Source:
    """What the form is about."""

    definition: Mapping[str, Any]  #: what the scope says about the attribute
    inherited: Mapping[str, Any] | None  #: what it inherits, None of an attribute of its own
    languages: Sequence[tuple[str, str]]  #: codes and names, the schema's own first
    published_choices: Sequence[Any] = ()  #: the values that may not be taken away
    groups: Iterable[str] = ()  #: sections that are in use
    is_new: bool = False  #: it is being added
    is_published: bool = False  #: its key is in use
    rule_language: str = "cel"

    @property
    def is_override(self) -> bool:
        """Tell whether the definition only says what it changes: it inherits, and gives no type of its own."""
        return self.inherited is not None and not self.definition.get("type")

    def below(self, name: str) -> Any:
        """Return the inherited value of a property, None where there is none."""
        return self.inherited.get(name) if self.is_override and self.inherited is not None else None

    @property
    def type(self) -> str:
        """The base type of the attribute."""
        return str(self.definition.get("type") or (self.inherited or {}).get("type") or "text")


@dataclass
class Part:
    """The controls of one property."""

    name: str  #: of the property
    label: str = ""
    help: str = ""
    attrs: dict[str, Any] = field(default_factory=dict)

    def fields(self, source: Source) -> dict[str, forms.Field]:
        """Return the form's fields by name, each with what it shows."""
        raise NotImplementedError

    def take(self, definition: dict[str, Any], given: Mapping[str, Any], source: Source) -> None:
        """Write what the fields say into the definition. They are not what was shown."""
        raise NotImplementedError

    def said(self, definition: dict[str, Any], value: Any) -> None:
        """Write the value of the property; None says nothing."""
        if value is None:
            definition.pop(self.name, None)
        else:
            definition[self.name] = value


def _none_here() -> forms.BooleanField:
    return forms.BooleanField(required=False, label=_("none here, whatever is inherited"))


class TextPart(Part):
    """A property that is a text, or of which a text can be made."""

    widget: type[forms.Widget] = forms.TextInput

    def shown(self, source: Source) -> str:
        """Return the text that is shown."""
        return as_text(source.definition.get(self.name))

    def fields(self, source: Source) -> dict[str, forms.Field]:
        """Return the control, and a box for no value at all where one is inherited."""
        below = source.below(self.name)
        attrs = {"dir": "auto", **self.attrs, **({"placeholder": as_text(below)} if below else {})}
        found: dict[str, forms.Field] = {
            self.name: forms.CharField(
                required=False,
                strip=False,
                label=self.label,
                help_text=self.help,
                initial=self.shown(source),
                widget=self.widget(attrs=attrs),
            )
        }
        if below is not None:
            found[f"{self.name}__none"] = _none_here()
            found[f"{self.name}__none"].initial = self.name in source.definition and not found[self.name].initial
        return found

    def value(self, text: str, source: Source) -> Any:
        """Return the value that a text stands for."""
        return text.strip()

    def take(self, definition: dict[str, Any], given: Mapping[str, Any], source: Source) -> None:
        """Say the value of the text; null where the box for none is ticked."""
        text = given.get(self.name) or ""
        if not text.strip() and given.get(f"{self.name}__none"):
            definition[self.name] = None
        else:
            self.said(definition, self.value(text.replace("\r\n", "\n"), source) if text.strip() else None)


class TextsPart(Part):
    """Texts in several languages."""

    widget: type[forms.Widget] = forms.TextInput

    def _by_language(self, value: Any, source: Source) -> dict[str, str]:
        if isinstance(value, Mapping):
            return {str(code): str(text) for code, text in value.items()}
        return {source.languages[0][0]: as_text(value)} if value else {}

    def fields(self, source: Source) -> dict[str, forms.Field]:
        """Return a control for each language."""
        own = self._by_language(source.definition.get(self.name), source)
        below = self._by_language(source.below(self.name), source)
        return {
            f"{self.name}__{code}": forms.CharField(
                required=False,
                label=_("%(label)s (%(language)s)") % {"label": self.label, "language": language},
                help_text=self.help if not place else "",
                initial=own.get(code, ""),
                widget=self.widget(
                    attrs={
                        "dir": "auto",
                        "lang": code,
                        **self.attrs,
                        **({"placeholder": below[code]} if below.get(code) else {}),
                    }
                ),
            )
            for place, (code, language) in enumerate(source.languages)
        }

    def take(self, definition: dict[str, Any], given: Mapping[str, Any], source: Source) -> None:
        """Say the texts that are not blank; a plain one where there is one only, in the schema's own language."""
        start = f"{self.name}__"
        found = {name.removeprefix(start): given[name] for name in given if name.startswith(start) and given[name]}
        plain = [*found] == [source.languages[0][0]] and not isinstance(definition.get(self.name), Mapping)
        self.said(definition, (found[source.languages[0][0]] if plain else found) or None)


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
        widget = forms.Select(attrs=self.attrs)
        made = forms.ChoiceField(
            required=False, choices=choices, label=self.label, help_text=self.help, initial=shown, widget=widget
        )
        return {self.name: made}

    def take(self, definition: dict[str, Any], given: Mapping[str, Any], source: Source) -> None:
        """Say the value that was chosen; nothing where it is the usual one of an attribute of the scope's own."""
        text = given.get(self.name, "")
        chosen = next((value for value, _label in self.choices if as_text(value) == text), None)
        self.said(definition, None if chosen == self.usual and not source.is_override else chosen)


class YesPart(StatesPart):
    """A property that is true or not."""

    def __init__(self, name: str, label: str, help: str = "") -> None:  # noqa: A002 - as the field calls it
        super().__init__(name, label, [(False, _("No")), (True, _("Yes"))], False, help)
