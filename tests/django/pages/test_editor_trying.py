"""Trying a value: what would be stored for what somebody types, and how that reads, or why it is refused."""

from __future__ import annotations

import logging
import re
from html import unescape

import pytest
from django.utils import translation
from django.views.debug import get_default_exception_reporter_filter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jsonattrs_core import Attribute, Schema, compose
from jsonattrs_django.editor.trying import Trial
from jsonattrs_django.models import DraftRecord
from tests.django.pages.editor import Land, user

BY_SCRIPT = {"X-Requested-With": "XMLHttpRequest"}

SCHEMA = compose(
    Schema(
        "Everything",
        [
            Attribute("text", "text", constraints={"max_length": 10}),
            Attribute("lines", "text", constraints={"multiline": True}),
            Attribute("demanded", "text", required=True),
            Attribute("post_code", "text", subtype="gb-post-code"),
            Attribute("whole", "integer", constraints={"min": 1}),
            Attribute("number", "float"),
            Attribute("amount", "decimal", constraints={"decimal_places": 2}),
            Attribute("yes", "boolean"),
            Attribute("agreed", "boolean", choices=[True]),
            Attribute("day", "date"),
            Attribute("moment", "datetime"),
            Attribute("clock", "time"),
            Attribute("takes", "duration"),
            Attribute("id_", "uuid"),
            Attribute("data", "object"),
            Attribute("kind", "text", choices=["a", ("b", {"en": "Barn", "id": "Lumbung"}), ("c", "Cow")]),
            Attribute("kinds", "text", multiple=True, choices=["a", ("b", "Barn")], constraints={"max_items": 2}),
            Attribute("tags", "text", multiple=True),
            Attribute("days", "date", multiple=True),
            Attribute("country", "text", subtype="country-code"),
            Attribute("hidden", "text", visible_if="yes", required_if="!yes", unique=True),
            Attribute("agent", "reference", constraints={"model": "landregistry.Party"}),
        ],
    )
)


def tried(name, text, language="en", by=None):
    """Return what is said: the problems, or what is stored and how it reads."""
    with translation.override(language):
        answer = Trial(SCHEMA, name, text, by).answer
    if answer is None:
        return None
    return list(answer.problems) or ("; ".join(answer.stored), "; ".join(answer.reads))


@pytest.mark.parametrize(
    ("name", "text", "language", "said"),
    [
        ("text", "  Ann ", "en", ("Ann", "Ann")),
        ("text", "a longer text", "en", ["Use at most 10 characters."]),
        ("post_code", "ec1y8sy", "en", ("EC1Y 8SY", "EC1Y 8SY")),
        ("post_code", "nonsense", "en", ["Enter this in the right form, such as EC1Y 8SY (Post code)."]),
        ("whole", "1 000", "en", ["Enter a whole number in digits, without thousands separators, such as 1250."]),
        ("whole", "0", "en", ["The value must be 1 or more."]),
        ("number", "1.50", "en", ("1.5", "1.5")),
        ("number", "1,50", "id", ("1.5", "1,5")),
        ("amount", "1.50", "en", ("1.50", "1.50")),
        ("amount", "1.505", "en", ["Use at most 2 decimal places."]),
        ("yes", "true", "en", ("Yes", "Yes")),
        ("yes", "Yes", "en", ("Yes", "Yes")),
        ("yes", "no", "en", ("No", "No")),
        ("agreed", "yes", "en", ("Yes", "Yes")),
        ("day", "2024-02-29", "en", ("2024-02-29", "Feb. 29, 2024")),
        ("clock", "9:30", "en", ["Enter a time of day in the form HH:MM or HH:MM:SS, such as 23:59."]),
        ("moment", "2024-02-29T10:00", "en", ("2024-02-29T16:00:00Z", "Feb. 29, 2024, 10 a.m.")),
        ("data", '{"street": "Hill", "no": [1, null, true]}', "en", ("street: Hill; no: (1; nothing; Yes)",) * 2),
        ("data", "street: Hill", "en", None),
        ("kind", "b", "en", ("b", "Barn")),
        ("kind", "barn", "en", ("b", "Barn")),
        ("kind", "lumbung", "id", ("b", "Lumbung")),
        ("kind", "mill", "en", ["Choose one of these: a, Barn, Cow."]),
        ("kinds", "a\nmill", "en", ["Choose one of these: a, Barn."]),
        ("agreed", "no", "en", ["Choose one of these: Yes."]),
        ("agreed", "no", "de", ["Wählen Sie einen dieser Werte: Ja."]),
        ("kinds", "Barn\n\na", "en", ("b; a", "Barn; a")),
        ("kinds", "Barn\na\na", "en", ["Give at most 2 values."]),
        ("tags", "x\n\n y ", "en", ("x; y", "x; y")),
        ("days", "2024-02-29\nnever", "en", None),
        ("country", "de", "en", ("DE", "Germany")),
        ("country", "Jerman", "id", ("DE", "Jerman")),
        ("hidden", "anything", "en", ("anything", "anything")),
        ("demanded", " ", "en", ["A value is required."]),
        ("hidden", " ", "en", None),
        ("text", "", "en", None),
    ],
)
def test_what_becomes_of_a_value(name, text, language, said):
    found = tried(name, text, language)
    if said is None and text.strip():
        assert isinstance(found, list)  # problems, in the words of the engine
    else:
        assert found == said


