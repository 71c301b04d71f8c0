"""A scope: the composed schema of some selector values, and what it compiles to."""

from __future__ import annotations

import logging
from functools import cached_property
from typing import TYPE_CHECKING, Any

from jsonattrs_core import ComposedSchema, JSONAttrsError, PluginError, Problem, SchemaError, Validator, compose
from jsonattrs_django.conf import setting
from jsonattrs_django.messages import problem
from jsonattrs_django.registry import registry
from jsonattrs_django.schemas.cache import BoundedCache
from jsonattrs_django.uniqueness.claims import Claim, claims_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jsonattrs_core import Schema

__all__ = ["Compiled", "Scope", "compiled", "compiled_schemas"]

#: Base types whose values nobody can edit in place.
_IMMUTABLE = {
    "boolean",
    "date",
    "datetime",
    "decimal",
    "duration",
    "float",
    "integer",
    "text",
    "time",
    "uuid",
}

logger = logging.getLogger("jsonattrs_django")


class Compiled:
    """What composed schemas that say the same share: the validator, and what the adapter asks of their attributes."""

    __slots__ = ("demanded", "editable", "error", "is_simple", "keys", "names", "prototypes", "references", "validator")

    def __init__(self, schema: ComposedSchema) -> None:
        #: Keys by name, and names by key.
        self.keys = {name: str(attribute.key) for name, attribute in schema.items()}
        self.names = {key: name for name, key in self.keys.items()}
        #: Names of the attributes whose values refer to records.
        self.references = tuple(name for name, attribute in schema.items() if attribute.type == "reference")
        #: Names of those whose values can be edited in place: lists, objects, and whatever a plugin has.
        self.editable = tuple(
            name
            for name, attribute in schema.items()
            if (attribute.multiple or attribute.type not in _IMMUTABLE) and attribute.type != "reference"
        )
        #: No rule and no condition looks at several attributes, so that a change can be checked by itself.
        self.is_simple = not schema.rules and not any(
            attribute.visible_if or attribute.required_if for attribute in schema.values()
        )
        #: Names of those that a record must have.
        self.demanded = frozenset(
            name for name, each in schema.items() if each.required and each.status != "deprecated"
        )
        self.prototypes: dict[str, Any] = {}  #: the fields of its forms, by language
        self.validator: Validator | None = None
        self.error: JSONAttrsError | None = None
        try:
            self.validator = schema.compile(registry())
        except (SchemaError, PluginError) as error:
            # A plugin is gone, or a schema was written past `define`: records stay readable.
            self.error = error
            logger.error("A schema cannot be used: %s", error)


compiled_schemas: BoundedCache[Compiled] = BoundedCache(lambda: setting("CACHED_SCOPES"))


def compiled(schema: ComposedSchema) -> Compiled:
    """Return what a composed schema compiles to, the same for all that say the same."""
    key = schema.fingerprint
    return compiled_schemas.get(key) or compiled_schemas.put(key, Compiled(schema))


class Scope:
    """The composed schema of some selector values."""

    def __init__(self, layers: Iterable[tuple[int, Schema]], token: Any) -> None:
        self._layers = tuple(layers)  # the schemas, with the ids of their records
        given = [schema for _, schema in self._layers]
        self.token = token  #: of the generation that it belongs to
        self.is_empty = not given  #: no schema applies, so that nothing may be stored
        self._fault: JSONAttrsError | None = None
        try:
            self.schema = compose(*given)
        except SchemaError as error:  # of a lock, written past `define`
            self._fault = error
            self.schema = compose()
            logger.error("Schemas cannot be composed: %s", error)

    @cached_property
    def compiled(self) -> Compiled:
        """What the schema compiles to."""
        return compiled(self.schema)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """What is unique, and which schema holds it."""
        return () if self._fault is not None else claims_of(self._layers, self.schema)

    @property
    def is_broken(self) -> bool:
        """Tell whether the schemas cannot even be composed, so that nobody can say what they define."""
        return self._fault is not None

    @property
    def error(self) -> JSONAttrsError | None:
        """Why the schema cannot be used, None where it can."""
        return self._fault or self.compiled.error

    @cached_property
    def load(self) -> Callable[[Any], dict[str, Any]]:
        """The function that reads a stored document: typed values by name; stored ones if there is no validator."""
        validator, names = self.compiled.validator, self.compiled.names
        if validator is not None:
            return validator.load
        return lambda document: {name: document[key] for key, name in names.items() if key in document}

    @property
    def usable(self) -> Validator:
        """The validator of a schema that can be used."""
        validator = self.compiled.validator
        if validator is None:
            raise RuntimeError("asked for the validator of a schema that cannot be used")
        return validator

    def refusal(self) -> Problem | None:
        """Return why nothing can be written under this schema at all, None where it can."""
        if self.error is None:
            return None
        return problem((), "provider_error", "unusable", reason=str(self.error))
