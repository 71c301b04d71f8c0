"""The form of one definition, made of its parts."""

from __future__ import annotations

import re
from copy import deepcopy
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _

from jsonattrs_django.editor.definitions.answers import answer_parts
from jsonattrs_django.editor.definitions.choices import ChoicesPart
from jsonattrs_django.editor.definitions.faults import placed
from jsonattrs_django.editor.definitions.limits import LimitsPart
from jsonattrs_django.editor.definitions.posting import UPDATE, completed, number_of_rows, source_of_posted
from jsonattrs_django.editor.definitions.sections import sections_of
from jsonattrs_django.editor.definitions.sending import is_as_shown
from jsonattrs_django.editor.definitions.texts import about_parts, life_parts
from jsonattrs_django.editor.definitions.types import type_parts
from jsonattrs_django.editor.fault_words import fault_in_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from jsonattrs_django.editor.definitions.parts import Part
    from jsonattrs_django.editor.definitions.sections import Section
    from jsonattrs_django.editor.definitions.source import Source

__all__ = ["DefinitionForm"]

#: Characters of a technical name, and of one that is made of a label.
_LONGEST_NAME, _LONGEST_MADE = 63, 50
#: Types whose values are not listed.
_WITHOUT_CHOICES = ("object", "reference", "boolean")


class DefinitionForm(forms.Form):
    """The form of one definition.

    ``source`` is what it is about; ``taken`` are the names and keys that other attributes have. Of a form that is valid
    ``definition`` is the definition as it was posted: a property whose controls are as they were shown is as it was.
    """

    error_css_class = "ja-refused"

    def __init__(self, data: Any = None, *, source: Source, taken: Collection[str] = (), **kwargs: Any) -> None:
        self.source = source
        self.taken = taken
        self.live = source  #: what it is about, with the type that was posted
        self.rows = 0  #: of choices, as many as the page had
        if data is not None:
            data = data.copy()
            self.rows = number_of_rows(data)
            self.live = source_of_posted(source, data)
            for part in self.parts:
                part.prepare(data, self.live, source)
        super().__init__(data, **kwargs)
        self.is_update = self.is_bound and UPDATE in self.data
        self.named: dict[str, list[str]] = {}  #: the names of the fields by part
        for part in self.parts:
            self._add(part)
        if self.is_bound:
            completed(self.data, self.fields)

    def _add(self, part: Part) -> None:
        """Add the fields of a part; what they first show is what the definition says."""
        made = part.fields(self.live)
        if self.live is not self.source:
            first = part.fields(self.source)
            for name in made.keys() & first.keys():
                made[name].initial = first[name].initial
        self.fields.update(made)
        self.named[part.name] = [*made]

    @cached_property
    def parts(self) -> list[Part]:
        """The parts, in the order in which they are shown."""
        has_choices = self.live.type not in _WITHOUT_CHOICES or bool(self.source.definition.get("choices"))
        choices = [ChoicesPart(self.rows)] if has_choices else []
        return [*about_parts(), *type_parts(), LimitsPart(), *choices, *answer_parts(self.live), *life_parts()]

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

    def clean(self) -> dict[str, Any]:
        """Make the definition of what was posted."""
        given: dict[str, Any] = self.cleaned_data
        definition = deepcopy(dict(self.source.definition))
        for part in self.parts:
            names = self.named[part.name]
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
        if self.source.is_new or has_new_type:
            return True
        return not all(is_as_shown(self.fields[name], self[name].data) for name in names)

    def _name(self, definition: dict[str, Any]) -> None:
        """Give a new attribute its name and key, and say what is wrong with a name.

        Until it is published, the key follows the name.
        """
        before = self.source.definition
        if self.source.is_new:
            definition.setdefault("name", self._made_name(definition))
        name = definition.get("name")
        is_free = self.source.inherited is None and not self.source.is_published
        if is_free and name and before.get("key") == before.get("name"):
            definition["key"] = name
        if name is None or name == before.get("name"):
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
        stem = re.sub(r"_+", "_", slugify(text).replace("-", "_")).strip("_")[:_LONGEST_MADE].strip("_")
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
            name, text = placed(self, message)
            self.add_error(name, capfirst(fault_in_words(message, self.live.type) or text))
