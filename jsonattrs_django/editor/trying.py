"""Trying a value: what would be stored for what somebody types, and how that reads, or why it is refused.

What is typed is neither stored nor logged.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jsonattrs_core import UNSET, JSONAttrsError, Problem, Schema, compose, render
from jsonattrs_django.editor.faults import fault_texts
from jsonattrs_django.editor.values import readings, stored_texts
from jsonattrs_django.forms import form_field
from jsonattrs_django.forms.references import found_rows
from jsonattrs_django.registry import registry
from jsonattrs_django.texts import label_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jsonattrs_core import Attribute, ComposedSchema, Validator

__all__ = ["Answer", "Trial"]

#: Characters that are looked at; no value that people type has more.
_MOST_TYPED = 200_000
#: Choices that a refusal names.
_MOST_NAMED = 10


class Answer(NamedTuple):
    """What becomes of a value."""

    problems: Sequence[str]  #: why it is refused, each a sentence
    stored: Sequence[str] = ()  #: what is stored for it, a text for each of several values
    reads: Sequence[str] = ()  #: how that reads

    @property
    def reads_as_stored(self) -> bool:
        """Tell whether it reads as it is stored."""
        return self.stored == self.reads


class Trial:
    """What becomes of a text that ``user`` types for one attribute of a schema, read in the active language.

    The attribute is tried by itself: no rule, no condition and no uniqueness, which need a whole record or others.
    ``name`` chooses the attribute, the first one where no attribute has that name. No text makes anything raise.
    """

    def __init__(self, schema: ComposedSchema, name: str = "", text: str | None = None, user: Any = None) -> None:
        self._schema = schema
        self._user = user
        self.name = name if name in schema else next(iter(schema), "")
        self._is_asked = text is not None
        self.text = text or ""

    @property
    def attributes(self) -> list[tuple[str, str]]:
        """The names of the attributes, and what they are called."""
        language = self._schema.default_language
        return [(name, label_of(attribute, language)) for name, attribute in self._schema.items()]

    @property
    def help(self) -> str:
        """The help and the example of the attribute, safe to be shown as HTML."""
        return "" if self._field is None else self._field.help_text

    @cached_property
    def answer(self) -> Answer | None:
        """What becomes of the text; None where nothing is asked, or a blank is as good as nothing."""
        if not self._is_asked:
            return None
        if self._faults:
            return Answer(self._faults)
        if self._field is None:
            return None
        if len(self.text) > _MOST_TYPED:
            return Answer([_("This is too long to be tried here.")])
        try:
            value = self._field.clean(_sent(self._field, self.text))
        except ValidationError as error:
            return Answer(_told(error, self._field))
        if value is None:
            return Answer(self._demands) if self._demands else None
        return Answer([], stored_texts(self._validator.dump_attribute(self.name, value)), readings(self._field, value))

    @property
    def _demands(self) -> list[str]:
        """Why nothing is too little."""
        return [render(problem, get_language()) for problem in self._validator.check({self.name: None}).problems]

    # ---- the attribute by itself ----

    @cached_property
    def _alone(self) -> ComposedSchema:
        attribute: Attribute = replace(
            self._schema[self.name], visible_if=UNSET, required_if=UNSET, unique=UNSET, indexed=UNSET
        )
        said_by = self._schema.schemas[-1]
        return compose(Schema(said_by.name, [attribute], default_language=said_by.default_language))

    @cached_property
    def _faults(self) -> list[str]:
        """Why no value of the attribute can be checked."""
        try:
            if self.name:
                self._alone.compile(registry())
        except JSONAttrsError as error:
            return fault_texts(error)
        return []

    @cached_property
    def _field(self) -> Any:
        if not self.name or self._faults:
            return None
        field = form_field(self._alone, self.name).for_form()
        field.user = self._user  # of references: which records there are to choose
        return field

    @property
    def _validator(self) -> Validator:
        return self._alone.compile(registry())


def _told(error: ValidationError, field: Any) -> list[str]:
    """Return why a value is refused; of what is none of the choices, what these are called."""
    options = getattr(field, "options", None) or {}
    labels = [option.label for option in options.values() if not option.retired]
    listed = Problem((), "choice", {"choices": labels[:_MOST_NAMED], "count": len(labels)})
    said = [
        render(listed, get_language()) if each.code == "choice" and labels else each.messages[0]
        for each in error.error_list
    ]
    return list(dict.fromkeys(said))


def _row_called(field: Any, text: str) -> str:
    """Return what a form sends for the record that is called so; the text where it may be a key, or there is none."""
    rows = [] if not text.strip() else list(found_rows(field.rows(), text)[:2])
    if len(rows) > 1 and text.strip() not in {str(row.pk) for row in rows}:
        raise ValidationError(_("Several records are found for this. Write more of what it is called."))
    return text if len(rows) != 1 else str(rows[0].pk)


def _sent(field: Any, text: str) -> Any:
    """Return what a form would send for what is typed: a choice for its label, and of several values the lines."""
    if hasattr(field, "rows"):
        found = [_row_called(field, line) for line in (text.splitlines() if field.reader.multiple else [text])]
        return found if field.reader.multiple else found[0]
    options = getattr(field, "options", None)
    if options is None:
        return text
    labels = {option.label.casefold(): option.text for option in options.values() if not option.retired}
    lines = text.splitlines() if field.reader.multiple else [text]
    sent = [line.strip() if line.strip() in options else labels.get(line.strip().casefold(), line) for line in lines]
    return sent if field.reader.multiple else sent[0]
