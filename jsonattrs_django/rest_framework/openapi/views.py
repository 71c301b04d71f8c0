"""Has drf-spectacular describe the operations of views that have attributes with what the adapter knows of them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiViewExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import get_class

from jsonattrs_django.rest_framework.concurrency import ConditionalUpdateMixin
from jsonattrs_django.rest_framework.openapi.endpoints import ENDPOINTS
from jsonattrs_django.rest_framework.openapi.operations import DescribedOperations
from jsonattrs_django.rest_framework.serializers import AttributeSerializerMixin

__all__ = ["AttributeViewExtension"]


class AttributeViewExtension(OpenApiViewExtension):
    """Finds the views whose serializer has attributes, and those with endpoints of the adapter's."""

    priority = -1  # an extension of the project comes first

    @classmethod
    def _matches(cls, target: Any) -> bool:
        if not isinstance(target, type) or not issubclass(get_class(getattr(target, "schema", None)), AutoSchema):
            return False
        return issubclass(target, (ConditionalUpdateMixin, *ENDPOINTS)) or _shows_attributes(target)

    def view_replacement(self) -> Any:
        """Return the view with another ``AutoSchema``, for itself and for each method that has one of its own."""
        target: Any = self.target
        members: dict[str, Any] = {"schema": _described(get_class(target.schema))()}
        for name in dir(target):
            method = getattr(target, name, None)
            own = getattr(method, "kwargs", {}).get("schema") if callable(method) else None
            if own is not None:
                members[name] = _with_schema(method, _described(get_class(own)))
        members["__doc__"] = target.__doc__
        members["__module__"] = target.__module__
        return type(target.__name__, (target,), members)


def _shows_attributes(target: Any) -> bool:
    found = getattr(target, "serializer_class", None)
    return isinstance(found, type) and issubclass(found, AttributeSerializerMixin)


def _described(schema_class: type) -> type:
    return type(schema_class.__name__, (DescribedOperations, schema_class), {})


def _with_schema(method: Any, schema_class: type) -> Any:
    def replaced(self: Any, *args: Any, **kwargs: Any) -> Any:
        return method(self, *args, **kwargs)

    replaced.__dict__.update(method.__dict__)
    replaced.__name__, replaced.__doc__ = method.__name__, method.__doc__
    replaced.kwargs = {**method.kwargs, "schema": schema_class}  # type: ignore[attr-defined]
    return replaced
