"""Serializers of records that have attributes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from rest_framework import serializers
from rest_framework.fields import SkipField, empty
from rest_framework.settings import api_settings

from jsonattrs_django.errors import AttributeValidationError
from jsonattrs_django.fields import JSONAttributeField
from jsonattrs_django.references.existence import Asked, dangling
from jsonattrs_django.rest_framework.checking import AttributeChanges, Verdict, check_changes, check_new, moved_copy
from jsonattrs_django.rest_framework.errors import details, merged
from jsonattrs_django.rest_framework.fields import AttributesField
from jsonattrs_django.rest_framework.relations import fetch_selectors, find_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jsonattrs_core import Problem
    from jsonattrs_django.schemas.scope import Scope

__all__ = ["AttributeModelSerializer", "AttributeSerializerMixin"]

if TYPE_CHECKING:
    _Serializer: Any = serializers.ModelSerializer  # what the mixin is mixed into
else:
    _Serializer = object

#: What browsers send along with every form.
_NO_ATTRIBUTES = {"csrfmiddlewaretoken"}


class AttributeSerializerMixin(_Serializer):
    """Adds the attributes of a record to a model serializer, checked by the schema of the record's scope.

    The scope of a new record is that of the selectors in the same payload, that of another one its own unless the
    payload moves it. With ``Meta.flatten_attributes = True`` the attributes stand among the other fields.
    """

    #: Where a list that is validated keeps the references of its records, None where they are looked for at once.
    left_to_list: list[tuple[AttributesField, Asked]] | None = None
    #: The scopes that a list has met, by field and selectors.
    known_scopes: dict[Any, Scope] | None = None

    @classmethod
    def many_init(cls, *args: Any, **kwargs: Any) -> Any:
        """Return the serializer of a list, which checks and writes its records together."""
        from jsonattrs_django.rest_framework.lists import AttributeListSerializer

        made = super().many_init(*args, **kwargs)
        if type(made) is serializers.ListSerializer:  # Meta names no other
            made.__class__ = AttributeListSerializer
        return made

    # ---- the fields ----

    def build_standard_field(self, field_name: str, model_field: Any) -> tuple[Any, dict[str, Any]]:
        """Return the class and the arguments of a field, for an attribute field an :class:`AttributesField`."""
        found: tuple[Any, dict[str, Any]] = super().build_standard_field(field_name, model_field)
        return (AttributesField, found[1]) if isinstance(model_field, JSONAttributeField) else found

    @property
    def attribute_fields(self) -> list[AttributesField]:
        """The serializer's fields of attributes."""
        return [field for field in self.fields.values() if isinstance(field, AttributesField)]

    @property
    def flattens(self) -> bool:
        """Tell whether the attributes stand among the other fields."""
        return bool(getattr(self.Meta, "flatten_attributes", False))

    @property
    def _writable_fields(self) -> Iterator[Any]:
        """The fields that are validated one by one: attributes are, when the selectors are known."""
        return (field for field in super()._writable_fields if not isinstance(field, AttributesField))

    def demand_no_clash(self, field: AttributesField, scope: Scope) -> None:
        """Raise ImproperlyConfigured where an attribute that stands among the other fields has the name of one."""
        if not self.flattens:
            return
        others = [name for name, each in self.fields.items() if not isinstance(each, AttributesField)]
        for name in field.access(scope).viewed.intersection(others):
            raise ImproperlyConfigured(
                f"{type(self).__name__} flattens its attributes, and has a field {name!r} as well as the attribute "
                f"{name!r} of {field.model_field}: rename one of them, or do not flatten"
            )

    # ---- reading ----

    def to_representation(self, instance: Any) -> Any:
        """Return the JSON values of a record."""
        if isinstance(instance, Model) and not isinstance(self.parent, serializers.ListSerializer):
            for field in self.attribute_fields:
                fetch_selectors([instance], field.model_field)
        shown = super().to_representation(instance)
        if self.flattens:
            for field in self.attribute_fields:
                shown.update(shown.pop(field.field_name, None) or {})
        return shown

    # ---- validating ----

    def to_internal_value(self, data: Any) -> Any:
        """Return the validated values: of attributes those that are to be set, under the name of the field.

        Raises ValidationError with the errors of other fields and of attributes together.
        """
        if self.left_to_list is None:
            find_rows(self._writable_fields, [data], [field.model_field for field in self.attribute_fields])
        errors: Any = {}
        try:
            native = super().to_internal_value(data)
        except serializers.ValidationError as error:
            errors = error.detail
            if not isinstance(data, Mapping):
                raise
            native = self._valid_selectors(data, errors)
        for field in self.attribute_fields if native is not None else ():
            if not field.read_only:
                errors = merged(errors, self._validated(field, data, native))
        if errors:
            raise serializers.ValidationError(errors)
        return native

    def _valid_selectors(self, data: Mapping[str, Any], errors: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return the values that decide on the scopes where others are refused; None where one of these is."""
        names = {name for field in self.attribute_fields for name in _columns(field)}
        chosen = [field for field in self._writable_fields if field.source in names]
        if any(field.field_name in errors for field in chosen):
            return None
        valid = {}
        for field in chosen:
            try:
                valid[field.source] = field.run_validation(field.get_value(data))
            except SkipField:
                continue
        return valid

    def _validated(self, field: AttributesField, data: Mapping[str, Any], native: dict[str, Any]) -> dict[str, Any]:
        """Put the attributes of one field into the validated values, and return what is wrong with them."""
        try:
            given = field.run_validation(self._given(field, data))
        except SkipField:
            given = None if self._is_update else {}
        except serializers.ValidationError as error:
            return {field.field_name: error.detail}
        verdict = self._verdict(field, given, native)
        if verdict is None:
            return {}
        problems = (*verdict.problems, *self._dangling(field, verdict.asked))
        if problems:
            return self.placed(field, field.details(problems, verdict.changes.scope))
        return self._taken(field, verdict.changes, native)

    def _given(self, field: AttributesField, data: Mapping[str, Any]) -> Any:
        """Return what a payload says of the attributes of a field."""
        if not self.flattens:
            return field.get_value(data)
        given = {name: data[name] for name in data if name not in self.fields and name not in _NO_ATTRIBUTES}
        return given or empty

    @property
    def _is_update(self) -> bool:
        return isinstance(self.instance, Model)

    def _verdict(self, field: AttributesField, given: Any, native: Mapping[str, Any]) -> Verdict | None:
        """Return what the attributes of a payload come to, None where it neither names one nor moves the record."""
        moves = {name: native[name] for name in _columns(field) if name in native}
        if not self._is_update:
            scope = self._scope(field, moves)
            return check_new(scope, field.access(scope), given, partial=self.partial)
        if given is None and not moves:
            return None
        if self.instance.__dict__.get(field.model_field.attname) is None:
            getattr(self.instance, field.model_field.attname)  # fetches it
        record = moved_copy(self.instance, moves)
        scope = field.model_field.scope_of(record)
        shown = field.shown(scope).of(field.model_field, self.instance)
        return check_changes(field.model_field, record, field.access(scope), given, shown, replaces=not self.partial)

    def _scope(self, field: AttributesField, selected: Mapping[str, Any]) -> Scope:
        """Return the scope of a new record of these selectors."""
        known, key = self.known_scopes, None
        if known is not None:
            key = (field.field_name, *selected.items())
            if key in known:
                return known[key]
        scope = field.model_field.scope_of(self.Meta.model(**selected))
        self.demand_no_clash(field, scope)
        if known is not None:
            known[key] = scope
        return scope

    def _dangling(self, field: AttributesField, asked: Asked | None) -> Iterable[Problem]:
        if asked is None or not asked.values:
            return ()
        if self.left_to_list is not None:
            self.left_to_list.append((field, asked))
            return ()
        return dangling([asked], field.user)[0]

    def _taken(self, field: AttributesField, changes: AttributeChanges, native: dict[str, Any]) -> dict[str, Any]:
        """Let validators of the field, and a method ``validate_<field>``, have their say; return what they refuse."""
        method = getattr(self, f"validate_{field.field_name}", None)
        try:
            field.run_validators(changes)
            native[field.source] = changes if method is None else method(changes)
        except serializers.ValidationError as error:
            return self.placed(field, error.detail)
        return {}

    def placed(self, field: AttributesField, errors: Any) -> dict[str, Any]:
        """Return errors of the attributes of a field where a client finds them."""
        if not self.flattens:
            return {field.field_name: errors}
        return errors if isinstance(errors, dict) else {api_settings.NON_FIELD_ERRORS_KEY: errors}

    # ---- writing ----

    def update(self, instance: Any, validated_data: dict[str, Any]) -> Any:
        """Change a record: of its attributes those that the payload sets or takes away, and no others."""
        plain = dict(validated_data)
        changes = {field: plain.pop(field.source) for field in self.attribute_fields if field.source in plain}
        for field, news in changes.items():
            moved = {name: plain[name] for name in _columns(field) if name in plain}
            for name, value in moved.items():
                setattr(instance, name, value)
            scope = field.model_field.scope_of(instance)
            given = news if isinstance(news, AttributeChanges) else AttributeChanges(news, scope)
            given.apply(field.model_field, instance)
        return super().update(instance, plain)

    def save(self, **kwargs: Any) -> Any:
        """Save the record. Raises ValidationError where storing it refuses an attribute, such as one that is unique."""
        try:
            return super().save(**kwargs)
        except AttributeValidationError as error:
            raise serializers.ValidationError(self.refused(error)) from error

    def refused(self, error: AttributeValidationError) -> dict[str, Any]:
        """Return what storing a record refused, where a client finds it."""
        for field in self.attribute_fields:
            if field.model_field.name == error.field:
                scope = None if error.instance is None else field.model_field.scope_of(error.instance)
                return self.placed(field, field.details(error.problems, scope))
        names = {str(problem.path[0]) for problem in error.problems if problem.path}
        return details(error.problems, names)


class AttributeModelSerializer(AttributeSerializerMixin, serializers.ModelSerializer):
    """A model serializer whose attribute fields are typed by the schemas of the scope that a record is in."""


def _columns(field: AttributesField) -> list[str]:
    """Return the names, as validated values have them, of the columns on which the scope depends."""
    columns = [selector.column for selector in field.model_field.selectors]
    return list(dict.fromkeys(name for column in columns for name in (column.name, column.attname)))
