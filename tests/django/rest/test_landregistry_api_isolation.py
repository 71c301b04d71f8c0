"""The API of the land registry tells nobody of one organisation anything of another's schemas, values or records.

Whatever the other organisation does, the same questions have the same answers, to the last byte and header. What only
it has is a word of no answer. What is its own is as what is not there.
"""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from drf_spectacular.settings import spectacular_settings
from landregistry import settings as example
from landregistry.models import Membership, Organization, Party, Project, SpatialUnit

from jsonattrs_core import Attribute, Choice, Rule
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.rest_framework import openapi  # noqa: F401 - registers, as the application does

pytest_plugins = ["tests.django.pages.land_site"]
pytestmark = pytest.mark.django_db

#: In every word that only the Marches know.
SECRET = "zzyzx"
MISSING = 999_999
JSON = "application/json"
KINDS = {"parties": Party, "spatial-units": SpatialUnit}


@pytest.fixture
def api(site, settings):
    """The site with its API; given are clients by account, ``steward`` edits the schemas of Nusantara."""
    settings.REST_FRAMEWORK = example.REST_FRAMEWORK
    spectacular_settings.apply_patches(example.SPECTACULAR_SETTINGS)
    steward = get_user_model().objects.create_user("steward")
    Membership.objects.create(user=steward, organization=nusantara(), edits_schemas=True)
    yield site
    spectacular_settings.clear_patches()


def nusantara():
    return Organization.objects.get(slug="nusantara")


def project(slug):
    return Project.objects.get(slug=slug)


def schema_of(model, *selectors):
    return next(
        each for each in SchemaRecord.objects.all() if each.attribute_field.model is model and each.texts == selectors
    )


def act_in_the_marches():
    """Let the other organisation do whatever it may: attributes, choices, rules, unique values, records, a project."""
    marches, wye = Organization.objects.get(slug="marches"), project("wye")
    secret = [
        Attribute(f"{SECRET}_name", "text", label=f"{SECRET} label", choices=[Choice(f"{SECRET}_a", f"{SECRET} A")]),
        Attribute("clan", "integer"),  # which Nusantara has for itself, of another type
        Attribute("national_id", unique=True, constraints={"max_length": 40}),
        Attribute("village", "text", unique=True),
        Attribute("score", "integer", initial_default=7),
    ]
    rules = [Rule("true", f"{SECRET} rule")]
    SchemaRecord.objects.define(Party, secret, selectors=(marches, wye, "IN"), name=f"{SECRET} P", rules=rules)
    units = [
        Attribute(f"{SECRET}_unit", "integer"),
        Attribute("house_number", "text", required=True),
        Attribute("parcel_number", "text", unique=True),
    ]
    SchemaRecord.objects.define(SpatialUnit, units, selectors=(None, wye, "RW"), name=f"{SECRET} U")
    SchemaRecord.objects.define(Project, [Attribute(f"{SECRET}_p", "text")], selectors=(marches,), name=f"{SECRET} R")
    attrs = {"consent": True, "post_code": "SY8 1ZZ", "village": "Tarogong", f"{SECRET}_name": f"{SECRET}_a"}
    Party.objects.create(project=wye, name=f"{SECRET} person", attrs=attrs)
    marches.projects.create(slug=f"{SECRET}-project", name=f"{SECRET} project", attrs={"starts": "2026-01-01"})


# ---- what is asked ----


def targets():
    """Return records of Nusantara, and keys of what is not there or is the Marches', by kind."""
    found = {}
    for kind, model in KINDS.items():
        own = model.objects.filter(project__organization__slug="nusantara").order_by("pk").first()
        found[kind] = own.pk
    return found


def reads(own, others):
    """Yield the addresses that are read."""
    yield from ("/api/", "/api/openapi.json", "/api/projects/", "/api/schemas/")
    yield from (f"/api/schemas/?model=landregistry.{model.__name__}" for model in KINDS.values())
    yield from (f"/api/schemas/{key}/{part}" for key in others["schemas"] for part in ("", "attributes/village/"))
    names = (f"{SECRET}_name", f"{SECRET}_unit", "village", "clan", "score", "national_id", "common_rights", "hous")
    for kind in KINDS:
        base = f"/api/{kind}/"
        yield from (base, f"{base}?ordering=-name", f"{base}schema/", f"{base}schema/explain/")
        yield from (f"{base}{own[kind]}/{part}" for part in ("", "schema/", "schema/explain/"))
        yield from (f"{base}{key}/{part}" for key in others[kind] for part in ("", "schema/", "schema/explain/"))
        for name in names:
            yield from (f"{base}?attrs.{name}={value}" for value in (f"{SECRET}_a", "Tarogong", "1"))
            yield f"{base}?attrs.{name}__isnull=true"
            yield f"{base}?attrs.{name}__wrong=1"
            yield f"{base}?ordering=attrs.{name}"
            yield f"{base}?fields=attrs.{name}"
            yield f"{base}facets/?facets=attrs.{name}"
        for query in (
            *(f"project={key}" for key in others["projects"]),
            *(f"organization={key}" for key in others["organizations"]),
            "type=RW",
            "type=IN",
        ):
            yield from (f"{base}?{query}", f"{base}schema/?{query}", f"{base}schema/explain/?{query}")
    for query in ("", *(f"?organization={key}" for key in others["organizations"])):
        yield from (f"/api/projects/schema/{query}", f"/api/projects/schema/explain/{query}")
    yield from (f"/api/projects/{key}/" for key in others["projects"])


