"""Plugins are found wherever `importlib.metadata` would find them."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import zipfile

import pytest

from jsonattrs_core import BaseType, PluginError, Registry, Schema, compose, discovery, hookimpl
from jsonattrs_core.definitions import Attribute
from jsonattrs_core.discovery import EntryPoint, distribution_version, entry_points
from tests.core.throwaway import empty_site

site = pytest.fixture(empty_site)

METADATA = "Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n\nVersion: 9\n"
POINTS = """\
[console_scripts]
tool = tool:main

# a comment
[jsonattrs]
jsonattrs-{name} = jsonattrs_{name}.plugin:PLUGIN [extra]
  second-{name}=jsonattrs_{name}

[jsonattrs.other]
jsonattrs-no = jsonattrs_no
"""


def described(site, folder, name, version="1.0", file="METADATA", points=POINTS):
    site.write(f"{folder}/{file}", METADATA.format(name=name, version=version))
    site.write(f"{folder}/entry_points.txt", points.format(name=name.lower()))


def as_the_library_says(group):
    points = importlib.metadata.entry_points(group=group)
    return sorted((point.name, point.value, point.dist.name, point.dist.version) for point in points)


def as_we_say(group):
    return sorted((point.name, point.value, point.distribution, point.version) for point in entry_points(group))


def all_groups():
    return sorted(importlib.metadata.entry_points().groups)


@pytest.mark.parametrize("group", ["jsonattrs", *all_groups()])
def test_what_is_installed_here_is_found(group):
    assert as_we_say(group) == as_the_library_says(group)


@pytest.mark.parametrize(
    "arrange",
    [
        pytest.param(lambda site: described(site, "a-1.0.dist-info", "a"), id="wheel"),
        pytest.param(lambda site: described(site, "A_b.C-1.0.dist-info", "A-b.C"), id="odd-name"),
        pytest.param(lambda site: described(site, "a.egg-info", "a", file="PKG-INFO"), id="egg-info"),
        pytest.param(lambda site: described(site, "a-1.0-py3.11.egg-info", "a", file="PKG-INFO"), id="egg-info-named"),
        pytest.param(
            lambda site: [described(site, f"{name}-1.0.dist-info", name) for name in ("a", "b", "c")], id="several"
        ),
        pytest.param(lambda site: site.write("a-1.0.egg-info", "Name: a\n"), id="egg-info-file"),
        pytest.param(lambda site: site.write("a-1.0.dist-info/METADATA", "Name: a\n"), id="no-entry-points"),
        pytest.param(lambda site: described(site, "a-1.0.dist-info", "a", points=""), id="empty"),
    ],
)
def test_odd_installations_are_read_as_the_library_reads_them(site, arrange):
    arrange(site)
    assert as_we_say("jsonattrs") == as_the_library_says("jsonattrs")


def test_what_is_found(site):
    described(site, "a-1.0.dist-info", "a")
    assert [point for point in entry_points("jsonattrs") if point.distribution == "a"] == [
        EntryPoint("jsonattrs-a", "jsonattrs_a.plugin:PLUGIN [extra]", "a", "1.0"),
        EntryPoint("second-a", "jsonattrs_a", "a", "1.0"),
    ]


def test_the_first_on_the_path_counts(site, tmp_path_factory, monkeypatch):
    described(site, "a-1.0.dist-info", "a")
    other = tmp_path_factory.mktemp("other")
    monkeypatch.setattr(sys, "path", [*sys.path, str(other)])
    (other / "A-2.0.dist-info").mkdir()
    (other / "A-2.0.dist-info" / "METADATA").write_text(METADATA.format(name="A", version="2.0"))
    (other / "A-2.0.dist-info" / "entry_points.txt").write_text(POINTS.format(name="shadowed"))
    assert as_we_say("jsonattrs") == as_the_library_says("jsonattrs")
    assert "shadowed" not in str(as_we_say("jsonattrs"))


def test_zip_files_are_read_too(tmp_path, monkeypatch):
    archive = tmp_path / "bundle.zip"
    with zipfile.ZipFile(archive, "w") as bundle:
        bundle.writestr("a-1.0.dist-info/METADATA", METADATA.format(name="a", version="1.0"))
        bundle.writestr("a-1.0.dist-info/entry_points.txt", POINTS.format(name="a"))
    monkeypatch.syspath_prepend(archive)
    assert ("second-a", "jsonattrs_a", "a", "1.0") in as_we_say("jsonattrs")
    assert as_we_say("jsonattrs") == as_the_library_says("jsonattrs")


def zipped(path, name, version, points=POINTS):
    with zipfile.ZipFile(path, "w") as bundle:
        bundle.writestr(f"{name}-{version}.dist-info/METADATA", METADATA.format(name=name, version=version))
        bundle.writestr(f"{name}-{version}.dist-info/entry_points.txt", points.format(name=f"{name}-{version[0]}"))
    return str(path)


@pytest.mark.parametrize("first", ["zip", "other-zip", "directory", "empty-zip"])
def test_the_first_counts_among_zip_files_and_directories(site, tmp_path, monkeypatch, first):
    described(site, "a-3.0.dist-info", "a", "3.0")
    places = {
        "directory": str(tmp_path),
        "zip": zipped(tmp_path / "one.zip", "a", "1.0"),
        "other-zip": zipped(tmp_path / "two.zip", "a", "2.0"),
        "empty-zip": zipped(tmp_path / "three.zip", "a", "4.0", points=""),
    }
    order = [places[first], *(place for name, place in places.items() if name != first)]
    monkeypatch.setattr(sys, "path", [*order, *(entry for entry in sys.path if entry not in order)])
    assert as_we_say("jsonattrs") == as_the_library_says("jsonattrs")
    assert distribution_version("a") == importlib.metadata.version("a")


class Bundled(importlib.metadata.Distribution):
    """A distribution that is in no directory."""

    def read_text(self, filename):
        texts = {"METADATA": METADATA.format(name="a", version="1.0"), "entry_points.txt": POINTS.format(name="a")}
        return texts.get(filename)

    def locate_file(self, path):
        return path


class Importer:
    """What a tool that bundles applications puts on ``sys.meta_path``."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        return None

    @staticmethod
    def find_distributions(context=None):
        return [Bundled()]


