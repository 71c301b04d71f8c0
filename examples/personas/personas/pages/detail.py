"""One persona."""

from __future__ import annotations

from django.views.generic import TemplateView

from personas.pages.frame import PersonaMixin

__all__ = ["PersonaPage"]


class PersonaPage(PersonaMixin, TemplateView):
    """A persona, and how it writes."""

    template_name = "personas/persona.html"
