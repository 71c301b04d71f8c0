"""What is asked of a base type."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jsonattrs_core import clock
from jsonattrs_core.definitions import Attribute
from jsonattrs_core.testing.probe import ATTRIBUTE, Probe, compiled, fail, shown
from jsonattrs_core.testing.records import code_is_allowed, look_at_lists
from jsonattrs_core.testing.samples import json_values, python_values
from jsonattrs_core.testing.texts import looks_the_same_once_read, survives_texts

if TYPE_CHECKING:
    from jsonattrs_core.records import BaseType
    from jsonattrs_core.registry import Registry

__all__ = ["base_type_cases", "examples_of"]

_JSON = ("string", "number", "boolean", "array", "object")


def base_type_cases(registry: Registry, about: Mapping[str, Any]) -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield the cases of the base type that a row of ``Registry.describe`` is about."""
    reference = f"{about['name']}@{about['provider']}"
    subject = _Subject(registry, registry.base_type(reference).record, about["provider"])
    for name, case in (
        ("record", subject.look_at_record),
        ("json-values", subject.survives_values),
        ("texts", subject.reads_texts),
        ("written", subject.writes_texts),
        ("named", subject.has_working_names),
        ("canonical", subject.has_one_text_for_equals),
    ):
        yield f"{reference}/{name}", case


def examples_of(registry: Registry, base: str) -> list[Any]:
    """Return the examples of all subtypes of a base type, as values that it may well accept."""
    records = [row for row in registry.describe() if row["kind"] == "subtype" and row["base"] == base]
    return [example for record in records for example in record["examples"]]


@dataclass(slots=True)
class _Subject:
    """A base type under test."""

    registry: Registry
    record: BaseType
    provider: str
    what: str = field(init=False)
    attribute: Attribute = field(init=False)

    def __post_init__(self) -> None:
        self.what = f"the base type {self.record.name!r} of {self.provider!r}"
        self.attribute = Attribute(ATTRIBUTE, f"{self.record.name}@{self.provider}")

    def look_at_record(self) -> None:
        """Look for constraints that nobody has, and for what is no description of a JSON value."""
        record = self.record
        look_at_lists(self.what, record, ("constraints", "named"))
        if record.json not in _JSON:
            fail(f"{self.what} is stored as {record.json!r}, which is none of {', '.join(_JSON)}")
        if not isinstance(record.python, type):
            fail(f"{self.what} has the Python class {shown(record.python)}, which is no class")
        for name in record.constraints:
            if name not in self.registry.constraints:
                fail(f"{self.what} takes the constraint {name!r}, which nobody provides")
        keywords = record.json_schema(self.attribute) if callable(record.json_schema) else record.json_schema
        if not isinstance(keywords, Mapping):
            fail(f"{self.what} gives {shown(keywords)} as its JSON Schema, not a mapping")
        json.dumps(dict(keywords), allow_nan=False)

    def survives_values(self) -> None:
        """Give it every JSON value and Python values; what is accepted must be fit for storing."""
        probe = self.probe()
        for values in (json_values(), python_values(), examples_of(self.registry, self.record.name)):
            for value in values:
                probe.check(value)

    def reads_texts(self) -> None:
        """Give it what stands in forms and spreadsheets, in several languages."""
        survives_texts(self.probe())

    def writes_texts(self) -> None:
        """Look for values whose texts are read as others."""
        looks_the_same_once_read(self.probe(), [*json_values(), *python_values()])

    def has_working_names(self) -> None:
        """Look for a named default that the type refuses."""
        probe = self.probe()
        for name, make in self.record.named.items():
            value = make(clock.now())
            if probe.clean_of(probe.check(value)) is None:
                fail(f"{self.what} refuses {shown(value)}, its own default {name!r}")

    def has_one_text_for_equals(self) -> None:
        """Look for equal values with different canonical texts, and for different ones with the same."""
        probe = self.probe()
        canonical = self.record.canonical or (lambda value: repr(self.record.dump(value)))
        values = [probe.clean_of(probe.check(value)) for value in json_values()]
        texts = [(value, canonical(value)) for value in values if value is not None]
        for value, text in texts:
            if not isinstance(text, str):
                fail(f"{self.what} gives {shown(value)} the canonical text {shown(text)}, not a text")
            for other, its_text in texts:
                if (value == other) is not (text == its_text):
                    fail(f"{self.what} gives {shown(value)} and {shown(other)} canonical texts that tell otherwise")

    def probe(self) -> Probe:
        """Return an attribute of the type and nothing else."""
        return Probe(
            self.what,
            compiled(self.registry, self.attribute, self.what),
            self.record,
            lambda code: code_is_allowed(code, self.provider),
        )
