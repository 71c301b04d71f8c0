"""The manager for models that have attributes: bulk writes that check all before they write anything."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction
from django.db.models.functions import Cast

from jsonattrs_django import writes
from jsonattrs_django.errors import AttributeValidationError
from jsonattrs_django.references.reading import introduce
from jsonattrs_django.uniqueness.conflicts import demand_unique
from jsonattrs_django.uniqueness.moves import demand_free, move, moves, vacate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from django.db.models import Model

    from jsonattrs_django.drafts import Draft
    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["AttributeManager", "AttributeQuerySet"]


class AttributeQuerySet(models.QuerySet[Any]):
    """A query set of records that have attributes."""

    @property
    def _attribute_fields(self) -> list[JSONAttributeField]:
        from jsonattrs_django.fields import JSONAttributeField

        return [field for field in self.model._meta.concrete_fields if isinstance(field, JSONAttributeField)]

    def _fetch_all(self) -> None:
        is_new = self._result_cache is None
        super()._fetch_all()
        if is_new and self._result_cache and isinstance(self._result_cache[0], models.Model):
            self._introduce(self._result_cache)

    def _introduce(self, instances: Sequence[Model]) -> None:
        """Make instances that were fetched together known to each other, so that they fetch references together."""
        introduce(instances, self._attribute_fields)

    def with_selectors(self) -> AttributeQuerySet:
        """Select the relations that the selectors cross, so that a list is read without a query per record."""
        names = [name for field in self._attribute_fields for name in field.select_related]
        return self.select_related(*names) if names else self.all()

    def update(self, **kwargs: Any) -> int:
        """Update columns. Raises WriteRefused for an attribute field: use :meth:`update_attributes`.

        Raises AttributeUniqueError where records would come to a scope in which others have their unique values.
        """
        for field in self._attribute_fields:
            for name in {field.name, field.attname} & kwargs.keys():
                if not isinstance(kwargs[name], models.Case | Cast):  # as bulk_update has it; the field looks into it
                    raise field.refused_update()
        others = [each for each in self._attribute_fields if not {each.name, each.attname} & kwargs.keys()]
        moved = [field for field in others if moves(field, kwargs)]
        if not moved:
            return super().update(**kwargs)
        with transaction.atomic(using=self._write_db):  # a savepoint: only the outcome tells where the records are
            pks = list(self.using(self._write_db).order_by().values_list("pk", flat=True))
            count = super().update(**kwargs)
            for field in moved:
                move(field, self._write_db, pks)
        return count

    update.alters_data = True  # type: ignore[attr-defined]  # Django's mark: templates do not call it

    def update_attributes(self, values: Mapping[str, Any], *, field: str | None = None) -> int:
        """Set attributes of all records of the query set; see :func:`jsonattrs_django.updates.update_attributes`."""
        from jsonattrs_django.updates import update_attributes

        return update_attributes(self, values, field=field)

    update_attributes.alters_data = True  # type: ignore[attr-defined]  # as above

    async def aupdate_attributes(self, values: Mapping[str, Any], *, field: str | None = None) -> int:
        """Do as :meth:`update_attributes` does."""
        from asgiref.sync import sync_to_async

        return await sync_to_async(self.update_attributes)(values, field=field)

    aupdate_attributes.alters_data = True  # type: ignore[attr-defined]  # as above

    def typed_values(self, *columns: str, field: str | None = None) -> Iterator[dict[str, Any]]:
        """Yield a dict for each record: these columns, and the attributes by name under the field's own name.

        It makes no instances, which is quicker for reports and exports. References are given as keys.
        """
        from jsonattrs_django.listing import typed_values

        return typed_values(self, columns, field)

    def bulk_create(
        self,
        objs: Iterable[Any],
        batch_size: int | None = None,
        ignore_conflicts: bool = False,
        update_conflicts: bool = False,
        update_fields: Any = None,
        unique_fields: Any = None,
    ) -> list[Any]:
        """Insert objects, all of which are checked first. Raises AttributeValidationError, which has the index."""
        objs = list(objs)
        fields = self._attribute_fields
        named = {self._field(name) for name in update_fields or ()}
        for field in fields:
            from jsonattrs_django.fields import refuse_overwriting

            refuse_overwriting(field, named)
        drafts = [
            (field, self._drafts(field, objs, writes.insert_draft, ignore_conflicts or update_conflicts))
            for field in fields
        ]
        with _cleared(drafts, objs, is_insert=True):
            created = super().bulk_create(
                objs, batch_size, ignore_conflicts, update_conflicts, update_fields, unique_fields
            )
            if not ignore_conflicts:
                self._note(drafts, objs)
        return created

    bulk_create.alters_data = True  # type: ignore[attr-defined]  # as above

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        """Update objects, all of which are checked first. Raises AttributeValidationError, which has the index.

        They may exchange unique values, and places.
        """
        objs, names = tuple(objs), list(fields)
        named = {self._field(name) for name in names}
        written = [field for field in self._attribute_fields if field in named]
        columns = frozenset(names)
        make = partial(writes.update_draft, using=None, columns=columns)
        drafts = [(field, self._drafts(field, objs, make)) for field in written]
        claiming = [(field, list(zip(several, objs, strict=True))) for field, several in drafts]
        moved = [field for field in self._attribute_fields if field not in named and moves(field, columns)]
        claiming += [(field, demand_free(field, self._write_db, objs)) for field in moved]
        with _cleared(drafts, objs, is_insert=False), transaction.atomic(using=self._write_db, savepoint=False):
            for field, pairs in claiming:
                vacate(field, self._write_db, pairs)
            count = super().bulk_update(objs, names, batch_size)
            self._note(drafts, objs)
            for field in self._attribute_fields:
                if field not in named and field.selectors.are_among(columns):
                    for instance in objs:
                        field.moved(instance, columns, self._write_db)
        return count

    bulk_update.alters_data = True  # type: ignore[attr-defined]  # as above

    @property
    def _write_db(self) -> str:
        from django.db import router

        return str(self._db or router.db_for_write(self.model, **self._hints))

    def _field(self, name: str) -> Any:
        try:
            return self.model._meta.get_field(name)
        except FieldDoesNotExist:
            return None  # Django says so

    def _drafts(
        self, field: JSONAttributeField, objs: Sequence[Any], make: Any, may_conflict: bool = False
    ) -> list[Draft]:
        """Check every object. Raises AttributeValidationError for the first that is refused."""
        field.schemas.scopes(dict.fromkeys(field.texts_of(instance) for instance in objs))
        drafts = [make(field, instance) for instance in objs]
        writes.with_references(zip(drafts, objs, strict=True))
        for index, (instance, draft) in enumerate(zip(objs, drafts, strict=True)):
            if draft.problems:
                raise AttributeValidationError(field.name, draft.problems, instance, index)
        demand_unique(field, self._write_db, list(zip(drafts, objs, strict=True)), may_conflict=may_conflict)
        return drafts

    def _note(self, drafts: Iterable[tuple[JSONAttributeField, list[Draft]]], objs: Sequence[Any]) -> None:
        for field, several in drafts:
            for instance, draft in zip(objs, several, strict=True):
                field.written(instance, draft, self._write_db)


@contextmanager
def _cleared(
    drafts: Sequence[tuple[JSONAttributeField, list[Draft]]], objs: Sequence[Any], *, is_insert: bool
) -> Iterator[None]:
    """Let a bulk write take drafts that were checked already; afterwards nothing is left of them in the objects."""
    for field, several in drafts:
        for instance, draft in zip(objs, several, strict=True):
            field.cleared(instance, draft, is_insert)
    try:
        yield
    finally:
        for field, _ in drafts:
            for instance in objs:
                field.let_go(instance)


class AttributeManager(models.Manager.from_queryset(AttributeQuerySet)):  # type: ignore[misc]  # made by a function
    """The manager of a model with attributes: ``objects = AttributeManager()``."""
