"""Admins of records, and their addresses: a site of its own beside the one that applications register at."""

from __future__ import annotations

from django.contrib import admin
from django.urls import path
from landregistry.models import Organization, Party, Project, SpatialUnit
from testapp.models import Early, Keyed, Note, OldTree, Pair, Restaurant, Stone, Tree, Twin

from jsonattrs_django.admin import AttributeModelAdmin, AttributeStackedInline, AttributeTabularInline
from tests.django.documents import ATTRIBUTES

site = admin.AdminSite(name="records")
placed = admin.AdminSite(name="placed")
edited = admin.AdminSite(name="edited")


class SpatialUnitInline(AttributeStackedInline):
    model = SpatialUnit
    extra = 1


class PartyInline(AttributeTabularInline):
    model = Party
    fields = ("name", "type", "attrs__score", "attrs")
    extra = 1


@admin.register(Organization, site=site)
class OrganizationAdmin(AttributeModelAdmin):
    search_fields = ("name", "attrs__motto")
    ordering = ("name",)


@admin.register(Project, site=site)
class ProjectAdmin(AttributeModelAdmin):
    search_fields = ("name",)
    ordering = ("name",)
    autocomplete_fields = ("organization",)
    inlines = (PartyInline, SpatialUnitInline)


@admin.register(Party, site=site)
class PartyAdmin(AttributeModelAdmin):
    list_display = ("name", "attrs__score", "attrs__active", "attrs__education")
    list_filter = ("type", "attrs__education", "attrs__active", "attrs__born", "attrs__score", "attrs__agent")
    search_fields = ("name", "attrs__nick", "attrs__score")
    save_as = True
    autocomplete_fields = ("project",)


@admin.register(Party, site=placed)
class PlacedPartyAdmin(AttributeModelAdmin):
    """Says where attributes are, and edits some in the list."""

    fieldsets = (
        ("First", {"fields": ("name", ("project", "type"), "attrs__score")}),
        ("Rest", {"fields": ("attrs",), "classes": ("collapse",)}),
    )
    readonly_fields = ("attrs__education", "attrs__gone")
    exclude = ("attrs__born",)
    list_display = ("name", "attrs__score", "attrs__active", "attrs__tags", "attrs__gone")
    list_editable = ("attrs__score", "attrs__active", "attrs__tags", "attrs__gone")
    list_filter = ("attrs__gone",)
    search_fields = ("attrs__gone",)
    ordering = ("-attrs__gone", "attrs__score", "name")


@admin.register(Early, Keyed, Note, OldTree, Pair, Restaurant, Stone, Tree, site=site)
class AnyAdmin(AttributeModelAdmin):
    """Says nothing, but for one column."""

    list_display = ("pk", "attrs__size")
    list_filter = ("attrs__size",)
    search_fields = ("attrs__size",)
    ordering = ("-attrs__size", "pk")


@admin.register(Twin, site=site)
class TwinAdmin(AttributeModelAdmin):
    list_display = ("pk", "left__size", "right__size")
    list_display_links = ("left__size",)
    list_editable = ("right__size",)
    list_filter = ("left__size", "right__size")
    fields = ("right", "left")


@admin.register(Party, site=edited)
class EditedPartyAdmin(AttributeModelAdmin):
    """Edits all attributes of :mod:`tests.django.documents` in the list."""

    list_display = ("name", *(f"attrs__{attribute.name}" for attribute in ATTRIBUTES))
    list_editable = tuple(f"attrs__{attribute.name}" for attribute in ATTRIBUTES)


urlpatterns = [
    path("records/", site.urls),
    path("placed/", placed.urls),
    path("edited/", edited.urls),
    path("admin/", admin.site.urls),
]
