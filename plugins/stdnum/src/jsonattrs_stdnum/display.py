"""Clean values as people write them: functions ``us_ssn`` and so on, ``(clean value) -> text``.

Each asks the ``format`` of its module of python-stdnum, and is made when somebody wants it (:pep:`562`).
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from jsonattrs_core import Invalid
from jsonattrs_stdnum import checks
from jsonattrs_stdnum.upstream import CRASHES, FORMATTED, NUMBERS, formatter

if TYPE_CHECKING:
    from collections.abc import Callable

__all__: list[str] = []


@cache
def __getattr__(name: str) -> Callable[[str], str]:
    if name not in FORMATTED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    check = getattr(checks, name)
    display = _display(formatter(name), check)
    for text in NUMBERS[name].examples:  # so that no list is read when a value is displayed
        with suppress(Invalid):
            display(check(text))
    return display


def __dir__() -> list[str]:
    return sorted({*globals(), *FORMATTED})


def _display(shape: Callable[[str], str], check: Callable[[str], str]) -> Callable[[str], str]:
    """Return the function that gives the library's display form where it is read as the same value.

    It is not of an ISAN, to which the library adds check digits, or of an ISMN, where it writes 979-0 for M: a form
    that shows them would change the value when it is saved. Such values, and those that ``format`` breaks on, are
    displayed as they are.
    """

    def display(clean: str) -> str:
        try:
            text = shape(clean)
            return text if check(text) == clean else clean
        except (Invalid, *CRASHES):  # the library's own errors are ValueErrors
            return clean

    return display
