"""Publishing, discarding, retiring and restoring: first what it would do, then the button that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jsonattrs_core import JSONAttrsError
from jsonattrs_django.editor.access import context_of, site_of, url_for
from jsonattrs_django.editor.publishing import (
    Review,
    lost_with,
    publish,
    review_of_publishing,
    review_of_retiring,
    set_retired,
)
from jsonattrs_django.planning.published import standing_for
from jsonattrs_django.schemas.generation import schema_database

if TYPE_CHECKING:
    from django.http import HttpRequest

    from jsonattrs_django.editor.drafts import Draft

__all__ = ["discard", "publish_page", "restore_page", "retire_page", "state_of"]


@require_http_methods(["GET", "HEAD", "POST"])
def publish_page(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show what publishing the draft would do; do it, where that is what the user has seen."""
    if not draft.is_changed and not draft.is_retired:
        messages.info(request, _("There is nothing to publish: the draft says what is published."))
        return HttpResponseRedirect(url_for("schema", draft))
    seen = state_of(draft)
    if request.method == "POST":
        if not _is_as_seen(request, seen):
            return HttpResponseRedirect(url_for("publish", draft))
        if _is_done(request, lambda: publish(draft, request.user)):
            messages.success(request, _("Published. It is in force from now on."))
            return HttpResponseRedirect(url_for("schema", draft))
    review = review_of_publishing(draft, request, site_of(request))
    unreadable = review if isinstance(review, list) else []
    context = context_of(
        request,
        draft,
        heading=_("Review and publish"),
        review=None if unreadable else review,
        unreadable=unreadable,
        can_publish=isinstance(review, Review) and not review.faults,
        seen=seen,
    )
    return TemplateResponse(request, "admin/jsonattrs/editor/publish.html", context)


def state_of(draft: Draft) -> str:
    """Return what stands for everything that a review depends on: the draft, and what is published."""
    row = (0, 0) if draft.row is None else (draft.row.pk, draft.row.version)
    return standing_for({"draft": row, "published": draft.published_document, "retired": draft.is_retired})


def _is_as_seen(request: HttpRequest, seen: str) -> bool:
    """Tell whether what a button is about is what the page with the button has shown; else say that it is not."""
    if request.POST.get("seen") == seen:
        return True
    messages.warning(request, _("It has changed since you looked at it. Nothing was done; look again."))
    return False


def _is_done(request: HttpRequest, do: Any) -> bool:
    """Tell whether something was done; what stands against it is told on the page that follows."""
    try:
        with transaction.atomic(using=schema_database()):
            do()
    except JSONAttrsError:
        messages.error(request, _("Nothing was changed: see below what is wrong."))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show what is lost with the draft, and let go of it where that is what the user has seen."""
    if draft.row is None:
        messages.info(request, _("There is no draft: what you see is what is published."))
        return HttpResponseRedirect(_left(draft))
    seen = state_of(draft)
    if request.method != "POST":
        context = context_of(request, draft, heading=_("Discard the draft"), seen=seen, lost=lost_with(draft))
        return TemplateResponse(request, "admin/jsonattrs/editor/discard.html", context)
    if not _is_as_seen(request, seen):
        return HttpResponseRedirect(url_for("discard", draft))
    draft.discard()
    messages.success(request, _("The draft is discarded."))
    return HttpResponseRedirect(_left(draft))


def _left(draft: Draft) -> str:
    """Return the address of what is left without the draft: the schema, or, where there is none, the tree of scopes."""
    if draft.record is None:
        return reverse("admin:jsonattrs_schemarecord_changelist", current_app=draft.site)
    return url_for("schema", draft)


@require_http_methods(["GET", "HEAD", "POST"])
def retire_page(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show what retiring the whole schema would do, and do it."""
    return _retiring(request, draft, retire=True)


@require_http_methods(["GET", "HEAD", "POST"])
def restore_page(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show what restoring the retired schema would do, and do it."""
    return _retiring(request, draft, retire=False)


def _retiring(request: HttpRequest, draft: Draft, *, retire: bool) -> HttpResponse:
    record = draft.record
    if record is None or record.is_retired is retire:
        raise Http404(_("There is no schema of which this can be done."))
    seen = state_of(draft)
    if request.method == "POST":
        if not _is_as_seen(request, seen):
            return HttpResponseRedirect(url_for("retire" if retire else "restore", draft))
        if _is_done(request, lambda: set_retired(draft, record, request.user, retired=retire)):
            messages.success(request, _("The schema is retired.") if retire else _("The schema is in force again."))
            return HttpResponseRedirect(url_for("schema", draft))
    context = context_of(
        request,
        draft,
        heading=_("Retire this schema") if retire else _("Restore this schema"),
        retire=retire,
        seen=seen,
        review=review_of_retiring(draft, request, site_of(request)),
    )
    return TemplateResponse(request, "admin/jsonattrs/editor/retire.html", context)