def documents(others):
    """Yield attributes that somebody tries."""
    yield {}
    yield {"consent": True}
    yield {"consent": True, f"{SECRET}_name": f"{SECRET}_a"}
    yield {f"{SECRET}_unit": 1, "house_number": "1", "parcel_number": "1", "common_rights": ["grazing"]}
    yield {"consent": True, "village": "Tarogong", "national_id": "AB123456C", "score": 1, "clan": "x"}
    yield from ({"consent": True, "agent": key, "holders": [key], "parcel": key} for key in others["parties"])


def writes(own, others):
    """Yield the requests that write: method, address, body."""
    for kind in KINDS:
        base, kept = f"/api/{kind}/", project("sumba").pk
        for attrs in documents(others):
            yield "post", f"{base}schema/validate/", {"document": attrs}
            yield "post", f"{base}schema/validate/?project={kept}", {"document": attrs}
            yield "post", f"{base}{own[kind]}/schema/validate/", {"document": attrs}
            yield from (
                ("post", base, {"project": key, "type": each, "name": "n", "attrs": attrs})
                for key in (kept, *others["projects"])
                for each in ("IN", "RW")
            )
            yield "patch", f"{base}{own[kind]}/", {"attrs": attrs}
            yield "put", f"{base}{own[kind]}/", {"project": kept, "type": "IN", "name": "n", "attrs": attrs}
            yield from (("patch", f"{base}{key}/", {"attrs": attrs}) for key in others[kind])
        yield from (("patch", f"{base}{own[kind]}/", {"project": key}) for key in others["projects"])
        yield from (("post", f"{base}schema/validate/?project={key}", {"document": {}}) for key in others["projects"])
        yield from (("delete", f"{base}{key}/", None) for key in others[kind])
    for key in others["schemas"]:
        yield "put", f"/api/schemas/{key}/?dry_run=1", {"schema": {"format": 1, "attributes": []}}
        yield "patch", f"/api/schemas/{key}/attributes/village/?dry_run=1", {"label": "x"}
        yield "delete", f"/api/schemas/{key}/attributes/village/?dry_run=1", None
        yield "post", f"/api/schemas/{key}/retire/", None
    yield from schema_writes(others)


def schema_writes(others):
    """Yield what an editor of schemas tries: names that others may have with other types, here and there."""
    trials = [
        {"name": name, "type": type_, **more}
        for name in (f"{SECRET}_name", f"{SECRET}_unit", "village", "score")
        for type_, more in (("text", {"unique": True, "locked": True}), ("integer", {"initial_default": 3}))
    ]
    own = {model: schema_of(model, str(nusantara().pk), None, None).pk for model in (Party, SpatialUnit)}
    for pk in own.values():
        for trial in trials:
            yield "put", f"/api/schemas/{pk}/attributes/{trial['name']}/?dry_run=1", trial
            yield "put", f"/api/schemas/{pk}/?dry_run=1", {"schema": {"format": 1, "name": "n", "attributes": [trial]}}
            yield "put", f"/api/schemas/{pk}/attributes/{trial['name']}/", trial
    for organization in others["organizations"]:
        for key in others["projects"]:
            for selectors in (
                {"organization": organization},
                {"project": key},
                {"organization": nusantara().pk, "project": key},
            ):
                body = {"model": "landregistry.Party", "selectors": selectors}
                yield "post", "/api/schemas/", {**body, "schema": {"format": 1, "attributes": trials[:1]}}


def asked(client, method, address, body=None):
    """Return all of an answer that says something; whatever it changes is undone."""
    with transaction.atomic():
        if method == "get":
            answer = client.get(address)
        else:
            content = "" if body is None else json.dumps(body)
            answer = getattr(client, method)(address, content, content_type=JSON)
        transaction.set_rollback(True)
    text, unsaid = answer.content.decode(), {"Content-Length"}
    if answer.status_code == 201:
        # The next number is another one when others make records, too: so it is with such keys.
        text, unsaid = re.sub(r'"id":\d+', '"id":0', text), {"Content-Length", "ETag", "Location"}
    headers = {name: answer.headers[name] for name in sorted(answer.headers) if name not in unsaid}
    return answer.status_code, headers, text


