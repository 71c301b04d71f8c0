"""The exceptions: the data is wrong, the schema is wrong, or a plugin is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jsonattrs_core.values import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonattrs_core.messages import Problem

__all__ = [
    "Fault",
    "Invalid",
    "InvalidParts",
    "JSONAttrsError",
    "PluginError",
    "SchemaError",
    "ValidationError",
    "nearest",
]


class JSONAttrsError(Exception):
    """Base of every exception that this library raises on purpose."""


class Invalid(JSONAttrsError):
    """Raised by a check to refuse one value; the engine turns it into a problem and adds the path.

    ``code`` is a problem code of the reference, or a plugin's own ``<provider>.<code>``. ``params`` are the limits
    and names that the message needs, as JSON values; never the refused value itself.
    """

    def __init__(self, code: str, /, **params: Any) -> None:
        # BaseException's __new__ keeps the code in `args`; calling its __init__ too would double the cost of a refusal.
        self.code = code
        self.params = params

    def __reduce__(self) -> tuple[Any, ...]:
        return _invalid, (self.code, self.params)


def _invalid(code: str, params: dict[str, Any]) -> Invalid:
    return Invalid(code, **params)


class InvalidParts(JSONAttrsError):
    """Raised by a check of a nested value to refuse it for several reasons at once.

    ``parts`` pairs each path inside the value (a tuple of keys and positions) with the :class:`Invalid` found there.
    """

    def __init__(self, parts: Iterable[tuple[tuple[str | int, ...], Invalid]]) -> None:
        self.parts = tuple(parts)
        super().__init__(self.parts)


class ValidationError(JSONAttrsError):
    """Data was refused; ``problems`` is the tuple of all the reasons."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "; ".join(f"{p.location}: {p}" if p.path else str(p) for p in self.problems)

    def as_dict(self, language: str = "en") -> dict[str, list[dict[str, Any]]]:
        r"""Return ``{dotted.path: [{"code", "message", "params"}]}`` with the messages in ``language``.

        A dot inside a name is written as ``\.``; a problem of the whole document has the path ``""``.
        """
        grouped: dict[str, list[dict[str, Any]]] = {}
        for problem in self.problems:
            grouped.setdefault(problem.location, []).append(problem.as_dict(language))
        return grouped


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake in a schema: where it stands, and what is wrong."""

    schema: str  #: name of the schema
    attribute: str  #: name of the attribute; "" where the fault is the schema's own
    message: str  #: what is wrong, with the nearest known name where a name is unknown

    def __str__(self) -> str:
        place = f"schema {shown(self.schema)}"
        if self.attribute:
            place += f", attribute {shown(self.attribute)}"
        return f"{place}: {self.message}"


class SchemaError(JSONAttrsError):
    """A schema cannot be used; ``faults`` is the tuple of everything found wrong with it.

    Each fault is a :class:`Fault`, or a plain sentence where no schema is at hand (an unreadable file).
    """

    def __init__(self, faults: Iterable[Fault | str] | str) -> None:
        self.faults: tuple[Fault | str, ...] = (faults,) if isinstance(faults, str) else tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class PluginError(JSONAttrsError):
    """A plugin cannot be used; the message names its distribution, and how to go on without it."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Return ``"; did you mean 'x'?"`` for the known name that is most like ``name``, or ``""``.

    For names in definitions only: a search over names in data would cost whoever sends them nothing and us much.
    """
    import difflib  # imported where something is wrong, and not by everybody

    matches = difflib.get_close_matches(name[:100], list(known), n=1, cutoff=0.6)
    return f"; did you mean {matches[0]!r}?" if matches else ""
