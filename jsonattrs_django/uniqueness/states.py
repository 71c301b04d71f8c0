"""Whether a database enforces that values are unique: the index is there, and every record claims what it should."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import connections

from jsonattrs_django.indexes.names import unique_index_name
from jsonattrs_django.indexes.tables import own_indexes, relation
from jsonattrs_django.schemas.generation import schema_database

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonattrs_core import Schema
    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["begin_again", "deciding_change", "has_claims", "is_enforced", "new_token", "rows_of"]

#: What a definition says, beside key and name, that decides which records claim a value, and which text it is.
_DECIDING = ("type", "subtype", "multiple", "unique", "omit", "status")


def is_enforced(field: JSONAttributeField, using: str, keys: tuple[str, ...]) -> bool:
    """Tell whether the index on these keys speaks for all records, by the schemas as they are now."""
    return bool(field.remembered(("enforced", using, keys), lambda: _looked_up(field, using, keys)))


def _looked_up(field: JSONAttributeField, using: str, keys: tuple[str, ...]) -> bool:
    record = rows_of(field, using, keys).first()
    return record is not None and record.state == record.ENFORCED and _has_index(field, using, keys)


def _has_index(field: JSONAttributeField, using: str, keys: tuple[str, ...]) -> bool:
    """Tell whether the index is there: it goes where somebody drops it, or a copy of the database was made without."""
    connection: Any = connections[using]
    table = relation(connection, field.model._meta.db_table)
    name = unique_index_name(field.model._meta.db_table, field.column, keys)
    index = None if table is None else own_indexes(connection, table).get(name)
    return index is not None and index.is_valid


def rows_of(field: JSONAttributeField, using: str, keys: tuple[str, ...]) -> Any:
    """Return the record of the state, as a query set."""
    from jsonattrs_django.models import UniquenessRecord

    kind = ContentType.objects.db_manager(schema_database()).get_for_model(field.model)
    return UniquenessRecord.objects.using(schema_database()).filter(
        content_type=kind, field=field.name, keys=",".join(keys), database=using
    )


def new_token() -> str:
    """Return what no state has had before."""
    return uuid4().hex


def deciding_change(before: Schema | None, after: Schema | None) -> set[str]:
    """Return the keys and names of what one schema decides otherwise than before about who claims what.

    None stands for a schema that is not there, or retired.
    """
    return {text for each in _decisions(before) ^ _decisions(after) for text in each[0]}


def _decisions(schema: Schema | None) -> set[tuple[tuple[str, ...], str]]:
    if schema is None:
        return set()
    found = {(tuple(group), "together") for group in schema.unique_together}
    for attribute in schema.attributes:
        said = {word: attribute.given[word] for word in _DECIDING if word in attribute.given}
        if said:
            found.add(((str(attribute.key or attribute.name), str(attribute.name)), repr(said)))
    return found


def begin_again(content_type: int, field: str, alias: str, said: Iterable[str] | None = None) -> None:
    """Note that it is not known any more whether all records claim what they should.

    ``said`` are the keys and names of what has changed, None for everything of the field. The next run of the job sees
    to all records.
    """
    from jsonattrs_django.models import AttributeRecord, UniquenessRecord

    states = UniquenessRecord.objects.using(alias).filter(content_type=content_type, field=field)
    found = list(states) if said is None or said else []
    if found and said is not None:
        rows = AttributeRecord.objects.using(alias).filter(
            schema__content_type=content_type, schema__field=field, name__in=[*said]
        )
        keys = {*said, *rows.values_list("key", flat=True)}
        found = [state for state in found if not keys.isdisjoint(state.keys.split(","))]
    for state in found:
        states.filter(pk=state.pk).update(state=state.BUILDING, checkpoint=None, token=new_token())


def has_claims(field: Any) -> bool:
    """Tell whether any schema of a field asks for uniqueness; known for as long as its generation lasts."""
    return bool(field.remembered("claims", lambda: _asks_for_claims(field, schema_database())))


def _asks_for_claims(field: Any, alias: str) -> bool:
    from jsonattrs_django.models import AttributeRecord

    active = field.schemas.active(alias).order_by()
    if active.exclude(unique_together=[]).exists():
        return True
    rows = AttributeRecord.objects.using(alias).filter(schema__in=active.values("pk"))
    said = rows.filter(definition__contains='"unique"').values_list("definition", flat=True)
    return any(definition.get("unique") for definition in said.iterator())
