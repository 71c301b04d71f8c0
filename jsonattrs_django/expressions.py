"""The SQL that writes attributes.

The database merges and removes them in one statement, so that nobody overwrites more than they changed.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db.models import Case, Expression, Field, When
from django.db.models.expressions import Value
from django.db.models.functions import Cast
from django.db.models.lookups import Exact

from jsonattrs_django.documents import BROKEN, dumps, joined
from jsonattrs_django.state import REMOVED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

__all__ = ["Assignment", "MergedDocument", "SameForAll", "Whole", "WholeExpression", "grouped", "is_own"]

_Row = TypeVar("_Row")

#: Pairs of path and value in one call of SQLite's json_set: functions take 127 arguments.
_PAIRS = 60


class Assignment:
    """What `pre_save` gives for an update: compiled like an expression, but no reason to fetch the row again."""

    __slots__ = ("_expression",)

    def __init__(self, expression: Expression) -> None:
        self._expression = expression

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Compile the expression."""
        return compiler.compile(self._expression)


class MergedDocument(Expression):
    """The stored document with some members set, each given as JSON text, and others removed.

    Where the document has been read, and found to be an object, `is_known` saves the database from looking again. What
    turns out to be no object is moved whole under ``$broken``.
    """

    def __init__(
        self, field: Field[Any, Any], members: Mapping[str, str], removed: Sequence[str] = (), is_known: bool = False
    ) -> None:
        super().__init__(output_field=field)
        self.is_known = is_known
        self.members = dict(members)
        self.removed = list(removed)
        self.pk: Any = None  #: primary key of the one record that it was checked for
        #: Called with the database's alias and the columns written when it is compiled, if anybody wants to know.
        self.note: Callable[[str, frozenset[str]], None] | None = None
        #: Called with the connection and its parameters when it is compiled, to watch the statement.
        self.watch: Callable[[Any, Any], None] | None = None

    @classmethod
    def of(cls, field: Field[Any, Any], written: Mapping[str, Any], is_known: bool = False) -> Self:
        """Return the expression that writes JSON values by key, and removes what is REMOVED."""
        members = {key: dumps(value) for key, value in written.items() if value is not REMOVED}
        return cls(field, members, [key for key, value in written.items() if value is REMOVED], is_known)

    def __repr__(self) -> str:
        return f"<MergedDocument: {', '.join(self.members)} set, {', '.join(self.removed)} removed>"

    @property
    def contains_column_references(self) -> bool:
        """It refers to the column that it is assigned to."""
        return True

    def _compiling(self, compiler: Any, connection: Any) -> str:
        """Return the quoted name of the column."""
        if self.note is not None:
            written = getattr(compiler.query, "values", ())  # of an update: field, model and value
            self.note(connection.alias, frozenset(column.attname for column, *_ in written))
        return connection.ops.quote_name(self.output_field.column)

    def _compiled(self, connection: Any, sql: str, params: list[Any]) -> tuple[str, list[Any]]:
        if self.watch is not None:
            self.watch(connection, params)
        return sql, params

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        """Refuse a database that this was not written for."""
        from django.db import NotSupportedError

        raise NotSupportedError(f"jsonattrs writes to PostgreSQL and SQLite, not to {connection.display_name}")

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        """Compile for PostgreSQL."""
        column = self._compiling(compiler, connection)
        if not self.members and not self.removed:
            return column, []
        sql = column
        if not self.is_known:
            broken = f"jsonb_build_object('{BROKEN}', {column})"
            sql = f"(CASE WHEN jsonb_typeof({column}) = 'object' THEN {column} ELSE {broken} END)"
        params: list[Any] = []
        if self.members:
            sql = f"({sql} || %s::jsonb)"
            params.append(joined(self.members))
        if self.removed:
            sql = f"({sql} - %s::text[])"
            params.append(self.removed)
        return self._compiled(connection, sql, params)

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        """Compile for SQLite."""
        column = self._compiling(compiler, connection)
        if not self.members and not self.removed:
            return column, []
        sql = column
        if not self.is_known:
            broken = f"json_object('{BROKEN}', json({column}))"
            sql = f"CASE WHEN json_type({column}) = 'object' THEN {column} ELSE {broken} END"
        params: list[Any] = []
        pairs = list(self.members.items())
        for start in range(0, len(pairs), _PAIRS):
            chunk = pairs[start : start + _PAIRS]
            sql = f"json_set({sql}{', %s, json(%s)' * len(chunk)})"
            params += [each for key, text in chunk for each in (_path(key), text)]
        for start in range(0, len(self.removed), 2 * _PAIRS):
            gone = self.removed[start : start + 2 * _PAIRS]
            sql = f"json_remove({sql}{', %s' * len(gone)})"
            params += [_path(key) for key in gone]
        return self._compiled(connection, sql, params)


class SameForAll(MergedDocument):
    """Values that were checked for each of the records that an update() reaches."""


def grouped(
    field: Field[Any, Any], writes: Iterable[tuple[_Row, Mapping[str, Any]]]
) -> Iterator[tuple[Any, list[_Row]]]:
    """Yield an expression for each different write, and what it is for: JSON values by key, REMOVED for what goes."""
    found: dict[tuple[tuple[str, str | None], ...], list[_Row]] = defaultdict(list)
    for row, written in writes:
        pairs = sorted(written.items())
        found[tuple((key, None if value is REMOVED else dumps(value)) for key, value in pairs)].append(row)
    for texts, rows in found.items():
        members = {key: text for key, text in texts if text is not None}
        yield SameForAll(field, members, [key for key, text in texts if text is None]), rows


def _path(key: str) -> str:
    return f'$."{key}"'


class Whole:
    """A whole document as text, checked, for an insert."""

    __slots__ = ("is_cleared", "note", "text", "watch")

    def __init__(
        self,
        text: str,
        is_cleared: bool = False,
        note: Callable[[str], None] | None = None,
        watch: Callable[[Any, Any], None] | None = None,
    ) -> None:
        self.text = text
        self.watch = watch  #: called with the connection and the parameters when it is compiled, to watch the statement
        self.is_cleared = is_cleared  #: whoever inserts it has seen to it that no other row is overwritten
        self.note = note  #: called with the database's alias when it is compiled, if anybody wants to know


class WholeExpression(Expression):
    """A whole document as it was given: what a fixture writes."""

    contains_column_references = False

    def __init__(self, field: Field[Any, Any], text: str) -> None:
        super().__init__(output_field=field)
        self.text = text

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        """Compile to the document's text."""
        return ("%s::jsonb" if connection.vendor == "postgresql" else "%s"), [self.text]


def is_own(expression: Any) -> bool:
    """Tell whether an expression writes what was checked, and nothing else: ours, or ours record by record."""
    if isinstance(expression, SameForAll | WholeExpression | Assignment):
        return True
    if isinstance(expression, Case):
        default: Any = expression.default
        nothing_else = isinstance(default, Value) and default.value is None
        return nothing_else and bool(expression.cases) and all(map(_is_of_a_record, expression.cases))
    return isinstance(expression, Cast) and all(is_own(source) for source in expression.get_source_expressions())


def _is_of_a_record(case: Any) -> bool:
    """Tell whether a case of a bulk update writes to the very record that its document was checked for."""
    if not isinstance(case, When) or not isinstance(case.result, MergedDocument):
        return False
    node: Any = case.condition
    children: list[Any] = getattr(node, "children", [])
    if len(children) != 1 or node.negated or not isinstance(children[0], Exact):
        return False
    target = getattr(children[0].lhs, "target", None)
    return bool(target is not None and target.primary_key and str(children[0].rhs) == str(case.result.pk))
