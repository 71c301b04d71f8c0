"""Schemas are edited through the API, by those who may, and nothing is erased by it."""

from __future__ import annotations

import json

import pytest
from landregistry.models import Party
from testapp.models import Keyed, Note, Team, Twin

from jsonattrs_core import Attribute
from jsonattrs_django.editor.drafts import open_draft
from jsonattrs_django.models import AttributeRecord, GenerationRecord, SchemaRecord
from jsonattrs_django.rest_framework.schemas import writing
from tests.django.rest.schema_api import FIELD, Land
from tests.django.stored import plainly_stored

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.django.rest.schema_api")]

NO_SCHEMA = b'{"detail":"There is no such schema."}'


@pytest.fixture
def land(settings):
    settings.JSONATTRS = {"SCHEMA_PERMISSION": "landregistry.access.may_edit_schema"}
    return Land()


@pytest.fixture
def editor(land):
    """Return a client for somebody who edits the schemas of the north."""
    return land.member(land.north, edits_schemas=True)


def record(name):
    return SchemaRecord.objects.get(name=name)


def url(name, *parts):
    return "/".join(["/schemas", str(record(name).pk), *parts, ""])


def said(name):
    """Return what a schema says of each attribute."""
    return {each.key: each.definition for each in AttributeRecord.objects.filter(schema__name=name)}


def document(*attributes, name="Northern", **more):
    return {"format": 1, "name": name, "attributes": [*attributes], **more}


SCORE = {"key": "score", "name": "score", "constraints": {"max": 9}}
ACRES = {"key": "acres", "name": "acres", "type": "float"}


def everything():
    """Return what is stored of schemas, with the generations: a dry run leaves all of it as it is."""
    rows = SchemaRecord.objects.order_by("pk").values(), AttributeRecord.objects.order_by("pk").values()
    return [list(each) for each in (*rows, GenerationRecord.objects.order_by("pk").values())]


# ---- reading ----


def test_the_list_has_the_schemas_that_the_user_may_edit(land, editor):
    answer = editor.get("/schemas/")

    assert answer.json() == [
        {
            "id": record("Northern").pk,
            "model": "landregistry.Party",
            "field": "attrs",
            "selectors": {"organization": land.north.pk, "project": None, "type": None},
            "name": "Northern",
            "retired": False,
        }
    ]
    everybody = land.member(is_superuser=True)
    assert [each["name"] for each in everybody.get("/schemas/").json()] == ["party", "Northern", "Southern"]


def test_the_list_can_be_that_of_one_field(land):
    SchemaRecord.objects.define(Twin, [Attribute("a", "text")], field="left", name="Left")
    SchemaRecord.objects.define(Twin, [Attribute("a", "text")], field="right", name="Right")
    client = land.member(is_superuser=True)
    answer = client.get("/schemas/?model=testapp.Twin&field=left")

    assert [each["name"] for each in answer.json()] == ["Left"]
    wrong = client.get("/schemas/?model=testapp.Twn&field=left")
    assert wrong.status_code == 400
    assert "did you mean" in wrong.json()["model"][0]


def test_a_schema_is_told_with_what_it_is_bound_to(land, editor):
    answer = editor.get(url("Northern"))

    assert answer.json()["selectors"] == {"organization": land.north.pk, "project": None, "type": None}
    assert answer.json()["schema"] == document(SCORE, ACRES, default_language="en", rule_language="cel")
    again = editor.get(url("Northern"), HTTP_IF_NONE_MATCH=answer["ETag"])
    assert (again.status_code, again["ETag"]) == (304, answer["ETag"])


def test_one_attribute_is_told(editor):
    assert editor.get(url("Northern", "attributes", "acres")).json() == ACRES
    assert editor.get(url("Northern", "attributes", "note")).status_code == 404


# ---- who may ----


@pytest.mark.parametrize(
    ("method", "parts"),
    [
        ("get", []),
        ("put", []),
        ("get", ["attributes", "secret"]),
        ("put", ["attributes", "secret"]),
        ("patch", ["attributes", "secret"]),
        ("delete", ["attributes", "secret"]),
        ("post", ["retire"]),
        ("post", ["restore"]),
    ],
)
def test_a_schema_of_others_is_one_that_is_not_there(land, editor, method, parts):
    before = everything()
    ask = getattr(editor, method)
    body = {} if method == "get" else {"data": {"schema": document(name="Mine")}, "format": "json"}
    tail = "/".join([*parts, ""]) if parts else ""
    for pk in (record("Southern").pk, 999_999, 10**17):
        answer = ask(f"/schemas/{pk}/{tail}", **body)
        assert (answer.status_code, answer.content) == (404, NO_SCHEMA)
    assert everything() == before


