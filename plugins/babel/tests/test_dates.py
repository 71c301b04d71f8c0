"""Dates: the order of the language and no other, four digits for the year, and YYYY-MM-DD everywhere."""

from datetime import date

import pytest
from babel.dates import format_date
from babel.localedata import locale_identifiers
from hypothesis import given, settings
from hypothesis import strategies as st

from jsonattrs_babel.locales import locale_of
from jsonattrs_core import Attribute, Registry, Schema, compose

DATES = compose(Schema("dates", [Attribute("day", "date")])).compile(Registry.installed())
LANGUAGES = [
    *("ar", "ar-EG", "ar-SA", "fa", "hi", "bn", "my", "ne", "am", "de", "de-CH", "de-AT", "fr", "fr-CA", "pt-BR", "sv"),
    *(
        "pl",
        "ru",
        "es",
        "he",
        "en",
        "en-US",
        "en-GB",
        "en-IN",
        "en-ZA",
        "ja",
        "ko",
        "zh-TW",
        "th",
        "id",
        "hu",
        "bg",
        "hr",
    ),
    *("lt", "la", "sr-Latn", "kkj", "dz", "xx-unknown", None),
]
REFUSED = None


def read(text, language):
    result = DATES.check({"day": text}, from_text=True, language=language)
    if result.ok:
        return result.value["day"].isoformat()
    assert [problem.code for problem in result.problems] == ["format"]
    return REFUSED


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "31.12.2024", "2024-12-31"),
        ("de", "3.4.2024", "2024-04-03"),
        ("de", "3. April 2024", "2024-04-03"),
        ("de", "3. m\u00e4rz 2024", "2024-03-03"),
        ("de", "3. ma\u0308rz 2024", "2024-03-03"),
        ("de-AT", "3. J\u00e4nner 2024", "2024-01-03"),
        ("en-US", "12/31/2024", "2024-12-31"),
        ("en-US", "3/4/2024", "2024-03-04"),
        ("en-US", "Mar 4, 2024", "2024-03-04"),
        ("en-GB", "3/4/2024", "2024-04-03"),
        ("en-GB", "3 April 2024", "2024-04-03"),
        ("en", "3 April 2024", "2024-04-03"),
        ("en", "April 3, 2024", "2024-04-03"),
        ("fr", "31/12/2024", "2024-12-31"),
        ("fr", "31 d\u00e9c. 2024", "2024-12-31"),
        ("fr", "31 d\u00e9cembre 2024", "2024-12-31"),
        ("es", "31 de diciembre de 2024", "2024-12-31"),
        ("pl", "31 grudnia 2024", "2024-12-31"),
        ("ru", "31 \u0434\u0435\u043a\u0430\u0431\u0440\u044f 2024\u00a0\u0433.", "2024-12-31"),
        ("hu", "2024. 12. 31.", "2024-12-31"),
        ("hu", "2024.12.31", "2024-12-31"),
        ("ko", "2024. 12. 31.", "2024-12-31"),
        ("ja", "2024/12/31", "2024-12-31"),
        ("ja", "2024\u5e7412\u670831\u65e5", "2024-12-31"),
        ("zh-TW", "2024/12/31", "2024-12-31"),
        ("sv", "2024-12-31", "2024-12-31"),
        ("ar-EG", "\u0663\u0661\u200f/\u0661\u0662\u200f/\u0662\u0660\u0662\u0664", "2024-12-31"),
        ("fa", "\u06f2\u06f0\u06f2\u06f4/\u06f1\u06f2/\u06f3\u06f1", "2024-12-31"),
        ("th", "31/12/2024", "2024-12-31"),
        ("fr", "1er mai 2024", "2024-05-01"),
        ("fr", "1ER MAI 2024", "2024-05-01"),
        ("fr", "1\u1d49\u02b3 mai 2024", "2024-05-01"),
        ("fr-CA", "1er\u00a0f\u00e9vr. 2024", "2024-02-01"),
        ("fr", "1 mai 2024", "2024-05-01"),
        *(
            (language, text, "2024-09-03")
            for language in ("en", "en-US", "en-GB", "en-AU", "en-CA", "en-IN", "en-ZA")
            for text in (
                "3 Sep 2024",
                "3 Sept 2024",
                "3 Sept. 2024",
                "Sep 3, 2024",
                "Sept. 3, 2024",
                "3 September 2024",
            )
        ),
    ],
)
def test_a_date_is_read_as_its_language_writes_it(language, text, expected):
    assert read(text, language) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_iso_form_is_read_everywhere(language):
    assert read("2024-12-31", language) == "2024-12-31"
    assert read(" 1446-02-01 ", language) == "1446-02-01"
    assert read("2567-02-01", language) == "2567-02-01"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "11er mai 2024"),
        ("fr", "2er mai 2024"),
        ("fr", "1er 05 2024"),
        ("fr", "1er/05/2024"),
        ("fr", "1 er mai 2024"),
        ("fr", "01er mai 2024"),
        ("de", "1er Mai 2024"),
        ("en", "3 Septe 2024"),
        ("de", "31.12.24"),
        ("de", "31.02.2024"),
        ("de", "31.13.2024"),
        ("de", "0.4.2024"),
        ("de", "31/12/2024"),
        ("de", "12/31/2024"),
        ("de", "2024.12.31"),
        ("de", "3 April 2024"),
        ("de", "3. Aprl 2024"),
        ("de", "3. April 24"),
        ("de", "3. April"),
        ("de", "April 2024"),
        ("de", "3.\n4.2024"),
        ("de", "003.4.2024"),
        ("de", "3.4.02024"),
        ("de", "3.4.2024 12:00"),
        ("de", "3.4.2024\u0000"),
        ("en-US", "31/12/24"),
        ("en-US", "3.4.2024"),
        ("en", "3/4/2024"),
        ("en", "12/31/2024"),
        (None, "31/12/2024"),
        (None, "April 3, 2024"),
        ("en-XX", "12/31/2024"),
        ("xx-unknown", "31.12.2024"),
        ("de", "20241231"),
        ("de", "2024-366"),
        ("de", "2024-W01-1"),
        ("de", "today"),
        ("de", "morgen"),
        ("de", "x" * 100_000),
        ("de", "9" * 100_000),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_no_date_in_the_language_is_refused(language, text):
    assert read(text, language) is REFUSED


