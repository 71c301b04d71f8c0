"""The admin of schemas: the editor's pages in the place of the admin's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin

from jsonattrs_django.editor.urls import scope_urls
from jsonattrs_django.models import SchemaRecord

if TYPE_CHECKING:
    from django.urls import URLPattern

__all__ = ["SchemaAdmin"]


@admin.register(SchemaRecord)
class SchemaAdmin(admin.ModelAdmin):
    """Edits schemas: the list is the tree of scopes, and a schema's page is that of its scope."""

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses of the editor, and those of the admin that are left."""
        return [*scope_urls(self.admin_site.admin_view), *super().get_urls()]
