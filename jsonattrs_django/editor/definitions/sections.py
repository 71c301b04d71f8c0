"""How the page lays the form of a definition out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from jsonattrs_django.editor.definitions.form import DefinitionForm

__all__ = ["Row", "Section", "sections_of"]


class Row(NamedTuple):
    """A control, and the box that stands for none of what is inherited."""

    field: Any
    none: Any = None


class Choice(NamedTuple):
    """The controls of one choice."""

    value: Any
    labels: list[Any]
    place: Any
    retired: Any


class Section(NamedTuple):
    """Controls that are shown together."""

    id: str
    title: str
    rows: list[Row]
    choices: list[Choice] = []  # noqa: RUF012 - a tuple, whose default nobody changes
    is_open: bool = True


def sections_of(form: DefinitionForm) -> list[Section]:
    """Return the sections of the form."""
    titles = (
        ("about", _("What it is called"), ("label", "help_text", "group")),
        ("holds", _("What it holds"), ("type", "subtype", "multiple")),
        ("limits", _("Limits"), ("constraints",)),
        ("choices", _("Choices"), ("choices",)),
        ("answers", _("Answers"), ("required", "required_if", "visible_if", "default", "initial_default")),
        ("more", _("More"), ("unique", "indexed", "locked", "status", "name")),
    )
    found = []
    for name, title, parts in titles:
        names = [each for part in parts for each in form.named.get(part, ())]
        choices = _choices(form, names) if name == "choices" else []
        rows = _rows(form, [each for each in names if not each.startswith("choice__")])
        if rows or choices:
            has_errors = any(row.field.errors for row in rows) or any(choice.value.errors for choice in choices)
            is_open = name in ("about", "holds") or has_errors or _says_something(form, names) or name == "limits"
            found.append(Section(name, title, rows, choices, is_open))
    return found


def _rows(form: DefinitionForm, names: list[str]) -> list[Row]:
    return [
        Row(form[name], form[f"{name}__none"] if f"{name}__none" in form.fields else None)
        for name in names
        if not name.endswith("__none")
    ]


def _choices(form: DefinitionForm, names: list[str]) -> list[Choice]:
    found: dict[str, dict[str, Any]] = {}
    for name in names:
        if name.startswith("choice__"):
            _start, place, part = name.split("__", 2)
            found.setdefault(place, {"labels": []})
            if part.startswith("label__"):
                found[place]["labels"].append(form[name])
            else:
                found[place][part] = form[name]
    return [Choice(**each) for each in found.values()]


def _says_something(form: DefinitionForm, names: list[str]) -> bool:
    usual = ("", "false", "active", None, "0")
    return any((form[name].value() or "") not in usual for name in names if name != "name" and "__place" not in name)
