"""Serializers of records that have attributes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from rest_framework import serializers
from rest_framework.fields import SkipField, empty
from rest_framework.settings import api_settings
from rest_framework.utils import html

from jsonattrs_django.errors import AttributeValidationError
from jsonattrs_django.fields import JSONAttributeField
from jsonattrs_django.rest_framework import choosing
from jsonattrs_django.rest_framework.checking import (
    AttributeChanges,
    ToAsk,
    Verdict,
    check_changes,
    check_new,
    dangling_and_taken,
    moved_copy,
)
from jsonattrs_django.rest_framework.choosing import Target
from jsonattrs_django.rest_framework.errors import details, merged
from jsonattrs_django.rest_framework.fields import AttributesField
from jsonattrs_django.rest_framework.flattening import demand_no_clash, given_flat
from jsonattrs_django.rest_framework.lists import AttributeListSerializer
from jsonattrs_django.rest_framework.relations import fetch_selectors, find_rows
from jsonattrs_django.rest_framework.updating import is_written_whole, update_named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonattrs_core import Problem
    from jsonattrs_django.schemas.scope import Scope

__all__ = ["AttributeModelSerializer", "AttributeSerializerMixin"]

if TYPE_CHECKING:
    _Serializer: Any = serializers.ModelSerializer  # what the mixin is mixed into
else:
    _Serializer = object


class AttributeSerializerMixin(_Serializer):
    """Adds the attributes of a record to a model serializer, checked by the schema of the record's scope.

    The scope of a new record is that of the selectors in the same payload, that of another one its own unless the
    payload moves it. With ``Meta.flatten_attributes = True`` the attributes stand among the other fields.
    """

    #: Where a list keeps what is to be asked about its records, None where that is asked at once.
    left_to_list: list[tuple[AttributesField, ToAsk]] | None = None
    #: Where the new records of a list go to, by field and selectors.
    known_targets: dict[Any, Target] | None = None

    @classmethod
    def many_init(cls, *args: Any, **kwargs: Any) -> Any:
        """Return the serializer of a list, which checks and writes its records together."""
        made = super().many_init(*args, **kwargs)
        if type(made) is serializers.ListSerializer:  # Meta names no other
            made.__class__ = AttributeListSerializer
        return made

    # ---- the fields ----

    def build_standard_field(self, field_name: str, model_field: Any) -> tuple[Any, dict[str, Any]]:
        """Return the class and the arguments of a field, for an attribute field an :class:`AttributesField`."""
        found: tuple[Any, dict[str, Any]] = super().build_standard_field(field_name, model_field)
        return (AttributesField, found[1]) if isinstance(model_field, JSONAttributeField) else found

    @cached_property
    def attribute_fields(self) -> list[AttributesField]:
        """The serializer's fields of attributes."""
        return [field for field in self.fields.values() if isinstance(field, AttributesField)]

    @cached_property
    def flattens(self) -> bool:
        """Tell whether the attributes stand among the other fields."""
        return bool(getattr(self.Meta, "flatten_attributes", False))

    @cached_property
    def _writable_fields(self) -> list[Any]:
        """The fields that are validated one by one: attributes are, when the selectors are known."""
        return [field for field in super()._writable_fields if not isinstance(field, AttributesField)]

    @cached_property
    def _readable_fields(self) -> list[Any]:
        return list(super()._readable_fields)

    @property
    def attribute_names(self) -> list[str]:
        """The names of these fields."""
        return [str(field.field_name) for field in self.attribute_fields]

    # ---- reading ----

    def to_representation(self, instance: Any) -> Any:
        """Return the JSON values of a record."""
        if isinstance(instance, Model) and not isinstance(self.parent, serializers.ListSerializer):
            for field in self.attribute_fields:
                fetch_selectors([instance], field.model_field)
        shown: dict[str, Any] = super().to_representation(instance)
        return self._flat(shown, instance) if self.flattens else shown

    def _flat(self, shown: dict[str, Any], instance: Any) -> dict[str, Any]:
        if isinstance(instance, Model):
            scopes = {field: field.model_field.scope_of(instance) for field in self.attribute_fields}
            self._demand_no_clash(scopes)
        for name in self.attribute_names:
            shown.update(shown.pop(name, None) or {})
        return shown

    def _demand_no_clash(self, scopes: Mapping[AttributesField, Scope]) -> None:
        key = tuple(scopes.values())
        if key not in self.without_clash:
            demand_no_clash(self, scopes)
            self.without_clash.add(key)

    @cached_property
    def taken_away(self) -> dict[AttributesField, frozenset[str]]:
        """The names of what a PUT takes away, also where validation by the project returns another mapping."""
        return {}

    @cached_property
    def without_clash(self) -> set[Any]:
        """The scopes in which no two flattened names are the same."""
        return set()

    # ---- validating ----

    def to_internal_value(self, data: Any) -> Any:
        """Return the validated values: of attributes those that are to be set, under the name of the field.

        Raises ValidationError with the errors of other fields and of attributes together.
        """
        if self.left_to_list is None:
            find_rows(self, [data])
        errors: Any = {}
        try:
            native = super().to_internal_value(data)
        except serializers.ValidationError as error:
            errors = error.detail
            if not isinstance(data, Mapping):
                raise
            native = choosing.valid_selectors(self, data, errors)
        is_whole = not errors or choosing.are_all_valid(self, errors)
        found = self._attribute_errors(data, native, is_whole=is_whole)
        errors = merged(errors, found) if found else errors
        if errors:
            raise serializers.ValidationError(errors)
        return native

    def _attribute_errors(self, data: Mapping[str, Any], native: dict[str, Any], *, is_whole: bool) -> dict[str, Any]:
        """Put the attributes into the validated values, and return what is wrong with them.

        They are not looked at without ``is_whole``, since it is not known then which ones they are.
        """
        targets = {field: self._target(field, native) for field in self.attribute_fields if not field.read_only}
        refused = frozenset().union(*(target.refused for target in targets.values()))
        if refused:  # nothing is said of attributes that others define
            return choosing.refusals(self, refused, data)
        if not is_whole:
            return {}
        given = self._given(data, targets)
        errors: dict[str, Any] = {}
        for field, target in targets.items():
            found = self._validated(field, target, given[field], native)
            errors = merged(errors, found) if found else errors
        return errors

    def _given(self, data: Mapping[str, Any], targets: Mapping[AttributesField, Target]) -> dict[AttributesField, Any]:
        """Return what a payload says of the attributes of each field."""
        if not self.flattens or html.is_html_input(data):  # a form has one input for all, in JSON
            return {field: field.get_value(data) for field in targets}
        scopes = {field: target.scope for field, target in targets.items()}
        self._demand_no_clash(scopes)
        others = self.fields.keys() - set(self.attribute_names)
        return {field: given_flat(data, others, field, scopes) for field in targets}

    def _validated(self, field: AttributesField, target: Target, data: Any, native: dict[str, Any]) -> dict[str, Any]:
        """Put the attributes of one field into the validated values, and return what is wrong with them."""
        try:
            given = field.run_validation(data)
        except SkipField:
            if target.record is not None and not target.is_moved:
                return {}
            given = {}
        except serializers.ValidationError as error:
            return {str(field.field_name): error.detail}
        verdict = self._verdict(field, target, given, says_nothing=data is empty)
        problems = verdict.problems
        if verdict.asked is not None or verdict.draft is not None:
            problems = (*problems, *self._asked(field, verdict, target.record))
        if problems:
            return self.placed(field, field.details(problems, target.scope))
        return self._taken(field, verdict.changes, native)

    def _verdict(self, field: AttributesField, target: Target, given: Any, *, says_nothing: bool) -> Verdict:
        access = field.access(target.scope)
        if target.record is None:
            return check_new(target.scope, access, given, partial=self.partial)
        shown = field.shown(target.scope).of(field.model_field, self.instance)
        replaces = not (self.partial or says_nothing)
        return check_changes(field.model_field, target.record, access, given, shown, replaces=replaces)

    def _target(self, field: AttributesField, native: Mapping[str, Any]) -> Target:
        """Return where the attributes of a payload go to."""
        moves = {name: native[name] for name in field.selector_names if name in native}
        if not isinstance(self.instance, Model):
            return self._target_of_new(field, moves)
        getattr(self.instance, field.model_field.attname)  # fetches it, where it is deferred
        record = moved_copy(self.instance, moves)
        refused = choosing.refused_columns(field, record, moves.keys(), self.instance) if moves else frozenset()
        return Target(field.model_field.scope_of(record), record, bool(moves), refused)

    def _target_of_new(self, field: AttributesField, selected: Mapping[str, Any]) -> Target:
        """Return the scope of a new record of these selectors."""
        known, key = self.known_targets, None
        if known is not None:
            key = (field.field_name, *selected.items())
            if key in known:
                return known[key]
        record = self.Meta.model(**selected)
        given = () if field.limits is None else choosing.sources(self, field.selector_names)
        target = Target(field.model_field.scope_of(record), refused=choosing.refused_columns(field, record, given))
        if known is not None:
            known[key] = target
        return target

    def _asked(self, field: AttributesField, verdict: Verdict, record: Any) -> Iterable[Problem]:
        """Return what other records make wrong; of the records of a list, nothing yet."""
        if self.left_to_list is not None:
            self.left_to_list.append((field, ToAsk(field.model_field, verdict, record)))
            return ()
        return dangling_and_taken([ToAsk(field.model_field, verdict, record)], field.user)[0]

    def _taken(self, field: AttributesField, changes: AttributeChanges, native: dict[str, Any]) -> dict[str, Any]:
        """Let validators of the field, and a method ``validate_<field>``, have their say; return what they refuse."""
        method = getattr(self, field.method_name, None)
        self.taken_away[field] = changes.removed
        try:
            if field.validators:
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
        """Change a record: of its attributes and columns those that the payload sets or takes away, and no others.

        Raises NotFound where somebody has deleted it.
        """
        plain = dict(validated_data)
        given = {field: plain.pop(field.source) for field in self.attribute_fields if field.source in plain}
        for field, news in given.items():
            for name in field.selector_names:
                if name in plain:
                    setattr(instance, name, plain[name])
            scope = field.model_field.scope_of(instance)
            removed = self.taken_away.get(field, ())
            changes = news if isinstance(news, AttributeChanges) else AttributeChanges(news, scope, removed)
            changes.apply(field.model_field, instance)
        if is_written_whole(super().update, instance, plain):
            return super().update(instance, plain)
        return update_named(self, instance, plain)

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
