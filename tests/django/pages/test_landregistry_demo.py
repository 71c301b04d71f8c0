"""``make demo``: it starts, serves the pages, can be signed in to with what it printed, and ends when it is told to."""

from __future__ import annotations

import json
import re
import shlex
import socket
import subprocess
from html import unescape
from urllib.error import HTTPError

import pytest
from django.core.management import CommandError, call_command
from landregistry.accounts import ACCOUNTS, PASSWORD
from landregistry.management.commands.demo import welcome

from tests.django.pages.demo import EXAMPLE, ROOT, Demo


@pytest.fixture
def demo(tmp_path):
    started = Demo(tmp_path)
    yield started
    started.close()


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
    shown = unescape(demo.get("/api/parties/1/?format=api"))
    assert "Api Root" in shown
    assert '"attrs": {' in shown.partition("<textarea ")[2]

    assert demo.end() == 0
    assert "Traceback" not in demo.output()


def curl_lines():
    """Return the commands of the pages that ask the API, each with what the page shows below it."""
    for page in (ROOT / "README.md", EXAMPLE / "README.md"):
        for block in re.findall(r"^```console\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, shown = re.sub(r" \\\n +", " ", part).partition("\n")
                if command.startswith("curl "):
                    yield shlex.split(command), shown


def test_what_the_pages_ask_the_api_is_answered(demo):
    demo.wait()
    commands = list(curl_lines())
    assert len(commands) > 8
    for (program, *arguments), shown in commands:
        there = [part.replace("http://127.0.0.1:8000", demo.address) for part in arguments]
        asked = [program, "--silent", "--show-error", "--fail-with-body", *there]
        done = subprocess.run(asked, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, (arguments, done.stdout, done.stderr)
        assert done.stdout.startswith(shown.strip()), arguments
        assert json.loads(done.stdout)


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
