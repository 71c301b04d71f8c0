"""The pages that show: home, organisations, projects, and one party or spatial unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.views.generic import DetailView, ListView

from jsonattrs_django.models import Attr
from landregistry.access import rights_of, viewer
from landregistry.display import Presenter, groups_of, problems_of
from landregistry.models import Organization, Party, Project, SpatialUnit

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["Home", "OrganizationPage", "PartyPage", "ProjectPage", "SpatialUnitPage"]

#: Records of one kind that the page of another one shows.
MOST_RELATED = 50

#: Said in full: these pages work whatever people make of their schemas.
HOLDERS = Attr(key="holders", type="reference", multiple=True)
AGENT = Attr(key="agent", type="reference", multiple=False)
PARCEL = Attr(key="parcel", type="reference", multiple=False)


class Home(ListView):
    """The organisations and their projects."""

    template_name = "landregistry/home.html"

    def get_queryset(self) -> list[Project]:
        """Return the projects, by organisation."""
        return counted(Project.objects.order_by("organization__name", "name"))


def counted(projects: QuerySet[Project]) -> list[Project]:
    """Return projects with the numbers of their records, and with what their status is called."""
    numbers = {
        "party_count": Count("parties", distinct=True),
        "unit_count": Count("spatial_units", distinct=True),
    }
    presenter, found = Presenter(), list(projects.select_related("organization").annotate(**numbers))
    for project in found:
        status = presenter.entry(project, "status")
        project.status_shown = status.values if status is not None else []
    return found


class AttributesPage(DetailView):
    """A page of one row, with its attributes."""

    @property
    def organization(self) -> Organization:
        """The organisation whose row it is, which each page finds in a row of its own kind."""
        raise NotImplementedError(f"{type(self).__name__}.organization has to say whose row is shown")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the template the attributes that the reader may see, and to those who can mend it what does not fit."""
        rights, key = rights_of(self.request.user), self.organization.pk
        may_edit = rights.edits_records_of(key)
        problems = problems_of(self.object) if may_edit else {}
        groups = groups_of(self.object, viewer(self.request.user, key), problems)
        shown = {entry.name for group in groups for entry in group.entries}
        return {
            **super().get_context_data(**kwargs),
            "organization": self.organization,
            "may_edit": may_edit,
            "groups": groups,
            "problem_count": sum(map(len, problems.values())),
            "other_problems": [text for name, texts in problems.items() if name not in shown for text in texts],
            "orphans": self.object.attrs.orphans if may_edit else {},
            "schemas": self.object.attrs.schema.schemas,
        }


class OrganizationPage(AttributesPage):
    """An organisation: what it is, and its projects."""

    model = Organization
    template_name = "landregistry/organization.html"

    @property
    def organization(self) -> Organization:
        """The organisation itself."""
        return self.object

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the projects."""
        projects = counted(self.object.projects.order_by("name"))
        return super().get_context_data(projects=projects, **kwargs)


class ProjectPage(AttributesPage):
    """A project: what it is, and the way to its records."""

    queryset = Project.objects.select_related("organization")
    template_name = "landregistry/project.html"

    @property
    def organization(self) -> Organization:
        """The organisation that has the project."""
        return self.object.organization

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the numbers of its records."""
        numbers = {"party_count": self.object.parties.count(), "unit_count": self.object.spatial_units.count()}
        return super().get_context_data(**numbers, **kwargs)


class RecordPage(AttributesPage):
    """A party or a spatial unit."""

    template_name = "landregistry/record.html"
    kind: str

    def get_queryset(self) -> QuerySet[Any]:
        """Return the records with what their pages show beside the attributes."""
        return self.model.objects.with_selectors().select_related("project")

    @property
    def organization(self) -> Organization:
        """The organisation that has registered it."""
        return self.object.project.organization

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how the addresses of this kind are named."""
        return super().get_context_data(kind=self.kind, **kwargs)


class PartyPage(RecordPage):
    """A party, and the land that it holds."""

    model = Party
    kind = "party"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the land that it holds, and those for whom it acts."""
        held = SpatialUnit.objects.alias(held_by=HOLDERS).filter(held_by__contains=[self.object.pk])
        acts_for = Party.objects.alias(acts_through=AGENT).filter(acts_through=self.object.pk)
        return super().get_context_data(held=first(held), acts_for=first(acts_for), **kwargs)


class SpatialUnitPage(RecordPage):
    """A spatial unit, and what stands on it."""

    model = SpatialUnit
    kind = "spatial_unit"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the buildings that stand on it."""
        buildings = SpatialUnit.objects.alias(stands_on=PARCEL).filter(stands_on=self.object.pk)
        return super().get_context_data(buildings=first(buildings), **kwargs)


def first(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the first of some rows, by name."""
    return rows.order_by("name", "pk")[:MOST_RELATED]
