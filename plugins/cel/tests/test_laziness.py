"""What is imported when, and what is written where."""

from __future__ import annotations

import subprocess
import sys


def run(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    return done.stdout.strip()


HEAVY = ("cel_expr_python", "jsonattrs_cel.language", "re2")
LOADED = f"import sys; print([name for name in {HEAVY} if name in sys.modules])"
START = "from jsonattrs_core import *; attributes = [Attribute('a', 'integer')]"


def test_a_registry_loads_the_tables_alone():
    assert run(f"from jsonattrs_core import Registry; Registry.installed().rule_languages['cel']; {LOADED}") == "[]"


def test_so_does_a_schema_without_rules():
    assert run(f"{START}; compose(Schema('s', attributes)).compile(); {LOADED}") == "[]"


def test_a_rule_loads_the_library_when_its_schema_is_compiled():
    code = f"{START}; compose(Schema('s', attributes, rules=[Rule('a > 3', 'No.')])).compile(); {LOADED}"
    assert run(code) == "['cel_expr_python', 'jsonattrs_cel.language']"


QUIET = """
from jsonattrs_cel.language import LANGUAGE
from jsonattrs_core import Invalid, Registry, SchemaError
from jsonattrs_core.records import ValueType
types = {"s": ValueType(Registry.from_plugins({}).base_types["text"], False)}
patterns = ("s.matches('(')", r"s.matches('\\\\pL{1000}')", "s.matches('a')")
for source in (*patterns, "((", "s == 's'", "1 / 0 > 1", "\\0", "nobody"):
    try:
        LANGUAGE.compile(source, types, bool).evaluate({"s": "x" * 100})
    except (SchemaError, Invalid):
        pass
"""


def test_the_library_writes_nothing():
    assert run(QUIET) == ""
