"""What a change of a schema says otherwise than before, attribute by attribute and property by property, in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jsonattrs_core import UNSET, compose, text_in
from jsonattrs_django.editor.phrases import Phrases, language_title
from jsonattrs_django.editor.words import label_in, type_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jsonattrs_core import Attribute, ComposedSchema, Schema

__all__ = ["AttributeDifference", "Differences", "Property"]

#: Properties that are told part by part: each limit, each language.
_PARTED = ("constraints", "label", "help_text")
#: Properties that are told beside the others.
_TITLES = ("key", "name", "type", "subtype", "multiple", "label")


class Property(NamedTuple):
    """One property before and after, in words."""

    title: str
    before: str
    after: str


@dataclass(frozen=True)
class AttributeDifference:
    """What is said otherwise about one attribute."""

    key: str
    label: str
    kind: str  #: "added", "changed", "overridden", "omitted", "retired", "restored" or "taken back"
    properties: list[Property] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  #: of the properties

    @property
    def kind_title(self) -> str:
        """What happens to it, in words."""
        titles = {
            "added": _("new"),
            "changed": _("changed"),
            "overridden": _("changed here"),
            "omitted": _("left out here"),
            "retired": _("retired"),
            "restored": _("in use again"),
            "taken back": _("as inherited again"),
        }
        return titles[self.kind]


class Differences:
    """The differences between a schema as it is, None where there is none, and as it would be.

    ``composed`` is what is, or would be, made of them, so that attributes which only change inherited ones have a type.
    """

    def __init__(self, before: Schema | None, after: Schema | None, composed: ComposedSchema | None = None) -> None:
        self._before, self._after = _said(before), _said(after)
        self._schemas = (before, after)
        said = after or before
        known = composed if composed is not None or said is None else compose(said)
        self._phrases = Phrases(known or compose())
        self._known = {str(attribute.key): attribute for attribute in (known or {}).values()}
        self._language = "en" if said is None else said.default_language

    @property
    def attributes(self) -> list[AttributeDifference]:
        """What is said otherwise about attributes, in the new order; those that are gone at the end."""
        return [
            self._difference(key, self._before.get(key), self._after.get(key))
            for key in dict.fromkeys([*self._after, *self._before])
            if _given(self._before.get(key)) != _given(self._after.get(key))
        ]

    def told(self, key: str) -> list[Property]:
        """Return every property of one attribute that is said otherwise, whatever that does to the attribute."""
        before, after = self._before.get(key), self._after.get(key)
        words = self._known.get(key) or after or before
        return [] if words is None else [*self._properties(_given(before), _given(after), words)]

    def _difference(self, key: str, before: Attribute | None, after: Attribute | None) -> AttributeDifference:
        was, now = _given(before), _given(after)
        label = label_in({"key": key, **(now if now.get("label") or not was else was)}, self._language)
        kind = _kind(before, after)
        words = self._known.get(key) or after or before
        if words is None or kind in ("omitted", "taken back", "retired"):
            return AttributeDifference(key, label, kind)
        if kind == "added":
            told = Property(_("Type"), "", type_title(now))
            more = {name: value for name, value in now.items() if name not in _TITLES}
            return AttributeDifference(key, label, kind, [told, *self._properties({}, more, words)])
        changed = [name for name in {**was, **now} if was.get(name) != now.get(name)]
        return AttributeDifference(key, label, kind, [*self._properties(was, now, words)], changed)

    def _properties(self, was: Mapping[str, Any], now: Mapping[str, Any], attribute: Attribute) -> Iterator[Property]:
        """Yield the properties, or the parts of them, that differ, in words."""
        before, after = dict(_parts(was)), dict(_parts(now))
        for part in dict.fromkeys([*after, *before]):
            if before.get(part, UNSET) == after.get(part, UNSET) or part in ("key", "omit"):
                continue
            said = [
                self._phrases.said(part, sides[part], attribute).text if part in sides else ""
                for sides in (before, after)
            ]
            yield Property(self._phrases.title(part, attribute), said[0], said[1] or "—")

    @property
    def schema(self) -> list[Property]:
        """What is said otherwise about the schema as a whole."""
        before, after = self._schemas
        if before is None or after is None:
            return []
        told = [
            Property(_("Name"), before.name, after.name),
            Property(_("Language"), language_title(before.default_language), language_title(after.default_language)),
            Property(_("Language of rules"), before.rule_language, after.rule_language),
        ]
        return [each for each in told if each.before != each.after]

    @property
    def is_reordered(self) -> bool:
        """Tell whether attributes that there are before and after stand in another order."""
        return [key for key in self._before if key in self._after] != [
            key for key in self._after if key in self._before
        ]

    @property
    def rules(self) -> list[Property]:
        """The rules that come and go, and what must be unique together."""
        found: list[Property] = []
        for title, before, after in zip(
            (_("Rule"), _("Unique together")), *(_rules(schema) for schema in self._schemas), strict=True
        ):
            found += [Property(title, rule, "") for rule in before if rule not in after]
            found += [Property(title, "", rule) for rule in after if rule not in before]
        return found

    def __bool__(self) -> bool:
        return bool(self.attributes or self.schema or self.is_reordered or self.rules)


def _said(schema: Schema | None) -> dict[str, Attribute]:
    attributes = () if schema is None else schema.attributes
    return {str(attribute.key or attribute.name): attribute for attribute in attributes}


def _given(attribute: Attribute | None) -> Mapping[str, Any]:
    """Return what is said about an attribute, but for its key, which stays."""
    given = {} if attribute is None else attribute.given
    return {name: value for name, value in given.items() if name != "key"}


def _kind(before: Attribute | None, after: Attribute | None) -> str:
    if after is None:
        return "retired" if before is not None and before.type else "taken back"
    if after.omit:
        return "omitted"
    if before is None:
        return "added" if after.type else "overridden"
    if after.status == "retired" and before.status != "retired":
        return "retired"
    return "restored" if before.status == "retired" and after.status != "retired" else "changed"


def _parts(given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the properties; of those that have parts the parts, ``constraints.min`` and ``label.id``."""
    for name, value in given.items():
        if name in _PARTED and isinstance(value, dict):
            yield from ((f"{name}.{member}", part) for member, part in value.items())
        else:
            yield name, value


def _rules(schema: Schema | None) -> tuple[list[str], list[str]]:
    """Return the expressions of a schema's rules with what they say, and its unique groups."""
    if schema is None:
        return [], []
    rules = [
        f"{rule.expression}: {text_in(rule.message, get_language(), schema.default_language)}" for rule in schema.rules
    ]
    return rules, [", ".join(map(str, group)) for group in schema.unique_together]
