"""The tree of scopes, and the way to one that is not in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from jsonattrs_django.editor.access import address, field_of, label_of_field, site_of, texts_of
from jsonattrs_django.editor.choosing import ScopeForm
from jsonattrs_django.editor.outline import Outline
from jsonattrs_django.editor.scopes import Tree, may_edit_something
from jsonattrs_django.targets import all_fields

if TYPE_CHECKING:
    from jsonattrs_django.selectors import Texts

__all__ = ["choose_scope", "scope_tree"]


def scope_tree(request: HttpRequest) -> HttpResponse:
    """Show the scopes of all attribute fields, or what stands under one of them. Raises PermissionDenied, Http404."""
    only = request.GET.get("_in")
    fields = all_fields() if only is None else [field_of(only)]
    under: Texts | None = None if only is None else texts_of(fields[0], request.GET)
    query, site = request.GET.get("q", ""), site_of(request)
    every = [Tree(field, request.user, under=under, whole=bool(query)) for field in fields]
    trees = [tree for tree in every if tree.root is not None]
    if not trees and (only is not None or not may_edit_something(request.user)):
        raise PermissionDenied(_("There is no schema that you may edit."))
    shown = [Outline(tree, site.name, is_part=only is not None, query=query, page=_page(request)) for tree in trees]
    if only is not None and not query and shown[0].root is None:
        raise Http404(_("There is no such scope."))
    context = {
        **site.each_context(request),
        "title": _("Schemas"),
        "outlines": [outline for outline in shown if outline.root is not None],
        "query": query,
        "is_part": only is not None,
    }
    return TemplateResponse(request, "admin/jsonattrs/editor/scopes.html", context)


def _page(request: HttpRequest) -> int:
    text = request.GET.get("_page", "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 9 else 1


def choose_scope(request: HttpRequest, label: str) -> HttpResponse:
    """Ask which scope of a field is meant, and go to the page of its schema. Raises Http404, PermissionDenied."""
    target = field_of(label)
    if not may_edit_something(request.user):
        raise PermissionDenied(_("There is no schema that you may edit."))
    form = ScopeForm(target, request.user, request.GET)
    site = site_of(request)
    if form.texts is not None:
        return HttpResponseRedirect(address("schema", target, form.texts, site.name))
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": _("Schema for another scope"),
        "form": form,
        "label": label_of_field(target),
        "records": target.model._meta.verbose_name_plural,
    }
    return TemplateResponse(request, "admin/jsonattrs/editor/choose.html", context)
