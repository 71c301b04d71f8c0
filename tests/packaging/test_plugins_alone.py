"""Each plugin's wheel works with what it declares to need, and nothing else; only one of them brings Django."""

from __future__ import annotations

import sys
import tomllib
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.packaging.environments import build_wheel, made_once, succeed

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]
PLUGINS = sorted(path.parent for path in ROOT.glob("plugins/[!_]*/pyproject.toml"))
each_plugin = pytest.mark.parametrize("plugin", PLUGINS, ids=lambda plugin: plugin.name)


def declared(plugin):
    return tomllib.loads((plugin / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def needed(requirements, found=None):
    """Return the names of the distributions that requirements lead to, in this environment and without extras."""
    found = {} if found is None else found
    for requirement in map(Requirement, requirements):
        name = requirement.name.lower()
        if name not in found and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
            found[name] = distribution(name)
            assert requirement.specifier.contains(found[name].version, prereleases=True), requirement
            needed(found[name].requires or (), found)
    return found


def unpacked(wheel, folder):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)


@pytest.fixture(scope="module")
def wheels(tmp_path_factory):
    """A directory with the wheels of all plugins."""

    def make(folder):
        for plugin in PLUGINS:
            build_wheel(plugin, folder / plugin.name)

    return made_once(tmp_path_factory, "plugins", make)


@pytest.fixture
def alone(plugin, wheels, wheel, tmp_path):
    """A directory with a plugin, the core, and what the two need."""
    [own] = (wheels / plugin.name).glob("*.whl")
    for one in (own, wheel):
        unpacked(one, tmp_path)
    for name, known in needed(declared(plugin)["dependencies"]).items():
        if name != "jsonattrs":
            for part in {file.parts[0] for file in known.files if file.parts[0] not in ("..", "__pycache__")}:
                (tmp_path / part).symlink_to(known.locate_file(part))
    return tmp_path


USE = """
import sys
sys.path.insert(0, sys.argv[1])
import warnings
warnings.simplefilter("error")
from importlib.util import find_spec
from jsonattrs_core import Attribute, Registry, Rule, Schema, compose

registry = Registry.installed()
name = sys.argv[2]
assert [provider.name for provider in registry.providers] == ["jsonattrs", name]
rows = [row for row in registry.describe() if row["provider"] == name]
assert rows
for row in rows:
    if row["kind"] == "subtype":
        attribute = Attribute("value", row["base"], subtype=row["name"])
        validator = compose(Schema("alone", [attribute])).compile(registry)
        for example in row["examples"]:
            result = validator.check({"value": example})
            assert result.ok, (row["name"], example, result.problems)
    elif row["kind"] == "text format":
        validator = compose(Schema("alone", [Attribute("value", row["name"])])).compile(registry)
        value = validator.check({"value": "2024-02-29" if row["name"] == "date" else "7"}, from_text=True).value
        assert validator.check(validator.to_text(value, language="de"), from_text=True, language="de").value == value
    elif row["kind"] == "rule language":
        schema = Schema("alone", [Attribute("a", "integer")], rules=[Rule("a > 1", "More than one.")])
        assert not compose(schema).compile(registry).check({"a": 1}).ok
print(find_spec("django") is not None)
"""


@each_plugin
def test_it_works_alone(plugin, alone):
    printed = succeed(sys.executable, "-I", "-S", "-c", USE, alone, plugin.name, cwd=alone)
    assert printed.strip() == str(plugin.name == "localflavor")


@each_plugin
def test_it_is_described_as_all_of_ours_are(plugin):
    project = declared(plugin)
    package = f"jsonattrs_{plugin.name}"
    assert project["name"] == f"jsonattrs-{plugin.name}"
    assert project["entry-points"]["jsonattrs"] == {project["name"]: package}
    assert "jsonattrs>=0.1,<1" in project["dependencies"]
    assert project["requires-python"] == ">=3.11"
    assert project["license"] == "BSD-3-Clause"
    assert (plugin / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    assert (plugin / "README.md").read_text(encoding="utf-8").startswith(f"# {project['name']}")
    assert (plugin / "src" / package / "py.typed").exists()
    assert (plugin / "tests" / "test_conformance.py").exists()
