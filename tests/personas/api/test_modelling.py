"""What a language model is asked through the API: nothing is stored that nobody has chosen, and failures are told."""

from __future__ import annotations

import pytest
from personas.models import ContentPiece, Persona
from personas.schema import schema_of

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from tests.personas import doubles
from tests.personas.model.fake import SAMPLE, Server

pytestmark = pytest.mark.django_db

SET = {"formality_level": 7, "tone": "wistful"}


@pytest.fixture
def fluent(settings):
    """Have a language model that always has something to say."""
    settings.PERSONAS = doubles.saying("Fluent")


@pytest.fixture
def server(httpserver, settings):
    """Have a server be the language model, which says what a test wants, over real HTTP."""
    found = Server(httpserver)
    options = {"BASE_URL": found.address, "API_KEY": "key-0815", "MODEL": "fake", "TIMEOUT": 2.0, "RETRIES": 0}
    model = "personas.language_model.openai.OpenAIModel"
    settings.PERSONAS = {**settings.PERSONAS, "LANGUAGE_MODEL": model, "OPENAI": options}
    return found


@pytest.fixture
def persona(hers):
    """Give a persona of hers."""
    return hers.made("personas/", {"name": "Ada", "attributes": SET})["id"]


def nothing_is_stored():
    return not Persona.objects.exists() and not ContentPiece.objects.exists()


# ---- analysing ----


def test_an_analysis_is_proposed_and_not_stored(hers, fluent):
    """Row 5: what is saved is what somebody has looked over and changed."""
    answer = hers.post("analyse/", {"sample": SAMPLE})
    assert (answer.status_code, answer.json()) == (
        200,
        {"model": "Fluent", "attributes": {"formality_level": 3, "irony_usage": 8}, "problems": []},
    )
    assert nothing_is_stored()
    edited = {**answer.json()["attributes"], "irony_usage": 2}
    assert hers.made("personas/", {"name": "Ada", "attributes": edited})["attributes"] == edited


def test_it_works_without_a_network_and_without_a_key(hers, ada, persona):
    """Row 33: what can be measured is proposed, and a plain text is written."""
    values = hers.post("analyse/", {"sample": SAMPLE}).json()["attributes"]
    assert values
    assert values.keys() <= schema_of(ada).keys()
    assert hers.made("personas/", {"name": "Measured", "attributes": values})["attributes"] == values
    assert hers.made(f"personas/{persona}/generate/", {"topic": "the sea"})["word_count"] > 20


def test_what_is_proposed_stands_beside_what_is_stored(hers, fluent, persona):
    """Row 9: a persona is analysed again, and nothing of it changes."""
    answer = hers.post(f"personas/{persona}/analyse/", {"sample": SAMPLE}).json()
    assert answer["stored"] == SET
    assert answer["attributes"] == {"formality_level": 3, "irony_usage": 8}
    assert hers.get(f"personas/{persona}/").json()["attributes"] == SET
    address = f"personas/{persona}/"
    assert hers.patch(address, {"attributes": {"irony_usage": 8}}).json()["attributes"] == {**SET, "irony_usage": 8}


@pytest.mark.parametrize("method", ["post", "put", "patch"])
def test_a_persona_takes_no_sample(hers, persona, method):
    """Row 9: the predecessor took one with a change, and ignored it; here it is refused, and analysed elsewhere."""
    address = "personas/" if method == "post" else f"personas/{persona}/"
    answer = getattr(hers, method)(address, {"name": "Ada", "writing_sample": SAMPLE})
    assert answer.status_code == 400
    assert [each["code"] for each in answer.json()["writing_sample"]] == ["unknown"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param({}, "required", id="missing"),
        pytest.param({"sample": ""}, "blank", id="empty"),
        pytest.param({"sample": "Too short."}, "too_short", id="short"),
        pytest.param({"sample": "word " * 5_000}, "too_long", id="long"),
        pytest.param({"sample": None}, "null", id="null"),
        pytest.param({"sample": [SAMPLE]}, "invalid", id="a list"),
        pytest.param({"sample": f"{SAMPLE}\x00"}, "null_characters_not_allowed", id="NUL"),
    ],
)
def test_what_is_no_sample_is_refused(hers, persona, body, code):
    """Row 6: under its own name, and nothing is stored."""
    for address in ("analyse/", f"personas/{persona}/analyse/"):
        answer = hers.post(address, body)
        assert answer.status_code == 400
        assert [each["code"] for each in answer.json()["sample"]] == [code]


