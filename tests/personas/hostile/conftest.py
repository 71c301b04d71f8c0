"""One author, as a program and before a browser."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.fixture
def api(ada):
    """Give a client of the API, with its author's token."""
    from rest_framework_simplejwt.tokens import AccessToken

    return Client(headers={"Authorization": f"Bearer {AccessToken.for_user(ada.user)}"})


@pytest.fixture
def browser(ada):
    """Give a browser in which the same author is signed in."""
    client = Client()
    client.force_login(ada.user)
    return client
