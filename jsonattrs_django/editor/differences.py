"""What a change of a schema says otherwise than before, attribute by attribute and property by property, in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _

from jsonattrs_django.editor.drafts import key_of
from jsonattrs_django.editor.words import label_in, property_title, property_value, type_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jsonattrs_core import Schema

__all__ = ["AttributeDifference", "Differences", "Property"]

#: Properties that are told part by part: each limit, each language.
_PARTED = ("constraints", "label", "help_text")


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
    """The differences between a schema as it is, None where there is none, and as it would be."""

    def __init__(self, before: Schema | None, after: Schema | None) -> None:
        self._before = _document(before)
        self._after = _document(after)
        self._language = str(self._after.get("default_language") or self._before.get("default_language") or "en")

    @property
    def attributes(self) -> list[AttributeDifference]:
        """What is said otherwise about attributes, in the new order; those that are gone at the end."""
        before = {key_of(each): each for each in self._before["attributes"]}
        after = {key_of(each): each for each in self._after["attributes"]}
        return [
            self._difference(key, before.get(key), after.get(key))
            for key in dict.fromkeys([*after, *before])
            if before.get(key) != after.get(key)
        ]

    def _difference(self, key: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> AttributeDifference:
        label = label_in(after if after and (after.get("label") or not before) else before or {}, self._language)
        kind = _kind(before, after)
        if kind == "added":
            return AttributeDifference(key, label, kind, [*_all_of(after or {})], [])
        changed = [name for name in {**(before or {}), **(after or {})} if _of(before, name) != _of(after, name)]
        shown = [name for name in changed if name not in ("key", "omit", "status") or kind == "changed"]
        if kind in ("omitted", "taken back", "retired"):
            shown = []
        return AttributeDifference(key, label, kind, [*_properties(before, after, shown)], changed)

    @property
    def schema(self) -> list[Property]:
        """What is said otherwise about the schema as a whole."""
        titles = {
            "name": _("name"),
            "default_language": _("language of plain texts"),
            "rule_language": _("language of rules"),
        }
        return [
            Property(title, property_value("", self._before.get(name)), property_value("", self._after.get(name)))
            for name, title in titles.items()
            if self._before and self._after.get(name) and self._before.get(name) != self._after.get(name)
        ]

    @property
    def is_reordered(self) -> bool:
        """Tell whether attributes that there are before and after stand in another order."""
        before, after = ([key_of(each) for each in said["attributes"]] for said in (self._before, self._after))
        return [key for key in before if key in after] != [key for key in after if key in before]

    @property
    def rules(self) -> list[Property]:
        """The rules that come and go, and what must be unique together."""
        titles = {"rules": _("rule"), "unique_together": _("unique together")}
        found: list[Property] = []
        for name, title in titles.items():
            before, after = self._before.get(name) or [], self._after.get(name) or []
            found += [Property(title, _rule(each), "") for each in before if each not in after]
            found += [Property(title, "", _rule(each)) for each in after if each not in before]
        return found

    def __bool__(self) -> bool:
        return bool(self.attributes or self.schema or self.is_reordered or self.rules)


def _document(schema: Schema | None) -> dict[str, Any]:
    return {"attributes": []} if schema is None else schema.to_document()


def _of(definition: Mapping[str, Any] | None, name: str) -> Any:
    return None if definition is None else definition.get(name)


def _kind(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    if after is None:
        return "retired" if before and before.get("type") else "taken back"
    if after.get("omit"):
        return "omitted"
    was, now = _of(before, "status"), after.get("status")
    if before is None:
        return "added" if after.get("type") else "overridden"
    if now == "retired" and was != "retired":
        return "retired"
    return "restored" if was == "retired" and now != "retired" else "changed"


def _properties(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, names: Iterable[str]
) -> Iterable[Property]:
    for name in names:
        old, new = _of(before, name), _of(after, name)
        if name in _PARTED and any(isinstance(value, dict) for value in (old, new)):
            yield from _parts(name, old, new)
        else:
            yield Property(property_title(name), property_value(name, old), property_value(name, new))


def _all_of(definition: Mapping[str, Any]) -> Iterable[Property]:
    """Yield what a new definition says, but for what is shown beside it."""
    yield Property(property_title("type"), "", type_title(definition))
    told = ("key", "name", "type", "subtype", "multiple", "label")
    for change in _properties(None, definition, [name for name in definition if name not in told]):
        yield change._replace(before="")


def _parts(name: str, old: Any, new: Any) -> Iterable[Property]:
    """Yield the parts of a property that differ; a plain text is one without a language."""
    was, now = (value if isinstance(value, dict) else {"": value} if value is not None else {} for value in (old, new))
    for part in {**was, **now}:
        if was.get(part) != now.get(part):
            title = f"{property_title(name)} ({part})" if part else property_title(name)
            yield Property(title, property_value("", was.get(part)), property_value("", now.get(part)))


def _rule(rule: Any) -> str:
    if isinstance(rule, list):
        return ", ".join(map(str, rule))
    return str(rule.get("expression", "")) if isinstance(rule, dict) else str(rule)
