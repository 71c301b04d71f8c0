"""The page of the installed plugins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from jsonattrs_django.editor.access import site_of
from jsonattrs_django.editor.providers import Provisions
from jsonattrs_django.editor.scopes import may_edit_something

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

__all__ = ["plugins_page"]


def plugins_page(request: HttpRequest) -> HttpResponse:
    """Show what plugins provide, and that of it which ``q`` finds. Raises PermissionDenied."""
    if not may_edit_something(request.user):
        raise PermissionDenied(_("There is no schema that you may edit."))
    context = {
        **site_of(request).each_context(request),
        "title": _("Installed plugins"),
        "found": Provisions(request.GET.get("q", "")),
    }
    return TemplateResponse(request, "admin/jsonattrs/editor/plugins.html", context)
