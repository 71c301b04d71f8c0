"""The ordering filter: ``?ordering=-attrs.score,name``."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError, ValidationError
from django.db.models import F, OrderBy
from django.db.models.constants import LOOKUP_SEP
from django.utils.translation import gettext as _
from rest_framework.filters import OrderingFilter
from rest_framework.pagination import CursorPagination

from jsonattrs_django.models.manager import attribute_fields
from jsonattrs_django.offered import is_ordered, nulls_last
from jsonattrs_django.queries.transforms import Attr
from jsonattrs_django.rest_framework.exposed import exposed
from jsonattrs_django.rest_framework.filters.openapi import ordering_parameter
from jsonattrs_django.rest_framework.filters.reading import demand_answerable
from jsonattrs_django.rest_framework.refusals import Refusals, refused, unknown_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from jsonattrs_django.rest_framework.exposed import Exposed, Exposure

__all__ = ["AttributeOrderingFilter"]

#: Names that one request may order by.
_MOST = 20


class AttributeOrderingFilter(OrderingFilter):
    """Orders a list by attributes and by whatever else an ``OrderingFilter`` orders by; by the primary key at the end.

    Attributes are named as in filters. ``ordering_fields`` of the view says what may be ordered by: where it is a list,
    ``"attrs"`` in it means every attribute, and ``"attrs.score"`` one. Raises ValidationError, a 400, for a name that
    there is not; Django REST framework's own filter would leave it out in silence. Where ``ordering_nulls_last`` of the
    view is true, records without a value are at the end, whichever way it goes.
    """

    def filter_queryset(self, request: Any, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        """Return the records in the order that was asked for, else in that of the view, else in their own."""
        ordering = self.get_ordering(request, queryset, view)
        if ordering:
            if getattr(view, "ordering_nulls_last", False):
                ordering = [nulls_last(queryset.model, each) for each in ordering]
            return queryset.order_by(*ordering)
        return queryset if queryset.ordered else queryset.order_by("pk")

    def get_ordering(self, request: Any, queryset: QuerySet[Any], view: Any) -> Any:
        """Return what to order by: names of columns, and expressions."""
        asked = self._asked(request)
        if not asked:
            return self._default(queryset, view)
        names = _Names(self, request, queryset, view)
        refusals, found = Refusals(), []
        for term in asked:
            try:
                found.append(names.order_of(term))
            except ValidationError as error:
                refusals.add(self.ordering_param, error)
        refusals.raise_any()
        return with_key(queryset, found)

    def _asked(self, request: Any) -> list[str]:
        given = ",".join(request.query_params.getlist(self.ordering_param))
        terms = list(dict.fromkeys(term for each in given.split(",") if (term := each.strip())))
        if len(terms) > _MOST:
            refusals = Refusals()
            message = _("Order by at most %(limit)s names.")
            refusals.add(self.ordering_param, refused("max_items", message, limit=_MOST))
            refusals.raise_any()
        return terms

    def _default(self, queryset: QuerySet[Any], view: Any) -> Any:
        """Return the view's own order, without the attributes that say nothing to this user."""
        default = self.get_default_ordering(view)
        if not default:
            return None
        every = exposed(view, queryset.model) if any(isinstance(each, str) for each in default) else []
        fields = {name: each for each in every for name in (each.called, each.field.name)}
        kept = [order for each in default if (order := _default_order(fields, each)) is not None]
        return with_key(queryset, kept)

    def get_valid_fields(self, queryset: QuerySet[Any], view: Any, context: Any = None) -> list[tuple[str, Any]]:
        """Return the names that a list may be ordered by, each with what it is called; attributes at the end."""
        own, listed = attribute_fields(queryset.model), self.listed(view)
        columns = super().get_valid_fields(queryset, view, context or {})
        found = [(name, label) for name, label in columns if not _is_of(name, own) and _is_column(queryset, name)]
        for each in exposed(view, queryset.model):
            found += [(f"{each.prefix}{one.name}", one.label) for one in _orderable(each, listed)]
        return found

    def listed(self, view: Any) -> Any:
        """Return the names that the view lists, None or ``"__all__"``."""
        return getattr(view, "ordering_fields", self.ordering_fields)

    def get_template_context(self, request: Any, queryset: QuerySet[Any], view: Any) -> dict[str, Any]:
        """Return what the browsable API shows, with the name that the list is ordered by first."""
        found: dict[str, Any] = super().get_template_context(request, queryset, view)
        return {**found, "current": next(iter(self._asked(request)), found["current"])}

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Return the OpenAPI parameter of a view."""
        return [ordering_parameter(self, view)]


class _Names:
    """What the names mean that a list may be ordered by."""

    def __init__(self, backend: AttributeOrderingFilter, request: Any, queryset: QuerySet[Any], view: Any) -> None:
        self._backend = backend
        self._asked = request, queryset, view
        self._listed = backend.listed(view)
        self._exposed = exposed(view, queryset.model)
        self._by_cursor = isinstance(getattr(view, "paginator", None), CursorPagination)

    @cached_property
    def _valid(self) -> dict[str, Any]:
        """The names and what they are called; making a serializer for them takes its time."""
        request, queryset, view = self._asked
        return dict(self._backend.get_valid_fields(queryset, view, {"request": request}))

    def order_of(self, term: str) -> Any:
        """Return what to order by for one name. Raises Django's ValidationError."""
        name = term.removeprefix("-")
        for each in self._exposed:
            exposure = each.find(name.removeprefix(each.prefix)) if name.startswith(each.prefix) else None
            if exposure is not None and self._is_ordered_by(each, exposure):
                return _order(exposure, is_descending=term.startswith("-"))
        if name not in self._valid:
            raise unknown_name(_("The list cannot be ordered by %(name)s."), name, self._valid)
        return term

    def _is_ordered_by(self, exposed: Exposed, exposure: Exposure) -> bool:
        demand_answerable(exposure, f"{exposed.prefix}{exposure.name}")
        if not _is_orderable(exposed, exposure, self._listed):
            return False
        if self._by_cursor:
            raise refused("unknown", _("This list, which is paged by cursor, is not ordered by attributes."))
        return True


