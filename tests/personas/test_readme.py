"""What the README of the application tells to do, done."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from tests.django.pages.demo import Demo

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "examples" / "personas" / "README.md").read_text(encoding="utf-8")

#: What stands between the outputs of commands, and how curl is called: it fails where the answer is an error.
BEFORE = """
set -e -u -o pipefail
curl() { command curl --silent --show-error --fail-with-body "$@"; }
"""
BETWEEN = "\necho; echo ----\n"


def commands():
    """Return the commands that ask the API, each with what the page shows below it."""
    (block,) = re.findall(r"^```console\n(\$ api=.*?)^```$", README, re.MULTILINE | re.DOTALL)
    return [part.partition("\n")[::2] for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]


@pytest.fixture
def demo(tmp_path):
    started = Demo(tmp_path)
    yield started
    started.close()


def test_what_the_page_asks_the_api_is_answered(demo, tmp_path):
    """Rows 1, 2, 4, 5, 12, 13, 27 and 34, as somebody at a terminal meets them."""
    demo.wait()
    asked = commands()
    script = BEFORE + BETWEEN.join(command for command, _ in asked).replace("http://127.0.0.1:8000", demo.address)
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, (done.stdout[-2_000:], done.stderr, demo.output()[-2_000:])

    said = [each.strip() for each in done.stdout.split("----\n")]
    for (command, shown), answer in zip(asked, said, strict=True):
        assert answer.startswith(shown.strip()), command
    answers = [json.loads(answer) for answer in said if answer]
    assert len(answers) == 10
    assert "Traceback" not in demo.output()


def test_the_page_tells_the_settings_of_the_model():
    rows = dict(re.findall(r"^\| `(\w+)` \| `([^`]+)` \|", README, re.MULTILINE))
    there = settings.PERSONAS["OPENAI"]
    assert rows == {
        "PERSONAS_MODEL": "offline",
        "OPENAI_BASE_URL": there["BASE_URL"],
        "OPENAI_API_KEY": there["API_KEY"],
        "OPENAI_MODEL": there["MODEL"],
        "OPENAI_TIMEOUT": f"{there['TIMEOUT']:g}",
    }
    assert there["RETRIES"] == 2
