"""Who may see which page of the editor, at which address a page is, and what all pages show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import messages
from django.contrib.admin.sites import AdminSite, all_sites
from django.contrib.admin.sites import site as default_site
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from jsonattrs_core import SchemaError
from jsonattrs_django.editor.drafts import Draft, DraftChanged, open_draft
from jsonattrs_django.models.manager import attribute_field
from jsonattrs_django.planning.faults import may_edit_scope
from jsonattrs_django.selectors import SelectorError

if TYPE_CHECKING:
    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.selectors import Texts

__all__ = [
    "address",
    "context_of",
    "field_of",
    "label_of_field",
    "may_edit_scope",
    "scope_query",
    "scope_view",
    "site_of",
    "url_for",
]

#: How often an edit is made again where others save the same draft at the same time.
_ATTEMPTS = 3

View = Callable[..., HttpResponse]


# ---- the scope of an address ----


def label_of_field(field: JSONAttributeField) -> str:
    """Return what a field is called in addresses: ``app.model.field`` in lower case, but for the field's own name."""
    return f"{field.model._meta.label_lower}.{field.name}"


def field_of(label: str) -> JSONAttributeField:
    """Return the attribute field of such a label. Raises Http404."""
    app_label, _dot, rest = label.partition(".")
    model_name, _dot, name = rest.partition(".")
    try:
        return attribute_field(apps.get_model(app_label, model_name), name)
    except (LookupError, ValueError, SchemaError) as error:
        raise Http404(f"There is no attribute field {label!r}.") from error


def texts_of(field: JSONAttributeField, query: QueryDict | Mapping[str, Any]) -> Texts:
    """Return the texts of the selector values that a query string gives by name; one left out is any.

    Raises Http404.
    """
    given = {selector.name: query[selector.name] for selector in field.selectors if selector.name in query}
    try:
        return field.selectors.given(given)
    except SelectorError as error:
        raise Http404(str(error)) from error


def scope_view(view: View) -> View:
    """Make a view ``(request, draft, **kwargs)`` of one scope out of the address: its label and its query string.

    Raises PermissionDenied where the user may not edit the schema of the scope, Http404 where there is no such scope:
    rows that are gone, or no record's together, have a page only where there is a schema. Where somebody else saves the
    draft while the view edits it, the view is called again with the draft as it is then.
    """

    @wraps(view)
    def of_scope(request: HttpRequest, label: str, **kwargs: Any) -> HttpResponse:
        field = field_of(label)
        texts = texts_of(field, request.GET)
        if not may_edit_scope(request.user, field, texts):
            raise PermissionDenied(_("You may not edit the schema of this scope."))
        site = site_of(request).name
        for _attempt in range(_ATTEMPTS):
            draft = open_draft(field, texts)
            draft.site = site
            if draft.record is None and draft.row is None and not draft.names.is_there(texts):
                raise Http404(_("There is no such scope."))
            try:
                return view(request, draft, **kwargs)
            except DraftChanged:
                continue
        messages.error(request, _("Others are editing this draft at the same time. Nothing was changed; try again."))
        return HttpResponseRedirect(address("schema", field, texts, site))

    return of_scope


# ---- addresses ----


def scope_query(field: JSONAttributeField, texts: Texts) -> str:
    """Return the query string of a scope, with its question mark, nothing where all selectors are any."""
    query = QueryDict(mutable=True)
    for selector, text in zip(field.selectors, texts, strict=True):
        if text is not None:
            query[selector.name] = text
    return f"?{query.urlencode()}" if query else ""


def address(name: str, field: JSONAttributeField, texts: Texts, site: str = "admin", **kwargs: Any) -> str:
    """Return the address of a page of one scope; ``kwargs`` are the parts of the path beside the label."""
    kwargs = {"label": label_of_field(field), **kwargs}
    path = reverse(f"admin:jsonattrs_schemarecord_{name}", kwargs=kwargs, current_app=site)
    return f"{path}{scope_query(field, texts)}"


def url_for(name: str, draft: Draft, **kwargs: Any) -> str:
    """Return the address of a page of the draft's scope: ``url_for("attribute", draft, key="score")``."""
    return address(name, draft.field, draft.texts, draft.site, **kwargs)


def site_of(request: HttpRequest) -> AdminSite:
    """Return the admin site that a request is for."""
    match = request.resolver_match
    named = (site for site in all_sites if match is not None and site.name == match.namespace)
    return next(named, default_site)


def context_of(request: HttpRequest, draft: Draft, **more: Any) -> dict[str, Any]:
    """Return what the templates of all pages of one scope need, and ``more``.

    That is what pages of the admin have; ``draft`` and ``field``; ``title``, the name of the schema; ``records``,
    what the records are called; and ``scope``, the names of what it is bound to: pairs of a selector and a value.
    """
    return {
        **site_of(request).each_context(request),
        "draft": draft,
        "field": draft.field,
        "title": draft.document.get("name") or str(draft.field.model._meta.verbose_name),
        "records": draft.field.model._meta.verbose_name_plural,
        "scope": draft.names.parts(draft.texts),
        **more,
    }
