"""The addresses of both examples, and of the admin that they share."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView, TemplateView
from landregistry.urls import pages as land_registry

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

handler400 = "demo.errors.bad_request"
handler403 = "demo.errors.permission_denied"
handler404 = "demo.errors.not_found"
handler500 = "demo.errors.server_error"

urlpatterns = [
    path("", TemplateView.as_view(template_name="demo/start.html"), name="start"),
    path("personas/", include("personas.pages.urls")),
    path("api/v1/", include("personas.api.urls")),
    path("land-registry/", include(land_registry)),
    path("admin/", admin.site.urls),
    path("language/", include("django.conf.urls.i18n")),
    # Browsers ask for it on the pages of the admin, which name no icon.
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}demo/icon.svg")),
]
