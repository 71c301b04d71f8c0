"""Whether what a process knows about the schemas of a field is still true.

Each attribute field has a *generation*, a random token in a row of its own that every schema change replaces, in the
change's own transaction. A process looks at it at most once in ``JSONATTRS["FRESHNESS"]`` seconds.

A connection that has changed a schema and not yet committed has a marker among the functions that it is to run on
commit. Django drops such functions when their transaction or savepoint is rolled back, so that the marker is there
exactly as long as the change is pending; while it is, the connection uses what the marker keeps and not what the
process shares.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any
from weakref import ref

from django.db import connections, router, transaction

from jsonattrs_django.conf import setting

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from jsonattrs_django.schemas.scope import Scope

__all__ = ["Generation", "PendingChange", "pending_changes", "schema_database"]

_UNKNOWN = object()


def schema_database() -> str:
    """Return the alias of the database that schemas are kept in: the one to write to, which is never behind."""
    from jsonattrs_django.models import SchemaRecord

    return str(router.db_for_write(SchemaRecord))


class PendingChange:
    """A schema change that its connection has not committed yet, and what the connection has looked up since."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.scopes: dict[Any, Scope] = {}
        #: What its scopes belong to. Not the change itself: that lasts only as long as its connection is to run it.
        self.token = object()

    def __call__(self) -> None:
        """Run on commit."""
        self.generation.expire()


#: The pending changes of all connections of the process. Mostly empty, which is all that most look-ups ask of it.
pending_changes: set[ref[PendingChange]] = set()


class Generation:
    """What this process knows of the generation of one attribute field, which ``label`` and ``field`` name."""

    def __init__(self, app_label: str, model_name: str, field: str) -> None:
        self._of = {"content_type__app_label": app_label, "content_type__model": model_name, "field": field}
        self.known: Any = _UNKNOWN  #: the token, as it was when it was last looked at
        self.until = float("-inf")  #: when to look again, on the monotonic clock
        self._changes = 0  # that this process has made

    def expire(self) -> None:
        """Look at the token again before the next use, in transactions too."""
        self.until = float("-inf")
        self._changes += 1

    def reset(self) -> None:
        """Forget the token."""
        self.known = _UNKNOWN
        self.expire()

    def is_current(self, token: Any) -> bool:
        """Tell whether what was found under a token may be used without looking: a quick look at what is known."""
        return not pending_changes and token is self.known and monotonic() < self.until

    def pending(self, connection: BaseDatabaseWrapper) -> PendingChange | None:
        """Return the newest schema change of this field that the connection has not committed."""
        if not pending_changes or not connection.run_on_commit:
            return None
        for _, function, *_ in reversed(connection.run_on_commit):
            if isinstance(function, PendingChange) and function.generation is self:
                return function
        return None

    def changed(self, alias: str) -> None:
        """Note that the transaction in progress has changed a schema of this field."""
        change = PendingChange(self)
        pending_changes.add(ref(change, pending_changes.discard))
        transaction.on_commit(change, using=alias)

    def token(self, alias: str) -> Any:
        """Return the token, as it was at most ``FRESHNESS`` seconds ago: None before the first schema is defined."""
        connection = connections[alias]
        if _sees_the_past(connection):
            # Even where others know a newer one: what this connection reads belongs to the token that it sees.
            return self._token_of_transaction(connection, alias)
        if monotonic() < self.until:
            return self.known
        self._publish(self._look(alias))
        return self.known

    def _publish(self, token: Any) -> None:
        if token != self.known:  # the object is kept where it is equal, so that `is_current` can compare identities
            self.known = token
        self.until = monotonic() + setting("FRESHNESS")

    def _look(self, alias: str) -> Any:
        from jsonattrs_django.models import GenerationRecord

        found = GenerationRecord.objects.using(alias).filter(**self._of).values_list("token", flat=True)
        return next(iter(found), None)

    def _token_of_transaction(self, connection: Any, alias: str) -> Any:
        """Return the token in a transaction that may not see what others have committed; others are not told it."""
        known = connection.__dict__.setdefault("_jsonattrs_tokens", {})
        token, until, changes = known.get(self, (None, float("-inf"), 0))
        if monotonic() >= until or changes != self._changes:
            token = self._look(alias)
            known[self] = (token, monotonic() + setting("FRESHNESS"), self._changes)
        return self.known if token == self.known else token  # the same object, which `is_current` compares


def _sees_the_past(connection: Any) -> bool:
    """Tell whether the connection is in a transaction that keeps to what was committed before it began."""
    if not connection.in_atomic_block:
        return False
    level = getattr(connection, "isolation_level", None)  # of PostgreSQL only; SQLite has but the one
    return level is None or level.name in ("REPEATABLE_READ", "SERIALIZABLE")
