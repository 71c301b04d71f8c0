"""Waiting for a language model: the page that is shown while a worker is at it, and where it leads.

What was asked, and from which page, is kept in the session, so that nothing has to be typed again where a model fails.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.views.generic import TemplateView
from django_htmx.http import HttpResponseClientRedirect

from personas.analysing import Analysis
from personas.pages.frame import AuthorMixin
from personas.work import find

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from personas.work import Work

__all__ = ["AnalysisMixin", "WorkPage", "asked", "forget", "go", "note"]

_KEY = "personas-work"
#: What is kept of in one session; older work is forgotten.
_MOST = 5


def go(request: HttpRequest, address: str) -> HttpResponse:
    """Have the browser open another page, whether it or htmx has asked."""
    return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)


def _keep(request: HttpRequest, key: str, **said: Any) -> None:
    """Keep something of a piece of work in the session; what was kept of it before stays."""
    kept = request.session.get(_KEY, {})
    kept[key] = {**kept.pop(key, {}), **said}
    request.session[_KEY] = dict(list(kept.items())[-_MOST:])


def asked(request: HttpRequest, key: str) -> dict[str, Any]:
    """Return what the session has of a piece of work: nothing where it knows none of that id."""
    found: dict[str, Any] = request.session.get(_KEY, {}).get(key, {})
    return found


def forget(request: HttpRequest, key: str) -> None:
    """Forget a piece of work that has served its purpose."""
    request.session[_KEY] = {each: said for each, said in request.session.get(_KEY, {}).items() if each != key}


def note(request: HttpRequest, work: Work, back: str, **typed: Any) -> HttpResponse:
    """Keep what was typed on the page ``back``, and go where the work leads: to a page to wait on, or to its end.

    Where the work has failed already, the caller says so on its own page, and does not come here.
    """
    _keep(request, work.id, back=back, typed=typed)
    return go(request, _next(request, work) or reverse("personas:work", args=[work.id]))


def _next(request: HttpRequest, work: Work) -> str:
    """Return where finished work leads; nothing where it is not finished, or has failed."""
    if work.piece is not None:
        words = f"{work.piece.word_count} word{'' if work.piece.word_count == 1 else 's'}"
        messages.success(request, f"A draft of {words} is ready, and kept. Change what you like.")
        return reverse("personas:piece_edit", args=[work.piece.pk])
    if work.analysis is None:
        return ""
    _keep(request, work.id, analysis=work.analysis.to_json())
    persona = asked(request, work.id).get("typed", {}).get("persona")
    page = reverse("personas:compare", args=[persona]) if persona else reverse("personas:review")
    return f"{page}?work={work.id}"


class AnalysisMixin:
    """A page about an analysis that the session has: the parameter ``work`` says which."""

    @cached_property
    def key(self) -> str:
        """Which work it is."""
        return self.request.GET.get("work", "")

    @cached_property
    def typed(self) -> dict[str, Any]:
        """What was typed to have it made."""
        found: dict[str, Any] = asked(self.request, self.key).get("typed", {})
        return found

    @cached_property
    def analysis(self) -> Analysis | None:
        """The analysis, None where the session has none of that id."""
        said = asked(self.request, self.key).get("analysis")
        return Analysis.from_json(said) if said else None


class WorkPage(AuthorMixin, TemplateView):
    """Work of the author's. It is asked for again and again by htmx, without it by pressing a button."""

    template_name = "personas/work.html"
    section = "personas"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go on to what has come of the work, or say how far it is."""
        key = self.kwargs["id"]
        work = find(self.author, key)
        if work is None:
            raise Http404("There is no such work, or it is done and forgotten.")
        following = _next(request, work)
        if following:
            return go(request, following)
        back = asked(request, key).get("back") or reverse("personas:list")
        return self.render_to_response(self.get_context_data(work=work, back=f"{back}?again={key}"))
