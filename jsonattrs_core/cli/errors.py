"""What keeps a command from running."""

from __future__ import annotations

__all__ = ["CannotRun"]


class CannotRun(Exception):
    """The command cannot do its work; the message is one line for the person who called it."""
