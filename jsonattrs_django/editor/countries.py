"""The names of countries in the reader's language, as far as an installed plugin knows them."""

from __future__ import annotations

import re
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from jsonattrs_core import Registry

__all__ = ["country_names"]

#: A code of ISO 3166-1, as subtypes give it.
_CODE = re.compile("[A-Z]{2}").fullmatch


def country_names(registry: Registry) -> Mapping[str, str]:
    """Return the names by code in the active language, none where no plugin lists countries by their two letters.

    The subtypes for countries list them as their choices; the library behind one may be missing or broken, and then the
    next is asked.
    """
    for subtype in registry.subtypes.values():
        if subtype.kind == "country" and subtype.choices is not None:
            names = _listed(subtype.choices)
            if names and all(_CODE(code) for code in names):
                return names
    return {}


def _listed(choices: str | Callable[[str | None], Iterable[tuple[Any, Any]]]) -> dict[str, str]:
    try:
        pairs = (resolve_name(choices) if isinstance(choices, str) else choices)(get_language())
        return {str(value): str(label) for value, label in pairs}
    except Exception:  # whatever a stranger's module raises: its codes are shown instead
        return {}
