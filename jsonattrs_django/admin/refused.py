"""Records that are refused when they are saved, though they were found to be right.

Somebody else may have come first, or another record of the same page. All that the page would have written is taken
back then, and the page is looked at once more: now the form that was refused says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect

from jsonattrs_django.errors import AttributeValidationError, message_of

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["refused_before", "with_second_look"]

_REFUSED = "_jsonattrs_refused"


def refused_before(request: Any) -> AttributeValidationError | None:
    """Return what was raised when the same post was saved before."""
    found: AttributeValidationError | None = getattr(request, _REFUSED, None)
    return found


def with_second_look(model_admin: Any, request: Any, view: Callable[[], Any]) -> Any:
    """Return what a view answers; where saving was refused, what it answers to the same post then.

    If no form can say what was refused, a message does.
    """
    try:
        return view()
    except AttributeValidationError as error:
        setattr(request, _REFUSED, error)
    try:
        return view()
    except AttributeValidationError as error:
        for problem in error.problems:
            text = message_of(problem)
            model_admin.message_user(request, f"{error.instance}: {text}" if error.instance else text, messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())
