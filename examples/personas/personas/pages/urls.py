"""The addresses of the pages, by who has made them: each module adds its own."""

from __future__ import annotations

from django.urls import path

from personas.pages import accounts, detail, lists

__all__ = ["app_name", "urlpatterns"]

app_name = "personas"
urlpatterns = [
    path("", accounts.Home.as_view(), name="home"),
    path("register/", accounts.Register.as_view(), name="register"),
    path("sign-in/", accounts.SignIn.as_view(), name="sign_in"),
    path("sign-out/", accounts.SignOut.as_view(), name="sign_out"),
    path("mine/", lists.PersonaList.as_view(), name="list"),
    path("<int:pk>/", detail.PersonaPage.as_view(), name="persona"),
]