def _order(exposure: Exposure, is_descending: bool) -> OrderBy:
    attribute = exposure.attr()
    return attribute.desc() if is_descending else attribute.asc()


def _orderable(exposed: Exposed, listed: Any) -> Iterator[Exposure]:
    for name in exposed.names:
        found = exposed.find(name)
        if found is not None and _is_orderable(exposed, found, listed):
            yield found


def _is_orderable(exposed: Exposed, exposure: Exposure, listed: Any) -> bool:
    """Tell whether a list may be ordered by an attribute, as far as ``ordering_fields`` lets it."""
    if not is_ordered(exposure.reader):
        return False
    if listed is None or listed == "__all__":
        return True
    return not {exposed.called, f"{exposed.prefix}{exposure.name}"}.isdisjoint(map(_name_in, listed))


def _name_in(item: Any) -> str:
    return str(item if isinstance(item, str) else item[0])


def _is_of(name: str, fields: Any) -> bool:
    """Tell whether a column is an attribute field, or a part of one."""
    return name.replace(".", LOOKUP_SEP).partition(LOOKUP_SEP)[0] in fields


def _is_column(queryset: QuerySet[Any], name: str) -> bool:
    """Tell whether a name of a serializer, or of a view, leads to a column."""
    try:
        queryset.query.names_to_path(name.split(LOOKUP_SEP), queryset.model._meta, fail_on_missing=True)
    except FieldError:
        return False
    return True


# ---- the order of the view ----


def _default_order(fields: dict[str, Exposed], given: Any) -> Any:
    """Return what to order by; None for an attribute that says nothing to this user."""
    name = given.removeprefix("-").replace(".", LOOKUP_SEP) if isinstance(given, str) else ""
    field, _mark, rest = name.partition(LOOKUP_SEP)
    if field not in fields:
        return given
    exposure = fields[field].find(rest)
    if exposure is None or exposure.is_ambiguous:
        return None
    return _order(exposure, is_descending=given.startswith("-"))


def with_key(queryset: QuerySet[Any], ordering: list[Any]) -> list[Any]:
    """Return an order with the primary key at its end, so that no two records may change places between pages."""
    key = queryset.model._meta.pk.name
    names = {_column(each) for each in ordering}
    return ordering if not ordering or names & {"pk", key} else [*ordering, "pk"]


def _column(order: Any) -> str:
    expression = order.expression if isinstance(order, OrderBy) else order
    if isinstance(expression, F):
        return "" if isinstance(expression, Attr) else expression.name
    return str(expression).removeprefix("-")
