"""``make demo``: it starts, serves the pages, can be signed in to with what it printed, and ends when it is told to."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest
from django.core.management import CommandError, call_command
from landregistry.accounts import ACCOUNTS, PASSWORD
from landregistry.management.commands.demo import welcome

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "examples" / "landregistry"

#: Seconds that a busy machine may take to make the register, and to end.
PATIENCE = 120


def environment(folder):
    found = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    return {**found, "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}"}


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Demo:
    """The demo as a process of its own, and a browser without scripts."""

    def __init__(self, folder):
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.said = (folder / "said.txt").open("w+b")
        command = [sys.executable, str(EXAMPLE / "manage.py"), "demo", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment(folder), stdout=self.said, stderr=subprocess.STDOUT
        )
        self.cookies = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def wait(self):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                return self.get("/")
            except OSError:
                assert self.process.poll() is None, self.output()
                time.sleep(0.2)
        raise AssertionError(self.output())

    def get(self, path, **data):
        body = urlencode(data).encode() if data else None
        with self._opener.open(f"{self.address}{path}", body, timeout=PATIENCE) as answer:
            return answer.read().decode()

    def sign_in(self, username, password):
        page = self.get("/sign-in/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        return self.get("/sign-in/", csrfmiddlewaretoken=token, username=username, password=password)

    def output(self):
        self.said.seek(0)
        return self.said.read().decode()

    def end(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@pytest.fixture
def demo(tmp_path):
    started = Demo(tmp_path)
    yield started
    if started.process.poll() is None:
        started.process.kill()
        started.process.wait()
    started.said.close()


def test_it_serves_the_pages_and_ends_when_it_is_interrupted(demo):
    assert "Yayasan Pemetaan Tanah Nusantara" in demo.wait()
    said = demo.output()
    assert f"The land registry: {demo.address}/\n" in said
    rows = re.findall(r"^  (\w+) +(land-registry-demo)  (.+)$", said, re.MULTILINE)
    assert rows == [(account.username, PASSWORD, account.may) for account in ACCOUNTS]

    assert "Siti Rahayu" in demo.get("/parties/?name__icontains=siti")
    assert "prefers-color-scheme: dark" in demo.get("/static/landregistry/site.css")
    assert "<svg" in demo.get("/favicon.ico")
    with pytest.raises(HTTPError) as missing:
        demo.get("/no/such/page/")
    missing.value.close()
    assert "Signed in as schemas" in demo.sign_in("schemas", PASSWORD)
    assert "Schemas" in demo.get("/admin/")

    assert demo.end() == 0
    assert "Traceback" not in demo.output()


def test_a_port_that_is_taken_is_said_before_anything_is_made(tmp_path, settings):
    settings.DEBUG = True
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Port {port} cannot be used .*make demo PORT=8001"):
            call_command("demo", port=port)
    with pytest.raises(CommandError, match="Port 70000 cannot be used"):
        call_command("demo", port=70_000)


def test_the_accounts_are_not_made_in_earnest(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="trying out"):
        call_command("demo", port=1)


def test_make_runs_it_on_a_database_of_its_own():
    done = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "demo", "PORT=8123"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    last = done.stdout.splitlines()[-1]
    assert "env -u DATABASE_URL " in last
    assert last.endswith("examples/landregistry/manage.py demo --port 8123")


def test_the_pages_show_what_is_printed():
    printed = welcome("http://127.0.0.1:8000/").strip()
    shown = (ROOT / "README.md").read_text(encoding="utf-8")
    assert printed.rpartition("\n\n")[0] in shown

    rows = re.findall(
        r"^\| `(\w+)` \| `([\w-]+)` \|", (EXAMPLE / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert rows == [(account.username, PASSWORD) for account in ACCOUNTS]
