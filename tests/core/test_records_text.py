"""Records of texts: the fields of a form, the cells of a row, read in the language of whoever wrote them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from jsonattrs_core import Attribute, Schema, compose
from tests.core.fake_language import REGISTRY


def read(text, language=None, **properties):
    """Return the clean value of one cell, or the codes of its problems by their paths."""
    one = compose(Schema("s", [Attribute("x", **properties)])).compile(REGISTRY)
    result = one.check({"x": text}, from_text=True, language=language)
    if result.ok:
        return result.value["x"]
    assert result.value == {}
    return {problem.path[1:]: problem.code for problem in result.problems}


@pytest.mark.parametrize(
    ("type_", "text", "value"),
    [
        ("text", " a b ", "a b"),
        ("text", "5", "5"),
        ("text", "a;b", "a;b"),
        ("integer", "12", 12),
        ("integer", " -12 ", -12),
        ("integer", "+5", 5),
        ("integer", "007", 7),
        ("integer", "3.0", 3),
        ("integer", "9223372036854775807", 2**63 - 1),
        ("integer", "9007199254740993.0", 9007199254740993),
        ("float", "1.5", 1.5),
        ("float", " 1e3 ", 1000.0),
        ("float", "2", 2.0),
        ("float", "-0", 0.0),
        ("decimal", " 1.50 ", Decimal("1.50")),
        ("decimal", "-0.0", Decimal("0.0")),
        ("boolean", "true", True),
        ("boolean", "FALSE", False),
        ("boolean", "1", True),
        ("boolean", "0", False),
        ("date", " 2024-02-29 ", date(2024, 2, 29)),
        ("datetime", "2024-02-29T12:00:00+02:00", datetime(2024, 2, 29, 10, tzinfo=UTC)),
        ("time", "23:59", time(23, 59)),
        ("duration", "P1DT12H", timedelta(days=1, hours=12)),
        ("uuid", "0" * 31 + "A", UUID(int=10)),
        ("object", ' {"a": [1, null]} ', {"a": [1, None]}),
    ],
    ids=repr,
)
def test_a_cell_is_read_as_its_type(type_, text, value):
    found = read(text, type=type_)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("type_", "text", "code"),
    [
        ("integer", "x", "format"),
        ("integer", "1_000", "format"),
        ("integer", "0x10", "format"),
        ("integer", "\u0663", "format"),
        ("integer", "true", "format"),
        ("integer", "9223372036854775808", "max"),
        ("integer", "nan", "format"),
        ("integer", "9" * 5000, "syntax"),
        ("float", "inf", "format"),
        ("float", "NaN", "format"),
        ("float", "1e999", "format"),
        ("float", "1_0", "format"),
        ("decimal", "NaN", "format"),
        ("decimal", "9" * 101, "too_large"),
        ("boolean", "maybe", "format"),
        ("boolean", "2", "format"),
        ("date", "31/12/2024", "format"),
        ("date", "2024-02-30", "format"),
        ("datetime", "2024-01-01T00:00:00", "format"),
        ("time", "25:00", "format"),
        ("duration", "1 day", "format"),
        ("uuid", "x", "format"),
        ("object", "[1]", "type"),
        ("object", "5", "type"),
        ("object", "{", "syntax"),
        ("object", '{"a": 1, "a": 2}', "syntax"),
        ("object", '{"a": {"b": 1, "b": 1}}', "syntax"),
        ("object", '{"a": ' + "9" * 5000 + "}", "syntax"),
        ("object", '{"a": ' * 100_000, "syntax"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_cell_that_cannot_be_read(type_, text, code):
    assert read(text, type=type_) == {(): code}


@pytest.mark.parametrize("number", ["nan", "NaN", "Infinity", "-Infinity"])
def test_what_json_has_not_is_not_read_as_json(number):
    assert set(read(f'{{"a": {number}}}', type="object").values()) <= {"syntax", "format"}


@pytest.mark.parametrize(
    "type_", sorted(set(REGISTRY.base_types) - {f"{name}@jsonattrs" for name in REGISTRY.base_types})
)
@pytest.mark.parametrize("multiple", [False, True], ids=["single", "multiple"])
@pytest.mark.parametrize("blank", ["", " ", "\t \r\n", "\u00a0"], ids=repr)
def test_a_blank_cell_is_null_of_every_type(type_, multiple, blank):
    if "@" in type_:
        return
    assert read(blank, type=type_, multiple=multiple) is None
    assert read(blank, type=type_, multiple=multiple, required=True) == {(): "required"}


def test_a_column_that_is_not_there_is_missing():
    attributes = [
        Attribute("x", "integer", default=5),
        Attribute("y", "integer", required=True),
        Attribute("z", "text"),
    ]
    one = compose(Schema("s", attributes)).compile(REGISTRY)
    result = one.check({"z": ""}, from_text=True)
    assert result.value == {"x": 5, "z": None}
    assert [(p.path, p.code) for p in result.problems] == [(("y",), "required")]


WORDS = {
    "en": ("yes Yes TRUE true y t on 1", "no No FALSE false n f off 0"),
    "de": ("ja JA wahr", "nein Nein falsch"),
    "fr": ("oui Oui vrai", "non NON faux"),
    "id": ("ya Ya benar", "tidak TIDAK salah"),
}


@pytest.mark.parametrize("language", WORDS)
def test_words_for_true_and_false_in_the_language(language):
    for words, value in zip(WORDS[language], (True, False), strict=True):
        for word in words.split():
            for tag in (language, f"{language}-XX", f"{language}_XX", language.upper()):
                assert read(f" {word} ", tag, type="boolean") is value, (word, tag)


@pytest.mark.parametrize("language", WORDS)
def test_the_words_of_files_and_programs_are_understood_in_every_language(language):
    for word, value in (("true", True), ("1", True), ("false", False), ("0", False)):
        assert read(word, language, type="boolean") is value


@pytest.mark.parametrize(
    ("word", "language"), [("ja", "en"), ("ja", None), ("oui", "de"), ("ya", "fr"), ("wahr", "xx")], ids=str
)
def test_a_word_of_another_language_is_not_guessed(word, language):
    assert read(word, language, type="boolean") == {(): "format"}


@pytest.mark.parametrize("value", [1, 0, "true", "1", "yes", 1.0], ids=repr)
def test_a_boolean_is_read_from_text_alone(value):
    one = compose(Schema("s", [Attribute("x", "boolean")])).compile(REGISTRY)
    assert [p.code for p in one.check({"x": value}).problems] == ["type"]
    assert [p.code for p in one.check({"x": value}, language="en").problems] == ["type"]


@pytest.mark.parametrize(
    ("type_", "text", "outcome"),
    [
        ("text", "a; b ;c d", ["a", "b", "c d"]),
        ("text", "a", ["a"]),
        ("text", "a,b", ["a,b"]),
        ("integer", "1;2; 3.0", [1, 2, 3]),
        ("boolean", "ja;nein;true", [True, False, True]),
        ("date", "2024-01-01;2024-01-02", [date(2024, 1, 1), date(2024, 1, 2)]),
        ("text", "a;;b", {(1,): "required"}),
        ("text", "a; ", {(1,): "required"}),
        ("text", ";", {(0,): "required", (1,): "required"}),
        ("date", "2024-01-01;no", {(1,): "format"}),
        ("integer", "1;99999999999999999999", {(1,): "max"}),
    ],
    ids=repr,
)
def test_the_cell_of_a_multiple_attribute_is_split_at_semicolons(type_, text, outcome):
    assert read(text, "de", type=type_, multiple=True) == outcome


def test_each_item_that_cannot_be_read_is_a_problem_of_its_own():
    assert read("1;x;2;y", type="integer", multiple=True) == {(1,): "format", (3,): "format"}


@pytest.mark.parametrize(
    ("type_", "value", "clean"),
    [("integer", 5, 5), ("boolean", True, True), ("decimal", Decimal("1.5"), Decimal("1.5")), ("text", None, None)],
    ids=repr,
)
def test_what_is_no_text_is_taken_as_it_is(type_, value, clean):
    assert read(value, type=type_) == clean
    assert read([1, 2], type="integer", multiple=True) == [1, 2]
    assert read([1], type="integer") == {(): "type"}


@pytest.mark.parametrize("value", [5, [], {}, b"x", object()], ids=lambda value: type(value).__name__)
def test_bytes_and_other_things_in_a_cell_are_problems(value):
    assert read(value, type="date") == {(): "type"}
