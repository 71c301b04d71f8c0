"""What a record without the key reads as: the ``initial_default`` of its own scope, as SQL.

The scope is worked out by the database, from the selector columns of the row and of the rows that they lead to.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
from django.db.models import Value
from django.db.models.constants import LOOKUP_SEP
from django.db.models.expressions import Col

from jsonattrs_django.queries.outputs import DecimalOutput, SQLiteReal
from jsonattrs_django.schemas.generation import schema_database
from jsonattrs_django.schemas.reach import generalises, reached

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.selectors import Selector, Texts

__all__ = ["with_initial_default"]

#: Scopes with defaults of their own that a query tells apart.
_MOST = 50


def with_initial_default(
    typed: Any, compiler: Any, connection: Any, column: str, plain: tuple[str, list[Any]]
) -> tuple[str, list[Any]]:
    """Return the SQL of a value that is the row's initial default where the key is missing.

    Raises FieldError where more scopes have defaults of their own than a query can tell apart.
    """
    sql, params = plain
    field: JSONAttributeField = typed.document.output_field
    key = typed.attribute.key
    branches = field.remembered(("initial_default", key), lambda: _branches(field, key))
    if not branches:
        return plain
    if not isinstance(typed.document, Col):
        raise FieldError(f"{typed} has an initial default, which only a query on the records themselves can tell")
    here = column.removesuffix(
        f".{connection.ops.quote_name(field.column)}"
    )  # the table, or its alias, as it is quoted
    cases, values = [], []
    for texts, default in branches:
        condition, more = _is_in(field, texts, here, connection)
        value, of_value = _sql_of(typed, default, compiler, connection)
        cases.append(f"WHEN {condition} THEN {value}")
        values += [*more, *of_value]
    chosen = " ".join(cases) if branches[-1][0] != (None,) * len(field.selectors) or len(branches) > 1 else ""
    default_sql = f"CASE {chosen} END" if chosen else cases[0].partition(" THEN ")[2]
    return f"CASE WHEN {_is_missing(connection.vendor, column, key)} THEN {default_sql} ELSE {sql} END", [
        *values,
        *params,
    ]


def _is_missing(vendor: str, column: str, key: str) -> str:
    if vendor == "postgresql":
        return f"jsonb_typeof({column}) = 'object' AND ({column} -> '{key}') IS NULL"
    return f"json_type({column}) = 'object' AND json_type({column}, '$.\"{key}\"') IS NULL"


def _branches(field: JSONAttributeField, key: str) -> list[tuple[Texts, Any]]:
    """Return the tuples of selector values and what a record reads as there, the most special first.

    A tuple that reads as the next more general one does is left out.
    """
    alias = schema_database()
    records = field.schemas.active(alias).filter(attributes__key__in=_names_of(field, key, alias)).distinct()
    bound = [record.texts for record in records.prefetch_related("selectors")]
    general = (None,) * len(field.selectors)
    wanted = reached([texts for texts in bound if len(texts) == len(general)], general)
    scopes = field.schemas.scopes(wanted)
    defaults = {texts: _default_of(scopes[texts], key) for texts in wanted}
    ordered = sorted(wanted, key=lambda texts: [text is not None for text in reversed(texts)], reverse=True)
    kept: list[tuple[Texts, Any]] = []
    for place, texts in enumerate(ordered):
        above = next((defaults[other] for other in ordered[place + 1 :] if generalises(other, texts)), None)
        if defaults[texts] != above or type(defaults[texts]) is not type(above):
            kept.append((texts, defaults[texts]))
    if len(kept) > _MOST:
        raise FieldError(
            f"{len(kept)} scopes have initial defaults of their own for the attribute with the key {key!r}, more than "
            f"the {_MOST} that a query tells apart: write them into the records (backfill), and take them away"
        )
    return kept


def _names_of(field: JSONAttributeField, key: str, alias: str) -> Iterable[str]:
    """Return what schemas may write in the place of a key: an inherited attribute's name."""
    from jsonattrs_django.models import AttributeRecord

    active = field.schemas.active(alias).order_by().values("pk")
    names = AttributeRecord.objects.using(alias).filter(schema__in=active, key=key).values_list("name", flat=True)
    return {key, *names.distinct()}


def _default_of(scope: Any, key: str) -> Any:
    name = scope.compiled.names.get(key)
    return None if name is None or scope.compiled.validator is None else scope.load({}).get(name)


def _is_in(field: JSONAttributeField, texts: Texts, here: str, connection: Any) -> tuple[str, list[Any]]:
    """Return the condition that a row has these selector values."""
    conditions, params = [], []
    for selector, text in zip(field.selectors, texts, strict=True):
        if text is not None:
            conditions.append(f"{_selector_sql(selector, here, connection)} = %s")
            params.append(selector.parameter(text, connection))
    return " AND ".join(conditions) or "1 = 1", params


def _selector_sql(selector: Selector, here: str, connection: Any) -> str:
    """Return the SQL of a row's selector value: its own column, or a subquery for each relation that is crossed."""
    quote = connection.ops.quote_name
    hops = [*selector.hops, selector.last]
    sql = f"{here}.{quote(hops[0].column)}"
    for number, (hop, following) in enumerate(pairwise(hops)):
        table, inner = quote(hop.related_model._meta.db_table), quote(f"jsonattrs_{number}")
        target = quote(hop.target_field.column)
        sql = f"(SELECT {inner}.{quote(following.column)} FROM {table} {inner} WHERE {inner}.{target} = {sql})"
    if selector.lookup.endswith(f"{LOOKUP_SEP}pk") and selector.target is not None:  # a key that is not the primary one
        last, inner = selector.last, quote("jsonattrs_pk")
        table, target = quote(selector.target._meta.db_table), quote(last.target_field.column)
        key = quote(selector.target._meta.pk.column)
        sql = f"(SELECT {inner}.{key} FROM {table} {inner} WHERE {inner}.{target} = {sql})"
    return sql


def _sql_of(typed: Any, default: Any, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
    output = typed.output_field
    if default is None:
        return "NULL", []
    if isinstance(output, DecimalOutput) and connection.vendor == "sqlite":
        return SQLiteReal(default).as_sql(compiler, connection)
    sql, params = compiler.compile(Value(_stored(typed, default), output_field=output))
    if connection.vendor == "postgresql":
        sql = f"({sql})::{output.cast_db_type(connection)}"
    return sql, [*params]


def _stored(typed: Any, default: Any) -> Any:
    """Return a default as the field of the output takes it."""
    output = typed.output_field
    return output.items(default) if hasattr(output, "items") else default
