"""Whatever a server does, an author is told what it means, once the time is up at the latest, and nothing is stored."""

from __future__ import annotations

import socket
import time
from contextlib import closing

import pytest
from personas.analysing import analyse
from personas.language_model import ModelError
from personas.language_model.connection import MAX_ANSWER
from personas.models import ContentPiece, Persona
from personas.writing import write
from werkzeug import Response

from tests.personas.model.fake import SAMPLE

pytestmark = pytest.mark.django_db


def error(message="no", code=None):
    return {"error": {"message": message, "type": "error", "code": code}}


def choices(*found):
    return {"object": "chat.completion", "choices": list(found)}


def slow():
    time.sleep(0.6)
    return Response("{}")


def dripping():
    def drops():
        for _ in range(40):
            time.sleep(0.05)
            yield b" "

    return Response(drops(), content_type="application/json")


def stalling():
    def beginning():
        yield b"{"
        time.sleep(0.6)

    return Response(beginning(), content_type="application/json")


def broken_off():
    return Response(iter([b"{"]), headers={"Content-Length": "9"}, content_type="application/json")


#: What the server does, the code, and whether it makes sense to try again.
FAILURES = {
    "a refusal": (lambda server: server.says(None, refusal="I cannot do that."), "refused", False),
    "filtered": (lambda server: server.says("", finish_reason="content_filter"), "refused", False),
    "filtered before": (lambda server: server.sends(error(code="content_filter"), 400), "refused", False),
    "nothing": (lambda server: server.says(""), "unreadable", True),
    "no content": (lambda server: server.says(None), "unreadable", True),
    "no text": (lambda server: server.sends(choices({"message": {"content": [{"type": "text"}]}})), "unreadable", True),
    "no choices": (lambda server: server.sends(choices()), "unreadable", True),
    "no message": (lambda server: server.sends(choices({"message": None})), "unreadable", True),
    "an error that is no failure": (lambda server: server.sends(error()), "unreadable", True),
    "a list": (lambda server: server.sends([]), "unreadable", True),
    "a page": (lambda server: server.sends("<html>Hello!", content_type="text/html"), "unreadable", True),
    "an empty body": (lambda server: server.sends(""), "unreadable", True),
    "deep": (lambda server: server.sends("[" * 100_000), "unreadable", True),
    "no UTF-8": (lambda server: server.sends(b'{"\xff'), "unreadable", True),
    "thoughts alone": (lambda server: server.says("", finish_reason="length"), "truncated", True),
    "huge": (lambda server: server.sends(" " * (MAX_ANSWER + 1)), "too_large", True),
    "slow": (lambda server: server.does(slow), "timeout", True),
    "stalling": (lambda server: server.does(stalling), "timeout", True),
    "broken off": (lambda server: server.does(broken_off), "unreachable", True),
    "dripping": (lambda server: server.does(dripping), "timeout", True),
    "too much": (lambda server: server.sends(error(code="context_length_exceeded"), 400), "too_large", False),
    "unknown format": (lambda server: server.sends(error(), 400), "misconfigured", False),
    "401": (lambda server: server.sends(error(), 401), "misconfigured", False),
    "403": (lambda server: server.sends(error(), 403), "misconfigured", False),
    "404": (lambda server: server.sends(error("model 'fake' not found"), 404), "misconfigured", False),
    "413": (lambda server: server.sends("<html>", 413), "too_large", False),
    "429": (lambda server: server.sends(error(), 429), "busy", True),
    "no credit": (lambda server: server.sends(error(code="insufficient_quota"), 429), "misconfigured", False),
    "500": (lambda server: server.sends(error(), 500), "failed", True),
    "502 with a page": (lambda server: server.sends("<html>Bad gateway", 502, "text/html"), "failed", True),
    "504": (lambda server: server.sends("", 504), "timeout", True),
}
#: A model that is asked for JSON may answer in no JSON, too.
UNREADABLE = {
    "prose": "I cannot tell.",
    "broken": '{"tone": "dry", "age"',
    "a list": "[1, 2]",
    "deep": '{"a":' * 100_000,
    "long digits": '{"formality_level": ' + "9" * 5_000 + "}",
}


@pytest.fixture
def impatient(server, settings):
    """Have the server's answers waited for only a moment."""
    settings.PERSONAS["OPENAI"]["TIMEOUT"] = 0.4
    return server


