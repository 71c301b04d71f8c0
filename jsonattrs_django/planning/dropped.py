"""What a change would leave without effect: conditions, rules and groups that name an attribute which would be gone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jsonattrs_core import JSONAttrsError, applicable, compose
from jsonattrs_django.registry import registry
from jsonattrs_django.schemas.reach import reached

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jsonattrs_core import ComposedSchema, Schema
    from jsonattrs_core.composition import Dropped
    from jsonattrs_django.selectors import Texts

__all__ = ["newly_dropped"]


def newly_dropped(
    before: Mapping[Texts, Schema], after: Mapping[Texts, Schema], texts: Texts
) -> dict[Texts, list[Dropped]]:
    """Return what would count for nothing any more, in the scope of ``texts`` and in each narrower one.

    ``before`` and ``after`` are the schemas that share records with the scope, by what they are bound to. A narrower
    scope is told what concerns it alone. Scopes that do not compose, before or after, are told nothing: their faults
    are told elsewhere.
    """
    was, would = _composed(before, texts), _composed(after, texts)
    if was is None or would is None:
        return {}
    own = _new(was, would)
    found = {texts: own} if own else {}
    gone = {str(each.key) for each in was.values()} - {str(each.key) for each in would.values()}
    names = {name for each in was.values() if str(each.key) in gone for name in (str(each.name), str(each.key))}
    if not names or not _are_named(names, (*before.values(), *after.values())):
        return found
    for narrower in reached([*before, *after], texts):
        was, would = _composed(before, narrower), _composed(after, narrower)
        if narrower != texts and was is not None and would is not None:
            more = [each for each in _new(was, would) if each not in own]
            found |= {narrower: more} if more else {}
    return found


def _composed(schemas: Mapping[Texts, Schema], texts: Texts) -> ComposedSchema | None:
    try:
        return compose(*applicable(schemas, texts))
    except JSONAttrsError:
        return None


def _new(was: ComposedSchema, would: ComposedSchema) -> list[Dropped]:
    try:
        known = was.dropped(registry())
        return list(dict.fromkeys(each for each in would.dropped(registry()) if each not in known))
    except JSONAttrsError:
        return []


def _are_named(names: Iterable[str], schemas: Iterable[Schema]) -> bool:
    """Tell whether a schema may name one of some attributes in what can be dropped: most changes are done then."""
    are_there = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b").search
    for schema in schemas:
        said = [each for one in schema.attributes for each in (one.visible_if, one.required_if)]
        for rule in schema.rules:
            said += [rule.expression, *rule.attributes]
        said += [name for group in schema.unique_together for name in group]
        if any(isinstance(text, str) and are_there(text) for text in said):
            return True
    return False
