"""Whoever does not use the plugin does not pay for Babel."""

import subprocess
import sys

import pytest

START = """
import sys
from jsonattrs_core import Attribute, Registry, Schema, compose
registry = Registry.installed()
assert "babel" in {provider.name for provider in registry.providers}
def loaded():
    return sorted(name for name in sys.modules if name == "babel" or name.startswith(("babel.", "jsonattrs_babel")))
"""


def run(lines):
    done = subprocess.run([sys.executable, "-c", START + lines], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_a_registry_is_made_without_babel():
    assert run("print(*loaded())") == ["jsonattrs_babel"]


def test_numbers_that_are_no_texts_need_no_babel():
    lines = """
numbers = compose(Schema("x", [Attribute("n", "decimal"), Attribute("d", "date")])).compile(registry)
assert numbers.check({"n": "1.5", "d": "2024-12-31"}).ok
print(*loaded())
"""
    assert run(lines) == ["jsonattrs_babel"]


@pytest.mark.parametrize(
    ("base", "text", "module"), [("float", "1,5", "numbers"), ("date", "31.12.2024", "dates")], ids=["number", "date"]
)
def test_a_text_needs_its_own_module_only(base, text, module):
    lines = f"""
texts = compose(Schema("x", [Attribute("a", {base!r})])).compile(registry)
assert texts.check({{"a": {text!r}}}, from_text=True, language="de").ok
print(*(name for name in loaded() if name.startswith("jsonattrs_babel")))
"""
    assert set(run(lines)) == {"jsonattrs_babel", "jsonattrs_babel.locales", f"jsonattrs_babel.{module}"}


def test_a_subtype_is_imported_when_a_schema_uses_it():
    lines = """
compose(Schema("x", [Attribute("a", "text", subtype="country-code@babel")])).compile(registry)
found = loaded()
assert "babel.core" in found, found
print(*(name for name in found if name.startswith("jsonattrs_babel")))
"""
    assert run(lines) == ["jsonattrs_babel", "jsonattrs_babel.codes", "jsonattrs_babel.locales"]
