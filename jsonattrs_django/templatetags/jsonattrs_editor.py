"""Tags for the templates of the schema editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from jsonattrs_django.editor.access import url_for

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["editor_url"]

register = template.Library()


@register.simple_tag(takes_context=True)
def editor_url(context: Mapping[str, Any], name: str, **kwargs: Any) -> str:
    """Return the address of a page of the scope that is shown: ``{% editor_url "attribute" key=row.key %}``."""
    return url_for(name, context["draft"], **kwargs)


@register.filter
def get_item(mapping: Mapping[str, Any], name: str) -> Any:
    """Return a member of a mapping by a name that is in a variable, nothing where it has none."""
    return mapping.get(name)
