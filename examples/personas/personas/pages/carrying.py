"""What was typed outlives a session that has expired: it is carried through signing in, and nothing of it is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.forms import AuthenticationForm
from django.http import QueryDict
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django_htmx.http import reselect, reswap, retarget

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

__all__ = ["CarryingMixin", "sign_in_with", "typed_in"]

#: More characters than these are not carried; a long sample in any script has fewer.
_MOST = 1_000_000


def typed_in(request: HttpRequest) -> str:
    """Return what a form has sent, encoded: no token and no password; nothing where a file is part of it."""
    if request.method != "POST" or request.FILES:
        return ""
    sent = request.POST.copy()
    for name in list(sent):
        if name == "csrfmiddlewaretoken" or "password" in name:
            del sent[name]
    typed = sent.urlencode()
    return typed if len(typed) <= _MOST else ""


def sign_in_with(request: HttpRequest, typed: str) -> HttpResponse:
    """Show the page to sign in, which carries what was typed; htmx puts it in the place of the whole content."""
    context = {"form": AuthenticationForm(request), "next": request.get_full_path(), "carried": typed}
    page = render(request, "personas/sign_in.html", context)
    return retarget(reswap(reselect(page, "#content"), "outerHTML show:window:top"), "#content")


class CarryingMixin:
    """A page to sign in, after which what it carries is offered to be sent where it was meant to go."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Where this would lead to a page of this application, show what was typed for it first."""
        response = super().dispatch(request, *args, **kwargs)
        typed = request.POST.get("carried", "")[:_MOST]
        address = getattr(response, "url", "")
        if not typed or address != request.POST.get("next") or not _is_ours(address):
            return response
        sent = [(name, value) for name, values in QueryDict(typed).lists() for value in values]
        return render(request, "personas/carried.html", {"address": address, "sent": sent})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Keep what is carried where a password is wrong."""
        return super().get_context_data(**kwargs) | {"carried": self.request.POST.get("carried", "")[:_MOST]}


def _is_ours(address: str) -> bool:
    try:
        return resolve(address.partition("?")[0]).namespace == "personas"
    except Resolver404:
        return False
