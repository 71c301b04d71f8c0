"""An API of parties whose schemas differ from one organisation to the other, and people who work for one of them."""

from __future__ import annotations

from django.contrib.auth.models import User
from landregistry.models import Membership, Organization, Party, Project
from rest_framework import permissions, routers, serializers, viewsets
from rest_framework.filters import BaseFilterBackend
from rest_framework.test import APIClient

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.rest_framework import AttributeFilterBackend, AttributeModelSerializer
from jsonattrs_django.rest_framework.schemas import AttributeSchemaMixin, SchemaViewSet

FIELD = Party._meta.get_field("attrs")


class PartySerializer(AttributeModelSerializer):
    class Meta:
        model = Party
        fields = ("id", "project", "type", "name", "attrs")


class PartyViews(AttributeSchemaMixin, viewsets.ModelViewSet):
    """The parties of whoever asks."""

    serializer_class = PartySerializer
    permission_classes = (permissions.IsAuthenticated,)

    def get_queryset(self):
        return Party.objects.filter(project__organization__memberships__user=self.request.user)


class NamedViews(PartyViews):
    """The same, where the view says which scopes there are."""

    def get_attribute_scopes(self, field):
        members = Membership.objects.filter(user=self.request.user)
        return [{"organization": each.organization_id} for each in members]


class DefaultViews(NamedViews):
    """The same, where the schema of the first of them is meant unless a request names another one."""

    def get_default_selectors(self, field):
        return self.get_attribute_scopes(field)[0]


class OwnRecords(BaseFilterBackend):
    """Lists the parties of whoever asks, of the project that he asks for."""

    def filter_queryset(self, request, queryset, view):
        rows = queryset.filter(project__organization__memberships__user=request.user)
        return rows.filter(project=request.query_params["project"]) if "project" in request.query_params else rows


class FilteredViews(PartyViews):
    """A view of which a filter says who sees which records."""

    filter_backends = (OwnRecords, AttributeFilterBackend)

    def get_queryset(self):
        return Party.objects.all()


class SecretiveSerializer(AttributeModelSerializer):
    class Meta:
        model = Party
        fields = ("name", "attrs")
        extra_kwargs = {"attrs": {"write_only": True, "exclude": ["acres"]}}  # noqa: RUF012 - as applications have it


class SecretiveViews(PartyViews):
    """A view whose serializer shows no values, and leaves an attribute out."""

    serializer_class = SecretiveSerializer


class PlainSerializer(serializers.ModelSerializer):
    class Meta:
        model = Party
        fields = ("name",)


class PlainViews(PartyViews):
    """A view whose serializer knows nothing of attributes."""

    serializer_class = PlainSerializer


router = routers.DefaultRouter()
router.register("parties", PartyViews, basename="party")
router.register("named", NamedViews, basename="named")
router.register("default", DefaultViews, basename="default")
router.register("plain", PlainViews, basename="plain")
router.register("filtered", FilteredViews, basename="filtered")
router.register("secretive", SecretiveViews, basename="secretive")
router.register("schemas", SchemaViewSet, basename="schema")
urlpatterns = router.urls


class Land:
    """Two organisations, a project and somebody in each, and what their parties have."""

    def __init__(self):
        self.north = Organization.objects.create(slug="north", name="Northern Trust")
        self.south = Organization.objects.create(slug="south", name="Southern Trust")
        self.hill = Project.objects.create(organization=self.north, slug="hill", name="Hill")
        self.dale = Project.objects.create(organization=self.south, slug="dale", name="Dale")
        self.define((), Attribute("score", "integer", label={"en": "Score", "de": "Punkte"}), Attribute("note", "text"))
        self.define(
            (self.north,), Attribute("score", constraints={"max": 9}), Attribute("acres", "float"), name="Northern"
        )
        self.define((self.south,), Attribute("secret", "text", choices=["hush"], unique=True), name="Southern")

    def define(self, selectors, *attributes, **more):
        """Define a schema of parties."""
        return SchemaRecord.objects.define(Party, attributes, selectors=selectors, **more)

    def party(self, project=None, type="IN", **attrs):  # noqa: A002 - as the model calls it
        """Register a party."""
        return Party.objects.create(project=project or self.hill, type=type, name="A party", attrs=attrs)

    def member(self, *organizations, edits_schemas=False, **more):
        """Return a client for somebody who works for these organisations."""
        user = User.objects.create_user(f"user {User.objects.count()}", **more)
        for organization in organizations:
            Membership.objects.create(user=user, organization=organization, edits_schemas=edits_schemas)
        client = APIClient()
        client.force_authenticate(user)
        client.user = user
        return client
