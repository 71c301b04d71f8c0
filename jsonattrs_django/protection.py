"""Rows that schemas name cannot be deleted: their scope's schemas would apply to nobody, or to whoever is next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import ProtectedError

from jsonattrs_django.schemas.generation import schema_database
from jsonattrs_django.selectors import SelectorError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from jsonattrs_django.models import SchemaRecord

__all__ = ["NamedBySchemas", "protect_rows"]

#: Rows asked about in one query.
_CHUNK = 500


def protect_rows() -> None:
    """Protect the rows of every model that a selector leads to, its proxies included."""
    targets = {target for model in apps.get_models() for target in _targets(model)}
    for model in apps.get_models():
        if model._meta.concrete_model in targets:
            NamedBySchemas().contribute_to_class(model, NamedBySchemas.name)


def _targets(model: type[Model]) -> set[Any]:
    from jsonattrs_django.fields import JSONAttributeField

    found = set()
    for field in model._meta.local_fields:
        if isinstance(field, JSONAttributeField):
            try:
                found |= {selector.target for selector in field.selectors if selector.target is not None}
            except SelectorError:  # a check reports it
                continue
    return found


class NamedBySchemas:
    """What a model has in place of the schemas' foreign keys to its rows, which may be of any model.

    Django asks a private field like this one for related rows when it collects what a deletion takes along, once for
    all rows, before anything is deleted: as it does with foreign keys, so that a transaction in progress stays usable.
    """

    name = "jsonattrs_schemas"
    # What Django's options ask of every field: it is like a generic relation, and no column.
    auto_created = concrete = editable = generated = hidden = many_to_many = many_to_one = one_to_one = False
    is_relation = one_to_many = True
    column = attname = None
    remote_field = related_model = None

    model: type[Model]

    def contribute_to_class(self, cls: type[Model], name: str) -> None:
        """Become a private field of a model."""
        if any(isinstance(field, NamedBySchemas) for field in cls._meta.private_fields):
            return
        self.model = cls
        cls._meta.add_field(self, private=True)

    def is_cached(self, instance: Model) -> bool:
        """Tell Django that an instance holds nothing of this field."""
        return False

    def bulk_related_objects(self, objs: Iterable[Model], using: str | None = None) -> list[Any]:
        """Return nothing to delete. Raises ProtectedError, listing the active schemas that name one of the rows."""
        from jsonattrs_django.models import SchemaRecord
        from jsonattrs_django.models.binding import key_text

        rows = {key_text(row): row for row in objs}
        alias = schema_database()
        kind = ContentType.objects.db_manager(alias).get_for_model(self.model)
        keys = list(rows)
        active = SchemaRecord.objects.using(alias).filter(is_retired=False)
        for start in range(0, len(keys), _CHUNK):
            some = keys[start : start + _CHUNK]  # one filter: kind and value are those of one selector
            schemas = list(active.filter(selectors__content_type=kind, selectors__value__in=some).distinct())
            if schemas:
                raise ProtectedError(self._message(schemas), set(schemas))
        return []

    def _message(self, schemas: list[SchemaRecord]) -> str:
        names = ", ".join(f"{schema} (id {schema.pk})" for schema in schemas[:10])
        more = f" and {len(schemas) - 10} more" if len(schemas) > 10 else ""
        return (
            f"Cannot delete this {self.model._meta.verbose_name}: attribute schemas are bound to it: {names}{more}. "
            "SchemaRecord.objects.retire(selectors=(row,)) retires them, and erases nothing."
        )
