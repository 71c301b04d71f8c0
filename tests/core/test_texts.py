"""Values as texts: what people read and edit, and how a plugin's text formats take the place of the core's."""

from __future__ import annotations

import logging
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jsonattrs_core import (
    Attribute,
    Invalid,
    PluginError,
    Registry,
    Schema,
    Subtype,
    TextFormat,
    compose,
    fold_digits,
    hookimpl,
)
from jsonattrs_core.compiler.texts import _Late

PLAIN = Registry.from_plugins()
LANGUAGES = st.sampled_from(("en", "de", "de-CH", "fr", "id", "pt_BR", "es-MX", "xx-unknown", None))


def validator(*attributes, registry=PLAIN):
    return compose(Schema("texts", attributes)).compile(registry)


def one(kind, registry=PLAIN, **properties):
    return validator(Attribute("value", kind, **properties), registry=registry)


VALUES = {
    "text": st.text("abc XYZ,.-/09\\\";[]").filter(str.strip),
    "integer": st.integers(-(2**63), 2**63 - 1),
    "float": st.floats(allow_nan=False, allow_infinity=False),
    "decimal": st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30),
    "boolean": st.booleans(),
    "date": st.dates(),
    "datetime": st.datetimes(timezones=st.just(UTC), min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)),  # noqa: DTZ001 - hypothesis adds the zone
    "time": st.times(),
    "duration": st.timedeltas(min_value=timedelta(days=-100_000), max_value=timedelta(days=100_000)),
    "uuid": st.uuids(),
    "object": st.dictionaries(st.text("abc"), st.integers(-5, 5) | st.text("xy;"), min_size=1),
}  # fmt: skip


@pytest.mark.parametrize("kind", VALUES)
@given(data=st.data(), language=LANGUAGES)
def test_a_text_is_read_as_the_value_that_it_was_written_for(kind, data, language):
    single = one(kind)
    clean = single.validate({"value": data.draw(VALUES[kind])})
    texts = single.to_text(clean, language=language)
    assert single.check(texts, from_text=True, language=language).value == clean


@pytest.mark.parametrize("kind", VALUES)
@given(data=st.data(), language=LANGUAGES)
def test_so_are_lists(kind, data, language):
    several = one(kind, multiple=True)
    clean = several.validate({"value": data.draw(st.lists(VALUES[kind], min_size=1, max_size=3))})
    texts = several.to_text(clean, language=language)
    assert several.check(texts, from_text=True, language=language).value == clean


@pytest.mark.parametrize(
    ("kind", "value", "language", "text"),
    [
        ("decimal", Decimal("1234.50"), "en", "1234.50"),
        ("decimal", Decimal("1.234"), "de", "1,234"),
        ("decimal", Decimal("1.234"), "de-CH", "1.234"),
        ("float", 2.5, "id", "2,5"),
        ("boolean", True, "de", "true"),
        ("date", date(2024, 2, 29), "de", "2024-02-29"),
        ("text", "North field", None, "North field"),
        ("object", {"a": "\u00fc"}, "en", '{"a": "\u00fc"}'),
        ("integer", None, "en", ""),
    ],
)
def test_how_it_looks(kind, value, language, text):
    assert one(kind).to_text({"value": value}, language=language) == {"value": text}


def test_lists_are_written_as_they_are_read():
    assert one("integer", multiple=True).to_text({"value": [1, 2]}) == {"value": "1; 2"}
    assert one("object", multiple=True).to_text({"value": [{"a": 1}, {}]}) == {"value": '[{"a": 1}, {}]'}


@pytest.mark.parametrize(
    ("texts", "written"),
    [
        (["a;b", "c"], '["a;b", "c"]'),
        (["[a]", "b"], "[a]; b"),
        (['["a"]'], '["[\\"a\\"]"]'),
        (["[1, 2]"], "[1, 2]"),
    ],
)
def test_texts_that_a_semicolon_would_split_are_written_as_json(texts, written):
    several = one("text", multiple=True)
    assert several.to_text({"value": texts}) == {"value": written}
    assert several.check({"value": written}, from_text=True).value == {"value": texts}


def test_a_long_text_of_many_values_is_read_until_there_are_too_many_problems():
    several = one("integer", multiple=True)
    problems = several.check({"value": "x;" * 200_000}, from_text=True).problems
    assert len(problems) == 1001
    assert problems[-1].code == "too_large"


