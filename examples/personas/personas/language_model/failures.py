"""What becomes of a question that a server does not answer: its code, and what the person who asked is told."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx2
from openai import APIConnectionError, APIStatusError, APITimeoutError, OpenAIError

from personas.language_model.base import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["failure", "model_errors"]

_logger = logging.getLogger("personas")

#: The message of each code, and whether the same may work a little later. A code of ModelError may have two messages.
_FAILURES = {
    "timeout": ("The language model took too long. Try again, perhaps with less text.", True),
    "unreachable": ("The language model cannot be reached. Try again later.", True),
    "busy": ("The language model is busy. Try again in a minute.", True),
    "failed": ("The language model failed. Try again later.", True),
    "refused": ("The language model refuses to work on this text.", False),
    "unreadable": ("The language model's answer cannot be read. Try again.", True),
    "truncated": ("The language model's answer breaks off in the middle. Try again.", True),
    "too_large": ("This is more text than the language model can work on. Use less.", False),
    "endless": ("The language model's answer does not end. Try again.", True),
    "misconfigured": ("The language model is not set up as it should be. Tell whoever runs this site.", False),
}
#: Codes by the status of an answer. Others from 500 on are "failed"; the rest, such as a model that is not there, or a
#: key that is wrong, is for whoever runs the site.
_BY_STATUS = {408: "timeout", 413: "too_large", 429: "busy", 504: "timeout"}
#: Codes by what some servers say beside the status, which tells more.
_BY_REASON = {
    "context_length_exceeded": "too_large",
    "content_filter": "refused",
    "insufficient_quota": "misconfigured",
}


def failure(code: str, *, partial: Mapping[str, Any] | None = None) -> ModelError:
    """Return the error of a code, with its message."""
    message, is_retryable = _FAILURES[code]
    return ModelError("too_large" if code == "endless" else code, message, retryable=is_retryable, partial=partial)


@contextmanager
def model_errors() -> Iterator[None]:
    """Raise ModelError for whatever goes wrong on the way to a server, with it, or on the way back.

    The log has what whoever runs the site needs; neither it nor the person is told what has been asked or answered.
    """
    try:
        yield
    except (OpenAIError, httpx2.HTTPError) as error:
        code, status = _code(error), getattr(error, "status_code", "no status")
        _logger.warning("A language model failed: %s, %s, %s", code, type(error).__name__, status)
        raise failure(code) from error


def _code(error: Exception) -> str:
    if isinstance(error, APITimeoutError | httpx2.TimeoutException):
        return "timeout"
    if isinstance(error, APIStatusError):
        otherwise = "failed" if error.status_code >= 500 else "misconfigured"
        return _BY_REASON.get(str(error.code)) or _BY_STATUS.get(error.status_code, otherwise)
    if isinstance(error, APIConnectionError | httpx2.HTTPError):
        return "unreachable"
    return "misconfigured"  # the client could not be made
