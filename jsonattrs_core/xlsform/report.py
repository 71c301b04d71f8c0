"""The report: what of a schema a form does not express, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Omission", "Report"]


class Omission(NamedTuple):
    """Something in a schema that the form does not express, or not in the schema's own words."""

    attribute: str  #: "" where it is the whole record's
    property: str  #: of the attribute, or the name of a constraint, or "rule"
    reason: str  #: one sentence in English

    def __str__(self) -> str:
        return f"{self.attribute or '(record)'}, {self.property}: {self.reason}"


class Report:
    """Collects omissions."""

    def __init__(self) -> None:
        self._found: dict[Omission, None] = {}

    def add(self, attribute: str, property: str, reason: str) -> None:  # noqa: A002 - the field's name
        """Take one in."""
        self._found[Omission(attribute, property, reason)] = None

    def about(self, attribute: str) -> Callable[[str, str], None]:
        """Return what takes in the omissions of one attribute, by property and reason."""
        return lambda property, reason: self.add(attribute, property, reason)  # noqa: A006

    def omissions(self, attributes: Iterable[str]) -> tuple[Omission, ...]:
        """Return what was taken in, each once: first what is the record's, then in the order of the attributes."""
        places = {name: place for place, name in enumerate(attributes)}
        return tuple(sorted(self._found, key=lambda omission: places.get(omission.attribute, -1)))
