"""What comes of a draft: the page of what records have, and that of the form, for scripts too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from jsonattrs_django.editor.access import context_of
from jsonattrs_django.editor.effective import Effective
from jsonattrs_django.editor.previewing import LANGUAGE, Preview, beside, stamp_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from jsonattrs_django.editor.drafts import Draft

__all__ = ["effective_page", "is_asked_by_script", "preview_page"]

_TEMPLATES = "admin/jsonattrs/editor"


def is_asked_by_script(request: HttpRequest) -> bool:
    """Tell whether a script takes the answer, and needs but the part of the page that it is for."""
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def effective_page(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show what records have, all of it: of a large schema, there is but a part beside its draft."""
    context = context_of(request, draft, effective=Effective(draft), heading=_("What records have"))
    return TemplateResponse(request, f"{_TEMPLATES}/effective.html", context)


@sensitive_post_parameters()  # what is typed may be somebody's own data
def preview_page(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show the form, as it is for what was posted, and what would be stored. Nothing is saved.

    A script that gives the ``_stamp`` of what it shows gets everything that is shown beside a draft, or no content
    where it is the same.
    """
    if "_stamp" in request.GET and is_asked_by_script(request):
        return _fresh(request, draft)
    effective = Effective(draft)
    data = request.POST if request.method == "POST" else None
    preview = Preview(effective, request.user, data, request.GET.get(LANGUAGE, ""))
    template = "_preview.html" if is_asked_by_script(request) else "preview.html"
    context = context_of(request, draft, preview=preview, heading=_("Preview of the form"))
    return TemplateResponse(request, f"{_TEMPLATES}/{template}", context)


def _fresh(request: HttpRequest, draft: Draft) -> HttpResponse:
    if request.GET["_stamp"] == stamp_of(draft, Effective(draft)):
        return HttpResponse(status=204)
    return TemplateResponse(request, f"{_TEMPLATES}/_beside.html", context_of(request, draft, **beside(request, draft)))
