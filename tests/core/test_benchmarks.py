"""The benchmarks compare like with like: every contestant reaches the same verdicts and the same values."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.child import main as run_child
from benchmarks.peers import PEERS, PYDANTIC
from benchmarks.records import REFUSED, SCHEMA, VALID, validator
from benchmarks.report import page, told
from benchmarks.stream import REFUSED_SHARE, environment, json_lines, prepare
from benchmarks.timing import Contestant, Row, Spread, fixed, race, ratio, spread
from benchmarks.wide import WIDTH, four_schemas
from jsonattrs_core import compose

each_peer = pytest.mark.parametrize("peer", PEERS, ids=[peer.name for peer in PEERS])
each_valid = pytest.mark.parametrize("record", VALID.values(), ids=VALID)
each_refused = pytest.mark.parametrize("record", REFUSED.values(), ids=REFUSED)

ASCII = next(iter(VALID.values()))


def typed(values):
    return {name: (type(value), value) for name, value in values.items()}


def refused_names(record):
    return [problem.path[0] for problem in validator().check(record).problems]


@each_valid
def test_both_ways_of_checking_accept_the_record(record):
    result = validator().check(record)
    assert result.ok
    assert typed(result.value) == typed(validator().validate(record))
    assert set(result.value) == set(record)


@each_peer
@each_valid
def test_peers_give_the_same_typed_values(peer, record):
    assert typed(peer.accept(record)) == typed(validator().validate(record))
    assert not peer.refuse(record)


@each_peer
@each_refused
def test_peers_find_the_same_three_problems(peer, record):
    names = refused_names(record)
    assert len(names) == 3
    assert peer.attributes(peer.refuse(record)) == set(names)


@each_refused
def test_pydantic_counts_the_problems_alike(record):
    assert len(PYDANTIC.refuse(record)) == 3


@each_peer
@pytest.mark.parametrize("name", [*ASCII, "unheard_of"])
def test_peers_refuse_a_value_of_another_type_and_an_unknown_name(peer, name):
    record = {**ASCII, name: ["no", "such", "value"]}
    assert refused_names(record) == [name]
    assert peer.attributes(peer.refuse(record)) == {name}


@each_peer
@pytest.mark.parametrize("name", [attribute.name for attribute in SCHEMA.attributes if attribute.required])
def test_peers_require_the_same_attributes(peer, name):
    record = {other: value for other, value in ASCII.items() if other != name}
    assert refused_names(record) == [name]
    assert peer.attributes(peer.refuse(record)) == {name}


@each_peer
def test_peers_strip_texts_before_anything_else(peer):
    padded = {**ASCII, "name": f"  {'n' * 100}  ", "post_code": "\tab12 3cd", "number": " 078-05-1120 ", "notes": "n "}
    assert typed(peer.accept(padded)) == typed(validator().validate(padded))


@each_peer
@pytest.mark.parametrize(
    ("name", "value"),
    [("score", -0.5), ("name", "n" * 101), ("household", 0), ("household", 31), ("post_code", "12 3CD")],
)
def test_peers_have_the_same_limits(peer, name, value):
    record = {**ASCII, name: value}
    assert refused_names(record) == [name]
    assert peer.attributes(peer.refuse(record)) == {name}


def test_the_lines_are_refused_in_the_share_that_the_page_states():
    records = [json.loads(line) for line in json_lines(5 * REFUSED_SHARE)]
    assert len({record["number"] for record in records}) > 4 * REFUSED_SHARE
    assert sum(not validator().check(record).ok for record in records) == 5


def test_the_command_line_does_the_same_work(tmp_path):
    files = prepare(tmp_path, 2 * REFUSED_SHARE)
    clean = tmp_path / "clean.jsonl"
    command = [sys.executable, "-m", "jsonattrs_core", "validate", files.schema, files.data, "--clean", clean]
    done = subprocess.run(command, env=environment(files), capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    kept = [line for line in clean.read_text(encoding="utf-8").splitlines() if json.loads(line)]
    assert len(kept) == 2 * REFUSED_SHARE - 2


def test_a_child_is_measured(capfd):
    run_child([sys.executable, "-c", "import sys; data = bytearray(64 * 1024 * 1024); sys.exit(3)"])
    told_of = json.loads(capfd.readouterr().out)
    assert told_of["code"] == 3
    assert told_of["processor"] > 0
    assert told_of["seconds"] > 0
    assert 64 <= told_of["bytes"] / 1024**2 < 1024


def test_the_four_schemas_are_partial_overrides_of_fifty_attributes():
    default, *overrides = four_schemas()
    composed = compose(default, *overrides)
    assert len(composed) == WIDTH
    for override in overrides:
        assert {attribute.name for attribute in override.attributes} == set(composed)
    assert all(attribute.required for attribute in composed.values())
    assert composed["attribute_0"].label == {"en": "Question 0", "id": "Atribut 0"}
    assert composed["attribute_2"].constraints == {"min": 0, "max": 500}


def test_contestants_take_turns():
    turns = []
    contestants = {name: Contestant(turns.append, fixed(name)) for name in "abc"}
    times = race(contestants, repetitions=3, calls=1)
    assert turns == list("abcbcacab")
    assert {name: len(seconds) for name, seconds in times.items()} == {"a": 3, "b": 3, "c": 3}


def test_ratios_are_taken_within_each_repetition():
    assert spread([3.0, 1.0, 2.0]) == Spread(2.0, 1.5, 2.5)
    assert ratio([2.0, 20.0], [1.0, 10.0]) == Spread(2.0, 2.0, 2.0)


def test_the_page_says_what_is_missed_and_by_how_much():
    times = Spread(2e-6, 1e-6, 3e-6)
    missed = Row(work="check", against="peer", figure=Spread(1.2, 1.1, 1.3), goal=1.0, ours=times, theirs=times)
    met = Row(work="compose", figure=Spread(0.9, 0.8, 1.0), unit="ms", goal=1.0)
    free = Row(work="other", figure=Spread(4.0, 3.0, 5.0), unit="MiB")
    text = page({"record": [missed], "schemas": [met, free]}, {"Python": "3.x"})
    assert "**1 of 2 goals are met in this run.**" in text
    assert "- check / peer: 1.20x, goal at most 1x, missed by 20.0%" in text
    assert "| compose |  | at most 1 ms | **0.90 ms** | 0.80 to 1.00 | met |  |  |" in text
    assert "| other |  |  | **4.0 MiB** | 3.0 to 5.0 |  |  |  |" in text
    assert "$" not in text
    assert told(free) == "other: 4.0 MiB (no goal)"


def test_the_page_that_is_published_was_written_by_a_whole_run():
    document = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
    text = document.read_text(encoding="utf-8")
    assert "Not run." not in text
    assert "1,000,000 JSON lines" in text
