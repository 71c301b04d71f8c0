"""JSON that two readers may read as two things is refused, and nothing that is sent is a server error."""

from __future__ import annotations

import io
import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from landregistry.models import Organization, Party, Project
from rest_framework import viewsets
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.rest_framework import ConditionalUpdateMixin, FacetsMixin, StrictJSONParser
from jsonattrs_django.rest_framework.errors import params_of
from jsonattrs_django.rest_framework.parsers import Malformed, strict_json
from jsonattrs_django.rest_framework.schemas import AttributeSchemaMixin
from tests.django.rest.api import API, serializer_class

REFUSED = {
    "empty": (b"", "syntax"),
    "cut-off": (b'{"attrs": {"score": 1', "syntax"),
    "not-quoted": (b"{attrs: 1}", "syntax"),
    "two-values": (b"{} {}", "syntax"),
    "trailing-comma": (b'{"a": 1,}', "syntax"),
    "comment": (b"{} // x", "syntax"),
    "control-character": (b'{"a": "\x01"}', "syntax"),
    "byte-order-mark": (b"\xef\xbb\xbf{}", "syntax"),
    "bad-utf-8": (b'{"a": "\xff"}', "syntax"),
    "surrogates-in-utf-8": (b'{"a": "\xed\xa0\x80"}', "syntax"),
    "twice": (b'{"a": 1, "a": 2}', "syntax"),
    "twice-deep": (b'{"attrs": {"score": 1, "score": 1}}', "syntax"),
    "twice-escaped": (b'{"a": 1, "\\u0061": 2}', "syntax"),
    "half-a-character": (b'{"a": "\\ud800"}', "syntax"),
    "halves-in-the-wrong-order": (b'{"a": ["\\udc00\\ud800"]}', "syntax"),
    "half-a-name": (b'{"a": {"\\uD83D": 1}}', "syntax"),
    "nan": (b'{"a": NaN}', "syntax"),
    "infinity": (b'{"a": Infinity}', "syntax"),
    "minus-infinity": (b'{"a": -Infinity}', "syntax"),
    "1e400": (b'{"a": 1e400}', "syntax"),
    "-1e400": (b'{"a": -1e400}', "syntax"),
    "5000-digits": (b'{"a": 1' + b"0" * 5_000 + b"}", "syntax"),
    "5000-digits-of-a-fraction": (b'{"a": 0.' + b"1" * 5_000 + b"}", "syntax"),
    "nested-lists": (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "too_large"),
    "nested-lists-without-an-end": (b"[" * 100_000, "too_large"),
    "nested-objects": (b'{"a": ' * 5_000 + b"1" + b"}" * 5_000, "too_large"),
    "nested-70": (b"[" * 70 + b"]" * 70, "too_large"),
}
each_refused = pytest.mark.parametrize(("body", "code"), REFUSED.values(), ids=REFUSED)


def parsed(body, encoding="utf-8"):
    return StrictJSONParser().parse(io.BytesIO(body), "application/json", {"encoding": encoding})


@each_refused
def test_what_is_no_json_or_may_be_misread_is_refused(body, code):
    with pytest.raises(ParseError) as caught:
        parsed(body)

    assert caught.value.status_code == 400
    assert caught.value.detail.code == code


def test_the_message_says_where():
    with pytest.raises(ParseError) as caught:
        parsed(b'{"attrs":\n  {"score" 1}}')

    assert str(caught.value.detail) == "This is not valid JSON: look at line 2, column 12."
    assert params_of(caught.value.detail) == {"line": 2, "column": 12}


