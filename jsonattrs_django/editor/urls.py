"""The addresses of the schema editor, under those of the admin of schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import path

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.urls import URLPattern

    from jsonattrs_django.editor.access import View

__all__ = ["SCOPE_PAGES", "scope_urls"]

#: The pages of one scope: the rest of the path after the label, the name, the view.
SCOPE_PAGES: tuple[tuple[str, str, View], ...] = ()


def scope_urls(wrap: Callable[[Any], Any]) -> list[URLPattern]:
    """Return the addresses of the pages of one scope, each view wrapped as the admin's own are."""
    return [
        path(f"<str:label>/{rest}", wrap(view), name=f"jsonattrs_schemarecord_{name}")
        for rest, name, view in SCOPE_PAGES
    ]
