"""Texts in the voices of personas: to make, read, find, change and delete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.viewsets import ModelViewSet

from jsonattrs_django.rest_framework import AttributeOrderingFilter
from personas.access import pieces_of
from personas.api.frame import AuthorMixin, Pages, described
from personas.api.parameters import ContentFilter, KnownParameters
from personas.api.serializers import ContentSerializer
from personas.models import ContentPiece

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["Content"]


@described(
    list="Return one's own texts, filtered and sorted as the parameters say.",
    create="Store a text.",
    retrieve="Return a text.",
    update="Replace a text. What is left out and has a default gets it.",
    partial_update="Change what is named of a text. Its status is draft, published or archived.",
    destroy="Delete a text.",
)
class Content(AuthorMixin, ModelViewSet):
    """The texts of whoever asks. Those of others are as if they were not there."""

    queryset = ContentPiece.objects.none()
    serializer_class = ContentSerializer
    pagination_class = Pages
    filter_backends = (KnownParameters, DjangoFilterBackend, AttributeOrderingFilter)
    filterset_class = ContentFilter
    ordering_fields = ("title", "status", "word_count", "published_at", "created_at", "updated_at", "persona__name")
    ordering_nulls_last = True
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[ContentPiece]:
        """Return the author's own."""
        if not self.is_known:
            return ContentPiece.objects.none()
        return pieces_of(self.author).prefetch_related("tags")
