"""A document is tried: what would become of it, what is wrong with it, and nothing is stored or given away."""

from __future__ import annotations

import pytest
from landregistry.models import Organization, Party

from jsonattrs_core import Attribute, Rule
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.rest_framework import ProblemJSONRenderer
from tests.django.rest.schema_api import Land, PartyViews
from tests.django.stored import stored_text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.django.rest.schema_api")]


@pytest.fixture
def land():
    return Land()


def tried(client, path, **candidate):
    response = client.post(path, candidate, format="json")
    assert response.status_code == 200, response.content
    return response.json()


def of(party):
    return f"/parties/{party.pk}/schema/validate/"


# ---- what is answered ----


def test_a_document_is_given_as_it_would_be_stored_with_the_problems_that_it_has(land):
    land.party()
    client = land.member(land.north)
    path = f"/parties/schema/validate/?project={land.hill.pk}"

    assert tried(client, path, document={"note": " x ", "acres": 2}) == {
        "valid": True,
        "document": {"note": "x", "acres": 2.0},
        "problems": [],
        "warnings": [],
    }
    answer = tried(client, path, document={"score": 10, "note": "x"})
    assert answer == {
        "valid": False,
        "document": {"note": "x"},
        "problems": [
            {"path": ["score"], "code": "max", "params": {"limit": 9}, "message": "The value must be 9 or less."}
        ],
        "warnings": [],
    }
    assert Party.objects.get().attrs == {}


def test_what_a_rule_only_warns_of_is_told_beside_the_problems(land):
    rule = Rule("score < 5", "Is it that many?", attributes=["score"], severity="warning")
    SchemaRecord.objects.define(Party, [Attribute("score", "integer", constraints={"max": 9})], rules=[rule])
    client, party = land.member(land.north), land.party()
    said = [{"path": ["score"], "code": "rule", "params": {}, "message": "Is it that many?"}]

    for path in ("/parties/schema/validate/", of(party)):
        answer = tried(client, path, document={"score": 7})
        assert (answer["valid"], answer["problems"], answer["warnings"]) == (True, [], said)
        assert tried(client, path, document={"score": 4})["warnings"] == []


def test_messages_are_in_the_language_of_the_reader(land):
    client = land.member(land.north)
    response = client.post(
        "/parties/schema/validate/",
        {"attribute": "score", "value": "x"},
        format="json",
        headers={"accept-language": "de"},
    )

    assert response.json()["problems"][0]["message"] == "Geben Sie eine ganze Zahl ein."
    assert response["Cache-Control"] == "no-store"


def test_one_attribute_is_judged_by_itself_unless_there_is_a_record(land):
    land.define(
        (),
        Attribute("score", "integer"),
        Attribute("note", "text", required=True),
        Attribute("why", "text", required_if="score > 5"),
        rules=[Rule("score < 3 || note != 'x'", "Not that many for x")],
    )
    party = land.party(note="x")
    client = land.member(land.north)

    assert tried(client, "/parties/schema/validate/", attribute="score", value=6)["valid"]
    answer = tried(client, of(party), attribute="score", value=6)
    assert [(each["path"], each["code"]) for each in answer["problems"]] == [(["why"], "required"), ([], "rule")]
    assert tried(client, "/parties/schema/validate/", attribute="note", value=None)["problems"][0]["code"] == "required"


def test_a_document_of_a_record_changes_what_it_names_or_is_whole(land):
    party = land.party(score=1, note="x")
    client = land.member(land.north)

    assert tried(client, of(party), document={"score": 2})["document"] == {"score": 2, "note": "x"}
    assert tried(client, of(party), document={"score": 2}, partial=False)["document"] == {"score": 2}
    assert tried(client, of(party), document={"note": None})["document"] == {"score": 1, "note": None}
    assert Party.objects.get().attrs == {"score": 1, "note": "x"}


def test_a_document_of_a_new_record_may_be_a_part_of_one(land):
    land.define((), Attribute("score", "integer", required=True, default=7), Attribute("note", "text", required=True))
    client = land.member(land.north)

    assert tried(client, "/parties/schema/validate/", document={"note": "x"})["document"] == {"score": 7, "note": "x"}
    part = tried(client, "/parties/schema/validate/", document={"score": 3}, partial=True)
    assert part == {"valid": True, "document": {"score": 3}, "problems": [], "warnings": []}


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        5,
        {"document": {}, "attribute": "score", "value": 1},
        {"attribute": "score"},
        {"value": 1},
        {"document": {}, "value": 1},
        {"attribute": 5.5, "value": [], "x": 1},
        {"attribute": ["score"], "value": 1},
        {"attribute": "", "value": 1},
        {"document": {}, "partial": "perhaps"},
        {"documemt": {}},
    ],
    ids=repr,
)
def test_what_cannot_be_read_is_refused(land, body):
    client = land.member(land.north)

    assert client.post("/parties/schema/validate/", body, format="json").status_code == 400


