"""The form fields of attributes whose values are listed; a choice is sent as a text that all languages share."""

from __future__ import annotations

from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.utils.translation import gettext

from jsonattrs_django.forms.fields import AttributeField, as_json, can_be_shown, each_read
from jsonattrs_django.forms.widgets import AgreementInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonattrs_django.forms.shown import PostedText
    from jsonattrs_django.texts import Reader

__all__ = ["MOST_SHOWN", "ChoiceField", "ChoicesField", "Option"]

#: Choices that are shown at once; of more than these only some are, and the rest is searched on the server.
MOST_SHOWN = 200


class Option(NamedTuple):
    """A choice: what a form sends for it, what it means, and what people read."""

    text: str
    value: Any
    label: str
    retired: bool


class ChoiceField(AttributeField):
    """One of the listed values of an attribute."""

    options: Mapping[str, Option]  #: by text

    def __init__(self, reader: Reader, options: Mapping[str, Option] = MappingProxyType({}), **kwargs: Any) -> None:
        super().__init__(reader, **kwargs)
        self.options = options

    def display(self, value: Any, language: str | None) -> PostedText:
        """Return the text that the form sends for a value; it is the same in all languages."""
        return "" if value is None else self._sent(value)

    def _sent(self, value: Any) -> str:
        if self.fits(value):
            text = self.reader.text(value, None)
            if can_be_shown(text) and text.strip():  # a blank says that there is none
                return text
        text = f"= {as_json(value)}"  # what no choice is called
        while text in self.options:
            text = f"={text}"
        return text

    def prepare(self, text: PostedText, searched: str = "") -> None:
        """Give the widget the choices: those that are offered, and what the record has, whatever became of it."""
        chosen = [text] if isinstance(text, str) else list(text)
        if isinstance(self.widget, AgreementInput) and text not in ("", self.widget.text):
            self.widget = forms.Select(self.widget.attrs)  # a box says nothing else
        found = self.offered(searched, {each for each in chosen if each})
        blank = [] if self.is_multiple else [("", self.blank_label)]
        self.widget.choices = [*blank, *((option.text, self.label_of(option)) for option in found)]

    #: Several may be chosen.
    is_multiple = False

    @property
    def blank_label(self) -> str:
        """What stands for no choice."""
        return "---------"

    def label_of(self, option: Option) -> str:
        """Return what people read of a choice."""
        if option.retired:
            return gettext("%(label)s (no longer offered)") % {"label": option.label}
        return option.label

    def offered(self, searched: str, chosen: set[str]) -> list[Option]:
        """Return the options to show; of many, those that are chosen and the first that match."""
        current = [option for option in self.options.values() if not option.retired or option.text in chosen]
        strange = [self.strange(text) for text in sorted(chosen) if text not in self.options]
        if not self.is_searched:
            return [*current, *strange]
        words = searched.casefold().split()
        matching = (
            option
            for option in current
            if option.text not in chosen and all(word in f"{option.label} {option.text}".casefold() for word in words)
        )
        found = list(islice(matching, MOST_SHOWN))
        self.widget.searched, self.widget.more = searched, sum(1 for _ in matching)
        return [*(option for option in current if option.text in chosen), *strange, *found]

    @property
    def is_searched(self) -> bool:
        """Tell whether there are too many choices to show them all."""
        return hasattr(self.widget, "searched")

    def strange(self, text: str) -> Option:
        """Return an option for what is chosen and is no choice."""
        return Option(text, None, gettext("%(value)s (not a choice)") % {"value": text.lstrip("= ")}, False)

    def read(self, text: PostedText, language: str | None = None) -> Any:
        """Return the value of a choice; of what is none, what it is as a text, for the engine to refuse."""
        if not isinstance(text, str) or not text.strip():
            return None
        return self._meant(text)

    def _meant(self, text: str) -> Any:
        found = self.options.get(text)
        return self.reader.typed(text, "und") if found is None else found.value

    def clean(self, value: Any) -> Any:
        """Return the clean value of a text by itself. Raises ValidationError."""
        return self.reader.judged(self.read(value))


class ChoicesField(ChoiceField):
    """Several of the listed values of an attribute."""

    is_multiple = True

    def display(self, value: Any, language: str | None) -> PostedText:
        """Return the texts that the form sends for the values."""
        if value is None:
            return []
        if not isinstance(value, list):
            return [f"= {as_json(value)}"]
        return [self._sent(item) for item in value]

    def read(self, text: PostedText, language: str | None = None) -> Any:
        """Return the values of the choices, None where there are none. Raises ValidationError."""
        texts = [text] if isinstance(text, str) else text
        return each_read((each for each in texts if each.strip()), self._meant)
