"""Which form field and which control an attribute has, by its type, its subtype and what its schema says."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.html import conditional_escape
from django.utils.translation import get_language, gettext

from jsonattrs_core import text_in
from jsonattrs_django.durations import written_duration
from jsonattrs_django.forms.choices import MOST_SHOWN, ChoiceField, ChoicesField, Option
from jsonattrs_django.forms.fields import AttributeField, CalendarField, LinesField, MomentField
from jsonattrs_django.forms.references import ReferenceField, ReferencesField
from jsonattrs_django.forms.widgets import (
    AgreementInput,
    DateInput,
    DateTimeInput,
    LinesInput,
    OptionsInput,
    SearchedSelect,
    SearchedSelectMultiple,
    SuggestionsInput,
    TimeInput,
)
from jsonattrs_django.registry import registry
from jsonattrs_django.texts import Reader, label_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jsonattrs_core import Attribute, ComposedSchema, Subtype, Validator

__all__ = ["form_field"]

#: Types of which no example is needed: whole numbers, and what is chosen from a calendar or a clock.
_PLAIN = ("integer", "date", "datetime", "time")
#: What ends a sentence.
_ENDS = tuple(".!?:;\u2026\u3002\uff01\uff1f")

#: What browsers take as a day, a moment and a time.
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_LOCAL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:(?!00)[0-9]{2})?").fullmatch  # they drop :00
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?").fullmatch

#: Choices of which several may be ticked in boxes; more are in a list.
_MOST_BOXES = 15

#: Input types of texts by what they are typed with.
_INPUT_TYPES = {"email": "email", "tel": "tel", "url": "url"}

#: By base type, what is typed where values cannot be negative.
_INPUT_MODES = {"integer": "numeric", "float": "decimal", "decimal": "decimal"}


def form_field(schema: ComposedSchema, name: str, validator: Validator | None = None) -> Any:
    """Return the form field of an attribute of a composed schema, in the active language.

    ``clean`` of a text gives the typed value. Raises KeyError for a name that is no attribute, and what
    ``ComposedSchema.compile`` raises.
    """
    validator = validator or schema.compile(registry())
    return _Maker(schema[name], Reader(schema[name], validator), schema.default_language).field()


class _Maker:
    """Makes the field of one attribute."""

    def __init__(self, attribute: Attribute, reader: Reader, default_language: str) -> None:
        self.attribute = attribute
        self.reader = reader
        self.constraints: Mapping[str, Any] = attribute.constraints or {}
        self._default_language = default_language
        self.subtype: Subtype | None = None
        if attribute.subtype:
            self.subtype = registry().subtype(attribute.subtype, reader.type).record

    def field(self) -> Any:
        """Return the field."""
        if self.reader.type == "reference":
            return self._reference()
        if self.reader.has_choices:
            return self._choice()
        if self.reader.type == "boolean" and not self.reader.multiple:
            return self._yes_or_no()
        if self.reader.multiple:
            return LinesField(self.reader, **self._options(LinesInput, rows=4))
        return _MAKERS.get(self.reader.type, _Maker.text)(self)

    # ---- one value, as a text ----

    def text(self) -> Any:
        """Return the field of a text, or of a type of which nothing is known but that people write it as one."""
        base = registry().base_types[self.reader.type]
        if self.constraints.get("multiline") or base.json in ("object", "array"):
            return AttributeField(self.reader, **self._options(forms.Textarea, rows=4))
        if self.reader.has_suggestions:
            return AttributeField(self.reader, **self._options(self._suggesting))
        options = self._options(forms.TextInput)
        kind = _INPUT_TYPES.get(options["widget"].attrs.get("inputmode", ""))
        if kind is not None:
            options["widget"].input_type = kind
        return AttributeField(self.reader, shows=_is_address if kind in ("email", "url") else None, **options)

    def _suggesting(self, attrs: Any) -> SuggestionsInput:
        widget = SuggestionsInput(attrs)
        widget.suggestions = self.reader.suggested()
        return widget

    def number(self) -> Any:
        """Return the field of a number, which is written as it is in the active language."""
        attrs = {"autocomplete": "off"}
        if self._is_never_negative:
            attrs["inputmode"] = _INPUT_MODES[self.reader.type]
        return AttributeField(self.reader, **self._options(forms.TextInput, **attrs))

    @property
    def _is_never_negative(self) -> bool:
        """Tell whether no minus is ever typed: keyboards of some telephones leave it out."""
        bounds = (self.constraints.get(name) for name in ("min", "exclusive_min"))
        return any(Decimal(str(least)) >= 0 for least in bounds if least is not None)  # a decimal's is written as text

    def date(self) -> Any:
        """Return the field of a day."""
        return CalendarField(self.reader, shows=_is_day, **self._options(DateInput))

    def moment(self) -> Any:
        """Return the field of a moment."""
        return MomentField(self.reader, shows=_is_local, **self._options(DateTimeInput, step="any"))

    def time(self) -> Any:
        """Return the field of a time of day."""
        return CalendarField(self.reader, shows=_is_time, **self._options(TimeInput, step="any"))

    # ---- listed values ----

    def _choice(self) -> Any:
        options = {}
        for value, label, retired in self.reader.listed(self._default_language):
            text = self.reader.text(value, None)
            options[text] = Option(text, value, label or self._called(value), retired)
        offered = [option for option in options.values() if not option.retired]
        if self.reader.multiple:
            return ChoicesField(self.reader, options, **self._options(_widget_of_several(len(offered))))
        if self.reader.type == "boolean" and len(options) == 1:
            (only,) = options
            return ChoiceField(self.reader, options, **self._options(lambda attrs: AgreementInput(only, attrs)))
        widget = SearchedSelect if len(offered) > MOST_SHOWN else forms.Select
        return ChoiceField(self.reader, options, **self._options(widget))

    def _called(self, value: Any) -> str:
        """Return what a value without a label is called."""
        if isinstance(value, bool):
            return gettext("Yes") if value else gettext("No")
        return self.reader.text(value, get_language())

    def _yes_or_no(self) -> Any:
        said = ((value, self._called(value)) for value in (True, False))
        options = {text: Option(text, value, label, False) for value, label in said if (text := str(value).lower())}
        return ChoiceField(self.reader, options, **self._options(forms.Select))

    def _reference(self) -> Any:
        if self.reader.multiple:
            return ReferencesField(self.reader, **self._options(SearchedSelectMultiple))
        return ReferenceField(self.reader, **self._options(SearchedSelect))

    # ---- what all have ----

    def _options(self, widget: Callable[..., forms.Widget], **attrs: Any) -> dict[str, Any]:
        made = (
            widget(attrs={**self._hints(), **attrs}) if isinstance(widget, type) else widget({**self._hints(), **attrs})
        )
        return {
            "label": label_of(self.attribute, self._default_language),
            "help_text": self._help(),
            "required": False,
            "widget": made,
        }

    def _hints(self) -> dict[str, Any]:
        """Return the attributes of the control that the subtype asks for."""
        given = dict(self.subtype.input) if self.subtype is not None else {}
        mask = given.pop("mask", None)
        hints: dict[str, Any] = {"dir": "auto", **given}
        if mask:
            hints["data-mask"] = mask
        return hints

    def _help(self) -> str:
        """Return the help and an example, safe to be shown as HTML, as which Django's templates show it."""
        texts = [text_in(self.attribute.help_text or None, get_language(), self._default_language)]
        if self.reader.multiple and not self.reader.has_choices and self.reader.type != "reference":
            texts.append(gettext("One value on each line."))
        example = self._example()
        if example:
            texts.append(gettext("For example: %(example)s") % {"example": example})
        return conditional_escape(_sentences([text for text in texts if text]))

    def _example(self) -> str:
        examples: Any = self.subtype.examples if self.subtype is not None else ()
        if self.reader.type == "duration" and not self.reader.has_choices:
            return f"{written_duration(14)}; 36:00"
        if self.reader.has_choices or self.reader.has_suggestions or self.reader.type in _PLAIN or not examples:
            return ""
        value = next(iter(examples))
        typed = self.reader.fits(value)
        return (
            self.reader.text(value, get_language()) if typed else value if isinstance(value, str) else json.dumps(value)
        )


