"""Problems as the errors of form fields, with the place of one of several values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from jsonattrs_django.texts import refusal

if TYPE_CHECKING:
    from jsonattrs_core import Problem

__all__ = ["placed", "problem_error"]


def placed(error: ValidationError, place: int) -> ValidationError:
    """Return the error of one of several values, with its place, which is counted from 0."""
    params = {"place": place + 1, "text": " ".join(error.messages)}
    return ValidationError(gettext("Value %(place)s: %(text)s"), code=error.code, params=params)


def problem_error(problem: Problem) -> ValidationError:
    """Return the error of a problem; of one of several values, with the place of it."""
    place = next((part for part in problem.path[1:] if isinstance(part, int)), None)
    return refusal(problem) if place is None else placed(refusal(problem), place)