def test_what_is_far_too_long_is_not_looked_at():
    assert tried("tags", "x\n" * 150_000) == ["This is too long to be tried here."]


def test_an_attribute_that_is_none_is_the_first_one():
    assert Trial(SCHEMA, "nobody", "x").name == "text"
    nothing = Trial(compose(), "nobody", "x")
    assert (nothing.name, nothing.attributes, nothing.answer, nothing.help) == ("", [], None, "")


def test_the_help_has_an_example():
    assert Trial(SCHEMA, "post_code").help == "For example: EC1Y 8SY"


@pytest.mark.django_db
def test_references_are_to_records_that_the_user_may_choose():
    land = Land()
    party = land.party(name="Ann Smith")
    ida, eve = user("ida", "view_party"), user("eve")
    assert tried("agent", f" {party.pk} ", by=ida) == (str(party.pk), "Ann Smith")
    assert tried("agent", str(party.pk), by=eve) == tried("agent", str(party.pk + 1), by=ida)
    assert tried("agent", "ann smith", by=ida) == (str(party.pk), "Ann Smith"), "people know no keys"
    land.party(name="Ann Smithson")
    assert tried("agent", "ann", by=ida) == ["Several records are found for this. Write more of what it is called."]
    assert tried("agent", "ann", by=eve) == ["This value is not in the right form."], "she may refer to none"
    assert tried("agent", "9" * 30, by=ida) == ["This value is not in the right form."]


# ---- nothing that is typed is an error, is kept, or is logged ----

HOSTILE = st.one_of(
    st.text(),
    st.text(alphabet="\0\n\r\t\u202e\u200f\ud800 ;[]{}\"'<>&=,.-+eE0123456789TZ:/%\\"),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "%(text)s %s %d",
            "{{ x }}{% x %}",
            "[" * 5_000,
            "1" * 6_000,
            "1e999",
            "-1e-999",
            "nan",
            "0x1f",
            "٣",
            "9999-12-31T23:59:59-23:59",
            "0001-01-01T00:00+23:59",
            "P99999999999D",
            '{"a": 1, "a": 2}',
            '["\\ud800"]',
            "\N{COMBINING ACUTE ACCENT}" * 50,
        ]
    ),
)


@pytest.mark.django_db
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(name=st.sampled_from(list(SCHEMA)), text=HOSTILE, language=st.sampled_from(["en", "id", "ar", "de"]))
def test_no_text_makes_it_raise_and_none_is_logged(caplog, name, text, language):
    caplog.clear()
    with caplog.at_level(logging.DEBUG), translation.override(language):
        trial = Trial(SCHEMA, name, text, None)
        answer = trial.answer
        assert trial.help is not None
    if answer is None:
        assert not text.strip() or name in ("lines", "tags", "kinds", "days", "text")
    elif len(text.strip()) > 12:
        assert all(text.strip() not in problem for problem in answer.problems)
        assert text.strip() not in caplog.text


