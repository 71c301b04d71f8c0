"""What was posted to the form of a definition: another type, further rows, controls that the page did not have."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jsonattrs_django.editor.definitions.choices import ROW
from jsonattrs_django.editor.definitions.limits import fitting_limits
from jsonattrs_django.editor.definitions.parts import NONE
from jsonattrs_django.editor.definitions.types import is_subtype_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django import forms
    from django.http import QueryDict

    from jsonattrs_django.editor.definitions.source import Source

__all__ = ["MORE_ROWS", "UPDATE", "completed", "number_of_rows", "source_of_posted"]

#: The parameter of a button that shows the form anew, for the type that was chosen, and saves nothing.
UPDATE = "_update"
#: Its value where it also asks for further rows of choices.
MORE_ROWS = "rows"

_ROW = re.compile(rf"{ROW}([0-9]{{1,4}})__value").fullmatch
#: Rows that are added at once.
_ADDED = 5


def number_of_rows(data: Mapping[str, Any]) -> int:
    """Return how many rows of choices the form has after what was posted."""
    places = (found for found in map(_ROW, data) if found is not None)
    posted = max((int(found[1]) + 1 for found in places), default=0)
    return posted + (_ADDED if data.get(UPDATE) == MORE_ROWS else 0)


def source_of_posted(source: Source, data: QueryDict) -> Source:
    """Return what the form is about with the type that was posted. A subtype that is of another type is forgotten."""
    definition = dict(source.definition)
    if data.get("type"):
        definition["type"] = data["type"]
    elif source.inherited is not None and "type" in data:
        definition.pop("type", None)
    if data.get("multiple") in ("true", "false"):
        definition["multiple"] = data["multiple"] == "true"
    elif data.get("multiple") == "":
        definition.pop("multiple", None)
    live = replace(source, definition=definition)
    has_new_type = live.type != source.type
    if data.get("subtype") and has_new_type and not is_subtype_of(data["subtype"], live.type):
        data["subtype"] = ""
    if data.get("subtype"):
        definition["subtype"] = data["subtype"]
    elif has_new_type:
        definition.pop("subtype", None)
    if has_new_type and isinstance(definition.get("constraints"), dict):
        definition["constraints"] = fitting_limits(definition["constraints"], live.type)
    return live if definition == source.definition else replace(source, definition=definition)


def completed(data: QueryDict, fields: Mapping[str, forms.Field]) -> None:
    """Add the controls that were not posted, as they were first shown: the page did not have them.

    A box that is not ticked is not posted either: it was there if the control beside it was.
    """
    for name, made in _absent(data, fields):
        if made.initial not in (None, "", False):
            data[name] = "on" if made.initial is True else str(made.initial)


def _absent(data: QueryDict, fields: Mapping[str, forms.Field]) -> Iterable[tuple[str, forms.Field]]:
    posted = set(data)
    for name, made in fields.items():
        beside = name
        if name.endswith(NONE):
            beside = _beside(name.removesuffix(NONE), fields)
        elif name.startswith(ROW):
            beside = f"{name.rpartition('__')[0]}__value" if name.endswith("__retired") else name
        if beside not in posted:
            yield name, made


def _beside(name: str, fields: Iterable[str]) -> str:
    """Return the control that a box for none stands beside; of texts, the first."""
    return name if name in fields else next((each for each in fields if each.startswith(f"{name}__")), name)
