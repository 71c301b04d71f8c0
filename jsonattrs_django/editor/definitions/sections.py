"""How the page lays the form of a definition out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _

from jsonattrs_django.editor.definitions.answers import CONDITIONS
from jsonattrs_django.editor.definitions.choices import ROW
from jsonattrs_django.editor.definitions.limits import LIMIT
from jsonattrs_django.editor.definitions.parts import NONE

if TYPE_CHECKING:
    from django.forms import BoundField

    from jsonattrs_django.editor.definitions.form import DefinitionForm
    from jsonattrs_django.editor.definitions.source import Origin

__all__ = ["ChoiceRow", "Row", "Section", "sections_of"]


class Row(NamedTuple):
    """A control, and what belongs to it."""

    field: BoundField
    none: BoundField | None = None  #: the box that takes what is inherited away
    origin: Origin | None = None  #: what is inherited
    more: tuple[Row, ...] = ()  #: the same in other languages
    comparison: tuple[BoundField, ...] = ()  #: the controls that write a condition
    is_open: bool = False  #: the other languages are shown


class ChoiceRow(NamedTuple):
    """The controls of one choice."""

    value: BoundField
    labels: list[BoundField]
    place: BoundField
    retired: BoundField
    is_published: bool


class Section(NamedTuple):
    """Controls that are shown together."""

    id: str
    title: str
    hint: str
    rows: list[Row]
    choices: list[ChoiceRow]
    is_open: bool


def sections_of(form: DefinitionForm) -> list[Section]:
    """Return the sections of the form."""
    titles = (
        ("about", _("What it is called"), "", ("label", "help_text", "group", "name")),
        ("holds", _("What it holds"), "", ("type", "subtype", "multiple")),
        ("limits", _("Limits"), _("which values are refused"), ("constraints",)),
        ("choices", _("Choices"), _("where only some values are possible"), ("choices",)),
        (
            "answers",
            _("When it is asked"),
            _("required or not, under conditions, and what a new form begins with"),
            ("required", "required_if", "visible_if", "default", "initial_default"),
        ),
        (
            "more",
            _("Search and state"),
            _("unique or not, quick to search, in use or retired"),
            ("unique", "indexed", "locked", "status"),
        ),
    )
    found = (_section(form, *each) for each in titles)
    return [section for section in found if section.rows or section.choices]


def _section(form: DefinitionForm, name: str, title: str, hint: str, parts: tuple[str, ...]) -> Section:
    rows = [row for part in parts for row in _rows(form, part)]
    choices = _choices(form) if name == "choices" else []
    names = [each for part in parts for each in form.named.get(part, ())]
    is_open = name in ("about", "holds") or any(form[each].errors or _is_said(form, each) for each in names)
    return Section(name, title, hint, rows, choices, is_open)


def _rows(form: DefinitionForm, part: str) -> list[Row]:
    names = [name for name in form.named.get(part, ()) if not name.startswith(ROW) and not name.endswith(NONE)]
    if part in ("label", "help_text"):
        return _in_languages(form, part, names)
    if part in CONDITIONS:
        return [_row(form, part, part)._replace(comparison=tuple(form[name] for name in names[1:]))]
    return [_row(form, name, _part_of(part, name)) for name in names]


def _part_of(part: str, name: str) -> str:
    """Return what a property is called where its origin is told."""
    return f"{part}.{name.removeprefix(LIMIT)}" if name.startswith(LIMIT) else part


def _row(form: DefinitionForm, name: str, part: str) -> Row:
    none = f"{name}{NONE}"
    return Row(form[name], form[none] if none in form.fields else None, form.source.origins.get(part))


def _in_languages(form: DefinitionForm, part: str, names: list[str]) -> list[Row]:
    """Return a text in the schema's own language, with the others inside."""
    rows = [_row(form, name, f"{part}.{name.removeprefix(f'{part}__')}") for name in names]
    first, *others = rows
    none = form[f"{part}{NONE}"] if f"{part}{NONE}" in form.fields else None
    is_open = any(row.field.value() or row.field.errors for row in others)
    return [first._replace(none=none, more=tuple(others), is_open=is_open)]


def _choices(form: DefinitionForm) -> list[ChoiceRow]:
    found: dict[str, dict[str, Any]] = {}
    for name in form.named.get("choices", ()):
        if name.startswith(ROW):
            _start, place, part = name.split("__", 2)
            row = found.setdefault(place, {"labels": []})
            if part.startswith("label__"):
                row["labels"].append(form[name])
            else:
                row[part] = form[name]
    return [ChoiceRow(**each, is_published="readonly" in each["value"].field.widget.attrs) for each in found.values()]


#: What a control has that says nothing.
_USUAL = ("", "false", "active", "0", "==")


def _is_said(form: DefinitionForm, name: str) -> bool:
    """Tell whether something unusual is said in a control."""
    return not name.endswith("__place") and str(form[name].value() or "") not in _USUAL