@pytest.mark.django_db
class TestPage:
    @pytest.fixture
    def land(self):
        land = Land()
        land.define(
            (), Attribute("score", "integer"), Attribute("code", "text", subtype="gb-post-code"), name="Parties"
        )
        return land

    @pytest.fixture
    def admin(self, client):
        client.force_login(user("ada", is_superuser=True))
        return client

    def text_of(self, response):
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())

    def test_it_works_by_posting_its_form(self, land, admin):
        page = admin.post(land.url("try", land.north), {"attribute": "code", "value": "ec1y8sy"})
        assert "Accepted Stored EC1Y 8SY For example: EC1Y 8SY" in self.text_of(page)
        assert '<option value="code" selected>Code</option>' in page.content.decode()
        assert ">\nec1y8sy</textarea>" in page.content.decode()

    def test_a_script_gets_the_answer_alone(self, land, admin):
        data = {"attribute": "code", "value": "nonsense"}
        answer = admin.post(land.url("try", land.north), data, headers=BY_SCRIPT)
        assert self.text_of(answer) == (
            "Refused Enter this in the right form, such as EC1Y 8SY (Post code). For example: EC1Y 8SY"
        )
        assert answer["Content-Type"] == "text/html; charset=utf-8"
        assert "no-store" in answer["Cache-Control"]

    def test_a_link_chooses_the_attribute_and_carries_no_value(self, land, admin):
        page = admin.get(f"{land.url('try', land.north)}&_attribute=code&value=ec1y8sy&attribute=score")
        assert '<option value="code" selected>Code</option>' in page.content.decode()
        assert "EC1Y 8SY</bdi>" not in page.content.decode()
        assert "ec1y8sy" not in page.content.decode()

    def test_nothing_is_refused_before_anything_is_tried(self, land, admin):
        land.define((), Attribute("score", "integer", required=True), name="Parties")
        url = land.url("try", land.north)
        assert "Refused" not in self.text_of(admin.get(url))
        assert "Refused A value is required." in self.text_of(admin.post(url, {"attribute": "score", "value": ""}))

    def test_it_is_beside_the_draft(self, land, admin):
        page = admin.get(land.url("schema", land.north)).content.decode()
        assert f'<form method="post" action="{land.url("try", land.north)}"' in page

    def test_what_is_blank_stores_nothing(self, land, admin):
        page = admin.post(land.url("try", land.north), {"attribute": "score", "value": "  "})
        assert "Nothing is stored for this: it is blank." in self.text_of(page)

    def test_an_attribute_can_be_tried_though_another_one_has_faults(self, land, admin):
        draft = land.draft(land.north)
        draft.put({"key": "x", "name": "x", "type": "texxt"})
        draft.save(None)
        url = land.url("try", land.north)
        assert "Accepted Stored 7" in self.text_of(admin.post(url, {"attribute": "score", "value": "7"}))
        page = admin.post(url, {"attribute": "x", "value": "7"})
        assert "Refused schema 'Northern parties', attribute 'x': unknown base type 'texxt'" in self.text_of(page)

    def test_what_is_typed_is_shown_as_text(self, land, admin):
        hostile = "</textarea><script>alert(1)</script>"
        draft = land.draft(land.north)
        draft.put({"key": "x", "name": "x", "type": "text", "choices": [{"value": "<b>x</b>", "label": hostile}]})
        draft.save(None)
        for name, value in (("score", hostile), ("x", hostile), ("x", "<b>x</b>"), (hostile, hostile)):
            for headers in ({}, BY_SCRIPT):
                answer = admin.post(
                    land.url("try", land.north), {"attribute": name, "value": value}, headers=headers
                ).content.decode()
                assert "<script>alert" not in answer
                assert "<b>x" not in answer

    def test_nothing_that_is_typed_is_kept(self, land, admin):
        admin.post(land.url("try", land.north), {"attribute": "code", "value": "ec1y8sy"})
        assert not DraftRecord.objects.exists()

    def test_error_reports_do_not_have_what_is_typed(self, land, client, monkeypatch):
        client.force_login(user("ada", is_superuser=True))
        client.raise_request_exception = False
        monkeypatch.setattr("jsonattrs_django.editor.views.trying.Trial", _raise)
        monkeypatch.setattr("jsonattrs_django.editor.views.preview.Preview", _raise)
        for page in ("try", "preview"):
            response = client.post(land.url(page, land.north), {"value": "secret", "attrs__score": "secret"})
            assert response.status_code == 500
            hidden = get_default_exception_reporter_filter().get_post_parameters(response.wsgi_request)
            assert set(hidden.values()) == {"********************"}

    def test_who_may_not_edit_the_scope_may_not_try(self, land, client):
        client.force_login(user("eve"))
        assert client.post(land.url("try", land.north), {"attribute": "score", "value": "1"}).status_code == 403


def _raise(*_args, **_kwargs):
    raise RuntimeError("as it might")
