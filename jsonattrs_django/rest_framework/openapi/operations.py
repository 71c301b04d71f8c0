"""The operations of views that have attributes: entity tags, errors, and the endpoints that the adapter adds.

drf-spectacular asks an ``AutoSchema`` about each operation. The one that a view has gets a mixin, so that whatever the
project says of its operations still holds.
"""

from __future__ import annotations

from inspect import cleandoc
from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework.filters import OrderingFilter
from rest_framework.permissions import AllowAny
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler

from jsonattrs_django.rest_framework.concurrency import ConditionalUpdateMixin
from jsonattrs_django.rest_framework.openapi.components import ref
from jsonattrs_django.rest_framework.openapi.endpoints import endpoint_of
from jsonattrs_django.rest_framework.openapi.sparse import sparse_parameters
from jsonattrs_django.rest_framework.renderers import ProblemJSONRenderer

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DescribedOperations"]

_Schema = dict[str, Any]

_WRITING = ("POST", "PUT", "PATCH")
_CONDITIONAL = ("PUT", "PATCH", "DELETE")

_PACKAGE = "jsonattrs_django."

#: What each code means here.
_ERRORS = {
    400: "What was sent is refused; each error is under the name of what it is about.",
    401: "Nobody is logged in.",
    403: "This user may not do this.",
    404: "There is no such thing, or this user may not see it.",
    409: "It cannot be done at present.",
    412: "It was changed since it was read: it has another entity tag than If-Match says.",
    415: "The media type of what was sent is not understood.",
}

_TAG = r'(W/)?"[!#-~]*"'
_IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "pattern": rf"^(\*|{_TAG}(, *{_TAG})*)$"},
    OpenApiParameter.HEADER,
    description="Do it only if this is the entity tag; without it, in any case.",
)
_ETAG = OpenApiParameter(
    "ETag",
    str,
    OpenApiParameter.HEADER,
    response=[200, 201],
    description="The entity tag of what is shown, for If-Match.",
)


class DescribedOperations:
    """Mixed into the ``AutoSchema`` of a view: says of its operations what drf-spectacular cannot find out."""

    view: Any
    method: str
    path: str
    registry: Any

    def get_operation_id(self) -> str:
        """Return the name of the operation: the schema of a record has another one than that of a scope."""
        found: str = super().get_operation_id()  # type: ignore[misc]  # of the AutoSchema
        is_of_record = endpoint_of(self) is not None and self.view.action.startswith("record_")
        return found.replace("_schema_", "_record_schema_", 1) if is_of_record else found

    def get_description(self) -> str:
        """Return what the project says of the operation: what our classes say of themselves is for its programmers."""
        found: str = super().get_description()  # type: ignore[misc]
        every = [each for each in type(self.view).__mro__ if each.__module__.startswith(_PACKAGE) and each.__doc__]
        return "" if found in [cleandoc(str(each.__doc__)) for each in every] else found

    def get_override_parameters(self) -> list[Any]:
        """Return the parameters that are told: headers, those of the adapter's endpoints, and what the project says.

        The last of a name counts, which is the project's.
        """
        given = super().get_override_parameters()  # type: ignore[misc]
        return [*self._parameters(), *given]

    def get_filter_backends(self) -> list[Any]:
        """Return the filters of lists, and of facets those that are no ordering."""
        endpoint = endpoint_of(self)
        if endpoint is not None and endpoint.is_filtered:
            return [each for each in self.view.filter_backends if not issubclass(each, OrderingFilter)]
        found: list[Any] = super().get_filter_backends()  # type: ignore[misc]
        return found

    def get_request_serializer(self) -> Any:
        """Return what is sent."""
        endpoint = endpoint_of(self)
        if endpoint is not None:
            media_types = self.map_parsers()  # type: ignore[attr-defined]
            return None if endpoint.request is None else dict.fromkeys(media_types, endpoint.request)
        return super().get_request_serializer()  # type: ignore[misc]

    def get_response_serializers(self) -> Any:
        """Return what is answered."""
        endpoint = endpoint_of(self)
        if endpoint is not None:
            return endpoint.responses
        return super().get_response_serializers()  # type: ignore[misc]

    def _parameters(self) -> Iterator[OpenApiParameter]:
        endpoint = endpoint_of(self)
        if endpoint is not None:
            yield from endpoint.parameters
        elif self.method == "GET":
            yield from sparse_parameters(self.view)
        if self._is_tagged:
            yield _ETAG
        if self._is_conditional:
            yield _IF_MATCH

    @property
    def _is_tagged(self) -> bool:
        endpoint = endpoint_of(self)
        if endpoint is not None:
            return endpoint.is_tagged
        is_one = not self._is_list_view() and self.method != "DELETE"  # type: ignore[attr-defined]
        return is_one and isinstance(self.view, ConditionalUpdateMixin)

    @property
    def _is_conditional(self) -> bool:
        endpoint = endpoint_of(self)
        if endpoint is not None:
            return endpoint.is_conditional
        return self.method in _CONDITIONAL and isinstance(self.view, ConditionalUpdateMixin)

    def _get_request_for_media_type(self, serializer: Any, direction: str = "request") -> tuple[Any, bool]:
        """Return the schema of a body, and whether there must be one: without any nothing is created or replaced."""
        schema, is_required = super()._get_request_for_media_type(serializer, direction)  # type: ignore[misc]
        return schema, is_required or (schema is not None and self.method in _WRITING[:2])

    def _get_response_bodies(self, direction: str = "response") -> dict[str, Any]:
        """Return the responses, with those that are errors."""
        found: dict[str, Any] = super()._get_response_bodies(direction)  # type: ignore[misc]
        for code in sorted({*self._codes()}):
            found.setdefault(str(code), self._error(code))
        return found

    def _codes(self) -> Iterator[int]:
        endpoint = endpoint_of(self)
        yield from () if endpoint is None else endpoint.errors
        if self.method in _WRITING:
            yield 415
        if self.method != "DELETE" or self._is_conditional:
            yield 400
        if "{" in self.path or self._get_paginator() is not None:  # type: ignore[attr-defined]
            yield 404
        if self._is_conditional:
            yield 412
        if any(not isinstance(each, AllowAny) for each in self.view.get_permissions()):
            yield from (401, 403)

    def _error(self, code: int) -> dict[str, Any]:
        if api_settings.EXCEPTION_HANDLER is not exception_handler:  # whose errors look as the project likes
            return {"description": _ERRORS[code]}
        media_types = self.map_renderers("media_type")  # type: ignore[attr-defined]
        content = {media_type: {"schema": self._errors_in(media_type)} for media_type in media_types}
        return {"description": _ERRORS[code], "content": content}

    def _errors_in(self, media_type: str) -> _Schema:
        endpoint = endpoint_of(self)
        if endpoint is not None and endpoint.is_of_schema:
            return ref(self.registry, "AttributeSchemaErrors")
        renderer = next(each for each in self.view.get_renderers() if each.media_type.split(";")[0] == media_type)
        name = "AttributeErrorsWithParams" if isinstance(renderer, ProblemJSONRenderer) else "AttributeErrors"
        return ref(self.registry, name)
