"""``manage.py demo``: both examples with their records and pages, in one step."""

from __future__ import annotations

import os
import socket
from io import StringIO
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from landregistry import accounts as land_registry
from landregistry.seeding import seed
from personas.schema import define_default

from demo import writer

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterator

__all__ = ["Command", "welcome"]

HOST = "127.0.0.1"

ADDRESSES = (
    ("Personas", "personas/"),
    ("Its API", "api/v1/"),
    ("The land registry", "land-registry/"),
    ("Its API", "land-registry/api/"),
    ("The admin of both", "admin/"),
)


class Command(BaseCommand):
    """Makes what is missing, tells where to look, and serves the pages."""

    help = "Make both examples with their records and demo accounts, and serve them to this machine until Ctrl-C."
    requires_system_checks = ()  # the server makes them

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --port."""
        parser.add_argument("--port", type=int, default=8000, metavar="N", help="the port of the pages (8000)")

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        """Do all of it."""
        if not settings.DEBUG:
            raise CommandError("The demo accounts are for trying out. They are not made where DEBUG is off.")
        demand_free(port)
        self.stdout.write("Getting both examples ready ...")
        self.stdout.flush()
        make()
        call_command("attributes_sync", stdout=StringIO())
        self.stdout.write(welcome(f"http://{HOST}:{port}/"))
        self.stdout.flush()
        os.environ.setdefault("DJANGO_RUNSERVER_HIDE_WARNING", "true")  # it has just been said
        call_command("runserver", f"{HOST}:{port}", use_reloader=False, skip_checks=True)


def demand_free(port: int) -> None:
    """Raise CommandError where nobody can listen at a port."""
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"Port {port} cannot be used ({getattr(error, 'strerror', None) or error}). "
                "Say another one: make demo PORT=8001, or --port 8001."
            ) from None


def make() -> None:
    """Make the tables, the records, the accounts and the schemas, as far as they are missing."""
    call_command("migrate", verbosity=0)
    seed()
    land_registry.make_accounts()
    define_default()
    writer.make()


def welcome(address: str) -> str:
    """Return what is said before the server begins: the addresses, and who may do what."""
    width = max(len(name) for name, _ in ADDRESSES)
    return "\n".join(
        [
            "",
            f"Begin at {address}",
            "",
            *(f"  {name.ljust(width)}  {address}{path}" for name, path in ADDRESSES),
            "",
            *(f"  {line}" for line in _table(_accounts())),
            "",
            "Everybody in it is made up, and everybody knows these passwords: it is for trying out. Ctrl-C ends it.",
            "",
        ]
    )


def _accounts() -> Iterator[tuple[str, str, str]]:
    yield "user", "password", "may"
    yield writer.USERNAME, writer.PASSWORD, "write in the voices of four personas"
    for account in land_registry.ACCOUNTS:
        yield account.username, land_registry.PASSWORD, str(account.may)


def _table(rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    lines = list(rows)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for row in lines:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
