"""Admins of records, and their addresses: a site of its own beside the one that applications register at."""

from __future__ import annotations

from django.contrib import admin
from django.urls import path
from landregistry.models import Organization, Party, Project, SpatialUnit

from jsonattrs_django.admin import AttributeModelAdmin, AttributeStackedInline, AttributeTabularInline

site = admin.AdminSite(name="records")


class SpatialUnitInline(AttributeStackedInline):
    model = SpatialUnit
    extra = 1


class PartyInline(AttributeTabularInline):
    model = Party
    fields = ("name", "type", "attrs__score", "attrs")
    extra = 1


@admin.register(Organization, site=site)
class OrganizationAdmin(AttributeModelAdmin):
    search_fields = ("name",)


@admin.register(Project, site=site)
class ProjectAdmin(AttributeModelAdmin):
    search_fields = ("name",)
    inlines = (PartyInline, SpatialUnitInline)


@admin.register(Party, site=site)
class PartyAdmin(AttributeModelAdmin):
    list_display = ("name", "attrs__score", "attrs__active", "attrs__education")
    list_filter = ("type", "attrs__education", "attrs__active", "attrs__born", "attrs__score", "attrs__agent")
    search_fields = ("name", "attrs__nick", "attrs__score")
    save_as = True
    autocomplete_fields = ("project",)


urlpatterns = [path("records/", site.urls), path("admin/", admin.site.urls)]