def test_a_value_that_is_broken_in_storage_is_written_somehow():
    assert one("date").to_text({"value": "yesterday"}) == {"value": "yesterday"}
    assert one("integer", multiple=True).to_text({"value": 7}) == {"value": "7"}


def test_a_name_of_no_attribute_is_a_key_error():
    with pytest.raises(KeyError, match="other"):
        one("text").to_text({"other": "x"})


# ---- text formats ----


class German:
    """Writes and reads dates as in Germany, whatever the language: short enough for a test."""

    @hookimpl
    def jsonattrs_text_formats(self):
        return [TextFormat("date", read=self.read, write=self.write, summary="German dates.")]

    @staticmethod
    def read(text, language):
        day, _, rest = text.partition(".")
        month, _, year = rest.partition(".")
        if not (day and month and year):
            raise Invalid("format", type="date")
        return f"{year}-{month:0>2}-{day:0>2}"

    @staticmethod
    def write(value, language):
        return f"{value.day}.{value.month}.{value.year:04}"


GERMAN = Registry.from_plugins({"german": German()})


def test_a_text_format_takes_the_place_of_the_types_own():
    dates = one("date", registry=GERMAN, multiple=True)
    result = dates.check({"value": "29.2.2024; 1.3.2024"}, from_text=True)
    assert result.value == {"value": [date(2024, 2, 29), date(2024, 3, 1)]}
    assert dates.to_text(result.value) == {"value": "29.2.2024; 1.3.2024"}


def test_what_is_no_text_of_a_person_does_not_reach_it():
    assert one("date", registry=GERMAN).check({"value": "2024-02-29"}).ok


def test_its_refusals_are_problems_of_its_provider():
    (problem,) = one("date", registry=GERMAN).check({"value": "2024-02-29"}, from_text=True).problems
    assert (problem.code, problem.provider, dict(problem.params)) == ("format", "german", {"type": "date"})


class Broken:
    """Fails wherever it can."""

    @hookimpl
    def jsonattrs_text_formats(self):
        return [TextFormat("date", read="jsonattrs_missing:read", write="jsonattrs_missing:write")]


def test_a_broken_one_is_blamed_and_never_raises(caplog):
    dates = one("date", registry=Registry.from_plugins({"broken": Broken()}))
    with caplog.at_level(logging.ERROR):
        (problem,) = dates.check({"value": "2024-02-29"}, from_text=True).problems
        assert dates.to_text({"value": date(2024, 2, 29)}) == {"value": "2024-02-29"}
    assert (problem.code, problem.provider) == ("provider_error", "broken")
    assert [record.getMessage().partition(" at ")[0] for record in caplog.records] == [
        "text format 'date' of provider 'broken' failed: ModuleNotFoundError"
    ] * 2


def test_what_is_no_text_is_not_written(caplog):
    class Silent:
        @hookimpl
        def jsonattrs_text_formats(self):
            return [TextFormat("date", read=German.read, write=lambda value, language: None)]

    dates = one("date", registry=Registry.from_plugins({"silent": Silent()}))
    assert dates.to_text({"value": date(2024, 2, 29)}) == {"value": "2024-02-29"}
    assert "text format 'date' of provider 'silent' failed: TypeError" in caplog.text


def test_an_application_can_put_its_own_before_an_installed_one():
    both = GERMAN.with_plugins({"mine": Broken()}, prefer={"date": "german"})
    assert one("date", registry=both).to_text({"value": date(2024, 2, 29)}) == {"value": "29.2.2024"}
    again = both.with_plugins([], prefer={"date": "mine"})
    assert again.text_formats["date"] is again.text_formats["date@mine"]


def test_two_of_one_type_are_an_error_unless_one_is_preferred():
    with pytest.raises(PluginError, match="text format 'date' is provided by jsonattrs-german and by jsonattrs-other"):
        Registry.from_plugins({"german": German(), "other": German()})
    chosen = Registry.from_plugins({"german": German(), "other": Broken()}, prefer={"date": "german"})
    assert one("date", registry=chosen).to_text({"value": date(2024, 2, 29)}) == {"value": "29.2.2024"}


