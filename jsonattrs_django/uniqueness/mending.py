"""Putting claims right that are not as the records' values and scopes say.

A claim goes wrong where a record comes to another scope without being written: its project goes to another
organisation, a schema is retired, or begins to ask for uniqueness where there are records.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, OperationalError, connections, transaction

from jsonattrs_django.documents import members_of, reserved_of
from jsonattrs_django.expressions import SameForAll, grouped
from jsonattrs_django.indexes.errors import sqlstate
from jsonattrs_django.listing import ScopeFinder, StoredText
from jsonattrs_django.state import REMOVED
from jsonattrs_django.uniqueness import claims
from jsonattrs_django.uniqueness.lookups import Member, holds
from jsonattrs_django.uniqueness.members import SCOPE, VALUE, scope_member, value_member

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.uniqueness.claims import Claimed

__all__ = ["Conflict", "Mended", "Record", "holders_of", "mend", "mend_again", "records", "records_of_rows"]

#: Values asked for in one query.
_CHUNK = 400
#: Records that are mended because another one cannot be before, and so on: of more, one gives up its claim.
_MOST = 10_000
#: How often to try where writers claim something at the same time, or lock records in another order.
_ATTEMPTS = 5
_DEADLOCK = "40P01"


@dataclass(slots=True)
class Record:
    """A stored record's claims: as they are, and as they should be."""

    pk: Any
    claimed: list[Claimed]  #: what it should claim
    target: dict[str, Any]  #: the reserved members that it should have
    held: dict[str, Any]  #: those that it has

    @property
    def changes(self) -> dict[str, Any]:
        """What is to be written, REMOVED for members that go."""
        news = {member: value for member, value in self.target.items() if self.held.get(member) != value}
        return news | {member: REMOVED for member in self.held if member not in self.target}

    @property
    def left(self) -> list[str]:
        """The members that say who holds a claim of which something is to be written."""
        changed = {member.removeprefix(VALUE) for member in self.changes if member.startswith(VALUE)}
        return [
            member
            for member in self.held
            if member.startswith(SCOPE)
            and (member in self.changes or not changed.isdisjoint(member.removeprefix(SCOPE).split(",")))
        ]

    def give_up(self, claimed: Claimed) -> None:
        """Claim nothing where another record does, so that no index is in the way of the values."""
        self.target.pop(scope_member(claimed.claim.keys), None)
        self.claimed = [each for each in self.claimed if each is not claimed]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two records that should claim the same."""

    pk: Any
    claimed: Claimed
    other: Any  #: primary key of the record that has the claim


@dataclass(slots=True)
class Mended:
    """What was done."""

    records: int = 0  #: that were written
    conflicts: list[Conflict] = dataclass_field(default_factory=list)


def records(field: JSONAttributeField, using: str, pks: Collection[Any]) -> list[Record]:
    """Return the claims of stored records, as they are and as they should be."""
    lookups = [selector.lookup for selector in field.selectors]
    rows = field.model._base_manager.using(using).filter(pk__in=pks).order_by("pk")
    found = list(rows.values_list("pk", *lookups, StoredText(field.attname)))
    return records_of_rows(field, found)


def records_of_rows(field: JSONAttributeField, rows: list[tuple[Any, ...]]) -> list[Record]:
    """Return the claims of rows: primary key, raw selector values, text of the document."""
    finder = ScopeFinder(field.selectors, field.schemas)
    finder.prepare(row[1:-1] for row in rows)
    made = []
    for row in rows:
        scope, text = finder.find(row[1:-1]), row[-1]
        document = members_of(text) or {}
        held = {key: value for key, value in reserved_of(text).items() if key.startswith((SCOPE, VALUE))}
        if scope.error is not None:
            made.append(Record(row[0], [], dict(held), held))  # what it should be is not known
        else:
            claimed, target = claims.claims_by(scope, document)
            # Whose claim it is stays where the values have gone: of a group, another writer may be setting one.
            holders = {scope_member(claim.keys): claim.holder for claim in scope.claims}
            target |= {member: held[member] for member in holders.keys() & held if held[member] == holders[member]}
            made.append(Record(row[0], claimed, target, held))
    return made


def holders_of(field: JSONAttributeField, using: str, wanted: Iterable[Claimed]) -> dict[Any, Any]:
    """Return the primary keys of the records that hold claims, by the keys, the holder and the values of these."""
    groups: dict[tuple[tuple[str, ...], int], dict[tuple[str, ...], None]] = defaultdict(dict)
    for each in wanted:
        groups[each.claim.keys, each.claim.holder][each.values] = None
    found = {}
    rows = field.model._base_manager.using(using).order_by()
    for (keys, holder), values in groups.items():
        members = [Member(field, value_member(key)) for key in keys]
        several = list(values)
        for start in range(0, len(several), _CHUNK):
            matching = rows.filter(holds(field, keys, holder, several[start : start + _CHUNK]))
            for pk, *held in matching.values_list("pk", *members):
                found[keys, holder, tuple(map(str, held))] = pk
    return found


def mend(field: JSONAttributeField, using: str, pks: Collection[Any], *, is_checked: bool = True) -> Mended:
    """Put the claims of records right, in one transaction in which the records are locked.

    Where another record has the claim, rightly, the record gives its own up and is reported; where that one's claims
    are not right either, they are put right, too. Not so without ``is_checked``, where there is no index yet to look
    for it. Raises IntegrityError where a writer has taken a claim in the meantime.
    """
    done = Mended()
    if not pks:
        return done
    with transaction.atomic(using=using, savepoint=False):
        wrong = _locked(field, using, pks)
        if is_checked:
            wrong += _strangers(field, using, wrong)
            asked = {*pks}
            done.conflicts = [each for each in _settled(field, using, wrong) if each.pk in asked]
        _write(field, using, wrong)
        done.records = len(wrong)
    return done


def _locked(field: JSONAttributeField, using: str, pks: Collection[Any]) -> list[Record]:
    """Lock records, and return those whose claims are not right."""
    _lock(field, using, pks)
    return [record for record in records(field, using, pks) if record.changes]


def _write(field: JSONAttributeField, using: str, wrong: list[Record]) -> None:
    rows = field.model._base_manager.using(using)
    # Records may change places, or one take what another has had: all leave theirs before any takes another's.
    left = {record.pk: record.left for record in wrong if record.left}
    if left:
        members = sorted({member for several in left.values() for member in several})
        rows.filter(pk__in=[*left]).update(**{field.attname: SameForAll(field, {}, members)})
    writes = ((record.pk, {**(record.target if record.pk in left else {}), **record.changes}) for record in wrong)
    for merged, same in grouped(field, writes):
        rows.filter(pk__in=same).update(**{field.attname: merged})


def mend_again(field: JSONAttributeField, using: str, pks: Collection[Any], *, is_checked: bool = True) -> Mended:
    """Do as :func:`mend` does, and again where a writer came in between. Not for a transaction in progress."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return mend(field, using, pks, is_checked=is_checked)
        except IntegrityError:
            continue
        except OperationalError as error:
            if sqlstate(error) != _DEADLOCK:
                raise
    return mend(field, using, pks, is_checked=is_checked)


