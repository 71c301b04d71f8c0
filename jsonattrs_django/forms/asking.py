"""Asking: a form that is posted to be looked at, and not to be saved.

A post that carries ``_attributes`` asks the view for the same form again, as it is for what was typed so far: with
``refresh`` for the attributes of the scope and the conditions that hold now, with ``check`` for the verdict, too. The
form says that it is not valid, so that no view saves it; who may ask, and which selectors there are, is the view's own
decision.
"""

from __future__ import annotations

from typing import Any

__all__ = ["ASKED", "CHECK", "REFRESH", "asked"]

#: The parameter by which a form is asked.
ASKED = "_attributes"
#: Its values.
REFRESH, CHECK = "refresh", "check"


def asked(data: Any) -> str | None:
    """Return what a post asks for, None where it is to be saved."""
    if data is None or ASKED not in data:
        return None
    return CHECK if data[ASKED] == CHECK else REFRESH
