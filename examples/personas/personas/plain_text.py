"""Texts that somebody gives to a language model."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.text import normalize_newlines

__all__ = ["clean_text"]


def clean_text(text: str, *, limit: int) -> str:
    """Return a text as its characters are counted, without white space around it, or raise Django's ValidationError.

    Browsers send two characters for the end of a line; NUL is one that PostgreSQL does not store.
    """
    text = normalize_newlines(text).replace("\x00", "").strip()
    if len(text) > limit:
        raise ValidationError(
            f"This has {len(text):,} characters. Use at most {limit:,} of them.",
            code="too_long",
            params={"limit": limit, "length": len(text)},
        )
    return text