def test_one_of_no_type_is_an_error():
    class Nothing:
        @hookimpl
        def jsonattrs_text_formats(self):
            return [TextFormat("dates", read="m:f", write="m:g")]

    with pytest.raises(PluginError, match="a text format needs the base type 'dates', which nobody provides"):
        Registry.from_plugins({"nothing": Nothing()})


def test_it_is_described():
    (row,) = [row for row in GERMAN.describe() if row["kind"] == "text format"]
    assert (row["name"], row["provider"], row["state"], row["summary"]) == ("date", "german", "used", "German dates.")
    assert GERMAN.text_formats["date@german"] is GERMAN.text_formats["date"]


# ---- display forms of subtypes ----


class Plates:
    """Numbers that people write with a hyphen."""

    @hookimpl
    def jsonattrs_subtypes(self):
        common = {"label": "P", "summary": "S.", "examples": ("1-2",), "invalid_examples": ("x",)}
        return [
            Subtype(base="text", name="plate", load=lambda value: value.replace("-", ""), format=_dashed, **common),
            Subtype(base="object", name="sign", load=lambda value: value, format=lambda value: "a sign", **common),
        ]


def _dashed(value):
    return f"{value[0]}-{value[1:]}"


def test_a_subtype_is_written_in_its_display_form():
    plates = one("text", registry=Registry.from_plugins({"plates": Plates()}), subtype="plate")
    assert plates.to_text({"value": "12"}) == {"value": "1-2"}
    assert plates.check({"value": "1-2"}, from_text=True).value == {"value": "12"}


def test_numbers_and_dates_are_written_in_the_readers_language_whatever_their_subtype_shows():
    class Money:
        @hookimpl
        def jsonattrs_subtypes(self):
            common = {"label": "M", "summary": "S.", "examples": ("1",), "invalid_examples": ("x",)}
            return [
                Subtype(base="decimal", name="money", load=lambda value: value, format=lambda v: f"{v:.3f}", **common)
            ]

    money = one("decimal", registry=Registry.from_plugins({"money": Money()}), subtype="money")
    assert money.to_text({"value": Decimal("1.5")}, language="de") == {"value": "1,5"}


def test_an_object_stays_json_since_its_display_form_cannot_be_read():
    signs = one("object", registry=Registry.from_plugins({"plates": Plates()}), subtype="sign")
    assert signs.to_text({"value": {"a": 1}}) == {"value": '{"a": 1}'}


def test_a_display_form_that_fails_is_logged_and_left_out(caplog):
    plates = one("text", registry=Registry.from_plugins({"plates": Plates()}), subtype="plate")
    broken = compose(Schema("x", [Attribute("value", "text")])).compile(PLAIN).validate({"value": "1"})
    assert plates.to_text(broken) == {"value": "1-"}
    with caplog.at_level(logging.ERROR):
        assert plates.to_text({"value": ""}) == {"value": ""}
    assert "subtype 'plate' of provider 'plates' failed: IndexError" in caplog.text


# ---- digits ----


@given(st.text())
def test_folded_digits_are_ascii_and_nothing_else_changes(text):
    folded = fold_digits(text)
    assert len(folded) == len(text)
    for before, after in zip(text, folded, strict=True):
        assert after == (str(int(before)) if before.isdecimal() else before)


def test_reading_a_text_format_imports_nothing_before_the_first_text():
    code = (
        "import sys; from jsonattrs_core import *\n"
        "class P:\n"
        "    @hookimpl\n"
        "    def jsonattrs_text_formats(self): return [TextFormat('date', read='colorsys:f', write='colorsys:g')]\n"
        "v = compose(Schema('s', [Attribute('d', 'date')])).compile(Registry.from_plugins([P()]))\n"
        "v.validate({'d': '2024-02-29'}); before = 'colorsys' in sys.modules\n"
        "v.check({'d': '2024-02-29'}, from_text=True); print(before, 'colorsys' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


def test_a_function_that_is_missing_fails_each_time_alike():
    late, depths = _Late("jsonattrs_missing:read"), []
    for _ in range(4):
        with pytest.raises(ModuleNotFoundError) as raised:
            late("x", "en")
        depths.append(len(raised.traceback))
    assert depths[1:] == depths[1:2] * 3
