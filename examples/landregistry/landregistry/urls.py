"""The addresses of the pages, of the admin and of the API."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path
from django.views.defaults import page_not_found, permission_denied
from django.views.generic import RedirectView

from landregistry import editing, lists, views
from landregistry.accounts import shown_accounts

__all__ = ["handler403", "handler404", "pages", "urlpatterns"]

handler403 = partial(permission_denied, template_name="landregistry/403.html")
handler404 = partial(page_not_found, template_name="landregistry/404.html")

sign_in = LoginView.as_view(
    template_name="landregistry/sign_in.html",
    redirect_authenticated_user=True,
    extra_context={"accounts": shown_accounts},
)

#: The register itself: its pages and its API.
pages = [
    path("", views.Home.as_view(), name="home"),
    path("organizations/<slug:slug>/", views.OrganizationPage.as_view(), name="organization"),
    path("projects/<int:pk>/", views.ProjectPage.as_view(), name="project"),
    path("projects/<int:pk>/edit/", editing.EditProject.as_view(), name="project_edit"),
    path("parties/", lists.PartyList.as_view(), name="party_list"),
    path("parties/add/", editing.AddParty.as_view(), name="party_add"),
    path("parties/<int:pk>/", views.PartyPage.as_view(), name="party"),
    path("parties/<int:pk>/edit/", editing.EditParty.as_view(), name="party_edit"),
    path("land/", lists.SpatialUnitList.as_view(), name="spatial_unit_list"),
    path("land/add/", editing.AddSpatialUnit.as_view(), name="spatial_unit_add"),
    path("land/<int:pk>/", views.SpatialUnitPage.as_view(), name="spatial_unit"),
    path("land/<int:pk>/edit/", editing.EditSpatialUnit.as_view(), name="spatial_unit_edit"),
    path("sign-in/", sign_in, name="sign_in"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("api/", include("landregistry.api.urls")),
]

urlpatterns = [
    *pages,
    path("language/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    # Browsers ask for it on the pages of the admin, which name no icon.
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}landregistry/icon.svg")),
]
