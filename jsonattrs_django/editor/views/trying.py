"""Trying a value of one attribute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from jsonattrs_django.editor.access import context_of
from jsonattrs_django.editor.effective import Effective
from jsonattrs_django.editor.trying import Trial
from jsonattrs_django.editor.views.preview import is_asked_by_script

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from jsonattrs_django.editor.drafts import Draft

__all__ = ["try_page"]


@sensitive_post_parameters()
def try_page(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show what becomes of the ``value`` that was posted for an ``attribute``; a link may choose the attribute alone.

    A value is never a part of an address: those are kept in logs and in the histories of browsers.
    """
    effective = Effective(draft)
    name = request.POST.get("attribute", request.GET.get("_attribute", ""))
    trial = Trial(effective.schema, name, request.POST.get("value"), request.user)
    template = "_try_answer.html" if is_asked_by_script(request) else "try.html"
    context = context_of(request, draft, effective=effective, trial=trial, heading=_("Try a value"))
    return TemplateResponse(request, f"admin/jsonattrs/editor/{template}", context)
