"""The addresses of the schema editor, under those of the admin of schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import path

from jsonattrs_django.editor.access import scope_view
from jsonattrs_django.editor.views import attributes, plugins, preview, publishing, rules, schema, scopes, trying

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.urls import URLPattern

    from jsonattrs_django.editor.access import View

__all__ = ["OTHER_PAGES", "SCOPE_PAGES", "editor_urls"]

#: The pages of one scope: the rest of the path after the label, the name, the view.
SCOPE_PAGES: tuple[tuple[str, str, View], ...] = (
    ("", "schema", schema.schema_page),
    ("about/", "about", schema.about),
    ("move/", "move", schema.move),
    ("omit/", "omit", schema.omit),
    ("take-back/", "take_back", schema.take_back),
    ("status/", "status", schema.set_status),
    ("attribute/", "attribute_add", attributes.add),
    ("attribute/<str:key>/", "attribute", attributes.edit),
    ("override/<str:key>/", "override", attributes.override),
    ("rules/", "rules", rules.rules_page),
    ("rules/new/", "rule_add", rules.rule_page),
    ("rules/<int:place>/", "rule", rules.rule_page),
    ("rules/group/", "group_add", rules.group_page),
    ("rules/group/<int:place>/", "group", rules.group_page),
    ("publish/", "publish", publishing.publish_page),
    ("discard/", "discard", publishing.discard),
    ("retire/", "retire", publishing.retire_page),
    ("restore/", "restore", publishing.restore_page),
    ("effective/", "effective", preview.effective_page),
    ("preview/", "preview", preview.preview_page),
    ("try/", "try", trying.try_page),
)

#: The pages that are of no scope: the path, the name, the view.
OTHER_PAGES: tuple[tuple[str, str, View], ...] = (
    ("<str:label>/choose/", "choose", scopes.choose_scope),
    ("plugins/", "plugins", plugins.plugins_page),
)


def editor_urls(wrap: Callable[[Any], Any]) -> list[URLPattern]:
    """Return the addresses of the pages, each view wrapped as the admin's own are."""
    pages = [
        *OTHER_PAGES,
        *((f"<str:label>/{rest}", name, scope_view(view)) for rest, name, view in SCOPE_PAGES),
    ]
    return [path(route, wrap(view), name=f"jsonattrs_schemarecord_{name}") for route, name, view in pages]
