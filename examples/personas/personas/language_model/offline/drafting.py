"""Drafts by template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from personas.language_model.base import Draft

if TYPE_CHECKING:
    from personas.language_model.base import Voice

__all__ = ["drafted"]


def drafted(voice: Voice, topic: str) -> Draft:
    """Return a plain text about a topic."""
    return Draft(title=topic[:200], body=f"This is a text about {topic}.")
