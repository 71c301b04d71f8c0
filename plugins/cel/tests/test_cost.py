"""What an expression may cost: a second and 100 MiB, whatever it says, and whatever the values are."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="measures memory as POSIX has it")
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def measured():
    script = Path(__file__).with_name("worst.py")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True, timeout=600)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_worst_take_less_than_a_second_to_compile(measured):
    assert max((reading, expression) for expression, reading, *_ in measured)[0] < 1


def test_and_less_than_a_second_to_evaluate(measured):
    assert max((running, expression) for expression, _, running, *_ in measured)[0] < 1


def test_and_all_of_them_together_less_than_100_mib(measured):
    assert max(memory for *_, memory, _ in measured) < 100


def test_many_of_them_are_evaluated_all_the_same(measured):
    outcomes = [outcome for *_, outcome in measured]
    assert {outcome for outcome in outcomes if " " not in outcome} == {"True", "False", "None", "rule"} - {"None"}
    assert outcomes.count("False") > 200
    assert outcomes.count("rule") > 200


@pytest.mark.parametrize(
    ("expression", "values", "expected"),
    [
        pytest.param("tags.all(t, size(t) < 50)", {"tags": ["clay"] * 1_000}, True, id="a thousand items"),
        pytest.param("tags.all(t, t.matches('^[a-z]{2,20}$'))", {"tags": ["clay"] * 1_000}, True, id="and a pattern"),
        pytest.param(
            "tags.all(t, tags.exists_one(u, t == u))",
            {"tags": [str(n) for n in range(90)]},
            True,
            id="90 of each other",
        ),
        pytest.param(
            "tags.all(t, t in ['clay', 'loam', 'peat', 'sand'])", {"tags": ["clay"] * 1_000}, True, id="one of a few"
        ),
        pytest.param("note.contains(name)", {"note": "x" * 10_000, "name": "x" * 5_000 + "y"}, False, id="long texts"),
        pytest.param(r"note.matches(r'^[\pL ]+$')", {"note": "\xe4" * 10_000}, True, id="letters of all scripts"),
        pytest.param(
            "tags.all(t, prices.exists(p, p > size(t)))",
            {"tags": ["a"] * 80, "prices": [2.5] * 80},
            True,
            id="two lists",
        ),
        pytest.param("counts.all(n, counts.all(m, n + m > 0))", {"counts": [1] * 99}, True, id="9,900 rounds"),
        pytest.param("counts.all(n, counts.all(m, n + m > 0))", {"counts": [1] * 101}, "rule", id="10,200 rounds"),
        pytest.param(
            "tags.all(t, note.contains(t))", {"tags": ["x" * 999] * 1_000, "note": "x" * 10_000}, "rule", id="too much"
        ),
    ],
)
def test_ordinary_rules_are_far_from_the_bounds(outcome, expression, values, expected):
    assert outcome(expression, values) == expected


def test_what_is_too_much_whatever_the_values_are_is_no_rule(compiled):
    from jsonattrs_core import SchemaError

    loops = "[1,2,3,4,5,6,7,8,9,0]"
    pattern = "||".join([r"'x'.matches('\\pL{5}z')"] * 4)
    with pytest.raises(SchemaError, match="line 1, column 1: this takes too long, whatever the values are"):
        compiled(f"{loops}.exists(x, {loops}.exists(y, {loops}.exists(z, {pattern})))")
