"""Turning uniqueness on where there may be records already: a job that can be interrupted at any point and run again.

Writers claim their values as soon as a schema says ``unique``. The job waits until every writer knows it, has the older
records claim theirs, and builds the index, which refuses to be built where two records have the same values. Until it
is done, a write asks first whether another record has its values; from then on the index decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as dataclass_field
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import connections, transaction
from django.db.models import Count, Max, Min, Q, TextField
from django.db.models.functions import Cast

from jsonattrs_django.conf import setting
from jsonattrs_django.indexes.errors import IndexProblem
from jsonattrs_django.listing import StoredText
from jsonattrs_django.models.changes import touch
from jsonattrs_django.schemas.generation import schema_database
from jsonattrs_django.uniqueness.lookups import Member, is_claimed
from jsonattrs_django.uniqueness.members import scope_member, value_member
from jsonattrs_django.uniqueness.mending import mend_again, records_of_rows
from jsonattrs_django.uniqueness.states import new_token, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.models import UniquenessRecord

__all__ = ["Duplicates", "begun", "duplicates_of", "enforce", "wait_for_writers"]

#: Records looked at together.
_BATCH = 2_000
#: Groups of records with the same values that a refusal names.
_NAMED = 20


@dataclass(slots=True)
class Duplicates:
    """Records that have the same values, which keep uniqueness from being enforced."""

    keys: tuple[str, ...]
    groups: list[tuple[int, Any, Any]] = dataclass_field(default_factory=list)  #: how many, the first and the last key

    def __bool__(self) -> bool:
        return bool(self.groups)

    def __str__(self) -> str:
        named = "; ".join(f"{count} records, among them {first} and {last}" for count, first, last in self.groups)
        more = " and more" if len(self.groups) == _NAMED else ""
        return f"{' and '.join(self.keys)}: there are records with the same values ({named}{more})"


def begun(field: JSONAttributeField, using: str, keys: tuple[str, ...]) -> UniquenessRecord:
    """Return the job, where it was interrupted if no schema has changed since that decides who claims what."""
    kind = ContentType.objects.db_manager(schema_database()).get_for_model(field.model)
    said = {"content_type": kind, "field": field.name, "keys": ",".join(keys), "database": using}
    job, _ = rows_of(field, using, keys).get_or_create(**said, defaults={"token": new_token()})
    if job.state == job.ENFORCED:  # and yet it is to be done
        job.state, job.checkpoint, job.token = job.BUILDING, None, new_token()
        job.save(using=schema_database())
    return job


def enforce(
    field: JSONAttributeField,
    job: UniquenessRecord,
    build: Callable[[], Any],
    is_built: bool,
    say: Callable[[int], Any] = lambda records: None,
) -> Duplicates | None:
    """Have all records claim what is unique, and build the index; return what is in the way.

    ``build`` builds the index and raises an IndexProblem; ``is_built`` tells that there is a valid one. ``say`` is told
    how many records have been looked at. The caller has begun the ``job``, and waited for writers after that
    (:func:`wait_for_writers`). Raises IndexProblem where a schema has changed since the job was begun.
    """
    using, keys = job.database, tuple(job.keys.split(","))
    conflicts = Duplicates(keys)
    for last, seen, found in _backfilled(field, using, keys, job.checkpoint, is_built):
        conflicts.groups += found
        _note(field, job, checkpoint=last)
        say(seen)
    if not is_built:
        conflicts.groups += duplicates_of(field, using, keys).groups
    if conflicts.groups:
        conflicts.groups = conflicts.groups[:_NAMED]
        _note(field, job, checkpoint=None)
        return conflicts
    if not is_built:
        build()
    with transaction.atomic(using=schema_database()):
        touch(job.content_type_id, field.name, schema_database())  # processes look at the state again
        _note(field, job, checkpoint=None, state=job.ENFORCED)
    return None


def _note(field: JSONAttributeField, job: UniquenessRecord, **news: Any) -> None:
    """Write how far the job is. Raises IndexProblem where it has to begin again."""
    rows = rows_of(field, job.database, tuple(job.keys.split(",")))
    if not rows.filter(token=job.token).update(**news):
        raise IndexProblem("a schema has changed meanwhile that decides what is unique; run attributes_sync again")


def wait_for_writers(using: str, patience: float) -> int:
    """Wait until every writer knows the schemas that are committed now; return how many have not come to an end.

    Processes look at the schemas at least once in ``FRESHNESS`` seconds; transactions that began before that may write
    by older ones until they end. ``patience`` is how many seconds to wait for these.
    """
    sleep(setting("FRESHNESS"))
    connection: Any = connections[using]
    if connection.vendor != "postgresql":
        return 0
    deadline = monotonic() + patience
    older = _transactions(connection)
    while older and monotonic() < deadline:
        sleep(0.1)
        older &= _transactions(connection)
    return len(older)


#: Transactions in progress, by their locks, which every role may see: of the sessions of others, pg_stat_activity does
#: not tell when their transactions began. Those of the server's own processes have no user.
_TRANSACTIONS = """
    SELECT l.virtualtransaction FROM pg_locks l JOIN pg_stat_activity a USING (pid)
     WHERE l.locktype = 'virtualxid' AND l.granted AND a.datname = current_database()
       AND a.usesysid IS NOT NULL AND l.pid <> pg_backend_pid()
    UNION ALL SELECT gid FROM pg_prepared_xacts WHERE database = current_database()
"""


def _transactions(connection: Any) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_TRANSACTIONS)
        return {name for (name,) in cursor.fetchall()}


def _backfilled(
    field: JSONAttributeField, using: str, keys: tuple[str, ...], last: Any, is_built: bool
) -> Iterator[tuple[Any, int, list[tuple[int, Any, Any]]]]:
    """Have records claim their values, in batches of ascending primary keys after ``last``."""
    lookups = [selector.lookup for selector in field.selectors]
    rows = field.model._base_manager.using(using).order_by("pk")
    rows = rows.filter(Q((f"{field.attname}__has_any_keys", [*keys])) | is_claimed(field, keys))
    members = [scope_member(keys), *map(value_member, keys)]
    while True:
        part = rows if last is None else rows.filter(pk__gt=field.model._meta.pk.to_python(last))
        found = list(part.values_list("pk", *lookups, StoredText(field.attname))[:_BATCH])
        if not found:
            return
        wrong = [
            record.pk
            for record in records_of_rows(field, found)
            if any(record.held.get(member) != record.target.get(member) for member in members)
        ]
        done = mend_again(field, using, wrong, is_checked=is_built)
        conflicts = [(2, conflict.other, conflict.pk) for conflict in done.conflicts]
        last = found[-1][0]
        last = last if isinstance(last, int) else str(last)
        yield last, len(found), conflicts


def duplicates_of(field: JSONAttributeField, using: str, keys: tuple[str, ...]) -> Duplicates:
    """Return groups of records that claim the same: how many, and two of them."""
    members = {f"member_{place}": Member(field, value_member(key)) for place, key in enumerate(keys)}
    every = {"scope": Member(field, scope_member(keys)), **members}
    rows = field.model._base_manager.using(using).filter(is_claimed(field, keys)).order_by()
    key = Cast("pk", TextField())  # not every type of key has an order
    found = rows.annotate(**every).values(*every).annotate(n=Count("pk"), first=Min(key), last=Max(key))
    for name in members:
        found = found.filter(**{f"{name}__isnull": False})
    groups = [
        (each["n"], each["first"], each["last"]) for each in found.filter(n__gt=1).order_by("-n", "first")[:_NAMED]
    ]
    return Duplicates(keys, groups)