@pytest.mark.parametrize(
    "body",
    ["{", '{"document": {"a": 1, "a": 2}}', "[" * 100_000, '{"document": {"score": 1e999}}', "\x00", '{"a": NaN}'],
)
def test_what_is_no_json_is_refused(land, body):
    party, client = land.party(), land.member(land.north)
    for path in ("/parties/schema/validate/", of(party)):
        assert client.post(path, body, content_type="application/json").status_code == 400


def test_a_misspelt_member_is_told_with_the_nearest(land):
    answer = land.member(land.north).post("/parties/schema/validate/", {"documemt": {}}, format="json")

    assert answer.json() == {"documemt": ["There is no member named documemt. Did you mean document?"]}


# ---- what a user may see, change and choose ----


def rights(user, action, model, field, attribute):
    """Let nobody see the note, and nobody change the score."""
    return attribute.key != "note" and (action == "view" or attribute.key != "score")


@pytest.mark.parametrize("view", ["parties", "plain"])
def test_hidden_attributes_are_unknown_and_others_only_shown(land, settings, view):
    party = land.party(score=1, note="x")
    settings.JSONATTRS = {"ATTRIBUTE_PERMISSION": f"{__name__}.rights"}
    client = land.member(land.north)
    for path in (f"/{view}/{party.pk}/schema/validate/", f"/{view}/schema/validate/"):
        answer = tried(client, path, document={"note": "y", "score": 2, "nothing": 1})
        found = {tuple(each["path"]): (each["code"], each["message"]) for each in answer["problems"]}
        assert found[("note",)] == found[("nothing",)] == ("unknown", "There is no attribute of this name.")
        assert found[("score",)] == ("read_only", "You may not change this.")
        assert "note" not in answer["document"]
    assert tried(client, f"/{view}/{party.pk}/schema/validate/", document={"acres": 1}, partial=False)["document"] == {
        "score": 1,
        "acres": 1.0,
    }


def test_what_the_serializer_leaves_out_is_unknown_and_what_it_does_not_show_is_not_shown(land):
    party = land.party(score=1, note="x", acres=1.5)
    client = land.member(land.north)
    answer = tried(client, f"/secretive/{party.pk}/schema/validate/", document={"score": 2})
    assert answer == {"valid": True, "document": {"score": 2}, "problems": [], "warnings": []}
    answer = tried(client, f"/secretive/{party.pk}/schema/validate/", document={"acres": 2})
    assert [each["code"] for each in answer["problems"]] == ["unknown"]
    schema = client.get(f"/secretive/{party.pk}/schema/").json()
    assert [each["name"] for each in schema["attributes"]] == ["score", "note"]


def test_writing_tells_no_more_of_a_hidden_attribute(land, settings):
    party = land.party(note="x")
    settings.JSONATTRS = {"ATTRIBUTE_PERMISSION": f"{__name__}.rights"}
    answer = land.member(land.north).patch(
        f"/parties/{party.pk}/", {"attrs": {"note": "y", "nothing": 1}}, format="json"
    )

    unknown = ["There is no attribute of this name."]
    assert answer.json() == {"attrs": {"note": unknown, "nothing": unknown}}


def test_a_group_of_values_that_are_unique_together_is_not_named_either(land, settings):
    attributes = Attribute("acres", "integer"), Attribute("note", "text", default="x", required=True)
    land.define((), *attributes, unique_together=[("acres", "note")])
    land.define((land.north,))
    land.party(acres=1)
    settings.JSONATTRS = {"ATTRIBUTE_PERMISSION": f"{__name__}.rights"}
    answer = tried(land.member(land.north), "/parties/schema/validate/", document={"acres": 1})

    assert "note" not in str(answer)
    assert [(each["path"], each["code"], each["params"]) for each in answer["problems"]] == [([], "unique", {})]


def test_what_is_wrong_with_a_hidden_attribute_is_told_without_its_name(land, settings):
    land.define(
        (),
        Attribute("score", "integer", unique=True),
        Attribute("note", "text", required=True, constraints={"max_length": 7}),
        unique_together=[("score", "note")],
    )
    settings.JSONATTRS = {"ATTRIBUTE_PERMISSION": f"{__name__}.rights"}
    answer = tried(land.member(land.north), "/parties/schema/validate/", document={})

    assert answer["problems"] == [
        {
            "path": [],
            "code": "required",
            "params": {},
            "message": "An attribute that you cannot see here is refused.",
        }
    ]


def only_north(user, rows, attribute):
    """Let users refer to the north only."""
    return rows.filter(slug="north")


