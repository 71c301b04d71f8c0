"""The project's settings: for earnest use, and for trying out."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
MANAGE = ROOT / "examples" / "demo" / "manage.py"

#: What a host sets, and no more.
HOST = {"SECRET_KEY": "nobody's" * 8 + "0123456789", "ALLOWED_HOSTS": "personas.example"}


def manage(*arguments, **environment):
    """Run a command of manage.py with an environment in which nothing of the tests is set."""
    known = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    command = [sys.executable, str(MANAGE), *arguments]
    return subprocess.run(command, cwd=ROOT, env={**known, **environment}, capture_output=True, text=True, check=False)


def settings_of(module, *names, **environment):
    """Return settings as that environment makes them."""
    code = (
        f"import json; from django.conf import settings as s; print(json.dumps([s.{', s.'.join(names)}], default=str))"
    )
    done = manage("shell", "-v", "0", "-c", code, DJANGO_SETTINGS_MODULE=module, **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    """The environment of a host on which everything has been run that its README tells, and what that has said."""
    database = tmp_path_factory.mktemp("host") / "db.sqlite3"
    found = {"DJANGO_SETTINGS_MODULE": "demo.settings.base", **HOST, "DATABASE_URL": f"sqlite:///{database}"}
    said = [manage(command, **found) for command in ("migrate", *["define_characteristics", "attributes_sync"] * 2)]
    assert [done.returncode for done in said] == [0] * 5, [done.stderr for done in said]
    return found, [done.stdout for done in said]


def test_the_characteristics_are_defined_once_and_then_found(host):
    """Row 47: the indexes that the schema asks for are made."""
    _, (_, defined, built, found, in_place) = host
    assert defined == "The characteristics are now as persona.yaml has them.\n"
    assert "0 in place, 3 built" in built
    assert found.endswith("Nothing was changed.\n")
    assert "3 in place" in in_place


ENVIRONMENTS = [{}, {"PROXIES": "1", "PERSONAS_WORKER": "1", "PERSONAS_MODEL": "openai"}]


@pytest.mark.parametrize("more", ENVIRONMENTS, ids=["least", "most"])
def test_django_finds_nothing_to_say_of_them_in_earnest(host, more):
    """Row 54: all is as Django's own list for deployment wants it, and both documents of the APIs can be made."""
    done = manage("check", "--deploy", "--fail-level", "INFO", **host[0], **more)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr


def test_debugging_is_off_unless_one_tries_out():
    """Row 54."""
    assert settings_of("demo.settings.base", "DEBUG", **HOST) == [False]
    assert settings_of("demo.settings.local", "DEBUG") == [True]


def test_without_a_secret_nothing_begins():
    """Rows 51 and 54: there is no secret to fall back on, neither for sessions nor for tokens."""
    done = manage("check", DJANGO_SETTINGS_MODULE="demo.settings.base", ALLOWED_HOSTS="personas.example")
    assert done.returncode != 0
    assert "SECRET_KEY setting must not be empty" in done.stderr


def test_secrets_come_from_the_environment():
    """Row 51."""
    secrets = {**HOST, "OPENAI_API_KEY": "sk-of-the-environment"}
    key, personas = settings_of("demo.settings.base", "SECRET_KEY", "PERSONAS", **secrets)
    assert key == HOST["SECRET_KEY"]
    assert personas["OPENAI"]["API_KEY"] == "sk-of-the-environment"


def test_there_is_no_secret_in_the_code():
    """Row 51: the one key that is written down signs what never leaves the machine that somebody tries it out on."""
    found = []
    for file in (ROOT / "examples").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        found += re.findall(r"""(?im)^\s*(?:\w*SECRET\w*|\w*API_KEY\w*|SIGNING_KEY)\W*[=:]\s*["']([^"']+)["']""", text)
    assert found, "the pattern finds the key of the settings for trying out"
    assert all(each.startswith("not a secret") for each in found), found


def test_tokens_are_signed_with_the_secret():
    """Row 51."""
    from rest_framework_simplejwt.settings import api_settings

    assert api_settings.SIGNING_KEY == settings.SECRET_KEY


@pytest.mark.parametrize(("proxies", "header"), [("0", None), ("1", ["HTTP_X_FORWARDED_PROTO", "https"])])
def test_only_a_proxy_that_is_named_is_believed(proxies, header):
    """Row 2: else whoever sends an address of her own choosing would be throttled as somebody new each time."""
    found = settings_of("demo.settings.base", "SECURE_PROXY_SSL_HEADER", "REST_FRAMEWORK", **HOST, PROXIES=proxies)
    assert found[0] == header
    assert found[1]["NUM_PROXIES"] == int(proxies)


def test_a_model_that_there_is_not_is_said():
    done = manage("check", DJANGO_SETTINGS_MODULE="demo.settings.base", PERSONAS_MODEL="oracle", **HOST)
    assert done.returncode != 0
    assert "oracle" in done.stderr
