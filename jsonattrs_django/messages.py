"""What the adapter says of data, in English; the catalogs in ``locale`` have it in other languages.

The messages are those of problems whose provider is ``django``, so that the core renders them like all others.
"""

from __future__ import annotations

from typing import Any

from jsonattrs_core import Problem

__all__ = ["MESSAGES", "PROVIDER", "problem"]

#: The adapter as a provider: of a base type, and of messages.
PROVIDER = "django"

#: By a name of our own.
MESSAGES = {
    "not_found": "There is no such record.",
    "no_schema": "No schema applies to this record, so that it can have no attributes.",
    "broken": "What is stored here is not one object with named members; attributes_check --repair moves it aside.",
    "unique_together": "Another record has these values together already: %(names)s.",
    "no_filter": "There is no filter named %(name)s.",
    "nearest_filter": "There is no filter named %(name)s; did you mean %(nearest)s?",
    "separator": "Separate the values with semicolons, since a comma can be part of a number.",
    "half": "A text has half of a character: an escape such as \\ud83d without the other half.",
    "json": "This is not valid JSON: look at line %(line)s, column %(column)s.",
    "twice": "The name %(name)s occurs twice in one object: look at line %(line)s, column %(column)s.",
    "no_number": "JSON has no NaN and no Infinity, and this has one, or a number that is too large to be read.",
    "read_only": "You may not change this.",
    "unusable": "The attributes cannot be changed at present, since their schema cannot be used: %(reason)s",
}


def problem(path: tuple[str | int, ...], code: str, message: str, **params: Any) -> Problem:
    """Return a problem with one of our messages, by its name."""
    return Problem(path, code, {"message": MESSAGES[message], **params}, PROVIDER)
