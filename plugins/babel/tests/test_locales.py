"""Language tags come from strangers, and Babel makes file names of them."""

import re
import unicodedata

import pytest
from babel import localedata
from babel.core import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from jsonattrs_babel import locales
from jsonattrs_babel.locales import likely, locale_of

HOSTILE = [
    *("../../etc", "../../etc/passwd", "/etc/passwd", "..", ".", "de/../fr", "C:\\x", "con", "nul", "aux.dat", "root"),
    *(
        "de\x00",
        "de\n",
        "de ",
        "de-\u0131",
        "\u0130",
        "de" * 100_000,
        "-" * 100_000,
        "a-" * 50_000,
        "und",
        "und-AT",
        "mul",
    ),
    *("x", "i-klingon", "1", "%s{0}", "de@euro", "de.UTF-8", "global", "__init__", "*"),
]


@pytest.fixture
def names(monkeypatch):
    """Collect the names that Babel makes paths of."""
    found = []
    real = localedata.resolve_locale_filename
    monkeypatch.setattr(localedata, "resolve_locale_filename", lambda name: [found.append(name), real(name)][1])
    locales._nearest.cache_clear()
    return found


def is_safe(name):
    return re.fullmatch("[A-Za-z0-9_]{2,16}", name)


@pytest.mark.parametrize("tag", HOSTILE, ids=lambda tag: ascii(tag)[:20])
def test_a_hostile_tag_never_becomes_a_path(tag, names):
    locale = locale_of(tag)
    assert locale is None or str(locale) in ("de", "fr")
    assert all(map(is_safe, names))


@settings(max_examples=200, deadline=None)
@given(st.text("dezhantw-_./\\:@0123 \x00\u0131", max_size=20))
def test_no_tag_breaks_anything(tag):
    locale = locale_of(tag)
    assert locale is None or str(locale) in localedata.locale_identifiers()


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        (None, "en"),
        ("", "en"),
        ("de", "de"),
        ("DE", "de"),
        ("de-AT", "de_AT"),
        ("de_at", "de_AT"),
        ("de-XX", "de"),
        ("de-AT-1996", "de_AT"),
        ("de-u-nu-latn", "de"),
        ("th-TH-u-ca-buddhist-nu-thai", "th_TH"),
        ("de-x-private", "de"),
        ("de-Latn-AT", "de_AT"),
        ("pt-br", "pt_BR"),
        ("zh-Hant", "zh_Hant"),
        ("zh-tw", "zh_Hant_TW"),
        ("zh-hant-cn", "zh_Hant"),  # Babel alone says zh_Hans_CN
        ("sr-Latn-XX", "sr_Latn"),
        ("es-419", "es_419"),
        ("iw", "he_IL"),
        ("xx-unknown", "None"),
        ("german", "None"),
    ],
)
def test_a_tag_is_brought_to_the_nearest_locale(tag, expected):
    assert str(locale_of(tag)) == expected


def test_what_is_kept_of_tags_is_bounded():
    for first in "abcdefghijklmnopqrstuvwxyz":
        for second in "abcdefghijklmnopqrstuvwxyz":
            locale_of(f"{first}{second}-zz")
    assert locales._nearest.cache_info().currsize <= 512


def test_every_numbering_system_that_is_a_default_has_its_digits():
    systems = {str(Locale.parse(name).default_numbering_system) for name in localedata.locale_identifiers()}
    assert systems - {"latn"} <= set(locales._ZEROS)


@pytest.mark.parametrize("system", sorted(locales._ZEROS))
def test_the_digits_of_a_numbering_system_follow_its_zero(system):
    zero = ord(locales._ZEROS[system])
    assert [unicodedata.decimal(chr(zero + digit)) for digit in range(10)] == list(range(10))


@pytest.mark.parametrize(
    ("tag", "expected"), [("th", ("Thai", "TH")), ("de-AT", ("Latn", "AT")), ("uz-Arab", ("Arab", "AF"))]
)
def test_a_locale_has_a_likely_script_and_territory(tag, expected):
    assert likely(locale_of(tag)) == expected
