"""The pages of errors: those of the application that answered, and the project's own for all else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import select_template
from django.views import defaults
from rest_framework import exceptions

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

__all__ = ["bad_request", "not_found", "permission_denied", "server_error"]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that makes no sense: 400."""
    if _is_for_programs(request):
        return exceptions.bad_request(request, exception)
    return defaults.bad_request(request, exception, template_name=_template(request, "400.html"))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer somebody who may not: 403."""
    return defaults.permission_denied(request, exception, template_name=_template(request, "403.html"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer where there is nothing: 404."""
    return defaults.page_not_found(request, exception, template_name=_template(request, "404.html"))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when something went wrong here: 500, with a page that needs nothing but a file."""
    if _is_for_programs(request):
        return exceptions.server_error(request)
    return defaults.server_error(request, template_name="demo/500.html")


def _view(request: HttpRequest) -> Any:
    """Return the class of the view that the address led to, or None."""
    function = request.resolver_match and request.resolver_match.func
    return getattr(function, "cls", None) or getattr(function, "view_class", None)


def _is_for_programs(request: HttpRequest) -> bool:
    """Tell whether the answer comes from an API, whose views alone read requests with parsers."""
    return hasattr(_view(request), "parser_classes")


def _template(request: HttpRequest, name: str) -> str:
    """Return the name of a template: the application's of the view, where it has one."""
    application = (getattr(_view(request), "__module__", None) or "demo").partition(".")[0]
    found: str = select_template([f"{application}/{name}", f"demo/{name}"]).template.name
    return found
