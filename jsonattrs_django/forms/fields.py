"""The form fields of attributes: each shows a typed value as a text, and reads what a person made of it.

They read, and judge nothing: what the schema says of a value is decided by the engine, on the record as a whole.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from jsonattrs_django.documents import dumps
from jsonattrs_django.forms.bound import AttributeBoundField
from jsonattrs_django.forms.problems import placed
from jsonattrs_django.forms.widgets import copied
from jsonattrs_django.texts import happens_once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jsonattrs_django.forms.shown import PostedText
    from jsonattrs_django.texts import Reader

__all__ = [
    "AttributeField",
    "CalendarField",
    "LinesField",
    "MomentField",
    "as_json",
    "can_be_shown",
    "each_read",
]


def as_json(value: Any) -> str:
    """Return the text that stands for a stored value which is none of its type. Any page can show it."""
    if isinstance(value, str) and can_be_shown(value):
        return value
    try:
        return json.dumps(value) if isinstance(value, str) else _ascii_only(dumps(value))
    except (TypeError, ValueError):  # no JSON value: something was put into a list
        return repr(value)


#: Characters that no page can hold, or that a browser would not send back: controls, and halves of characters.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]").search


def can_be_shown(text: str) -> bool:
    """Tell whether a page shows a text, and a browser sends it back, as it is."""
    return _UNSHOWABLE(text) is None


def _ascii_only(text: str) -> str:
    return text.encode("ascii", "backslashreplace").decode() if not can_be_shown(text) else text


def each_read(texts: Iterable[str], read: Callable[[str], Any]) -> list[Any] | None:
    """Return the typed values of texts, None of none. Raises ValidationError with what is wrong with each."""
    found: list[Any] = []
    errors: list[ValidationError] = []
    for place, text in enumerate(texts):
        try:
            found.append(read(text))
        except ValidationError as error:
            errors += [placed(each, place) for each in error.error_list]
    if errors:
        raise ValidationError(errors)
    return found or None


#: Controls of which nothing is sent where nothing is ticked or chosen.
_SENT_IF_CHOSEN = (forms.CheckboxInput, forms.CheckboxSelectMultiple, forms.SelectMultiple)


class AttributeField(forms.Field):
    """One value of an attribute, as a text."""

    #: The control of a text that the field's own cannot show: a day that is none in a calendar.
    plain_widget: type[forms.Widget] = forms.TextInput
    widget: Any = forms.TextInput
    name: str  #: of the attribute
    group: str  #: of the form's sections
    reader: Reader
    is_demanded = False  #: the schema requires a value of the record that the form has

    def __init__(self, reader: Reader, *, shows: Callable[[str], bool] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reader = reader
        self.name = reader.name
        self.group = reader.attribute.group or ""
        self._shows = shows
        #: A browser sends nothing where nothing is chosen; of other controls, nothing says that they were not there.
        self.may_be_absent = isinstance(self.widget, _SENT_IF_CHOSEN)

    def for_form(self) -> Any:
        """Return the field for one form, whose widget may be changed."""
        new = self.__class__.__new__(self.__class__)
        new.__dict__.update(self.__dict__, widget=copied(self.widget))
        return new

    def get_bound_field(self, form: Any, field_name: str) -> AttributeBoundField:
        """Return what shows the field in a form."""
        return AttributeBoundField(form, self, field_name)

    # ---- from a value to the text that is shown ----

    def display(self, value: Any, language: str | None) -> PostedText:
        """Return the text of a typed value; of a stored one that does not fit, its JSON."""
        if value is None:
            return ""
        text = self.text_of(value, language) if self.fits(value) else as_json(value)
        return text if can_be_shown(text) else json.dumps(text)

    def fits(self, value: Any) -> bool:
        """Tell whether a value is of the attribute's type."""
        return self.reader.fits(value)

    def text_of(self, value: Any, language: str | None) -> str:
        """Return the text of one typed value."""
        return self.reader.text(value, language)

    def can_show(self, text: PostedText) -> bool:
        """Tell whether the widget shows a text and sends it back as it is."""
        if not isinstance(text, str):
            return False
        if "\n" in text and not isinstance(self.widget, forms.Textarea):
            return False
        return self._shows is None or not text or self._shows(text)

    def prepare(self, text: PostedText, searched: str = "") -> None:
        """Make the widget one that shows a text, and finds what is looked for."""
        if not self.can_show(text):
            kind = forms.Textarea if "\n" in text else self.plain_widget
            attrs = {name: value for name, value in self.widget.attrs.items() if name not in ("step", "data-mask")}
            self.widget = kind(attrs={**attrs, **({"rows": 4} if kind is forms.Textarea else {})})

    # ---- from a text to a value ----

    def read(self, text: PostedText, language: str | None = None) -> Any:
        """Return the typed value of a text, None of a blank one. Raises ValidationError for what is no such value."""
        return self.reader.typed(text, language) if isinstance(text, str) and text.strip() else None

    def to_python(self, value: Any) -> Any:
        """Do as `read`, in the active language."""
        return None if value in self.empty_values else self.read(value)

    def validate(self, value: Any) -> None:
        """Leave the verdict to the engine."""

    def clean(self, value: Any) -> Any:
        """Return the clean value of a text by itself: no rule, and nothing that is required, is asked.

        Raises ValidationError.
        """
        return self.reader.judged(self.to_python(value))


class CalendarField(AttributeField):
    """A day or a time of day, for which a browser has a control of its own, and shows it as its reader writes it."""

    def text_of(self, value: Any, language: str | None) -> str:
        """Return the text that browsers take."""
        return str(value.isoformat())


class MomentField(AttributeField):
    """A moment, which is shown and read in the current time zone."""

    def text_of(self, value: Any, language: str | None) -> str:
        """Return the local time, as browsers take it; with its offset where they could not send it back."""
        try:
            local = timezone.localtime(value)
        except OverflowError:  # one of the first hours that there are, or of the last
            return str(value.isoformat())
        if local.microsecond or local.year < 1000 or not happens_once(local):
            return str(local.isoformat())
        return str(local.replace(tzinfo=None).isoformat(timespec="seconds" if local.second else "minutes"))

    def can_show(self, text: PostedText) -> bool:
        """Tell whether the widget shows a text: not where somebody has to say which of two moments is meant."""
        return super().can_show(text) and (not text or happens_once(datetime.fromisoformat(str(text))))


class LinesField(AttributeField):
    """Several values, each on a line of its own; as a list in JSON where one of them has several lines."""

    plain_widget = forms.Textarea

    def display(self, value: Any, language: str | None) -> str:
        """Return the lines."""
        if value is None:
            return ""
        if not isinstance(value, list) or not all(self.fits(item) for item in value):
            return as_json(value)
        texts = [self.text_of(item, language) for item in value]
        plain = [text for text in texts if text == text.strip() and "\n" not in text and can_be_shown(text)]
        if len(plain) < len(texts) or (texts and texts[0].startswith("[")):
            return json.dumps(texts, ensure_ascii=True)
        return "\n".join(texts)

    def read(self, text: PostedText, language: str | None = None) -> Any:
        """Return the typed values of the lines that are not blank, None of none. Raises ValidationError."""
        lines = text if isinstance(text, list) else _lines(text)
        return each_read((line for line in lines if line.strip()), lambda line: self.reader.typed(line, language))


def _lines(text: str) -> list[str]:
    if text.lstrip().startswith("["):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, list) and all(isinstance(item, str) for item in found):
            return found
    return text.splitlines()
