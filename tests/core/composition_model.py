"""A second, naive account of composition, written from the documentation alone, to hold the real one against.

It shares no code with the core's composition. Each part of a property (``required``, ``constraints.min``, ``label.de``)
has a chain of (schema, value) pairs, the last of which is in effect.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import assume
from hypothesis import strategies as st

from jsonattrs_core import UNSET, Attribute, Schema

TEXTS = ("label", "help_text")
#: Every property but those that say which attribute is meant, or that leave no trace in the outcome.
OTHERS = (
    *("type", "subtype", "group", "order", "required", "default", "initial_default", "choices", "multiple"),
    *("unique", "indexed", "required_if", "visible_if", "locked", "status"),
)


class Locked(Exception):
    """A schema touches what a more general one has locked."""


@dataclass
class Row:
    key: str
    name: str
    chains: dict = field(default_factory=dict)

    def value(self, part):
        chain = self.chains.get(part)
        return chain[-1][1] if chain else UNSET

    @property
    def retired(self):
        return self.value("status") == "retired"


class Model:
    """The outcome of composing schemas."""

    def __init__(self, schemas):
        self.present = []  # rows in their order, retired ones too
        self.omitted = {}  # rows by key
        self.undefined = []  # (schema, attribute) that override what nobody defined
        self.twice = []  # (schema, attribute) of a key that the schema has defined already
        self.dropped = []  # (schema, key) of overrides of what is gone
        self.owners = {}  # the keys of all attributes that ever had a name
        for schema in schemas:
            self.apply(schema)

    def visible(self):
        rows = [row for row in self.present if not row.retired]
        return sorted(rows, key=lambda row: row.value("order") or 0)

    def apply(self, schema):
        meant = self.names()
        done, drafts = set(), set()
        for attribute in schema.attributes:
            key = attribute.key or meant.get(attribute.name, attribute.name)
            if attribute.status == "draft":
                assume(key not in done | drafts)  # a draft beside a definition has a test of its own
                drafts.add(key)
                continue
            assume(key not in drafts)
            if key in done:
                self.twice.append((schema.name, attribute))
            else:
                done.add(key)
                self.apply_one(schema, attribute, key)

    def names(self):
        """Return the keys that names mean: those of visible attributes before those of retired and omitted ones."""
        visible = [row for row in self.present if not row.retired]
        gone = [row for row in [*self.present, *self.omitted.values()] if row not in visible]
        for rows in (visible, gone):
            assume(len({row.name for row in rows}) == len(rows))  # two of one name: a fault, and anyone's guess
        return {row.name: row.key for row in [*gone, *visible]}

    def apply_one(self, schema, attribute, key):
        row = next((row for row in self.present if row.key == key), None)
        locked = row is not None and row.value("locked") is True
        if attribute.omit:
            if locked:
                raise Locked
            if row is not None:
                self.present.remove(row)
                self.omitted[key] = row
        elif attribute.type:
            if locked:
                raise Locked
            self.define(schema, attribute, key, row)
        elif row is None and key not in self.omitted:
            self.undefined.append((schema.name, attribute))
        elif row is None or (row.retired and attribute.status in (UNSET, "retired")):
            self.dropped.append((schema.name, key))
        else:
            if locked:
                raise Locked
            self.override(schema, attribute, row)

    def define(self, schema, attribute, key, row):
        """Define whole: what was said before is in the chains of the parts that are said again, and nowhere else."""
        earlier = row or self.omitted.pop(key, None)
        new = Row(key, earlier.name if earlier else key)
        for part, value in parts(attribute, schema.default_language).items():
            if value is not None:
                new.chains[part] = [*(earlier.chains.get(part, []) if earlier else []), (schema.name, value)]
        if row is None:
            self.present.append(new)
        else:
            self.present[self.present.index(row)] = new
        self.rename(attribute, new, first=earlier is None)

    def override(self, schema, attribute, row):
        for name in ("constraints", *TEXTS):
            if getattr(attribute, name) is None:
                row.chains = {part: chain for part, chain in row.chains.items() if not part.startswith(f"{name}.")}
        for part, value in parts(attribute, schema.default_language).items():
            if value is None:
                row.chains.pop(part, None)
            else:
                row.chains.setdefault(part, []).append((schema.name, value))
        self.rename(attribute, row, first=False)

    def rename(self, attribute, row, *, first):
        if attribute.name and (first or (attribute.key and attribute.key != attribute.name)):
            row.name = attribute.name
        self.owners.setdefault(row.name, set()).add(row.key)


def parts(attribute, language):
    """Return what a definition says, part by part; None for what it takes away."""
    said = {name: getattr(attribute, name) for name in OTHERS if getattr(attribute, name) is not UNSET}
    for name in TEXTS:
        text = getattr(attribute, name)
        by_language = {language: text} if isinstance(text, str) else text or {}
        said |= {f"{name}.{code}": words for code, words in by_language.items()}
    return said | {f"constraints.{name}": value for name, value in (attribute.constraints or {}).items()}


def outcome(attribute):
    """Return the properties of a composed attribute part by part; a plain text in a language that is not told."""
    return parts(attribute, "?")


# ---- schemas to compose ----

_texts = st.one_of(
    st.none(),
    st.sampled_from(["Size", "Größe"]),
    st.dictionaries(st.sampled_from(["en", "de", "id"]), st.sampled_from(["x", "y", None]), min_size=1),
)
_properties = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["text", "integer"]),
        "label": _texts,
        "help_text": _texts,
        "group": st.sampled_from(["g", "h", None]),
        "order": st.sampled_from([0, 1, -1, 0.5, None]),
        "required": st.sampled_from([True, False, None]),
        "default": st.sampled_from([1, 2, None]),
        "choices": st.sampled_from([[1, 2], [(1, "one")], None]),
        "constraints": st.none() | st.dictionaries(st.sampled_from(["min", "max"]), st.sampled_from([0, 9, None])),
        "unique": st.sampled_from([True, None]),
        "locked": st.sampled_from([False, False, False, None, True]),
        "omit": st.sampled_from([False, True, None]),
        "status": st.sampled_from(["active", "active", "deprecated", "retired", "draft", None]),
    },
)
_names, _keys = st.sampled_from("abc"), st.sampled_from("abk")
#: A name alone, a key alone, or both; those that are equal have a test of their own.
_identities = st.one_of(
    st.fixed_dictionaries({"name": _names}),
    st.fixed_dictionaries({"key": _keys}),
    st.fixed_dictionaries({"name": _names, "key": _keys}).filter(lambda given: given["name"] != given["key"]),
)
_attributes = st.builds(lambda identity, properties: Attribute(**identity, **properties), _identities, _properties)
_typed = st.builds(
    lambda identity, properties: Attribute(**identity, **{"type": "integer", **properties, "omit": False}),
    *(_identities, _properties),
)


def schemas(least=1, most=4):
    """Return a strategy of tuples of schemas; the first defines, the others mostly change."""
    languages = st.sampled_from(["en", "en", "de"])

    def named(drawn):
        return tuple(Schema(f"s{i}", attributes, default_language=code) for i, (attributes, code) in enumerate(drawn))

    first = st.tuples(st.lists(_typed, min_size=1, max_size=3), languages)
    later = st.lists(st.tuples(st.lists(_attributes, max_size=3), languages), min_size=least - 1, max_size=most - 1)
    return st.builds(lambda one, rest: named([one, *rest]), first, later)
