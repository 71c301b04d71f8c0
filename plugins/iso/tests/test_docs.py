"""What the README and the docstrings show is what happens."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

README = Path(__file__).parents[1] / "README.md"


def test_the_readme():
    failed, tried = doctest.testfile(str(README), module_relative=False)
    assert tried
    assert not failed


@pytest.mark.parametrize("module", ["jsonattrs_iso.lists"])
def test_docstrings(module):
    failed, tried = doctest.testmod(import_module(module))
    assert tried
    assert not failed
