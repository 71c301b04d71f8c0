"""What a scope asks to be unique, and what a record claims because of it."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonattrs_core import Invalid, compose
from jsonattrs_django.registry import registry
from jsonattrs_django.state import REMOVED
from jsonattrs_django.uniqueness.members import SCOPE, VALUE, scope_member, value_member

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Mapping, Sequence

    from jsonattrs_core import Attribute, ComposedSchema, Schema
    from jsonattrs_django.schemas.scope import Scope

__all__ = ["Claim", "Claimed", "Claiming", "claiming", "claims_by", "claims_of"]

#: Bytes of a canonical text that are kept as they are.
_LONGEST = 200
_HASHED = "sha256:"


class Claim(NamedTuple):
    """What is to be unique: the value of an attribute, or the values of several together."""

    keys: tuple[str, ...]  #: of the attributes, in alphabetical order
    names: tuple[str, ...]  #: of the same attributes
    holder: int  #: the id of the schema in whose scope it is unique

    @property
    def members(self) -> list[str]:
        """The reserved members that say it: whose claim it is, and the values."""
        return [scope_member(self.keys), *map(value_member, self.keys)]

    def has_any_of(self, members: Container[str]) -> bool:
        """Tell whether any of these members are its own."""
        return any(member in members for member in self.members)


class Claimed(NamedTuple):
    """What one record claims: no other record may hold the same values under the same holder."""

    claim: Claim
    values: tuple[str, ...]  #: canonical texts, in the order of the keys


def claims_of(layers: Sequence[tuple[int, Schema]], composed: ComposedSchema) -> tuple[Claim, ...]:
    """Return what a composed schema asks to be unique, and which of its layers, given with their ids, holds it.

    That is the most general one from which the uniqueness holds unbroken: a narrower schema that repeats it does not
    loosen the rule of the wider.
    """
    groups = _groups(composed)
    if not groups:
        return ()
    stages = [_groups(compose(*(schema for _, schema in layers[: place + 1]))) for place in range(len(layers))]
    found = []
    for keys, names in groups.items():
        place = len(stages) - 1
        while place and keys in stages[place - 1]:
            place -= 1
        found.append(Claim(keys, names, layers[place][0]))
    return tuple(found)


def _groups(composed: ComposedSchema) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the names of what is unique by the keys."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {
        (str(each.key),): (name,) for name, each in composed.items() if each.unique is True
    }
    for group in composed.unique_together:
        pairs = sorted({(str(composed[name].key), name) for name in group})
        found[tuple(key for key, _ in pairs)] = tuple(name for _, name in pairs)
    return found


def claims_by(scope: Scope, document: Mapping[str, Any]) -> tuple[list[Claimed], dict[str, Any]]:
    """Return what a record with this document claims, and the reserved members that say so.

    Null and missing claim nothing. Of a group, values that are there are members all the same.
    """
    made: list[Claimed] = []
    members: dict[str, Any] = {}
    for claim in scope.claims:
        texts = {}
        for key, name in zip(claim.keys, claim.names, strict=True):
            text = _canonical(scope.schema[name], _normal(scope, name, document.get(key)))
            if text is not None:
                texts[value_member(key)] = text
        if texts:
            members[scope_member(claim.keys)] = claim.holder
            members.update(texts)
        if len(texts) == len(claim.keys):
            made.append(Claimed(claim, tuple(texts.values())))
    return made, members


def _normal(scope: Scope, name: str, stored: Any) -> Any:
    """Return a value as it would be stored today: it may be older than its subtype. What does not fit stays."""
    if stored is None or scope.schema[name].subtype is None or scope.error is not None:
        return stored
    result = scope.usable.check_attribute(name, scope.usable.load_attribute(name, stored))
    return stored if result.problems else scope.usable.dump_attribute(name, result.value[name])


def _canonical(attribute: Attribute, stored: Any) -> str | None:
    """Return the one text of all stored values that are equal; None for none, and for what does not fit."""
    if stored is None:
        return None
    base = registry().base_types[str(attribute.type)]
    try:
        if attribute.multiple:
            if not isinstance(stored, list) or not stored:  # as another program may have written it
                return None
            text = json.dumps([_canonical_item(base, item) for item in stored], ensure_ascii=False)
        else:
            text = _canonical_item(base, stored)
    except (Invalid, TypeError, ValueError):
        return None
    if len(text.encode()) > _LONGEST or text.startswith(_HASHED):
        return _HASHED + sha256(text.encode()).hexdigest()
    return text


def _canonical_item(base: Any, stored: Any) -> str:
    value = base.load(stored)
    if value is None:
        raise Invalid("required")
    return str(base.canonical(value)) if base.canonical is not None else repr(base.dump(value))


class Claiming(NamedTuple):
    """What a write of a record does about its claims."""

    members: dict[str, Any]  #: reserved members that are written with it, REMOVED for those that go
    claimed: list[Claimed]  #: of what it writes, or moves: refused where another record has it
    followed: list[Claimed]  #: of what it leaves as it is, and which came to this scope unasked: given up there


def claiming(
    scope: Scope,
    document: Mapping[str, Any],
    reserved: Mapping[str, Any],
    changed: Collection[str],
    *,
    has_moved: bool,
    places: bool,
) -> Claiming:
    """Return what an update of a record does about its claims.

    ``document`` is what it will hold, ``reserved`` the reserved members that it has, ``changed`` the keys that are
    written. Only the members of these are written, so that two writers do not undo each other; all of them where the
    write moves the record to another scope, or finds it in another scope than its claims say, or without a claim. A
    write that ``places`` the record, since it writes the selectors, too, says in whose scope it is even if that has not
    changed: somebody may have moved the record in the meantime.
    """
    every, target = claims_by(scope, document)
    holders = {scope_member(claim.keys): claim.holder for claim in scope.claims}
    held = {member: value for member, value in reserved.items() if member.startswith((SCOPE, VALUE))}
    is_stale = any(holders.get(member) != value for member, value in held.items() if member.startswith(SCOPE))
    is_stale |= any(scope_member(each.claim.keys) not in held for each in every)
    news: dict[str, Any] = {}
    if has_moved or is_stale:
        news |= {member: REMOVED for member in held if member not in target}
        news |= {member: value for member, value in target.items() if held.get(member) != value}
    else:
        for claim in scope.claims:
            own = [value_member(key) for key in claim.keys if key in changed]
            if any(member in target for member in own) and held.get(scope_member(claim.keys)) != claim.holder:
                own = claim.members  # it has claimed nothing so far
            news |= {member: target.get(member, REMOVED) for member in own if member in target or member in held}
    made = _touched(every, news)
    followed = [each for each in made if not has_moved and not any(key in changed for key in each.claim.keys)]
    if places and (news or changed):
        news |= {
            member: target[member] for member in holders if member in target and held.get(member) == target[member]
        }
    return Claiming(news, [each for each in made if each not in followed], followed)


def _touched(claims: Iterable[Claimed], members: Mapping[str, Any]) -> list[Claimed]:
    """Return those of the claims that a write of these members makes."""
    return [each for each in claims if each.claim.has_any_of(members)]
