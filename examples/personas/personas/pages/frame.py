"""What all pages have in common: they are in English, and most of them are an author's own."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils import translation
from django.utils.cache import patch_cache_control
from django_htmx.http import HttpResponseClientRedirect

from personas.access import author_of, personas_of
from personas.pages.carrying import sign_in_with, typed_in

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from personas.models import Author, Persona

__all__ = ["AuthorMixin", "EnglishMixin", "PersonaMixin"]

LANGUAGE = "en-gb"


class EnglishMixin:
    """A page in English, whatever the browser asks for: the project speaks other languages for its other example.

    ``section`` says which entry of the navigation the page belongs to.
    """

    section: ClassVar[str] = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer in English; what shows somebody's own is kept by her browser alone."""
        translation.activate(LANGUAGE)
        request.LANGUAGE_CODE = LANGUAGE
        response = super().dispatch(request, *args, **kwargs)
        patch_cache_control(response, private=True)
        return response


class AuthorMixin(EnglishMixin, LoginRequiredMixin):
    """A page for somebody who is signed in, as an author; others sign in first, and come back."""

    login_url = reverse_lazy("personas:sign_in")

    @cached_property
    def author(self) -> Author:
        """Whose page it is."""
        return author_of(self.request.user)

    def handle_no_permission(self) -> HttpResponse:
        """Send somebody who is not signed in to sign in, the whole page also where only a part of it was asked for.

        What she has typed meanwhile, since her session has expired, goes with her.
        """
        if self.request.user.is_authenticated:
            raise PermissionDenied(self.get_permission_denied_message())
        typed = typed_in(self.request)
        if typed:
            return sign_in_with(self.request, typed)
        if not self.request.htmx:
            return redirect_to_login(self.request.get_full_path(), self.get_login_url())
        here = self.request.htmx.current_url_abs_path or reverse("personas:list")
        return HttpResponseClientRedirect(redirect_to_login(here, self.get_login_url()).url)


class PersonaMixin(AuthorMixin):
    """A page about one persona, whose number is in the address: one of the author's own, else there is none."""

    section = "personas"

    def get_queryset(self) -> QuerySet[Persona]:
        """Return the personas to look among."""
        return personas_of(self.author)

    @cached_property
    def persona(self) -> Persona:
        """The persona; raises ``Http404`` where the author has none of that number."""
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])
