"""What records look like to programs. Which attributes they have, the serializers learn from the schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rest_framework.serializers import PrimaryKeyRelatedField

from jsonattrs_django.rest_framework import AttributeModelSerializer, SparseFieldsMixin
from landregistry.access import shown_projects
from landregistry.models import Party, Project, SpatialUnit

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["PartySerializer", "ProjectSerializer", "SpatialUnitSerializer"]


class OwnProjectField(PrimaryKeyRelatedField):
    """A project, one of those whose records the user edits; another one is as one that there is not."""

    def get_queryset(self) -> QuerySet[Any]:
        """Return what may be chosen."""
        return shown_projects(self.context["request"].user)


class ProjectSerializer(SparseFieldsMixin, AttributeModelSerializer):
    """A project, whose attributes stand among its other fields."""

    class Meta:
        """What it is known by does not change."""

        model = Project
        fields = ("id", "organization", "slug", "name", "attrs")
        read_only_fields = ("organization", "slug")
        flatten_attributes = True


class PartySerializer(SparseFieldsMixin, AttributeModelSerializer):
    """A party."""

    project = OwnProjectField()

    class Meta:
        """With its attributes as an object."""

        model = Party
        fields = ("id", "project", "type", "name", "attrs")


class SpatialUnitSerializer(SparseFieldsMixin, AttributeModelSerializer):
    """A spatial unit."""

    project = OwnProjectField()

    class Meta:
        """With its attributes as an object."""

        model = SpatialUnit
        fields: ClassVar = PartySerializer.Meta.fields
