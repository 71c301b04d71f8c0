"""Errors with their codes and parameters, for clients that show messages of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework.exceptions import ErrorDetail
from rest_framework.renderers import JSONRenderer

from jsonattrs_django.rest_framework.errors import params_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ProblemJSONRenderer", "with_params"]


class ProblemJSONRenderer(JSONRenderer):
    """Renders JSON, of errors the message, the code and the parameters: ``{"message", "code", "params"}``.

    So ``{"attrs": {"score": ["The value must be 10 or less."]}}`` becomes ``{"attrs": {"score": [{"message": "The value
    must be 10 or less.", "code": "max", "params": {"limit": 10}}]}}``. All else is as REST framework renders it.
    """

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """Return the body of a response."""
        response = (renderer_context or {}).get("response")
        shown = with_params(data) if getattr(response, "exception", False) else data
        rendered: bytes = super().render(shown, accepted_media_type, renderer_context)
        return rendered


def with_params(errors: Any) -> Any:
    """Return errors in which each is an object of its message, code and parameters."""
    if isinstance(errors, dict):
        return {name: with_params(each) for name, each in errors.items()}
    if isinstance(errors, list | tuple):
        return [with_params(each) for each in errors]
    if isinstance(errors, ErrorDetail):
        return {"message": str(errors), "code": str(errors.code), "params": params_of(errors)}
    return errors
