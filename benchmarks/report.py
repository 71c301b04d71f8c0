"""The page that a run writes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from benchmarks.stream import REFUSED_SHARE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.timing import Row, Spread

__all__ = ["page", "told"]

TEMPLATE = Path(__file__).with_name("template.md")
PARTS = ("record", "schemas", "import", "stream")

_COLUMNS = ("what", "beside", "goal", "figure", "quartiles", "", "our time", "theirs")
_DIGITS = {"MiB": 1, "bytes": 0, "%": 0}
#: Units that say what was counted.
_COUNTED = ("queries", "times", "locks", "duplicates", "values lost")
#: For figures that are ratios of times on the clock.
_PROCESSOR = "processor only"


def page(
    sections: Mapping[str, Sequence[Row]],
    machine: Mapping[str, str],
    template: Path = TEMPLATE,
    parts: Sequence[str] = PARTS,
) -> str:
    """Return the page; ``sections`` are the rows of each part of the benchmarks that was run, by its name."""
    rows = [row for section in sections.values() for row in section]
    tables = dict.fromkeys(parts, "Not run.") | {name: _table(section) for name, section in sections.items()}
    if "import" in tables:
        tables["import_"] = tables.pop("import")  # the template's names are identifiers
    return Template(template.read_text(encoding="utf-8")).substitute(
        tables,
        summary=_summary(rows),
        missed=_missed(rows),
        date=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        machine="\n".join(f"| {heading} | {text} |" for heading, text in machine.items()),
        refused_share=REFUSED_SHARE,
    )


def told(row: Row) -> str:
    """Return a row as one line for the terminal."""
    beside = f" / {row.against}" if row.against else ""
    processor = "" if row.processor is None else f", processor {_figure(row.processor.median, row.unit)}"
    return f"{row.work}{beside}: {_figure(row.figure.median, row.unit)}{processor} ({_verdict(row) or 'no goal'})"


def _summary(rows: Sequence[Row]) -> str:
    promised = [row for row in rows if row.goal is not None]
    met = sum(row.met for row in promised)
    return f"**{met} of {len(promised)} goals are met in this run.**"


def _missed(rows: Sequence[Row]) -> str:
    missed = [row for row in rows if not row.met]
    if not missed:
        return "None is missed."
    lines = [
        f"- {row.work}{f' / {row.against}' if row.against else ''}: {_figure(row.figure.median, row.unit)}, "
        f"goal {_goal(row)}, {_verdict(row)}"
        for row in missed
    ]
    return "\n".join(["Missed:", "", *lines])


def _table(rows: Sequence[Row]) -> str:
    has_processor = any(row.processor for row in rows)
    columns = (*_COLUMNS, _PROCESSOR) if has_processor else _COLUMNS
    lines = [_line(row, has_processor) for row in rows]
    return "\n".join([_joined(columns), "|" + "---|" * len(columns), *lines])


def _line(row: Row, has_processor: bool) -> str:
    cells = [
        row.work,
        row.against,
        _goal(row),
        f"**{_figure(row.figure.median, row.unit)}**",
        f"{_number(row.figure.low, row.unit)} to {_number(row.figure.high, row.unit)}",
        _verdict(row),
        _time(row.ours),
        _time(row.theirs),
    ]
    if has_processor:
        cells.append("" if row.processor is None else _figure(row.processor.median, row.unit))
    return _joined(cells)


def _joined(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _verdict(row: Row) -> str:
    if row.goal is None:
        return ""
    if row.met:
        return "met"
    if not row.goal:
        return "missed"
    return f"missed by {row.figure.median / row.goal - 1:.1%}"


def _goal(row: Row) -> str:
    return "" if row.goal is None else f"at most {_with_unit(f'{row.goal:g}', row.unit)}"


def _figure(value: float, unit: str) -> str:
    return _with_unit(_number(value, unit), unit)


def _with_unit(number: str, unit: str) -> str:
    return number + unit if unit == "x" else f"{number} {unit}"


def _number(value: float, unit: str) -> str:
    small = 4 if value >= 0.001 or not value else 6
    digits = 0 if unit in _COUNTED else _DIGITS.get(unit, 2 if value >= 0.1 else small)
    return f"{value:.{digits}f}"


def _time(seconds: Spread | None) -> str:
    if seconds is None:
        return ""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds.median >= size:
            return f"{seconds.median / size:.2f} {unit}"
    return f"{seconds.median * 1e6:.2f} µs"