def test_a_record_that_may_not_be_chosen_is_one_that_is_not_there(land, settings):
    land.define((), Attribute("agent", "reference", constraints={"model": "landregistry.Organization"}))
    party = land.party(agent=land.south.pk)
    settings.JSONATTRS = {"REFERENCE_PERMISSION": f"{__name__}.only_north"}
    client = land.member(land.north)

    def problems(path, key):
        return tried(client, path, document={"agent": key})["problems"]

    new = "/parties/schema/validate/"
    assert problems(new, land.north.pk) == []
    assert problems(new, land.south.pk) == problems(new, 999_999) != []
    assert problems(of(party), land.south.pk) == []  # it is what the record has
    other = Organization.objects.create(slug="other", name="Other")
    assert problems(of(party), other.pk) == problems(new, 999_999)


# ---- tenants ----


def test_uniqueness_tells_nothing_beyond_the_scope_that_declares_it(land):
    for organization in (land.north, land.south):
        land.define((organization,), Attribute("code", "text", unique=True))
    mine, theirs = land.party(code="mine"), land.party(land.dale, code="theirs")
    client = land.member(land.north)
    new = f"/parties/schema/validate/?project={land.hill.pk}"

    assert tried(client, new, document={"code": "theirs"})["valid"]
    assert [each["code"] for each in tried(client, new, document={"code": "mine"})["problems"]] == ["unique"]
    assert [each["code"] for each in tried(client, new, attribute="code", value="mine")["problems"]] == ["unique"]
    assert tried(client, of(mine), document={"code": "mine"})["valid"]
    assert tried(client, of(mine), document={"code": "theirs"})["valid"]
    assert client.post(of(theirs), {"document": {}}, format="json").status_code == 404


def test_a_scope_of_others_is_one_that_is_not_there(land):
    land.party(land.dale, secret="hush")
    client = land.member(land.north)
    queries = [f"project={land.dale.pk}", f"organization={land.south.pk}", "project=999999", "organization=999999"]
    bodies = [{"document": {"secret": "hush"}}, {"attribute": "secret", "value": "x"}]
    answers = [
        client.post(f"/{view}/schema/validate/?{query}", body, format="json")
        for view in ("parties", "named")
        for query in queries
        for body in bodies
    ]

    assert {(each.status_code, each.content) for each in answers} == {(404, b'{"detail":"There is no such scope."}')}
    secret = tried(client, "/parties/schema/validate/", attribute="secret", value="x")["problems"]
    nothing = tried(client, "/parties/schema/validate/", attribute="nothing", value="x")["problems"]
    assert [each | {"path": 0} for each in secret] == [each | {"path": 0} for each in nothing]


def test_a_schema_that_cannot_be_used_is_told_without_its_name(land):
    party = land.party()
    SchemaRecord.objects.get(name="Northern").attributes.filter(key="acres").update(
        definition={"key": "acres", "name": "acres", "type": "nonsense"}
    )
    answer = land.member(land.north).post(of(party), {"document": {}}, format="json")

    assert (answer.status_code, answer.json()["detail"]) == (409, "The schema of this scope cannot be used at present.")


def test_nothing_is_stored_and_no_claim_is_mended(land):
    land.define((land.north,), Attribute("code", "text", unique=True))
    party = land.party(code="mine")
    before = stored_text(party)
    client = land.member(land.north)
    for document in ({"code": "other"}, {"code": "mine"}, {"code": 5}, []):
        for path in (of(party), f"/parties/schema/validate/?project={land.hill.pk}"):
            client.post(path, {"document": document}, format="json")

    assert (Party.objects.count(), stored_text(party)) == (1, before)


# ---- what it costs ----


def test_the_number_of_queries(land, django_assert_num_queries):
    land.define((land.north,), Attribute("code", "text", unique=True), Attribute("acres", "float"))
    party = land.party(code="mine")
    client = land.member(land.north)
    new = f"/parties/schema/validate/?project={land.hill.pk}"
    documents = {of(party): {2: {"acres": 1}, 3: {"code": "x"}}, new: {2: {"acres": 1}, 3: {"code": "x"}}}
    for path, expected in documents.items():
        tried(client, path, document={})
        for number, document in expected.items():
            with django_assert_num_queries(number):
                tried(client, path, document=document)


# ---- errors ----


@pytest.mark.parametrize("accept", ["application/json", "application/schema+json"])
def test_errors_look_as_they_do_everywhere_else_in_the_view(land, monkeypatch, accept):
    client, path = land.member(land.north), "/parties/schema/?projekt=1"
    plain = client.get(path, headers={"accept": accept}).json()
    assert plain["projekt"] == ["There is no selector named projekt. Did you mean project?"]

    monkeypatch.setattr(PartyViews, "renderer_classes", [ProblemJSONRenderer])
    error = client.get(path, headers={"accept": accept}).json()["projekt"][0]
    assert (error["message"], error["code"], error["params"]["nearest"]) == (*plain["projekt"], "unknown", "project")
    twice = client.post(
        "/parties/schema/validate/", b'{"document": {}, "document": {}}', content_type="application/json"
    )
    assert twice.json()["detail"]["params"] == {"name": "document", "line": 1, "column": 18}
