"""Contestants in one process, in turns, and what is said about their times."""

from __future__ import annotations

import gc
import statistics
from dataclasses import dataclass
from itertools import repeat
from time import process_time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

__all__ = ["Contestant", "Row", "Spread", "fixed", "race", "ratio", "spread"]

#: How long one turn of a contestant takes: long beside the clock, short beside what else the machine does.
TURN = 0.004


@dataclass(frozen=True, slots=True)
class Contestant:
    """A call to time, and where its argument comes from."""

    call: Callable[[Any], object]
    arguments: Callable[[int], Iterable[Any]]  #: ``(count) -> arguments``, made outside the time taken


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of many measurements, and the quartiles around it."""

    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the report."""

    work: str  #: what was done
    figure: Spread
    unit: str = "x"  #: of the figure and the goal; "x" for a ratio
    goal: float | None = None  #: the most that the figure may be; None where nothing was promised
    against: str = ""  #: what it is compared with
    ours: Spread | None = None  #: seconds, where the figure is a ratio of them
    theirs: Spread | None = None
    processor: Spread | None = None  #: the ratio of processor times, where the figure is one of times on the clock

    @property
    def met(self) -> bool:
        """Tell whether the goal is reached."""
        return self.goal is None or self.figure.median <= self.goal


def fixed(argument: Any) -> Callable[[int], Iterable[Any]]:
    """Return what gives the same argument to every call."""
    return lambda count: repeat(argument, count)


def race(
    contestants: Mapping[str, Contestant], *, repetitions: int, calls: int | None = None
) -> dict[str, list[float]]:
    """Return seconds of the processor per call of each contestant, one for each repetition.

    Within a repetition each has its turn, and the next repetition begins with the next of them, so that whatever slows
    the machine down for a while slows all of them down. ``calls`` is the length of a turn, by default as many as take
    about 4 ms.
    """
    counts = {name: calls or _calibrated(contestant) for name, contestant in contestants.items()}
    times: dict[str, list[float]] = {name: [] for name in contestants}
    names = list(contestants)
    gc.freeze()  # the libraries of all contestants are no garbage; looking through them again is no one's work
    for repetition in range(repetitions):
        gc.collect()
        start = repetition % len(names)
        for name in names[start:] + names[:start]:
            times[name].append(_turn(contestants[name], counts[name]))
    gc.unfreeze()
    return times


def _turn(contestant: Contestant, count: int) -> float:
    call = contestant.call
    arguments = contestant.arguments(count)
    start = process_time()
    for argument in arguments:
        call(argument)
    return (process_time() - start) / count


def _calibrated(contestant: Contestant) -> int:
    count = 1
    while _turn(contestant, count) * count < TURN / 4:
        count *= 2
    return max(1, round(TURN / min(_turn(contestant, count) for _ in range(3))))


def spread(measurements: Sequence[float]) -> Spread:
    """Return the median and the quartiles."""
    low, median, high = statistics.quantiles(measurements, n=4, method="inclusive")
    return Spread(median, low, high)


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> Spread:
    """Return how many times theirs ours is, repetition by repetition."""
    return spread([mine / other for mine, other in zip(ours, theirs, strict=True)])
