"""The admin: everything, for those who keep the register running. Attributes stand where columns do."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin

from jsonattrs_django.admin import AttributeModelAdmin
from landregistry.models import Membership, Organization, Party, Project, SpatialUnit

__all__ = ["MembershipAdmin", "OrganizationAdmin", "PartyAdmin", "ProjectAdmin", "SpatialUnitAdmin"]


class MembershipInline(admin.TabularInline):
    """Who works for an organisation."""

    model = Membership
    extra = 0
    autocomplete_fields = ("user",)


@admin.register(Organization)
class OrganizationAdmin(AttributeModelAdmin):
    """Organisations, and who works for them."""

    list_display = ("name", "attrs__kind", "attrs__country", "attrs__established")
    list_filter = ("attrs__country", "attrs__kind")
    search_fields = ("name", "slug")
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    inlines = (MembershipInline,)


@admin.register(Project)
class ProjectAdmin(AttributeModelAdmin):
    """Projects."""

    list_display = ("name", "organization", "attrs__status", "attrs__starts", "attrs__ends")
    list_filter = ("organization", "attrs__status")
    list_editable = ("attrs__status",)
    search_fields = ("name", "organization__name")
    ordering = ("organization", "-attrs__starts")


@admin.register(Party)
class PartyAdmin(AttributeModelAdmin):
    """Parties."""

    list_display = ("name", "project", "attrs__registered_on", "attrs__contact_by")
    list_filter = ("project", "type", "attrs__contact_by", "attrs__consent")
    search_fields = ("name", "attrs__national_id", "attrs__post_code")
    autocomplete_fields = ("project",)


@admin.register(SpatialUnit)
class SpatialUnitAdmin(AttributeModelAdmin):
    """Spatial units."""

    list_display = ("name", "project", "attrs__tenure", "attrs__disputed")
    list_filter = ("project", "type", "attrs__tenure", "attrs__disputed")
    list_editable = ("attrs__disputed",)
    search_fields = ("name", "attrs__title_number", "attrs__parcel_number")
    autocomplete_fields = ("project",)


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    """Who works for which organisation."""

    list_display = ("user", "organization", "edits_schemas")
    list_filter = ("organization", "edits_schemas")
    autocomplete_fields = ("user", "organization")
