"""What is imported and read when: nothing for the registry, nothing for a value, and dnspython never."""

import json
import subprocess
import sys

PROGRAM = """
import json, sys
from importlib.metadata import entry_points
from jsonattrs_core import Attribute, Registry, Schema, compose

opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
others = [point.name for point in entry_points(group="jsonattrs") if point.name != "jsonattrs-email"]
registry = Registry.installed(block=others)
if len(sys.argv) > 1:
    validator = compose(Schema("s", [Attribute("a", "text", subtype="email")])).compile(registry)
    before = len(opened), len(sys.modules)
    for value in json.loads(sys.argv[1]):
        validator.check({"a": value})
    assert (len(opened), len(sys.modules)) == before, opened[before[0]:]
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""
VALUES = [
    "user@example.com",
    "user@b\u00fccher.example",
    "b\u00fccher@xn--bcher-kva.example",
    "\u05d0@\u05d0.example",
    "x@",
    "x" * 300,
]


def imported(*arguments):
    done = subprocess.run([sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout)) & {"email_validator", "idna", "dns", "jsonattrs_email"}


def test_the_registry_imports_no_library():
    assert imported() == {"jsonattrs_email"}


def test_a_schema_imports_the_library_and_not_that_for_the_dns():
    assert imported(json.dumps(VALUES)) == {"jsonattrs_email", "email_validator", "idna"}
