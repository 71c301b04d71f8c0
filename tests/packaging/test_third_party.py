"""A stranger's way, from end to end: start a plugin, build its wheel, install it beside the root wheel, use it.

Two plugins go that way together: one that ``jsonattrs new-plugin`` writes, and the template's folder, copied as it is.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.packaging.environments import Environment, build_wheel, made_once, new_environment

pytestmark = pytest.mark.long

TEMPLATE = Path(__file__).resolve().parents[2] / "plugins" / "_template"


@dataclass(frozen=True)
class Plugin:
    """A plugin under test."""

    name: str  #: of the provider
    package: str

    @property
    def folder(self):
        """Its source, beside the environment."""
        return f"jsonattrs-{self.name}"

    @property
    def subtype(self):
        return f"{self.name}-code"


WRITTEN = Plugin("acme-numbers", "jsonattrs_acme_numbers")
COPIED = Plugin("template", "jsonattrs_template")
each_plugin = pytest.mark.parametrize("plugin", [WRITTEN, COPIED], ids=lambda plugin: plugin.name)


def make(folder, wheel):
    """Do what the documentation says, in an environment that was empty before."""
    there = new_environment(folder)
    there.install(f"{wheel}[cli]", "pytest")
    done = there.run("jsonattrs", "new-plugin", WRITTEN.name)
    assert done.returncode == 0, done.stderr
    shutil.copytree(TEMPLATE, folder / COPIED.folder)
    there.install(*(build_wheel(folder / plugin.folder, folder / "dist" / plugin.name) for plugin in (WRITTEN, COPIED)))


@pytest.fixture(scope="module")
def there(tmp_path_factory, wheel):
    """An environment with the root wheel and the wheels of both plugins."""
    return Environment(made_once(tmp_path_factory, "third-party", lambda folder: make(folder, wheel)))


def listed(there, command, *keys):
    done = there.run("jsonattrs", command, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return [tuple(row[key] for key in keys) for row in json.loads(done.stdout)]


@each_plugin
def test_it_is_listed_with_its_version(there, plugin):
    plugins = listed(there, "plugins", "name", "distribution", "version", "subtype")
    subtypes = listed(there, "subtypes", "name", "provider", "version", "state")

    assert (plugin.name, plugin.folder, "0.1.0", 1) in plugins
    assert (plugin.subtype, plugin.name, "0.1.0", "used") in subtypes


@each_plugin
@pytest.mark.parametrize("pinned", [False, True], ids=["by-name", "pinned"])
@pytest.mark.parametrize(
    ("value", "code", "printed"),
    [
        pytest.param("no00 0123 4522", 0, '"NO0001234522"', id="valid"),
        pytest.param(
            "NO00 0123 4523",
            1,
            "checksum: The check digit does not fit: look for a typing mistake.",
            id="invalid",
        ),
    ],
)
def test_check_uses_it(there, plugin, pinned, value, code, printed):
    subtype = f"{plugin.subtype}@{plugin.name}" if pinned else plugin.subtype
    done = there.run("jsonattrs", "check", value, "--type", "text", "--subtype", subtype)

    assert (done.returncode, done.stdout, done.stderr) == (code, f"{printed}\n", "")


@each_plugin
def test_its_own_tests_pass(there, plugin):
    done = there.run("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", there.folder / plugin.folder)

    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout


@each_plugin
def test_its_readme_tells_the_truth(there, plugin):
    readme = (there.folder / plugin.folder / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"^\$ (jsonattrs .+)\n(.+)$", readme, re.MULTILINE)

    assert len(shown) == 2
    for command, output in shown:
        assert there.run(*shlex.split(command)).stdout == f"{output}\n"


@each_plugin
def test_a_registry_of_it_does_not_import_its_rule(there, plugin):
    found = there.python(
        f"""
        import sys
        from jsonattrs_core import Attribute, Registry, Schema, compose
        registry = Registry.installed()
        before = "{plugin.package}.checks" in sys.modules
        compose(Schema("s", [Attribute("code", "text", subtype="{plugin.subtype}")])).compile(registry)
        print(before, "{plugin.package}.checks" in sys.modules)
        """
    )

    assert found == "False True"


@each_plugin
def test_it_can_be_blocked(there, plugin):
    found = there.python(
        f"""
        from jsonattrs_core import Registry
        print("{plugin.subtype}" in Registry.installed(block=["{plugin.folder}"]).subtypes)
        """
    )

    assert found == "False"


@each_plugin
def test_a_second_one_of_its_name_is_not_begun(there, plugin):
    done = there.run("jsonattrs", "new-plugin", plugin.name, "--directory", "elsewhere")

    assert (done.returncode, done.stdout) == (2, "")
    assert f"{plugin.folder} 0.1.0 is installed" in done.stderr
    assert not (there.folder / "elsewhere").exists()


def test_there_is_no_django(there):
    done = there.run("python", "-I", "-c", "import django")

    assert done.returncode == 1
    assert "No module named 'django'" in done.stderr