def test_importers_with_metadata_of_their_own_are_asked(monkeypatch):
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, Importer])
    assert ("second-a", "jsonattrs_a", "a", "1.0") in as_we_say("jsonattrs")
    assert as_we_say("jsonattrs") == as_the_library_says("jsonattrs")


def test_places_that_cannot_be_read_are_passed_over(monkeypatch, tmp_path):
    before = as_we_say("jsonattrs")
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "missing"), str(tmp_path)])
    assert as_we_say("jsonattrs") == before


def test_what_is_no_text_on_the_path_is_passed_over_as_imports_do(monkeypatch, tmp_path):
    before = as_we_say("jsonattrs")
    monkeypatch.setattr(sys, "path", [tmp_path, None, b"bytes", *sys.path])
    assert as_we_say("jsonattrs") == before
    assert distribution_version("pluggy")


def test_what_was_left_behind_half_removed_does_no_harm(site, monkeypatch):
    (site.folder / "leftover-1.0.dist-info").mkdir()
    (site.folder / "gone-1.0.dist-info").mkdir()
    before = as_we_say("jsonattrs")
    finder = type("Empty", (Importer,), {"find_distributions": staticmethod(lambda context=None: [])})
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, finder])
    assert as_we_say("jsonattrs") == before


def test_an_entry_point_is_loaded_without_its_extras():
    assert EntryPoint("x", "jsonattrs_core.discovery:EntryPoint.load [extra]", "", "").load() is EntryPoint.load
    assert EntryPoint("x", "jsonattrs_core.discovery", "", "").load() is discovery


def test_versions():
    assert distribution_version("pluggy") == importlib.metadata.version("pluggy")
    assert distribution_version("no-such-distribution") == ""


# ---- what a registry imports ----

LATER = {"importlib.metadata", "email", "re2", "uuid", "decimal", "jsonattrs_core.compiler", "jsonattrs_core.composed"}


@pytest.mark.parametrize("making", ["from_plugins", "installed"])
def test_a_registry_imports_little(making):
    making = f"import sys; from jsonattrs_core import Registry; Registry.{making}(); "
    code = f"{making} print(*({LATER!r} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_every_public_name_can_be_asked_for_first():
    code = (
        "import jsonattrs_core, sys, importlib\n"
        "import jsonattrs_core.composed, jsonattrs_core.testing, jsonattrs_core.cli\n"
        "assert callable(jsonattrs_core.compose)\n"
        "for name in jsonattrs_core.__all__:\n"
        "    assert getattr(jsonattrs_core, name) is not None and name in dir(jsonattrs_core)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_unknown_name_is_an_attribute_error():
    import jsonattrs_core

    with pytest.raises(AttributeError, match="module 'jsonattrs_core' has no attribute 'nothing'"):
        jsonattrs_core.nothing  # noqa: B018


# ---- base types whose functions are named ----


class Words:
    """A base type that names its functions, and one whose name is misspelt."""

    @hookimpl
    def jsonattrs_base_types(self):
        common = {"python": "builtins:str", "json": "string", "from_text": "builtins:max", "dump": "builtins:str"}
        return [
            BaseType("word", check="builtins:str", load="builtins:str", named={"none": "builtins:str"}, **common),
            BaseType("ward", check="jsonattrs_core.values:shwon", load="builtins:str", **common),
        ]


def test_named_functions_are_loaded_when_a_schema_uses_them():
    registry = Registry.from_plugins({"words": Words()})
    assert compose(Schema("s", [Attribute("w", "word")])).compile(registry).check({"w": "x"}).value == {"w": "x"}
    assert registry.base_types["word"].python is str
    assert [row["python"] for row in registry.describe() if row["provider"] == "words"] == ["str", "str"]


def test_a_misspelt_one_is_an_error_that_names_the_plugin():
    registry = Registry.from_plugins({"words": Words()})
    with pytest.raises(PluginError, match=r"plugin jsonattrs-words: base type 'ward' cannot be loaded: Attri.*shwon"):
        compose(Schema("s", [Attribute("w", "ward")])).compile(registry)
