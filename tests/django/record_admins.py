"""Admins of records, and their addresses: a site of its own beside the one that applications register at."""

from __future__ import annotations

from django.contrib import admin
from django.urls import path
from landregistry.models import Organization, Party, Project, SpatialUnit

from jsonattrs_django.admin import AttributeModelAdmin, AttributeStackedInline, AttributeTabularInline

site = admin.AdminSite(name="records")
placed = admin.AdminSite(name="placed")


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


urlpatterns = [path("records/", site.urls), path("placed/", placed.urls), path("admin/", admin.site.urls)]
