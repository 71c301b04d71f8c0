"""Clean values as people write them: functions ``fr_siren`` and so on, ``(clean value) -> text``.

Each is its field's ``prepare_value``, or puts in the punctuation that is left out of what is stored. It is made when
somebody asks for one (:pep:`562`).
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Final

from jsonattrs_localflavor.members import member
from jsonattrs_localflavor.table import DISPLAYED, ROWS

if TYPE_CHECKING:
    from collections.abc import Callable

_FIELDS: Final = {row[0].replace("-", "_"): row[1] for row in ROWS if row[0] in DISPLAYED}

#: Where there is punctuation: before which character, counted from the end where the number is below zero. Those are
#: in the order of the text, so that none moves the next.
_MARKS: Final = {
    "br_cnpj": {-12: ".", -9: ".", -6: "/", -2: "-"},
    "br_cpf": {-8: ".", -5: ".", -2: "-"},
    "br_processo": {-13: "-", -11: ".", -7: ".", -6: ".", -4: "."},
    "cz_rc": {6: "/"},
    "de_identity_card_number": {-15: "-", -8: "-", -1: "-"},
    "es_ccc": {-16: " ", -12: " ", -10: " "},
    "uy_ci": {-7: ".", -4: ".", -1: "-"},
}


@cache
def __getattr__(name: str) -> Callable[[str], str]:
    if name not in _FIELDS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name in _MARKS:
        return partial(_punctuated, _MARKS[name])
    prepare: Callable[[str], str] = member(_FIELDS[name])().prepare_value
    return prepare


def __dir__() -> list[str]:
    return sorted({*globals(), *_FIELDS})


def _punctuated(marks: dict[int, str], value: str) -> str:
    """Return a value with its marks, save for one that nothing stands before: an old ``uy-ci`` is a digit shorter."""
    for place, mark in marks.items():
        head, tail = value[:place], value[place:]
        value = f"{head}{mark}{tail}" if head else value
    return value
