"""`jsonattrs check`: one value against one type."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jsonattrs_core import UNSET, Attribute, Schema, compose, render
from jsonattrs_core.cli.common import emit
from jsonattrs_core.cli.errors import CannotRun

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonattrs_core import Problem

__all__ = ["check_value"]

#: The attribute that holds the value; `schema` is the command line itself.
NAME = "value"


def check_value(text: str, base: str, subtype: str | None, constraints: Iterable[str], language: str | None) -> bool:
    """Print the clean value as JSON and return True, or print the problems and return False.

    ``constraints`` are like ``min=3``. Raises SchemaError for what nobody provides.
    """
    attribute = Attribute(NAME, base, subtype=subtype or UNSET, constraints=_parameters(constraints))
    validator = compose(Schema("command line", [attribute])).compile()
    result = validator.check({NAME: text}, from_text=True, language=language)
    for problem in (*result.problems, *result.warnings):
        emit(_told(problem, language or "en"))
    if result.ok:
        emit(json.dumps(validator.dump(result.value)[NAME], ensure_ascii=False))
    return bool(result.ok)


def _told(problem: Problem, language: str) -> str:
    inside = f"{'.'.join(map(str, problem.path[1:]))}: " if len(problem.path) > 1 else ""
    return f"{inside}{problem.code}: {render(problem, language)}"


def _parameters(constraints: Iterable[str]) -> dict[str, Any]:
    found = {}
    for said in constraints:
        name, equals, parameter = said.partition("=")
        if not (name and equals):
            raise CannotRun(f"{said!r} is no constraint: write it like min=3")
        found[name] = parameter if name == "pattern" else _parameter(parameter)
    return found


def _parameter(text: str) -> Any:
    """Return what JSON reads, a number or true; a text such as ``today`` as it is."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
