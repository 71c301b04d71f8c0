"""Deleting a persona, which is asked about first: in a dialog where htmx asks, else on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.views.generic import TemplateView

from personas.models import ContentPiece
from personas.pages.frame import PersonaMixin

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

__all__ = ["DeletePersona"]


class DeletePersona(PersonaMixin, TemplateView):
    """The question, which says what goes with the persona, and the deed."""

    def get_template_names(self) -> list[str]:
        """Return the question, with a page around it or without."""
        return ["personas/_persona_delete.html" if self.request.htmx else "personas/persona_delete.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Count the texts that would go, too, and the values that an export would not have."""
        texts = self.persona.content_pieces.all()
        published = texts.filter(status=ContentPiece.Status.PUBLISHED).count()
        hidden = len(self.persona.attrs.orphans)
        counts = {"text_count": texts.count(), "published_count": published, "hidden_count": hidden}
        return super().get_context_data(persona=self.persona, **counts, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Delete it with its texts, and say so."""
        _, gone = self.persona.delete()
        count = gone.get(ContentPiece._meta.label, 0)
        texts = f", and {count} text{'s' if count > 1 else ''} with it" if count else ""
        messages.success(request, f"“{self.persona.name}” has been deleted{texts}.")
        return redirect("personas:list")
