"""Where records are: anywhere, in an organisation, or in one of its projects, as addresses say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import Http404

from landregistry.models import Organization, Project

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["ANYWHERE", "Place"]


class Place(NamedTuple):
    """What a list is restricted to. In addresses it is ``nusantara``, or ``nusantara/sumba``."""

    organization: Organization | None = None
    project: Project | None = None

    @classmethod
    def read(cls, text: str) -> Place:
        """Return the place of such a text. Raises Http404."""
        slug, _slash, project_slug = text.partition("/")
        if not slug:
            return ANYWHERE
        if "\x00" in text:  # which databases refuse
            raise Http404("There is no such place.")
        try:
            if not project_slug:
                return cls(Organization.objects.get(slug=slug))
            rows = Project.objects.select_related("organization")
            project = rows.get(organization__slug=slug, slug=project_slug)
            return cls(project.organization, project)
        except (Organization.DoesNotExist, Project.DoesNotExist) as error:
            raise Http404(str(error)) from error

    def __str__(self) -> str:
        """Return how it is written in addresses."""
        return "/".join(row.slug for row in self if row is not None)

    def selectors(self, type_: str) -> tuple[Any, ...]:
        """Return the selector values of its records; an empty type is any."""
        return (self.organization, self.project, type_ or None)

    def restrict(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return those of some parties or spatial units that are there."""
        if self.project is not None:
            return rows.filter(project=self.project)
        return rows if self.organization is None else rows.filter(project__organization=self.organization)


ANYWHERE = Place()
