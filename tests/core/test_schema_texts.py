"""A text of a schema, in the language of whoever reads it."""

from __future__ import annotations

import pytest

from jsonattrs_core import UNSET, text_in

TEXT = {"en": "Area", "de": "Fläche", "pt": "Área", "pt-BR": "Área!"}


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param(TEXT, "de", "Fläche", id="language"),
        pytest.param(TEXT, "DE_at", "Fläche", id="parent"),
        pytest.param(TEXT, "pt-br", "Área!", id="case"),
        pytest.param(TEXT, "pt-pt", "Área", id="sibling"),
        pytest.param(TEXT, "fr", "Area", id="default"),
        pytest.param(TEXT, None, "Area", id="no-language"),
        pytest.param({"fr": "Aire", "id": "Luas"}, "nl", "Aire", id="any"),
        pytest.param("Area", "de", "Area", id="plain"),
        pytest.param(UNSET, "de", "", id="unset"),
        pytest.param(None, "de", "", id="none"),
        pytest.param({}, "de", "", id="empty"),
    ],
)
def test_a_text_is_given_in_the_nearest_language(text, language, expected):
    assert text_in(text, language) == expected


def test_the_default_language_is_that_of_the_schema():
    assert text_in(TEXT, "fr", "de") == "Fläche"
    assert text_in(TEXT, "fr", "de-ch") == "Fläche"