def test_a_scope_of_others_is_one_that_is_not_there(land, editor):
    bodies = [
        {"organization": land.south.pk},
        {"project": land.dale.pk},
        {"organization": land.north.pk, "project": land.dale.pk},
        {"organization": 999_999},
        {"project": 10**30},
        {},
    ]
    before = everything()
    answers = [
        editor.post(
            "/schemas/",
            {"model": "landregistry.Party", "selectors": each, "schema": document(name="Mine")},
            format="json",
        )
        for each in bodies
    ]

    assert len({(each.status_code, each.content) for each in answers}) == 1
    assert answers[0].status_code == 404
    assert everything() == before


def test_what_can_be_done_with_a_schema_of_others_is_what_can_be_done_with_none(land, editor):
    theirs, nobodys = (editor.options(f"/schemas/{pk}/") for pk in (record("Southern").pk, 999_999))

    assert (theirs.status_code, theirs.content) == (nobodys.status_code, nobodys.content)
    assert editor.options(url("Northern")).content != theirs.content


def test_nobody_edits_without_signing_in(land):
    client = land.member(land.north)
    client.force_authenticate(None)

    assert client.get("/schemas/").status_code == 403
    assert client.post("/schemas/", {}, format="json").status_code == 403


def test_who_only_reads_records_has_no_schemas(land):
    client = land.member(land.north)

    assert client.get("/schemas/").json() == []
    assert client.get(url("Northern")).status_code == 404


# ---- creating ----


def test_a_schema_is_made_for_a_scope(land, editor):
    answer = editor.post(
        "/schemas/",
        {
            "model": "landregistry.Party",
            "selectors": {"project": land.hill.pk},
            "schema": document({"name": "hilly", "type": "boolean"}, name="Hill"),
        },
        format="json",
    )

    assert answer.status_code == 201, answer.content
    assert answer["Location"].endswith(url("Hill"))
    assert answer["ETag"] == editor.get(url("Hill"))["ETag"]
    assert answer.json()["impact"]["attributes"][0]["kind"] == "new"
    assert "hilly" in land.party(hilly=True).attrs


def test_a_scope_has_one_schema(land, editor):
    body = {"model": "landregistry.Party", "selectors": {"organization": land.north.pk}, "schema": document(name="Two")}
    answer = editor.post("/schemas/", body, format="json")

    assert answer.status_code == 400
    assert answer.json() == {
        "selectors": ["This scope has a schema already, perhaps a retired one: replace or restore that."]
    }


def test_a_model_with_several_fields_has_to_be_told_which(land):
    client = land.member(is_superuser=True)
    body = {"model": "testapp.Twin", "schema": document(name="Twin")}

    assert "several attribute fields" in client.post("/schemas/", body, format="json").json()["model"][0]
    assert client.post("/schemas/", {**body, "field": "left"}, format="json").status_code == 201


def test_selectors_may_be_of_any_kind(land):
    team = Team.objects.create(code="t")
    client = land.member(is_superuser=True)
    body = {
        "model": "testapp.Note",
        "selectors": {"team": str(team.pk), "kind": ""},
        "schema": document(name="Plain notes"),
    }
    answer = client.post("/schemas/", body, format="json")

    assert answer.json()["selectors"] == {"team": str(team.pk), "kind": ""}
    assert record("Plain notes").texts == Note._meta.get_field("attrs").selectors.given((team, ""))


# ---- replacing ----


