"""The first page, and the pages of errors."""

from __future__ import annotations

import pytest
from demo import errors
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.test import Client
from django.urls import resolve

pytestmark = pytest.mark.django_db


def test_the_first_page_leads_to_both(client):
    page = client.get("/").content.decode()
    for address in ("/personas/", "/land-registry/", "/admin/"):
        assert f'href="{address}"' in page


def test_its_picture_is_where_browsers_look(client):
    assert client.get("/favicon.ico").url == "/static/demo/icon.svg"


@pytest.mark.parametrize("address", ["/nothing/", "/nothing"])
def test_where_there_is_nothing_it_says_where_to_go(client, address):
    answer = client.get(address, follow=True)
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()
    assert 'href="/personas/"' in answer.content.decode()


def test_an_application_shows_its_own_pages_of_errors(client):
    answer = client.get("/land-registry/parties/1/")
    assert answer.status_code == 404
    assert "There is no such page in this register" in answer.content.decode()


def test_an_author_is_told_that_there_is_nothing_of_hers(ada, client):
    client.force_login(ada.user)
    answer = client.get("/personas/999/")
    assert answer.status_code == 404
    assert "nothing of yours" in answer.content.decode()
    assert 'href="/personas/mine/"' in answer.content.decode()


HANDLERS = {
    400: (errors.bad_request, SuspiciousOperation("x")),
    403: (errors.permission_denied, PermissionDenied()),
    404: (errors.not_found, Http404()),
    500: (errors.server_error,),
}


@pytest.mark.parametrize("code", HANDLERS)
def test_there_is_a_page_for_each_error(rf, code):
    handler, *exception = HANDLERS[code]
    answer = handler(rf.get("/"), *exception)
    assert answer.status_code == code
    assert f">{code}</p>" in answer.content.decode()


@pytest.mark.parametrize("code", [400, 500])
def test_programs_are_told_in_json(rf, code):
    handler, *exception = HANDLERS[code]
    request = rf.get("/land-registry/api/parties/")
    request.resolver_match = resolve(request.path)
    answer = handler(request, *exception)
    assert answer.status_code == code
    assert answer["Content-Type"] == "application/json"


def test_a_form_of_another_site_is_refused_in_words():
    answer = Client(enforce_csrf_checks=True).post("/land-registry/sign-in/", {"username": "x", "password": "x"})
    assert answer.status_code == 403
    assert "load the page again" in answer.content.decode()
