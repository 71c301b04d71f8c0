"""The schema of records, at the address of the records themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework.decorators import action
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from jsonattrs_django.models.manager import attribute_field
from jsonattrs_django.rest_framework.exposed import model_of
from jsonattrs_django.rest_framework.parsers import StrictJSONParser, StrictParsing
from jsonattrs_django.rest_framework.schemas.caching import answered
from jsonattrs_django.rest_framework.schemas.documents import document_of, json_schema_of
from jsonattrs_django.rest_framework.schemas.explaining import explanation_of
from jsonattrs_django.rest_framework.schemas.renderers import ErrorsOfView, JSONSchemaRenderer
from jsonattrs_django.rest_framework.schemas.scopes import scope_of_query, scope_of_record
from jsonattrs_django.rest_framework.schemas.serializers import CandidateSerializer
from jsonattrs_django.rest_framework.schemas.validating import verdict_on

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from jsonattrs_django.rest_framework.schemas.scopes import ScopeOf

__all__ = ["AttributeSchemaMixin"]

_Mixed: Any = object

_FORMS = (JSONRenderer, JSONSchemaRenderer)


class AttributeSchemaMixin(ErrorsOfView, StrictParsing, _Mixed):
    """Gives a viewset of records their composed schema, an explanation of it, and a check that stores nothing.

    Each is there for a scope (``schema/?project=3``) and for one record (``7/schema/``). The permissions and the query
    set are those of the view; ``attribute_scopes``, or ``get_attribute_scopes(field)``, says which scopes may be asked
    for, and without it those are of which the view shows a record; ``get_default_selectors(field)`` says which one is
    meant where a request names none. ``attribute_field`` names the attribute field where the model has several.
    """

    attribute_field: str | None = None

    def get_default_selectors(self, field: str) -> Any:
        """Return the selector values that are meant where the query string leaves them out: none, which is any."""
        return ()

    # ---- of a scope ----

    @action(detail=False, url_path="schema", renderer_classes=_FORMS)
    def attribute_schema(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Return the composed schema of records with the selector values of the query string."""
        return self._schema(request, self._of_query())

    @action(detail=False, url_path="schema/explain", renderer_classes=_FORMS[:1])
    def attribute_schema_explain(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Return where each property of that schema comes from."""
        return self._explanation(request, self._of_query())

    @action(
        detail=False,
        methods=["post"],
        url_path="schema/validate",
        renderer_classes=_FORMS[:1],
        parser_classes=[StrictJSONParser],
    )
    def attribute_schema_validate(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Return what would become of a document, or of one value, in a new record, and what is wrong with it."""
        return self._verdict(request, self._of_query())

    # ---- of a record ----

    @action(detail=True, url_path="schema", renderer_classes=_FORMS)
    def record_schema(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Return the composed schema of a record."""
        return self._schema(request, self._of_record())

    @action(detail=True, url_path="schema/explain", renderer_classes=_FORMS[:1])
    def record_schema_explain(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Return where each property of that schema comes from."""
        return self._explanation(request, self._of_record())

    @action(
        detail=True,
        methods=["post"],
        url_path="schema/validate",
        renderer_classes=_FORMS[:1],
        parser_classes=[StrictJSONParser],
    )
    def record_schema_validate(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Return what would become of a change of a record, and what is wrong with it."""
        return self._verdict(request, self._of_record())

    # ---- what they have in common ----

    def _of_query(self) -> ScopeOf:
        return scope_of_query(self, attribute_field(model_of(self), self.attribute_field))

    def _of_record(self) -> ScopeOf:
        record = self.get_object()
        return scope_of_record(self, attribute_field(record, self.attribute_field), record)

    def _schema(self, request: Any, asked: ScopeOf) -> HttpResponseBase:
        is_json_schema = isinstance(request.accepted_renderer, JSONSchemaRenderer)
        make = json_schema_of if is_json_schema else document_of
        return answered(request, asked, request.accepted_renderer.media_type, lambda: make(asked))

    def _explanation(self, request: Any, asked: ScopeOf) -> HttpResponseBase:
        return Response(explanation_of(asked), headers={"Cache-Control": "no-store"})

    def _verdict(self, request: Any, asked: ScopeOf) -> HttpResponseBase:
        candidate = CandidateSerializer(data=request.data)
        candidate.is_valid(raise_exception=True)
        return Response(verdict_on(asked, candidate.validated_data), headers={"Cache-Control": "no-store"})
