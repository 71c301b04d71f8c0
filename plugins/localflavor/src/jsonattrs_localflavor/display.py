"""Clean values as people write them: functions ``fr_siren`` and so on, ``(clean value) -> text``.

Each is its field's ``prepare_value``, made when somebody asks for one (:pep:`562`).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from jsonattrs_localflavor.members import member
from jsonattrs_localflavor.table import DISPLAYED, ROWS

if TYPE_CHECKING:
    from collections.abc import Callable

_FIELDS: Final = {row[0].replace("-", "_"): row[1] for row in ROWS if row[0] in DISPLAYED}


@cache
def __getattr__(name: str) -> Callable[[str], str]:
    if name not in _FIELDS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    prepare: Callable[[str], str] = member(_FIELDS[name])().prepare_value
    return prepare


def __dir__() -> list[str]:
    return sorted({*globals(), *_FIELDS})
