"""The pages that edit. Whoever may not is refused, or asked to sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.mixins import UserPassesTestMixin
from django.contrib.messages.views import SuccessMessageMixin
from django.utils.translation import gettext_lazy as _
from django.views.generic import CreateView, UpdateView

from landregistry.access import rights_of
from landregistry.forms import PartyForm, ProjectForm, SpatialUnitForm
from landregistry.models import Party, Project, SpatialUnit

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["AddParty", "AddSpatialUnit", "EditParty", "EditProject", "EditSpatialUnit"]


class Editing(UserPassesTestMixin, SuccessMessageMixin):
    """What all of them have. The form itself answers its script, and whoever asks for it without one."""

    template_name = "landregistry/record_form.html"
    success_message = _("%(name)s has been saved.")
    title: Any

    def handle_no_permission(self) -> Any:
        """Ask to sign in; refuse who has."""
        self.raise_exception = self.request.user.is_authenticated
        return super().handle_no_permission()

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form who fills it in."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: Any) -> Any:
        """Save the record, and say what rules that only warn say of it."""
        found = super().form_valid(form)
        for text in form.warning_texts:
            messages.warning(self.request, text)
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the template its title."""
        return super().get_context_data(title=self.title, **kwargs)


class Adding(Editing, CreateView):
    """A new record, in the project and of the type that the address says."""

    def test_func(self) -> bool:
        """Tell whether the user may add records anywhere; the form has only the projects in which she may."""
        return rights_of(self.request.user).edits_any

    def get_initial(self) -> dict[str, Any]:
        """Begin with what the address says."""
        given = {name: self.request.GET[name] for name in ("project", "type") if name in self.request.GET}
        return {**super().get_initial(), **given}


class Changing(Editing, UpdateView):
    """A record that is there."""

    title = _("Edit %(name)s")

    def get_queryset(self) -> QuerySet[Any]:
        """Return the records, each with what its scope depends on."""
        return self.model.objects.with_selectors()

    def test_func(self) -> bool:
        """Tell whether the user edits the records of the organisation that has this one."""
        self.record = self.get_object()
        self.stored_name = self.record.name  # before the form puts another one there
        owner = getattr(self.record, "project", self.record).organization_id
        return rights_of(self.request.user).edits_records_of(owner)

    def get_object(self, queryset: Any = None) -> Any:
        """Return the record, which is fetched once."""
        return getattr(self, "record", None) or super().get_object(queryset)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the record."""
        return super().get_context_data(**kwargs) | {"title": self.title % {"name": self.stored_name}}


class AddParty(Adding):
    """A new party."""

    model, form_class, title = Party, PartyForm, _("Add a party")


class AddSpatialUnit(Adding):
    """A new spatial unit."""

    model, form_class, title = SpatialUnit, SpatialUnitForm, _("Add land or a building")


class EditParty(Changing):
    """A party."""

    model, form_class = Party, PartyForm


class EditSpatialUnit(Changing):
    """A spatial unit."""

    model, form_class = SpatialUnit, SpatialUnitForm


class EditProject(Changing):
    """A project."""

    model, form_class = Project, ProjectForm