def test_a_schema_is_replaced_whole_and_what_is_left_out_is_retired(land, editor):
    party = land.party(acres=1.5, score=3)
    before = plainly_stored(party)
    new = {"key": "wide", "name": "wide", "type": "text"}
    answer = editor.put(url("Northern"), {"schema": document(SCORE, new)}, format="json")

    assert answer.status_code == 200, answer.content
    impact = answer.json()["impact"]
    assert impact["records"] == 1
    assert [(each["key"], each["kind"], each["holders"]) for each in impact["attributes"]] == [
        ("wide", "new", 0),
        ("acres", "gone", 1),
    ]
    assert "The values stay stored" in impact["attributes"][1]["texts"][0]
    assert said("Northern")["acres"]["status"] == "retired"
    assert plainly_stored(party) == before
    assert Party.objects.get().attrs.orphans == {"acres": 1.5}


def test_what_was_read_can_be_sent_back(editor):
    before = everything()
    whole = editor.get(url("Northern")).json()
    answer = editor.put(url("Northern"), whole, format="json")

    assert answer.status_code == 200, answer.content
    assert answer.json()["schema"] == whole["schema"]
    assert everything() == before


def test_a_schema_stays_what_it_is_bound_to(land, editor):
    whole = editor.get(url("Northern")).json()
    for other in ({"selectors": {"project": land.hill.pk}}, {"model": "landregistry.SpatialUnit"}):
        answer = editor.put(url("Northern"), {**whole, **other}, format="json")
        assert (answer.status_code, [*answer.json()]) == (400, [*other])


# ---- one attribute ----


def test_some_properties_of_one_attribute_change(editor):
    answer = editor.patch(url("Northern", "attributes", "acres"), {"help_text": "Much"}, format="json")

    assert answer.status_code == 200, answer.content
    assert said("Northern") == {"score": SCORE, "acres": {**ACRES, "help_text": "Much"}}


def test_an_inherited_attribute_changes_for_the_scope(editor):
    answer = editor.patch(url("Northern", "attributes", "note"), {"required": True}, format="json")

    assert answer.status_code == 200, answer.content
    assert said("Northern")["note"] == {"key": "note", "required": True}
    assert editor.patch(url("Northern", "attributes", "secret"), {"required": True}, format="json").status_code == 404


def test_an_attribute_is_defined_and_defined_anew(editor):
    path = url("Northern", "attributes", "wide")
    assert editor.put(path, {"name": "wide", "type": "text", "label": "W"}, format="json").status_code == 200
    assert editor.put(path, {"key": "wide", "name": "width", "type": "text"}, format="json").status_code == 200
    assert said("Northern")["wide"] == {"key": "wide", "name": "width", "type": "text"}
    answer = editor.put(path, {"key": "other", "name": "width", "type": "text"}, format="json")
    assert (answer.status_code, answer.json()["problems"][0]["path"]) == (400, ["key"])


def test_an_attribute_that_is_left_out_keeps_its_values_and_can_come_back(land, editor):
    party = land.party(acres=1.5)
    path = url("Northern", "attributes", "acres")
    assert editor.delete(path).status_code == 200
    assert dict(Party.objects.get().attrs) == {}
    assert plainly_stored(party) == {"acres": 1.5}
    assert editor.put(path, ACRES, format="json").status_code == 200
    assert Party.objects.get().attrs["acres"] == 1.5
    assert editor.delete(url("Northern", "attributes", "score")).status_code == 200
    assert "score" not in said("Northern")


# ---- retiring ----


def test_a_schema_is_retired_and_restored(land, editor):
    party = land.party(acres=1.5)
    retired = editor.post(url("Northern", "retire"))
    assert (retired.status_code, retired.json()["retired"]) == (200, True)
    assert [each["kind"] for each in retired.json()["impact"]["attributes"]] == ["changed", "gone"]
    assert "acres" not in Party.objects.get().attrs
    assert plainly_stored(party) == {"acres": 1.5}
    assert editor.post(url("Northern", "retire")).json()["impact"]["attributes"] == []
    restored = editor.post(url("Northern", "restore"))
    assert restored.json()["retired"] is False
    assert Party.objects.get().attrs["acres"] == 1.5


def test_a_retired_schema_that_is_replaced_is_in_force(land, editor):
    editor.post(url("Northern", "retire"))
    answer = editor.put(url("Northern"), {"schema": document(SCORE, ACRES)}, format="json")

    assert answer.json()["retired"] is False
    assert land.party(acres=1.5).attrs["acres"] == 1.5


