"""Lists of records: each scope is looked up and compiled once, and the database is asked few questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models, router, transaction
from rest_framework import serializers
from rest_framework.settings import api_settings
from rest_framework.utils import html

from jsonattrs_django.errors import AttributeValidationError
from jsonattrs_django.managers import AttributeQuerySet
from jsonattrs_django.references.reading import introduce
from jsonattrs_django.rest_framework.checking import dangling_and_taken
from jsonattrs_django.rest_framework.errors import merged
from jsonattrs_django.rest_framework.relations import fetch_deferred, fetch_selectors, find_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jsonattrs_django.rest_framework.checking import ToAsk
    from jsonattrs_django.rest_framework.fields import AttributesField

__all__ = ["AttributeListSerializer"]


class Row(NamedTuple):
    """What validation made of one record of a list."""

    validated: Any
    errors: Any  #: {} where nothing is wrong
    asked: list[tuple[AttributesField, ToAsk]]  #: what other records may make wrong


class AttributeListSerializer(serializers.ListSerializer):
    """The serializer of many records: ``many=True`` of a serializer with attributes.

    New records are written by ``bulk_create``, which calls neither ``save`` of the model nor its signals; where the
    serializer has a ``create`` of its own, that is called for each. Either all are written or none.
    """

    # ---- reading ----

    def to_representation(self, data: Any) -> list[Any]:
        """Return the JSON values of records, with as many queries for a thousand as for one."""
        records = list(data.all() if isinstance(data, models.manager.BaseManager) else data)
        if records and all(isinstance(record, models.Model) for record in records):
            for field in self.child.attribute_fields:
                self._prepare(field, records)
        return [self.child.to_representation(record) for record in records]

    @staticmethod
    def _prepare(field: AttributesField, records: Sequence[Any]) -> None:
        """Fetch what the scopes of the records depend on, and the scopes."""
        model_field = field.model_field
        fetch_deferred(records, model_field)
        fetch_selectors(records, model_field)
        model_field.schemas.scopes(dict.fromkeys(map(model_field.texts_of, records)))
        if field.references.names:
            introduce(records, [model_field])

    # ---- validating ----

    def to_internal_value(self, data: Any) -> Any:
        """Return the validated records. Raises ValidationError with the errors of each."""
        if html.is_html_input(data):
            data = html.parse_html_list(data, default=[])
        child: Any = self.child
        if isinstance(data, list):
            find_rows(child, data)
        child.known_targets = {}
        try:
            rows: list[Row] = super().to_internal_value(data)
        finally:
            child.known_targets = child.left_to_list = None
        self._look_at_others(rows)
        errors = {index: row.errors for index, row in enumerate(rows) if row.errors}
        if errors:
            raise serializers.ValidationError(self.in_rows(errors, len(rows)))
        return [row.validated for row in rows]

    def run_child_validation(self, data: Any) -> Row:
        """Return what validation makes of one record; what is asked of the database is asked for all together."""
        asked: list[tuple[AttributesField, ToAsk]] = []
        child: Any = self.child
        child.left_to_list = asked
        try:
            return Row(super().run_child_validation(data), {}, asked)
        except serializers.ValidationError as error:
            return Row(None, error.detail, asked)

    def _look_at_others(self, rows: list[Row]) -> None:
        """Add the errors of references to what may not be chosen, and of unique values that others have."""
        asked = [(index, each) for index, row in enumerate(rows) for each in row.asked]
        if not asked:
            return
        found = dangling_and_taken([each for _, (_, each) in asked], asked[0][1][0].user)
        for (index, (field, each)), problems in zip(asked, found, strict=True):
            if problems:
                errors = self.child.placed(field, field.details(problems, each.verdict.changes.scope))
                rows[index] = rows[index]._replace(errors=merged(rows[index].errors, errors))

    @staticmethod
    def in_rows(errors: Mapping[int, Any], count: int) -> Any:
        """Return the errors of records by their place, in the form that REST framework is set to."""
        if api_settings.LIST_SERIALIZER_ERRORS_AS_DICT:
            return dict(errors)
        return [errors.get(index, {}) for index in range(count)]

    # ---- writing ----

    def create(self, validated_data: list[dict[str, Any]]) -> list[Any]:
        """Store new records, all of them or none. Raises ValidationError with the errors of those that are refused."""
        model, count = self.child.Meta.model, len(validated_data)
        if not self._may_create_together(validated_data):
            with transaction.atomic(using=router.db_for_write(model)):
                return [self._created(values, index, count) for index, values in enumerate(validated_data)]
        records = [model(**values) for values in validated_data]
        try:
            return list(_bulk(model).bulk_create(records))
        except AttributeValidationError as error:
            raise self._refused(error, _index(error, records), count) from error

    def _created(self, values: dict[str, Any], index: int, count: int) -> Any:
        try:
            return self.child.create(values)
        except AttributeValidationError as error:
            raise self._refused(error, index, count) from error

    def _refused(self, error: AttributeValidationError, index: int, count: int) -> serializers.ValidationError:
        return serializers.ValidationError(self.in_rows({index: self.child.refused(error)}, count))

    def _may_create_together(self, validated_data: Iterable[Mapping[str, Any]]) -> bool:
        """Tell whether nothing but one statement is asked for: no method of its own, no tables besides."""
        child: Any = self.child
        options = child.Meta.model._meta
        plain = type(child).create is serializers.ModelSerializer.create and not options.parents
        several = {field.name for field in options.many_to_many}
        return plain and not any(several & values.keys() for values in validated_data)


def _bulk(model: Any) -> Any:
    """Return the query set that writes records: one that checks all before it writes any."""
    rows = model._default_manager.get_queryset()
    is_djangos = type(rows).bulk_create is models.QuerySet.bulk_create
    return AttributeQuerySet(model, using=rows._db) if is_djangos else rows


def _index(error: AttributeValidationError, records: Sequence[Any]) -> int:
    if error.index is not None:
        return error.index
    return next((index for index, record in enumerate(records) if record is error.instance), 0)
