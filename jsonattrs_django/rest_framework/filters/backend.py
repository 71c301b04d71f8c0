"""The filter backend: ``?attrs.score__gte=3&attrs.education=masters``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework.filters import BaseFilterBackend

from jsonattrs_django.offered import MOST_VALUES
from jsonattrs_django.rest_framework.exposed import exposed
from jsonattrs_django.rest_framework.filters.openapi import filter_parameters
from jsonattrs_django.rest_framework.filters.parameters import own_parameters
from jsonattrs_django.rest_framework.filters.reading import condition
from jsonattrs_django.rest_framework.refusals import Refusals, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from jsonattrs_django.queries.lookups import AttributeLookup
    from jsonattrs_django.rest_framework.exposed import Exposed

__all__ = ["AttributeFilterBackend"]

#: Conditions of one request: databases bound how deep an expression is.
_MOST = 100


class AttributeFilterBackend(BaseFilterBackend):
    """Filters a list by attributes: the field's name, a dot, the attribute's name, and a look-up unless it is exact.

    Which attributes there are is said by the view's ``attribute_scopes`` or ``get_attribute_scopes(field)``, and by
    what the user may see. All conditions must be met. Raises ValidationError, a 400, for a name, a look-up or a value
    that there is not, under the parameter's own name.
    """

    def filter_queryset(self, request: Any, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        """Return the records that the parameters ask for."""
        refusals = Refusals()
        conditions: list[AttributeLookup] = []
        values = 0
        for each, parameter in self._asked(request, queryset, view):
            try:
                found, more = condition(each, parameter, request.query_params.getlist(parameter))
                values += more
                _demand_few(len(conditions), values)
                conditions.append(found)
            except ValidationError as error:
                refusals.add(parameter, error)
            if refusals.is_full:
                break
        refusals.raise_any()
        return queryset.filter(*conditions) if conditions else queryset

    def _asked(self, request: Any, queryset: QuerySet[Any], view: Any) -> Iterator[tuple[Exposed, str]]:
        if not request.query_params:  # nothing is asked, and so no schema is read
            return
        for each in exposed(view, queryset.model):
            for parameter in own_parameters(view, type(self), each, request.query_params):
                yield each, parameter

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Return the OpenAPI parameters of a view: those of every attribute that it exposes, typed."""
        return filter_parameters(view)


def _demand_few(conditions: int, values: int) -> None:
    if conditions >= _MOST:
        raise refused("max_items", _("Ask for at most %(limit)s attributes at once."), limit=_MOST)
    if values > MOST_VALUES:
        raise refused("max_items", _("Compare with at most %(limit)s values at once."), limit=MOST_VALUES)
