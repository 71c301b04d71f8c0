"""Contestants in one process, in turns, each with work to do before and after its time is taken."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from benchmarks.timing import Row, ratio, spread

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Contestant", "Times", "beside", "race"]


def _nothing(_: Any = None) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    """What is timed, and what is done around it."""

    run: Callable[[Any], object]  #: given what `prepare` returns
    prepare: Callable[[], Any] = _nothing
    finish: Callable[[Any], object] = _nothing
    count: int = 1  #: how many times the work is done in one turn


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds that one piece of work took, turn by turn: on the clock, and of this process's processor."""

    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)


def race(contestants: Mapping[str, Contestant], repetitions: int) -> dict[str, Times]:
    """Return the times of each contestant after one turn that does not count.

    Within a repetition each has its turn, and the next repetition begins with the next of them. The garbage collector
    is at work as it is in production, and starts each turn with nothing to do.
    """
    times = {name: Times() for name in contestants}
    names = list(contestants)
    for contestant in contestants.values():
        _turn(contestant, Times())
    for repetition in range(repetitions):
        start = repetition % len(names)
        for name in names[start:] + names[:start]:
            _turn(contestants[name], times[name])
    return times


def _turn(contestant: Contestant, times: Times) -> None:
    prepared, run = contestant.prepare(), contestant.run
    gc.collect()
    clock, processor = perf_counter(), process_time()
    result = run(prepared)
    passed, worked = perf_counter() - clock, process_time() - processor
    del result
    contestant.finish(prepared)
    times.clock.append(passed / contestant.count)
    times.processor.append(worked / contestant.count)


def beside(work: str, ours: Times, against: str, theirs: Times, goal: float | None = None) -> Row:
    """Return the row that says how many times theirs our time is."""
    return Row(
        work=work,
        against=against,
        figure=ratio(ours.clock, theirs.clock),
        goal=goal,
        ours=spread(ours.clock),
        theirs=spread(theirs.clock),
        processor=ratio(ours.processor, theirs.processor),
    )
