"""One record against one compiled schema, beside the peers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from benchmarks.peers import CERBERUS, JSONSCHEMA, MARSHMALLOW, PYDANTIC, Peer
from benchmarks.records import REFUSED, VALID, Record, validator
from benchmarks.timing import Contestant, Row, fixed, race, ratio, spread
from jsonattrs_core import Problem, ValidationError, Validator

__all__ = ["rows"]

#: How many times pydantic-core's time a valid record may take.
GOALS = dict(zip(VALID, (1.0, 1.1, 1.1), strict=True))
REFUSED_GOAL = 1.2
SLOWER_PEERS = ((MARSHMALLOW, 0.2), (JSONSCHEMA, 0.08), (CERBERUS, 0.02))

Calls = dict[str, Callable[[Record], object]]


def rows(repetitions: int) -> Iterator[Row]:
    """Time everything that is done with a compiled schema and one record."""
    ours: Calls = {"check": validator().check, "validate": validator().validate}
    for work, record in VALID.items():
        yield from _beside(work, ours, PYDANTIC, PYDANTIC.accept, record, repetitions, GOALS[work])
    for work, record in REFUSED.items():
        yield from _beside(work, _refusing(validator()), PYDANTIC, PYDANTIC.refuse, record, repetitions, REFUSED_GOAL)
    work, record = next(iter(VALID.items()))
    for peer, goal in SLOWER_PEERS:
        yield from _beside(work, ours, peer, peer.accept, record, repetitions, goal)
    yield from _without_goal(repetitions)


def _without_goal(repetitions: int) -> Iterator[Row]:
    work, record = next(iter(REFUSED.items()))
    yield from _beside(work, {"check, problems as text": _texts}, PYDANTIC, PYDANTIC.refuse, record, repetitions)
    for work, record in VALID.items():
        ours: Calls = {"check, fresh from JSON": validator().check}
        yield from _beside(work, ours, PYDANTIC, PYDANTIC.accept, record, repetitions, fresh=True)


def _beside(
    work: str,
    ours: Calls,
    peer: Peer,
    theirs: Callable[[Record], object],
    record: Record,
    repetitions: int,
    goal: float | None = None,
    fresh: bool = False,
) -> Iterator[Row]:
    arguments = _fresh(record) if fresh else fixed(record)
    contestants = {name: Contestant(call, arguments) for name, call in (ours | {peer.name: theirs}).items()}
    # Many fresh records at once would time the memory that holds them, not the work.
    times = race(contestants, repetitions=repetitions, calls=100 if fresh else None)
    for name in ours:
        yield Row(
            work=f"{name}: {work}",
            against=peer.name,
            figure=ratio(times[name], times[peer.name]),
            goal=goal,
            ours=spread(times[name]),
            theirs=spread(times[peer.name]),
        )


def _fresh(record: Record) -> Callable[[int], Iterable[Any]]:
    """Return what makes a record anew for each call, with texts whose encodings and hashes nobody has cached yet."""
    line = json.dumps(record)
    return lambda count: [json.loads(line) for _ in range(count)]


def _refusing(compiled: Validator) -> Calls:
    check, validate = compiled.check, compiled.validate

    def problems(record: Record) -> tuple[Problem, ...]:
        return check(record).problems

    def caught(record: Record) -> tuple[Problem, ...]:
        try:
            validate(record)
        except ValidationError as error:
            return error.problems
        return ()

    return {"check(...).problems": problems, "validate, caught": caught}


def _texts(record: Record) -> list[str]:
    return [str(problem) for problem in validator().check(record).problems]
