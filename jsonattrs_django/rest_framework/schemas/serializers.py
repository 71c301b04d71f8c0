"""What is sent to the endpoints of schemas: bodies that say nothing but what is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from jsonattrs_django.rest_framework.refusals import Refusals, unknown_name

__all__ = ["AnyField", "CandidateSerializer", "SchemaSerializer", "StrictSerializer"]


class AnyField(serializers.Field):
    """Any JSON value, taken as it is: what is asked decides on it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_null=True, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """Return the value."""
        return data

    def to_representation(self, value: Any) -> Any:
        """Return the value."""
        return value


class ObjectField(AnyField):
    """A JSON object."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "not_an_object": gettext_lazy("Enter an object with named members.")
    }

    def to_internal_value(self, data: Any) -> Any:
        """Return the object. Raises ValidationError for another value."""
        if not isinstance(data, Mapping):
            self.fail("not_an_object")
        return data


class StrictSerializer(serializers.Serializer):
    """Refuses members that nobody reads: a misspelt one would otherwise be as good as left out."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the members. Raises ValidationError for each that there is not, with the nearest name."""
        refusals = Refusals()
        for name in data if isinstance(data, Mapping) else ():
            if name not in self.fields:
                refusals.add(name, unknown_name(_("There is no member named %(name)s."), name, self.fields))
            if refusals.is_full:
                break
        refusals.raise_any()
        return super().to_internal_value(data)


class CandidateSerializer(StrictSerializer):
    """What is to be checked: a document, or the value of one attribute."""

    document = AnyField(required=False)
    attribute = serializers.CharField(required=False, trim_whitespace=False, max_length=1_000)
    value = AnyField(required=False)
    partial = serializers.BooleanField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Demand one of the two. Raises ValidationError."""
        is_one = "attribute" in attrs
        if is_one == ("document" in attrs) or is_one != ("value" in attrs):
            raise serializers.ValidationError(_("Give a document, or an attribute with its value."), "required")
        return attrs


class SchemaSerializer(StrictSerializer):
    """A schema, and what it is bound to."""

    id = serializers.IntegerField(read_only=True)
    model = serializers.CharField(max_length=200)
    field = serializers.CharField(required=False, max_length=200)
    selectors = ObjectField(required=False)
    retired = serializers.BooleanField(read_only=True)
    schema = ObjectField()
