"""The form of one definition, made of its parts."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.text import slugify
from django.utils.translation import gettext as _

from jsonattrs_django.editor.catalogue import subtype_groups
from jsonattrs_django.editor.definitions.choices import ChoicesPart
from jsonattrs_django.editor.definitions.limits import LimitsPart
from jsonattrs_django.editor.definitions.sections import sections_of
from jsonattrs_django.editor.definitions.texts import about_parts, answer_parts, life_parts, name_parts
from jsonattrs_django.editor.definitions.types import type_parts
from jsonattrs_django.forms.shown import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from jsonattrs_django.editor.definitions.parts import Part, Source
    from jsonattrs_django.editor.definitions.sections import Section

__all__ = ["UPDATE", "DefinitionForm"]

#: The parameter of a button that shows the form anew, for the type that was chosen, and saves nothing.
UPDATE = "_update"

#: Characters of a technical name.
_LONGEST_NAME = 63


class DefinitionForm(forms.Form):
    """The form of one definition."""

    error_css_class = "ja-refused"

    def __init__(self, data: Any = None, *, source: Source, taken: Collection[str] = (), **kwargs: Any) -> None:
        self.source = source
        self.taken = taken  #: names and keys that other attributes have
        self.live = source
        if data is not None:
            data = data.copy()
            self.live = _as_posted(source, data)
        super().__init__(data, **kwargs)
        self.is_update = self.is_bound and UPDATE in self.data
        self.named: dict[str, list[str]] = {}  #: the names of the fields by part
        for part in self.parts:
            shown, first = part.fields(self.live), part.fields(source)
            for name, made in shown.items():
                made.initial = first[name].initial if name in first else made.initial
            self.fields.update(shown)
            self.named[part.name] = [*shown]

    @cached_property
    def parts(self) -> list[Part]:
        """The parts, in the order in which they are shown."""
        return [
            *about_parts(),
            *type_parts(),
            LimitsPart(),
            *(
                [ChoicesPart()]
                if self.live.type not in ("object", "reference") or self.live.definition.get("choices")
                else []
            ),
            *answer_parts(self.live),
            *life_parts(),
            *name_parts(),
        ]

    @property
    def sections(self) -> list[Section]:
        """The fields as the page shows them."""
        return sections_of(self)

    # ---- what was posted ----

    def is_valid(self) -> bool:
        """Tell whether the definition may be kept; never where the form is only to be shown anew."""
        return not self.is_update and bool(super().is_valid())

    def full_clean(self) -> None:
        """Decide on what was posted; say nothing where the form is only to be shown anew."""
        if self.is_update:
            self._errors = ErrorDict(renderer=self.renderer)
            self.cleaned_data: dict[str, Any] = {}
            return
        super().full_clean()

    def _is_as_shown(self, name: str) -> bool:
        made, given = self.fields[name], self[name].data
        if isinstance(made, forms.BooleanField):
            return bool(given) == bool(made.initial)
        initial = "" if made.initial is None else str(made.initial)
        return plain("" if given is None else str(given)) == plain(initial)

    def clean(self) -> dict[str, Any]:
        """Make the definition of what was posted."""
        given: dict[str, Any] = self.cleaned_data
        definition = deepcopy(dict(self.source.definition))
        for part in self.parts:
            names = [name for name in self.named[part.name] if name in self.fields]
            if not self._is_said_anew(part, names):
                continue
            try:
                part.take(definition, {name: given.get(name) for name in names}, self.live)
            except ValidationError as error:
                self.add_error(names[0], error)
        self._name(definition)
        self.definition = definition
        return given

    def _is_said_anew(self, part: Part, names: Iterable[str]) -> bool:
        has_new_type = self.live.type != self.source.type and part.name in ("constraints", "default", "choices")
        return self.source.is_new or has_new_type or not all(self._is_as_shown(name) for name in names)

    def _name(self, definition: dict[str, Any]) -> None:
        """Give a new attribute its name and key, and say what is wrong with a name."""
        if self.source.is_new:
            definition.setdefault("name", self._made_name(definition))
            definition["key"] = definition["name"]
        name = definition.get("name")
        if name is None or name == self.source.definition.get("name"):
            return
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or "__" in name or len(name) > _LONGEST_NAME:
            said = _("Use small letters, digits and single underscores, and begin with a letter.")
            self.add_error("name", said)
        elif name in self.taken:
            self.add_error("name", _("Another attribute has this name already."))

    def _made_name(self, definition: dict[str, Any]) -> str:
        """Return a name that is made of the label and that nobody has."""
        label = definition.get("label") or ""
        text = label if isinstance(label, str) else next(iter(label.values()), "")
        stem = re.sub(r"_+", "_", slugify(text).replace("-", "_")).strip("_")[:50]
        stem = stem if stem[:1].isalpha() else f"attribute_{stem}".rstrip("_")
        number, name = 1, stem
        while name in self.taken:
            number += 1
            name = f"{stem}_{number}"
        return name

    # ---- what the engine says of it ----

    def show_faults(self, faults: Iterable[Any]) -> None:
        """Show what is wrong with the definition at the fields that it is about; the rest above the form."""
        for fault in faults:
            message = getattr(fault, "message", str(fault))
            self.add_error(self._field_of(message), message)

    def _field_of(self, message: str) -> str | None:
        for pattern, name in _PLACES:
            found = re.search(pattern, message)
            if found:
                wanted = name.format(*found.groups())
                return next((each for each in self.fields if each == wanted or each.startswith(wanted)), None)
        return None


#: Where faults are shown, by how the core begins to tell them.
_PLACES = (
    (r"constraint '([a-z_]+)'", "limit__{0}"),
    (r"'([a-z_]+)' (?:needs|names|has|must)", "limit__{0}"),
    (r"^visible_if", "visible_if"),
    (r"^required_if", "required_if"),
    (r"initial_default", "initial_default"),
    (r"default", "default"),
    (r"choice", "choice"),
    (r"subtype", "subtype"),
    (r"base type", "type"),
    (r"label|help_text", "label__"),
    (r"'multiple'|multiple", "multiple"),
    (r"\bname\b", "name"),
)


def _as_posted(source: Source, data: Any) -> Source:
    """Return what the form is about with the type that was posted. A subtype that is of another type is forgotten."""
    definition = dict(source.definition)
    if data.get("type"):
        definition["type"] = data["type"]
    elif source.inherited is not None:
        definition.pop("type", None)
    if data.get("multiple"):
        definition["multiple"] = data["multiple"] == "true"
    live = replace(source, definition=definition)
    if "subtype" in data and live.type != source.type:
        known = {value for _title, several in subtype_groups(live.type) for value, _label in several}
        if data["subtype"] not in known:
            data["subtype"] = ""
    if data.get("subtype"):
        definition["subtype"] = data["subtype"]
    elif live.type != source.type:
        definition.pop("subtype", None)
    if live.type != source.type:
        _forget_limits(definition, live.type)
    return replace(source, definition=definition)


def _forget_limits(definition: dict[str, Any], base: str) -> None:
    """Take away the constraints that are known to be for other types than the new one."""
    from jsonattrs_django.registry import registry

    known, given = registry().constraints, definition.get("constraints")
    if isinstance(given, dict):
        definition["constraints"] = {
            name: value
            for name, value in given.items()
            if name not in known or base in known[name].bases or "*" in known[name].bases
        }
