"""Whether a database enforces that values are unique: the index is there, and every record claims what it should."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from jsonattrs_django.schemas.generation import schema_database

if TYPE_CHECKING:
    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["digest_of", "is_enforced", "rows_of"]


def is_enforced(field: JSONAttributeField, using: str, keys: tuple[str, ...]) -> bool:
    """Tell whether the index on these keys speaks for all records, by the schemas as they are now."""
    return bool(field.remembered(("enforced", using, keys), lambda: _looked_up(field, using, keys)))


def _looked_up(field: JSONAttributeField, using: str, keys: tuple[str, ...]) -> bool:
    record = rows_of(field, using, keys).first()
    return bool(record and record.state == record.ENFORCED and record.digest == digest_of(field, keys))


def rows_of(field: JSONAttributeField, using: str, keys: tuple[str, ...]) -> Any:
    """Return the record of the state, as a query set."""
    from jsonattrs_django.models import UniquenessRecord

    kind = ContentType.objects.db_manager(schema_database()).get_for_model(field.model)
    return UniquenessRecord.objects.using(schema_database()).filter(
        content_type=kind, field=field.name, keys=",".join(keys), database=using
    )


def digest_of(field: JSONAttributeField, keys: tuple[str, ...]) -> str:
    """Return what tells whether any schema has changed that decides who claims these keys."""
    from jsonattrs_django.models import AttributeRecord

    active = field.schemas.active(schema_database()).order_by("pk")
    rows = AttributeRecord.objects.using(schema_database()).filter(schema__in=active.order_by().values("pk"))
    names = set(rows.filter(key__in=keys).values_list("name", flat=True))
    said = [
        [schema, key, name, *(definition.get(word) for word in ("type", "unique", "omit", "status", "multiple"))]
        for schema, key, name, definition in rows.filter(Q(key__in=keys) | Q(key__in=names))
        .order_by("schema", "key")
        .values_list("schema_id", "key", "name", "definition")
        .iterator()
    ]
    groups = [list(each) for each in active.exclude(unique_together=[]).values_list("pk", "unique_together")]
    return sha256(json.dumps([said, groups if len(keys) > 1 else []]).encode()).hexdigest()
