"""One process, many threads: expressions are shared, and compiled while others are evaluated."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from jsonattrs_cel.language import LANGUAGE
from jsonattrs_core import Invalid

CASES = [
    ("a > 3 && price * 2 < {}.5", {"a": 5, "price": Decimal(-1)}, True),
    ("tags.all(t, t.startsWith('a')) || a == {}", {"tags": ["ab"] * 50}, True),
    ("given.born && born < today && a == {}", {}, False),
    ("b > {}", {}, None),
    ("a / b > {}", {"a": 1, "b": 0}, "rule"),
]


@pytest.fixture
def hasty():
    """Have threads take turns as often as possible."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_threads(types, hasty):
    shared = [LANGUAGE.compile(expression.format(0), types, bool) for expression, _, _ in CASES]

    def outcome(expression, values):
        try:
            return expression.evaluate(values)
        except Invalid as error:
            return error.code

    def work(number):
        expression, values, expected = CASES[number % len(CASES)]
        own = LANGUAGE.compile(expression.format(number % 97), types, bool)
        return {outcome(found, values) for found in (own, shared[number % len(CASES)])} == {expected}

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(1_500)))
