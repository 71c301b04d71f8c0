"""Filters of lists by columns, beside those by attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django_filters import rest_framework as filters

from landregistry.access import shown_projects
from landregistry.models import Party, Project, SpatialUnit

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

__all__ = ["PartyFilter", "ProjectFilter", "SpatialUnitFilter"]


def _projects(request: HttpRequest | None) -> QuerySet[Project]:
    return Project.objects.none() if request is None else shown_projects(request.user)


class ProjectFilter(filters.FilterSet):
    """Projects by what they are called."""

    name = filters.CharFilter(lookup_expr="icontains", max_length=200)

    class Meta:
        """Attributes have filters of their own."""

        model = Project
        fields = ("name",)


class PartyFilter(ProjectFilter):
    """Parties by project, type and name."""

    project = filters.ModelChoiceFilter(queryset=_projects)

    class Meta:
        """Attributes have filters of their own."""

        model = Party
        fields = ("project", "type", "name")


class SpatialUnitFilter(PartyFilter):
    """Spatial units by project, type and name."""

    class Meta:
        """Attributes have filters of their own."""

        model = SpatialUnit
        fields = ("project", "type", "name")
