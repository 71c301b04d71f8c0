"""What is imported and read when: nothing for the registry, the library's files for a schema, none for a value."""

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
others = [point.name for point in entry_points(group="jsonattrs") if point.name != "jsonattrs-iban"]
registry = Registry.installed(block=others)
if len(sys.argv) > 1:
    validator = compose(Schema("s", [Attribute("a", "text", subtype=sys.argv[1])])).compile(registry)
    before = len(opened), len(sys.modules)
    for value in json.loads(sys.argv[2]):
        validator.check({"a": value})
    assert (len(opened), len(sys.modules)) == before, opened[before[0]:]
ours = ("schwifty", "pycountry", "jsonattrs_iban")
modules = [name for name in sys.modules if name.partition(".")[0] in ours]
print(json.dumps([modules, [name for name in opened if name.endswith(".json")]]))
"""
VALUES = [
    *("GB29NWBK60161331926819", "NL91 ABNA 0417 1643 00", "DE89370400440532013000", "DE08370400440532013100"),
    *(
        "ES9121000418450200051332",
        "FR1420041010050500013M02606",
        "IT60X0542811101000000123456",
        "XX43",
        "\u0663",
        "x" * 300,
    ),
    *("DEUTDEFF", "NEDSZAJJXXX", "DEUTXXFF"),
]
REGISTRY = {"iban_registry/generated.json", "iban_registry/overwrite.json"}


def seen(*arguments):
    """The modules that are there in the end, and the data that was read, by folder and file."""
    done = subprocess.run([sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=True)
    modules, files = json.loads(done.stdout)
    return set(modules), {"/".join(name.replace("\\", "/").split("/")[-2:]) for name in files}


def test_the_registry_imports_no_library():
    assert seen() == ({"jsonattrs_iban", "jsonattrs_iban.table"}, set())


@pytest.mark.parametrize(
    ("subtype", "files"),
    [
        ("nl-iban", REGISTRY),
        ("es-iban", REGISTRY),
        ("gp-iban", REGISTRY),
        # which algorithm a German bank has is told by the list of banks, and by nothing else
        ("de-iban", REGISTRY | {"bank_registry/generated_de.json"}),
        ("iban", REGISTRY | {"bank_registry/generated_de.json"}),
        ("bic", {"databases/iso3166-1.json"}),
    ],
)
def test_a_schema_reads_what_it_needs(subtype, files):
    modules, read = seen(subtype, json.dumps(VALUES))
    assert read == files
    assert ("jsonattrs_iban.accounts" in modules) is (subtype != "bic")
    assert ("jsonattrs_iban.banks" in modules) is (subtype == "bic")
