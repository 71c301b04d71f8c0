"""Problems of the core as Django's own ValidationError, rendered in the language of whoever reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError, ValidationError
from django.db import IntegrityError
from django.utils.functional import lazy
from django.utils.translation import get_language

from jsonattrs_core import Problem, render

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

__all__ = ["AttributeUniqueError", "AttributeValidationError", "WriteRefused", "entries", "message_of"]


class AttributeValidationError(ValidationError):
    """Attributes were refused.

    It is Django's ValidationError, keyed by the name of the attribute field, with one entry for each problem; the
    entry's ``params["attribute"]`` names the attribute. In bulk, ``instance`` and ``index`` say which object it was.
    """

    problems: tuple[Problem, ...]  #: the reasons, as the core gives them
    instance: Model | None
    index: int | None

    def __init__(
        self, field: str, problems: Iterable[Problem], instance: Model | None = None, index: int | None = None
    ) -> None:
        self.problems = tuple(problems)
        self.field = field
        self.instance = instance
        self.index = index
        super().__init__({field: entries(self.problems)})

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.field, self.problems, self.instance, self.index)


class AttributeUniqueError(AttributeValidationError, IntegrityError):
    """Another record has a value already that no two may have.

    It is Django's IntegrityError, too, so that ``get_or_create``, and whoever else meets a race, goes on as with a
    column.
    """


class WriteRefused(FieldError):
    """A way of writing was refused that would pass the checks by, or overwrite what others wrote."""


def entries(problems: Iterable[Problem]) -> list[ValidationError]:
    """Return an entry for each problem."""
    return [_entry(problem) for problem in problems]


def _entry(problem: Problem) -> ValidationError:
    params = {name: value for name, value in problem.params.items() if name != "message"}
    if problem.path:
        params["attribute"] = problem.path[0]
        params["path"] = list(problem.path)
    # Django formats messages that come with parameters once more.
    message = _lazy_escaped(problem) if params else _lazy_message(problem)
    entry = ValidationError(message, code=problem.code, params=params)
    entry.problem = problem
    return entry


def message_of(problem: Problem) -> str:
    """Return the message of a problem in the active language, for people who see the record as a whole."""
    text = render(problem, get_language() or "en")
    if not problem.path:
        return text
    return f"{problem.location}: {text}"


def _escaped(problem: Problem) -> str:
    return message_of(problem).replace("%", "%%")


_lazy_message = lazy(message_of, str)
_lazy_escaped = lazy(_escaped, str)
