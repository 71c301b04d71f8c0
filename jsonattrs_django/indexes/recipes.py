"""The recipes: which indexes make an attribute quick to find, in each of the databases.

An index is used where its expression is that of the query, so that both are written by the same function. Databases
differ in what they can index at all: what is not possible comes out as words, beside the indexes that are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import JSONField

from jsonattrs_django.indexes.limits import LONGEST_INDEXED
from jsonattrs_django.indexes.names import index_name, unique_index_name
from jsonattrs_django.queries.outputs import output_of
from jsonattrs_django.queries.stored import typed_is_text, typed_sql
from jsonattrs_django.uniqueness.members import member_sql, scope_member, value_member

if TYPE_CHECKING:
    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.indexes.wanted import Indexed, Wanted

__all__ = ["Element", "IndexSpec", "Recipes", "recipes", "unique_spec"]

#: What an index on an array or an object can do, in words.
_MEMBERS = "finding by members"


class Element(NamedTuple):
    """What an index is on: an expression, and how PostgreSQL is to compare it."""

    sql: str
    opclass: str = ""


@dataclass(frozen=True, slots=True)
class IndexSpec:
    """One index, as it is to be."""

    name: str
    table: str  #: the model's ``db_table``
    elements: tuple[Element, ...]
    why: str  #: which attribute needs it, and for what
    method: str = "btree"
    where: str = ""
    is_unique: bool = False
    keys: tuple[str, ...] = ()  #: of a claim
    #: PostgreSQL counts no values by a partial index: without statistics of their own it takes them for frequent.
    has_statistics: bool = False


@dataclass(frozen=True, slots=True)
class Recipes:
    """The indexes of one field in one database."""

    specs: tuple[IndexSpec, ...]
    impossible: tuple[str, ...]  #: what was asked for and cannot be had in this database, and why


def recipes(field: JSONAttributeField, asked: Wanted, connection: Any) -> Recipes:
    """Return the indexes of what the schemas of a field ask for."""
    kitchen = _PostgreSQL(field, connection) if connection.vendor == "postgresql" else _SQLite(field, connection)
    for each in asked.indexed:
        kitchen.attribute(each)
    if field.gin:
        kitchen.whole()
    claims = [unique_spec(field, keys, connection) for keys in asked.claims]
    return Recipes((*dict.fromkeys(kitchen.specs), *claims), tuple(dict.fromkeys(kitchen.impossible)))


def unique_spec(field: JSONAttributeField, keys: tuple[str, ...], connection: Any) -> IndexSpec:
    """Return the index that lets no two records of a scope have the same values under these keys."""
    table, column = field.model._meta.db_table, field.column
    quoted = connection.ops.quote_name(column)
    scope = member_sql(connection.vendor, quoted, scope_member(keys))
    values = [member_sql(connection.vendor, quoted, value_member(key)) for key in keys]
    return IndexSpec(
        name=unique_index_name(table, column, keys),
        table=table,
        elements=tuple(map(Element, (scope, *values))),
        why=f"{' and '.join(keys)}: unique{' together' * (len(keys) > 1)}",
        where=f"({scope}) IS NOT NULL",
        is_unique=True,
        keys=keys,
    )


class _Kitchen:
    """Gathers the indexes of one field."""

    def __init__(self, field: JSONAttributeField, connection: Any) -> None:
        self.table = field.model._meta.db_table
        self.column = field.column
        self.quoted = connection.ops.quote_name(field.column)
        self.vendor = connection.vendor
        self.counted: set[str] = set()  #: expressions that have statistics, if they need them
        self.specs: list[IndexSpec] = []
        self.impossible: list[str] = []

    def typed(self, asked: Indexed) -> str:
        return typed_sql(self.vendor, self.quoted, asked.key, asked.type, asked.multiple)

    def add(self, asked: Indexed, kind: str, element: Element, use: str, method: str = "btree") -> None:
        """Add an index on values of an attribute.

        Of what few records have, those without it are left out. Not where everybody may have it: the index is to give
        the order of all records.
        """
        where = "" if asked.is_everywhere else f"({self.typed(asked)}) IS NOT NULL"
        has_statistics = bool(where) and self.vendor == "postgresql" and element.sql not in self.counted
        self.counted.add(element.sql)
        self.specs.append(
            IndexSpec(
                name=index_name(self.table, self.column, asked.key, kind, f"{method} {element} {where}"),
                table=self.table,
                elements=(element,),
                why=f"{_described(asked)}: {use}",
                method=method,
                where=where,
                has_statistics=has_statistics,
            )
        )

    def attribute(self, asked: Indexed) -> None:
        raise NotImplementedError

    def whole(self) -> None:
        raise NotImplementedError


class _PostgreSQL(_Kitchen):
    def attribute(self, asked: Indexed) -> None:
        typed = self.typed(asked)
        if _is_document(asked):
            self.add(asked, "gin", Element(typed, "jsonb_path_ops"), _MEMBERS, "gin")
            return
        is_text = typed_is_text(asked.type) and asked.type != "reference"
        if not asked.is_long:
            self.add(asked, "", Element(typed), "comparing and sorting")
            if is_text:
                self.add(asked, "like", Element(typed, "text_pattern_ops"), "finding by the beginning")
        else:
            self.impossible.append(
                f"{_described(asked)}, for comparing and sorting: some schema lets it have more than {LONGEST_INDEXED} "
                "characters, which no entry of an index holds"
            )
        if is_text and asked.is_trigram:
            # The forms that Django's lookups have: those that pass over case compare upper case.
            upper = f"UPPER(({typed})::text)"
            self.add(asked, "iword", Element(upper, "gin_trgm_ops"), "finding parts, whatever the case", "gin")
            self.add(asked, "word", Element(typed, "gin_trgm_ops"), "finding parts, and by expressions", "gin")

    def whole(self) -> None:
        element = Element(self.quoted, "jsonb_path_ops")
        self.specs.append(
            IndexSpec(
                name=index_name(self.table, self.column, "", "gin", f"gin {element}"),
                table=self.table,
                elements=(element,),
                why="gin=True: equalities of several attributes that have no index of their own",
                method="gin",
            )
        )


class _SQLite(_Kitchen):
    def attribute(self, asked: Indexed) -> None:
        if _is_document(asked) or asked.type == "duration":
            self.impossible.append(f"{_described(asked)}: SQLite has no index for such values")
            return
        self.add(asked, "", Element(self.typed(asked)), "comparing and sorting")
        if asked.is_trigram:
            self.impossible.append(f"{_described(asked)}: SQLite has no index for parts of texts")

    def whole(self) -> None:
        self.impossible.append("gin=True: SQLite has no index for whole documents")


def _described(asked: Indexed) -> str:
    return f"{asked.key} ({'list of ' * asked.multiple}{asked.type})"


def _is_document(asked: Indexed) -> bool:
    """Tell whether the values are arrays or objects."""
    return isinstance(output_of(asked.type, asked.multiple), JSONField)
