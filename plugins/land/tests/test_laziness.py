"""Looking at the table imports nothing else, and compiling a subtype only what it needs."""

import subprocess
import sys

PROGRAM = """
import sys
import jsonattrs_land
from jsonattrs_core import Attribute, Registry, Schema, compose

def loaded():
    return sorted(name for name in sys.modules if name.startswith("jsonattrs_land."))

registry = Registry.from_plugins({"land": jsonattrs_land})
assert "land-use" in registry.subtypes
assert loaded() == [], loaded()
compose(Schema("parcels", [Attribute("number", "text", subtype="id-nib")])).compile(registry)
assert loaded() == ["jsonattrs_land.parcels"], loaded()
compose(Schema("parcels", [Attribute("use", "text", subtype="land-use")])).compile(registry)
assert "jsonattrs_land.area" not in loaded(), loaded()
assert [name for name in loaded() if "labels." in name] == ["jsonattrs_land.labels.en"], loaded()
"""


def test_imports_only_what_is_used():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_is_found_where_it_is_installed():
    from jsonattrs_core import Registry

    providers = {provider.name: provider for provider in Registry.installed().providers}
    assert providers["land"].distribution == "jsonattrs-land"
