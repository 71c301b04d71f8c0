"""The admin of schemas: the editor's pages in the place of the admin's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from jsonattrs_django.editor.access import address, may_edit_scope
from jsonattrs_django.editor.scopes import may_edit_something
from jsonattrs_django.editor.urls import editor_urls
from jsonattrs_django.editor.views.scopes import scope_tree
from jsonattrs_django.models import SchemaRecord

if TYPE_CHECKING:
    from django.urls import URLPattern

__all__ = ["SchemaAdmin"]


@admin.register(SchemaRecord)
class SchemaAdmin(admin.ModelAdmin):
    """Edits schemas: the list is the tree of scopes, and a schema's page is that of its scope.

    Who may edit the schema of any scope sees it. Schemas are neither added nor deleted here, but published and retired.
    """

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses of the editor, and of those of the admin that other pages link to."""
        wrap = self.admin_site.admin_view
        first = [("", self.changelist_view, "changelist"), ("add/", self.add_view, "add")]
        last = [
            ("<path:object_id>/change/", self.change_view, "change"),
            ("<path:object_id>/history/", self.history_view, "history"),
        ]
        made = [
            [path(route, wrap(view), name=f"jsonattrs_schemarecord_{name}") for route, view, name in own]
            for own in (first, last)
        ]
        return [*made[0], *editor_urls(wrap), *made[1]]  # an attribute may have the key "change"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the tree of scopes."""
        return scope_tree(request)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Go to the tree, where the scope is chosen that a schema is added for."""
        return HttpResponseRedirect(
            reverse("admin:jsonattrs_schemarecord_changelist", current_app=self.admin_site.name)
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Go to the page of the schema; to the tree, where there is none that the user may edit."""
        record = self.get_object(request, object_id)
        target = None if record is None else record.attribute_field
        if record is None or target is None or not self.has_view_permission(request, record):
            return self.add_view(request)
        return HttpResponseRedirect(address("schema", target, record.texts, self.admin_site.name))

    # ---- who may do what ----

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Tell whether the user may edit any schema; asked once in a request."""
        if not hasattr(request, "_jsonattrs_may_edit"):
            request._jsonattrs_may_edit = may_edit_something(request.user)
        return bool(request._jsonattrs_may_edit)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Tell whether the user may edit this schema, or any."""
        if obj is None:
            return self.has_module_permission(request)
        target, texts = obj.attribute_field, obj.texts
        if target is None or len(texts) != len(target.selectors):
            return False  # of a time when the code was another one
        return may_edit_scope(request.user, target, texts)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Tell whether the user may edit this schema, or any."""
        return self.has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: a schema is there as soon as the draft of its scope is published."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse in general: a schema is retired, so that the values of its attributes stay, and no page deletes one.

        Of a single schema the admin asks when a row is to be deleted that the schema names. It is the schema that keeps
        the row, and no lack of a permission, which is said to whoever may edit it.
        """
        return obj is not None and self.has_view_permission(request, obj)
