"""Settings of the whole test run."""

from __future__ import annotations

import os
from collections import defaultdict
from zlib import crc32

import pytest
from hypothesis import HealthCheck, settings

# Two busy cores make single examples slow now and then; where time is the point, a test measures it itself.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fuzz", settings.get_profile("default"), max_examples=20_000)
# What Python and what libraries differ in is seen in a few examples; `noxfile.py` asks for them.
settings.register_profile("few", settings.get_profile("default"), max_examples=20)
settings.load_profile("default")

#: The number of cases that are run of a test that has more of them. Which they are is decided by this text besides, so
#: that two runs have different ones.
CASES = "JSONATTRS_TEST_CASES"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Leave out cases of tests that have many of them, where it is asked for: ``24 3.13``, a number and any text."""
    number, _, text = os.environ.get(CASES, "").partition(" ")
    if not number:
        return
    cases = defaultdict(list)
    for item in items:
        cases[item.nodeid.partition("[")[0]].append(item)
    drawn = {each for all_of_one in cases.values() for each in _drawn(all_of_one, int(number), text)}
    config.hook.pytest_deselected(items=[item for item in items if item not in drawn])
    items[:] = [item for item in items if item in drawn]


def _drawn(items, number, text):
    return sorted(items, key=lambda item: crc32(f"{text} {item.nodeid}".encode()))[:number]
