"""The forms in which members of an organisation edit its records."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jsonattrs_django.forms import AttributeModelForm
from landregistry.access import rights_of
from landregistry.models import Party, Project, SpatialUnit

__all__ = ["PartyForm", "ProjectForm", "SpatialUnitForm"]


class ProjectChoiceField(forms.ModelChoiceField):
    """A project, shown with its organisation."""

    def label_from_instance(self, project: Any) -> str:
        """Return what people read of a project."""
        return f"{project.organization}: {project}"


class RecordForm(AttributeModelForm):
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


class ProjectForm(AttributeModelForm):
    """The form of a project, which stays with its organisation."""

    class Meta:
        """The name and all attributes."""

        model = Project
        fields = ("name", "attrs")
        labels = {"name": _("Name")}  # noqa: RUF012 - in the form that Django reads