@pytest.mark.parametrize("encoding", ["bz2", "rot13", "no-such", "base64"])
def test_a_charset_that_is_none_is_refused(encoding):
    with pytest.raises(ParseError, match="charset"):
        parsed(b"{}", encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
def test_a_body_is_read_in_its_charset(encoding):
    assert parsed('{"a": "é"}'.encode(encoding), encoding) == {"a": "é"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(JSON)
def test_all_other_json_is_read_as_it_is(value):
    text = json.dumps(value)

    assert repr(parsed(text.encode())) == repr(json.loads(text))


@given(st.text() | st.text('[]{}",:0123eE.-truefalsn\\u '))
def test_a_text_is_json_or_malformed_and_nothing_else(text):
    found = {}
    with suppress(Malformed):
        found["value"] = strict_json(text)

    assert found == {} or found["value"] == json.loads(text)


def test_both_halves_of_a_character_are_one():
    assert parsed(b'{"a": "\\ud83d\\ude00"}') == {"a": "\U0001f600"}


def test_many_lists_beside_each_other_are_not_deep():
    assert parsed(json.dumps([[{}]] * 1_000).encode()) == [[{}]] * 1_000


# ---- through a view ----


@pytest.fixture
def project(db):
    attributes = [Attribute(kind, kind) for kind in ("integer", "float", "decimal", "text", "object", "date")]
    SchemaRecord.objects.define(Party, [*attributes, Attribute("texts", "text", multiple=True)])
    return Project.objects.create(organization=Organization.objects.create(slug="o", name="O"), slug="p", name="P")


@pytest.mark.parametrize(("body", "code"), [*REFUSED.values()][1:], ids=[*REFUSED][1:])
@pytest.mark.parametrize("method", ["post", "put", "patch"])
def test_a_view_answers_400_and_says_what_is_wrong(project, body, code, method):
    record = Party.objects.create(project=project, name="x")

    answer = API(serializer_class(Party)).send(method, body, **({} if method == "post" else {"pk": record.pk}))

    assert answer.status == 400
    assert answer.json["detail"]["code"] == code
    assert len(answer.json["detail"]["message"]) > 10


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data; boundary=x", "x/y", "x", ""])
def test_other_content_types_are_refused(project, kind):
    answer = API(serializer_class(Party)).post(b'{"name": "x"}', content_type=kind)

    assert answer.status == 415 if kind else answer.status in (400, 415)
    assert answer.json


VALUES = (
    *('"\\ud800"', '"\\udc00\\ud800"', '"\\u0000"', '"a\\u0000b"', "1e308", "-0.0", "1" + "0" * 999, "9" * 400, '""'),
    *("[]", "{}", "[[[[[[[[[[[[[]]]]]]]]]]]]]", '{"\\ud800": 1}', '{"\\u0000": 1}', '{"a": "\\ud800"}', "true", "null"),
    *('"' + "x" * 200_000 + '"', "[" + "1," * 5_000 + "1]", '{"": {"": {"": 1}}}', "5e-324", '"1e400"', '"\\u202e"'),
)
PLACES = ("integer", "float", "decimal", "text", "object", "date", "texts", "no_such", "\\ud800", "\\u0000", "", "$x")


@pytest.mark.parametrize("place", [*PLACES, "attrs itself", "name itself", "project itself", "type itself", "all"])
def test_no_value_anywhere_is_a_server_error(project, place):
    api = API(serializer_class(Party))
    record = Party.objects.create(project=project, name="x")
    outer, is_whole, _ = place.partition(" itself")

    for value in VALUES:
        members = {"project": str(project.pk), "name": '"x"', "type": '"IN"', "attrs": "{}"}
        members = {**members, outer: value} if is_whole else {**members, "attrs": f'{{"{place}": {value}}}'}
        body = value if place == "all" else "{" + ", ".join(f'"{name}": {text}' for name, text in members.items()) + "}"
        answers = [api.post(body), api.put(body, pk=record.pk), api.patch(body, pk=record.pk), api.post(f"[{body}]")]
        assert {answer.status for answer in answers} <= {200, 201, 400}, value[:50]


def refusal(text):
    with pytest.raises(ParseError) as caught:
        parsed(text.encode())
    return str(caught.value.detail), params_of(caught.value.detail)


LINES = '[{"a": "NaN", "b": "1e400"},\n {"a": [1, "]"], "b": {"a": 1}},\n '


@pytest.mark.parametrize("second", ['"b"', '"\\u0062"'])
def test_a_name_that_occurs_twice_is_told_with_its_place(second):
    text, params = refusal(f'{LINES}{{"b": {{"b": 1}}, "a": 2, {second}: 3}}]')

    assert params == {"name": "b", "line": 3, "column": 26}
    assert text == "The name b occurs twice in one object: look at line 3, column 26."


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e400", "9" * 5_000, "0." + "1" * 5_000])
def test_a_number_that_cannot_be_read_is_told_with_its_place(number):
    text, params = refusal(f'{LINES}{{"a": {number}}}]')

    assert (params["line"], params["column"]) == (3, 8)
    assert text.endswith("Look at line 3, column 8.")


def test_half_a_character_is_told_with_its_place():
    assert refusal(LINES + '{"a": "\\ud83d\\ude00", "b": "\\ud83d"}]')[1]["column"] == 29


@settings(max_examples=300)
@given(st.text(alphabet='"\\{}[]:,ab 1-.eNaN\n', max_size=40))
def test_whatever_is_sent_is_read_or_refused(text):
    with suppress(Malformed):
        strict_json(text)


def test_mixins_have_json_parsed_strictly_in_views_that_say_nothing(db):
    for mixin in (ConditionalUpdateMixin, FacetsMixin, AttributeSchemaMixin):
        view = type("View", (mixin, viewsets.ModelViewSet), {"serializer_class": serializer_class(Party)})()
        assert [type(each).__name__ for each in view.get_parsers()] == [
            "StrictJSONParser",
            "FormParser",
            "MultiPartParser",
        ]


class Own(JSONParser):
    """A parser of the project's."""


def test_parsers_of_the_projects_own_stay(db):
    view = type("View", (ConditionalUpdateMixin, viewsets.ModelViewSet), {"parser_classes": [Own]})()

    assert [type(each) for each in view.get_parsers()] == [Own]


@pytest.mark.parametrize("levels", [70, 900, 50_000])
@pytest.mark.parametrize("place", ["attrs", "score", "unknown", "project"])
def test_deep_values_from_another_parser_are_refused(db, place, levels):
    SchemaRecord.objects.define(Party, [Attribute("score", "integer")])
    deep = []
    for _ in range(levels):
        deep = [deep]
    body = {"type": "IN", "name": "x", "attrs": {}}
    sent = {place: deep} if place in ("attrs", "project") else {"attrs": {place: deep}}
    made = serializer_class(Party)(data={**body, **sent})

    assert not made.is_valid()