def _sentences(texts: list[str]) -> str:
    """Return texts in a row, each but the last with a stop at its end: help is often written without one."""
    ended = [text if text.endswith(_ENDS) else f"{text}." for text in texts[:-1]]
    return " ".join([*ended, *texts[-1:]])


def _widget_of_several(count: int) -> type[forms.Widget]:
    if count > MOST_SHOWN:
        return SearchedSelectMultiple
    return OptionsInput if count <= _MOST_BOXES else forms.SelectMultiple


def _is_address(text: str) -> bool:
    """Tell whether a browser sends an address as it is: it takes blanks off, and has a form of its own for others."""
    return text.isascii() and text == text.strip()


def _is_day(text: str) -> bool:
    return bool(_DAY(text)) and _is_valid(date.fromisoformat, text)


def _is_local(text: str) -> bool:
    return bool(_LOCAL(text)) and _is_valid(datetime.fromisoformat, text)


def _is_time(text: str) -> bool:
    return bool(_TIME(text)) and _is_valid(time.fromisoformat, text)


def _is_valid(parse: Callable[[str], Any], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


_MAKERS: dict[str, Callable[[_Maker], Any]] = {
    "integer": _Maker.number,
    "float": _Maker.number,
    "decimal": _Maker.number,
    "date": _Maker.date,
    "datetime": _Maker.moment,
    "time": _Maker.time,
}
