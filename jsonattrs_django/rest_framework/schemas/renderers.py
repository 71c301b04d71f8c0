"""How composed schemas are sent."""

from __future__ import annotations

from rest_framework.renderers import JSONRenderer

from jsonattrs_django.rest_framework.renderers import ProblemJSONRenderer

__all__ = ["JSONSchemaRenderer", "ProblemJSONSchemaRenderer"]


class JSONSchemaRenderer(JSONRenderer):
    """JSON Schema, which a client asks for by ``Accept: application/schema+json`` or ``?format=json-schema``."""

    media_type = "application/schema+json"
    format = "json-schema"


class ProblemJSONSchemaRenderer(JSONSchemaRenderer, ProblemJSONRenderer):
    """The same, with the codes and the parameters of errors."""
