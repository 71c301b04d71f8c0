"""The controls of attributes: Django's own, and those that it does not have.

Each takes and gives a text, or texts: typed values are the business of the fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "AgreementInput",
    "DateInput",
    "DateTimeInput",
    "LinesInput",
    "OptionsInput",
    "SearchedSelect",
    "SearchedSelectMultiple",
    "SuggestionsInput",
    "TimeInput",
    "copied",
]


def copied(widget: Any) -> Any:
    """Return a widget for one form, whose attributes and choices may be changed. In less time than a deep copy."""
    new = widget.__class__.__new__(widget.__class__)
    new.__dict__.update(widget.__dict__, attrs=widget.attrs.copy())
    return new


class DateInput(forms.TextInput):
    """A day, chosen from the browser's calendar, which shows it as its reader writes it."""

    input_type = "date"


class DateTimeInput(forms.TextInput):
    """A moment, in the current time zone."""

    input_type = "datetime-local"


class TimeInput(forms.TextInput):
    """A time of day."""

    input_type = "time"


class AgreementInput(forms.CheckboxInput):
    """A box that can but be ticked: what it stands for is the one value that is allowed."""

    def __init__(self, text: str, attrs: Any = None) -> None:
        super().__init__(attrs, check_test=lambda value: value == text)
        self.text = text

    def format_value(self, value: Any) -> str:
        """Return the text that a ticked box sends."""
        return self.text

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """Return what a ticked box sends, an empty text of one that is not."""
        found = data.get(name)
        return found if isinstance(found, str) else self.text if found else ""

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Tell whether the box was not ticked, or not there."""
        return name not in data


class LinesInput(forms.Textarea):
    """Several values, each on a line of its own."""


class SuggestionsInput(forms.TextInput):
    """An input that suggests values and takes others."""

    template_name = "jsonattrs/widgets/suggestions.html"
    suggestions: Iterable[tuple[str, str]] = ()

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add the suggestions, and the id by which the input finds them."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        own = f"{context['widget']['attrs'].get('id') or name}-suggestions"
        context["widget"]["attrs"]["list"] = own
        context["widget"] |= {"suggestions": self.suggestions, "list_id": own}
        return context


class OptionsInput(forms.CheckboxSelectMultiple):
    """Boxes for a few choices of which several may be ticked."""


class _Searched:
    """Choices that are searched on the server: only those that were found are in the page."""

    template_name = "jsonattrs/widgets/searched.html"
    searched = ""  #: the text that was looked for
    more = 0  #: how many were found that are not shown

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add what was looked for."""
        context: dict[str, Any] = super().get_context(name, value, attrs)  # type: ignore[misc]  # of the other base
        context["widget"] |= {"searched": self.searched, "more": self.more, "search_name": f"{name}-search"}
        return context


class SearchedSelect(_Searched, forms.Select):
    """One of many choices."""


class SearchedSelectMultiple(_Searched, forms.SelectMultiple):
    """Several of many choices."""
