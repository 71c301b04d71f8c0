"""Bank codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jsonattrs_core import Invalid
from jsonattrs_iban.banks import bic


def verdict(text):
    """The clean code, or the problem code."""
    try:
        return bic(text)
    except Invalid as error:
        return error.code


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("DEUTDEFF", "DEUTDEFF"),
        ("deutdeff500", "DEUTDEFF500"),
        ("DEUT DE FF 500", "DEUTDEFF500"),
        ("NEDSZAJJXXX", "NEDSZAJJXXX"),
        ("1234DEFF", "1234DEFF"),  # ISO 9362:2022 lets digits be there
        ("ZRCPCAT\u0662", "ZRCPCAT2"),
    ],
)
def test_a_code_is_stored_in_capitals(text, stored):
    assert verdict(text) == stored
    assert verdict(stored) == stored


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("DEUTDEF", "length"),
        ("DEUTDEFF5", "length"),
        ("DEUTDEFF50", "length"),
        ("DEUTDEFF5000", "length"),
        ("", "length"),
        ("DEUT1EFF", "format"),
        ("DEUTDE-F", "format"),
        ("DEUTDEF\u00fc", "format"),
        ("DEUT\u0131TFF", "format"),
        ("DEUTXXFF", "component"),
        ("NLPRXKPR", "component"),  # Kosovo, whose code is not of ISO 3166-1
        ("x" * 257, "max_length"),
    ],
)
def test_a_refusal_says_what_is_wrong(text, code):
    assert verdict(text) == code


@given(st.text(max_size=12))
def test_any_text_is_met_with_a_verdict(text):
    found = verdict(text)
    assert found in ("format", "length", "component") or verdict(found) == found
