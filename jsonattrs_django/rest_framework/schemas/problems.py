"""Problems of values, and faults of schemas, as JSON: where, with which code, and what about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jsonattrs_django.rest_framework.errors import told

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from jsonattrs_core import JSONAttrsError, Problem
    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.planning.faults import Faults

__all__ = ["fault_list", "fault_lists", "narrower_list", "problem_list"]

#: How the core begins to tell a fault, and the property that it is about, with the part of that.
_PLACES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern), path)
    for pattern, path in (
        (r"(visible_if|required_if) ", ("{0}",)),
        (r"(?:unknown |the )?constraint '([^']*)'", ("constraints", "{0}")),
        (r"the attribute refuses its (initial_default|default) ", ("{0}",)),
        (r"(?:the attribute refuses its choice|the choice|there must be 1 to) ", ("choices",)),
        (r"(?:unknown|the|no provider .* of the) subtype ", ("subtype",)),
        (r"unknown base type ", ("type",)),
        (r"'([a-z_]+)' ", ("{0}",)),
    )
)


def problem_list(problems: Iterable[Problem], hidden: Collection[str] = ()) -> list[dict[str, Any]]:
    """Return problems in the active language; of the attributes in ``hidden`` neither their names nor their limits.

    That there is no attribute of a name is said of these as of any other name.
    """
    return [told(problem, hidden)._asdict() for problem in problems]


# ---- of schemas ----


def fault_lists(error: JSONAttrsError, document: Mapping[str, Any], place: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Return what an error says of a schema: a list of problems. ``place`` is where the document is in the request."""
    return fault_list(getattr(error, "faults", None) or [error], document, place)


def fault_list(faults: Iterable[Any], document: Mapping[str, Any], place: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Do the same for faults, or sentences."""
    return [_fault(fault, document, place) for fault in faults]


def _fault(fault: Any, document: Mapping[str, Any], place: tuple[Any, ...]) -> dict[str, Any]:
    attribute = getattr(fault, "attribute", "")
    found = _definition(document, attribute) if attribute else None
    if found is None:
        message = getattr(fault, "message", None) if not attribute else None
        return {"path": [*place], "code": "schema", "params": {}, "message": message or str(fault)}
    position, definition = found
    path = [*place, "attributes", position, *_property(fault.message, definition)]
    return {"path": path, "code": "schema", "params": {"attribute": attribute}, "message": fault.message}


def _definition(document: Mapping[str, Any], attribute: str) -> tuple[int, Any] | None:
    """Return the place, and the definition, of the attribute that a fault names as the core does."""
    definitions = document.get("attributes")
    for position, each in enumerate(definitions if isinstance(definitions, list) else ()):
        said = each if isinstance(each, dict) else {}
        if attribute in (said.get("name", said.get("key")), said.get("key"), f"number {position + 1}"):
            return position, said
    return None


def _property(message: str, definition: Mapping[str, Any]) -> list[Any]:
    """Return the path of the property that a fault is about, nothing where that is the attribute as a whole."""
    for pattern, path in _PLACES:
        found = pattern.match(message)
        if found:
            parts = [part.format(*found.groups()) for part in path]
            return parts if parts[0] in definition else []
    return []


def narrower_list(faults: Faults, field: JSONAttributeField, place: tuple[Any, ...]) -> Iterator[dict[str, Any]]:
    """Yield what would be wrong in narrower scopes: by name of those that the user may edit, and how many others."""
    for texts, said in faults.narrower.items():
        values = zip(field.selectors, texts, strict=True)
        scope = {selector.name: text for selector, text in values if text is not None}
        message = _("In the scope %(scope)s: %(text)s") % {
            "scope": field.selectors.described(texts),
            "text": " ".join(said),
        }
        yield {"path": [*place], "code": "narrower_scope", "params": {"selectors": scope}, "message": message}
    if faults.more:
        text = ngettext(
            "It would break %(count)s narrower scope that is not named here.",
            "It would break %(count)s narrower scopes that are not named here.",
            faults.more,
        )
        yield {
            "path": [*place],
            "code": "narrower_scope",
            "params": {"count": faults.more},
            "message": text % {"count": faults.more},
        }
