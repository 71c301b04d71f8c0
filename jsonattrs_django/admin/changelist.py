"""The change list of records that have attributes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import EmptyResultSet
from django.db.models.constants import LOOKUP_SEP

from jsonattrs_django.admin.columns import Column
from jsonattrs_django.admin.known import known
from jsonattrs_django.admin.list_filters import AttributeListFilter
from jsonattrs_django.admin.names import attribute_fields, named, named_in_path
from jsonattrs_django.admin.ordering import ordered_by
from jsonattrs_django.admin.records import introduce, with_scopes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import Model, QuerySet

__all__ = ["AttributeChangeList"]

#: Look-ups that an address may ask for. A pattern could be one that the database refuses, or takes for ever to match.
_ASKABLE = {
    *("", "exact", "iexact", "in", "isnull", "gt", "gte", "lt", "lte"),
    *("contains", "icontains", "startswith", "istartswith", "endswith", "iendswith"),
    *("date", "year", "month", "day", "year__gte", "year__lte", "date__gte", "date__lte"),
}


class AttributeChangeList(ChangeList):
    """A change list whose columns, filters and order may be attributes.

    What is not known, or not for this user to see, is left out; whatever else is wrong with an address is refused as
    Django refuses it.
    """

    def __init__(
        self,
        request: Any,
        model: type[Model],
        list_display: Iterable[Any],
        list_display_links: Any,
        list_filter: Iterable[Any],
        date_hierarchy: Any,
        search_fields: Any,
        list_select_related: Any,
        list_per_page: int,
        list_max_show_all: int,
        list_editable: Any,
        model_admin: Any,
        sortable_by: Any,
        search_help_text: Any,
    ) -> None:
        self._user = request.user
        columns = self._columns(model, list_display)
        unordered = {column for column in columns if isinstance(column, Column) and column.admin_order_field is None}
        super().__init__(
            request,
            model,
            columns,
            list_display_links,
            [_filter_of(model, each) for each in list_filter],
            date_hierarchy,
            search_fields,
            list_select_related,
            list_per_page,
            list_max_show_all,
            list_editable,
            model_admin,
            [each for each in (columns if sortable_by is None else sortable_by) if each not in unordered],
            search_help_text,
        )

    def _columns(self, model: type[Model], names: Iterable[Any]) -> list[Any]:
        """Return the columns, with those that show attributes in the place of their names."""
        found = [(name, named(model, name)) for name in names]
        columns = [name if each is None else Column(each, self._user) for name, each in found]
        return [column for column in columns if not isinstance(column, Column) or column.may_be_seen]

    # ---- the order ----

    def _get_default_ordering(self) -> list[Any]:
        return ordered_by(self.model, self._user, super()._get_default_ordering())

    # ---- what is asked for ----

    def get_filters(self, request: Any) -> Any:
        """Return what Django does. Raises IncorrectLookupParameters for attributes that cannot be asked for."""
        found = super().get_filters(request)
        for path in found[2]:
            self._demand_askable(path)
        return found

    def _demand_askable(self, path: str) -> None:
        """Refuse to say anything of what this user may not see, or of what is nobody's to ask."""
        if path.partition(LOOKUP_SEP)[0] not in attribute_fields(self.model):
            return
        found = named_in_path(self.model, path)
        about = None if found is None else known(found[0], is_code=False)
        if found is None or about is None or found[1] not in _ASKABLE or not about.may_be_seen(self._user):
            raise IncorrectLookupParameters(f"{path} cannot be asked for")

    def get_queryset(self, request: Any, exclude_parameters: Any = None) -> QuerySet[Any]:
        """Return the records that were asked for. Raises IncorrectLookupParameters for values that make no sense."""
        queryset = super().get_queryset(request, exclude_parameters)
        if any(named_in_path(self.model, path) for path in self.filter_params):
            _demand_sense(queryset)
        return with_scopes(queryset)

    def get_results(self, request: Any) -> None:
        """Fetch the records of the page, and make them known to each other: they look things up together."""
        super().get_results(request)
        introduce(self.model, list(self.result_list))


def _filter_of(model: type[Model], entry: Any) -> Any:
    """Return an entry of ``list_filter``, or what makes the filter of the attribute that it names."""
    name, kind = entry if isinstance(entry, tuple | list) else (entry, AttributeListFilter)
    found = named(model, name)
    if found is None:
        return entry
    make: Callable[..., AttributeListFilter] = partial(kind, found)
    return make


def _demand_sense(queryset: QuerySet[Any]) -> None:
    """Refuse a question that is found to make no sense when it is written for the database."""
    try:
        queryset.query.get_compiler(using=queryset.db).as_sql()
    except EmptyResultSet:
        return
    except Exception as error:
        raise IncorrectLookupParameters(error) from error
