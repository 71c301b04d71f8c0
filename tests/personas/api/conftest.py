"""Clients of the API: nobody's, and authors'. Django is set up before they are."""

from __future__ import annotations

import pytest


@pytest.fixture
def client_of(db):
    """Give what makes the client of an author; of None that of somebody who has not logged in."""
    from tests.personas.api.clients import Client

    return Client


@pytest.fixture
def nobody(client_of):
    """Give a client who has not logged in."""
    return client_of()


@pytest.fixture
def hers(client_of, ada):
    """Give the client of one author."""
    return client_of(ada)


@pytest.fixture
def his(client_of, ben):
    """Give the client of another author."""
    return client_of(ben)
