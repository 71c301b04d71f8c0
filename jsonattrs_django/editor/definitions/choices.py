"""The part that lists the values that an attribute can have: a row each, or, where there are many, a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from jsonattrs_django.editor.definitions.choice_texts import Choice, choice_said, line_of, read_lines
from jsonattrs_django.editor.definitions.parts import Part, label_in_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jsonattrs_django.editor.definitions.source import Source

__all__ = ["ROW", "ChoicesPart", "most_rows"]

#: The beginning of the names of a row's controls.
ROW = "choice__"

#: Choices that have a row; more of them are lines of a text.
_MOST_ROWS = 100
#: Controls of rows in all: Django takes a thousand fields of one form.
_MOST_CONTROLS = 700
#: Rows for further choices.
_BLANK = 3


def most_rows(source: Source) -> int:
    """Return how many choices have a row."""
    return min(_MOST_ROWS, _MOST_CONTROLS // (len(source.languages) + 3))


class ChoicesPart(Part):
    """The choices. ``rows`` are as many as the page that was sent had."""

    def __init__(self, rows: int = 0) -> None:
        super().__init__("choices")
        self._rows = rows

    # ---- what is shown ----

    def _listed(self, source: Source) -> list[Choice]:
        found = source.definition.get("choices")
        if "choices" not in source.definition and source.below("choices") is not None:
            found = source.below("choices")
        return [Choice.read(item) for item in found] if isinstance(found, list) else []

    def _number(self, listed: list[Choice], source: Source) -> int:
        """Return the number of rows."""
        return max(len(listed) + _BLANK, min(self._rows, most_rows(source) + _BLANK))

    def fields(self, source: Source) -> dict[str, forms.Field]:
        """Return the controls of each choice, or one for all."""
        listed = self._listed(source)
        found: dict[str, forms.Field] = {}
        if source.below("choices") is not None:
            found["choices__here"] = _here(source)
        columns = " | ".join([_("value"), *(language for _code, language in source.languages)])
        said = _("One on a line: %(columns)s. Rows of a spreadsheet can be pasted.") % {"columns": columns}
        if len(listed) > most_rows(source):
            said += " " + _("What is no longer offered has “| retired” at the end.")
            found["choices__lines"] = _lines_input(_("Choices"), said, 24, self._text(listed, source))
            return found
        for place in range(self._number(listed, source)):
            found |= _row(place, listed[place] if place < len(listed) else None, source)
        found["choices__more"] = _lines_input(_("Add several at once"), said, 3, "")
        return found

    def _text(self, listed: list[Choice], source: Source) -> str:
        codes = [code for code, _language in source.languages]
        return "\n".join(line_of(choice, codes) for choice in listed)

    # ---- what is said ----

    def take(self, definition: dict[str, Any], given: Mapping[str, Any], source: Source) -> None:
        """Say the choices, in their new order; each that is as it was exactly as it was.

        What is published stays, whatever became of its row or line: it is retired where that is gone.
        """
        here = given.get("choices__here")
        if here in ("0", "2"):
            definition.pop("choices", None)
            if here == "2":
                definition["choices"] = None
            return
        listed = self._listed(source)
        read = self._from_lines if len(listed) > most_rows(source) else self._from_rows
        found = list(read(given, listed, source))
        kept = {Choice.read(item).text for item in found}
        codes = [code for code, _language in source.languages]
        for each in listed:
            if each.text not in kept and each.value in source.published_choices:
                labels = each.labels(codes[0])
                found.append(choice_said(each.text, labels, True, each, codes, source.type))
        self.said(definition, found or None)

    def _from_rows(self, given: Mapping[str, Any], listed: list[Choice], source: Source) -> Iterator[Any]:
        rows = []
        codes = [code for code, _language in source.languages]
        for place in range(self._number(listed, source)):
            start = f"{ROW}{place}"
            before = listed[place] if place < len(listed) else None
            text = given.get(f"{start}__value") or ""
            if before is not None and before.value in source.published_choices:
                text = before.text
            if text.strip():
                labels = {code: given.get(f"{start}__label__{code}") or "" for code in codes}
                is_retired = bool(given.get(f"{start}__retired"))
                said = choice_said(text, labels, is_retired, before, codes, source.type)
                rows.append((given.get(f"{start}__place") or len(listed) + place + 1, place, said))
        yield from (said for _place, _first, said in sorted(rows, key=lambda row: row[:2]))
        for _line, text, labels, is_retired in read_lines(given.get("choices__more") or "", codes):
            yield choice_said(text, labels, is_retired, None, codes, source.type)

    def _from_lines(self, given: Mapping[str, Any], listed: list[Choice], source: Source) -> Iterator[Any]:
        codes = [code for code, _language in source.languages]
        shown: dict[str, list[Choice]] = {}
        for choice in reversed(listed):
            shown.setdefault(line_of(choice, codes), []).append(choice)
        known = {choice.text: choice for choice in listed}
        for line, text, labels, is_retired in read_lines(given.get("choices__lines") or "", codes):
            if shown.get(line):
                yield shown[line].pop().written
            else:
                yield choice_said(text, labels, is_retired, known.get(text), codes, source.type)


def _here(source: Source) -> forms.ChoiceField:
    """Return the control that says whether the scope has choices of its own."""
    if "choices" not in source.definition:
        said = "0"
    else:
        said = "1" if source.definition["choices"] is not None else "2"
    options = [
        ("0", _("As inherited")),
        ("1", _("These, in this scope")),
        ("2", _("No list in this scope: any value")),
    ]
    return forms.ChoiceField(required=False, choices=options, label=_("Choices"), initial=said)


def _lines_input(label: str, said: str, rows: int, text: str) -> forms.CharField:
    widget = forms.Textarea({"rows": rows, "dir": "auto", "spellcheck": "false", "class": "ja-lines"})
    return forms.CharField(required=False, strip=False, label=label, help_text=said, initial=text, widget=widget)


def _row(place: int, choice: Choice | None, source: Source) -> dict[str, forms.Field]:
    """Return the controls of one choice."""
    start = f"{ROW}{place}"
    value = forms.CharField(
        required=False,
        strip=False,
        label=_("Value"),
        initial=choice.text if choice is not None else "",
        widget=forms.TextInput({"dir": "auto"}),
    )
    if choice is not None and choice.value in source.published_choices:
        value.widget.attrs |= {"readonly": "", "title": _("It is published, and can be retired.")}
    found: dict[str, forms.Field] = {f"{start}__value": value}
    labels = choice.labels(source.languages[0][0]) if choice is not None else {}
    for code, language in source.languages:
        found[f"{start}__label__{code}"] = forms.CharField(
            required=False,
            strip=False,
            label=label_in_language(_("Label"), language, source),
            initial=labels.get(code, ""),
            widget=forms.TextInput({"dir": "auto", "lang": code}),
        )
    found[f"{start}__place"] = forms.IntegerField(
        required=False,
        label=_("Place"),
        initial=place + 1 if choice is not None else None,
        widget=forms.TextInput({"data-ja-place": "", "inputmode": "numeric", "size": 3}),
    )
    found[f"{start}__retired"] = forms.BooleanField(
        required=False, label=_("Retired"), initial=choice is not None and choice.is_retired
    )
    return found
