"""The addresses of the benchmarks' admin pages."""

from __future__ import annotations

from django.urls import path

from benchmarks.django.changelist import site

urlpatterns = [path("admin/", site.urls)]
