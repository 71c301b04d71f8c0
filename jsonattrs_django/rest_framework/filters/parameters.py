"""Which parameters of a request are about attributes; those of others are left alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rest_framework.settings import api_settings

from jsonattrs_django.offered import USUAL_PARAMETERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jsonattrs_django.rest_framework.exposed import Exposed

__all__ = ["own_parameters"]

#: How other libraries write what is here a dot: a parameter that nobody reads would show every record.
_OTHER_MARK = re.compile(r"__|\[|:|$").match

#: Parameters of this package's other parts.
_OF_OURS = ("fields", "facets")


def own_parameters(view: Any, backend: type, exposed: Exposed, parameters: Iterable[str]) -> Iterator[str]:
    """Yield the parameters that are about the attributes of a field.

    They begin with its prefix; or with its name, as filter sets write it, unless the view has one. Without a prefix
    they are all that nobody else reads: the other backends and the paginator, as their OpenAPI descriptions say,
    ``other_parameters`` of the view, and the usual ones.
    """
    if exposed.prefix:
        is_meant_so = not hasattr(view, "filterset_class") and not hasattr(view, "filterset_fields")
        for name in parameters:
            if name.startswith(exposed.prefix) or (is_meant_so and _is_other_form(name, exposed.called)):
                yield name
        return
    others = _read_by_others(view, backend)
    yield from (name for name in parameters if name not in others)


def _is_other_form(name: str, field: str) -> bool:
    return name.startswith(field) and _OTHER_MARK(name, len(field)) is not None


def _read_by_others(view: Any, backend: type) -> set[str]:
    others = [other() for other in getattr(view, "filter_backends", ()) if other is not backend]
    told = [
        parameter["name"]
        for other in [*others, getattr(view, "paginator", None)]
        if hasattr(other, "get_schema_operation_parameters")
        for parameter in other.get_schema_operation_parameters(view)
    ]
    named = (api_settings.URL_FORMAT_OVERRIDE, api_settings.VERSION_PARAM, *getattr(view, "other_parameters", ()))
    return {*USUAL_PARAMETERS, *_OF_OURS, *told, *map(str, named)}
