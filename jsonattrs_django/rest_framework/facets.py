"""Counts of records by the values of attributes: ``GET parties/facets/?facets=attrs.education&attrs.active=true``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import BigIntegerField, Count, Func, IntegerField, Q, Window
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework.decorators import action
from rest_framework.filters import OrderingFilter
from rest_framework.response import Response

from jsonattrs_django.offered import comparison, lookups_of
from jsonattrs_django.references.targets import key_field, target_model
from jsonattrs_django.registry import registry
from jsonattrs_django.rest_framework.exposed import exposed
from jsonattrs_django.rest_framework.filters.reading import demand_answerable
from jsonattrs_django.rest_framework.parsers import StrictParsing
from jsonattrs_django.rest_framework.refusals import Refusals, refused, unknown_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from jsonattrs_django.rest_framework.exposed import Exposed, Exposure

__all__ = ["FacetsMixin", "countable", "facet_of"]

#: Attributes that one request may count, each with a query of its own.
_MOST_FACETS = 10


class FacetsMixin(StrictParsing):
    """Gives a viewset the action ``facets``: how many records have each value of an attribute.

    The records are those that the list has under the same parameters. Attributes are named as in filters, with commas
    between several. At most ``facet_limit`` values of an attribute are listed, and the records that have others are
    counted together.
    """

    facet_limit = 100
    facets_param = "facets"

    filter_backends: Any
    get_queryset: Any

    @action(detail=False, methods=["get"], url_path="facets", url_name="facets", pagination_class=None)
    def facets(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Count the records by the values of attributes."""
        queryset = self.get_queryset()
        refusals = Refusals()
        exposures = self._facets_asked(request, queryset, refusals)
        refusals.raise_any()
        for backend in self.filter_backends:
            if not issubclass(backend, OrderingFilter):
                queryset = backend().filter_queryset(request, queryset, self)
        records = plain_records(queryset)
        return Response({name: facet_of(records, each, self.facet_limit) for name, each in exposures.items()})

    def _facets_asked(self, request: Any, queryset: QuerySet[Any], refusals: Refusals) -> dict[str, Exposure]:
        given = ",".join(request.query_params.getlist(self.facets_param)).split(",")
        names = list(dict.fromkeys(name for each in given if (name := each.strip())))
        if not names:
            refusals.add(self.facets_param, refused("required", _("Say which attributes to count the values of.")))
        if len(names) > _MOST_FACETS:
            message = _("Count the values of at most %(limit)s attributes.")
            refusals.add(self.facets_param, refused("max_items", message, limit=_MOST_FACETS))
            return {}
        fields, found = exposed(self, queryset.model), {}
        for name in names:
            try:
                found[name] = _counted(fields, name, self.facet_limit)
            except ValidationError as error:
                refusals.add(self.facets_param, error)
        return found


