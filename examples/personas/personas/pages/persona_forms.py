"""The form of a persona: its name and description, and an input for each characteristic, in sections.

Two windows may have the same persona open. What only one of them has changed is merged; of what both have changed, who
saves later is told, and decides.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from jsonattrs_django.forms import AttributeModelForm
from personas.characteristics import title_of
from personas.models import Persona
from personas.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jsonattrs_core import ComposedSchema

__all__ = ["Item", "PersonaForm", "Section"]

_COLUMNS = ("name", "description", "is_active")
_ATTRIBUTE = "attrs__"
#: What the hidden input is called that tells what the form has shown of the persona.
SEEN = "seen"


@dataclass(frozen=True, slots=True)
class Item:
    """A characteristic in the form."""

    field: Any  #: the bound field
    is_rating: bool
    is_proposed: bool = False  #: it begins with what a language model has proposed
    refused: Sequence[str] = ()  #: why other proposals of the model cannot be used

    @property
    def is_set(self) -> bool:
        """Tell whether there is something in it."""
        return self.field.value() not in (None, "", [])


@dataclass(frozen=True, slots=True)
class Section:
    """Characteristics that are shown together."""

    name: str
    title: str
    items: Sequence[Item]
    is_open: bool

    @property
    def count(self) -> int:
        """How many of them are set."""
        return sum(item.is_set for item in self.items)

    @property
    def errors(self) -> int:
        """How many of them are refused."""
        return sum(1 for item in self.items if item.field.errors)

    @property
    def proposals(self) -> int:
        """How many of them begin with a proposal."""
        return sum(item.is_proposed for item in self.items)


class PersonaForm(AttributeModelForm):
    """The form; ``proposed`` are JSON values by name that it begins with, ``refused`` what to say beside others."""

    class Meta:
        """The columns and all characteristics that the author has."""

        model = Persona
        fields = (*_COLUMNS, "attrs")
        labels = {"is_active": "Active"}  # noqa: RUF012 - in the form that Django reads
        widgets = {  # noqa: RUF012 - the same
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "description": forms.Textarea(attrs={"rows": 3}),
        }
        error_messages = {"name": {"required": "Give the persona a name."}}  # noqa: RUF012 - the same

    def __init__(
        self,
        *args: Any,
        proposed: Mapping[str, Any] | None = None,
        refused: Mapping[str, Sequence[str]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.proposed, self.refused = proposed or {}, refused or {}
        self._conflicts: set[str] = set()
        self._stored = {} if self.instance._state.adding else _state(self.instance)
        self._shown = _read(self.data.get(SEEN)) if self.is_bound else None

    # ---- what is shown ----

    @cached_property
    def sections(self) -> list[Section]:
        """The characteristics in their sections; the first one is open, and those with something to see to."""
        return [
            Section(
                group.name, title_of(group.name), [self._item(field) for field in group.fields], self._is_open(group)
            )
            for group in self.attribute_groups
        ]

    def _is_open(self, group: Any) -> bool:
        return group.is_open or any(field.attribute in self.refused for field in group.fields)

    def _item(self, field: Any) -> Item:
        name = field.attribute
        is_rating = self._schema[name].subtype == "rating"
        return Item(field, is_rating, name in self.proposed, self.refused.get(name, ()))

    @cached_property
    def _schema(self) -> ComposedSchema:
        return self.instance.attrs.schema

    @property
    def seen(self) -> str:
        """What the form has shown of the persona, for the next post: where a conflict was told, what is stored now."""
        shown = self._stored if self._shown is None else self._shown
        now = {name: self._stored.get(name) for name in self._conflicts}
        return json.dumps({**shown, **now}, separators=(",", ":"))

    # ---- what two windows have changed ----

    def clean(self) -> dict[str, Any] | None:
        """Leave alone what only somebody else has changed, and refuse what both have."""
        super().clean()
        if self._shown is None or self.instance._state.adding:
            return None
        theirs = {name for name in {*self._shown, *self._stored} if self._was_shown(name) != self._stored.get(name)}
        for name in theirs.intersection(_COLUMNS):
            if self.cleaned_data.get(name) == self._was_shown(name):
                self.cleaned_data[name] = self._stored[name]
        for name in theirs.intersection(self.cleaned_data, self._mine()):
            self._refuse(name)
        return None

    def _was_shown(self, name: str) -> Any:
        return (self._shown or {}).get(name)

    def _mine(self) -> set[str]:
        columns = {name for name in _COLUMNS if self.cleaned_data.get(name) != self._was_shown(name)}
        return {*columns, *(name for name in self.changed_data if name.startswith(_ATTRIBUTE))}

    def _refuse(self, name: str) -> None:
        """Say that there is a conflict, unless both have come to the same."""
        if self.cleaned_data[name] == self[name].initial:
            return
        self._conflicts.add(name)
        now = self._told(name)
        said = f"Meanwhile this was set to {now}" if now else "Meanwhile this was cleared"
        self.add_error(name, ValidationError(f"{said} elsewhere. Save again to keep yours.", code="conflict"))

    def _told(self, name: str) -> str:
        value = self[name].initial
        if name.startswith(_ATTRIBUTE):
            text = ", ".join(Reading(self._schema).trait(name.removeprefix(_ATTRIBUTE), value).values)
        else:
            text = {True: "Yes", False: "No"}.get(value, value)
        return f"“{text}”" if text else ""


def _state(persona: Persona) -> dict[str, Any]:
    """Return what there is of a persona as JSON, by the names of the form."""
    columns = {name: getattr(persona, name) for name in _COLUMNS}
    return {**columns, **{f"{_ATTRIBUTE}{name}": value for name, value in persona.attrs.dump().items()}}


def _read(text: Any) -> dict[str, Any] | None:
    """Return what a post says that it was shown, None where it says nothing that can be read."""
    try:
        found = json.loads(text)
    except (TypeError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
