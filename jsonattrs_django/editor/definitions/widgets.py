"""The list of subtypes: a plain list by country, with what the script that searches it needs to know of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.utils.safestring import SafeString

    from jsonattrs_django.editor.catalogue import Entry

__all__ = ["SubtypeSelect"]

_SELECTED = mark_safe(" selected")


class SubtypeSelect(forms.Select):
    """A list of very many entries, which Django's own would make a template of each for.

    ``first`` are the options before them: pairs of a value and its label.
    """

    def __init__(self, first: Sequence[tuple[str, str]], entries: Sequence[Entry], attrs: Any = None) -> None:
        labels = [(entry.value, entry.label) for entry in entries]
        super().__init__({"data-ja-subtypes": "", **(attrs or {})}, [*first, *labels])
        self.first = first
        self.entries = entries

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the list."""
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((each, _selected(each, chosen), label) for each, label in self.first),
        )
        groups = format_html_join(
            "",
            '<optgroup label="{}">{}</optgroup>',
            ((country or _("All countries"), _options(several, chosen)) for country, several in self._countries()),
        )
        attributes = flatatt({**self.attrs, **(attrs or {}), "name": name})
        return format_html("<select{}>{}{}</select>", attributes, options, groups)

    def _countries(self) -> Iterable[tuple[str, list[Entry]]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.country, []).append(entry)
        return found.items()


def _options(entries: Iterable[Entry], chosen: str) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{} data-label="{}" data-example="{}" data-provider="{}" data-summary="{}">{}</option>',
        (
            (
                each.value,
                _selected(each.value, chosen),
                each.label,
                each.example,
                each.provider,
                each.summary,
                each.title,
            )
            for each in entries
        ),
    )


def _selected(value: str, chosen: str) -> SafeString | str:
    return _SELECTED if value == chosen else ""