def _lock(field: JSONAttributeField, using: str, pks: Collection[Any]) -> None:
    """Let nobody else write these records until the transaction ends."""
    rows = field.model._base_manager.using(using).filter(pk__in=pks).order_by("pk")
    if connections[using].features.has_select_for_update:
        list(rows.select_for_update().values_list("pk", flat=True))
    else:  # SQLite has one writer, who is one from the first write on
        rows.update(**{field.attname: SameForAll(field, {})})


def _strangers(field: JSONAttributeField, using: str, wrong: list[Record]) -> list[Record]:
    """Return the other records that have what these should claim and are not right either, and so on."""
    found: list[Record] = []
    known, coming = {record.pk for record in wrong}, wrong
    while coming and len(found) < _MOST:
        news = [each for record in coming for each in record.claimed if _is_news(record, each)]
        others = {*holders_of(field, using, news).values()} - known
        known |= others
        coming = _locked(field, using, others) if others else []
        found += coming
    return found


def _settled(field: JSONAttributeField, using: str, wrong: list[Record]) -> list[Conflict]:
    """Decide who gives way where two records should claim the same, and return who does."""
    own = {record.pk for record in wrong}
    wanted = [(record, each) for record in wrong for each in list(record.claimed) if _is_news(record, each)]
    others = holders_of(field, using, [each for _, each in wanted])
    # What a record holds rightly it keeps; what it holds and should not is free when these are written.
    taken = {_key(each): record.pk for record in wrong for each in record.claimed if not _is_news(record, each)}
    taken |= {key: pk for key, pk in others.items() if pk not in own}
    conflicts = []
    for record, each in wanted:
        other = taken.setdefault(_key(each), record.pk)
        if other != record.pk:
            record.give_up(each)
            conflicts.append(Conflict(record.pk, each, other))
    return conflicts


def _key(claimed: Claimed) -> tuple[Any, ...]:
    return claimed.claim.keys, claimed.claim.holder, claimed.values


def _is_news(record: Record, claimed: Claimed) -> bool:
    """Tell whether the record does not hold a claim yet that it should."""
    return any(record.held.get(member) != record.target.get(member) for member in claimed.claim.members)
