"""Who has no account, or none any more, gets nowhere; and accounts of other kinds are no authors' masters."""

from __future__ import annotations

import pytest
from demo.access import may_refer_to
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from personas.access import author_of
from personas.characteristics import add
from personas.models import Author, Persona
from personas.schema import schema_of
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken

from jsonattrs_core import Attribute, Schema
from jsonattrs_django.models import SchemaRecord
from tests.personas.isolation.addresses import METHODS, addresses

pytestmark = pytest.mark.django_db

#: Addresses for everybody.
OPEN = {
    *("personas:home", "personas:register", "personas:sign_in", "personas:sign_out"),
    *("personas_api:index", "personas_api:document", "personas_api:register", "personas_api:login"),
    *("personas_api:refresh", "personas_api:logout", "personas_api:nothing"),
}
STANDING = {"pk": 1, "id": "x", "name": "own_secret", "key": "own_secret"}


def closed():
    """Yield the addresses for authors."""
    for each in addresses():
        if each.name not in OPEN:
            yield each, reverse(each.name, kwargs={part: STANDING[part] for part in each.takes})


@pytest.mark.parametrize("method", [method for method in METHODS if method != "OPTIONS"])
def test_nobody_gets_anywhere(ben, method):
    """Rows 2 and 3: the page for signing in, and 401, whether there is anything or not."""
    Persona.objects.create(pk=1, author=ben, name="Ben's")
    for address, path in closed():
        response = Client().generic(method, path, "{}", content_type="application/json")
        if address.is_api:
            assert response.status_code == 401, (method, path)
            assert response.headers["WWW-Authenticate"].startswith("Bearer")
        else:
            assert response.status_code == 302, (method, path)
            assert response.headers["Location"].startswith(reverse("personas:sign_in")), (method, path)
    assert Persona.objects.get().name == "Ben's"


def worthless(ben):
    """Yield tokens that are none."""
    good = AccessToken.for_user(ben.user)
    yield f"Bearer {RefreshToken.for_user(ben.user)}"
    yield f"Bearer {good}x"
    yield f"Bearer {'.'.join(str(good).split('.')[:2])}."
    yield "Bearer"
    yield "Bearer a b"
    yield "Bearer \x00"
    yield "Bearer é"
    expired = AccessToken.for_user(ben.user)
    expired.set_exp(lifetime=-expired.lifetime)
    yield f"Bearer {expired}"
    nobodys = AccessToken.for_user(ben.user)
    nobodys["user_id"] = str(ben.user.pk + 1_000)
    yield f"Bearer {nobodys}"


def test_a_token_that_is_worth_nothing_is_401(ben):
    """Row 2: of another kind, broken, unsigned, too old, or of nobody."""
    found = {token: Client().get("/api/v1/personas/", HTTP_AUTHORIZATION=token).status_code for token in worthless(ben)}
    assert set(found.values()) == {401}, found


@pytest.mark.parametrize("gone", ["deleted", "inactive"])
def test_a_token_of_an_account_that_is_gone_is_401(ben, gone):
    """Row 2: and so is its refresh token; its session signs in again."""
    access, refresh = str(AccessToken.for_user(ben.user)), str(RefreshToken.for_user(ben.user))
    browser = Client()
    browser.force_login(ben.user)
    if gone == "deleted":
        get_user_model().objects.filter(pk=ben.user.pk).delete()
    else:
        get_user_model().objects.filter(pk=ben.user.pk).update(is_active=False)
    count = Author.objects.count()
    for address, path in closed():
        if address.is_api:
            assert Client().get(path, HTTP_AUTHORIZATION=f"Bearer {access}").status_code == 401, path
        else:
            assert browser.get(path).headers.get("Location", "").startswith(reverse("personas:sign_in")), path
    sent = Client().post("/api/v1/auth/refresh/", {"refresh": refresh}, content_type="application/json")
    assert sent.status_code == 401
    assert Author.objects.count() == count


# ---- own characteristics of one name ----


def test_two_authors_may_mean_different_things_by_one_name(ada, ben):
    """Row 3: in values, filters, orders and counts; a unique value of one is no business of the other's."""
    for author, kind, values in ((ada, "text", ("10", "9")), (ben, "integer", (10, 9))):
        schema = Schema("Own", [Attribute("own_mood", kind), Attribute("own_code", "text", unique=True)])
        SchemaRecord.objects.define(Persona, schema=schema, selectors=(author,), user=author.user)
        for place, value in enumerate(values):
            persona = Persona(author=author, name=f"{value}", attrs={"own_mood": value, "own_code": f"C-{place}"})
            persona.full_clean()
            persona.save()
    for author, names in ((ada, ["10", "9"]), (ben, ["9", "10"])):
        headers = {"Authorization": f"Bearer {AccessToken.for_user(author.user)}"}
        listed = Client().get("/api/v1/personas/?ordering=attributes.own_mood", headers=headers).json()["results"]
        assert [each["name"] for each in listed] == names
        browser = Client()
        browser.force_login(author.user)
        page = browser.get("/personas/mine/?ordering=attrs__own_mood")
        assert [row.persona.name for row in page.context["rows"]] == names
        one = Client().get("/api/v1/personas/?attributes.own_mood=10", headers=headers).json()
        assert [each["name"] for each in one["results"]] == ["10"]
        counts = Client().get("/api/v1/personas/facets/?facets=attributes.own_mood", headers=headers).json()
        assert sum(each["count"] for each in counts["attributes.own_mood"]["values"]) == 2
    headers = {"Authorization": f"Bearer {AccessToken.for_user(ada.user)}"}
    assert Client().get("/api/v1/personas/?attributes.own_mood__gte=9", headers=headers).status_code == 400


