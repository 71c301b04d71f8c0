"""Functions written for one schema: their lines, and the values that these use by name.

What may stand in a line is told in docs/decisions/0001: fixed pieces, variables numbered here, and ``repr`` of names
that the grammar of names has let pass. Everything else is bound to a variable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Source"]


class Source:
    """The source of one function, ``written(data)``."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        self._names = dict(names)

    def bind(self, value: Any) -> str:
        """Return a variable that has this value in the function."""
        name = f"c{len(self._names)}"
        self._names[name] = value
        return name

    def function(self, what: str, lines: Iterable[str], otherwise: str) -> Any:
        """Return the function with these lines; where one of them raises, it does what ``otherwise`` says.

        What raises outside of a plugin's call is an object that lies about its class.
        """
        body = ["    try:", *(f"        {line}" for line in lines), f"    except Exception: {otherwise}", ""]
        source = "\n".join(["def written(data):", *body])
        exec(compile(source, f"<jsonattrs {what}>", "exec"), self._names)  # noqa: S102 - see the module's docstring
        return self._names["written"]