def test_a_part_of_an_answer_is_offered_with_what_is_wrong_with_the_rest(hers, server):
    """Rows 6 and 8: each told by attribute; neither id, author nor flags can be set by what a model says."""
    said = {"formality_level": 11, "tone": "dry", "irony_usage": "7/10", "age": "25-35", "id": 1, "author": 2}
    server.says({**said, "is_active": False, "name": "Mallory", "save": True})
    answer = hers.post("analyse/", {"sample": SAMPLE})
    assert answer.status_code == 200
    assert answer.json()["attributes"] == {"tone": "dry", "age": "25-35"}
    assert {(each["attribute"], each["code"]) for each in answer.json()["problems"]} == {
        *(("formality_level", "max"), ("irony_usage", "type")),
        *((name, "unknown") for name in ("id", "author", "is_active", "name", "save")),
    }
    assert nothing_is_stored()


def test_the_name_that_somebody_gives_is_the_personas(hers, server):
    """Row 7: what a model calls it is not even proposed."""
    server.says({"name": "Mallory", "tone": "dry"})
    values = hers.post("analyse/", {"sample": SAMPLE}).json()["attributes"]
    assert hers.made("personas/", {"name": "Ada", "attributes": values})["name"] == "Ada"


FAILURES = [
    pytest.param({"says": "I am sorry, I cannot."}, 502, "unreadable", id="no JSON"),
    pytest.param({"says": None, "refusal": "I will not."}, 502, "refused", id="refusal"),
    pytest.param({"says": '{"tone": "d', "finish_reason": "length"}, 502, "truncated", id="truncated"),
    pytest.param({"sends": {"error": {"message": "busy"}}, "status": 429}, 502, "busy", id="429"),
    pytest.param({"sends": {"error": {"message": "key-0815"}}, "status": 500}, 502, "failed", id="500"),
]


@pytest.mark.parametrize(("answer", "status", "code"), FAILURES)
@pytest.mark.parametrize("address", ["analyse/", "personas/{}/generate/"])
def test_a_failure_is_told_and_nothing_is_stored(hers, server, persona, address, answer, status, code):
    """Rows 6 and 29: with what went wrong, and whether the same may work later; no key is named."""
    if code == "unreadable" and "generate" in address:
        answer = {"says": ""}
    options = dict(answer)
    what = "says" if "says" in options else "sends"
    getattr(server, what)(options.pop(what), **options)
    found = hers.post(address.format(persona), {"sample": SAMPLE} if address == "analyse/" else {"topic": "tea"})
    assert found.status_code == status, found.content
    detail = found.json()["detail"]
    assert (detail["code"], type(detail["params"]["retryable"])) == (code, bool)
    assert detail["message"]
    assert b"key-0815" not in found.content
    assert not ContentPiece.objects.exists()
    assert Persona.objects.count() == 1


def test_a_model_that_takes_too_long_is_a_504(hers, settings, persona):
    """Row 29."""
    settings.PERSONAS = doubles.saying("Broken")
    answer = hers.post(f"personas/{persona}/generate/", {"topic": "tea"})
    assert (answer.status_code, answer.json()["detail"]["code"]) == (504, "timeout")
    assert answer.json()["detail"]["params"] == {"retryable": True}
    assert not ContentPiece.objects.exists()


# ---- drafting ----


def test_a_text_is_drafted_and_stored(hers, fluent, persona):
    """Row 27: 201, a draft with a title, and where it is."""
    answer = hers.post(f"personas/{persona}/generate/", {"topic": " the sea "})
    assert answer.status_code == 201
    made = answer.json()
    assert (made["title"], made["status"], made["persona"], made["word_count"]) == ("On the sea", "draft", persona, 8)
    assert hers.get(answer["Location"]).json() == made


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param({}, "required", id="missing"),
        pytest.param({"topic": " "}, "required", id="blank"),
        pytest.param({"topic": "x" * 2_001}, "too_long", id="long"),
        pytest.param({"topic": 7}, None, id="a number"),
        pytest.param({"topic": {"a": 1}}, "invalid", id="an object"),
    ],
)
def test_a_text_needs_a_topic(hers, fluent, persona, body, code):
    """Row 27: 400 without."""
    answer = hers.post(f"personas/{persona}/generate/", body)
    if code is None:
        assert answer.status_code == 201
        return
    assert answer.status_code == 400
    assert code in {each["code"] for each in answer.json()["topic"]}
    assert not ContentPiece.objects.exists()


