"""The two Python functions that every contestant calls for the two texts with a subtype."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["make_functions"]

Function = Callable[[str], str]


def make_functions(refusal: Callable[[str], Exception]) -> tuple[Function, Function]:
    """Return the checks of a post code and of a number; ``refusal`` makes the exception that a library expects.

    They do little on purpose: a dear function would cost every contestant the same, and hide what it costs itself.
    """

    def post_code(value: str) -> str:
        if not value[:2].isalpha():
            raise refusal("format")
        return value.upper()

    def number(value: str) -> str:
        if len(value) != 11:
            raise refusal("length")
        return value

    return post_code, number
