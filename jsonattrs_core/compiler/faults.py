"""Faults: gathered while a schema is planned, each with the schema that is to blame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonattrs_core.composition import Action, Composition
from jsonattrs_core.errors import Fault
from jsonattrs_core.values import UNSET

if TYPE_CHECKING:
    from jsonattrs_core.definitions import Attribute
    from jsonattrs_core.schema import Schema

__all__ = ["Faults"]


class Faults:
    """The faults of one composition."""

    def __init__(self, composition: Composition) -> None:
        self._composition = composition
        self.found: list[Fault] = list(composition.faults)

    def add(self, attribute: Attribute, name: str, message: str, part: Any = None) -> None:
        """Add a fault of the property ``name``, or of one part of it; the schema that gave it last is named."""
        schema = self._composition.schemas[self.position(attribute, name, part)]
        self.found.append(Fault(schema.name, str(attribute.name), message))

    def add_schema(self, message: str, schema: Schema | None = None) -> None:
        """Add a fault of a whole schema, the most specific one unless another is given."""
        blamed = schema or self._composition.schemas[-1]
        self.found.append(Fault(blamed.name, "", message))

    def position(self, attribute: Attribute, name: str, part: Any = None) -> int:
        """Return the position of the schema that gave the property last, or that defined the attribute."""
        events = self._composition.history[str(attribute.key)]
        giving = [
            event
            for event in events
            if event.action not in (Action.SKIPPED, Action.OMITTED)
            and (name in event.attribute.given or event.attribute.given.get("type") is not UNSET)
        ]
        stating = [event for event in giving if name in event.attribute.given] or giving or events
        with_part = [event for event in stating if _has_part(event.attribute.given.get(name), part)]
        stating = with_part or stating
        positions = [place for place, schema in enumerate(self._composition.schemas) if schema is stating[-1].schema]
        return positions[-1]


def _has_part(value: Any, part: Any) -> bool:
    return part is not None and isinstance(value, dict) and part in value