def test_a_persona_of_somebody_else_writes_nothing(his, fluent, persona):
    """Row 27: 404, as for one that there is not."""
    answer = his.post(f"personas/{persona}/generate/", {"topic": "tea"})
    assert (answer.status_code, answer.content) == (404, his.post("personas/999999/generate/", {}).content)


def test_a_persona_that_is_not_active_writes_nothing(hers, fluent, persona):
    """Row 27."""
    hers.patch(f"personas/{persona}/", {"is_active": False})
    answer = hers.post(f"personas/{persona}/generate/", {"topic": "tea"})
    assert answer.status_code == 400
    assert [each["code"] for each in answer.json()["persona"]] == ["inactive"]


@pytest.mark.parametrize(("name", "title"), [("Verbose", 200), ("Silent", None)])
def test_an_answer_that_is_no_text_is_handled(hers, settings, persona, name, title):
    """Row 30: a title that is too long is cut, and no text is a failure."""
    settings.PERSONAS = doubles.saying(name)
    answer = hers.post(f"personas/{persona}/generate/", {"topic": "tea"})
    assert answer.status_code == (201 if title else 502)
    assert title is None or 150 < len(answer.json()["title"]) <= title


def test_a_prompt_has_what_is_set_and_nothing_of_the_account(hers, ada, server):
    """Row 28: each characteristic that is set, by its label; no key, no name of the account, nothing that is unset."""
    SchemaRecord.objects.define(Persona, [Attribute("own_mood", "text", label="Mood")], selectors=(ada,), user=ada.user)
    attributes = {"formality_level": 7, "tone": "wistful", "own_mood": "gay", "irony_usage": None}
    persona = hers.made("personas/", {"name": "Zed", "attributes": attributes})["id"]
    server.says("Tea\n\nIt is about tea.")
    hers.post(f"personas/{persona}/generate/", {"topic": "tea"})
    asked = str(server.asked[0]["messages"])
    labels = {name: str(each.label) for name, each in schema_of(ada).items()}
    assert all(labels[name] in asked for name in ("formality_level", "tone", "own_mood"))
    assert "wistful" in asked
    assert not any(word in asked for word in (labels["irony_usage"], "ada@example.com", "is_active", "created_at"))


# ---- by a worker ----


@pytest.mark.django_db(transaction=True)
def test_work_is_waited_for_where_a_worker_does_it(hers, his, fluent, persona, worker):
    """Rows 5 and 27: 202 with the address of the work, where nobody else finds anything."""
    started = [
        hers.post("analyse/", {"sample": SAMPLE}),
        hers.post(f"personas/{persona}/analyse/", {"sample": SAMPLE}),
        hers.post(f"personas/{persona}/generate/", {"topic": "tea"}),
    ]
    assert [each.status_code for each in started] == [202] * 3
    for each in started:
        assert each.json()["is_finished"] is False
        waiting = hers.get(each["Location"])
        assert (waiting.json(), waiting["Retry-After"]) == (each.json(), "2")
        assert his.get(each["Location"]).content == his.get("tasks/nothing/").content
    worker()
    first, second, third = (hers.get(each["Location"]).json() for each in started)
    assert (
        first["analysis"]["attributes"] == second["analysis"]["attributes"] == {"formality_level": 3, "irony_usage": 8}
    )
    assert third["content"] == hers.get(f"content/{third['content']['id']}/").json()
    assert all(each["is_finished"] and each["error"] is None for each in (first, second, third))
    assert his.get(started[2]["Location"]).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_failure_of_the_worker_is_told(hers, settings, persona, worker):
    """Row 29."""
    settings.PERSONAS = doubles.saying("Refusing")
    started = hers.post(f"personas/{persona}/generate/", {"topic": "tea"})
    worker()
    found = hers.get(started["Location"]).json()
    assert found["error"] == {
        "code": "refused",
        "message": "The language model will not write about this.",
        "retryable": False,
    }
    assert found["content"] is None


@pytest.mark.parametrize("key", ["nothing", "0" * 32, "00000000-0000-0000-0000-000000000000", "%00", "é"])
def test_work_that_there_is_not_is_a_404(hers, worker, key):
    assert hers.get(f"tasks/{key}/").status_code == 404
