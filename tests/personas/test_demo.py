"""``manage.py demo``: what it makes and says, and when it does neither."""

from __future__ import annotations

import socket
import subprocess
from pathlib import Path

import pytest
from demo import writer
from demo.management.commands.demo import make, welcome
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command
from landregistry.models import Party
from personas.access import author_of, personas_of, pieces_of
from personas.models import ContentPiece, Tag
from personas.schema import schema_of

from jsonattrs_django.testing import reset

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def made(db):
    reset()
    make()
    yield author_of(get_user_model().objects.get(username=writer.USERNAME))
    reset()


def test_it_makes_both_examples_once(made):
    before = [model.objects.count() for model in (Party, ContentPiece, Tag, get_user_model())]
    assert all(before)
    make()
    assert [model.objects.count() for model in (Party, ContentPiece, Tag, get_user_model())] == before


def test_the_writer_has_personas_and_texts_of_every_status(made):
    assert authenticate(username=writer.USERNAME, password=writer.PASSWORD) == made.user
    personas = list(personas_of(made))
    assert len(personas) == 4
    assert all(len(persona.attrs) >= 20 for persona in personas)
    assert set().union(*(persona.attrs for persona in personas)) <= set(schema_of(made))
    assert {piece.status for piece in pieces_of(made)} == set(ContentPiece.Status)
    assert all(piece.published_at is not None for piece in pieces_of(made).filter(status="published"))
    assert all(piece.word_count > 20 for piece in pieces_of(made))


def test_what_the_writer_has_changed_stays(made):
    persona = personas_of(made).first()
    persona.attrs["formality_level"] = 7
    persona.save()
    made.user.set_password("another one")
    made.user.save()
    make()
    assert personas_of(made).get(pk=persona.pk).attrs["formality_level"] == 7
    assert authenticate(username=writer.USERNAME, password=writer.PASSWORD) == made.user


def test_a_port_that_is_taken_is_said_before_anything_is_made(settings):
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
    command = ["make", "--no-print-directory", "--dry-run", "demo", "PORT=8123"]
    last = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()[-1]
    assert "env -u DATABASE_URL " in last
    assert last.endswith("examples/demo/manage.py demo --port 8123")


def test_the_page_shows_what_is_printed():
    printed = welcome("http://127.0.0.1:8000/").strip()
    assert printed.rpartition("\n\n")[0] in (ROOT / "README.md").read_text(encoding="utf-8")
