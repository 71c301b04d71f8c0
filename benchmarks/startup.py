"""What an import costs a program that has just started: fresh interpreters, their bytecode already compiled."""

from __future__ import annotations

import subprocess
import sys
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.timing import Row, ratio, spread

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["rows"]

GOAL = 0.5
REGISTRY_GOAL = 1.5

BARE = "pass"
IMPORT_OURS = "import jsonattrs_core"
IMPORT_THEIRS = "from pydantic import BaseModel"

#: From nothing to a verdict on a record, which needs all that the imports above may have put off.
VERDICT_OURS = """
from jsonattrs_core import Attribute, Registry, Schema, compose
attributes = [Attribute("born", "date"), Attribute("name", "text", constraints={"max_length": 100})]
schema = compose(Schema("person", attributes))
schema.compile(Registry.from_plugins([])).validate({"born": "1984-02-29", "name": "Siti"})
"""
VERDICT_THEIRS = """
from datetime import date
from pydantic import BaseModel, Field
class Person(BaseModel):
    born: date
    name: str = Field(max_length=100)
Person.model_validate({"born": "1984-02-29", "name": "Siti"})
"""

#: What every process pays for the plugins that are installed, beside what any program pays that looks for plugins.
REGISTRY_OURS = "from jsonattrs_core import Registry; Registry.installed()"
ENTRY_POINTS = "import importlib.metadata; importlib.metadata.entry_points()"

PROGRAMS = (BARE, IMPORT_OURS, IMPORT_THEIRS, VERDICT_OURS, VERDICT_THEIRS, REGISTRY_OURS, ENTRY_POINTS)


def rows(repetitions: int) -> Iterator[Row]:
    """Time the imports, with the interpreter's own start and without it."""
    times: dict[str, list[float]] = {program: [] for program in PROGRAMS}
    for program in PROGRAMS:
        _seconds(program)  # leaves the bytecode behind
    for repetition in range(repetitions):
        start = repetition % len(PROGRAMS)
        for program in PROGRAMS[start:] + PROGRAMS[:start]:
            times[program].append(_seconds(program))
    yield _row("import, without the interpreter's own start", times, IMPORT_OURS, IMPORT_THEIRS, GOAL, net=True)
    yield _row("import, the whole process", times, IMPORT_OURS, IMPORT_THEIRS, GOAL)
    yield _row(
        "import to first verdict, without the interpreter's own start", times, VERDICT_OURS, VERDICT_THEIRS, net=True
    )
    for net, process in ((True, "without the interpreter's own start"), (False, "the whole process")):
        yield _row(
            f"the registry of all our plugins, {process}",
            times,
            REGISTRY_OURS,
            ENTRY_POINTS,
            REGISTRY_GOAL,
            net=net,
            against="entry_points()",
        )


def _seconds(program: str) -> float:
    # Isolated: neither the working directory nor the environment's settings have a say in what is imported.
    command = [sys.executable, "-I", "-c", program]
    start = perf_counter()
    subprocess.run(command, check=True)
    return perf_counter() - start


def _row(
    work: str,
    times: dict[str, list[float]],
    ours: str,
    theirs: str,
    goal: float | None = None,
    net: bool = False,
    against: str = "pydantic",
) -> Row:
    start = times[BARE] if net else [0.0] * len(times[BARE])
    mine, other = (
        [whole - part for whole, part in zip(times[program], start, strict=True)] for program in (ours, theirs)
    )
    return Row(
        work=work,
        against=against,
        figure=ratio(mine, other),
        goal=goal,
        ours=spread(mine),
        theirs=spread(other),
    )
