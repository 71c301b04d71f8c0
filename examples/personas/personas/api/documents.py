"""The API described: the OpenAPI document, for programs, and a page for people."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.http import JsonResponse
from django.urls import include, path, reverse
from django.utils.cache import patch_vary_headers
from django.views.generic import TemplateView
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.exceptions import MethodNotAllowed, NotFound
from rest_framework.views import APIView
from rest_framework_simplejwt.authentication import JWTAuthentication

from jsonattrs_django.rest_framework.renderers import with_params
from personas.api.frame import FrameMixin
from personas.api.versions import VERSION
from personas.pages.frame import EnglishMixin

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

__all__ = ["Document", "Generator", "Index", "Nothing"]

ABOUT = """\
Personas, which are named sets of writing characteristics, and texts that are drafted in their voices.

Register, log in, and send the access token as `Authorization: Bearer …`. Everything is JSON.

Errors are lists of objects of `message`, `code` and `params`, under the name of what they are about, `{"name": [{…}]}`,
those of attributes under `attributes`; what is about no field is one such object under `detail`. What is wrong with a
schema that is written to `/schemas/` is told by its place in the document:
`{"problems": [{"path": […], "code": …, "params": {…}, "message": …}]}`.
"""


class Generator(SchemaGenerator):
    """Makes the document of this API alone, whatever else the project has, and of this version."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        from personas.api.urls import urlpatterns  # which have the view of the document among them

        kwargs["patterns"] = [path("", include((urlpatterns, "personas_api")))]
        super().__init__(*args, **kwargs)

    def get_schema(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the document."""
        document: dict[str, Any] = super().get_schema(*args, **kwargs)
        document["info"] = {"title": "Personas", "version": VERSION, "description": ABOUT}
        document["servers"] = [{"url": reverse("personas_api:index")}]
        for address, operations in document["paths"].items():
            for operation in operations.values():
                operation["responses"] = {**_refusals(address, operation), **operation["responses"]}
        return document


#: Errors that any operation may answer, by code.
_REFUSALS = {
    "400": "What was sent cannot be read, or is refused.",
    "401": "The token, or what was logged in with, is missing or worth nothing.",
    "404": "There is nothing at this address that is one's own.",
    "413": "The body is too long.",
    "415": "The body is no JSON.",
    "429": "Too many requests; the header Retry-After has the seconds to wait.",
}


def _refusals(address: str, operation: dict[str, Any]) -> dict[str, Any]:
    """Return the errors that an operation may answer, where nobody has described them."""
    codes = ["401"]
    if "requestBody" in operation:
        codes += ["400", "413", "415"]
    if operation.get("parameters"):
        codes += ["400", "404"]
    if address in {"/auth/login/", "/auth/register/"}:
        codes += ["429"]
    errors = {"application/json": {"schema": {"$ref": "#/components/schemas/AttributeErrorsWithParams"}}}
    return {code: {"description": _REFUSALS[code], "content": errors} for code in codes}


class Document(FrameMixin, SpectacularJSONAPIView):
    """The OpenAPI document. It names the attributes that its reader's personas have."""

    authentication_classes = (JWTAuthentication,)
    permission_classes = ()
    renderer_classes = SpectacularJSONAPIView.renderer_classes
    generator_class = Generator
    serve_public = True


class Index(EnglishMixin, TemplateView):
    """Where things are: a page for people, and for programs the addresses."""

    template_name = "personas/api.html"
    section = "api"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer in the form that is asked for; a program that does not say gets JSON."""
        if request.get_preferred_type(["application/json", "text/html"]) == "text/html":
            response = super().get(request, *args, **kwargs)
        else:
            response = JsonResponse(_addresses(request))
        patch_vary_headers(response, ["Accept"])
        return response

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse whatever else is tried here, in the form in which every other address does."""
        error = MethodNotAllowed(str(request.method))
        headers = {"Allow": ", ".join(self._allowed_methods())}
        return JsonResponse(with_params({"detail": error.detail}), status=error.status_code, headers=headers)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the operations in groups, and where the API is."""
        root = self.request.build_absolute_uri(reverse("personas_api:index"))
        return super().get_context_data(**kwargs) | {"groups": _groups(), "root": root}


_NAMES = (
    *("document", "register", "login", "refresh", "logout"),
    *("persona-list", "content-list", "schema-list", "analyse"),
)


def _addresses(request: HttpRequest) -> dict[str, Any]:
    found = {name.removesuffix("-list"): reverse(f"personas_api:{name}") for name in _NAMES}
    return {"version": VERSION, "addresses": {name: request.build_absolute_uri(each) for name, each in found.items()}}


#: What the page calls the parts of the API, by the first part of their addresses, in the order in which it has them.
_TITLES = {
    "auth": "Accounts",
    "personas": "Personas",
    "analyse": "Samples",
    "content": "Texts",
    "tasks": "Work of the language model",
    "schemas": "Attributes of your own",
    "openapi.json": "This description, for programs",
}

_LOOKS = {"GET": "plain", "DELETE": "warm"}


@cache
def _groups() -> dict[str, list[dict[str, str]]]:
    """Return what each operation is and does, by what it is about: they are the same for everybody."""
    found: dict[str, list[dict[str, str]]] = {title: [] for title in _TITLES.values()}
    for address, operations in Generator().get_schema(request=None, public=True)["paths"].items():
        below = address.lstrip("/")
        for method, operation in operations.items():
            name = method.upper()
            about = operation["description"].partition("\n\n")[0].replace("`", "")
            entry = {"method": name, "address": below, "about": about, "look": _LOOKS.get(name, "")}
            found[_TITLES[below.partition("/")[0]]].append(entry)
    return found


class Nothing(FrameMixin, APIView):
    """What is at every other address: nothing, which programs are told in JSON."""

    authentication_classes = ()
    permission_classes = ()
    schema = None

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Refuse every method alike. Raises NotFound."""
        super().initial(request, *args, **kwargs)
        raise NotFound
