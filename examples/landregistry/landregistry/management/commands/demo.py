"""``manage.py demo``: the whole register with its pages, in one step."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from landregistry.accounts import ACCOUNTS, PASSWORD, make_accounts
from landregistry.seeding import seed

if TYPE_CHECKING:
    from argparse import ArgumentParser

HOST = "127.0.0.1"


class Command(BaseCommand):
    """Makes what is missing, tells where to look, and serves the pages."""

    help = "Make the register with its records and demo accounts, and serve it to this machine until Ctrl-C."
    requires_system_checks = ()  # the server makes them

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --port."""
        parser.add_argument("--port", type=int, default=8000, metavar="N", help="the port of the pages (8000)")

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        """Do all of it."""
        if not settings.DEBUG:
            raise CommandError("The demo accounts are for trying out. They are not made where DEBUG is off.")
        demand_free(port)
        self.stdout.write("Getting the register ready ...")
        self.stdout.flush()
        call_command("migrate", verbosity=0)
        seed()
        make_accounts()
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


def welcome(address: str) -> str:
    """Return what is said before the server begins: the address, and who may do what."""
    rows = [("user", "password", "may"), *((each.username, PASSWORD, str(each.may)) for each in ACCOUNTS)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join(
        [
            "",
            f"The land registry: {address}",
            f"Its admin:         {address}admin/",
            f"Its API:           {address}api/",
            "",
            *(f"  {line}" for line in lines),
            "",
            "Everybody in it is made up, and everybody knows these passwords: it is for trying out. Ctrl-C ends it.",
            "",
        ]
    )