def failure_of(function, *arguments):
    with pytest.raises(ModelError) as failed:
        function(*arguments)
    return failed.value


@pytest.mark.parametrize(("happens", "code", "retryable"), FAILURES.values(), ids=FAILURES.keys())
def test_a_failure_has_a_code_and_a_message(ada, impatient, happens, code, retryable):
    """Rows 6 and 29: the reason, and whether to try again, for a sample as for a text."""
    happens(impatient)
    persona = Persona.objects.create(author=ada, name="Plain")
    before = time.monotonic()
    for failed in (failure_of(analyse, ada, SAMPLE), failure_of(write, persona, "Rain")):
        assert (failed.code, failed.retryable) == (code, retryable)
        assert str(failed).startswith(("The language model", "This is more"))
        assert "key-0815" not in str(failed)
        assert "localhost" not in str(failed)
    assert time.monotonic() - before < 5
    assert not ContentPiece.objects.exists()


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_an_answer_that_is_no_json_object(ada, server, content):
    """Row 6: nothing is made of what cannot be read."""
    server.says(content)
    failed = failure_of(analyse, ada, SAMPLE)
    assert (failed.code, failed.retryable) == ("unreadable", True)


def test_nobody_is_there(ada, server, settings):
    """Row 29: connection refused."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.PERSONAS["OPENAI"]["BASE_URL"] = f"http://127.0.0.1:{port}/v1"
    assert failure_of(analyse, ada, SAMPLE).code == "unreachable"


@pytest.mark.parametrize("address", ["nonsense", "http://", "ftp://example.org"])
def test_an_address_that_is_none(ada, server, settings, address):
    """Row 29: a mistake in the settings is no error of the program's."""
    settings.PERSONAS["OPENAI"]["BASE_URL"] = address
    assert failure_of(analyse, ada, SAMPLE).code == "unreachable"


@pytest.mark.parametrize("key", ["", "key-0815\n"])
def test_a_key_may_be_missing_or_have_come_from_a_file(ada, server, settings, key):
    """Row 29: what a server does not ask for is not missed."""
    settings.PERSONAS["OPENAI"]["API_KEY"] = key
    server.says({"formality_level": 7})
    assert analyse(ada, SAMPLE).values == {"formality_level": 7}


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_is_asked_again(ada, server, settings, status):
    """Row 29: what passes by itself is not the author's to repeat."""
    settings.PERSONAS["OPENAI"]["RETRIES"] = 2
    for _ in range(2):
        server.sends(error(), status, retry_after_ms="1")
    server.says({"formality_level": 7})
    assert analyse(ada, SAMPLE).values == {"formality_level": 7}
    assert len(server.asked) == 3


def test_a_server_is_not_asked_for_ever(ada, server, settings):
    """Row 29: as often as the settings say."""
    settings.PERSONAS["OPENAI"]["RETRIES"] = 1
    server.sends(error(), 429, retry_after_ms="1")
    assert failure_of(analyse, ada, SAMPLE).code == "busy"
    assert len(server.asked) == 2


@pytest.mark.parametrize("status", [400, 422])
def test_a_server_that_cannot_hold_a_model_to_a_schema_is_asked_more_simply(ada, server, status):
    """Row 6: the prompt says it as well, and what comes back is checked all the same."""
    server.sends(error("unknown parameter response_format"), status)
    server.sends(error("unknown parameter response_format"), status)
    server.says({"formality_level": 7, "irony_usage": 99})
    analysis = analyse(ada, SAMPLE)
    assert analysis.values == {"formality_level": 7}
    assert len(analysis.problems) == 1
    formats = [asked.get("response_format", {}).get("type") for asked in server.asked]
    assert formats == ["json_schema", "json_object", None]
    assert all('"formality_level"' in asked["messages"][0]["content"] for asked in server.asked)


def test_the_log_tells_no_secret(ada, server, caplog):
    """Rows 29 and 51: whoever runs the site learns what failed, and nobody's key or writing is written down."""
    server.sends(error(f"cannot read {SAMPLE}"), 500)
    failure_of(analyse, ada, SAMPLE)
    (line,) = [each.getMessage() for each in caplog.records if each.name == "personas"]
    assert line == "A language model failed: failed, InternalServerError, 500"
    assert "river" not in caplog.text
    assert "key-0815" not in caplog.text
