"""Attributes and schemas in Django's admin.

Importing it registers the admin of schemas. The rest is for the admins of a project's own models::

    @admin.register(Party)
    class PartyAdmin(AttributeModelAdmin):
        list_display = ["name", "attrs__birth_date", "attrs__gender"]
        list_filter = ["attrs__gender"]
        search_fields = ["name", "attrs__national_id"]
"""

from __future__ import annotations

from jsonattrs_django.admin import schemas as schemas  # registers the admin of schemas
from jsonattrs_django.admin.list_filters import AttributeListFilter
from jsonattrs_django.admin.options import AttributeModelAdmin, AttributeStackedInline, AttributeTabularInline

__all__ = ["AttributeListFilter", "AttributeModelAdmin", "AttributeStackedInline", "AttributeTabularInline"]
