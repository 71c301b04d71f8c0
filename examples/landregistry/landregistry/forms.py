"""The forms in which members of an organisation edit its records."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jsonattrs_django.forms import AttributeModelForm
from jsonattrs_django.forms.groups import Group
from landregistry.access import rights_of
from landregistry.display import title_of
from landregistry.models import Party, Project, SpatialUnit

__all__ = ["PartyForm", "ProjectForm", "SpatialUnitForm"]


class TranslatedGroup(Group):
    """A group whose title is in the language of the reader; schemas have one name for each."""

    @property
    def title(self) -> str:
        """What people read above it."""
        return title_of(self.name)


class SiteForm(AttributeModelForm):
    """What the forms of the site have in common."""

    @property
    def attribute_groups(self) -> list[Group]:
        """The attributes in their groups."""
        return [TranslatedGroup(*group) for group in super().attribute_groups]


class ProjectChoiceField(forms.ModelChoiceField):
    """A project, shown with its organisation."""

    def label_from_instance(self, project: Any) -> str:
        """Return what people read of a project."""
        return f"{project.organization}: {project}"


class RecordForm(SiteForm):
    """The form of a party or a spatial unit; it can be put only into projects whose records ``user`` edits."""

    project = ProjectChoiceField(queryset=Project.objects.none(), label=_("Project"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["project"].queryset = rights_of(user).projects


class PartyForm(RecordForm):
    """The form of a party."""

    class Meta:
        """The columns and all attributes."""

        model = Party
        fields = ("project", "type", "name", "attrs")
        labels = {"type": _("Type"), "name": _("Name")}  # noqa: RUF012 - in the form that Django reads


class SpatialUnitForm(RecordForm):
    """The form of a spatial unit."""

    class Meta:
        """The columns and all attributes."""

        model = SpatialUnit
        fields = ("project", "type", "name", "attrs")
        labels = {"type": _("Type"), "name": _("Name")}  # noqa: RUF012 - in the form that Django reads


class ProjectForm(SiteForm):
    """The form of a project, which stays with its organisation."""

    class Meta:
        """The name and all attributes."""

        model = Project
        fields = ("name", "attrs")
        labels = {"name": _("Name")}  # noqa: RUF012 - in the form that Django reads
