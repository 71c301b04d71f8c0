"""Four schemas over the same fifty attributes: how long it takes to compose them, and to compile the result."""

from __future__ import annotations

from itertools import cycle, islice
from typing import TYPE_CHECKING, Any

from benchmarks import subtypes
from benchmarks.timing import Contestant, Row, Spread, race, spread
from jsonattrs_core import Attribute, ComposedSchema, Registry, Schema, compose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["WIDTH", "four_schemas", "rows"]

WIDTH = 50
COMPOSE_GOAL, COMPILE_GOAL = 1.0, 10.0  # milliseconds

_GRADES = [(f"grade-{number}", {"en": f"Grade {number}", "id": f"Tingkat {number}"}) for number in range(8)]

#: What the global default says about an attribute, and which constraints a narrower scope tightens.
_KINDS: Sequence[tuple[dict[str, Any], dict[str, Any]]] = (
    ({"type": "text", "constraints": {"max_length": 200}}, {"max_length": 80}),
    ({"type": "text", "choices": _GRADES}, {}),
    ({"type": "integer", "constraints": {"min": 0, "max": 1000}}, {"max": 500}),
    ({"type": "float", "constraints": {"min": 0, "exclusive_max": 1e6}}, {"min": 1}),
    ({"type": "decimal", "constraints": {"max_digits": 12, "decimal_places": 2, "min": 0}}, {"max_digits": 10}),
    ({"type": "date", "constraints": {"min": "1900-01-01", "max": "today"}}, {"min": "2000-01-01"}),
    ({"type": "boolean", "default": False}, {}),
    ({"type": "text", "constraints": {"pattern": "[A-Z]{2}-[0-9]{4,8}"}}, {"max_length": 11}),
    ({"type": "text", "choices": _GRADES, "multiple": True, "constraints": {"max_items": 5}}, {"max_items": 3}),
    ({"type": "text", "subtype": "bench-post-code"}, {"max_length": 10}),
    ({"type": "datetime", "constraints": {"min": "2000-01-01T00:00:00Z"}}, {"max": "now"}),
    ({"type": "integer", "subtype": "rating"}, {}),
    ({"type": "text", "subtype": "url"}, {"max_length": 300}),
    ({"type": "uuid"}, {}),
    ({"type": "text", "constraints": {"multiline": True, "max_length": 5000}}, {"min_length": 3}),
    ({"type": "decimal", "subtype": "percentage"}, {"decimal_places": 1}),
)


def four_schemas() -> tuple[Schema, ...]:
    """Return new schemas, equal at every call, from the most general to the most specific."""
    kinds = list(enumerate(islice(cycle(_KINDS), WIDTH)))
    return (
        Schema("default", [_default(number, dict(kind)) for number, (kind, _) in kinds]),
        Schema("organisation", [_translated(number) for number, _ in kinds]),
        Schema("project", [_tightened(number, tighter) for number, (_, tighter) in kinds]),
        Schema("entity", [_placed(number) for number, _ in kinds]),
    )


def _default(number: int, kind: dict[str, Any]) -> Attribute:
    return Attribute(f"attribute_{number}", label={"en": f"Attribute {number}"}, group="General", **kind)


def _translated(number: int) -> Attribute:
    return Attribute(f"attribute_{number}", label={"id": f"Atribut {number}"}, help_text="As on the form")


def _tightened(number: int, constraints: dict[str, Any]) -> Attribute:
    if constraints:
        return Attribute(f"attribute_{number}", constraints=dict(constraints), required=number % 3 == 0)
    return Attribute(f"attribute_{number}", required=number % 3 == 0)


def _placed(number: int) -> Attribute:
    return Attribute(f"attribute_{number}", label={"en": f"Question {number}"}, order=number % 7, required=True)


def rows(repetitions: int) -> Iterator[Row]:
    """Time composing and compiling; every call gets schemas that nothing has seen before."""
    registry = Registry.from_plugins([subtypes])
    compose(*four_schemas()).compile(registry)  # loads the libraries that the types need

    def compile_and_refuse(schema: ComposedSchema) -> object:
        return schema.compile(registry).check({}).problems

    contestants = {
        "compose": Contestant(lambda schemas: compose(*schemas), lambda count: [four_schemas() for _ in range(count)]),
        "compile": Contestant(lambda schema: schema.compile(registry), _composed),
        "first": Contestant(compile_and_refuse, _composed),
    }
    schemas = four_schemas()
    again = {"again": Contestant(lambda same: compose(*same), lambda count: [schemas] * count)}
    work = f"compose four schemas over the same {WIDTH} attributes"
    yield _row(f"{work}, again and again", race(again, repetitions=repetitions, calls=20)["again"], COMPOSE_GOAL)
    times = race(contestants, repetitions=repetitions, calls=1)
    yield _row(f"{work}, once, new ones each time", times["compose"], COMPOSE_GOAL)
    yield _row(f"compile the composed {WIDTH} attributes", times["compile"], COMPILE_GOAL)
    yield _row(f"compile the composed {WIDTH} attributes, and refuse a first record", times["first"], None)


def _composed(count: int) -> list[ComposedSchema]:
    return [compose(*four_schemas()) for _ in range(count)]


def _row(work: str, seconds: Sequence[float], goal: float | None) -> Row:
    return Row(work=work, figure=_milliseconds(spread(seconds)), unit="ms", goal=goal)


def _milliseconds(seconds: Spread) -> Spread:
    return Spread(seconds.median * 1e3, seconds.low * 1e3, seconds.high * 1e3)
