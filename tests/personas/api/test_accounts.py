"""Registering, logging in and out."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone
from personas.models import Author
from rest_framework.throttling import ScopedRateThrottle
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken

from tests.personas.api.clients import Client

pytestmark = pytest.mark.django_db

ACCOUNT = {"username": "cleo", "password": " correct horse battery ", "email": "cleo@example.com"}
LOGIN = {"username": "cleo", "password": ACCOUNT["password"]}


def codes(answer):
    """Return the codes of the errors by what they are about."""
    return {name: [each["code"] for each in errors] for name, errors in answer.json().items()}


def logged_in(client):
    client.made("auth/register/", ACCOUNT)
    answer = client.post("auth/login/", LOGIN)
    assert answer.status_code == 200
    return answer.json()


def with_token(token):
    client = Client()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client


# ---- registering ----


def test_somebody_registers(nobody):
    """Row 1: 201, and what was sent but for the password."""
    answer = nobody.post("auth/register/", ACCOUNT)
    assert (answer.status_code, answer.json()) == (201, {"username": "cleo", "email": "cleo@example.com"})
    user = get_user_model().objects.get(username="cleo")
    assert user.check_password(ACCOUNT["password"])
    assert not user.is_staff
    assert Author.objects.filter(user=user).exists()


def test_an_address_may_be_left_out(nobody):
    assert nobody.post("auth/register/", LOGIN).status_code == 201


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        pytest.param({"username": None}, {"username": ["null"]}, id="name is null"),
        pytest.param({"username": ""}, {"username": ["blank"]}, id="no name"),
        pytest.param({"username": "a b"}, {"username": ["invalid"]}, id="a name with a blank"),
        pytest.param({"username": "a" * 151}, {"username": ["max_length"]}, id="a long name"),
        pytest.param({"username": "ada"}, {"username": ["unique"]}, id="a name that is taken"),
        pytest.param({"username": "a\x00"}, {"username": ["invalid", "null_characters_not_allowed"]}, id="NUL"),
        pytest.param({"password": "1"}, {"password": ["password_too_short", "password_too_common"]}, id="weak"),
        pytest.param({"password": "password123"}, {"password": ["password_too_common"]}, id="common"),
        pytest.param({"password": "748302917460"}, {"password": ["password_entirely_numeric"]}, id="all digits"),
        pytest.param({"password": "x" * 129}, {"password": ["max_length"]}, id="a long password"),
        pytest.param({"password": ["a", "b"]}, {"password": ["invalid"]}, id="no text"),
        pytest.param({"email": "notanemail"}, {"email": ["invalid"]}, id="no address"),
        pytest.param({"is_staff": True}, {"is_staff": ["unknown"]}, id="more than is asked for"),
    ],
)
def test_what_is_no_account_is_refused(nobody, ada, changes, errors):
    """Row 1: weak passwords and bad addresses, too."""
    answer = nobody.post("auth/register/", {**ACCOUNT, **changes})
    assert answer.status_code == 400
    found = codes(answer)
    assert found.keys() == errors.keys()
    assert all(set(errors[name]) & set(found[name]) for name in errors), found
    assert not get_user_model().objects.filter(username="cleo").exists()


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"password": "1", "email": "x"}, {"email", "password"}),
        ({"password": "password123", "username": "a b"}, {"username", "password"}),
        ({"password": "748302917460", "email": ""}, {"password"}),
        ({"password": "cleopatra-regina", "username": "cleopatra-regina", "email": "x"}, {"email", "password"}),
        ({"password": "1", "username": ["a"], "email": None}, {"username", "email", "password"}),
        ({"password": None, "email": "x"}, {"email", "password"}),
    ],
)
def test_all_that_is_wrong_is_told_together(nobody, changes, errors):
    """Row 1: a weak password beside whatever else is wrong, and not one after the other."""
    answer = nobody.post("auth/register/", {**ACCOUNT, **changes})
    assert (answer.status_code, answer.json().keys()) == (400, errors)


def test_what_is_missing_is_told_together(nobody):
    """Row 1."""
    assert codes(nobody.post("auth/register/", {})) == {"username": ["required"], "password": ["required"]}


@pytest.mark.parametrize("address", ["auth/register/", "auth/login/", "auth/refresh/", "auth/logout/"])
@pytest.mark.parametrize(
    "body", [b"{", b"", b"[]", b"1", b"null", b'"x"', b'{"username": NaN}', b'{"a": 1, "a": 2}', b"\xff", b"[" * 9_999]
)
def test_what_is_no_json_object_is_refused(nobody, address, body):
    """Row 1: malformed JSON is a 400."""
    answer = nobody.generic("POST", address, body, content_type="application/json")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/json"


def test_a_form_is_not_read(nobody):
    assert nobody.post("auth/login/", LOGIN, format="multipart").status_code == 415


def test_a_body_that_is_too_long_is_not_read(nobody, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 200
    answer = nobody.post("auth/login/", {"username": "x" * 200, "password": "y"})
    assert (answer.status_code, answer.json()["detail"]["code"]) == (413, "too_large")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_want_one_name_at_once_one_gets_it(nobody, monkeypatch):
    """Row 1: a name that is taken between the check and the write is a 400, and not an error of the server."""
    both = threading.Barrier(2, timeout=10)
    monkeypatch.setattr("personas.api.accounts.validate_password", lambda *_: both.wait())
    found = []

    def register():
        found.append(Client().post("auth/register/", ACCOUNT).status_code)
        connection.close()

    threads = [threading.Thread(target=register) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(found) == [201, 400]


# ---- logging in ----


def test_somebody_logs_in_and_is_known(nobody):
    """Row 2: an access token, a refresh token, and new ones for that."""
    tokens = logged_in(nobody)
    assert with_token(tokens["access"]).get("personas/").status_code == 200
    renewed = nobody.post("auth/refresh/", {"refresh": tokens["refresh"]})
    assert renewed.status_code == 200
    assert with_token(renewed.json()["access"]).get("personas/").status_code == 200


@pytest.mark.parametrize(
    "changes", [{"password": "wrong"}, {"username": "nobody"}, {"password": "correct horse battery"}]
)
def test_whoever_does_not_know_the_password_is_told_no_more(nobody, changes):
    """Row 2: blanks at the ends belong to a password, as they do on the pages."""
    nobody.made("auth/register/", ACCOUNT)
    answer = nobody.post("auth/login/", {**LOGIN, **changes})
    assert answer.status_code == 401
    assert answer.json()["detail"]["message"] == "No active account found with the given credentials"
    assert answer["WWW-Authenticate"].startswith("Bearer")


ADDRESSES = [
    *("personas/", "personas/1/", "personas/1/export/", "personas/export/", "personas/facets/?facets=attributes.tone"),
    *("personas/schema/", "personas/1/schema/explain/", "content/", "content/1/", "schemas/", "tasks/x/"),
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_reads_anything(nobody, address):
    """Row 2: whoever has not logged in is 401."""
    answer = nobody.get(address)
    assert (answer.status_code, answer.json()["detail"]["code"]) == (401, "not_authenticated")
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "address", ["personas/", "personas/import/", "personas/1/analyse/", "personas/1/generate/", "content/", "analyse/"]
)
def test_nobody_writes_anything(nobody, address):
    """Row 2."""
    assert nobody.post(address, {}).status_code == 401


def test_a_session_of_the_pages_is_none_of_the_api(nobody, ada):
    """What a browser is signed in with counts for nothing here, so that no other site can make it ask."""
    nobody.force_login(ada.user)
    assert nobody.get("personas/").status_code == 401


@pytest.mark.parametrize("token", ["", "x", "x.y.z", "é", "a b"])
def test_what_is_no_token_is_worth_nothing(nobody, token):
    """Row 2."""
    assert with_token(token).get("personas/").status_code == 401
    assert nobody.post("auth/refresh/", {"refresh": token or "-"}).status_code == 401


def test_a_token_is_worth_nothing_in_the_place_of_another_kind(nobody, ada):
    """Row 2."""
    refresh = RefreshToken.for_user(ada.user)
    answer = with_token(refresh).get("personas/")
    assert (answer.status_code, answer.json()) == (
        401,
        {"detail": {"message": "Given token not valid for any token type", "code": "token_not_valid", "params": {}}},
    )
    assert nobody.post("auth/refresh/", {"refresh": str(refresh.access_token)}).status_code == 401


def test_tokens_end(nobody, ada):
    """Row 2."""
    access, refresh = AccessToken.for_user(ada.user), RefreshToken.for_user(ada.user)
    for token in (access, refresh):
        token.set_exp(from_time=timezone.now() - timedelta(days=8), lifetime=timedelta(days=7))
    assert with_token(access).get("personas/").status_code == 401
    assert nobody.post("auth/refresh/", {"refresh": str(refresh)}).status_code == 401


@pytest.mark.parametrize("what", ["delete", "deactivate"])
def test_tokens_of_an_account_that_is_gone_are_worth_nothing(nobody, ada, what):
    """Row 2."""
    access, refresh = AccessToken.for_user(ada.user), RefreshToken.for_user(ada.user)
    if what == "delete":
        ada.user.delete()
    else:
        get_user_model().objects.update(is_active=False)
    assert with_token(access).get("personas/").status_code == 401
    assert nobody.post("auth/refresh/", {"refresh": str(refresh)}).status_code == 401


# ---- logging out ----


def test_logging_out_revokes(nobody):
    """Row 2: the refresh token, at once; a second time there is nothing to revoke."""
    refresh = {"refresh": logged_in(nobody)["refresh"]}
    assert nobody.post("auth/logout/", refresh).status_code == 204
    for address in ("auth/refresh/", "auth/logout/"):
        answer = nobody.post(address, refresh)
        assert (answer.status_code, answer.json()["detail"]["code"]) == (401, "token_not_valid")


def test_a_refresh_token_is_used_once(nobody):
    """Row 2: whoever steals an old one gets nothing for it."""
    first = {"refresh": logged_in(nobody)["refresh"]}
    second = nobody.post("auth/refresh/", first).json()
    assert nobody.post("auth/refresh/", first).status_code == 401
    assert nobody.post("auth/refresh/", {"refresh": second["refresh"]}).status_code == 200


def test_a_new_password_ends_all_tokens(nobody, ada):
    """Row 2: whoever has stolen one is out, also by way of refreshing it."""
    access, refresh = AccessToken.for_user(ada.user), RefreshToken.for_user(ada.user)
    assert with_token(access).get("personas/").status_code == 200
    ada.user.set_password("another horse, another battery")
    ada.user.save()
    assert with_token(access).get("personas/").status_code == 401
    answer = nobody.post("auth/refresh/", {"refresh": str(refresh)})
    assert answer.status_code == 401 or with_token(answer.json()["access"]).get("personas/").status_code == 401


# ---- how often ----


@pytest.fixture
def rates(monkeypatch):
    """Let everything be asked twice in a minute."""
    monkeypatch.setattr(ScopedRateThrottle, "THROTTLE_RATES", dict.fromkeys(("register", "sign-in", "model"), "2/min"))


@pytest.mark.parametrize(("address", "scope"), [("auth/login/", "sign-in"), ("auth/register/", "register")])
def test_guessing_is_slow(nobody, hers, rates, address, scope):
    """Row 2: what guesses passwords and makes accounts is throttled, and the answer says how long to wait."""
    assert [nobody.post(address, {}).status_code for _ in range(3)] == [400, 400, 429]
    answer = nobody.post(address, LOGIN)
    assert 0 < int(answer["Retry-After"]) <= 60
    assert answer.json()["detail"]["code"] == "throttled"
    assert hers.get("personas/").status_code == 200


def test_a_language_model_is_not_asked_all_the_time(hers, his, rates):
    """Row 2: whatever is asked of it counts together, for each author alone."""
    persona = hers.made("personas/", {"name": "Ada"})["id"]
    addresses = ["analyse/", f"personas/{persona}/generate/", f"personas/{persona}/analyse/"]
    assert [hers.post(address, {}).status_code for address in addresses] == [400, 400, 429]
    assert hers.get(f"personas/{persona}/").status_code == 200
    assert his.post("analyse/", {}).status_code == 400