def plain_records(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Return the records of a query set in one that can be grouped: each once, in no order, with nothing annotated."""
    query = queryset.query
    if query.distinct or query.is_sliced or query.combinator or query.annotations:
        return queryset.model._base_manager.using(queryset.db).filter(pk__in=queryset.order_by().values("pk"))
    return queryset.order_by()


def _counted(fields: Iterable[Exposed], name: str, limit: int) -> Exposure:
    """Return the attribute of a name. Raises Django's ValidationError for one whose values cannot be counted."""
    known: list[str] = []
    for each in fields:
        found = each.find(name.removeprefix(each.prefix)) if name.startswith(each.prefix) else None
        if found is not None:
            demand_answerable(found, name)
            _demand_countable(found, name, limit)
            return found
        known += each.labelled
    raise unknown_name(_("There is no attribute named %(name)s."), name, known)


def countable(fields: Iterable[Exposed], limit: int) -> list[str]:
    """Return the names of the attributes whose values can be counted, as a request names them."""
    return [name for each in fields for name in each.labelled if _is_countable(each, name, limit)]


def _is_countable(field: Exposed, name: str, limit: int) -> bool:
    try:
        return bool(_counted([field], name, limit))
    except ValidationError:
        return False


def _demand_countable(exposure: Exposure, name: str, limit: int) -> None:
    reader = exposure.reader
    if not {"exact", "contains"} & {*lookups_of(reader)}:
        raise refused("invalid", _("The values of %(name)s are objects, which are not counted."), name=name)
    if not reader.multiple or 0 < len(_choices(exposure)) <= limit:
        return
    message = _("%(name)s has several values, which are counted only where there are choices, and at most %(limit)s.")
    raise refused("invalid", message, name=name, limit=limit)


# ---- choices ----


class _Choice(NamedTuple):
    value: Any  #: typed
    label: str
    retired: bool


def _choices(exposure: Exposure) -> list[_Choice]:
    """Return the values that records may have in any scope, none where these are not listed in all scopes."""
    if exposure.reader.type == "boolean" and not exposure.reader.has_choices:
        return [_Choice(True, _("Yes"), False), _Choice(False, _("No"), False)]
    if not all(reader.has_choices for reader, _language in exposure.defined):
        return []
    found: dict[Any, _Choice] = {}
    for reader, default_language in exposure.defined:
        for listed in reader.listed(default_language):
            known = found.get(listed.value)
            label = listed.label or reader.text(listed.value, get_language())
            if known is None or (known.retired and not listed.retired):
                found[listed.value] = _Choice(listed.value, label, listed.retired)
    return list(found.values())


# ---- counting ----


def facet_of(records: QuerySet[Any], exposure: Exposure, limit: int) -> dict[str, Any]:
    """Return how many records have each value of an attribute, with one query.

    ``values`` are the values as they are sent, with labels in the active language, those first that the schema lists;
    of retired choices those that records have. Where records have none, null counts them at the end. ``others`` counts
    the records whose values are not listed.
    """
    choices = _choices(exposure)
    count = _by_choice if 0 < len(choices) <= limit else _by_value
    values, missing, others = count(records, exposure, choices, limit)
    if missing:
        values.append({"value": None, "label": _("Empty"), "count": missing})
    return {"label": exposure.label, "type": exposure.reader.type, "values": values, "others": others}


def _by_choice(
    records: QuerySet[Any], exposure: Exposure, choices: list[_Choice], limit: int
) -> tuple[list[dict[str, Any]], int, int]:
    """Count the records of each choice; a record with several is counted with each."""
    attribute, is_list = exposure.attr(), exposure.reader.multiple
    every = [choice.value for choice in choices]
    wanted = {
        f"choice_{place}": comparison(attribute, "contains", [value])
        if is_list
        else comparison(attribute, "exact", value)
        for place, value in enumerate(every)
    }
    wanted["missing"] = comparison(attribute, "isnull", True)
    wanted["listed"] = comparison(attribute, "contained_by" if is_list else "in", every)
    counted = {name: Count("pk", filter=Q(condition)) for name, condition in wanted.items()}
    found = records.aggregate(total=Count("pk"), **counted)
    pairs = [(choice, found[f"choice_{place}"]) for place, choice in enumerate(choices)]
    values = [_entry(exposure, choice, count) for choice, count in pairs if count or not choice.retired]
    return values, found["missing"], found["total"] - found["missing"] - found["listed"]


class _SumOfGroups(Func):
    """The sum of a count over all groups, in each row: Django's own ``Sum`` takes no counts."""

    function = "SUM"
    window_compatible = True
    output_field = BigIntegerField()


def _by_value(
    records: QuerySet[Any], exposure: Exposure, choices: list[_Choice], limit: int
) -> tuple[list[dict[str, Any]], int, int]:
    """Count the records of each value, and list the most frequent ones."""
    attribute = exposure.attr()
    missing = Count("pk", filter=Q(comparison(attribute, "isnull", True)))
    groups = (
        records.values(facet_value=attribute)
        .annotate(facet_count=Count("pk"), facet_missing=missing)
        .annotate(facet_total=Window(_SumOfGroups("facet_count")), facet_none=Window(_SumOfGroups("facet_missing")))
        .order_by("-facet_count", "facet_value")
    )
    rows = list(groups[: limit + 1])
    listed = [row for row in rows if row["facet_value"] is not None][:limit]
    known = {choice.value: choice for choice in choices}
    values = [
        _entry(exposure, known.get(row["facet_value"]) or _free(exposure, row["facet_value"]), row["facet_count"])
        for row in listed
    ]
    none, total = (rows[0]["facet_none"], rows[0]["facet_total"]) if rows else (0, 0)
    return values, int(none), int(total - none) - sum(row["facet_count"] for row in listed)


def _free(exposure: Exposure, value: Any) -> _Choice:
    label = str(value) if exposure.reader.type == "reference" else exposure.reader.text(value, get_language())
    return _Choice(value, label, False)


def _key(exposure: Exposure, value: Any) -> Any:
    """Return the key of a reference as records have it: the database gives the text of each."""
    keys = [key_field(target_model(reader.attribute)) for reader, _language in exposure.defined]
    is_number = all(isinstance(key, IntegerField) for key in keys) and str(value).removeprefix("-").isdecimal()
    return int(value) if is_number else value


def _entry(exposure: Exposure, choice: _Choice, count: int) -> dict[str, Any]:
    kind = exposure.reader.type
    value = _key(exposure, choice.value) if kind == "reference" else registry().base_types[kind].dump(choice.value)
    entry = {"value": value, "label": choice.label, "count": count}
    return {**entry, "retired": True} if choice.retired else entry
