"""The OpenAPI document of this application alone, whatever else there is in its project."""

from __future__ import annotations

from typing import Any

from drf_spectacular.generators import EndpointEnumerator, SchemaGenerator

__all__ = ["Generator"]


class Endpoints(EndpointEnumerator):
    """The endpoints of this application."""

    def get_api_endpoints(self, *args: Any, **kwargs: Any) -> list[tuple[str, str, str, Any]]:
        """Return path, pattern, method and view of each."""
        found = super().get_api_endpoints(*args, **kwargs)
        return [each for each in found if each[3].cls.__module__.partition(".")[0] == "landregistry"]


class Generator(SchemaGenerator):
    """Makes the document."""

    endpoint_inspector_cls = Endpoints
