"""Registering, signing in and out on the pages: quickly, safely, and back to where one was."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from personas.models import Author

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"  # everybody's, as conftest.py has it
HOME, LIST, REGISTER, SIGN_IN, SIGN_OUT = (
    reverse(f"personas:{name}") for name in ("home", "list", "register", "sign_in", "sign_out")
)


def registered(client, **typed):
    return client.post(REGISTER, {"username": "ada", "email": "", "password": PASSWORD, **typed}, follow=True)


def errors_of(response):
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_who_registers_is_signed_in_and_sees_what_to_do_next(client):
    """Rows 1 and 20: an account of one's own, and a word about it."""
    response = registered(client, email="ada@example.com")
    assert response.redirect_chain == [(LIST, 302)]
    assert [str(each) for each in response.context["messages"]] == [
        "Welcome, ada. This is where your personas will be."
    ]
    assert "Begin with a sample" in response.text
    assert Author.objects.get().user.email == "ada@example.com"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        pytest.param({"username": ""}, "username", id="no name"),
        pytest.param({"username": "ada lovelace"}, "username", id="a name with a space"),
        pytest.param({"username": "x" * 151}, "username", id="too long a name"),
        pytest.param({"email": "notanemail"}, "email", id="no address"),
        pytest.param({"password": ""}, "password", id="no password"),
        pytest.param({"password": "1"}, "password", id="too short"),
        pytest.param({"password": "password123"}, "password", id="too common"),
        pytest.param({"password": "7261530948"}, "password", id="only digits"),
        pytest.param({"password": "x" * 5_000}, "password", id="endless"),
    ],
)
def test_what_cannot_be_an_account_is_refused_beside_its_field(client, typed, name):
    """Row 1: nothing is missing, and a password is one."""
    response = registered(client, **typed)
    assert list(errors_of(response)) == [name]
    assert not get_user_model().objects.exists()
    assert not is_signed_in(client)


@pytest.mark.parametrize("username", ["ada", "ADA"])
def test_a_name_is_somebodys_whatever_its_capitals(client, ada, username):
    """Row 1: nobody has a name that somebody else has."""
    assert errors_of(registered(client, username=username)) == {
        "username": ["Somebody has this username already. Please choose another one."]
    }


@pytest.mark.parametrize("page", [REGISTER, SIGN_IN])
def test_one_comes_to_where_one_wanted_to_be(client, ada, page):
    """Row 2: who is not signed in signs in, and is back."""
    wanted = f"{reverse('personas:list')}?attrs__tone__icontains=dry&view=table"
    response = client.get(wanted, follow=True)
    assert response.redirect_chain[-1][0].startswith(SIGN_IN)
    assert response.context["next"] == wanted
    typed = {"username": "ada" if page == SIGN_IN else "ben", "password": PASSWORD, "next": response.context["next"]}
    assert client.post(page, typed)["Location"] == wanted


@pytest.mark.parametrize("page", [REGISTER, SIGN_IN])
@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(client, ada, page, elsewhere):
    typed = {"username": "ada" if page == SIGN_IN else "ben", "password": PASSWORD, "next": elsewhere}
    assert client.post(page, typed)["Location"] == LIST


def test_a_wrong_password_tells_nothing_of_the_account(client, ada):
    answers = [
        client.post(SIGN_IN, {"username": name, "password": "wrong horse"}).context["form"].non_field_errors()
        for name in ("ada", "nobody")
    ]
    assert answers[0] == answers[1]
    assert not is_signed_in(client)


def test_signing_out_is_said_and_takes_a_post(client, ada):
    """Rows 2 and 20: a session ends when its owner says so."""
    client.force_login(ada.user)
    assert client.get(SIGN_OUT).status_code == 405
    response = client.post(SIGN_OUT, follow=True)
    assert response.redirect_chain == [(HOME, 302)]
    assert [str(each) for each in response.context["messages"]] == ["You are signed out."]
    assert not is_signed_in(client)


def test_who_is_signed_in_begins_with_her_own(client, ada):
    client.force_login(ada.user)
    assert client.get(HOME)["Location"] == LIST
    assert client.get(SIGN_IN)["Location"] == LIST


@pytest.mark.parametrize(("page", "scope"), [(REGISTER, "register"), (SIGN_IN, "sign-in")])
def test_passwords_cannot_be_tried_without_end(client, page, scope):
    """Row 2: forms for accounts are throttled as the API is."""
    most = int(settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"][scope].partition("/")[0])
    answers = [client.post(page, {"username": "ada", "password": "x"}).status_code for _ in range(most)]
    assert set(answers) == {200}
    refused = client.post(page, {"username": "ada", "password": "x"})
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert "Nothing has been done this time" in refused.text
    assert client.get(page).status_code == 200


def test_a_part_of_a_page_is_no_place_for_the_form_to_sign_in(client):
    """Row 2: a session that has ended takes the whole page along."""
    here = "http://testserver/personas/mine/?view=table"
    asked = {"HX-Request": "true", "HX-Current-URL": here}
    answer = client.get(f"{LIST}?ordering=name", headers=asked)
    assert answer.status_code == 200
    assert answer["HX-Redirect"] == f"{SIGN_IN}?next=/personas/mine/%3Fview%3Dtable"


@pytest.mark.parametrize("page", [HOME, REGISTER, SIGN_IN])
def test_pages_are_in_english_whatever_a_browser_asks_for(client, page):
    answer = client.get(page, headers={"Accept-Language": "id"})
    assert answer["Content-Language"] == "en-gb"
    assert "Masuk" not in answer.text


def test_what_is_an_authors_own_is_kept_by_no_proxy(client, ada):
    """Row 46: nobody is shown what was meant for another."""
    client.force_login(ada.user)
    assert "private" in client.get(LIST)["Cache-Control"]


def test_of_two_who_want_one_name_at_once_the_second_is_told(client, ada, monkeypatch):
    """Row 1: a name that is taken between the check and the write is no error of the server."""
    monkeypatch.setattr("personas.pages.accounts.RegistrationForm.clean_username", lambda form: "ada")
    monkeypatch.setattr("personas.pages.accounts.RegistrationForm.validate_unique", lambda form: None)
    response = registered(client, username="ada")
    assert "username" in errors_of(response)
    assert not is_signed_in(client)
