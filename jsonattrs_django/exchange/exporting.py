"""Records as rows of cells, straight from what is stored."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connections, transaction

from jsonattrs_django.documents import read_exactly
from jsonattrs_django.exchange.cells import as_text
from jsonattrs_django.exchange.columns import AttributeColumn, Column, Headings
from jsonattrs_django.exchange.errors import ExchangeError
from jsonattrs_django.exchange.natives import NativeColumn, native_columns
from jsonattrs_django.exchange.quick import TextIfNotPlain, can_be_quick
from jsonattrs_django.listing import StoredText
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.models.manager import attribute_field
from jsonattrs_django.names import nearest
from jsonattrs_django.permissions import permitted
from jsonattrs_django.updates import scopes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from django.db.models import QuerySet

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.schemas.scope import Scope

__all__ = ["CHUNK", "MISSING", "Export", "Layout", "Member"]

#: What a document has under a key that it does not have.
MISSING: Any = object()

#: Records that a server-side cursor fetches at a time.
CHUNK = 2_000


class Layout(NamedTuple):
    """Where something begins in a row of the database, after the key and native values."""

    selectors: int
    texts: int


class Member(NamedTuple):
    """Where the value of a column stands in the documents of one scope."""

    key: str | None  #: None where the scope has no such attribute, or the user may not see it
    multiple: bool = False

    def text(self, document: dict[str, Any], text: str) -> Any:
        """Return the text of the value, None for null, MISSING where there is none; objects as they are written."""
        value = document.get(self.key, MISSING) if self.key is not None else MISSING
        if value is MISSING or value is None or value.__class__ is str:
            return value
        return as_text(value, str(self.key), text, multiple=self.multiple)


def members_of_scope(scope: Scope, names: Iterable[str], field: JSONAttributeField, user: Any) -> list[Member]:
    """Return where the attributes of these names stand in the documents of a scope, for a user."""
    seen = permitted(user, "view", field, scope.schema)
    keys = scope.compiled.keys
    return [
        Member(keys[name], bool(scope.schema[name].multiple)) if name in keys and name in seen else Member(None)
        for name in names
    ]


class Export:
    """The records of a query set as a table: native columns, and one for each attribute of the scopes concerned.

    ``columns`` are paths of native columns, the key and those that people edit if left out; ``attributes`` the names of
    attributes, all if left out. With ``labels``, headings are labels in ``language``. ``user`` sees what she may.
    Raises ExchangeError for unknown names.
    """

    def __init__(
        self,
        queryset: QuerySet[Any],
        *,
        field: str | None = None,
        columns: Sequence[str] | None = None,
        attributes: Sequence[str] | None = None,
        labels: bool = False,
        language: str | None = None,
        user: Any = None,
    ) -> None:
        self.field: JSONAttributeField = attribute_field(queryset.model, field)
        if queryset.query.is_sliced:  # what orders and counts it must not choose others
            keys = list(queryset.values_list("pk", flat=True))
            queryset = queryset.model._base_manager.using(queryset.db).filter(pk__in=keys)
        self.rows_of = queryset
        self.user = user
        self._natives = native_columns(queryset.model, columns)
        self._scopes = scopes_of(self.field, queryset)
        if any(scope.error is not None and not scope.schema for scope in self._scopes.values()):
            raise ExchangeError("schemas contradict each other, so that nobody knows what attributes there are")
        self._headings = Headings(self.field, self._schemas(), labels=labels, language=language, user=user)
        #: Names of the attributes that have a column; some may be taken away before anything is asked for.
        self.names = self._chosen(attributes)

    def _schemas(self) -> Iterable[Any]:
        """Return the schemas that headings are told apart by: for the program all, so that any import reads them."""
        if self.user is None:
            return SchemaRecord.objects.scopes(self.field.model, field=self.field.name).values()
        return [scope.schema for scope in self._scopes.values()]

    def _chosen(self, attributes: Sequence[str] | None) -> list[str]:
        concerned = dict.fromkeys(
            name for scope in self._scopes.values() for name in permitted(self.user, "view", self.field, scope.schema)
        )
        known = [name for name in self._headings.names if name in concerned]
        if attributes is None:
            return known
        for name in attributes:
            if name not in self._headings.names:
                raise ExchangeError(f"there is no attribute {name!r}{nearest(name, self._headings.names)}")
        return list(dict.fromkeys(attributes))

    @property
    def columns(self) -> list[Column]:
        """The columns: native ones, then attributes."""
        return [*self._natives, *map(AttributeColumn, self.names)]

    @cached_property
    def headings(self) -> list[str]:
        """The heading of each column."""
        return self._headings.of(self.columns)

    def __len__(self) -> int:
        """Return how many records there are."""
        return self.rows_of.count()

    # ---- rows ----

    @property
    def _ordered(self) -> QuerySet[Any]:
        return self.rows_of if self.rows_of.ordered else self.rows_of.order_by("pk")

    @property
    def natives(self) -> list[NativeColumn]:
        """The native columns."""
        return self._natives

    def rows(self, *texts: Any) -> tuple[Iterator[tuple[Any, ...]], Layout]:
        """Return rows as the database gives them, and what stands where in them: ``texts`` before the document.

        They come by a cursor of the server, so that memory stays the same however many there are.
        """
        selectors = [selector.lookup for selector in self.field.selectors]
        lookups = [column.lookup for column in self._natives]
        layout = Layout(1 + len(lookups), 1 + len(lookups) + len(selectors))
        document = TextIfNotPlain if texts else StoredText
        found = self._ordered.values_list("pk", *lookups, *selectors, *texts, document(self.field.attname))
        return found.iterator(chunk_size=CHUNK), layout

    def stored(self) -> Iterator[tuple[Any, Sequence[Any], list[Member], str]]:
        """Yield the key of each record, its native values, where its attributes stand, and the text of its document."""
        rows, layout = self.rows()
        find = self.members
        for row in rows:
            yield row[0], row[1 : layout.selectors], find(row[layout.selectors : -1]), row[-1]

    @cached_property
    def keys(self) -> list[str]:
        """The keys under which documents have the attributes."""
        members = [member for raw in self._scopes for member in self.members(raw)]
        return list(dict.fromkeys(member.key for member in members if member.key is not None))

    def in_one_go(self) -> AbstractContextManager[Any]:
        """Return what an export is done in: a transaction, where the database gives rows as it finds them in one only.

        SQLite does so anyway, and lets nobody write while there is a transaction that may.
        """
        is_needed = connections[self.rows_of.db].vendor == "postgresql"
        return transaction.atomic(using=self.rows_of.db) if is_needed else nullcontext()

    @property
    def is_quick(self) -> bool:
        """Tell whether the database can write plain values."""
        return can_be_quick(self.rows_of.db, self.keys)

    @cached_property
    def members(self) -> Callable[[tuple[Any, ...]], list[Member]]:
        """The function that tells where the attributes of a row with these selector values stand."""
        known: dict[tuple[Any, ...], list[Member]] = {}

        def find(raw: tuple[Any, ...]) -> list[Member]:
            members = known.get(raw)
            if members is None:
                scope = self._scopes.get(raw) or self.field.schemas.scope(self.field.selectors.texts(raw))
                members = known[raw] = members_of_scope(scope, self.names, self.field, self.user)
            return members

        return find

    def records(self) -> Iterator[tuple[Any, dict[str, Any]]]:
        """Yield the key of each record, and its JSON values by heading; what a record has not is not there.

        Numbers that Python would write otherwise are kept digit for digit: write them with
        :func:`jsonattrs_django.documents.dumps`.
        """
        headings = self.headings
        width = len(self._natives)
        dumped = [column.dumped for column in self._natives]
        for pk, values, members, text in self.stored():
            record = {headings[place]: dumped[place](value) for place, value in enumerate(values)}
            document = read_exactly(text)
            for heading, member in zip(headings[width:], members, strict=True):
                if member.key is not None and isinstance(document, dict) and member.key in document:
                    record[heading] = document[member.key]
            yield pk, record
