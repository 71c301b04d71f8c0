"""``manage.py seed``: fill an empty land registry."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from landregistry.seeding import seed

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections import Counter
    from collections.abc import Iterator

PLURALS = {"party": "parties", "further party": "further parties"}

SITI = "Party.objects.get(name='Siti Rahayu').attrs"

#: What for, and the arguments of manage.py.
NEXT = (
    ("The attributes of a party, with typed values", f'shell -v 0 -c "print({SITI})"'),
    ("Why she must tell her education", f"shell -v 0 -c \"print({SITI}.schema.explain('education')['required'])\""),
    ("The same register at size", "seed --records 1000"),
)


class Command(BaseCommand):
    """Makes what is missing, and tells what it made."""

    help = "Make two organisations with projects, schemas, parties and land. Running it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --records."""
        parser.add_argument(
            "--records",
            type=int,
            default=0,
            metavar="N",
            help="have N further parties in each project, for a test at size",
        )

    def handle(self, *args: Any, records: int = 0, **options: Any) -> None:
        """Seed, and report."""
        report = seed(records)
        if report.nothing_new:
            self.stdout.write(f"Everything is there already: {_listed(report.found)}. Nothing was changed.")
        else:
            for verb, counts in (("Made", report.made), ("Changed", report.changed), ("Found", report.found)):
                if counts:
                    self.stdout.write(f"{verb} {_listed(counts)}.")
        self.stdout.write("\nTry next:")
        run = shlex.join([_short(sys.executable), _short(sys.argv[0])])
        for purpose, arguments in NEXT:
            self.stdout.write(f"\n  # {purpose}\n  {run} {arguments}")


def _listed(counts: Counter[str]) -> str:
    parts = list(_counted(counts))
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def _counted(counts: Counter[str]) -> Iterator[str]:
    for kind, number in counts.items():
        yield f"{number:,} {kind if number == 1 else PLURALS.get(kind, f'{kind}s')}"


def _short(path: str) -> str:
    """Return a path as seen from where the command was run."""
    here = Path.cwd()
    return str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else path
