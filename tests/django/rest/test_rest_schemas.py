"""The composed schema of a scope, and of a record, as whoever reads the records may see it."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator
from landregistry.models import Party

from jsonattrs_core import Attribute, Rule, Schema, compose
from jsonattrs_django.models import SchemaRecord
from tests.django.rest.schema_api import Land

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.django.rest.schema_api")]

JSON_SCHEMA = "application/schema+json"
NO_SCOPE = b'{"detail":"There is no such scope."}'


@pytest.fixture
def land():
    return Land()


def names(response):
    """Return the names of the attributes in an answer."""
    assert response.status_code == 200, response.content
    data = response.json()
    return [each["name"] for each in data["attributes"]] if "attributes" in data else [*data["properties"]]


# ---- what is sent ----


def test_the_schema_of_a_scope_is_a_document_that_can_be_read_again(land):
    land.party()
    response = land.member(land.north).get(f"/parties/schema/?project={land.hill.pk}")

    assert names(response) == ["score", "note", "acres"]
    assert response["Content-Type"] == "application/json"
    composed = compose(Schema.from_document(response.json()))
    expected = SchemaRecord.objects.for_selectors(Party, {"organization": land.north, "project": land.hill})
    assert {name: each.given for name, each in composed.items()} == {
        name: {"key": name, **each.given} for name, each in expected.items()
    }
    assert response.json()["name"] == "party"


@pytest.mark.parametrize("how", [{"HTTP_ACCEPT": JSON_SCHEMA}, {"data": {"format": "json-schema"}}])
def test_it_is_json_schema_for_those_who_ask_for_that(land, how):
    response = land.member(land.north).get("/parties/schema/", **how)

    assert names(response) == ["score", "note"]
    assert response["Content-Type"] == JSON_SCHEMA
    Draft202012Validator.check_schema(response.json())
    assert response.json()["properties"]["score"]["title"] == "Score"


def test_titles_are_in_the_language_of_the_reader_and_documents_in_all(land, settings):
    client = land.member(land.north)
    german = client.get("/parties/schema/", headers={"accept": JSON_SCHEMA, "accept-language": "de"})
    document = client.get("/parties/schema/", headers={"accept-language": "de"})

    assert german.json()["properties"]["score"]["title"] == "Punkte"
    assert german["Content-Language"] == "de"
    assert document.json()["attributes"][0]["label"] == {"en": "Score", "de": "Punkte"}


def test_a_record_has_the_schema_of_its_scope(land):
    party = land.party()
    response = land.member(land.north).get(f"/parties/{party.pk}/schema/", HTTP_ACCEPT=JSON_SCHEMA)

    assert names(response) == ["score", "note", "acres"]
    assert response.json()["properties"]["score"]["maximum"] == 9


def test_a_missing_selector_is_any_and_a_row_brings_what_it_implies(land):
    land.define((None, land.hill), Attribute("hilly", "boolean"))
    land.define((None, None, "CO"), Attribute("company", "text"))
    land.party(type="CO")
    client = land.member(land.north)

    assert names(client.get("/parties/schema/")) == ["score", "note"]
    assert names(client.get("/parties/schema/?type=CO")) == ["score", "note", "company"]
    assert names(client.get(f"/parties/schema/?project={land.hill.pk}")) == ["score", "note", "acres", "hilly"]


def test_a_view_says_which_scope_is_meant_where_none_is_named(land):
    client = land.member(land.south, land.north)

    assert names(client.get("/default/schema/")) == ["score", "note", "secret"]
    assert names(client.get("/default/schema/?type=GR")) == ["score", "note", "secret"]
    assert names(client.get(f"/default/schema/?organization={land.north.pk}")) == ["score", "note", "acres"]
    refused = client.post("/default/schema/validate/", {"attribute": "secret", "value": "loud"}, format="json")
    assert [each["code"] for each in refused.json()["problems"]] == ["choice"]
    assert land.member(land.north).get(f"/default/schema/?organization={land.south.pk}").content == NO_SCOPE


# ---- what can be asked ----


@pytest.mark.parametrize(
    ("query", "parameter", "message"),
    [
        ("projekt=1", "projekt", "There is no selector named projekt. Did you mean project?"),
        ("project=x", "project", "A selector cannot have this value."),
        ("project=1&project=2", "project", "Give one value."),
        ("type=%00", "type", "A selector cannot have this value."),
        (f"type={'x' * 501}", "type", "A selector cannot have this value."),
    ],
)
def test_what_is_no_selector_and_no_value_is_refused_by_name(land, query, parameter, message):
    response = land.member(land.north).get(f"/parties/schema/?{query}")

    assert (response.status_code, response.json()) == (400, {parameter: [message]})


@pytest.mark.parametrize("view", ["parties", "named", "plain", "filtered"])
def test_a_scope_of_others_is_one_that_is_not_there(land, view):
    land.party()
    land.party(land.dale)
    client = land.member(land.north)
    queries = [
        f"project={land.dale.pk}",
        f"organization={land.south.pk}",
        f"organization={land.north.pk}&project={land.dale.pk}",
        f"organization={land.south.pk}&project={land.hill.pk}",
        "project=999999",
        "project=99999999999999999999999999",
        "organization=-1",
    ]
    for path in ("schema/", "schema/explain/"):
        answers = [client.get(f"/{view}/{path}?{query}") for query in queries]
        assert {(each.status_code, each.content) for each in answers} == {
            (404, b'{"detail":"There is no such scope."}')
        }
    assert client.get(f"/{view}/schema/?project={land.hill.pk}").status_code == 200


def test_a_record_of_others_is_one_that_is_not_there(land):
    party = land.party(land.dale)
    client = land.member(land.north)
    for path in ("schema/", "schema/explain/"):
        theirs, nobodys = (client.get(f"/parties/{pk}/{path}") for pk in (party.pk, 999999))
        assert (theirs.status_code, theirs.content) == (nobodys.status_code, nobodys.content)
        assert theirs.status_code == 404


def test_without_a_record_the_view_has_to_say_which_scopes_there_are(land):
    client = land.member(land.north)

    assert client.get(f"/parties/schema/?project={land.hill.pk}").status_code == 404
    assert names(client.get(f"/named/schema/?project={land.hill.pk}&type=GR")) == ["score", "note", "acres"]


def test_the_permissions_are_those_of_the_view(land):
    client = land.member(land.north)
    client.force_authenticate(None)

    assert {client.get(f"/parties/{path}").status_code for path in ("schema/", "1/schema/", "schema/explain/")} == {403}


def test_a_form_that_there_is_not_is_not_acceptable(land):
    assert land.member(land.north).get("/parties/schema/", HTTP_ACCEPT="text/csv").status_code == 406


# ---- attributes that the user may not see ----


def not_the_note(user, action, model, field, attribute):
    """Let nobody see the note."""
    return attribute.key != "note"


@pytest.fixture
def guarded(land, settings):
    settings.JSONATTRS = {"ATTRIBUTE_PERMISSION": f"{__name__}.not_the_note"}
    SchemaRecord.objects.define(
        Party,
        [
            Attribute("score", "integer", required_if="given.remark"),
            Attribute("remark", "text", key="note", required=True),
            Attribute("rest", "text", visible_if="score > 1"),
        ],
        rules=[
            Rule("remark != 'x'", "Not x"),
            Rule("score > 1", "More", attributes=["score"]),
            Rule("rest != 'x'", "Not x"),
        ],
        unique_together=[("score", "remark"), ("score", "rest")],
    )
    return land


@pytest.mark.parametrize("accept", ["application/json", JSON_SCHEMA])
@pytest.mark.parametrize("view", ["parties", "plain"])
def test_nothing_is_said_of_attributes_that_the_user_may_not_see(guarded, accept, view):
    party = guarded.party(remark="a", score=2)
    client = guarded.member(guarded.north)
    for path in ("schema/", f"{party.pk}/schema/", "schema/explain/", f"{party.pk}/schema/explain/"):
        response = client.get(f"/{view}/{path}", HTTP_ACCEPT=accept if "explain" not in path else "*/*")
        assert response.status_code == 200
        assert b'"note"' not in response.content
        assert b"remark" not in response.content
        assert b"rest" in response.content
    schema = client.get(f"/{view}/schema/", HTTP_ACCEPT=accept).json()
    whole = schema.get("x-jsonattrs", schema)
    assert [rule["expression"] for rule in whole["rules"]] == ["score > 1", "rest != 'x'"]
    assert whole["unique_together"] == [["score", "rest"]]


# ---- what is kept ----


def test_what_has_not_changed_is_not_sent_again(land):
    client = land.member(land.north)
    first = client.get("/parties/schema/")
    again = client.get("/parties/schema/", HTTP_IF_NONE_MATCH=f'"other", {first["ETag"]}')

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    for response in (first, again):
        vary = {each.strip() for each in response["Vary"].split(",")}
        assert {"Accept", "Accept-Language", "Cookie", "Authorization"} <= vary
        assert response["Cache-Control"] == "private, no-cache"


def test_the_tag_is_another_one_for_whatever_makes_another_answer(land, settings):
    land.party()
    client = land.member(land.north)

    def tag(path="/parties/schema/", **headers):
        return client.get(path, headers=headers)["ETag"]

    settings.JSONATTRS = {"FRESHNESS": 0}
    tags = [
        tag(),
        tag(accept=JSON_SCHEMA),
        tag(**{"accept-language": "de"}),
        tag(f"/parties/schema/?project={land.hill.pk}"),
        tag("/parties/schema/?type=IN"),
    ]
    settings.JSONATTRS = {"FRESHNESS": 0, "ATTRIBUTE_PERMISSION": f"{__name__}.not_the_note"}
    tags.append(tag())
    assert len({*tags}) == len(tags)


def test_nobody_finds_out_by_trying_what_the_tag_is_made_of(land, settings):
    client = land.member(land.north)
    before = client.get("/parties/schema/")["ETag"]
    settings.SECRET_KEY = "another"
    assert client.get("/parties/schema/")["ETag"] != before


@pytest.mark.django_db(transaction=True)
def test_the_tag_is_another_one_after_every_change(settings):
    settings.JSONATTRS = {"FRESHNESS": 0}
    land = Land()
    client = land.member(land.north)
    before = client.get("/parties/schema/")["ETag"]
    assert client.get("/parties/schema/")["ETag"] == before
    land.define((), Attribute("score", "integer"))
    after = client.get("/parties/schema/", HTTP_IF_NONE_MATCH=before)

    assert after.status_code == 200
    assert after["ETag"] != before


@pytest.mark.django_db(transaction=True)
def test_the_tag_tells_nothing_of_changes_elsewhere(settings):
    settings.JSONATTRS = {"FRESHNESS": 0}
    land = Land()
    path = f"/parties/{land.party().pk}/schema/"
    client = land.member(land.north)
    before = client.get(path)["ETag"]
    land.define((land.south,), Attribute("secret", "integer"))
    land.define((None, None, "CO"), Attribute("company", "integer"))

    assert client.get(path, HTTP_IF_NONE_MATCH=before).status_code == 304


@pytest.mark.parametrize("more", [{"rule_language": "other"}, {"default_language": "de"}])
def test_the_tag_is_another_one_for_whatever_the_document_says(land, more):
    client = land.member(land.north)
    attributes = Attribute("score", "integer"), Attribute("note", "text")
    land.define((), *attributes)
    before = client.get("/parties/schema/")
    SchemaRecord.objects.filter(name="party").update(**more)
    after = client.get("/parties/schema/")

    assert before.content != after.content
    assert before["ETag"] != after["ETag"]


def test_a_schema_that_cannot_be_used_is_told_as_it_is_and_names_nothing(land, settings):
    party = land.party()
    record = SchemaRecord.objects.get(name="Northern")
    record.attributes.filter(key="acres").update(definition={"key": "acres", "name": "acres", "type": "nonsense"})
    client = land.member(land.north)
    answer = client.get(f"/parties/{party.pk}/schema/", HTTP_ACCEPT=JSON_SCHEMA)

    assert (answer.status_code, answer.json()) == (
        409,
        {"detail": "The schema of this scope cannot be used at present."},
    )
    assert names(client.get(f"/parties/{party.pk}/schema/")) == ["score", "note", "acres"]


# ---- where properties come from ----


def test_readers_are_told_layers_and_not_the_names_of_schemas(land):
    party = land.party()
    answer = land.member(land.north).get(f"/parties/{party.pk}/schema/explain/").json()

    assert answer["layers"] == [
        {"layer": 1, "selectors": [], "schema": None},
        {"layer": 2, "selectors": ["organization"], "schema": None},
    ]
    score = answer["attributes"]["score"]["properties"]
    assert score["type"] == {"value": "integer", "layer": 1}
    assert score["constraints.max"] == {"value": 9, "layer": 2}
    assert score["label.de"] == {"value": "Punkte", "layer": 1}
    assert "Northern" not in str(answer)


def test_who_edits_a_schema_is_told_its_name_and_what_it_overrides(land, settings):
    land.define((land.north, land.hill), Attribute("acres", help_text="More", constraints={"min": 5}))
    land.define(
        (land.north,), Attribute("acres", "float", help_text="Much"), Attribute("note", help_text="N"), name="N"
    )
    settings.JSONATTRS = {"SCHEMA_PERMISSION": "landregistry.access.may_edit_schema"}
    party = land.party()
    answer = land.member(land.north, edits_schemas=True).get(f"/parties/{party.pk}/schema/explain/").json()

    assert [each["schema"] for each in answer["layers"]] == [
        None,
        "N",
        "party (organization Northern Trust, project Hill)",
    ]
    help_text = answer["attributes"]["acres"]["properties"]["help_text"]
    assert help_text == {"value": "More", "layer": 3, "overrode": [{"value": "Much", "layer": 2}]}


def test_what_a_layer_said_that_the_reader_does_not_know_is_not_told(land):
    land.define((), Attribute("score", "integer", help_text="for whom it concerns"))
    land.define((land.north,), Attribute("score", help_text="Own"))
    party = land.party()
    answer = land.member(land.north).get(f"/parties/{party.pk}/schema/explain/").json()

    help_text = answer["attributes"]["score"]["properties"]["help_text"]
    assert help_text == {"value": "Own", "layer": 2, "overrode": [{"layer": 1}]}


# ---- what it costs ----


def test_reading_a_schema_takes_few_queries(land, django_assert_num_queries):
    party = land.party()
    client = land.member(land.north)
    paths = {f"/parties/schema/?project={land.hill.pk}": 2, f"/parties/{party.pk}/schema/": 2, "/parties/schema/": 0}
    for path, number in paths.items():
        client.get(path)
        with django_assert_num_queries(number):
            assert client.get(path).status_code == 200
    client.user.has_perm("jsonattrs.change_schemarecord")  # asked of a user once
    for path, number in (("/parties/schema/explain/", 2), (f"/parties/{party.pk}/schema/explain/", 4)):
        with django_assert_num_queries(number):
            assert client.get(path).status_code == 200
