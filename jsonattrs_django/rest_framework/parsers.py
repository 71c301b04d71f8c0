"""JSON that cannot be misunderstood, or is refused with what is wrong and where."""

from __future__ import annotations

import codecs
import json
import re
from math import isinf
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser, get_encoding

from jsonattrs_core import Problem
from jsonattrs_django.messages import problem
from jsonattrs_django.rest_framework.errors import ProblemDetail, problem_detail, written
from jsonattrs_django.rest_framework.places import place_of_half, place_of_number, place_of_second

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonattrs_django.rest_framework.places import Place

__all__ = ["Malformed", "StrictJSONParser", "StrictParsing", "strict_json"]

#: Characters of a number: Python reads no longer integer, and takes long for those that are nearly as long.
_DIGITS = 1_000
#: Finds the escape of one half of a character; most of them have the other half beside them.
_HALF = re.compile(r"\\u[dD][89a-fA-F]").search
#: Characters of a name that are told.
_LONGEST_NAME = 60
#: Levels of lists and objects in each other.
_LEVELS = 64


class Malformed(ValueError):
    """A text is no JSON, or JSON that two readers may read as two things."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem

    @property
    def detail(self) -> ProblemDetail:
        """The error of it, with the place where it is."""
        detail = problem_detail(self.problem)
        params = detail.params
        if "line" not in params or "%(line)s" in self.problem.params.get("message", ""):
            return detail
        place = _("Look at line %(line)s, column %(column)s.") % params
        return ProblemDetail(f"{detail} {place}", str(detail.code), params)


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
            raise ParseError(error.detail) from None


class StrictParsing:
    """Has a view parse JSON strictly, whichever parser of REST framework's it is set to use for it."""

    def get_parsers(self) -> list[Any]:
        """Return the parsers of the view, a strict one in the place of REST framework's own."""
        parsers: list[Any] = super().get_parsers()  # type: ignore[misc]  # of the view
        return [StrictJSONParser() if type(each) is JSONParser else each for each in parsers]


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
    except _Misread as error:
        raise Malformed(_placed(error.args[0], text)) from None
    _demand_shallow(value, text)
    if _HALF(text):
        _demand_characters(value, text)
    return value


class _Misread(Exception):
    """Something may be misread: a problem, of which it is not known yet where that is."""


def _placed(found: Problem, text: str) -> Problem:
    """Return a problem with the line and the column of what it is about."""
    if found.params.get("type") == "keys":
        place = place_of_second(text)
        if place is not None:
            name = place.name[:_LONGEST_NAME]
            return problem((), "syntax", "twice", name=written(name), line=place.line, column=place.column)
        return found
    is_long = found.params.get("type") == "number"
    place = place_of_number(text, _is_long if is_long else _is_none)
    return found if place is None else _with_place(found, place)


def _with_place(found: Problem, place: Place) -> Problem:
    params = {**found.params, "line": place.line, "column": place.column}
    return Problem(found.path, found.code, params, found.provider)


def _demand_characters(value: Any, text: str) -> None:
    """Raise Malformed for half a character, which nobody can store or send back."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        found, place = problem((), "syntax", "half"), place_of_half(text)
        raise Malformed(found if place is None else _with_place(found, place)) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Misread(Problem((), "syntax", {"type": "keys"}))
    return found


def _whole(text: str) -> int:
    if _is_long(text):
        raise _Misread(Problem((), "syntax", {"type": "number"}))
    return int(text)


def _real(text: str) -> float:
    if _is_long(text):
        raise _Misread(Problem((), "syntax", {"type": "number"}))
    number = float(text)
    if isinf(number):
        _no_number(text)
    return number


def _no_number(text: str) -> Any:
    raise _Misread(problem((), "syntax", "no_number"))


def _is_long(text: str) -> bool:
    return len(text) > _DIGITS


def _is_none(text: str) -> bool:
    """Tell whether what stands for a number is none that can be read."""
    return not text.lstrip("-")[0].isdigit() or isinf(float(text))


def _demand_shallow(value: Any, text: str) -> None:
    """Raise Malformed for what is nested deeper than anybody's code may follow."""
    if text.count("[") + text.count("{") <= _LEVELS:
        return
    level = [value]
    for _level in range(_LEVELS):
        level = [each for one in level for each in _members(one) if isinstance(each, list | dict)]
        if not level:
            return
    raise Malformed(Problem((), "too_large", {"limit": _LEVELS, "unit": "levels"}))


def _members(value: Any) -> Any:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
