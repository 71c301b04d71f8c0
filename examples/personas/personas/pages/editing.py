"""Making a persona by hand, and editing one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.urls import reverse
from django.views.generic import CreateView, UpdateView

from personas.models import Persona
from personas.pages.frame import AuthorMixin, PersonaMixin
from personas.pages.persona_forms import PersonaForm

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

__all__ = ["AddPersona", "EditPersona"]


class _Form(AuthorMixin):
    """What both pages have. The form answers its own script, and whoever asks for it without one."""

    template_name = "personas/persona_form.html"
    form_class = PersonaForm
    section = "personas"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form who fills it in."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: PersonaForm) -> HttpResponse:
        """Save the persona, and say so."""
        found = super().form_valid(form)
        messages.success(self.request, f"{self.object.name} has been saved.")
        for text in form.warning_texts:
            messages.warning(self.request, text)
        return found

    def get_success_url(self) -> str:
        """Return the address of the persona's page."""
        return reverse("personas:persona", args=[self.object.pk])


class AddPersona(_Form, CreateView):
    """A new persona, with whichever characteristics somebody fills in."""

    def get_form_kwargs(self) -> dict[str, Any]:
        """Have the form be about a persona of the author's: she has her own characteristics."""
        return {**super().get_form_kwargs(), "instance": Persona(author=self.author)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the template its title."""
        return super().get_context_data(**{"title": "Add a persona", **kwargs})


class EditPersona(_Form, PersonaMixin, UpdateView):
    """A persona that is there."""

    def get_object(self, queryset: QuerySet[Persona] | None = None) -> Persona:
        """Return the persona."""
        return self.persona

    def get_queryset(self) -> QuerySet[Persona]:
        """Return the personas to look among; nobody else writes to one until it is saved."""
        rows = super().get_queryset()
        return rows.select_for_update(of=("self",)) if self.request.method == "POST" else rows

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save what was changed."""
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the template its title."""
        context = super().get_context_data(**kwargs)
        stored_name = context["form"].initial["name"]  # the form may have put another one into the persona
        return {**context, "title": f"Edit {stored_name}"}
