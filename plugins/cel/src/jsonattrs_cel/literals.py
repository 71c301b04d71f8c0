"""Texts that an expression hands to a function which reads them: what is wrong with them is found at once."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Any

from jsonattrs_cel.patterns import BadPattern, pattern_size
from jsonattrs_cel.program import runtime
from jsonattrs_cel.tree import Call, Const, encode

__all__ = ["fault_of"]

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_TAKEN = {
    "date": "date() takes a day of the calendar, as in date('2024-12-31')",
    "timestamp": "timestamp() takes a day and time with an offset, as in timestamp('2024-12-31T23:59:00Z')",
    "duration": "duration() takes hours, minutes and seconds, as in duration('36h') or duration('1h30m')",
    "int": "int() takes a whole number, as in int('12')",
    "double": "double() takes a number, as in double('12.5')",
}


def fault_of(function: str, text: str) -> str:
    """Return what is wrong with a text that is handed to a function, "" where nothing is."""
    if function == "matches":
        return _fault_of_pattern(text)
    if function not in _TAKEN:
        return ""
    return "" if (_is_day(text) if function == "date" else _is_read(function, text)) else _TAKEN[function]


def _fault_of_pattern(text: str) -> str:
    try:
        pattern_size(text)
    except BadPattern as error:
        return str(error)
    return ""


def _is_day(text: str) -> bool:
    try:
        return _DAY(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _is_read(function: str, text: str) -> bool:
    call = Call(1, function, [Const(2, "string", text)])
    outcome: Any = runtime().deserialize(encode(call)).eval(data={}).value()
    return not isinstance(outcome, str) and not (isinstance(outcome, float) and not math.isfinite(outcome))
