"""Answers to questions that cannot be answered: 400, with each reason under the parameter that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from jsonattrs_django.names import closest
from jsonattrs_django.offered import shown
from jsonattrs_django.rest_framework.errors import ProblemDetail

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Refusals", "refused", "unknown_name"]

#: Most parameters that are refused one by one: the nearest name is looked for each of them.
_MOST = 20


def refused(code: str, message: str, **params: Any) -> DjangoValidationError:
    """Return an error with a message of ours, which is translated already."""
    return DjangoValidationError(message, code=code, params=params)


class Refusals:
    """Collects what is wrong with the parameters of a request, so that one answer tells everything."""

    def __init__(self) -> None:
        self._found: dict[str, list[ProblemDetail]] = {}

    @property
    def is_full(self) -> bool:
        """Tell whether there are so many that nobody would read more."""
        return len(self._found) >= _MOST

    def add(self, parameter: str, error: DjangoValidationError) -> None:
        """Note what is wrong with a parameter."""
        self._found.setdefault(shown(parameter), []).extend(map(_detail, error.error_list))

    def raise_any(self) -> None:
        """Raise ValidationError of Django REST framework where anything is wrong."""
        if self._found:
            raise ValidationError(self._found)


def _detail(error: DjangoValidationError) -> ProblemDetail:
    params = {name: value for name, value in (error.params or {}).items() if name != "text"}
    return ProblemDetail(" ".join(error.messages), str(error.code), params)


def unknown_name(message: str, name: str, known: Iterable[str]) -> DjangoValidationError:
    """Return the error of a name that there is not, with the nearest of those that there are."""
    nearest = _nearest(name, list(known))
    if nearest is not None:
        hint = _("Did you mean %(nearest)s?")
        return refused("unknown", f"{message} {hint}", name=shown(name), nearest=nearest)
    return refused("unknown", message, name=shown(name))


def _nearest(name: str, known: list[str]) -> str | None:
    """Return the known name that is most like one; what stands before the dot makes no two of them alike."""
    head, dot, tail = name[:200].rpartition(".")
    beside = {each.removeprefix(head + dot): each for each in known if dot and each.startswith(head + dot)}
    if not beside:
        return closest(name, known)
    match = closest(tail, beside)
    return None if match is None else beside[match]