def test_a_schema_that_does_not_fit_any_more_is_not_restored(land, editor):
    editor.post(url("Northern", "retire"))
    land.define((), Attribute("score", "integer", locked=True), Attribute("note", "text"))
    answer = editor.post(url("Northern", "restore"))

    assert answer.status_code == 400
    assert "locked" in answer.json()["problems"][0]["message"]
    assert record("Northern").is_retired


@pytest.mark.parametrize(
    "damage", [{"definition": {"key": "acres", "type": "nonsense"}}, {"definition": 5}, {"definition": {"key": 7}}]
)
def test_a_damaged_schema_is_mended_by_replacing_it(land, editor, damage):
    land.party(acres=1.5)
    AttributeRecord.objects.filter(schema__name="Northern", key="acres").update(**damage)

    assert editor.get(url("Northern")).status_code == 200
    assert editor.put(url("Northern"), {"schema": document(SCORE, ACRES)}, format="json").status_code == 200
    assert Party.objects.get().attrs["acres"] == 1.5


# ---- dry runs ----


def writes(land):
    """Return every kind of write."""
    hill = {
        "model": "landregistry.Party",
        "selectors": {"project": land.hill.pk},
        "schema": document({"name": "hilly", "type": "boolean"}, name="Hill"),
    }
    acres = url("Northern", "attributes", "acres")
    return {
        "create": ("post", "/schemas/", hill),
        "replace": ("put", url("Northern"), {"schema": document(SCORE)}),
        "change": ("patch", acres, {"required": True}),
        "define": ("put", acres, {"name": "acres", "type": "text"}),
        "leave out": ("delete", acres, None),
        "retire": ("post", url("Northern", "retire"), None),
    }


@pytest.mark.parametrize("kind", ["create", "replace", "change", "define", "leave out", "retire"])
def test_a_dry_run_tells_what_the_write_tells_and_stores_nothing(land, editor, kind):
    land.party(acres=1.5, score=3)
    method, path, body = writes(land)[kind]
    before = everything()
    dry = getattr(editor, method)(f"{path}?dry_run=1", body, format="json")

    assert dry.status_code == 200, dry.content
    assert everything() == before
    assert "ETag" not in dry
    wet = getattr(editor, method)(path, body, format="json")
    assert everything() != before
    assert (dry.json()["dry_run"], wet.json()["dry_run"]) == (True, False)
    differing = {name for name, told in wet.json().items() if dry.json()[name] != told}
    assert differing - {"id"} == {"dry_run"}
    assert wet.json()["impact"]["records"] == 1


def test_a_write_that_says_what_nobody_reads_changes_nothing(land, editor):
    before, body = said("Northern"), {"schema": document({"name": "other", "type": "text"})}
    key = next(iter(before))

    for method, parts, sent in (
        ("put", (), body),
        ("post", ("retire",), None),
        ("delete", ("attributes", key), None),
        ("patch", ("attributes", key), {"label": "x"}),
    ):
        send = getattr(editor, method)
        told = send(url("Northern", *parts) + "?dryrun=1", sent, format="json")
        assert (told.status_code, [*told.json()]) == (400, ["dryrun"])
        assert told.json() == {"dryrun": ["There is no parameter named dryrun. Did you mean dry_run?"]}
        twice = send(url("Northern", *parts) + "?dry_run=1&dry_run=0", sent, format="json")
        assert twice.json() == {"dry_run": ["Give one value."]}
    assert said("Northern") == before
    assert not record("Northern").is_retired
    assert editor.put(url("Northern") + "?dry_run=1&format=json", body, format="json").status_code == 200


def test_a_dry_run_refuses_what_the_write_refuses(editor):
    bad = {"schema": document({"name": "x", "type": "txt"})}
    dry, wet = (editor.put(url("Northern") + query, bad, format="json") for query in ("?dry_run=true", ""))

    assert (dry.status_code, dry.content) == (wet.status_code, wet.content)
    assert dry.status_code == 400
    assert editor.put(url("Northern") + "?dry_run=perhaps", bad, format="json").json() == {"dry_run": ["Say 1 or 0."]}


# ---- two at once ----


