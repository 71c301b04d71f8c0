"""The land registry with its pages: fixtures, for modules that name this one in ``pytest_plugins``."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from landregistry import settings as example
from landregistry.accounts import make_accounts
from landregistry.seeding import seed


@pytest.fixture(scope="module")
def _made(django_db_setup, django_db_blocker):
    """Make all of it once for each module: each test undoes only what it has done itself."""
    with django_db_blocker.unblock(), transaction.atomic():
        seed()
        make_accounts()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def site(_made, db, settings):
    """The site as its settings have it, with the records and the demo accounts; given are clients by account."""
    for name in ("ROOT_URLCONF", "JSONATTRS", "LANGUAGES", "LANGUAGE_CODE", "TEMPLATES"):
        setattr(settings, name, getattr(example, name))
    for name in ("LOGIN_URL", "LOGIN_REDIRECT_URL", "LOGOUT_REDIRECT_URL"):
        setattr(settings, name, getattr(example, name))
    return _client


def _client(username=None, language="en"):
    client = Client(headers={"accept-language": language})
    if username is not None:
        from django.contrib.auth import get_user_model

        client.force_login(get_user_model().objects.get(username=username))
    return client
