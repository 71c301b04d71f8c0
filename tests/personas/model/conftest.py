"""The language model of the tests in this folder."""

from __future__ import annotations

import pytest

from tests.personas.model.fake import Server


@pytest.fixture
def server(httpserver, settings):
    """Have a fake server be the language model."""
    found = Server(httpserver)
    options = {"BASE_URL": found.address, "API_KEY": "key-0815", "MODEL": "fake", "TIMEOUT": 5.0, "RETRIES": 0}
    settings.PERSONAS = {
        **settings.PERSONAS,
        "LANGUAGE_MODEL": "personas.language_model.openai.OpenAIModel",
        "OPENAI": options,
    }
    return found
