"""What is asked of every record, whatever it contributes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from jsonattrs_core.messages import TEXTS
from jsonattrs_core.testing.probe import fail, shown
from jsonattrs_core.values import CORE

__all__ = ["code_is_allowed", "look_at_codes", "look_at_lists", "look_at_texts"]


def code_is_allowed(code: str, provider: str) -> bool:
    """Tell whether a record of ``provider`` may declare a problem code: one of the core's, or one of its own."""
    if "." in code:
        return provider != CORE and code.startswith(f"{provider}.") and code.isascii() and code.isprintable()
    return code in TEXTS and code != "provider_error"  # nobody plans to be broken


def look_at_codes(what: str, codes: Iterable[str] | Mapping[str, str], provider: str) -> None:
    """Look at the codes that a record declares."""
    for code in codes:
        if not code_is_allowed(str(code), provider):
            fail(f"{what} declares the code {shown(code)}: neither one of the core's nor '{provider}.<code>'")
        if isinstance(codes, Mapping) and not _is_text(codes[code]) and (codes[code] != "" or "." in code):
            fail(f"{what} gives its code {code!r} the message {shown(codes[code])}, not a text")


def look_at_lists(what: str, record: Any, names: Iterable[str]) -> None:
    """Look for the comma that is missing in ``("x")``, and for what can be gone through only once."""
    for name in names:
        if isinstance(getattr(record, name), str) or not isinstance(getattr(record, name), Collection):
            fail(f"{what} has {name} {shown(getattr(record, name))}, not a tuple")


def look_at_texts(what: str, record: Any, names: Iterable[str]) -> None:
    """Look for texts that are not there."""
    for name in names:
        if not _is_text(getattr(record, name)):
            fail(f"{what} has no {name}")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
