"""The effective schema: what a draft makes of what it inherits, each property with the schema that it comes from."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from jsonattrs_core import JSONAttrsError, PluginError, Registry, compose
from jsonattrs_django.editor.drafts import key_of
from jsonattrs_django.editor.effective_parts import EffectiveAttribute, GoneAttribute, Group, Property, grouped
from jsonattrs_django.editor.faults import fault_texts
from jsonattrs_django.editor.losses import loss_told
from jsonattrs_django.editor.phrases import Phrases, Said
from jsonattrs_django.editor.rules_in_words import RuleInWords, rules_in_words
from jsonattrs_django.editor.words import label_in, type_title
from jsonattrs_django.registry import registry
from jsonattrs_django.texts import label_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jsonattrs_core import Attribute, ComposedSchema, Schema
    from jsonattrs_django.editor.drafts import Draft

__all__ = ["MOST_BESIDE", "Effective"]

#: Properties that say nothing to people unless a scope changes them.
_TECHNICAL = ("name", "key", "order")

#: Attributes up to which all of a schema is shown beside its draft; of more there is a page.
MOST_BESIDE = 80


class Effective:
    """What a draft and the more general schemas come to.

    Where they cannot be composed, or not be compiled, ``faults`` says why; no property raises.

    All schemas are named that have a part in it. A more general schema is bound to nothing but what the draft's own
    scope is bound to, so that none of them is another tenant's.
    """

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._phrases = Phrases(self.schema)

    # ---- composing ----

    @cached_property
    def _composed(self) -> ComposedSchema | JSONAttrsError:
        try:
            return compose(*with_names_apart([*self._draft.general, self._draft.schema]))
        except JSONAttrsError as error:
            return error

    @cached_property
    def schema(self) -> ComposedSchema:
        """The composed schema, an empty one where there is none; schemas of one name have numbers in theirs."""
        return compose() if isinstance(self._composed, JSONAttrsError) else self._composed

    @cached_property
    def faults(self) -> list[str]:
        """Why records cannot be checked by it, a sentence each."""
        if isinstance(self._composed, JSONAttrsError):
            return fault_texts(self._composed)
        try:
            self.schema.compile(registry())
        except JSONAttrsError as error:
            return fault_texts(error)
        return []

    @cached_property
    def _own_name(self) -> str:
        """What the draft is called in explanations."""
        return self.schema.schemas[-1].name if self.schema.schemas else ""

    @cached_property
    def _inherited(self) -> Mapping[str, Attribute]:
        """The attributes that more general schemas define, by key."""
        if not self.schema.schemas:
            return {}
        return {str(attribute.key): attribute for attribute in compose(*self.schema.schemas[:-1]).values()}

    @property
    def count(self) -> int:
        """How many attributes records have."""
        return len(self.schema)

    @property
    def is_large(self) -> bool:
        """Tell whether there is more than can be shown beside a draft."""
        return self.count > MOST_BESIDE

    @property
    def inherits(self) -> bool:
        """Tell whether there are more general schemas."""
        return len(self.schema.schemas) > 1

    # ---- the attributes ----

    @cached_property
    def groups(self) -> list[Group]:
        """The attributes in the sections of forms, in their order."""
        return grouped(self._attribute(attribute) for attribute in self.schema.values())

    @cached_property
    def news(self) -> list[Group]:
        """The attributes that this scope defines or changes, in the sections of forms."""
        said = {str(self._key(attribute)) for schema in self.schema.schemas[-1:] for attribute in schema.attributes}
        found = (attribute for attribute in self.schema.values() if str(attribute.key) in said)
        return grouped(self._attribute(attribute) for attribute in found)

    def _attribute(self, attribute: Attribute) -> EffectiveAttribute:
        explained = self._explained(str(attribute.name))
        properties = [*self._properties(attribute, explained)]
        inherited = str(attribute.key) in self._inherited
        changed = any(each.is_changed for each in properties)
        return EffectiveAttribute(
            key=str(attribute.key),
            name=str(attribute.name),
            label=label_of(attribute, self.schema.default_language),
            type=type_title(attribute.given),
            state="own" if not inherited else "changed" if changed else "inherited",
            origin=explained["type"].schema if "type" in explained else "",
            group=str(attribute.group or ""),
            is_required=bool(attribute.required),
            properties=properties,
            notes=tuple(self._in_words(note) for note in explained.notes if not note.startswith(self._said_beside)),
        )

    def _in_words(self, note: str) -> str:
        """Return a note; what is dropped is told by what becomes of it."""
        return self._dropped.get(note, note)

    @cached_property
    def _dropped(self) -> dict[str, str]:
        """What is told of conditions, rules and groups that count for nothing, by how the core notes it."""
        try:
            return {str(each): loss_told(each, self.schema) for each in self.schema.dropped(self._registry)}
        except JSONAttrsError:  # it cannot be used, which is told above
            return {}

    def _explained(self, name: str) -> Any:
        return self.schema.explain(name, self._registry)

    @cached_property
    def _registry(self) -> Registry:
        """The project's registry; where a plugin is broken, one of what is built in, which explains as well."""
        try:
            return registry()
        except PluginError:
            return Registry.from_plugins()

    @cached_property
    def _said_beside(self) -> str:
        """How those notes begin that tell what is shown as taken away here."""
        return f"schema {self._own_name!r} takes "

    def _properties(self, attribute: Attribute, explained: Mapping[str, Any]) -> Iterator[Property]:
        inherited = str(attribute.key) in self._inherited
        for part, origin in explained.items():
            is_here = origin.schema == self._own_name
            said = self._phrases.said(part, origin.value, attribute)
            earlier = [value for schema, value in origin.overrode if schema != self._own_name] if is_here else []
            before = self._said_before(part, earlier[-1], attribute) if inherited and earlier else None
            changed = inherited and is_here and before != said
            if changed or part not in _TECHNICAL:
                title = self._phrases.title(part, attribute)
                yield Property(part, title, said, origin.schema, is_here, changed, before if changed else None)
        yield from self._taken_away(attribute, explained)

    def _said_before(self, part: str, value: Any, attribute: Attribute) -> Said:
        return self._phrases.said(part, value, self._inherited.get(str(attribute.key), attribute))

    def _taken_away(self, attribute: Attribute, explained: Mapping[str, Any]) -> Iterator[Property]:
        """Yield the inherited properties that are gone."""
        before = self._inherited.get(str(attribute.key))
        if before is None:
            return
        for part, value in _parts(before):
            if not _is_there(part, explained):
                said = self._phrases.said(part, value, before)
                yield Property(part, self._phrases.title(part, before), None, self._own_name, True, True, said)

    # ---- what is gone ----

    @cached_property
    def gone(self) -> list[GoneAttribute]:
        """The attributes that are left out, retired, or not in use yet."""
        shown = {str(attribute.key) for attribute in self.schema.values()}
        last: dict[str, tuple[Schema, Attribute]] = {}
        labels: dict[str, str] = {}
        for schema in self.schema.schemas:
            for attribute in schema.attributes:
                key = self._key(attribute)
                if key is not None and key not in shown:
                    last[key] = schema, attribute
                    label = label_in({"key": key, **attribute.given}, schema.default_language)
                    labels[key] = label if attribute.label or key not in labels else labels[key]
        return [self._gone(key, labels[key], *said) for key, said in last.items()]

    def _key(self, attribute: Attribute) -> str | None:
        """Return the key that a definition is about, None where it is about nothing that was ever defined."""
        try:
            return str(self._explained(key_of(attribute.given)).key)
        except KeyError:
            return None

    def _gone(self, key: str, label: str, schema: Schema, attribute: Attribute) -> GoneAttribute:
        state = _("not in use yet") if attribute.status == "draft" else _("retired")
        if attribute.omit:
            state = _("left out")
        shown_beside = (f"schema {self._own_name!r} omits it", f"schema {self._own_name!r} retires it")
        notes = tuple(self._in_words(note) for note in self._explained(key).notes if note not in shown_beside)
        return GoneAttribute(label, state, schema.name == self._own_name, notes)

    @property
    def rules(self) -> list[RuleInWords]:
        """What must hold across attributes."""
        return rules_in_words(self.schema, self._phrases)


def with_names_apart(schemas: Iterable[Schema]) -> list[Schema]:
    """Return the schemas, with numbers in the names that several of them have: their readers tell them by name."""
    seen: Counter[str] = Counter()
    found = []
    for schema in schemas:
        seen[schema.name] += 1
        number = seen[schema.name]
        found.append(replace(schema, name=f"{schema.name} ({number})") if number > 1 else schema)
    return found


def _parts(attribute: Attribute) -> Iterator[tuple[str, Any]]:
    """Yield the properties of an attribute, each limit by itself, and each language of a text."""
    for name, value in attribute.given.items():
        if name in ("constraints", "label", "help_text") and isinstance(value, dict):
            yield from ((f"{name}.{member}", inner) for member, inner in value.items())
        else:
            yield name, value


def _is_there(part: str, explained: Mapping[str, Any]) -> bool:
    """Tell whether an explanation has a property; that of a text has it by its languages, or whole."""
    return part in explained or part.partition(".")[0] in explained or any(e.startswith(f"{part}.") for e in explained)
