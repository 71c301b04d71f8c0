"""What the README and the docstrings show is what happens."""

import doctest
import re
from importlib import import_module
from pathlib import Path

import pytest

from jsonattrs_core import Registry, Schema, compose

README = Path(__file__).parents[1] / "README.md"


def test_the_readme():
    failed, tried = doctest.testfile(str(README), module_relative=False, encoding="utf-8")
    assert tried
    assert not failed


@pytest.mark.parametrize("module", ["jsonattrs_iban.banks", "jsonattrs_iban.display"])
def test_docstrings(module):
    failed, tried = doctest.testmod(import_module(module))
    assert tried
    assert not failed


def test_the_schema_of_the_readme_compiles(tmp_path):
    text = README.read_text(encoding="utf-8")
    schema = tmp_path / "schema.yaml"
    schema.write_text(re.search("```yaml\n(.*?)```", text, re.DOTALL)[1], encoding="utf-8")
    assert compose(Schema.read(schema)).compile(Registry.installed())
