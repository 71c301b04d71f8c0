"""JSON that cannot be misunderstood, or is refused with what is wrong and where."""

from __future__ import annotations

import codecs
import json
import re
from math import isinf
from typing import TYPE_CHECKING, Any

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser, get_encoding

from jsonattrs_core import Problem
from jsonattrs_django.messages import problem
from jsonattrs_django.rest_framework.errors import problem_detail

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Malformed", "StrictJSONParser", "strict_json"]

#: Characters of a number: Python reads no longer integer, and takes long for those that are nearly as long.
_DIGITS = 1_000
#: Finds the escape of one half of a character; most of them have the other half beside them.
_HALF = re.compile(r"\\u[dD][89a-fA-F]").search
#: Levels of lists and objects in each other.
_LEVELS = 64


class Malformed(ValueError):
    """A text is no JSON, or JSON that two readers may read as two things."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


class StrictJSONParser(JSONParser):
    """Parses JSON, and refuses what two readers may read as two things, or nobody can store.

    That is names that occur twice, NaN and Infinity, numbers out of range, halves of characters, and deep nesting.
    What is refused is a ParseError (400) with a problem's code and parameters. Other content types are 415.
    """

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """Return the JSON value of a body. Raises ParseError."""
        encoding = get_encoding(parser_context or {"encoding": settings.DEFAULT_CHARSET})
        try:
            return strict_json(codecs.decode(stream.read(), encoding))
        except UnicodeError:
            raise ParseError(problem_detail(Problem((), "syntax", {"type": "encoding"}))) from None
        except Malformed as error:
            raise ParseError(problem_detail(error.problem)) from None


def strict_json(text: str) -> Any:
    """Return the JSON value of a text. Raises Malformed."""
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_whole,
            parse_float=_real,
            parse_constant=_no_number,
        )
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise Malformed(problem((), "syntax", "json", **place)) from None
    except RecursionError:
        raise Malformed(Problem((), "too_large", {"limit": _LEVELS, "unit": "levels"})) from None
    _demand_shallow(value, text)
    if _HALF(text):
        _demand_characters(value)
    return value


def _demand_characters(value: Any) -> None:
    """Raise Malformed for half a character, which nobody can store or send back."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Malformed(problem((), "syntax", "half")) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed(Problem((), "syntax", {"type": "keys"}))
    return found


def _whole(text: str) -> int:
    if len(text) > _DIGITS:
        raise Malformed(Problem((), "syntax", {"type": "number"}))
    return int(text)


def _real(text: str) -> float:
    if len(text) > _DIGITS:
        raise Malformed(Problem((), "syntax", {"type": "number"}))
    number = float(text)
    if isinf(number):
        raise Malformed(problem((), "syntax", "no_number"))
    return number


def _no_number(text: str) -> Any:
    raise Malformed(problem((), "syntax", "no_number"))


def _demand_shallow(value: Any, text: str) -> None:
    """Raise Malformed for what is nested deeper than anybody's code may follow."""
    if text.count("[") + text.count("{") <= _LEVELS:
        return
    level = [value]
    for _ in range(_LEVELS):
        level = [each for one in level for each in _members(one) if isinstance(each, list | dict)]
        if not level:
            return
    raise Malformed(Problem((), "too_large", {"limit": _LEVELS, "unit": "levels"}))


def _members(value: Any) -> Any:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
