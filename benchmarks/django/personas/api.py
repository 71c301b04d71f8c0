"""The API's list of personas as the application has it, all 75 values of each, and the same over native columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django_filters.rest_framework import DjangoFilterBackend
from personas.api.frame import AuthorMixin, Pages
from personas.api.personas import Personas
from personas.models import content_count
from rest_framework import serializers
from rest_framework.filters import OrderingFilter
from rest_framework.test import APIRequestFactory, force_authenticate
from rest_framework.viewsets import ReadOnlyModelViewSet

from benchmarks.django.personas.models import COLUMNS, NativePersona

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from personas.models import Author

__all__ = ["NativePersonas", "Personas", "answer"]


class Values(serializers.ModelSerializer):
    """The 75 columns."""

    class Meta:
        """All of them."""

        model = NativePersona
        fields = tuple(COLUMNS)


class NativePersonaSerializer(serializers.ModelSerializer):
    """What our serializer shows."""

    attributes = Values(source="*", read_only=True)
    content_count = serializers.IntegerField(read_only=True)

    class Meta:
        """In the order of ours."""

        model = NativePersona
        fields = ("id", "name", "description", "is_active", "attributes", "content_count", "created_at", "updated_at")


class NativePersonas(AuthorMixin, ReadOnlyModelViewSet):
    """The personas of whoever asks."""

    queryset = NativePersona.objects.none()
    serializer_class = NativePersonaSerializer
    pagination_class = Pages
    filter_backends = (DjangoFilterBackend, OrderingFilter)
    filterset_fields = ("name", "is_active", *(name for name, each in COLUMNS.items() if not each.multiple))
    ordering_fields = ("name", "is_active", "created_at", "updated_at", *COLUMNS)

    def get_queryset(self) -> QuerySet[NativePersona]:
        """Return the author's own."""
        return NativePersona.objects.filter(author=self.author).annotate(content_count=content_count())


def answer(viewset: Any, author: Author, size: int) -> Callable[[], bytes]:
    """Return what makes the answer to a program that asks for so many personas, from the request to the bytes."""
    respond, factory = viewset.as_view({"get": "list"}), APIRequestFactory()

    def make() -> bytes:
        request = factory.get("/api/v1/personas/", {"page_size": size})
        force_authenticate(request, author.user)
        content: bytes = respond(request).render().content
        return content

    return make
