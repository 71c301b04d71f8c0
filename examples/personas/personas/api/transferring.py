"""Exporting personas, one, several or all, and importing them again."""

from __future__ import annotations

from typing import Any

from django.utils.http import content_disposition_header
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from personas.api.serializers import PersonaSerializer
from personas.transfer import DocumentSerializer, file_name, to_document

__all__ = ["TransferMixin"]

#: Personas that one request names.
MOST_NAMED = 500


class TransferMixin:
    """Gives a viewset of personas ``export/``, ``<id>/export/`` and ``import/``."""

    get_object: Any
    get_queryset: Any
    get_serializer: Any
    get_serializer_context: Any

    @action(detail=True, methods=["get"], url_path="export", serializer_class=DocumentSerializer)
    def export(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Return one persona as a document, which can be imported by anybody."""
        persona = self.get_object()
        return _file(to_document(persona), persona.name)

    @extend_schema(
        operation_id="personas_export_many",
        responses={200: DocumentSerializer},
        filters=False,
        parameters=[
            OpenApiParameter(
                "id",
                {"type": "array", "items": {"type": "integer"}, "maxItems": MOST_NAMED},
                explode=True,
                description="The personas to export; all, where none is named.",
            )
        ],
    )
    @action(
        detail=False,
        methods=["get"],
        url_path="export",
        url_name="export-many",
        pagination_class=None,
        serializer_class=DocumentSerializer,
    )
    def export_many(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Return several personas as one document: those that are named by `?id=1&id=2`, else all."""
        rows = self.get_queryset()
        if "id" in request.query_params:
            rows = _named(rows, request.query_params.getlist("id"))
        return _file(to_document(*rows), "personas")

    @extend_schema(request=DocumentSerializer, responses={201: PersonaSerializer(many=True)}, filters=False)
    @action(
        detail=False,
        methods=["post"],
        url_path="import",
        url_name="import",
        pagination_class=None,
        serializer_class=DocumentSerializer,
    )
    def import_document(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Store the personas of a document as one's own: all of them, or none where anything is wrong."""
        document = self.get_serializer(data=request.data)
        document.is_valid(raise_exception=True)
        made = PersonaSerializer(document.save(), many=True, context=self.get_serializer_context())
        return Response(made.data, status=status.HTTP_201_CREATED)


def _named(rows: Any, given: list[str]) -> list[Any]:
    """Return the personas of these numbers. Raises ValidationError for what is none among them."""
    if len(given) > MOST_NAMED:
        raise ValidationError({"id": [f"Name at most {MOST_NAMED} personas."]}, "max_items")
    wrong = [each for each in given if not (each.isascii() and each.isdecimal() and len(each) <= 18)]
    found = {row.pk: row for row in rows.filter(pk__in=[each for each in given if each not in wrong])}
    missing = [each for each in dict.fromkeys(given) if each in wrong or int(each) not in found]
    if missing:
        errors = [f"There is no persona {each[:20]!r}." for each in missing[:10]]
        raise ValidationError({"id": errors}, "does_not_exist")
    return list(found.values())


def _file(document: dict[str, Any], name: str) -> Response:
    """Return a document as a file to be saved under a name."""
    disposition = content_disposition_header(as_attachment=True, filename=file_name(name))
    return Response(document, headers={"Content-Disposition": disposition})
