"""Problems as errors of Django REST framework: under the attribute, with the problem's code and its parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail
from rest_framework.settings import api_settings

from jsonattrs_core import render

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from jsonattrs_core import Problem

__all__ = [
    "ProblemCode",
    "ProblemDetail",
    "Told",
    "details",
    "is_about",
    "merged",
    "params_of",
    "problem_detail",
    "told",
    "written",
]


class ProblemCode(str):
    """The code of a problem, which carries its parameters.

    REST framework makes new details of those that are given to its exceptions, and keeps nothing of them but the text
    and the code.
    """

    params: Mapping[str, Any]

    def __new__(cls, code: str, params: Mapping[str, Any] | None = None) -> ProblemCode:
        """Return a code with parameters."""
        new = super().__new__(cls, code)
        new.params = dict(params or {})
        return new

    def __reduce__(self) -> tuple[Any, ...]:
        return ProblemCode, (str(self), self.params)


class ProblemDetail(ErrorDetail):
    """An error with the code and the parameters of a problem."""

    def __new__(cls, text: str, code: str, params: Mapping[str, Any] | None = None) -> ProblemDetail:
        """Return the error of a text."""
        new: ProblemDetail = super().__new__(cls, text, ProblemCode(code, params))
        return new

    def __reduce__(self) -> tuple[Any, ...]:
        return ProblemDetail, (str(self), str(self.code), self.params)

    @property
    def params(self) -> Mapping[str, Any]:
        """Limits and names, as JSON values; the path of a value inside the attribute's."""
        return params_of(self)


def params_of(detail: Any) -> Mapping[str, Any]:
    """Return the parameters of any error, {} of one that has none."""
    found: Mapping[str, Any] = getattr(getattr(detail, "code", None), "params", {})
    return found


class Told(NamedTuple):
    """What may be told of a problem, in the active language."""

    path: list[int | str]
    code: str
    params: dict[str, Any]
    message: str


def told(problem: Problem, hidden: Collection[str] = ()) -> Told:
    """Return what may be told of a problem; of attributes in ``hidden`` neither their names nor their limits."""
    if is_about(problem, hidden):
        return Told([], problem.code, {}, _("An attribute that you cannot see here is refused."))
    path = [part if isinstance(part, int) else written(part) for part in problem.path]
    if "reason" in problem.params:  # it names schemas, which are the business of those who edit them
        text = _("The attributes cannot be changed at present, since their schema cannot be used.")
        return Told(path, problem.code, {}, text)
    params = {name: value for name, value in problem.params.items() if name != "message"}
    return Told(path, problem.code, params, render(problem, get_language()))


def problem_detail(problem: Problem, hidden: Collection[str] = ()) -> ProblemDetail:
    """Return the error of a problem, in the active language; of one of several values, with the place of it."""
    path, code, params, text = told(problem, hidden)
    if len(path) > 1:
        params["path"] = path
    place = next((part for part in path[1:] if isinstance(part, int)), None)
    if place is not None:
        text = _("Value %(place)s: %(text)s") % {"place": place + 1, "text": text}
    return ProblemDetail(text, code, params)


def details(problems: Iterable[Problem], hidden: Collection[str] = ()) -> dict[str, list[ErrorDetail]]:
    """Return the errors of problems, by the name of the attribute; of the record as a whole under ``non_field_errors``.

    ``hidden`` are names that nothing may be said of.
    """
    found: dict[str, list[ErrorDetail]] = {}
    for problem in problems:
        is_whole = not problem.path or is_about(problem, hidden)
        name = api_settings.NON_FIELD_ERRORS_KEY if is_whole else written(problem.path[0])
        found.setdefault(name, []).append(problem_detail(problem, hidden))
    return found


def is_about(problem: Problem, hidden: Collection[str]) -> bool:
    """Tell whether a problem would tell of attributes of these names, of which nothing may be said.

    That there is no attribute of a name is said of these as of any other name.
    """
    named = {*problem.path[:1], *problem.params.get("attributes", ())} if hidden else set()
    return problem.code != "unknown" and not named.isdisjoint(hidden)


def written(part: Any) -> str:
    """Return a name that somebody sent as a text that can be sent back and shown."""
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in str(part)[:63])


def merged(one: Any, other: Any) -> Any:
    """Return the errors of both: mappings member by member, lists one after the other."""
    if isinstance(one, dict) and isinstance(other, dict):
        return {**one, **{name: merged(one[name], each) if name in one else each for name, each in other.items()}}
    if isinstance(one, dict) or isinstance(other, dict):
        whole, rest = (one, other) if isinstance(one, dict) else (other, one)
        return merged(whole, {api_settings.NON_FIELD_ERRORS_KEY: rest})
    return [*one, *other]
