"""The library is imported when a schema that needs it is compiled, and of it only what that schema needs."""

import json
import subprocess
import sys

import pytest

SCRIPT = """
import json, sys
from importlib.metadata import entry_points
from jsonattrs_core import Attribute, Registry, Schema, compose

def imported():
    return sorted(name for name in sys.modules if name.partition(".")[0] == "stdnum")

others = {point.name for point in entry_points(group="jsonattrs")} - {"jsonattrs-stdnum"}
registry = Registry.installed(block=others)
registry.describe()
before = imported()
attributes = [Attribute(f"a{place}", "text", subtype=name) for place, name in enumerate(sys.argv[1:])]
compose(Schema("lazy", attributes)).compile(registry)
numbers = [name for name in imported() if hasattr(sys.modules[name], "validate")]
print(json.dumps([before, imported(), numbers]))
"""


def imports_of(*subtypes):
    """Return the library's modules that are there before and after compiling, and which of these are of a number."""
    done = subprocess.run([sys.executable, "-c", SCRIPT, *subtypes], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_registry_imports_nothing_of_the_library():
    assert imports_of()[:2] == [[], []]


@pytest.mark.parametrize(
    ("subtype", "modules"),
    [
        ("us-ssn", ["stdnum.us.ssn"]),
        ("us-social-security-number", ["stdnum.us.ssn"]),
        ("id-nik", ["stdnum.id.nik", "stdnum.id.npwp"]),  # the package of Indonesia imports the second
        ("ar-cbu", ["stdnum.ar.cbu", "stdnum.ar.cuit", "stdnum.ar.dni"]),
    ],
)
def test_a_schema_imports_its_number_and_what_that_imports(subtype, modules):
    before, after, numbers = imports_of(subtype)
    assert before == []
    assert set(modules[:1]) <= set(numbers)
    assert numbers == imported_by_the_library(modules[0])
    assert len(after) < 20


def imported_by_the_library(module):
    """Return the number modules that importing ``module`` brings, without any of ours."""
    script = (
        f"import {module}, sys, json; print(json.dumps(sorted(name for name in sys.modules "
        'if name.startswith("stdnum.") and hasattr(sys.modules[name], "validate"))))'
    )
    return json.loads(subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout)


def test_us_ssn_is_one_module():
    assert imports_of("us-ssn")[2] == ["stdnum.us.ssn"]


FILES = """
import sys
from pathlib import Path
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from stdnum import numdb
from jsonattrs_stdnum import checks, display
from jsonattrs_stdnum.upstream import FORMATTED, NUMBERS

VALUES = {
    "gs1-128": ["(8007)BE32123456789002"],
    "iban": ["BE32 123-4567890-02"],
    "id-npwp": ["3171011708450001"],
    "us-tin-number": ["04-2103594"],
    "vatin": ["ID3171011708450001"],
}
lists = set()
for name, number in NUMBERS.items():
    numdb._open_databases.clear()  # those of the numbers before
    check = getattr(checks, name)
    lists |= {Path(path).name for path in opened if path.endswith(".dat")}
    opened.clear()
    for text in (*number.examples, *VALUES.get(number.subtype, [])):
        clean = check(text)
        assert not opened, (name, opened)
    if name in FORMATTED:
        shown = getattr(display, name)
        opened.clear()
        shown(clean)
        assert not opened, (name, opened)
print(sorted(lists))
"""


def test_no_file_is_read_for_a_value():
    done = subprocess.run([sys.executable, "-c", FILES], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "oui.dat" in done.stdout
