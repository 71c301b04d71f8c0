"""How composed schemas are sent."""

from __future__ import annotations

from typing import Any

from rest_framework.renderers import JSONRenderer

from jsonattrs_django.rest_framework.renderers import ProblemJSONRenderer

__all__ = ["ErrorsOfView", "JSONSchemaRenderer", "ProblemJSONSchemaRenderer"]


class JSONSchemaRenderer(JSONRenderer):
    """JSON Schema, which a client asks for by ``Accept: application/schema+json`` or ``?format=json-schema``."""

    media_type = "application/schema+json"
    format = "json-schema"


class ProblemJSONSchemaRenderer(JSONSchemaRenderer, ProblemJSONRenderer):
    """The same, with the codes and the parameters of errors."""


_WITH_PARAMS: dict[Any, Any] = {
    JSONRenderer: ProblemJSONRenderer,
    JSONSchemaRenderer: ProblemJSONSchemaRenderer,
}


class ErrorsOfView:
    """Has errors look the same in the endpoints that a view gets as in its own."""

    renderer_classes: Any

    def get_renderers(self) -> list[Any]:
        """Return the renderers, with the codes and the parameters of errors where the view shows these elsewhere."""
        renderers: list[Any] = super().get_renderers()  # type: ignore[misc]  # of the view
        if not any(issubclass(each, ProblemJSONRenderer) for each in type(self).renderer_classes):
            return renderers
        return [_WITH_PARAMS.get(type(each), type(each))() for each in renderers]