def test_who_asks_too_often_stops_nobody_else(ada, ben, settings):
    """Row 2: throttles count each author by herself."""
    data = {"data": {"sample": "short"}, "content_type": "application/json"}
    headers = {"Authorization": f"Bearer {AccessToken.for_user(ben.user)}"}
    statuses = [Client().post("/api/v1/analyse/", **data, headers=headers).status_code for _ in range(31)]
    assert statuses == [400] * 30 + [429]
    headers = {"Authorization": f"Bearer {AccessToken.for_user(ada.user)}"}
    assert Client().post("/api/v1/analyse/", **data, headers=headers).status_code == 400


# ---- other rights ----


@pytest.fixture
def clerk(characteristics):
    """Give somebody of the land registry's staff, who may use its part of the admin, and edit schemas there."""
    user = get_user_model().objects.create_user("clerk", password="correct horse battery", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="landregistry"))
    return user


EDITOR = "/admin/jsonattrs/schemarecord/"
LABEL = "personas.persona.attrs"


def test_nobody_but_superusers_changes_everybodys_schema(ada, clerk):
    """Rows 3 and 51: by no door."""
    (default,) = (each for each in SchemaRecord.objects.filter(content_type__model="persona") if each.texts == (None,))
    before = schema_of(ada).to_document()
    for user in (ada.user, clerk):
        headers = {"Authorization": f"Bearer {AccessToken.for_user(user)}"}
        address = f"/api/v1/schemas/{default.pk}/"
        empty = {"schema": {"format": 1, "name": "x", "attributes": []}}
        client = Client(headers=headers)
        assert client.get(address).status_code == 404
        assert client.put(address, empty, content_type="application/json").status_code == 404
        for part in ("retire", "restore"):
            assert client.post(f"{address}{part}/", {}, content_type="application/json").status_code == 404
        part = f"{address}attributes/tone/"
        for send in (client.get, client.put, client.patch, client.delete):
            assert send(part, {}, content_type="application/json").status_code == 404
        sent = client.post("/api/v1/schemas/", {**empty, "selectors": {}}, content_type="application/json")
        assert sent.status_code == 404
    assert schema_of(ada).to_document() == before


def test_staff_of_the_land_registry_see_nothing_of_personas_in_the_admin(ada, clerk):
    """Row 51: there is no admin of personas, and the schemas of authors are none of theirs."""
    add(ada, Attribute(label="Zanzibar", type="text", help_text="Zanzibar"))
    browser = Client()
    browser.force_login(clerk)
    for path in ("", EDITOR, f"{EDITOR}?q=Characteristics", f"{EDITOR}?q=Zanzibar"):
        page = browser.get(path if path.startswith("/") else f"/admin/{path}")
        assert "Zanzibar" not in page.content.decode()
        assert "Characteristics of ada" not in page.content.decode()
        assert "/admin/personas" not in page.content.decode()
    for below in ("", "effective/", "preview/", "about/", "publish/", "attribute/own_zanzibar/", "rules/"):
        page = browser.get(f"{EDITOR}{LABEL}/{below}?author={ada.pk}")
        assert "Zanzibar" not in page.content.decode(), below
        assert page.status_code in (302, 403, 404), below
    record = SchemaRecord.objects.get(selectors__value=str(ada.pk))
    for below in ("change", "history"):
        assert browser.get(f"{EDITOR}{record.pk}/{below}/").status_code in (302, 403, 404)
    for model in ("persona", "contentpiece", "author", "tag"):
        assert browser.get(f"/admin/personas/{model}/").status_code == 404


# ---- references ----


OUTSIDE = [
    *("auth.User", "auth.Group", "jsonattrs.SchemaRecord", "sessions.Session", "personas.Author", "personas.Tag"),
    *("landregistry.Party", "landregistry.Organization", "landregistry.Project", "landregistry.Membership"),
]


@pytest.mark.parametrize("model", OUTSIDE)
def test_an_own_characteristic_refers_to_nothing_outside(ada, model):
    """Row 3: an author who defines a reference to what is not hers may choose none of it, nor learn what there is."""
    from django.apps import apps

    found = apps.get_model(model)
    assert not may_refer_to(ada.user, found._base_manager.all(), None).exists()
    headers = {"Authorization": f"Bearer {AccessToken.for_user(ada.user)}"}
    attribute = {"name": "own_ref", "key": "own_ref", "type": "reference", "constraints": {"model": model}}
    schema = {"schema": {"format": 1, "name": "Mine", "attributes": [attribute]}}
    client = Client(headers=headers)
    made = client.post("/api/v1/schemas/", schema, content_type="application/json")
    assert made.status_code == 201, made.content
    said = []
    for key in (ada.user.pk, 10**6):
        data = {"name": "x", "attributes": {"own_ref": key}}
        answer = client.post("/api/v1/personas/", data, content_type="application/json")
        said.append((answer.status_code, answer.content.replace(str(key).encode(), b"")))
    assert said[0] == said[1]
    assert said[0][0] == 400
    browser = Client()
    browser.force_login(ada.user)
    for path in ("/personas/add/", "/personas/mine/?filter=own_ref", "/personas/characteristics/own_ref/"):
        assert browser.get(path).status_code == 200
    assert client.get("/api/v1/openapi.json").status_code == 200


def test_an_account_becomes_an_author_once(characteristics):
    user = get_user_model().objects.create_user("new")
    assert author_of(user) == author_of(user)