def all_answers(client, others):
    own = targets()
    requests = [*(("get", address, None) for address in reads(own, others)), *writes(own, others)]
    return {f"{m} {a} {json.dumps(b)}": asked(client, m, a, b) for m, a, b in requests}


def others_of_the_marches():
    """Return the keys of what is the Marches' now: of parties and so on."""
    marches = Organization.objects.get(slug="marches")
    rows = {kind: model.objects.filter(project__organization=marches) for kind, model in KINDS.items()}
    schemas = [each.pk for each in SchemaRecord.objects.all() if each.texts[:1] == (str(marches.pk),)]
    return {
        **{kind: [found.order_by("pk").first().pk] for kind, found in rows.items()},
        "projects": list(marches.projects.order_by("pk").values_list("pk", flat=True)[:2]),
        "organizations": [marches.pk],
        "schemas": schemas[:2],
    }


NOTHING = {
    "parties": [MISSING],
    "spatial-units": [MISSING],
    "projects": [MISSING],
    "organizations": [MISSING],
    "schemas": [MISSING],
}


def known():
    """Return keys of the Marches, and of what is not there."""
    found = others_of_the_marches()
    return {name: [*found[name], *NOTHING[name]] for name in found}


# ---- the tests ----


@pytest.mark.parametrize("username", ["editor", "steward"])
def test_whatever_the_other_organisation_does_every_answer_stays_the_same_and_has_no_word_of_it(api, username):
    client, others = api(username), known()
    before = all_answers(client, others)
    act_in_the_marches()
    after = all_answers(client, others)

    assert len(before) > 400
    assert {status for status, _, _ in before.values()} >= {200, 201, 400, 404}
    assert [name for name in before if before[name] != after[name]] == []
    assert [name for name, (_, *said) in after.items() if SECRET in str(said).lower() and SECRET not in name] == []


@pytest.mark.parametrize("username", ["editor", "steward"])
def test_what_is_the_others_is_as_what_is_not_there(api, username):
    """Answers about a key of theirs are those about one that nobody has, but for the key itself."""
    client, own, theirs = api(username), targets(), {**others_of_the_marches()}
    theirs = {name: keys[:1] for name, keys in theirs.items()}
    pairs = zip(
        [*(("get", a, None) for a in reads(own, theirs)), *writes(own, theirs)],
        [*(("get", a, None) for a in reads(own, NOTHING)), *writes(own, NOTHING)],
        strict=True,
    )
    compared, differences = 0, []
    for one, other in pairs:
        if one == other:
            continue
        compared += 1
        found, expected = asked(client, *one), asked(client, *other)
        if (*found[:2], without_keys(found[2])) != (*expected[:2], without_keys(expected[2])):
            differences.append((one, found, expected))
    assert compared > 40
    assert differences == []


def without_keys(text):
    return re.sub(r"\b\d+\b", "#", text)


def test_the_same_words_are_there_for_those_who_may_know_them(api):
    """The tests above find something, where there is something to find."""
    act_in_the_marches()
    client = api("schemas")
    for address in ("/api/openapi.json", "/api/parties/?page_size=1000", "/api/schemas/", "/api/projects/"):
        assert SECRET in client.get(address).content.decode()


def test_who_is_not_signed_in_reads_everything_but_what_is_personal(api):
    client = api()
    listed = client.get("/api/parties/?page_size=1000").json()["results"]
    document = client.get("/api/openapi.json").content.decode()

    assert len(listed) == Party.objects.count()
    for key in ("phone", "national_id", "birth_date", "tax_number", "evidence"):
        assert not any(key in each["attrs"] for each in listed)
        assert f'"{key}": {{' not in document
        assert f"attrs.{key}" not in document
        assert client.get(f"/api/parties/?attrs.{key}__isnull=false").status_code == 400
        assert client.get(f"/api/parties/?ordering=attrs.{key}").status_code == 400
        assert client.get(f"/api/parties/facets/?facets=attrs.{key}").status_code == 400
        assert f'"key":"{key}"' not in client.get("/api/parties/schema/").content.decode()
    assert client.post("/api/parties/", {}, content_type=JSON).status_code == 401


def test_what_is_not_there_is_said_in_json_whatever_the_method_is(api):
    for method in ("get", "post", "put", "delete"):
        answer = getattr(api(), method)("/api/no/such/thing/")
        assert (answer.status_code, answer.json()["detail"]["code"]) == (404, "not_found")


def test_members_have_their_own_records_whole_and_superusers_all(api):
    counts = {name: api(name).get("/api/parties/").json()["count"] for name in ("editor", "schemas", "admin")}
    assert counts["editor"] + counts["schemas"] == counts["admin"] == Party.objects.count()
    siti = api("editor").get("/api/parties/?name=Siti Rahayu").json()["results"]
    assert siti[0]["attrs"]["phone"] == "+62812345678"
