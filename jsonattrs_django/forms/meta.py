"""What the ``Meta`` of a model form says of the fields of single attributes: labels, help and controls."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["follow_meta"]


def follow_meta(options: Any, fields: Mapping[str, Any]) -> None:
    """Give fields, by their names in the form, what the options ``labels``, ``help_texts`` and ``widgets`` say."""
    for html_name, label in _of(options.labels, fields):
        fields[html_name].label = label
    for html_name, help_text in _of(options.help_texts, fields):
        fields[html_name].help_text = help_text
    for html_name, widget in _of(options.widgets, fields):
        _give(fields[html_name], widget)


def _of(said: Mapping[str, Any] | None, fields: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(name, value) for name, value in (said or {}).items() if name in fields]


def _give(field: Any, widget: Any) -> None:
    """Have a field use another control, in which conditions are still watched."""
    new = widget() if isinstance(widget, type) else deepcopy(widget)
    watched = {name: value for name, value in field.widget.attrs.items() if name.startswith("data-attributes")}
    new.attrs = {**watched, **field.widget_attrs(new), **new.attrs}
    new.is_required = field.required
    field.widget = new