def test_who_has_read_an_older_schema_changes_nothing(editor):
    tag = editor.get(url("Northern"))["ETag"]
    path = url("Northern", "attributes", "acres")
    first = editor.patch(path, {"required": True}, format="json", HTTP_IF_MATCH=tag)
    assert first.status_code == 200
    before = everything()
    for method, where, body in (
        ("patch", path, {"required": False}),
        ("put", url("Northern"), {"schema": document()}),
        ("delete", path, None),
        ("post", url("Northern", "retire"), None),
    ):
        answer = getattr(editor, method)(where, body, format="json", HTTP_IF_MATCH=tag)
        assert answer.status_code == 412
    assert everything() == before
    again = editor.patch(path, {"required": False}, format="json", HTTP_IF_MATCH=first["ETag"])
    assert again.status_code == 200


def test_what_is_changed_between_the_look_and_the_lock_is_looked_at_again(land, editor, monkeypatch):
    impact_of, others = writing.impact_of, [Attribute("deep", "text"), Attribute("wide", "text")]

    def slowly(change):
        if others:
            land.define((land.north,), Attribute("acres", "float"), others.pop(), name="Northern")
        return impact_of(change)

    monkeypatch.setattr(writing, "impact_of", slowly)
    answer = editor.patch(url("Northern", "attributes", "acres"), {"required": True}, format="json")

    assert answer.status_code == 200
    assert {name: each.get("status", "active") for name, each in said("Northern").items()} == {
        "acres": "active",
        "deep": "active",
        "wide": "retired",
    }


def test_who_is_always_too_late_is_told_so(land, editor, monkeypatch):
    impact_of, number = writing.impact_of, iter(range(100))

    def slowly(change):
        land.define((land.north,), Attribute("acres", "float", order=next(number)), name="Northern")
        return impact_of(change)

    monkeypatch.setattr(writing, "impact_of", slowly)
    answer = editor.patch(url("Northern", "attributes", "acres"), {"required": True}, format="json")

    assert answer.status_code == 409
    assert "required" not in said("Northern")["acres"]


def test_a_draft_of_the_editor_is_not_lost(land, editor):
    draft = open_draft(FIELD, FIELD.selectors.given((land.north,)))
    draft.put({**ACRES, "label": "In the draft"})
    draft.save(editor.user)
    answer = editor.patch(url("Northern", "attributes", "acres"), {"required": True}, format="json")
    draft = open_draft(FIELD, FIELD.selectors.given((land.north,)))

    assert answer.json()["has_draft"] is True
    assert draft.definition("acres")["label"] == "In the draft"
    assert draft.is_outdated


# ---- what is wrong ----


@pytest.mark.parametrize(
    ("attribute", "path", "message"),
    [
        ({"name": "x", "type": "txt"}, ["type"], "unknown base type 'txt'; did you mean 'text'?"),
        (
            {"name": "x", "type": "text", "tpye": 1},
            ["tpye"],
            "'tpye' is no property of an attribute; did you mean 'type'?",
        ),
        ({"name": "x", "type": "text", "constraints": {"mn": 1}}, ["constraints", "mn"], "unknown constraint 'mn'"),
        ({"name": "x", "type": "integer", "default": "a"}, ["default"], "the attribute refuses its default"),
        ({"name": "x", "type": "text", "required_if": "y == 1"}, ["required_if"], "required_if"),
        ({"name": "x", "type": "text", "subtype": "gb-post-cod"}, ["subtype"], "unknown subtype"),
        ({"type": "text"}, [], "an attribute needs a 'key' or a 'name'"),
        ("text", [], "an attribute is a mapping with 'key', 'name' and 'type'"),
    ],
)
def test_what_is_wrong_with_an_attribute_is_told_at_its_place(editor, attribute, path, message):
    before = everything()
    answer = editor.put(url("Northern"), {"schema": document(ACRES, attribute)}, format="json")

    assert answer.status_code == 400
    (problem,) = answer.json()["problems"]
    assert problem["path"] == ["schema", "attributes", 1, *path]
    assert problem["code"] == "schema"
    assert message in problem["message"]
    assert everything() == before


