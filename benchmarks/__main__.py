"""Run the benchmarks, and write docs/benchmarks.md."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import checking, startup, stream, wide
from benchmarks.machine import describe
from benchmarks.report import page, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.timing import Row

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"

#: The parts, by name: what a whole run does, and a quick one.
PARTS: dict[str, tuple[Callable[[], Iterator[Row]], Callable[[], Iterator[Row]]]] = {
    "record": (lambda: checking.rows(300), lambda: checking.rows(40)),
    "schemas": (lambda: wide.rows(300), lambda: wide.rows(40)),
    "import": (lambda: startup.rows(60), lambda: startup.rows(15)),
    "stream": (lambda: stream.rows(1_000_000, 5), lambda: stream.rows(100_000, 3)),
}


def main() -> None:
    """Run the parts asked for; only a whole run writes the document."""
    options = _options()
    machine = describe()
    sections: dict[str, list[Row]] = {}
    for name in options.only or PARTS:
        whole, quick = PARTS[name]
        sections[name] = []
        for row in (quick if options.quick else whole)():
            print(told(row), flush=True)
            sections[name].append(row)
    if options.quick or options.only:
        print(f"\n{page(sections, machine)}")
    else:
        DOCUMENT.write_text(page(sections, machine), encoding="utf-8")
        print(f"\nwritten: {DOCUMENT}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, 100,000 lines; prints the page")
    parser.add_argument("--only", action="append", choices=PARTS, help="one part, or several; prints the page")
    return parser.parse_args()


if __name__ == "__main__":
    main()
