"""The pages of texts: the list of them, and one of them to read, to edit, to publish and to delete."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.db.models.functions import Left
from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.generic import DeleteView, DetailView, ListView, UpdateView, View

from personas.access import pieces_of
from personas.models import ContentPiece
from personas.pages.frame import AuthorMixin
from personas.pages.paging import PagesMixin
from personas.pages.piece_filters import PieceFilter
from personas.pages.piece_forms import PieceForm

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

__all__ = ["DeletePiece", "EditPiece", "PiecePage", "PieceStatus", "Pieces"]

Status = ContentPiece.Status

#: Characters of a text that the list shows.
BEGINNING = 400

#: What is said once a text has got a status.
_SAID = {
    Status.PUBLISHED: "“%s” is published.",
    Status.DRAFT: "“%s” is a draft again.",
    Status.ARCHIVED: "“%s” is in the archive.",
}


class PiecesMixin(AuthorMixin):
    """Pages that look among the texts of their author."""

    section = "texts"
    context_object_name = "piece"

    def get_queryset(self) -> QuerySet[ContentPiece]:
        """Return them."""
        return pieces_of(self.author)


class Pieces(PiecesMixin, PagesMixin, ListView):
    """The texts, by status, persona, tag and words, in the order that was asked for."""

    template_name = "personas/pieces.html"
    context_object_name = "pieces"
    paginate_by = 20

    @cached_property
    def filters(self) -> PieceFilter:
        """What was asked."""
        rows = super().get_queryset().defer("body").annotate(beginning=Left("body", BEGINNING))
        return PieceFilter(self.request.GET, rows.prefetch_related("tags"), author=self.author)

    def get_queryset(self) -> QuerySet[ContentPiece]:
        """Return the texts that were asked for; none where the question makes no sense."""
        return self.filters.qs if self.filters.is_valid() else self.filters.queryset.none()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the questions, and what leads to other pages."""
        context = super().get_context_data(**kwargs)
        page = context["page_obj"]
        return {
            **context,
            "form": self.filters.form,
            "is_filtered": self.filters.is_filtered,
            "has_personas": self.author.personas.exists(),
            "pages": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        }


class PiecePage(PiecesMixin, DetailView):
    """A text."""

    template_name = "personas/piece.html"


class EditPiece(PiecesMixin, UpdateView):
    """The form of a text; saving may publish it, too."""

    template_name = "personas/piece_form.html"
    form_class = PieceForm

    def get_queryset(self) -> QuerySet[ContentPiece]:
        """Return the texts, locked while one is compared with what came and saved."""
        rows = super().get_queryset()
        return rows.select_for_update(of=("self",)) if self.request.method == "POST" else rows

    @method_decorator(transaction.atomic)
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, or show what is wrong."""
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: PieceForm) -> HttpResponse:
        """Save, and say so."""
        publishes = "publish" in self.request.POST
        if publishes:
            form.instance.status = Status.PUBLISHED
        piece = form.save()
        said = _SAID[Status.PUBLISHED] if publishes else "“%s” has been saved."
        messages.success(self.request, said % piece.title)
        return redirect("personas:piece", piece.pk)


class PieceStatus(PiecesMixin, View):
    """Publishing a text, taking it back, and putting it into the archive."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give a text the status that was sent."""
        status = request.POST.get("status", "")
        if status not in Status.values:
            return HttpResponseBadRequest("A text is a draft, published or archived.", content_type="text/plain")
        piece = get_object_or_404(self.get_queryset(), pk=pk)
        piece.status = status
        piece.save(update_fields=["status", "updated_at"])
        messages.success(request, _SAID[Status(status)] % piece.title)
        return redirect("personas:piece", pk)


class DeletePiece(PiecesMixin, DeleteView):
    """Deleting a text, which is asked about first: in a dialog where htmx asks, else on a page."""

    success_url = reverse_lazy("personas:pieces")

    def get_template_names(self) -> list[str]:
        """Return the question, with a page around it or without."""
        return ["personas/_piece_delete.html" if self.request.htmx else "personas/piece_delete.html"]

    def form_valid(self, form: Any) -> HttpResponse:
        """Delete it, and say so."""
        messages.success(self.request, f"“{self.object.title}” has been deleted.")
        return super().form_valid(form)
