"""Defining schemas, and finding those that apply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from asgiref.sync import sync_to_async
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from jsonattrs_core import Attribute, ComposedSchema, Rule, Schema, SchemaError, applicable
from jsonattrs_django.models.binding import naming, selector_rows, title_of
from jsonattrs_django.models.changes import ChangeQuerySet, change
from jsonattrs_django.models.definitions import checked_schema, definitions_of, rows_of
from jsonattrs_django.names import nearest
from jsonattrs_django.permissions import demand, may_edit
from jsonattrs_django.schemas.generation import schema_database
from jsonattrs_django.schemas.impact import demand_that_all_compose
from jsonattrs_django.schemas.reach import reached
from jsonattrs_django.selectors import SelectorError, Texts, digest
from jsonattrs_django.uniqueness.states import begin_again, deciding_change

if TYPE_CHECKING:
    from django.db.models import Model

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.models.records import SchemaRecord
    from jsonattrs_django.schemas.scope import Scope

__all__ = ["SchemaRecordManager", "attribute_field", "attribute_fields"]


def attribute_fields(model: type[Model] | Model) -> dict[str, JSONAttributeField]:
    """Return the attribute fields of a model by name."""
    from jsonattrs_django.fields import JSONAttributeField

    return {field.name: field for field in model._meta.concrete_fields if isinstance(field, JSONAttributeField)}


def attribute_field(model: type[Model] | Model, name: str | None = None) -> JSONAttributeField:
    """Return the attribute field of a model, the one of that name where it has several.

    Raises SchemaError where there is none, or several and no name.
    """
    fields = attribute_fields(model)
    label = model._meta.label
    if name is not None:
        if name not in fields:
            raise SchemaError(f"{label} has no attribute field {name!r}{nearest(name, fields)}")
        return fields[name]
    if len(fields) != 1:
        which = f"several attribute fields: say field= one of {', '.join(fields)}" if fields else "no attribute field"
        raise SchemaError(f"{label} has {which}")
    return next(iter(fields.values()))


class SchemaRecordManager(models.Manager.from_queryset(ChangeQuerySet)):  # type: ignore[misc]  # made by a function
    """Schemas as rows. They live in one database, the router's choice for SchemaRecord."""

    def define(
        self,
        model: type[Model],
        attributes: Iterable[Attribute] = (),
        *,
        selectors: Any = (),
        field: str | None = None,
        name: str | None = None,
        rules: Iterable[Rule] = (),
        unique_together: Iterable[Iterable[str]] = (),
        default_language: str | None = None,
        rule_language: str | None = None,
        schema: Schema | None = None,
        user: Any = None,
    ) -> SchemaRecord:
        """Say what one scope's schema is, from now on, and return its record.

        ``selectors`` are the values that it is bound to, in the order of the field's selectors or by name: a model
        instance, its primary key, a plain value, or None for any; missing ones at the end mean any. A schema that the
        scope has already is replaced. An attribute of it that is left out is retired, so that its values stay and a
        later definition brings them back; what it only changed about an inherited one is taken back.

        ``schema`` gives all at once, in place of attributes, rules and the rest. ``user`` is asked for permission.
        Raises SchemaError with every fault, also where a narrower scope would not compose any more, naming it;
        PluginError where a plugin is missing; PermissionDenied.
        """
        target = attribute_field(model, field)
        texts = target.selectors.given(selectors)
        demand(user, target.model, target.name, target.selectors.values(texts))
        if schema is None:
            languages = {"default_language": default_language, "rule_language": rule_language}
            given = {key: value for key, value in languages.items() if value is not None}
            title = name or title_of(target, texts)
            schema = Schema(title, attributes, rules=rules, unique_together=unique_together, **given)
        return self.define_together(target, {texts: schema})[0]

    def define_together(self, target: JSONAttributeField, schemas: Mapping[Texts, Schema]) -> list[SchemaRecord]:
        """Say what the schemas of several scopes of one field are, by the texts of their selector values.

        They are held against the narrower scopes together, so that changes may need each other. Asks for no permission.
        Raises what :meth:`define` raises.
        """
        alias = schema_database()
        kind = ContentType.objects.db_manager(alias).get_for_model(target.model)
        with change(kind.pk, target.name, alias):
            every = target.schemas.all_schemas(alias, schemas)
            own = target.schemas.records(alias).filter(digest__in=[digest(texts) for texts in schemas])
            records = {record.digest: record for record in own}
            planned = {**every, **schemas}
            complete: dict[Texts, Schema] = {}
            for texts in sorted(schemas, key=lambda each: [text is not None for text in reversed(each)]):
                general = {other: bound for other, bound in planned.items() if other != texts}
                complete[texts] = checked_schema(schemas[texts], records.get(digest(texts)), applicable(general, texts))
                planned[texts] = complete[texts]
            demand_that_all_compose(target, every, complete)
            written = [
                self._written(target, kind, texts, schema, records.get(digest(texts)), alias)
                for texts, schema in complete.items()
            ]
            differing = [deciding_change(every.get(texts), schema) for texts, schema in complete.items()]
            begin_again(kind.pk, target.name, alias, set().union(*differing))
            return written

    def _written(
        self,
        target: JSONAttributeField,
        kind: ContentType,
        texts: Texts,
        schema: Schema,
        record: SchemaRecord | None,
        alias: str,
    ) -> SchemaRecord:
        is_new = record is None
        if record is None:
            record = self.model(content_type=kind, field=target.name, digest=digest(texts))
        for key, value in rows_of(schema).items():
            setattr(record, key, value)
        record.is_retired = False
        record.save(using=alias)
        if is_new:
            record.selectors.bulk_create(selector_rows(target, record, texts, alias))
        record.attributes.all().delete()
        rows = definitions_of(schema)
        record.attributes.bulk_create(
            record.attributes.model(schema=record, position=place, key=row["key"], definition=row)
            for place, row in enumerate(rows)
        )
        return record

    def scope_for_instance(self, instance: Model, field: str | None = None) -> Scope:
        """Return the scope of a record."""
        return attribute_field(instance, field).scope_of(instance)

    def for_instance(self, instance: Model, field: str | None = None) -> ComposedSchema:
        """Return the composed schema of a record."""
        return self.scope_for_instance(instance, field).schema

    def for_instances(self, instances: Iterable[Model], field: str | None = None) -> list[ComposedSchema]:
        """Return the composed schemas of several records of one model, in their order.

        Takes a query for the generation and two for all schemas that are not known yet; and those that reading the
        instances' selectors takes, none where the relations were selected.
        """
        given = list(instances)
        if not given:
            return []
        target = attribute_field(given[0], field)
        texts = [target.texts_of(instance) for instance in given]
        scopes = target.schemas.scopes(dict.fromkeys(texts))
        return [scopes[each].schema for each in texts]

    def for_selectors(self, model: type[Model], selectors: Any = (), field: str | None = None) -> ComposedSchema:
        """Return the composed schema of a record with these selector values. Raises SelectorError."""
        target = attribute_field(model, field)
        return target.schemas.scope(target.selectors.given(selectors)).schema

    def bound_to(self, model: type[Model], selectors: Any = (), field: str | None = None) -> SchemaRecord | None:
        """Return the active schema that is bound to exactly these selector values, None where there is none.

        Raises SelectorError.
        """
        target = attribute_field(model, field)
        active = target.schemas.active(schema_database())
        found: SchemaRecord | None = active.filter(digest=digest(target.selectors.given(selectors))).first()
        return found

    def scopes(
        self, model: type[Model], selectors: Any = (), field: str | None = None
    ) -> dict[tuple[Any, ...], ComposedSchema]:
        """Return the composed schemas of a partial scope and of every scope below it that a schema makes different.

        The keys are the selector values: the keys of rows, plain values, None for any; the most general first.
        """
        target = attribute_field(model, field)
        partial = target.selectors.given(selectors)
        bound = target.schemas.all_schemas(schema_database())
        wanted = reached(bound, partial)
        found = target.schemas.scopes(wanted)
        return {target.selectors.values(texts): found[texts].schema for texts in wanted}

    def retire(
        self, model: type[Model] | None = None, selectors: Any = (), field: str | None = None, user: Any = None
    ) -> list[SchemaRecord]:
        """Retire every schema that names all of these values, and return those that it found active.

        Without ``model`` the values are rows, wherever schemas of any model name them: what releases a row that is
        to be deleted. With it they are the values of its selectors. Nothing stored is erased. Raises SelectorError
        where no value is given.
        """
        found = self._naming_rows(selectors) if model is None else self._naming_values(model, selectors, field)
        self.set_retired(found, True, user)
        return found

    def _naming_rows(self, rows: Any) -> list[SchemaRecord]:
        given = [row for row in (rows if isinstance(rows, Sequence) else [rows]) if row is not None]
        if not given or not all(isinstance(row, models.Model) for row in given):
            raise SelectorError("name the rows whose schemas to retire, or say of which model the values are selectors")
        return list(naming(self.using(schema_database()), given))

    def _naming_values(self, model: type[Model], selectors: Any, field: str | None) -> list[SchemaRecord]:
        target = attribute_field(model, field)
        texts = target.selectors.given(selectors)
        if not any(text is not None for text in texts):
            raise SelectorError(
                "say which selector values to retire the schemas of; one schema is retired by its record"
            )
        active = target.schemas.active(schema_database())
        records = active.select_related("content_type").prefetch_related("selectors")
        return [
            each for each in records if all(want in (None, has) for want, has in zip(texts, each.texts, strict=True))
        ]

    def set_retired(self, records: Iterable[SchemaRecord], retired: bool, user: Any = None) -> None:
        """Retire schemas, or restore them, all or none.

        Raises SchemaError where a narrower scope would not compose any more.
        """
        alias = schema_database()
        records = list(records)
        by_field: dict[tuple[int, str], list[SchemaRecord]] = {}
        for record in records:
            target = record.attribute_field
            if target is not None:
                demand(user, target.model, target.name, target.selectors.values(record.texts))
            by_field.setdefault((record.content_type_id, record.field), []).append(record)
        with transaction.atomic(using=alias):
            for (kind, field), several in sorted(by_field.items(), key=lambda item: item[0]):
                with change(kind, field, alias):
                    self._demand_that_rest_composes(several, retired, alias)
                    self.using(alias).filter(pk__in=[record.pk for record in several]).update(is_retired=retired)
                    begin_again(
                        kind, field, alias, set().union(*(deciding_change(None, each.schema) for each in several))
                    )
        for record in records:
            record.is_retired = retired

    def _demand_that_rest_composes(self, records: list[SchemaRecord], retired: bool, alias: str) -> None:
        target = records[0].attribute_field
        if target is not None:
            changes = {record.texts: None if retired else record.schema for record in records}
            demand_that_all_compose(target, target.schemas.all_schemas(alias, changes), changes)

    async def afor_instance(self, instance: Model, field: str | None = None) -> ComposedSchema:
        """Do as :meth:`for_instance` does: in async code, before the attributes of a record are first read."""
        return await sync_to_async(self.for_instance)(instance, field)

    def editable_by(self, user: Any) -> list[SchemaRecord]:
        """Return the schemas that a user may edit."""
        records = self.using(schema_database()).select_related("content_type").prefetch_related("selectors")
        return [record for record in records if self._is_editable(record, user)]

    def _is_editable(self, record: SchemaRecord, user: Any) -> bool:
        target = record.attribute_field
        if target is None:
            return False
        return may_edit(user, target.model, target.name, target.selectors.values(record.texts))
