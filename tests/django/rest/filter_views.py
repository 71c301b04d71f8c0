"""Views with the backends of attributes, and how they are asked in tests."""

# ruff: noqa: RUF012 - options are lists, as everywhere in Django REST framework

from __future__ import annotations

from landregistry.models import Party
from rest_framework import viewsets
from rest_framework.pagination import PageNumberPagination
from rest_framework.test import APIRequestFactory, force_authenticate
from testapp.models import Note, Place

from jsonattrs_django.rest_framework.facets import FacetsMixin
from jsonattrs_django.rest_framework.filters import AttributeFilterBackend, AttributeOrderingFilter
from jsonattrs_django.rest_framework.serializers import AttributeModelSerializer
from jsonattrs_django.rest_framework.sparse import SparseFieldsMixin


class Paged(PageNumberPagination):
    page_size = 1_000
    page_size_query_param = "page_size"


class Listed(FacetsMixin, viewsets.ReadOnlyModelViewSet):
    filter_backends = [AttributeFilterBackend, AttributeOrderingFilter]
    pagination_class = Paged


class PlaceSerializer(SparseFieldsMixin, AttributeModelSerializer):
    class Meta:
        model = Place
        fields = ["id", "name", "attrs"]


class Places(Listed):
    queryset = Place.objects.all()
    serializer_class = PlaceSerializer


class NoteSerializer(SparseFieldsMixin, AttributeModelSerializer):
    class Meta:
        model = Note
        fields = ["id", "title", "team", "kind", "attrs"]


class Notes(Listed):
    queryset = Note.objects.all()
    serializer_class = NoteSerializer


class PartySerializer(SparseFieldsMixin, AttributeModelSerializer):
    class Meta:
        model = Party
        fields = ["id", "name", "project", "type", "attrs"]


class Parties(Listed):
    """The parties of one organisation, under its own address."""

    serializer_class = PartySerializer

    def get_queryset(self):
        return Party.objects.filter(project__organization=self.kwargs["organization"]).select_related("project")

    def get_attribute_scopes(self, field):
        return [{"organization": self.kwargs["organization"]}]


def answer(query="", view=Places, user=None, action="list", **kwargs):
    """Return the answer to a query string."""
    request = APIRequestFactory().get(f"/?{query}")
    if user is not None:
        force_authenticate(request, user)
    response = view.as_view({"get": action})(request, **kwargs)
    return response.render()


def results(query="", view=Places, **options):
    """Return the records of a query string, as they are sent."""
    response = answer(query, view, **options)
    assert response.status_code == 200, response.data
    return response.data["results"]


def found(query="", view=Places, name="name", **options):
    """Return the names of the records of a query string, one after the other."""
    return "".join(each[name] for each in results(query, view, **options))


def refused(query, view=Places, **options):
    """Return the errors of a query string, by parameter."""
    response = answer(query, view, **options)
    assert response.status_code == 400, response.data
    return response.data


def codes(query, view=Places, **options):
    """Return the codes of the errors, by parameter."""
    return {name: [each.code for each in errors] for name, errors in refused(query, view, **options).items()}
