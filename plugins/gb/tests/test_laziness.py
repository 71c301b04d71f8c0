"""Looking at the table imports no rule, and compiling one subtype imports only its own."""

import subprocess
import sys

PROGRAM = """
import sys
import jsonattrs_gb
from jsonattrs_core import Attribute, Registry, Schema, compose

def rules():
    return sorted(name for name in sys.modules if name.startswith("jsonattrs_gb."))

registry = Registry.from_plugins({"gb": jsonattrs_gb})
assert "gb-sort-code" in registry.subtypes
assert rules() == [], rules()
compose(Schema("banks", [Attribute("branch", "text", subtype="gb-sort-code")])).compile(registry)
assert rules() == ["jsonattrs_gb.compact", "jsonattrs_gb.sort_code"], rules()
"""


def test_imports_only_the_rule_that_is_used():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_is_found_where_it_is_installed():
    from jsonattrs_core import Registry

    providers = {provider.name: provider for provider in Registry.installed().providers}
    assert providers["gb"].distribution == "jsonattrs-gb"
