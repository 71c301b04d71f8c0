"""Composition: schemas merged into one, from the most general to the most specific.

Pure bookkeeping: it knows names and keys, what was said where, and what became of it. Whether an attribute makes sense
is the compiler's question; the only error raised here is that of a locked attribute.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonattrs_core.definitions import Attribute, Rule
from jsonattrs_core.errors import Fault, SchemaError, nearest
from jsonattrs_core.values import UNSET, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jsonattrs_core.schema import Schema

__all__ = [
    "TEXTS",
    "Action",
    "Composition",
    "Dropped",
    "Event",
    "Note",
    "Slot",
    "by_language",
    "compose_schemas",
    "next_slot",
]

#: Properties that hold texts for people, merged by language.
TEXTS = ("label", "help_text")


class Action(Enum):
    """What a definition did to the attribute that it names."""

    DEFINED = "defined"
    OVERRIDDEN = "overridden"
    REDEFINED = "redefined"
    OMITTED = "omitted"
    SKIPPED = "skipped"


class Event(NamedTuple):
    """One definition in the history of a key."""

    action: Action
    schema: Schema
    attribute: Attribute


class Dropped(NamedTuple):
    """A condition, a rule or a unique group that counts for nothing, since it names an attribute that is gone."""

    part: str  #: ``visible_if``, ``required_if``, ``rule`` or ``unique_together``
    said: str  #: the expression; of a group the names
    schema: str  #: the name of the schema that says it
    name: str  #: what it calls the attribute that is gone
    key: str  #: of that attribute
    about: str = ""  #: of a condition the key of the attribute whose it is

    def __str__(self) -> str:
        whats = {"rule": f"the rule {shown(self.said)}", "unique_together": f"the unique group {self.said}"}
        what = whats.get(self.part, f"the condition {self.part} {shown(self.said)}")
        return f"{what} of schema {self.schema!r} is dropped, since {shown(self.name)} is gone"


class Note(NamedTuple):
    """Something that composition left out, and why."""

    keys: tuple[str, ...]  #: attributes that it is about
    text: str
    dropped: Dropped | None = None  #: what it is, where that is a condition, a rule or a unique group

    @classmethod
    def of(cls, dropped: Dropped) -> Note:
        """Return the note that tells what is dropped."""
        keys = (dropped.key, dropped.about) if dropped.about else (dropped.key,)
        return cls(keys, str(dropped), dropped)


class Slot(NamedTuple):
    """The state of one key while schemas are applied."""

    key: str
    name: str
    given: dict[str, Any]  #: the properties so far, key and name included
    language: str  #: in which its plain texts are
    locked_by: str  #: the schema that locked it, or ""
    retired: bool


@dataclass(slots=True)
class Composition:
    """The outcome, with all that the compiler and ``explain`` need to know about how it came about."""

    schemas: tuple[Schema, ...]
    attributes: dict[str, Attribute] = field(default_factory=dict)  #: the visible ones by name, in their order
    every: list[Attribute] = field(default_factory=list)  #: as above, those that share a name included
    former: dict[str, Attribute] = field(default_factory=dict)  #: omitted and retired ones by key
    history: dict[str, list[Event]] = field(default_factory=dict)  #: by key
    scopes: list[dict[str, str]] = field(default_factory=list)  #: for each schema, its names' keys
    text_languages: dict[str, str] = field(default_factory=dict)  #: by key, the language of plain texts
    rules: list[tuple[int, Rule]] = field(default_factory=list)  #: with the position of the schema
    unique_together: list[tuple[str, ...]] = field(default_factory=list)  #: groups of present names
    faults: list[Fault] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def key_of(self, name: str, scope: int) -> str | None:
        """Return the key that ``name`` means in the schema at position ``scope``, None where it means nothing."""
        key = self.scopes[scope].get(name)
        if key is None and name in self.attributes:
            key = str(self.attributes[name].key)
        return key


def compose_schemas(schemas: tuple[Schema, ...]) -> Composition:
    """Merge ``schemas``. Raises SchemaError where one overrides or omits what a more general one has locked."""
    composer = _Composer(schemas)
    for schema in schemas:
        composer.apply(schema)
    return composer.finish()


class _Composer:
    def __init__(self, schemas: tuple[Schema, ...]) -> None:
        self.result = Composition(schemas)
        self.slots: dict[str, Slot] = {}
        self.gone: dict[str, Slot] = {}
        self.scope: dict[str, str] = {}  # the keys by name, as the schemas so far leave them
        self.renamed = False  # whether a definition since then has changed them

    def apply(self, schema: Schema) -> None:
        inherited = self.scope
        keys_here: set[str] = set()
        given: Iterable[Any] = schema.attributes
        for attribute in given:
            if not isinstance(attribute, Attribute):
                self.result.faults.append(Fault(schema.name, "", f"{shown(attribute)} is no Attribute"))
                continue
            key = self._key(attribute, inherited, schema)
            if key is None:
                continue
            omit: Any = attribute.omit
            if not isinstance(omit, bool) and omit not in (None, UNSET):
                self._fault(schema, attribute, "'omit' must be true or false")
                continue
            if attribute.status != "draft":
                if key in keys_here:
                    self._fault(schema, attribute, f"the key {shown(key)} is defined twice in this schema")
                    continue
                keys_here.add(key)
            self._apply_one(schema, attribute, key, inherited)
        if self.renamed:
            self.scope = self._names()
            self.renamed = False
        self.result.scopes.append(self.scope)

    def _names(self) -> dict[str, str]:
        """Return the keys by name; a name that two keys have had is that of the one which is still visible."""
        names = {slot.name: slot.key for slot in self.gone.values()}
        names |= {slot.name: slot.key for slot in self.slots.values() if slot.retired}
        return names | {slot.name: slot.key for slot in self.slots.values() if not slot.retired}

    def _key(self, attribute: Attribute, inherited: Mapping[str, str], schema: Schema) -> str | None:
        name: Any = attribute.name
        key: Any = attribute.key
        if isinstance(key, str) and (name is UNSET or isinstance(name, str)):
            written_alike = key == name and key not in self.slots and key not in self.gone
            return inherited.get(key, key) if written_alike else key  # a document gives the key of every override
        if isinstance(name, str) and key is UNSET:
            return inherited.get(name, name)
        nameless = name is UNSET and key is UNSET
        wrong = "an attribute needs a name or a key" if nameless else "its name and its key must be texts"
        self._fault(schema, attribute, wrong)
        return None

    def _apply_one(self, schema: Schema, attribute: Attribute, key: str, inherited: Mapping[str, str]) -> None:
        slot = self.slots.get(key)
        action = self._action(attribute, slot)
        if action is None:
            self._undefined(schema, attribute, key, inherited)
            return
        if slot is not None and slot.locked_by and action is not Action.SKIPPED:
            verb = "omitted" if action is Action.OMITTED else "overridden"
            message = f"it is locked by schema {slot.locked_by!r} and cannot be {verb} by schema {schema.name!r}"
            raise SchemaError([Fault(schema.name, slot.name, message)])
        self.result.history.setdefault(key, []).append(Event(action, schema, attribute))
        if action is Action.OMITTED:
            if slot is not None:
                self.gone[key] = self.slots.pop(key)
                self.renamed = True
        elif action is not Action.SKIPPED:
            self._define(schema, attribute, key, slot if action is Action.OVERRIDDEN else None)

    def _action(self, attribute: Attribute, slot: Slot | None) -> Action | None:
        """Return what the definition does; None where it overrides what is not there."""
        if attribute.status == "draft":
            return Action.SKIPPED
        if attribute.omit is True:
            return Action.OMITTED
        if attribute.type:
            return Action.DEFINED if slot is None else Action.REDEFINED
        if slot is None or (slot.retired and attribute.status in (UNSET, "retired")):
            return None
        return Action.OVERRIDDEN

    def _undefined(self, schema: Schema, attribute: Attribute, key: str, inherited: Mapping[str, str]) -> None:
        former = self.gone.get(key) or self.slots.get(key)
        if former is not None:
            self.result.history[key].append(Event(Action.SKIPPED, schema, attribute))
            state = "retired" if former.retired else "omitted"
            text = f"schema {schema.name!r} changes {former.name!r}, which is {state}; its change is dropped"
            self.result.notes.append(Note((key,), text))
            return
        said = attribute.name if attribute.name is not UNSET else key
        known = {*inherited, *self.slots}
        self._fault(schema, attribute, f"no more general schema defines {shown(said)}{nearest(str(said), known)}")

    def _define(self, schema: Schema, attribute: Attribute, key: str, below: Slot | None) -> None:
        earlier = self.slots.get(key) or self.gone.get(key)
        self.gone.pop(key, None)
        slot = self.slots[key] = next_slot(schema, attribute, key, below, earlier)
        if below is None or slot.name != below.name or slot.retired != below.retired:
            self.renamed = True

    def finish(self) -> Composition:
        result = self.result
        built = [Attribute.from_given(slot.given) for slot in self.slots.values()]
        result.text_languages = {slot.key: slot.language for slot in self.slots.values()}
        built.sort(key=_order)
        result.every = [attribute for attribute in built if attribute.status != "retired"]
        result.attributes = {str(attribute.name): attribute for attribute in result.every}
        result.former = {str(attribute.key): attribute for attribute in built if attribute.status == "retired"}
        result.former |= {key: Attribute.from_given(slot.given) for key, slot in self.gone.items()}
        for position, schema in enumerate(result.schemas):
            self._gather_rules(position, schema)
            self._gather_groups(position, schema)
        return result

    def _gather_rules(self, position: int, schema: Schema) -> None:
        given: Iterable[Any] = schema.rules
        for rule in given:
            if not isinstance(rule, Rule):
                self.result.faults.append(Fault(schema.name, "", f"{shown(rule)} is no Rule"))
                continue
            names = rule.attributes if isinstance(rule.attributes, tuple) else ()
            present = self._present(names, position, schema, "rule", rule.expression)
            if present is not None:
                kept = rule if present == names else replace(rule, attributes=present)
                self.result.rules.append((position, kept if names else rule))

    def _gather_groups(self, position: int, schema: Schema) -> None:
        for group in schema.unique_together:
            if isinstance(group, str):
                fault = Fault(schema.name, "", f"a unique group is a list of names, not {shown(group)}")
                self.result.faults.append(fault)
                continue
            names = self._present(group, position, schema, "unique_together", ", ".join(map(str, group)))
            if names is not None and names not in self.result.unique_together:
                self.result.unique_together.append(names)

    def _present(self, names: Any, position: int, schema: Schema, part: str, said: Any) -> tuple[str, ...] | None:
        """Return the present names of attributes named in ``schema``, None where one of them is gone."""
        what = f"the rule {shown(said)}" if part == "rule" else f"the unique group {said}"
        present = []
        for name in names:
            key = self.result.key_of(name, position) if isinstance(name, str) else None
            if key is None:
                known = self.result.scopes[position]
                fault = Fault(
                    schema.name, "", f"{what} names {shown(name)}, which nobody defines{nearest(str(name), known)}"
                )
                self.result.faults.append(fault)
                return None
            if key in self.result.former:
                self.result.notes.append(Note.of(Dropped(part, said, schema.name, name, key)))
                return None
            present.append(self.slots[key].name)
        return tuple(present)

    def _fault(self, schema: Schema, attribute: Attribute, message: str) -> None:
        said: Any = attribute.name if attribute.name is not UNSET else attribute.key
        place = "" if said is UNSET else said if isinstance(said, str) else shown(said)
        self.result.faults.append(Fault(schema.name, place, message))


def next_slot(schema: Schema, attribute: Attribute, key: str, below: Slot | None, earlier: Slot | None) -> Slot:
    """Return the state of ``key`` after a definition: laid over ``below``, or whole where that is None.

    ``earlier`` is the state before it in either case, from which a definition without a name of its own takes it.
    """
    language = below.language if below else schema.default_language
    given = merged(below.given if below else {}, language, attribute.given, schema.default_language)
    given.pop("omit", None)
    given["key"] = key
    name = given["name"] = _name(attribute, key, earlier)
    return Slot(
        key, name, given, language, schema.name if given.get("locked") else "", given.get("status") == "retired"
    )


def _name(attribute: Attribute, key: str, earlier: Slot | None) -> str:
    """Return the name after a definition: only one that gives a key and a name that differ renames."""
    if earlier is not None and (attribute.key is UNSET or attribute.name in (UNSET, attribute.key)):
        return earlier.name
    return key if attribute.name is UNSET else str(attribute.name)


def _order(attribute: Attribute) -> float:
    order = attribute.order
    return order if isinstance(order, int | float) and order == order else 0


def merged(below: Mapping[str, Any], below_language: str, above: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return the properties ``below`` with those ``above`` laid over them; None takes one away."""
    result = dict(below)
    for name, value in above.items():
        if name in TEXTS:
            value = merged_texts(result.get(name), below_language, value, language)
        elif name == "constraints":
            value = _merged_mappings(result.get(name), value)
        if value is None:
            result.pop(name, None)
        else:
            result[name] = value
    return result


def merged_texts(below: Any, below_language: str, above: Any, language: str) -> Any:
    """Merge two texts by language; a plain string is one in its schema's default language."""
    if isinstance(above, str) and below_language == language and not isinstance(below, dict):
        return above
    if not isinstance(above, str | dict):
        return above
    return _merged_mappings(by_language(below, below_language), by_language(above, language))


def by_language(text: Any, language: str) -> Mapping[str, str]:
    """Return a text as a mapping of language to string; a plain string is in ``language``."""
    if isinstance(text, dict):
        return text
    return {language: text} if isinstance(text, str) else {}


def _merged_mappings(below: Any, above: Any) -> Any:
    if not isinstance(above, dict):
        return above
    result = {**below, **above} if isinstance(below, dict) else above
    return {name: value for name, value in result.items() if value is not None} or None
