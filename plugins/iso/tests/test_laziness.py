"""What is imported and read when: nothing for the registry, one database for a schema."""

import json
import subprocess
import sys

import pytest

PROGRAM = """
import json, sys
from importlib.metadata import entry_points
from jsonattrs_core import Attribute, Registry, Schema, compose

opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
others = [point.name for point in entry_points(group="jsonattrs") if point.name != "jsonattrs-iso"]
registry = Registry.installed(block=others)
validator = None
if len(sys.argv) > 1:
    schema = Schema("s", [Attribute("a", "text", subtype=sys.argv[1])])
    validator = compose(schema).compile(registry)
    before = len(opened)
    for value in ("id-jk", "DE-BY", "\\u0663", "x" * 1000):
        validator.check({"a": value})
    assert len(opened) == before
modules = [name for name in ("pycountry", "jsonattrs_iso.lists") if name in sys.modules]
print(json.dumps([modules, [name for name in opened if name.endswith(".json")]]))
"""


def seen(*arguments):
    """The modules that are there in the end, and the databases that were opened; none is for a value."""
    done = subprocess.run([sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=True)
    modules, files = json.loads(done.stdout)
    return modules, [name.replace("\\", "/").rpartition("/")[2] for name in files]


def test_the_registry_imports_no_library():
    assert seen() == ([], [])


@pytest.mark.parametrize(
    ("subtype", "database"),
    [
        ("id-subdivision", "iso3166-2.json"),
        ("country-alpha-3", "iso3166-1.json"),
        ("currency-alpha-3", "iso4217.json"),
        ("language-alpha-3", "iso639-3.json"),
        ("script-alpha-4", "iso15924.json"),
    ],
)
def test_a_schema_reads_one_database(subtype, database):
    assert seen(subtype) == (["pycountry", "jsonattrs_iso.lists"], [database])
