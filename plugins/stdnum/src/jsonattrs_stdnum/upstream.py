"""What python-stdnum has, imported when it is asked for: one module of it for each subtype.

Of a module only ``validate``, ``compact`` and ``format`` are called. Some modules also have functions that ask a
service on the internet, such as ``check_vies``; nothing here can reach one.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

from jsonattrs_stdnum.table import ROWS

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CRASHES", "FORMATTED", "NUMBERS", "compacter", "formatter", "validator"]

#: What a function of the library may raise for a text besides its own errors, as nobody foresaw the text: ValueError in
#: those for containers, Ghana and Portugal, IndexError in the display of a Portuguese number; the others are of the
#: same kind, and every one of them says that the text is no such number. A missing file or module is no verdict on a
#: text, and so OSError and ImportError are not here.
CRASHES: Final = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)


class Number(NamedTuple):
    """Where the library has a number."""

    subtype: str  #: "us-ssn"
    module: str  #: "us.ssn", below the package ``stdnum``
    examples: tuple[str, ...]


#: The numbers by the name of their functions here: ``us_ssn``.
NUMBERS: Final = {row[1].replace("-", "_"): Number(row[1], row[0], row[7]) for row in ROWS}
#: Names of those that the library has a display form for.
FORMATTED: Final = frozenset(row[1].replace("-", "_") for row in ROWS if row[10])


def validator(name: str) -> Callable[[str], str]:
    """Return the library's ``(text) -> compact form`` for a name of :data:`NUMBERS`; raises ImportError."""
    validate: Callable[[str], str] = import_module(f"stdnum.{NUMBERS[name].module}").validate
    return validate


def compacter(name: str) -> Callable[[str], str]:
    """Return the library's ``(text) -> text without separators`` for a name of :data:`NUMBERS`; raises ImportError."""
    compact: Callable[[str], str] = import_module(f"stdnum.{NUMBERS[name].module}").compact
    return compact


def formatter(name: str) -> Callable[[str], str]:
    """Return the library's ``(number) -> display form`` for a name of :data:`FORMATTED`; raises ImportError."""
    display: Callable[[str], str] = import_module(f"stdnum.{NUMBERS[name].module}").format
    return display