def test_what_is_wrong_with_the_schema_as_a_whole_is_told(editor):
    answer = editor.put(url("Northern"), {"schema": {"format": 2, "name": 7, "rule": []}}, format="json")

    assert [(each["path"], each["message"][:20]) for each in answer.json()["problems"]] == [
        (["schema"], "'rule' is no propert"),
        (["schema"], "'format' must be 1; "),
        (["schema"], "'name' must be a tex"),
    ]


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        ({"schema": document(), "shema": 1}, {"shema": ["There is no member named shema. Did you mean schema?"]}),
        ({"schema": []}, {"schema": ["Enter an object with named members."]}),
        ({}, {"schema": ["Give the whole schema."]}),
        ([], {"non_field_errors": ["Invalid data. Expected a dictionary, but got list."]}),
        ({"schema": document(), "selectors": 5}, {"selectors": ["Enter an object with named members."]}),
        ({"schema": document(), "selectors": {"type": [1]}}, {"selectors": ["A selector cannot have this value."]}),
        ({"schema": document(), "selectors": {"project": "x"}}, {"selectors": ["A selector cannot have this value."]}),
        (
            {"schema": document(), "selectors": {"tpye": "x"}},
            {"selectors": ["There is no selector named tpye. The selectors are: organization, project, type."]},
        ),
    ],
)
def test_what_cannot_be_read_is_refused(editor, body, answer):
    found = editor.put(url("Northern"), body, format="json")

    assert (found.status_code, found.json()) == (400, answer)


@pytest.mark.parametrize("body", ["{", '{"schema": {}, "schema": {}}', "[" * 100_000, '{"schema": NaN}', "\ufffe"])
@pytest.mark.parametrize(("method", "parts"), [("put", []), ("patch", ["attributes", "acres"])])
def test_what_is_no_json_is_refused(editor, body, method, parts):
    answer = getattr(editor, method)(url("Northern", *parts), body, content_type="application/json")

    assert answer.status_code == 400


@pytest.mark.parametrize("body", [[], "x", 5, None])
def test_a_definition_is_an_object(editor, body):
    answer = editor.patch(url("Northern", "attributes", "acres"), json.dumps(body), content_type="application/json")

    assert answer.status_code == 400


# ---- narrower scopes ----


def test_narrower_scopes_that_would_break_are_named_only_to_those_who_may_edit_them(land, settings):
    land.define((land.north, land.hill), Attribute("acres", constraints={"min": 1}), name="Hidden hill")
    land.define((land.south, land.dale), Attribute("note", constraints={"max_length": 5}), name="Hidden dale")
    everybody = land.member(is_superuser=True)
    attributes = {"name": "note", "type": "text", "locked": True}, {"name": "score", "type": "integer"}
    locked = {"schema": document(*attributes, name="party")}
    answer = everybody.put(url("party"), locked, format="json")

    (problem,) = answer.json()["problems"]
    assert problem["code"] == "narrower_scope"
    assert problem["params"]["selectors"] == {"organization": str(land.south.pk), "project": str(land.dale.pk)}
    settings.JSONATTRS = {"SCHEMA_PERMISSION": f"{__name__}.general_only"}
    answer = everybody.put(url("party"), locked, format="json")
    assert answer.status_code == 400
    assert answer.json()["problems"] == [
        {
            "path": ["schema"],
            "code": "narrower_scope",
            "params": {"count": 1},
            "message": "It would break 1 narrower scope that is not named here.",
        }
    ]


def general_only(user, model, field, selectors):
    """Let users edit the schema of all records only."""
    return not any(selectors)


# ---- what it costs ----


def test_the_number_of_queries_does_not_grow_with_the_schemas(land, django_assert_num_queries):
    client = land.member(is_superuser=True)
    with django_assert_num_queries(2):
        client.get("/schemas/")
    for number in range(10):
        land.define((None, None, f"{number}"), Attribute("x", "text"))
    with django_assert_num_queries(2):
        assert len(client.get("/schemas/").json()) == 13


def test_a_write_takes_a_bounded_number_of_queries(land, django_assert_max_num_queries):
    client = land.member(is_superuser=True)
    SchemaRecord.objects.define(Keyed, [Attribute(f"a{number}", "text") for number in range(30)], name="Many")
    whole = client.get(url("Many")).json()
    for definition in whole["schema"]["attributes"]:
        definition["constraints"] = {"max_length": 5}
    with django_assert_max_num_queries(16):
        assert client.put(url("Many") + "?dry_run=1", whole, format="json").status_code == 200
    with django_assert_max_num_queries(45):
        assert client.put(url("Many"), whole, format="json").status_code == 200
