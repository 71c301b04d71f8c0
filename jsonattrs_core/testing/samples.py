"""Values to try: JSON values of every type, and texts made to break what reads them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "DIGITS",
    "LANGUAGES",
    "UNKNOWN_SYMBOL",
    "broken_texts",
    "json_values",
    "parameters",
    "python_values",
    "with_digits",
]

#: The ten digits of other scripts. ``str.isdigit`` accepts all of them, ``\d`` and ``int`` all but the last.
DIGITS = {
    "Arabic-Indic": "٠١٢٣٤٥٦٧٨٩",
    "Devanagari": "०१२३४५६७८९",
    "full-width": "".join(map(chr, range(0xFF10, 0xFF1A))),
    "mathematical": "".join(map(chr, range(0x1D7CE, 0x1D7D8))),
    "superscript": "⁰¹²³⁴⁵⁶⁷⁸⁹",
}
#: Neither digit, letter, space nor separator in any system of numbers: who keeps this keeps everything.
UNKNOWN_SYMBOL = "\u20ac"
#: What functions of plugins may be asked for; the last is no language.
LANGUAGES = (None, "en", "de", "pt-BR", "xx-unknown")

#: Length of the long texts, in characters: what the base type ``text`` accepts at most.
_LONG = 100_000


def json_values() -> Iterator[Any]:
    """Yield JSON values of every type: small and large, nested and odd; the last ones come from no file."""
    yield None
    yield from parameters()
    yield from (10**5000, float("nan"), float("inf"), float("-inf"), nested(10_000))


def parameters() -> Iterator[Any]:
    """Yield what the parameter of a constraint may be in a schema that came as JSON; null would take it away."""
    yield from (True, False)
    yield from (0, 1, -1, 7, 100, 9999, 2**31, 2**53 + 1, 2**63, -(2**63), 10**100, -(10**400))
    yield from (0.0, -0.0, 0.5, 3.0, -1.5, 12.25, 1e-320, 1e308, -1e308)
    yield from ("", " ", "\t\n", "x", "abc", "null", "true", "today", "<b>%s{0}</b>", "a@example.org")
    yield from ("0", "-0", "007", "12.50", "1e5", "NaN", "1,5", "0x10", "1_000")
    yield from ("2024-02-29", "2023-02-29", "2024-02-29T12:00:00Z", "2024-02-29T23:59:59.999999+14:00")
    yield from ("12:30", "24:00", "P1DT12H", "-PT0.5S", "00000000-0000-4000-8000-000000000000")
    yield from ("Ünïcödé", "日本語", "\u0645\u0631\u062d\u0628\u0627", "\U0001f469\u200d\U0001f33e", "a\u0301")
    yield from ([], [None], [1, 2], ["a"], [[]], [{"a": 1}], ["a"] * 1000)
    yield from ({}, {"": None}, {"a": 1}, {"a": [1, {"b": [True, 1.5]}]}, {"type": "object"}, {"\x00": "\ud800"})
    yield nested(6)
    for character in ("9", "a", " ", "-", "\u0301"):
        yield character * _LONG
    yield "x" * (_LONG + 1)


def nested(levels: int) -> Any:
    """Return lists and objects inside each other."""
    value: Any = 1
    for level in range(levels):
        value = {"a": value} if level % 2 else [value]
    return value


def python_values() -> Iterator[Any]:
    """Yield Python values of the built-in base types, good and bad, and some of no type that JSON knows."""
    yield from (date(2024, 2, 29), datetime(2024, 2, 29, 12, 30), time(23, 59), timedelta(days=-1))  # noqa: DTZ001 - naive
    yield from (Decimal("1.50"), Decimal("NaN"), Decimal("1e999999"), b"bytes", (1, 2), {1, 2}, 1j, object())


def broken_texts(text: str) -> Iterator[str]:
    """Yield what typing errors, spreadsheets and strangers make of ``text``."""
    middle = len(text) // 2
    start, end = text[:middle], text[middle:]
    for odd in ("\n", "\r\n", "\t", "\x00", "\x1b[0m", "\x85", "\u2028", "\u00a0", "\u200b", "\u202e", "\ufeff"):
        yield from (text + odd, odd + text, start + odd + end)
    for odd in ("\ud800", "\udfff", "\u0301", UNKNOWN_SYMBOL, "%s{0}", "'\"", "+", "-", "0", "z"):
        yield from (text + odd, odd + text, start + odd + end)
    yield from (text[1:], text[:-1], start, text[::-1], f"{text} {text}", text + text)
    yield from (text.upper(), text.lower(), text.swapcase(), re.sub(r"\W", "", text))
    for separator in (" ", "-", ".", "/"):
        yield separator.join(text)
    for digit in ("0", "9", "X", "\u00df", "\u0131", "\uff21"):
        yield re.sub("[0-9]", digit, text)
    for piece in filter(None, (text, text[:1], text[-1:], f"{text} ", f"{text}-", "1", "Z", " ", "\u00e9")):
        yield (piece * (_LONG // len(piece) + 1))[:_LONG]
    yield text + " " * (_LONG - len(text) - 1) + "x"


def with_digits(text: str, digits: str) -> Iterator[str]:
    """Yield ``text`` with its ASCII digits replaced: all of them, and the last one alone; nothing if there are none."""
    places = [place for place, character in enumerate(text) if character in "0123456789"]
    if places:
        yield "".join(digits[int(c)] if c in "0123456789" else c for c in text)
        yield f"{text[: places[-1]]}{digits[int(text[places[-1]])]}{text[places[-1] + 1 :]}"
