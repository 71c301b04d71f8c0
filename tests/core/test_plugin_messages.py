"""Problem codes of plugins, and the messages that they bring along."""

from __future__ import annotations

import importlib

import pytest

from jsonattrs_core import Invalid, Registry, render
from jsonattrs_core.messages import TEXTS
from tests.core.throwaway import checking, empty_site, schema


@pytest.fixture
def site(tmp_path, monkeypatch):
    yield from empty_site(tmp_path, monkeypatch)


# ---- codes and messages of its own ----

WITH_MESSAGES = """
def check(value):
    if value == "bad":
        raise Invalid("acme.not-assigned", limit=5)
    if value == "worse":
        raise Invalid("format")
    return value


@hookimpl
def jsonattrs_subtypes():
    return [
        Subtype(
            base="text", name="acme-code", load=check, label="L", summary="S", examples=(), invalid_examples=(),
            codes={"acme.not-assigned": "Nobody has number %(limit)s.", "format": "Write it as the card does."},
        )
    ]
"""

CATALOG = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Nobody has number %(limit)s."
msgstr "Niemand hat die Nummer %(limit)s."
"""


@pytest.fixture
def acme_validator(site):
    """Validator of a subtype whose plugin has messages of its own, and a German catalog."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    site.install("jsonattrs-acme", WITH_MESSAGES)
    po = site.write("jsonattrs_acme/locale/de/LC_MESSAGES/jsonattrs-acme.po", CATALOG)
    with po.open("rb") as source, po.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, read_po(source))
    messages = importlib.import_module("jsonattrs_core.messages")
    messages._catalog.cache_clear()
    yield schema("acme-code").compile(Registry.installed())
    messages._catalog.cache_clear()


def test_a_code_of_its_own_is_said_in_its_own_words(acme_validator):
    [problem] = acme_validator.check({"code": "bad"}).problems

    assert (problem.code, problem.provider) == ("acme.not-assigned", "acme")
    assert str(problem) == "Nobody has number 5."
    assert problem.as_dict("de") == {
        "code": "acme.not-assigned",
        "message": "Niemand hat die Nummer 5.",
        "params": {"limit": 5},
    }


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("de", "Niemand hat die Nummer 5."),
        ("de-AT", "Niemand hat die Nummer 5."),
        ("fr", "Nobody has number 5."),
        ("xx", "Nobody has number 5."),
        (None, "Nobody has number 5."),
        ("../../../etc", "Nobody has number 5."),
    ],
)
def test_its_catalog_is_that_of_its_domain(acme_validator, language, message):
    [problem] = acme_validator.check({"code": "bad"}).problems

    assert render(problem, language) == message


def test_a_code_of_the_core_may_have_its_own_words(acme_validator):
    [problem] = acme_validator.check({"code": "worse"}).problems

    assert (problem.code, str(problem)) == ("format", "Write it as the card does.")


def test_a_code_of_its_own_without_words_has_those_of_the_core():
    def check(value):
        raise Invalid("acme.odd")

    [problem] = schema("acme-code").compile(checking(check, codes=("acme.odd",))).check({"code": "x"}).problems

    assert (problem.code, str(problem)) == ("acme.odd", TEXTS["format"])
    assert render(problem, "de") not in ("", "acme.odd", str(problem))
