"""Lists of parties and of spatial units: filtered, ordered and with columns, all by attributes of the place shown."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.permissions import permitted
from landregistry.access import rights_of, viewer
from landregistry.display import Entry, Presenter
from landregistry.filters import record_filters
from landregistry.models import Organization, Party, SpatialUnit
from landregistry.places import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, QueryDict

    from jsonattrs_core import ComposedSchema

__all__ = ["PartyList", "SpatialUnitList"]

#: Columns that a list has unless others are asked for.
MOST_COLUMNS = 5


class Column(NamedTuple):
    """An attribute that each row shows."""

    name: str
    label: str
    ascending: str  #: what to order by; empty where that makes no sense
    state: str  #: how the list is ordered by it now: "ascending", "descending" or nothing

    @property
    def next_ordering(self) -> str:
        """What to order by when its head is pressed."""
        return f"-{self.ascending}" if self.state == "ascending" else self.ascending


class Row(NamedTuple):
    """A record, and what its columns show; None where it has no such attribute."""

    record: Model
    cells: list[tuple[Column, Entry | None]]


class RecordList(ListView):
    """A list of records of one model."""

    template_name = "landregistry/record_list.html"
    paginate_by = 25
    title: ClassVar[Any]
    kind: ClassVar[str]  #: how its addresses are named
    #: Names of the attributes that are shown first, as far as the records have them.
    usual_columns: ClassVar[tuple[str, ...]]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the list; a form that was sent with blanks gives an address without them."""
        asked = without_blanks(request.GET)
        if asked != request.GET:
            return HttpResponseRedirect(f"{request.path}?{asked.urlencode()}" if asked else request.path)
        return super().get(request, *args, **kwargs)

    # ---- what is asked for ----

    @cached_property
    def place(self) -> Place:
        """Where the records are."""
        return Place.read(self.request.GET.get("in", ""))

    @cached_property
    def type(self) -> str:
        """The type of the records, empty for all."""
        asked = self.request.GET.get("type", "")
        return asked if asked in self.model.Type.values else ""

    @cached_property
    def schema(self) -> ComposedSchema:
        """What all records of the place have in common."""
        return SchemaRecord.objects.for_selectors(self.model, self.place.selectors(self.type))

    @cached_property
    def labels(self) -> dict[str, str]:
        """The names and labels of the attributes that the reader may see."""
        organization = self.place.organization and self.place.organization.pk
        field = self.model._meta.get_field("attrs")
        names = permitted(viewer(self.request.user, organization), "view", field, self.schema)
        return {name: each.label for name, each in self.presenter.display(self.schema).items() if name in names}

    @cached_property
    def presenter(self) -> Presenter:
        """What writes the attributes."""
        return Presenter()

    @cached_property
    def filters(self) -> Any:
        """The filters, with what was asked."""
        rows = self.place.restrict(self.model.objects.with_selectors())
        rows = rows.filter(type=self.type) if self.type else rows
        made = record_filters(self.model, self.presenter.display(self.schema), self.labels)
        selectors = self.place.selectors(self.type)
        return made(self.request.GET, rows.order_by("name"), selectors=selectors, labels=self.labels)

    def get_queryset(self) -> QuerySet[Any]:
        """Return the records that were asked for, in an order that leaves no doubt."""
        rows = self.filters.qs
        return rows.order_by(*rows.query.order_by, "pk")

    # ---- what is shown ----

    @cached_property
    def columns(self) -> list[Column]:
        """The columns that were asked for, else the usual ones."""
        asked = [name for name in self.request.GET.getlist("column") if name in self.labels]
        names = asked or [name for name in self.usual_columns if name in self.labels][:MOST_COLUMNS]
        return [self.column(f"attrs__{name}", name, self.labels[name]) for name in self.labels if name in names]

    def column(self, ordering: str, name: str, label: str) -> Column:
        """Return a column by what it is ordered by."""
        offered = dict(self.filters.form.fields["ordering"].choices)
        now = self.request.GET.get("ordering", "" if ordering != "name" else "name")
        state = {ordering: "ascending", f"-{ordering}": "descending"}.get(now, "")
        return Column(name, label, ordering if ordering in offered else "", state)

    def rows(self, records: Iterable[Any]) -> Iterator[Row]:
        """Yield what is shown of each record."""
        for record in records:
            yield Row(record, [(column, self.cell(record, column)) for column in self.columns])

    def cell(self, record: Any, column: Column) -> Entry | None:
        """Return what a column shows of a record; its label only where that says something else than the column's."""
        entry = self.presenter.entry(record, column.name)
        return entry if entry is None or entry.label != column.label else entry._replace(label="")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the template what it shows."""
        context = super().get_context_data(**kwargs)
        rights, form = rights_of(self.request.user), self.filters.form
        organization = self.place.organization
        may_add = rights.edits_any if organization is None else rights.edits_records_of(organization.pk)
        return {
            **context,
            "title": self.title,
            "kind": self.kind,
            "place": self.place,
            "type": self.type,
            "types": self.model.Type.choices,
            "organizations": Organization.objects.prefetch_related("projects").order_by("name"),
            "form": form,
            "number_asked": sum(1 for name in form.fields if name != "ordering" and form.data.get(name)),
            "labels": self.labels,
            "name_column": self.column("name", "name", ""),
            "columns": self.columns,
            "rows": list(self.rows(context["page_obj"])),
            "pages": context["paginator"].get_elided_page_range(context["page_obj"].number, on_each_side=1, on_ends=1),
            "add_address": self.add_address() if may_add else "",
        }

    def add_address(self) -> str:
        """Return the address of the form for a new record of the place."""
        project = self.place.project
        given = {"project": project.pk if project is not None else "", "type": self.type}
        query = "&".join(f"{name}={value}" for name, value in given.items() if value)
        return f"{reverse(f'{self.kind}_add')}{'?' if query else ''}{query}"


class PartyList(RecordList):
    """The parties."""

    model = Party
    title = _("Parties")
    kind = "party"
    usual_columns = ("registered_on", "village", "clan", "occupation", "members", "company_number", "contact_by")


class SpatialUnitList(RecordList):
    """The spatial units."""

    model = SpatialUnit
    title = _("Land and buildings")
    kind = "spatial_unit"
    usual_columns = ("tenure", "area", "land_use", "holders", "disputed", "storeys")


def without_blanks(data: QueryDict) -> QueryDict:
    """Return a query string without the parameters that say nothing."""
    kept = data.copy()
    for name in data:
        values = [value for value in data.getlist(name) if value != "" and (name, value) != ("ordering", "name")]
        kept.setlist(name, values) if values else kept.pop(name)
    return kept
