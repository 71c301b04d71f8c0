"""The fields of the form: they give typed values, or say what is wrong with a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from jsonattrs_core import Problem
from jsonattrs_django.offered import given_values, separated
from jsonattrs_django.texts import Reader, refusal

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "AttributeChoiceField",
    "AttributeChoicesField",
    "AttributeReferenceField",
    "AttributeReferencesField",
    "AttributeValueField",
    "AttributeValuesField",
    "ValuesInput",
]


class ValuesInput(forms.TextInput):
    """An input for several values: given by repeating the parameter, or in one text."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return all values that were sent."""
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name)

    def format_value(self, value: Any) -> Any:
        """Return them in one text."""
        return "; ".join(map(str, value)) if isinstance(value, list | tuple) else super().format_value(value)


class AttributeValueField(forms.Field):
    """One value; ``read`` makes it of what was sent."""

    widget = forms.TextInput

    def __init__(self, *, read: Callable[[Any], Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.read = read

    def to_python(self, value: Any) -> Any:
        """Return the typed value. Raises ValidationError."""
        return None if value in self.empty_values else self.read(value)


class AttributeValuesField(AttributeValueField):
    """Several values of an attribute; ``exactly`` says how many, where that is asked."""

    widget = ValuesInput

    def __init__(self, *, reader: Reader, exactly: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reader = reader
        self.exactly = exactly

    def to_python(self, value: Any) -> Any:
        """Return a list of typed values, None where there are none. Raises ValidationError."""
        given = self.split(value)
        found = [read for read in map(self.read, given) if read is not None]
        if found and self.exactly is not None and len(found) != self.exactly:
            raise refusal(
                Problem((), "min_items" if len(found) < self.exactly else "max_items", {"limit": self.exactly})
            )
        return found or None

    def split(self, value: Any) -> list[Any]:
        """Return the values that were sent, one by one. Raises ValidationError where it is not clear which they are."""
        return separated(value, self.reader.commas_separate)


class AttributeChoiceField(AttributeValueField, forms.ChoiceField):
    """One of the choices of an attribute."""

    widget = forms.Select

    def validate(self, value: Any) -> None:
        """Leave the verdict to what read the value."""
        forms.Field.validate(self, value)


class AttributeChoicesField(AttributeValuesField, forms.MultipleChoiceField):
    """Several of the choices of an attribute."""

    widget = forms.SelectMultiple

    def validate(self, value: Any) -> None:
        """Leave the verdict to what read the values."""
        forms.Field.validate(self, value)

    def split(self, value: Any) -> list[Any]:
        """Return the values that were sent; a text that is a choice is one, whatever stands in it."""
        several = given_values(value)
        if len(several) == 1:
            try:
                self.read(several[0])
            except ValidationError:
                return separated(several, self.reader.commas_separate)
        return several


class AttributeReferenceField(forms.ModelChoiceField):
    """A row that an attribute may refer to; it gives the reference, and not the row."""

    def __init__(self, *, reader: Reader, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reader = reader

    def to_python(self, value: Any) -> Any:
        """Return the reference of a key. Raises ValidationError where there is no such row."""
        if value in self.empty_values:
            return None
        reference = self.reader.typed(value)
        if reference is not None:
            super().to_python(reference.pk)
        return reference


class AttributeReferencesField(forms.ModelMultipleChoiceField):
    """Several rows that an attribute may refer to."""

    def __init__(self, *, reader: Reader, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reader = reader

    def clean(self, value: Any) -> Any:
        """Return the references of some keys. Raises ValidationError where a row is not there."""
        given = separated(value, self.reader.commas_separate)
        references = [found for each in given if (found := self.reader.typed(each)) is not None]
        super().clean([reference.pk for reference in references])
        return references
