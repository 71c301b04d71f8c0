"""The addresses of the API."""

from __future__ import annotations

from django.urls import path, re_path
from rest_framework.routers import SimpleRouter

from personas.api.accounts import Login, Logout, Refresh, Register
from personas.api.content import Content
from personas.api.documents import Document, Index, Nothing
from personas.api.modelling import Analyse, WorkInProgress
from personas.api.personas import Personas
from personas.api.schemas import Schemas

__all__ = ["app_name", "urlpatterns"]

router = SimpleRouter()
router.register("personas", Personas, basename="persona")
router.register("content", Content, basename="content")
router.register("schemas", Schemas, basename="schema")

app_name = "personas_api"
urlpatterns = [
    path("", Index.as_view(), name="index"),
    path("openapi.json", Document.as_view(), name="document"),
    path("auth/register/", Register.as_view(), name="register"),
    path("auth/login/", Login.as_view(), name="login"),
    path("auth/refresh/", Refresh.as_view(), name="refresh"),
    path("auth/logout/", Logout.as_view(), name="logout"),
    path("analyse/", Analyse.as_view(), name="analyse"),
    path("tasks/<str:id>/", WorkInProgress.as_view(), name="work"),
    *router.urls,
    re_path("", Nothing.as_view(), name="nothing"),
]
