"""When a client may use a composed schema again that it has: the tags of what is sent, and 304 in its place."""

from __future__ import annotations

import json
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from rest_framework.response import Response

from jsonattrs_core import PluginError
from jsonattrs_django.registry import registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http.response import HttpResponseBase

    from jsonattrs_core import Registry
    from jsonattrs_django.rest_framework.schemas.scopes import ScopeOf

__all__ = ["answer_with_tag", "answered", "entity_tag"]

#: What decides on an answer beside its address: its form, its language, and who asks.
_VARY = ("Accept", "Accept-Language", "Authorization", "Cookie")


def answered(request: Any, asked: ScopeOf, about: str, make: Callable[[], Any]) -> HttpResponseBase:
    """Return the answer that ``make`` gives, or that the client has it already. ``about`` tells it from others."""
    response = answer_with_tag(request, entity_tag(asked, about), make)
    response.headers["Content-Language"] = get_language() or "en"
    return response


def answer_with_tag(request: Any, tag: str | None, make: Callable[[], Any]) -> HttpResponseBase:
    """Return an answer with a tag, which the client may keep and must ask for again; 304 where it has that one."""
    known = None if tag is None else get_conditional_response(request._request, etag=tag)
    response: HttpResponseBase = Response(make()) if known is None else known
    if tag is not None:
        response.headers["ETag"] = tag
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, _VARY)
    return response


def entity_tag(asked: ScopeOf, about: str) -> str | None:
    """Return what stands for an answer; None where a plugin is broken.

    It changes with whatever the answer depends on: what the scope's schemas say together, the attributes that the user
    may see, the language, and the plugins. The fingerprint is worked out once for each generation of the schemas. The
    generation itself would tell everybody when others change theirs. It is made with the project's secret key, so that
    nobody finds out by trying what he may not see.
    """
    try:
        plugins = _standing_for(registry())
    except PluginError:
        return None
    schema, model = asked.scope.schema, asked.field.model._meta.label
    languages = [get_language(), *(each.rule_language for each in schema.schemas[-1:])]
    parts = [model, asked.field.name, asked.texts, schema.fingerprint, sorted(asked.viewed), languages, plugins, about]
    return f'"{salted_hmac(__name__, json.dumps(parts), algorithm="sha256").hexdigest()}"'


@lru_cache(maxsize=4)
def _standing_for(plugins: Registry) -> str:
    """Return what stands for the plugins of a registry and their versions: patterns and choices come with them."""
    parts = ("kind", "name", "provider", "version", "state")
    told = [[each.get(part) for part in parts] for each in plugins.describe()]
    return sha256(json.dumps(told, default=str).encode()).hexdigest()
