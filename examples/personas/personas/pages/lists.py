"""An author's personas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.generic import ListView

from personas.access import personas_of
from personas.pages.frame import AuthorMixin

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from personas.models import Persona

__all__ = ["PersonaList"]


class PersonaList(AuthorMixin, ListView):
    """The personas of an author."""

    template_name = "personas/list.html"
    section = "personas"
    paginate_by = 24

    def get_queryset(self) -> QuerySet[Persona]:
        """Return the author's own."""
        return personas_of(self.author)
