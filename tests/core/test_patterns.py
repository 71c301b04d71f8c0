"""Patterns: which of them JSON Schema and HTML forms read as RE2 does."""

from __future__ import annotations

import pytest

from jsonattrs_core.builtin.patterns import common_pattern


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "abc",
        "[A-Z]{2,3}",
        r"\d+(?:\.\d{1,2})?",
        "(a|b)*",
        "[^0-9]+?",
        r"\p{Lu}\p{L}*",
        "^a$",
        r"[a\-z]",
        r"\x41",
        "é+",
    ],
)
def test_what_both_read_alike(pattern):
    assert common_pattern(pattern) == f"^(?:{pattern})$"


@pytest.mark.parametrize(
    "pattern",
    [
        "(?i)a",
        "(?P<n>a)",
        r"\pL",
        r"\p{Greek}",
        r"\A",
        r"\z",
        r"\Qa.b\E",
        r"\C",
        r"\s",  # includes more space in ECMAScript
        "[[:alpha:]]",
        "[-a]",
        "[a&&b]",
        "[a-]",
        "a{,3}",
        "]",
        "}",
        r"\a",
        r"\07",
        r"[\b]",
    ],
)
def test_what_is_read_by_one_alone_or_otherwise(pattern):
    assert common_pattern(pattern) is None
