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


PATCH = """\
Change what is named of a persona, and of its attributes.

An attribute that is null has been left open: answers and exports say null, and it counts as unset everywhere, in
filters (`isnull`), orders, counts, pictures and drafts. PUT takes an attribute away that it leaves out.
"""

LIST = """\
Return one's own personas, filtered and sorted by any attribute and as the other parameters say.

A filter by an attribute is `attributes.<name>=<value>` or `attributes.<name>__<lookup>=<value>`, such as
`attributes.formality_level__gte=7`. Of several all must hold. Whoever shows a token when reading this document finds
each of them among the parameters.

| attributes | look-ups, beside the value itself |
|---|---|
| text | `iexact`, `in`, `contains`, `icontains`, `startswith`, `istartswith`, `endswith`, `iendswith`, `isnull` |
| choice | `in`, `isnull` |
| number | `gt`, `gte`, `lt`, `lte`, `in`, `range`, `isnull` |
| boolean | `isnull` |
| date | as a number, and `year`, `year__gte`, `year__lte`, `month`, `day` |
| datetime | as a time, and `date`, `date__gte`, `date__lte`, `year`, `year__gte`, `year__lte` |
| time, duration | `gt`, `gte`, `lt`, `lte`, `range`, `isnull` |
| several values | `contains` (all of these), `overlap` (one of these), `isnull`; not the value itself |

Several values of a parameter have commas between them; `isnull` takes `true` and `false`.
`ordering=-attributes.formality_level,name` sorts, with a minus sign from the highest down. What has no value is at the
end both ways. Attributes of several values sort nothing.
"""


@described(
    list=LIST,
    create="Store a persona. Whatever is not set of its attributes stays unset.",
    retrieve="Return a persona.",
    update="Replace a persona: attributes that are left out are taken away.",
    partial_update=PATCH,
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
