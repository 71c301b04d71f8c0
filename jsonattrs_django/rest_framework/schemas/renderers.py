"""How composed schemas are sent."""

from __future__ import annotations

from rest_framework.renderers import JSONRenderer

__all__ = ["JSONSchemaRenderer"]


class JSONSchemaRenderer(JSONRenderer):
    """JSON Schema, which a client asks for by ``Accept: application/schema+json`` or ``?format=json-schema``."""

    media_type = "application/schema+json"
    format = "json-schema"
