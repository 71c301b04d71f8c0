"""The labels of the codes, a module for each language, imported when somebody asks for it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LANGUAGES", "labels"]

#: The languages that there are; the first one also holds the codes and their order.
LANGUAGES = ("en", "de", "es", "fr", "id")


def labels(name: str, language: str | None) -> Mapping[str, str]:
    """Return the labels of a list by code, in ``language``, a BCP 47 tag; in English where it has none.

    >>> labels("MONUMENTATION", "de-AT")["cornerstone"]
    'Grenzstein'
    """
    wanted = (language or "").lower().replace("_", "-").partition("-")[0]
    module = import_module(f"{__name__}.{wanted if wanted in LANGUAGES else LANGUAGES[0]}")
    found: Mapping[str, str] = getattr(module, name)
    return found
