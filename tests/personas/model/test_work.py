"""Long calls run outside the request: at once where nothing else is set, or by a worker, for their author alone."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from personas import work
from personas.models import ContentPiece, Persona

from tests.personas.model.fake import SAMPLE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def persona(ada):
    return Persona.objects.create(author=ada, name="Plain", attrs={"formality_level": 7})


# ---- at once ----


def test_an_analysis_is_there_at_once(ada, server):
    """Row 5: with the backend that is set by default."""
    server.says({"formality_level": 7, "irony_usage": 99})
    done = work.start_analysis(ada, SAMPLE)
    assert done.is_finished
    assert done.analysis.values == {"formality_level": 7}
    assert [problem["attribute"] for problem in done.analysis.problems] == ["irony_usage"]
    assert (done.piece, done.error) == (None, None)
    assert work.find(ada, done.id) is None


def test_a_draft_is_there_at_once(ada, persona, server):
    """Row 27: the piece that was stored."""
    server.says("Rain\n\nIt rained.")
    done = work.start_draft(ada, persona, "The weather")
    assert done.piece == ContentPiece.objects.get()
    assert (done.is_finished, done.analysis, done.error) == (True, None, None)


def test_a_failure_is_a_result(ada, persona, server):
    """Row 29: with code, message and whether to try again."""
    server.sends("", 503)
    for done in (work.start_analysis(ada, SAMPLE), work.start_draft(ada, persona, "Rain")):
        assert done.is_finished
        assert (done.error.code, done.error.retryable) == ("failed", True)
        assert (done.analysis, done.piece) == (None, None)
    assert not ContentPiece.objects.exists()


def test_an_error_that_nobody_expected_is_said_and_logged(ada, settings, caplog):
    """Row 29: the author is not left waiting, and whoever runs the site learns of it."""
    settings.PERSONAS = {**settings.PERSONAS, "LANGUAGE_MODEL": "personas.no_such.Model"}
    done = work.start_analysis(ada, SAMPLE)
    assert done.is_finished
    assert done.error.message == "Something went wrong here. Try again later."
    assert "FAILED" in caplog.text


@pytest.mark.parametrize(
    "start",
    [lambda ada, _: work.start_analysis(ada, SAMPLE), lambda *both: work.start_draft(*both, "Rain")],
    ids=["analysis", "draft"],
)
def test_an_author_who_has_gone_meanwhile_is_no_error_of_the_servers(ada, persona, worker, start):
    """Row 29: what is in the queue then ends as a refusal."""
    begun = start(ada, persona)
    key = ada.pk
    ada.delete()
    worker()
    ada.pk = key
    assert work.find(ada, begun.id).error.code == "failed"


def test_a_persona_that_is_not_active_is_refused_at_once(ada, persona):
    """Row 27: no worker is bothered with it."""
    persona.is_active = False
    with pytest.raises(ValidationError):
        work.start_draft(ada, persona, "Rain")


# ---- by a worker ----


def test_a_worker_analyses(ada, worker, server):
    """Rows 5 and 21: first under way, then done, with nothing stored but the work."""
    server.says({"formality_level": 7})
    started = work.start_analysis(ada, SAMPLE)
    assert not started.is_finished
    assert server.asked == []
    assert not work.find(ada, started.id).is_finished
    worker()
    done = work.find(ada, started.id)
    assert done.is_finished
    assert done.analysis.values == {"formality_level": 7}
    assert not Persona.objects.exists()


def test_a_worker_writes(ada, persona, worker, server):
    """Row 27: and the draft is found by the work."""
    server.says("Rain\n\nIt rained.")
    started = work.start_draft(ada, persona, "The weather")
    assert not ContentPiece.objects.exists()
    worker()
    assert work.find(ada, started.id).piece == ContentPiece.objects.get()


@pytest.mark.parametrize("happens", ["delete", "deactivate", "give away"])
def test_what_has_changed_before_a_worker_came(ada, ben, persona, worker, server, happens):
    """Row 29: nothing is written for a persona that is gone, put aside or somebody else's."""
    started = work.start_draft(ada, persona, "The weather")
    rows = Persona.objects.filter(pk=persona.pk)
    if happens == "delete":
        rows.delete()
    else:
        rows.update(**({"is_active": False} if happens == "deactivate" else {"author": ben}))
    worker()
    done = work.find(ada, started.id)
    assert (done.error.code, done.error.retryable, done.piece) == ("failed", False, None)
    assert server.asked == []
    assert not ContentPiece.objects.exists()


def test_a_text_that_is_deleted_after_a_worker_wrote_it(ada, persona, worker, server):
    """Row 29: work tells what became of it."""
    server.says("Rain\n\nIt rained.")
    started = work.start_draft(ada, persona, "The weather")
    worker()
    ContentPiece.objects.all().delete()
    assert work.find(ada, started.id).error.message == "The text has been deleted."


def test_work_is_its_authors_alone(ada, ben, persona, worker, server):
    """Row 3: to others, who know its id even, it is as none."""
    server.says("Rain\n\nIt rained.")
    started = [work.start_analysis(ada, SAMPLE), work.start_draft(ada, persona, "The weather")]
    worker()
    for each in started:
        assert work.find(ada, each.id) is not None
        assert work.find(ben, each.id) is None


@pytest.mark.parametrize("key", ["", "x", "00000000-0000-0000-0000-000000000000", "\x00", "a" * 10_000, "é"])
def test_an_id_that_is_none(ada, worker, key):
    assert work.find(ada, key) is None
