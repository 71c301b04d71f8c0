"""The serializer field of an attribute field: the attributes of a record as a nested object."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db.models import Model
from rest_framework import serializers
from rest_framework.fields import SkipField, empty

from jsonattrs_django.fields import JSONAttributeField
from jsonattrs_django.names import nearest
from jsonattrs_django.permissions import permitted
from jsonattrs_django.rest_framework.checking import Access, AttributeChanges
from jsonattrs_django.rest_framework.errors import details
from jsonattrs_django.rest_framework.nested import NestedReferences
from jsonattrs_django.rest_framework.parsers import Malformed, strict_json
from jsonattrs_django.rest_framework.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from rest_framework.exceptions import ErrorDetail

    from jsonattrs_core import Problem
    from jsonattrs_django.schemas.scope import Scope
    from jsonattrs_django.selectors import Texts

__all__ = ["AttributesField"]


class AttributesField(serializers.JSONField):
    """The attributes of a record, by name, as the JSON values that are stored.

    It is a field of an :class:`~jsonattrs_django.rest_framework.serializers.AttributeSerializerMixin` whose ``source``
    is an attribute field of the serializer's model. ``only`` and ``exclude`` are names of the attributes that it has,
    and has not; the others are as unknown ones. Those of ``read_only_attributes`` are shown and not changed.
    ``references`` are serializer classes by name: what these attributes refer to is shown as nested objects.
    """

    initial = dict

    def __init__(
        self,
        *,
        only: Iterable[str] | None = None,
        exclude: Iterable[str] = (),
        read_only_attributes: Iterable[str] = (),
        references: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.only = None if only is None else frozenset(only)
        self.exclude = frozenset(exclude)
        self.read_only_attributes = frozenset(read_only_attributes)
        self.references = NestedReferences(references or {})
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self._accesses: dict[Scope, Access] = {}
        self._shown: dict[Scope, Shown] = {}

    def bind(self, field_name: str, parent: Any) -> None:
        """Become a field of a serializer. Raises ImproperlyConfigured for one that cannot have it."""
        super().bind(field_name, parent)
        self.__dict__.pop("model_field", None)
        self.model_field  # noqa: B018 - it says at once what is wrong

    @cached_property
    def model_field(self) -> JSONAttributeField:
        """The attribute field of the model. Raises ImproperlyConfigured where ``source`` is none."""
        from jsonattrs_django.rest_framework.serializers import AttributeSerializerMixin

        name = f"{type(self.parent).__name__}.{self.field_name}"
        model = getattr(getattr(self.parent, "Meta", None), "model", None)
        if model is None or not isinstance(self.parent, AttributeSerializerMixin):
            raise ImproperlyConfigured(
                f"{name} is an AttributesField, which needs a serializer that AttributeSerializerMixin is mixed into, "
                "such as AttributeModelSerializer, and its Meta.model"
            )
        try:
            found = model._meta.get_field(self.source)
        except FieldDoesNotExist:
            found = None
        if isinstance(found, JSONAttributeField):
            return found
        known = [each.name for each in model._meta.concrete_fields if isinstance(each, JSONAttributeField)]
        raise ImproperlyConfigured(
            f"{name} has the source {self.source!r}, which is no attribute field of {model._meta.label}"
            f"{nearest(str(self.source), known)}"
        )

    @cached_property
    def selector_names(self) -> list[str]:
        """The names, as validated values have them, of the columns on which the scope depends."""
        columns = [selector.column for selector in self.model_field.selectors]
        return list(dict.fromkeys(name for column in columns for name in (column.name, column.attname)))

    @property
    def method_name(self) -> str:
        """The name of the serializer's own method that has its say on validated attributes."""
        return f"validate_{self.field_name}"

    @property
    def user(self) -> Any:
        """The user whose permissions count: that of the request, be it nobody; None for the program itself."""
        request = self.context.get("request")
        return None if request is None else getattr(request, "user", None) or AnonymousUser()

    @cached_property
    def limits(self) -> list[Texts] | None:
        """The scopes in which the view lets its user have records, None where it does not say."""
        from jsonattrs_django.rest_framework.exposed import scopes_of_records

        view, field = self.context.get("view"), self.model_field
        named = None if view is None else scopes_of_records(view, field)
        return None if named is None else [field.selectors.given(each) for each in named]

    # ---- which attributes ----

    def access(self, scope: Scope) -> Access:
        """Return the names of the attributes of a scope that the field has, and of those that it changes."""
        found = self._accesses.get(scope)
        if found is None:
            found = self._accesses[scope] = self._new_access(scope)
        return found

    def _new_access(self, scope: Scope) -> Access:
        field, schema = self.model_field, scope.schema
        viewed = permitted(self.user, "view", field, schema) - self.exclude
        if self.only is not None:
            viewed &= self.only
        if self.read_only:
            return Access(frozenset(viewed), frozenset())
        changed = viewed & permitted(self.user, "change", field, schema) - self.read_only_attributes
        return Access(frozenset(viewed), frozenset(changed))

    def hidden(self, scope: Scope | None) -> Collection[str]:
        """Return the names of those that nothing may be said of."""
        return () if scope is None else scope.schema.keys() - self.access(scope).viewed

    def details(self, problems: Iterable[Problem], scope: Scope | None) -> dict[str, list[ErrorDetail]]:
        """Return the errors of problems by attribute name, of the record as a whole under ``non_field_errors``."""
        return details(problems, self.hidden(scope))

    # ---- reading ----

    def get_attribute(self, instance: Any) -> Any:
        """Return what `to_representation` takes: the record itself."""
        if isinstance(instance, Model):
            return instance
        if self.source not in instance:  # of validated data
            raise SkipField
        return instance[self.source]

    def to_representation(self, value: Any) -> dict[str, Any]:
        """Return the JSON values of a record's attributes by name."""
        if isinstance(value, AttributeChanges):
            viewed, dump = self.access(value.scope).viewed, value.scope.usable.dump_attribute
            return {name: dump(name, each) for name, each in value.items() if name in viewed}
        scope = self.model_field.scope_of(value)
        values = self.shown(scope).of(self.model_field, value)
        if self.references.names:
            self.references.nest(self, scope, value, values)
        return values

    def shown(self, scope: Scope) -> Shown:
        """Return what gives the values of the records of a scope, references as keys."""
        found = self._shown.get(scope)
        if found is None:
            found = self._shown[scope] = Shown(scope, self.access(scope).viewed)
        return found

    # ---- writing ----

    def run_validation(self, data: Any = empty) -> Any:
        """Return what a payload says of the attributes, which the serializer then checks by their schema.

        Raises SkipField where it says nothing, and ValidationError where it has to say something or cannot be read.
        """
        if data is empty:
            if self.required and not getattr(self.root, "partial", False):
                self.fail("required")
            raise SkipField
        if getattr(data, "is_json_string", False):  # of a form
            try:
                data = strict_json(str(data))
            except Malformed as error:
                raise serializers.ValidationError([error.detail]) from None
        return self.references.flattened(data)
