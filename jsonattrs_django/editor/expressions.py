"""Where in an expression a mistake is, shown below it."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

__all__ = ["Place", "place_of", "places_in"]

#: How rule languages tell a place.
_PLACE = re.compile(r"(?i)line (\d+), column (\d+)")


class Place(NamedTuple):
    """A line of an expression with a mistake, and the lines around it."""

    before: list[str]
    line: str
    marks: str  #: blanks, and a mark under the place
    after: list[str]


def place_of(expression: str, message: str) -> Place | None:
    """Return the place that a message tells, None where it tells none."""
    found = _PLACE.search(message)
    if found is None:
        return None
    number, column = int(found[1]), int(found[2])
    lines = expression.replace("\r\n", "\n").split("\n")
    if not 0 < number <= len(lines):
        return None
    line = lines[number - 1]
    before = line[: column - 1]
    marks = "".join(sign if sign == "\t" else " " for sign in before) + "^"
    return Place(lines[: number - 1], line, marks, lines[number:])


def places_in(form: Any) -> dict[str, Place]:
    """Return the places of the mistakes in a form's expressions, by the name of the field."""
    found = {}
    for name in ("required_if", "visible_if", "expression"):
        if name not in form.fields or not form.is_bound:
            continue
        for error in form[name].errors:
            place = place_of(str(form[name].value() or ""), str(error))
            if place is not None:
                found[name] = place
    return found
