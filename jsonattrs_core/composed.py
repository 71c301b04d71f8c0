"""Composition's public face: the composed schema, from which validators are compiled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from operator import is_
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from jsonattrs_core.composition import TEXTS, compose_schemas
from jsonattrs_core.definitions import Attribute, Rule
from jsonattrs_core.errors import JSONAttrsError, SchemaError
from jsonattrs_core.provenance import Explanation, explain
from jsonattrs_core.schema import Schema
from jsonattrs_core.values import UNSET

if TYPE_CHECKING:
    from datetime import datetime

    from jsonattrs_core.clock import Clock
    from jsonattrs_core.compiler.plan import Plan
    from jsonattrs_core.compiler.validator import Validator
    from jsonattrs_core.composition import Dropped
    from jsonattrs_core.json_schema import RecordKind
    from jsonattrs_core.registry import Registry

__all__ = ["ComposedSchema", "compose"]


def compose(*schemas: Schema | ComposedSchema) -> ComposedSchema:
    """Merge schemas, from the most general to the most specific. Pure and associative.

    Raises SchemaError, naming both schemas, where one overrides or omits an attribute that a more general one has
    locked. All other faults are found by :meth:`ComposedSchema.compile`.
    """
    flat: list[Schema] = []
    for schema in schemas:
        if isinstance(schema, ComposedSchema):
            flat += schema.schemas
        elif isinstance(schema, Schema):
            flat.append(schema)
        else:
            raise TypeError(f"compose takes schemas one by one, not a {type(schema).__name__}")
    return ComposedSchema(tuple(flat))


class ComposedSchema(Mapping[str, Attribute]):
    """The attributes that schemas define together, by name, in their order. Made by :func:`compose`; immutable."""

    def __init__(self, schemas: tuple[Schema, ...]) -> None:
        self._composition = compose_schemas(schemas)
        self._fingerprint: str | None = None
        self._compiled: WeakKeyDictionary[Registry, tuple[Plan, Validator]] = WeakKeyDictionary()
        self._refused: WeakKeyDictionary[Registry, SchemaError] = WeakKeyDictionary()

    def __getitem__(self, name: str) -> Attribute:
        return self._composition.attributes[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._composition.attributes)

    def __len__(self) -> int:
        return len(self._composition.attributes)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ComposedSchema):
            return NotImplemented
        composed_alike = len(self.schemas) == len(other.schemas) and all(map(is_, self.schemas, other.schemas))
        return composed_alike or self.fingerprint == other.fingerprint

    def __hash__(self) -> int:
        return hash(tuple(self._composition.attributes))

    def __reduce__(self) -> tuple[Any, ...]:
        return ComposedSchema, (self.schemas,)

    def __repr__(self) -> str:
        names = " + ".join(schema.name for schema in self.schemas)
        return f"<ComposedSchema {names}: {', '.join(self)}>"

    @property
    def fingerprint(self) -> str:
        """64 hexadecimal digits, equal for two that check, describe and label alike, whatever they were composed from.

        Where the schemas hold a value of a class that is no base type's, such as an object of a plugin, nobody can tell
        what is alike: each composed schema has a fingerprint of its own.
        """
        if self._fingerprint is None:
            from jsonattrs_core.compiler.fingerprint import fingerprint  # hashlib and others, for those who compare

            self._fingerprint = fingerprint(self._composition, self.default_language)
        return self._fingerprint

    @property
    def schemas(self) -> tuple[Schema, ...]:
        """The schemas that were composed, from the most general to the most specific."""
        return self._composition.schemas

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of all schemas, but for those shown at an attribute that is gone."""
        return tuple(rule for _, rule in self._composition.rules)

    @property
    def unique_together(self) -> tuple[tuple[str, ...], ...]:
        """The groups of attributes whose values together are unique, by their present names."""
        return tuple(self._composition.unique_together)

    @property
    def default_language(self) -> str:
        """The default language of the most specific schema."""
        return self.schemas[-1].default_language if self.schemas else "en"

    def compile(self, registry: Registry | None = None, *, now: datetime | Clock | None = None) -> Validator:
        """Return the validator, made at the first call for each registry; the default one is everything installed.

        ``now`` is an aware datetime, or a function that returns one, for limits such as ``today``; the system's clock
        and zone otherwise. Raises SchemaError with all faults of the schemas, PluginError where a plugin is to blame.
        """
        return self._compile(registry, now)[1]

    def _compile(self, registry: Registry | None, now: datetime | Clock | None = None) -> tuple[Plan, Validator]:
        # The compiler and the plugins are imported by those who compile; a program that only holds schemas is not
        # slowed by them.
        from jsonattrs_core.compiler.validator import compile_composition
        from jsonattrs_core.registry import default_registry

        registry = registry or default_registry()
        if now is not None:
            return compile_composition(self._composition, registry, now)
        if registry in self._refused:
            raise self._refused[registry].with_traceback(None)  # else it would grow with every call
        if registry not in self._compiled:
            try:
                self._compiled[registry] = compile_composition(self._composition, registry, None)
            except SchemaError as error:
                self._refused[registry] = error  # `explain` asks for each attribute, and the answer stays the same
                raise
        return self._compiled[registry]

    def explain(self, name: str, registry: Registry | None = None) -> Explanation:
        """Return where each property of an attribute came from and what it overrode, and what was dropped on the way.

        ``name`` is a present or former name, or a key. Raises KeyError where no schema ever defined it.
        """
        explanation = explain(self._composition, name)
        if not self.schemas or not any(schema.rules or _has_conditions(schema) for schema in self.schemas):
            return explanation
        compiled = next(iter(self._compiled.values()), None) if registry is None else None
        try:
            plan, _ = compiled or self._compile(registry)
        except JSONAttrsError:  # it cannot be compiled here; what composition knows can be told all the same
            return explanation
        notes = tuple(note.text for note in plan.notes if explanation.key in note.keys)
        return Explanation(name, explanation.key, explanation, (*explanation.notes, *notes))

    def dropped(self, registry: Registry | None = None) -> tuple[Dropped, ...]:
        """Return the conditions, rules and unique groups that count for nothing, since an attribute they name is gone.

        What is shown only if a dropped condition holds is never shown. Raises SchemaError and PluginError as
        :meth:`compile` does.
        """
        plan, _ = self._compile(registry)
        notes = (*self._composition.notes, *plan.notes)
        return tuple(note.dropped for note in notes if note.dropped is not None)

    def to_document(self) -> dict[str, Any]:
        """Return the composed attributes and rules as one document.

        Conditions are taken to be in the most specific schema's rule language; rules say in which they are.
        """
        rules = [
            replace(rule, language=self.schemas[place].rule_language) if rule.language is UNSET else rule
            for place, rule in self._composition.rules
        ]
        last = self.schemas[-1] if self.schemas else Schema("")
        return Schema(
            " + ".join(schema.name for schema in self.schemas),
            [self._with_languages(attribute, last.default_language) for attribute in self.values()],
            rules=[rule if rule.language != last.rule_language else replace(rule, language=UNSET) for rule in rules],
            unique_together=self.unique_together,
            default_language=last.default_language,
            rule_language=last.rule_language,
        ).to_document()

    def _with_languages(self, attribute: Attribute, language: str) -> Attribute:
        """Return the attribute with plain texts in ``language`` only; others say in which language they are."""
        own = self._composition.text_languages[str(attribute.key)]
        texts = {name: {own: attribute.given[name]} for name in TEXTS if isinstance(attribute.given.get(name), str)}
        return attribute if own == language else Attribute.from_given({**attribute.given, **texts})

    def to_json_schema(
        self, language: str | None = None, registry: Registry | None = None, *, of: RecordKind = "new"
    ) -> dict[str, Any]:
        """Return JSON Schema 2020-12 of the records that :meth:`compile`'s validator checks, texts in ``language``.

        ``of`` is what it describes: a ``"new"`` record; ``"changes"`` to one, in which nothing is required; or a
        ``"stored"`` one, which may be older than its limits, lack what is required and hold retired choices. Raises
        SchemaError and PluginError as ``compile`` does.
        """
        from jsonattrs_core.json_schema import record_schema

        plan, _ = self._compile(registry)
        return record_schema(self, plan, language, of)


def _has_conditions(schema: Schema) -> bool:
    return any(attribute.required_if or attribute.visible_if for attribute in schema.attributes)
