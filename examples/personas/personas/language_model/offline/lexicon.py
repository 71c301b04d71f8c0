"""The words and phrases of ``english.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["phrases", "vocabulary"]


@cache
def lexicon() -> dict[str, dict[str, Any]]:
    """Return the file as it is."""
    return tomllib.loads(Path(__file__).with_name("english.toml").read_text(encoding="utf-8"))


@cache
def vocabulary(name: str) -> frozenset[str]:
    """Return a list of words in small letters."""
    return frozenset(lexicon()["words"][name].split())


@cache
def phrases(name: str) -> re.Pattern[str]:
    """Return a pattern that finds the phrases of a list, whole and in any case."""
    found = " ".join(lexicon()["phrases"][name].split()).split(" | ")
    return re.compile(rf"\b(?:{'|'.join(sorted(found, key=len, reverse=True))})(?!\w)", re.IGNORECASE)
