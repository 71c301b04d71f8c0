"""The checks, one for each subtype: ``gb_post_code`` and so on.

They differ only in their row of the table, so they are made when somebody asks for one (:pep:`562`), and asking for one
imports the form fields of its country and of no other.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError

from jsonattrs_core import Invalid, fold_digits
from jsonattrs_localflavor.choices import codes_of
from jsonattrs_localflavor.cleaning import CRASHES, Cleaner, cleaner
from jsonattrs_localflavor.refusals import refusal
from jsonattrs_localflavor.table import CHOICES, ROWS

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FREE", "MAX_LENGTH"]

#: No number, date or name here is longer; what is gets refused before a library sees it.
MAX_LENGTH: Final = 256
#: Fields that take any text and leave it to their widget to offer a list. They are never asked.
FREE: Final = frozenset({"fr-department", "fr-region", "ma-province", "ma-region"})

_ROWS: Final = {row[0].replace("-", "_"): row for row in ROWS}


@cache
def __getattr__(name: str) -> Callable[[str], str]:
    if name not in _ROWS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    subtype, field, form = _ROWS[name][0], _ROWS[name][1], _ROWS[name][7]
    if subtype in CHOICES:
        return _choosing(codes_of(subtype), None if subtype in FREE else cleaner(field))
    return _matching(cleaner(field), form)


def __dir__() -> list[str]:
    return sorted({*globals(), *_ROWS})


def _matching(clean: Cleaner, form: str) -> Callable[[str], str]:
    """Return the check that gives what the field gives, if it has the form."""
    fits = re.compile(form).fullmatch

    def check(value: str) -> str:
        found = _cleaned(clean, _prepared(value))
        if fits(found) is None:
            raise Invalid("format")
        return found

    return check


def _choosing(codes: list[str], clean: Cleaner | None) -> Callable[[str], str]:
    """Return the check that gives one of ``codes``: as given, or as the field makes it of a name.

    A code is not shown to the field, as one of them (GTM, of Cuba) it returns and does not know.
    """
    known = frozenset(codes)

    def check(value: str) -> str:
        text = _prepared(value)
        if text not in known and clean is not None:
            with suppress(Invalid):
                text = _cleaned(clean, text)
        if text not in known:
            raise Invalid("choice", choices=codes[:10], count=len(codes))
        return text

    return check


def _prepared(value: str) -> str:
    """Return the value stripped and with ASCII digits; Invalid for what only looks like digits, and for too much.

    The fields' regular expressions take digits of every script and keep them; ``str.isdigit`` takes ``²`` and ``①``.
    """
    if len(value) > MAX_LENGTH:
        raise Invalid("max_length", limit=MAX_LENGTH)
    text = value.strip()
    if text.isascii():
        return text
    text = fold_digits(text)
    if any(character.isdigit() and not character.isascii() for character in text):
        raise Invalid("format")
    return text


def _cleaned(clean: Cleaner, text: str) -> str:
    """Return what the field makes of a text, as a text: PTSocialSecurityNumberField returns a number."""
    try:
        found: Any = clean(text)
    except ValidationError as error:
        raise refusal(error) from None
    except CRASHES:  # see there
        raise Invalid("format") from None
    return str(found)
