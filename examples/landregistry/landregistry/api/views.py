"""The resources. Whose records there are is decided in one place, and everything else follows from it.

Anybody reads all records without what is personal. Who is signed in has the records of her own organisations, whole,
and writes them; those of others are as if they were not there, and so are their schemas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.authentication import BasicAuthentication, SessionAuthentication
from rest_framework.exceptions import ErrorDetail, NotFound
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin, UpdateModelMixin
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.renderers import BrowsableAPIRenderer
from rest_framework.viewsets import GenericViewSet, ModelViewSet

from jsonattrs_django.rest_framework import (
    AttributeFilterBackend,
    AttributeOrderingFilter,
    ConditionalUpdateMixin,
    FacetsMixin,
    ProblemJSONRenderer,
    StrictJSONParser,
)
from jsonattrs_django.rest_framework.renderers import with_params
from jsonattrs_django.rest_framework.schemas import AttributeSchemaMixin, SchemaViewSet
from landregistry.access import shown_projects
from landregistry.api.document import Generator
from landregistry.api.filters import PartyFilter, ProjectFilter, SpatialUnitFilter
from landregistry.api.serializers import PartySerializer, ProjectSerializer, SpatialUnitSerializer
from landregistry.models import Party, Project, SpatialUnit

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

__all__ = ["Document", "Parties", "Projects", "Schemas", "SpatialUnits", "nothing"]


class Pages(PageNumberPagination):
    """Pages of lists."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 1000


class Access:
    """How programs sign in: basic authentication comes first, so that who has not signed in gets 401 and not 403."""

    authentication_classes = (BasicAuthentication, SessionAuthentication)


class Records(Access, FacetsMixin, AttributeSchemaMixin, ConditionalUpdateMixin):
    """What lists of records have in common."""

    permission_classes = (IsAuthenticatedOrReadOnly,)
    parser_classes = (StrictJSONParser,)
    renderer_classes = (ProblemJSONRenderer, BrowsableAPIRenderer)
    pagination_class = Pages
    filter_backends = (DjangoFilterBackend, AttributeFilterBackend, AttributeOrderingFilter)
    lookup_value_regex = "[0-9]{1,18}"
    project_path: ClassVar[str] = "project"  #: from a record to its project

    request: Any

    def get_queryset(self) -> QuerySet[Any]:
        """Return the records of the projects that the user may look at."""
        rows: QuerySet[Any] = super().get_queryset().with_selectors()  # type: ignore[misc]
        if self.request.user.is_anonymous:
            return rows
        return rows.filter(**{f"{self.project_path}__in": shown_projects(self.request.user)})

    def get_attribute_scopes(self, field: str) -> list[dict[str, Any]]:
        """Return the scopes of these records: those of each project, so that nobody is told of another's.

        A scope of the whole organisation would have below it whatever is defined for some project of any organisation.
        """
        if self.request.user.is_anonymous or self.request.user.is_superuser:
            return [{}]
        pairs = shown_projects(self.request.user).values_list("organization", "pk")
        return [{"organization": organization, "project": project} for organization, project in pairs]


class Projects(Records, ListModelMixin, RetrieveModelMixin, UpdateModelMixin, GenericViewSet):
    """Projects: an organisation begins and ends them elsewhere."""

    queryset = Project.objects.all()
    serializer_class = ProjectSerializer
    filterset_class = ProjectFilter
    project_path = "pk"

    def get_attribute_scopes(self, field: str) -> list[dict[str, Any]]:
        """Return the scopes of these projects, whose attributes depend on the organisation alone."""
        found = super().get_attribute_scopes(field)
        return [{"organization": each} for each in {scope["organization"] for scope in found if scope}] or found


class Parties(Records, ModelViewSet):
    """Parties."""

    queryset = Party.objects.all()
    serializer_class = PartySerializer
    filterset_class = PartyFilter


class SpatialUnits(Records, ModelViewSet):
    """Spatial units."""

    queryset = SpatialUnit.objects.all()
    serializer_class = SpatialUnitSerializer
    filterset_class = SpatialUnitFilter


class Schemas(Access, SchemaViewSet):
    """The schemas of whoever edits schemas."""

    pagination_class = Pages


class Document(Access, SpectacularJSONAPIView):
    """The OpenAPI document, of what its reader may use."""

    generator_class = Generator
    permission_classes = ()
    serve_public = False


@csrf_exempt
def nothing(request: HttpRequest) -> HttpResponse:
    """Answer at every other address, which programs too are told in JSON."""
    missing = ErrorDetail(NotFound.default_detail, NotFound.default_code)
    return JsonResponse(with_params({"detail": missing}), status=404)
