"""What all of the API has in common: who asks, in which form, in which language, and how much at once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import IsAuthenticated
from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.exceptions import InvalidToken

from jsonattrs_django.rest_framework import ProblemJSONRenderer, StrictJSONParser
from jsonattrs_django.rest_framework.errors import ProblemDetail
from personas.access import author_of
from personas.api.versions import headers_of_version

if TYPE_CHECKING:
    from personas.models import Author

__all__ = ["AuthorMixin", "FrameMixin", "Pages", "TooLarge", "described", "keep_secret"]

LANGUAGE = "en"


class TooLarge(APIException):
    """A body is longer than the server reads."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"

    def __init__(self, limit: int) -> None:
        super().__init__(f"The body is too long: at most {limit} bytes are read.")


class FrameMixin:
    """JSON in and out, strictly read, errors with codes and parameters, in English; nothing is kept by caches.

    The project speaks other languages for its other example, and whoever writes a program reads this one's in English.
    """

    parser_classes = (StrictJSONParser,)
    renderer_classes = (ProblemJSONRenderer,)

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Do what every view does first, in English. Raises TooLarge."""
        translation.activate(LANGUAGE)
        _demand_short(request)
        super().initial(request, *args, **kwargs)  # type: ignore[misc]  # of a view

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Say of an answer whose it is, and what becomes of this version."""
        response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]
        if "Cache-Control" not in response.headers:
            patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ["Authorization"])
        for name, value in headers_of_version().items():
            response.headers[name] = value
        return response

    def handle_exception(self, exc: Exception) -> Any:
        """Answer an error, always in JSON.

        Those of simplejwt say in three ways what is wrong with a token, of which one is kept.
        """
        if isinstance(exc, TooManyFieldsSent):
            exc = ParseError(
                f"There are too many parameters: at most {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS} are read."
            )
        if isinstance(exc, InvalidToken) and isinstance(exc.detail, dict):
            exc.detail = exc.detail["detail"]
        return super().handle_exception(exc)  # type: ignore[misc]


class AuthorMixin(FrameMixin):
    """For authors, who show the token that they got by logging in; everybody else is 401."""

    authentication_classes = (JWTAuthentication,)
    permission_classes = (IsAuthenticated,)

    request: Any

    @cached_property
    def author(self) -> Author:
        """Who asks."""
        return author_of(self.request.user)

    @property
    def is_known(self) -> bool:
        """Tell whether it is known who asks: of somebody who reads the OpenAPI document it may not be."""
        user = getattr(self.request, "user", None)
        return user is not None and user.is_authenticated

    def get_serializer_context(self) -> dict[str, Any]:
        """Return what serializers are told, whose a new record is among it."""
        context: dict[str, Any] = super().get_serializer_context()  # type: ignore[misc]
        return {**context, "author": self.author} if self.is_known else context


class Pages(PageNumberPagination):
    """Lists come in pages: ``?page=2&page_size=100``."""

    page_size = 25
    page_size_query_param = "page_size"
    max_page_size = 200
    page_size_query_description = f"Number of results in a page: 1 to {max_page_size}, {page_size} if left out."

    def get_page_size(self, request: Any) -> int:
        """Return how many there are in a page. Raises ValidationError, a 400, for none and for too many."""
        asked = request.query_params.get(self.page_size_query_param)
        if asked is None:
            return self.page_size
        if not (asked.isascii() and asked.isdecimal() and 1 <= int(asked[:9]) <= self.max_page_size):
            limits = {"min": 1, "max": self.max_page_size}
            message = f"A page has 1 to {self.max_page_size} results."
            raise ValidationError({self.page_size_query_param: [ProblemDetail(message, "range", limits)]})
        return int(asked)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Return the parameters as the OpenAPI document has them, with how many there may be in a page."""
        found: list[dict[str, Any]] = super().get_schema_operation_parameters(view)
        for each in found:
            if each["name"] == self.page_size_query_param:
                each["schema"] |= {"minimum": 1, "maximum": self.max_page_size, "default": self.page_size}
        return found


def _demand_short(request: Any) -> None:
    """Raise TooLarge for a body that is longer than forms may be; REST framework reads any."""
    limit, length = settings.DATA_UPLOAD_MAX_MEMORY_SIZE, request.META.get("CONTENT_LENGTH") or "0"
    if limit is not None and length.isdecimal() and int(length) > limit:
        raise TooLarge(limit)


#: For views that are sent passwords: an error report leaves them out.
keep_secret = method_decorator(sensitive_post_parameters(), name="dispatch")


def described(**texts: str) -> Any:
    """Return a decorator that says in the OpenAPI document what the operations of a viewset do."""
    return extend_schema_view(**{name: extend_schema(description=text) for name, text in texts.items()})
