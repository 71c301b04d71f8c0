"""The base type ``text``: normalised, bounded, and without characters that break what stores or shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from unicodedata import combining, normalize

from jsonattrs_core.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonattrs_core.definitions import Attribute

__all__ = [
    "MAX_CHARACTERS",
    "MAX_COMBINING_RUN",
    "has_long_combining_run",
    "takes_lines",
    "takes_space",
    "text_keywords",
]

#: A longer text is refused before anything else looks at it: normalising half a million marks takes minutes.
MAX_CHARACTERS = 100_000
#: Longest run of combining characters; no script needs so many, and normalising is quadratic in it. (Unicode's
#: "stream-safe text format", UAX #15 section 13, has the same bound.)
MAX_COMBINING_RUN = 30

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]").search
_CONTROL_IN_LINES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]").search


def takes_lines(attribute: Attribute) -> bool:
    """Tell whether the attribute's text may hold line breaks and tabs (constraint ``multiline``)."""
    return (attribute.constraints or {}).get("multiline") is True


def takes_space(attribute: Attribute) -> bool:
    """Tell whether the attribute's text keeps the white space around it (constraint ``strip: false``)."""
    return (attribute.constraints or {}).get("strip") is False


def make_text_check(attribute: Attribute) -> Callable[[Any], str | None]:
    """Return the check of ``attribute``'s texts; it gives None for an empty one."""
    keep_space = takes_space(attribute)
    forbidden = _CONTROL_IN_LINES if takes_lines(attribute) else _CONTROL

    def check_text(value: Any) -> str | None:
        text = _composed(_plain(value))
        stripped = text.strip()
        if not stripped:
            return None
        if not keep_space:
            text = stripped
        if not text.isprintable() and forbidden(text):
            raise Invalid("format", type="text")
        return text

    return check_text


def _plain(value: Any) -> str:
    r"""Give the value as an exact str with ``\n`` for every line break, or refuse it."""
    if not isinstance(value, str):
        raise Invalid("type", type="text")
    if len(value) > MAX_CHARACTERS:
        raise Invalid("too_large", limit=MAX_CHARACTERS, unit="characters")
    text = str.__str__(value)  # of a subclass, whose own __str__ may say something else
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _composed(text: str) -> str:
    """Give the text in NFC. Both bounds are looked at again, since composing can lengthen a text or a run."""
    if text.isascii():
        return text
    if has_long_combining_run(text):
        raise Invalid("format", type="text")
    text = normalize("NFC", text)
    if len(text) > MAX_CHARACTERS:
        raise Invalid("too_large", limit=MAX_CHARACTERS, unit="characters")
    if has_long_combining_run(text):
        raise Invalid("format", type="text")
    return text


def has_long_combining_run(text: str) -> bool:
    """Tell whether more than :data:`MAX_COMBINING_RUN` combining characters follow each other.

    Such a run covers one of every 31 positions, so only these are looked at.
    """
    for position in range(MAX_COMBINING_RUN, len(text), MAX_COMBINING_RUN + 1):
        if combining(text[position]):
            start = end = position
            while start and combining(text[start - 1]) and end - start <= MAX_COMBINING_RUN:
                start -= 1
            while end + 1 < len(text) and combining(text[end + 1]) and end - start <= MAX_COMBINING_RUN:
                end += 1
            if end - start >= MAX_COMBINING_RUN:
                return True
    return False


def from_text(text: str, language: str) -> str:
    """Return the text of a person as it is."""
    return text


def load_text(value: Any) -> str | None:
    """Return a stored text as it is, None for an empty one."""
    if not isinstance(value, str):
        raise Invalid("type", type="text")
    return value if value.strip() else None


def text_keywords(attribute: Attribute) -> dict[str, Any]:
    """Return the JSON Schema keywords of the attribute's texts; one that must be there is not empty."""
    demanded = attribute.required is True and attribute.status != "deprecated" and not attribute.visible_if
    return {"type": "string", "minLength": 1} if demanded or attribute.multiple is True else {"type": "string"}
