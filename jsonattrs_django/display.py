"""Attributes as people read them, for pages, mails and reports: what they are called, and their values in words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import get_language, override

from jsonattrs_core import text_in
from jsonattrs_django.forms.prototypes import prototypes_of
from jsonattrs_django.forms.written import one_writer, unusable_text
from jsonattrs_django.models.manager import attribute_field
from jsonattrs_django.permissions import permitted
from jsonattrs_django.schemas.scope import compiled
from jsonattrs_django.texts import label_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

    from jsonattrs_core import Attribute, ComposedSchema

__all__ = ["AttributeDisplay", "DisplayedGroup", "DisplayedValue", "SchemaDisplay", "displayed"]


class AttributeDisplay:
    """What people are told of one attribute, in the language that was active when its `SchemaDisplay` was made.

    Dates and times are written as in the language that is active now.
    """

    def __init__(self, attribute: Attribute, default_language: str, language: str | None, field: Any) -> None:
        self.attribute = attribute
        self.name = str(attribute.name)
        self._default_language = default_language
        self._language = language
        self._field = field

    @cached_property
    def label(self) -> str:
        """What it is called: its label, else its name in words."""
        return label_of(self.attribute, self._default_language, self._language)

    @cached_property
    def help_text(self) -> str:
        """The help text, empty where there is none."""
        return text_in(self.attribute.help_text or None, self._language, self._default_language)

    @property
    def has_choices(self) -> bool:
        """Whether the schema, or the subtype, lists the values, and not only suggests some."""
        return self._field is not None and self._field.reader.has_choices

    @cached_property
    def choices(self) -> list[tuple[Any, str]]:
        """Each typed value that is listed or suggested with its label; retired ones too, since records have them."""
        if self._field is None:
            return []
        options = getattr(self._field, "options", {}).values()
        with override(self._language):
            return [(option.value, option.label) for option in options] or self._field.reader.suggested()

    def texts(self, value: Any) -> tuple[str, ...]:
        """Return the text of each of several values, of the one that there is, or nothing of None.

        A value that does not fit is given as it is stored: texts as they are, all else as JSON. Raises nothing.
        """
        if value is None:
            return ()
        several = value if self.attribute.multiple and isinstance(value, list) else [value]
        return tuple(map(self._write, several))

    def text(self, value: Any) -> str:
        """Return the same as one text, empty for None."""
        return ", ".join(self.texts(value))

    def fits(self, value: Any) -> bool:
        """Tell whether a value, or each of several, is of the type, and one of the choices where these are listed."""
        if self._field is None:
            return False
        several = value if self.attribute.multiple and isinstance(value, list) else [value]
        return all(self._fits(each) for each in several)

    def _fits(self, value: Any) -> bool:
        reader = self._field.reader
        if not reader.fits(value):
            return False
        return not reader.has_choices or reader.text(value, None) in self._field.options

    @cached_property
    def _write(self) -> Any:
        with override(self._language):
            return unusable_text if self._field is None else one_writer(self._field)


class SchemaDisplay(Mapping[str, AttributeDisplay]):
    """How the attributes of a composed schema are shown, by name, in the language that is active now.

    One serves any number of records. Where the schema cannot be used, because a plugin is gone, values are shown as
    they are stored.
    """

    def __init__(self, schema: ComposedSchema) -> None:
        self.schema = schema
        prototypes = prototypes_of(compiled(schema), schema)
        fields = {} if prototypes is None else prototypes.fields
        language = get_language()
        self._of = {
            name: AttributeDisplay(attribute, schema.default_language, language, fields.get(name))
            for name, attribute in schema.items()
        }

    def __getitem__(self, name: str) -> AttributeDisplay:
        return self._of[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._of)

    def __len__(self) -> int:
        return len(self._of)


class DisplayedValue(NamedTuple):
    """What a record has of an attribute."""

    display: AttributeDisplay
    value: Any  #: typed; None where there is none

    @property
    def label(self) -> str:
        """What the attribute is called."""
        return self.display.label

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of each value."""
        return self.display.texts(self.value)

    @property
    def text(self) -> str:
        """The same as one text."""
        return self.display.text(self.value)


class DisplayedGroup(NamedTuple):
    """Attributes of a record that are shown together."""

    name: str  #: as schemas give it, empty for attributes without one
    attributes: list[DisplayedValue]

    @property
    def title(self) -> str:
        """The name as a heading."""
        return capfirst(self.name.replace("_", " "))


def displayed(record: Model, *, field: str | None = None, user: Any = None) -> list[DisplayedGroup]:
    """Return the attributes of a record that a user may see, by group and in the schema's order.

    Those without a value are there too, with no texts, but for those that say nothing about this record (`visible_if`).
    ``user`` None is the program itself; ``field`` names the attribute field where the model has several. Raises
    SchemaError where it has no such field.
    """
    attributes = attribute_field(type(record), field)
    scope, values = attributes.scope_of(record), getattr(record, attributes.attname)
    display, seen = SchemaDisplay(scope.schema), permitted(user, "view", attributes, scope.schema)
    validator = scope.compiled.validator
    hidden = validator.hidden(dict.copy(values)) if validator is not None else ()
    found: dict[str, list[DisplayedValue]] = {}
    for name in scope.schema:
        value = values.get(name)
        if name in seen and (value is not None or name not in hidden):
            found.setdefault(scope.schema[name].group or "", []).append(DisplayedValue(display[name], value))
    return [DisplayedGroup(name, several) for name, several in found.items()]
