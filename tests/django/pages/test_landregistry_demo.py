"""The land registry in ``make demo``: its pages, its accounts, and what its README asks its API."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from html import unescape
from urllib.error import HTTPError

import pytest
from landregistry.accounts import ACCOUNTS, PASSWORD

from tests.django.pages.demo import ROOT, Demo

EXAMPLE = ROOT / "examples" / "landregistry"


@pytest.fixture
def demo(tmp_path):
    started = Demo(tmp_path)
    yield started
    started.close()


def test_it_serves_the_pages_and_ends_when_it_is_interrupted(demo):
    assert "The land registry" in demo.wait()
    said = demo.output()
    assert f"  The land registry  {demo.address}/land-registry/\n" in said
    rows = re.findall(r"^  (\w+) +(land-registry-demo)  (.+)$", said, re.MULTILINE)
    assert rows == [(account.username, PASSWORD, account.may) for account in ACCOUNTS]

    assert "Yayasan Pemetaan Tanah Nusantara" in demo.get("/land-registry/")
    assert "Siti Rahayu" in demo.get("/land-registry/parties/?name__icontains=siti")
    assert "prefers-color-scheme: dark" in demo.get("/static/landregistry/site.css")
    assert "<svg" in demo.get("/favicon.ico")
    with pytest.raises(HTTPError) as missing:
        demo.get("/no/such/page/")
    missing.value.close()
    assert "Signed in as schemas" in demo.sign_in("schemas", PASSWORD)
    assert "Schemas" in demo.get("/admin/")
    shown = unescape(demo.get("/land-registry/api/parties/1/?format=api"))
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


def test_its_document_is_of_it_alone(demo):
    demo.wait()
    document = json.loads(demo.get("/land-registry/api/openapi.json"))
    assert document["info"]["title"] == "A land registry"
    assert {path.split("/")[1] for path in document["paths"]} == {"land-registry"}
    assert "parties_list" in {each["operationId"] for path in document["paths"].values() for each in path.values()}


def test_the_page_shows_the_accounts():
    shown = re.findall(r"^\| `(\w+)` \| `([\w-]+)` \|", (EXAMPLE / "README.md").read_text("utf-8"), re.MULTILINE)
    assert shown == [(account.username, PASSWORD) for account in ACCOUNTS]
