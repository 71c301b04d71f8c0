"""The schema of an author's own, composed over the one of every persona: it adds attributes, and hides some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view

from jsonattrs_django.rest_framework.schemas import SchemaViewSet
from personas.api.frame import AuthorMixin, Pages
from personas.models import Persona

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from rest_framework.response import Response

__all__ = ["Schemas"]


#: Of a project with several models these choose one; here there is one.
_NO_CHOICE = [OpenApiParameter(name, exclude=True) for name in ("model", "field")]


@extend_schema_view(
    list=extend_schema(
        description="Return the schemas that one may edit: one's own, where there is one, also if it is retired.",
        parameters=_NO_CHOICE,
    )
)
class Schemas(AuthorMixin, SchemaViewSet):
    """The author's own schema, where she has one; superusers have the one of everybody and those of all."""

    pagination_class = Pages

    def get_queryset(self) -> QuerySet[Any]:
        """Return the schemas of personas: the project has others, which are not this API's."""
        found: QuerySet[Any] = super().get_queryset()
        return found.filter(content_type__app_label="personas", content_type__model="persona")

    def create(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Define the author's own schema: what it is of, and whose, need not be said."""
        if isinstance(request.data, dict):
            request.data.setdefault("model", Persona._meta.label)
            request.data.setdefault("selectors", {"author": self.author.pk})
        return super().create(request, *args, **kwargs)
