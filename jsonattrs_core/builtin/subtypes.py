"""The checks of the built-in subtypes."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jsonattrs_core import clock
from jsonattrs_core.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonattrs_core.definitions import Attribute

__all__ = [
    "any_text",
    "birth_date",
    "hex_color",
    "latitude",
    "longitude",
    "make_rating",
    "percentage",
    "positive_float",
    "positive_integer",
    "slug",
    "url",
    "year",
]

_FIRST_BIRTH = date(1850, 1, 1)
_SLUG = re.compile(r"[-A-Za-z0-9_]+").fullmatch
_HEX_COLOR = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})").fullmatch
_NOT_IN_URL = re.compile(r"[\s<>\"{}|\\^`\x00-\x20\x7f]").search
_MAX_URL = 2048


def _between(low: Any, high: Any) -> Callable[[Any], Any]:
    """Return a check that ``low <= value <= high``; None is no bound."""

    def check(value: Any) -> Any:
        if low is not None and value < low:
            raise Invalid("min", limit=low if not isinstance(low, Decimal) else str(low))
        if high is not None and value > high:
            raise Invalid("max", limit=high if not isinstance(high, Decimal) else str(high))
        return value

    return check


positive_float = _between(0.0, None)
positive_integer = _between(0, None)
percentage = _between(Decimal(0), Decimal(100))
year = _between(1, 9999)
latitude = _between(-90.0, 90.0)
longitude = _between(-180.0, 180.0)


def make_rating(attribute: Attribute) -> Callable[[Any], Any]:
    """Return the check of a rating from 1 to 10; the attribute's own ``min`` and ``max`` replace these bounds."""
    own = attribute.constraints or {}
    return _between(None if "min" in own else 1, None if "max" in own else 10)


def birth_date(value: date) -> date:
    """Refuse a date of birth in the future, or before 1850."""
    today = clock.today()
    if value > today:
        raise Invalid("max", limit=today.isoformat())
    if value < _FIRST_BIRTH:
        raise Invalid("min", limit=_FIRST_BIRTH.isoformat())
    return value


def slug(value: str) -> str:
    """Accept ASCII letters, digits, hyphens and underscores."""
    if not _SLUG(value):
        raise Invalid("format")
    return value


def hex_color(value: str) -> str:
    """Give ``#rgb`` or ``#rrggbb`` (CSS Color 4, section 5.2) as six lower-case digits."""
    if not _HEX_COLOR(value):
        raise Invalid("format")
    digits = value[1:].lower()
    return "#" + ("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits)


def url(value: str) -> str:
    """Accept an absolute http or https address (RFC 3986) with a host; international hosts and paths too."""
    if len(value) > _MAX_URL:
        raise Invalid("max_length", limit=_MAX_URL)
    if _NOT_IN_URL(value):
        raise Invalid("format")
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise Invalid("format") from None
    if parts.scheme not in ("http", "https") or not host or host.startswith(".") or ".." in host:
        raise Invalid("format")
    return value


def any_text(value: str) -> str:
    """Accept every text."""
    return value
