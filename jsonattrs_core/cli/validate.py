"""`jsonattrs validate`: a file of records against a composed schema, record by record."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from jsonattrs_core.cli.common import console, say
from jsonattrs_core.cli.errors import CannotRun
from jsonattrs_core.cli.loading import composed
from jsonattrs_core.cli.outputs import refuse_overwriting, written
from jsonattrs_core.cli.progress import progress_bar
from jsonattrs_core.cli.readers import Format, Records, open_records
from jsonattrs_core.cli.report import problem_table, summary
from jsonattrs_core.cli.tally import Tally
from jsonattrs_core.messages import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonattrs_core import ComposedSchema, Validator

__all__ = ["Job", "run"]

_encode = json.JSONEncoder(ensure_ascii=False, default=str).encode


class Job(NamedTuple):
    """What was asked for."""

    schemas: list[str]
    data: str
    problems: str | None = None
    clean: str | None = None
    format: Format | None = None
    delimiter: str | None = None
    encoding: str | None = None
    language: str | None = None  #: of the messages, English if not given, and of what stands in CSV
    quiet: bool = False


def run(job: Job) -> bool:
    """Do the job and print its outcome; return whether there were no problems. Raises what makes it impossible."""
    schema = composed(job.schemas)
    validator = schema.compile()
    if Path(job.data).suffix.lower() in (".yaml", ".yml"):
        raise CannotRun(f"{job.data}: this looks like a schema; the last file named must be the data")
    refuse_overwriting([*job.schemas, job.data], [job.problems, job.clean])
    tally = Tally(schema)
    started = time.perf_counter()
    with _opened(job, schema, tally) as records:
        with written(job.problems) as problems, written(job.clean) as clean:
            _Run(job, tally, records, problems, clean).all(validator, schema)
        if not job.quiet and records.source.encoding == "cp1252" and job.encoding is None:
            say(f"{job.data} is not UTF-8, and was read as Windows-1252; if it is neither, say which with --encoding")
    if not job.quiet:
        _print(tally, job, records, time.perf_counter() - started)
    return not tally.problems


@contextmanager
def _opened(job: Job, schema: ComposedSchema, tally: Tally) -> Iterator[Records]:
    with (
        nullcontext(None) if job.quiet else progress_bar(job.data, tally) as bar,
        open_records(
            job.data,
            known=schema,
            format=job.format,
            delimiter=job.delimiter,
            encoding=job.encoding,
            **({"on_read": bar} if bar else {}),
        ) as records,
    ):
        yield records


class _Run:
    """One pass over the records."""

    def __init__(self, job: Job, tally: Tally, records: Records, problems: TextIO | None, clean: TextIO | None) -> None:
        self._language = job.language
        self._tally = tally
        self._records = records
        self._problems = problems
        self._clean = clean

    def all(self, validator: Validator, schema: ComposedSchema) -> None:
        """Check every record. This loop is what a file of a million lines waits for."""
        for number, problem in self._records.findings:
            self._tally.problem(number, problem)
            self._list(number, problem, "error")
        check: Callable[[Any], Any] = validator.check
        if self._records.format is Format.CSV:
            check = partial(validator.check, from_text=True, language=self._language)
        keep = _keeper(self._clean, validator, schema)
        count = 0
        for number, record in self._records.items:
            count += 1
            if record.__class__ is Problem:
                self._refuse(number, (record,))
                continue
            result = check(record)
            if result.warnings:
                self._warn(number, result.warnings)
            if result.problems:
                self._refuse(number, result.problems)
            elif keep is not None:
                keep(result.value)
        self._tally.records = count

    def _refuse(self, number: int, problems: tuple[Problem, ...]) -> None:
        self._tally.refused += 1
        for problem in problems:
            self._tally.problem(number, problem)
            self._list(number, problem, "error")

    def _warn(self, number: int, warnings: tuple[Problem, ...]) -> None:
        for warning in warnings:
            self._tally.warning(number, warning)
            self._list(number, warning, "warning")

    def _list(self, number: int, problem: Problem, severity: str) -> None:
        if self._problems is None:
            return
        told = problem.as_dict(self._language or "en")
        line = {self._records.counted_by: number, "path": problem.path, **told, "severity": severity}
        self._problems.write(_encode(line) + "\n")


def _keeper(file: TextIO | None, validator: Validator, schema: ComposedSchema) -> Callable[[Any], None] | None:
    """Return what writes a clean record by the attributes' names, so that the same schema accepts it again."""
    if file is None:
        return None
    names = {attribute.key: name for name, attribute in schema.items()}

    def keep(value: Any) -> None:
        document = validator.dump(value)
        file.write(_encode({names[key]: member for key, member in document.items()}) + "\n")

    return keep


def _print(tally: Tally, job: Job, records: Records, seconds: float) -> None:
    out = console()
    if tally.rows:
        out.print(problem_table(tally, job.language or "en", records.counted_by))
        out.print()
    out.print(summary(tally, seconds))
