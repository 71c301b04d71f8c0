"""Personas: to make, read, find, change and delete, with their schema and what can be done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.viewsets import ModelViewSet

from jsonattrs_django.rest_framework import (
    AttributeFilterBackend,
    AttributeOrderingFilter,
    ConditionalUpdateMixin,
    FacetsMixin,
)
from jsonattrs_django.rest_framework.schemas import AttributeSchemaMixin
from personas.access import personas_of
from personas.api.frame import AuthorMixin, Pages, described
from personas.api.modelling import PersonaModelMixin
from personas.api.parameters import KnownParameters, PersonaFilter
from personas.api.serializers import PersonaSerializer
from personas.api.transferring import TransferMixin
from personas.models import Persona, content_count

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["Personas"]


@described(
    list="Return one's own personas, filtered and sorted by any attribute and as the other parameters say.",
    create="Store a persona. Whatever is not set of its attributes stays unset.",
    retrieve="Return a persona.",
    update="Replace a persona: attributes that are left out are taken away.",
    partial_update="Change what is named of a persona, and of its attributes; null is a value that was left open.",
    destroy="Delete a persona, and the texts that are written in its voice.",
)
class Personas(
    AuthorMixin,
    TransferMixin,
    PersonaModelMixin,
    FacetsMixin,
    AttributeSchemaMixin,
    ConditionalUpdateMixin,
    ModelViewSet,
):
    """The personas of whoever asks. Those of others are as if they were not there."""

    queryset = Persona.objects.none()
    serializer_class = PersonaSerializer
    pagination_class = Pages
    filter_backends = (KnownParameters, DjangoFilterBackend, AttributeFilterBackend, AttributeOrderingFilter)
    filterset_class = PersonaFilter
    ordering_fields = ("name", "is_active", "content_count", "created_at", "updated_at", "attributes")
    ordering_nulls_last = True
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Persona]:
        """Return the author's own."""
        if not self.is_known:
            return Persona.objects.none()
        return personas_of(self.author).annotate(content_count=content_count())

    def get_attribute_scopes(self, field: str) -> list[dict[str, Any]]:
        """Return the author's own scope: attributes of others are as if they were not there."""
        return [{"author": self.author.pk}] if self.is_known else []

    def get_default_selectors(self, field: str) -> Any:
        """Return the author: the schema of her personas is meant, whoever she is."""
        return {"author": self.author.pk}
