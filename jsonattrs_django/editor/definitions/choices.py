"""The part that lists the values that an attribute can have: a row each, or, where there are many, a line each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _

from jsonattrs_core import Attribute
from jsonattrs_django.editor.definitions.parts import Part, Source
from jsonattrs_django.editor.definitions.values import as_text, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["MOST_ROWS", "ChoicesPart"]

#: Choices that have a row; more of them are lines of a text.
MOST_ROWS = 100
#: Rows for further choices.
_BLANK = 3


class _Choice(NamedTuple):
    """A choice, and how the definition says it."""

    value: Any
    label: Any = None
    retired: bool = False
    written: Any = None

    @classmethod
    def read(cls, item: Any) -> _Choice:
        """Return what an item of the document says."""
        if isinstance(item, Mapping) and "value" in item:
            return cls(item["value"], item.get("label"), bool(item.get("retired")), item)
        if isinstance(item, list) and len(item) == 2 and isinstance(item[1], str | Mapping):
            return cls(item[0], item[1], False, item)
        return cls(item, None, False, item)


class ChoicesPart(Part):
    """The choices."""

    def __init__(self) -> None:
        super().__init__("choices")

    # ---- what is shown ----

    def _listed(self, source: Source) -> list[_Choice]:
        found = source.definition.get("choices")
        if not isinstance(found, list) and source.below("choices") is not None and "choices" not in source.definition:
            found = source.below("choices")
        return [_Choice.read(item) for item in found] if isinstance(found, list) else []

    def fields(self, source: Source) -> dict[str, forms.Field]:
        """Return the controls of each choice, or one for all."""
        listed = self._listed(source)
        found: dict[str, forms.Field] = {}
        if source.below("choices") is not None:
            said = 1 if "choices" in source.definition and source.definition["choices"] is not None else 0
            said = 2 if "choices" in source.definition and source.definition["choices"] is None else said
            options = [("0", _("as inherited")), ("1", _("these, here")), ("2", _("none here: any value"))]
            found["choices__here"] = forms.ChoiceField(
                required=False, choices=options, label=_("Choices"), initial=str(said)
            )
        if len(listed) > MOST_ROWS:
            widget = forms.Textarea({"rows": 20, "dir": "auto", "spellcheck": "false"})
            said = _("One on a line: value | label, and | retired for what is no longer offered.")
            text = "\n".join(self._line(choice, source) for choice in listed)
            found["choices__lines"] = forms.CharField(
                required=False, strip=False, label=_("Choices"), help_text=said, initial=text, widget=widget
            )
            return found
        for place in range(len(listed) + _BLANK):
            found |= self._row(place, listed[place] if place < len(listed) else None, source)
        widget = forms.Textarea({"rows": 2, "dir": "auto"})
        found["choices__more"] = forms.CharField(
            required=False,
            label=_("Add several at once"),
            help_text=_("One on a line: value | label."),
            widget=widget,
        )
        return found

    def _row(self, place: int, choice: _Choice | None, source: Source) -> dict[str, forms.Field]:
        start = f"choice__{place}"
        shown = as_text(choice.value) if choice is not None else ""
        is_kept = choice is not None and choice.value in source.published_choices
        value = forms.CharField(
            required=False, strip=False, label=_("Value"), initial=shown, widget=forms.TextInput({"dir": "auto"})
        )
        if is_kept:
            value.widget.attrs |= {"readonly": "", "title": _("Published: it can be retired.")}
        found: dict[str, forms.Field] = {f"{start}__value": value}
        labels = _labels(choice, source)
        for code, language in source.languages:
            found[f"{start}__label__{code}"] = forms.CharField(
                required=False,
                label=_("Label (%(language)s)") % {"language": language},
                initial=labels.get(code, ""),
                widget=forms.TextInput({"dir": "auto", "lang": code}),
            )
        found[f"{start}__place"] = forms.IntegerField(
            required=False,
            label=_("Place"),
            initial=place + 1 if choice is not None else None,
            widget=forms.NumberInput({"data-ja-place": "", "min": 1}),
        )
        found[f"{start}__retired"] = forms.BooleanField(
            required=False, label=_("Retired"), initial=choice is not None and choice.retired
        )
        return found

    def _line(self, choice: _Choice, source: Source) -> str:
        label = _labels(choice, source).get(source.languages[0][0], "")
        parts = [as_text(choice.value), label, *(["retired"] if choice.retired else [])]
        return " | ".join(parts).rstrip(" |") if parts[1:] != [""] else parts[0]

    # ---- what is said ----

    def take(self, definition: dict[str, Any], given: Mapping[str, Any], source: Source) -> None:
        """Say the choices, in their new order; each that is as it was exactly as it was."""
        here = given.get("choices__here")
        if here in ("0", "2"):
            definition.pop("choices", None)
            if here == "2":
                definition["choices"] = None
            return
        listed = self._listed(source)
        read = self._from_lines if len(listed) > MOST_ROWS else self._from_rows
        found = list(read(given, listed, source))
        kept = {as_text(item.value) for item in map(_Choice.read, found)}
        # What is published stays, whatever became of its row: it may be retired.
        missing = [
            each for each in listed if each.value in source.published_choices and as_text(each.value) not in kept
        ]
        found += [_written(each._replace(retired=True, written=None), each.label) for each in missing]
        self.said(definition, found or None)

    def _from_rows(self, given: Mapping[str, Any], listed: list[_Choice], source: Source) -> Iterator[Any]:
        rows = []
        for place in range(len(listed) + _BLANK):
            start = f"choice__{place}"
            before = listed[place] if place < len(listed) else None
            text = given.get(f"{start}__value") or ""
            if before is not None and before.value in source.published_choices:
                text = as_text(before.value)
            if text.strip():
                labels = {code: given.get(f"{start}__label__{code}") or "" for code, _language in source.languages}
                item = self._item(text, labels, bool(given.get(f"{start}__retired")), before, source)
                rows.append((given.get(f"{start}__place") or len(listed) + place + 1, place, item))
        yield from (item for _place, _first, item in sorted(rows, key=lambda row: row[:2]))
        for text, label, retired in _lines(given.get("choices__more") or ""):
            yield self._item(text, {source.languages[0][0]: label}, retired, None, source)

    def _from_lines(self, given: Mapping[str, Any], listed: list[_Choice], source: Source) -> Iterator[Any]:
        known = {as_text(choice.value): choice for choice in listed}
        for text, label, retired in _lines(given.get("choices__lines") or ""):
            before = known.get(text)
            others = _labels(before, source)
            yield self._item(text, {**others, source.languages[0][0]: label}, retired, before, source)

    def _item(self, text: str, labels: Mapping[str, str], retired: bool, before: _Choice | None, source: Source) -> Any:
        """Return how the document says a choice; what it said, where nothing is another."""
        is_same = before is not None and as_text(before.value) == text
        shown = {code: label for code, label in labels.items() if label}
        if before is not None and is_same and retired == before.retired and shown == _shown_labels(before, source):
            return before.written
        value = before.value if before is not None and is_same else value_of(text.strip(), Attribute("v", source.type))
        main = source.languages[0][0]
        label: Any = shown if [*shown] != [main] else shown[main]
        return _written(_Choice(value, None, retired), label)


def _written(choice: _Choice, label: Any) -> Any:
    if not label and not choice.retired and not isinstance(choice.value, Mapping | list):
        return choice.value
    said = {"value": choice.value, "label": label, "retired": choice.retired}
    return {name: value for name, value in said.items() if name == "value" or value}


def _labels(choice: _Choice | None, source: Source) -> dict[str, str]:
    """Return the labels of a choice by language."""
    label = None if choice is None else choice.label
    if isinstance(label, Mapping):
        return {str(code): str(text) for code, text in label.items()}
    return {source.languages[0][0]: as_text(label)} if label else {}


def _shown_labels(choice: _Choice, source: Source) -> dict[str, str]:
    codes = dict(source.languages)
    return {code: text for code, text in _labels(choice, source).items() if text and code in codes}


def _lines(text: str) -> Iterable[tuple[str, str, bool]]:
    """Yield value, label and whether it is retired for each line."""
    for line in text.replace("\r\n", "\n").split("\n"):
        value, _bar, rest = line.partition("|")
        label, bar, last = rest.rpartition("|")
        is_marked = last.strip().casefold() == "retired" and bool(bar)
        if value.strip():
            yield value.strip(), (label if is_marked else rest).strip(), is_marked
