"""The command line on a large file of JSON lines, beside a bare loop that only parses them."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.records import EDUCATION, REFUSED, SCHEMA, VALID
from benchmarks.timing import Row, ratio, spread

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["REFUSED_SHARE", "Files", "environment", "json_lines", "prepare", "rows"]

TIME_GOAL = 2.5
TIME_GOAL_FROM = 1_000_000  # lines; in a shorter file the start of the command weighs more
MEMORY_GOAL = 120.0  # MiB
MIB = 1024 * 1024

#: One line in so many is refused, with three problems.
REFUSED_SHARE = 100

ROOT = Path(__file__).resolve().parents[1]

#: The least that anything which reads the file does.
BARE = """
import json, sys
def main():
    with open(sys.argv[1], "rb") as lines:
        for line in lines:
            json.loads(line)
main()
"""

#: Makes the plugin of the two functions known to the command as if it were installed.
_ENTRY_POINT = {
    "METADATA": "Metadata-Version: 2.1\nName: jsonattrs-bench\nVersion: 1.0\n",
    "entry_points.txt": "[jsonattrs]\njsonattrs-bench = benchmarks.subtypes\n",
}


class Files(NamedTuple):
    """What the command reads."""

    folder: Path
    schema: Path
    data: Path


class _Run(NamedTuple):
    seconds: float
    processor: float  #: seconds too
    mebibytes: float


def rows(lines: int, repetitions: int) -> Iterator[Row]:
    """Run the command and the bare loop in turns over the same file."""
    work = f"jsonattrs validate, {lines:,} JSON lines"
    with TemporaryDirectory(prefix="jsonattrs-bench-") as name:
        files = prepare(Path(name), lines)
        bare, ours = [], []
        for _ in range(repetitions):
            bare.append(_run(files, [sys.executable, "-c", BARE, str(files.data)], code=0))
            ours.append(_run(files, [_command(), "validate", str(files.schema), str(files.data)], code=1))
    goal = TIME_GOAL if lines >= TIME_GOAL_FROM else None
    yield _compared(work, [run.seconds for run in ours], [run.seconds for run in bare], goal)
    yield _compared(f"{work}: processor time", [run.processor for run in ours], [run.processor for run in bare], None)
    yield _memory(f"{work}: memory at most", ours, MEMORY_GOAL)
    yield _memory("bare json.loads loop: memory at most", bare, None)


def _compared(work: str, ours: list[float], bare: list[float], goal: float | None) -> Row:
    return Row(
        work=work,
        against="bare json.loads loop",
        figure=ratio(ours, bare),
        goal=goal,
        ours=spread(ours),
        theirs=spread(bare),
    )


def _memory(work: str, runs: list[_Run], goal: float | None) -> Row:
    return Row(work=work, figure=spread([run.mebibytes for run in runs]), unit="MiB", goal=goal)


def prepare(folder: Path, lines: int) -> Files:
    """Write the schema, the lines, and the metadata of the plugin to a folder."""
    files = Files(folder, folder / "schema.json", folder / "records.jsonl")
    files.schema.write_text(json.dumps(SCHEMA.to_document()), encoding="utf-8")
    with files.data.open("w", encoding="utf-8") as out:
        out.writelines(json_lines(lines))
    metadata = folder / "jsonattrs_bench-1.0.dist-info"
    metadata.mkdir()
    for name, text in _ENTRY_POINT.items():
        (metadata / name).write_text(text, encoding="utf-8")
    return files


def environment(files: Files) -> dict[str, str]:
    """Return the environment in which the command finds the plugin."""
    paths = (str(files.folder), str(ROOT), os.environ.get("PYTHONPATH", ""))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}


def json_lines(count: int) -> Iterator[str]:
    """Yield lines of the record in all its variants, each with values of its own; the same at every call."""
    dice = random.Random(2018)
    ascii_, other, missing = VALID.values()
    refused = list(REFUSED.values())
    for number in range(count):
        if number % REFUSED_SHARE == REFUSED_SHARE - 1:
            record = refused[number // REFUSED_SHARE % len(refused)]
        else:
            record = {**dice.choices((ascii_, missing, other), weights=(7, 2, 1))[0], **_drawn(dice)}
        yield json.dumps(record, ensure_ascii=False) + "\n"


def _drawn(dice: random.Random) -> dict[str, Any]:
    digits = f"{dice.randrange(10**9):09}"
    return {
        "born": date.fromordinal(dice.randrange(693_596, 737_425)).isoformat(),  # 1900 to 2019
        "post_code": f"ab{dice.randrange(100)} {dice.randrange(10)}cd",
        "score": round(dice.uniform(0, 100), 1),
        "education": dice.choice(EDUCATION),
        "household": dice.randrange(1, 31),
        "number": f"{digits[:3]}-{digits[3:5]}-{digits[5:]}",
        "active": dice.random() < 0.5,
        "area": f"{dice.randrange(100_000)}.{dice.randrange(100):02}",
    }


def _command() -> str:
    found = shutil.which("jsonattrs", path=str(Path(sys.executable).parent))
    if found is None:
        raise FileNotFoundError("the jsonattrs command is not installed beside this Python: pip install '.[cli]'")
    return found


def _run(files: Files, command: list[str], code: int) -> _Run:
    launcher = [sys.executable, str(Path(__file__).with_name("child.py")), *command]
    done = subprocess.run(launcher, env=environment(files), check=True, capture_output=True, text=True)
    told = json.loads(done.stdout)
    if told["code"] != code:
        raise RuntimeError(f"{command[:2]} exited with {told['code']}, not {code}: {done.stderr.strip()}")
    return _Run(told["seconds"], told["processor"], told["bytes"] / MIB)