def test_31_12_in_american_english_is_not_swapped():
    assert read("31/12/24", "en-US") is REFUSED
    assert read("31/12/2024", "en-US") is REFUSED


def test_a_german_name_of_a_month_is_a_reading_and_no_exception():
    assert read("3. April 2024", "de") == "2024-04-03"
    assert read("3. Smarch 2024", "de") is REFUSED


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("th", "31/12/2567"),
        ("th", "\u0e53\u0e51/\u0e51\u0e52/\u0e52\u0e55\u0e56\u0e57"),
        ("fa", "1403/10/11"),
        ("fa", "\u06f1\u06f4\u06f0\u06f3-\u06f1\u06f0-\u06f1\u06f1"),
        ("ps", "1403/10/11"),
        ("ar", "15/6/1446"),
        ("ar-SA", "15/6/1446"),
        ("am", "22/04/2017"),
        ("ne", "2081/9/16"),
        ("ne-IN", "16/9/1446"),
        ("en-GB", "31/12/2567"),
        ("en-US", "December 31, 2567"),
        ("de", "31.12.1446"),
        ("fr", "15 juin 1445"),
        ("ms", "15/06/1446"),
        ("id", "15/06/1446"),
        ("ur", "15/6/1446"),
        ("tr", "15.06.1446"),
        ("he", "15.6.1200"),
        ("es", "1/1/1599"),
        ("km", "1/1/2400"),
        ("ja", "2699/12/31"),
    ],
)
def test_a_year_that_may_be_of_another_calendar_is_refused(language, text):
    assert read(text, language) is REFUSED


@pytest.mark.parametrize("year", ["1199", "1600", "2399", "2700"])
@pytest.mark.parametrize("language", ["de", "th", "fa", "ar", "en-GB"])
def test_the_years_beside_those_are_ours(language, year):
    written = DATES.to_text({"day": date(int(year), 4, 3)}, language=language)["day"]
    assert written != f"{year}-04-03"
    assert read(written, language) == f"{year}-04-03"


@pytest.mark.parametrize("language", ["ne", "am"])
def test_no_year_is_certain_where_another_calendar_is_used_instead(language):
    assert DATES.to_text({"day": date(1000, 4, 3)}, language=language) == {"day": "1000-04-03"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "03.04.2024"),
        ("en", "2024-04-03"),
        (None, "2024-04-03"),
        ("en-US", "4/3/2024"),
        ("en-GB", "03/04/2024"),
        ("fr", "03/04/2024"),
        ("sv", "2024-04-03"),
        ("hu", "2024. 04. 03."),
        ("ja", "2024/04/03"),
        ("th", "3/4/2024"),
        ("fa", "\u06f2\u06f0\u06f2\u06f4/\u06f4/\u06f3"),
        ("ar-EG", "\u0663\u200f/\u0664\u200f/\u0662\u0660\u0662\u0664"),
        ("am", "2024-04-03"),
        ("xx-unknown", "2024-04-03"),
    ],
)
def test_a_date_is_written_as_its_language_writes_it(language, text):
    assert DATES.to_text({"day": date(2024, 4, 3)}, language=language) == {"day": text}


def test_a_year_that_would_not_be_read_back_is_written_plainly():
    assert DATES.to_text({"day": date(2567, 4, 3)}, language="th") == {"day": "2567-04-03"}
    assert DATES.to_text({"day": date(1492, 10, 12)}, language="de") == {"day": "1492-10-12"}
    assert DATES.to_text({"day": date(33, 4, 3)}, language="de") == {"day": "03.04.0033"}


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(LANGUAGES), st.dates())
def test_a_date_that_is_written_is_read_as_the_same(language, value):
    written = DATES.to_text({"day": value}, language=language)["day"]
    assert read(written, language) == value.isoformat()


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(LANGUAGES), st.text("0123456789./- \u200f\u0661April,\u5e74", max_size=20))
def test_no_text_breaks_the_reader(language, text):
    read(f"{text}.", language)


def test_every_locale_reads_what_it_writes():
    for language in locale_identifiers():
        for value in (date(1, 1, 1), date(2001, 2, 13), date(1446, 5, 6), date(9999, 12, 31)):
            written = DATES.to_text({"day": value}, language=language)["day"]
            assert read(written, language) == value.isoformat(), (language, value)


def test_times_stay_as_they_are():
    attributes = [Attribute("at", "time"), Attribute("when", "datetime")]
    times = compose(Schema("times", attributes)).compile(Registry.installed())
    texts = {"at": "14:30:00", "when": "2024-04-03T12:00:00Z"}
    read = times.check(texts, from_text=True, language="de")
    assert read.ok
    assert times.to_text(read.value, language="de") == texts


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([language for language in LANGUAGES if language not in ("xx-unknown", None)]),
    st.sampled_from(["short", "medium", "long"]),
    st.dates(),
)
def test_what_babel_writes_is_read_as_the_same_or_refused(language, width, value):
    written = format_date(value, width, locale=locale_of(language))
    assert read(written, language) in (REFUSED, value.isoformat())
