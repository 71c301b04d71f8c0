"""The fields of a schema's form, made once for each language and copied for each form."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from jsonattrs_django.forms.making import form_field
from jsonattrs_django.forms.shown import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonattrs_core import ComposedSchema, Validator
    from jsonattrs_django.schemas.scope import Compiled

__all__ = ["Prototypes", "prototypes_of"]


class Prototypes:
    """The fields of a schema's form in one language, and what is asked of the schema for each form."""

    def __init__(self, schema: ComposedSchema, validator: Validator) -> None:
        self.schema = schema
        self.validator = validator
        self.fields: dict[str, Any] = {name: form_field(schema, name, validator) for name in schema}
        self.watched = validator.watched  #: names on which it depends what is shown, and what is required
        self.is_conditional = any(each.visible_if for each in schema.values())
        #: Names of what every record must have, where no condition decides.
        self.required = frozenset(name for name, each in schema.items() if each.required and not each.visible_if)
        self.deprecated = frozenset(name for name, each in schema.items() if each.status == "deprecated")
        for name in self.watched & self.fields.keys():
            self.fields[name].widget.attrs["data-attributes-refresh"] = ""
        self._signatures: dict[str, str] = {}

    def defaults(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the defaults that a form of these values begins with, moments to the second as browsers show them."""
        found = self.validator.defaults(values)
        return {name: _to_the_second(value) for name, value in found.items()}

    def signature_of(self, name: str) -> str:
        """Return characters that differ where the texts and the choices of a field do."""
        if name not in self._signatures:
            field = self.fields[name]
            options = [(option.text, option.label) for option in getattr(field, "options", {}).values()][:500]
            self._signatures[name] = digest(repr((field.label, field.help_text, options)))
        return self._signatures[name]


def _to_the_second(value: Any) -> Any:
    return value.replace(microsecond=0) if isinstance(value, datetime | time) else value


def prototypes_of(compiled: Compiled, schema: ComposedSchema) -> Prototypes | None:
    """Return the prototypes of a schema in the active language, None where it cannot be used."""
    if compiled.validator is None:
        return None
    language = get_language() or ""
    found: Prototypes | None = compiled.prototypes.get(language)
    if found is None:
        found = compiled.prototypes[language] = Prototypes(schema, compiled.validator)
    return found
