"""The value that stands for "nobody said", and the texts of people: languages and names."""

from __future__ import annotations

import enum
import unicodedata
from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias

__all__ = ["CORE", "UNSET", "Text", "Unset", "fold_digits", "shown", "shown_name", "text_in"]


#: Provider of what the core itself contributes; also its gettext domain, and its distribution.
CORE = "jsonattrs"


class _Unset(enum.Enum):
    """The type of :data:`UNSET`; an enumeration, so that type checkers narrow it and pickling keeps identity."""

    UNSET = "UNSET"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"


#: Nobody said. Differs from None, which takes an inherited property away. It is false.
UNSET: Final = _Unset.UNSET
Unset: TypeAlias = Literal[_Unset.UNSET]

#: A text of a schema: a string, or a mapping of language to string.
Text: TypeAlias = str | Mapping[str, str]


def text_in(text: Text | Unset | None, language: str | None, default_language: str = "en") -> str:
    """Return ``text`` in ``language``: the language, its parent (``pt`` for ``pt-br``), the default, or any at all."""
    if not text:
        return ""
    if not isinstance(text, Mapping):
        return text
    by_language = {code.lower().replace("_", "-"): words for code, words in text.items()}
    for wanted in (language, default_language):
        code = (wanted or "").lower().replace("_", "-")
        while code:
            if code in by_language:
                return by_language[code]
            code = code.rpartition("-")[0]
    return next(iter(by_language.values()))


def fold_digits(text: str) -> str:
    r"""Return ``text`` with the decimal digits of every script (Unicode's category Nd) as ASCII digits.

    For checks of plugins: ``int`` and ``\d`` take ``\u0663`` for a digit, and what is stored has to be ASCII.

    >>> fold_digits("\u0661\u0662 \uff13")
    '12 3'
    """
    return text if text.isascii() else "".join(str(unicodedata.decimal(character, character)) for character in text)


def shown_name(name: Any) -> str:
    """Return a name found in data as it may be shown: at most 63 characters, control characters escaped."""
    if not isinstance(name, str):
        return f"<{type(name).__name__}>"
    cut = name[:63]
    return cut if cut.isprintable() else "".join(c if c.isprintable() else ascii(c)[1:-1] for c in cut)


def shown(value: Any) -> str:
    """Return a value of a schema as messages about the schema show it: as Python writes it, at most 100 characters."""
    try:
        text = repr(value)
    except Exception:  # an integer of thousands of digits has none, and a stranger's object may have a broken one
        return f"<{type(value).__name__}>"
    return text if len(text) <= 100 else f"{text[:99]}…"
