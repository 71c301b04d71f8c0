"""What the README shows is what happens, and it lists every subtype."""

import doctest
from pathlib import Path

import jsonattrs_land

README = Path(__file__).parents[1] / "README.md"


def test_examples_run():
    result = doctest.testfile(str(README), module_relative=False)
    assert result.attempted
    assert not result.failed


def test_lists_every_subtype():
    text = README.read_text(encoding="utf-8")
    for record in jsonattrs_land.jsonattrs_subtypes():
        assert all(f"`{name}`" in text for name in (record.name, *record.aliases)), record.name
