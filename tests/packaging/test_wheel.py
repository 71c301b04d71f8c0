"""The wheel of the root distribution, installed alone in an empty environment."""

from __future__ import annotations

import email
import json
import zipfile
from pathlib import Path

import pytest

from jsonattrs_core.cli.new_plugin import template_files

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = "jsonattrs_core/plugin_template/"


# ---- what is in it ----


@pytest.fixture(scope="module")
def names(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize(
    "name",
    [
        "jsonattrs_core/py.typed",
        "jsonattrs_django/py.typed",
        "jsonattrs_core/testing/__init__.py",
        *(f"jsonattrs_core/locale/{language}/LC_MESSAGES/jsonattrs.mo" for language in ("de", "en", "fr", "id")),
    ],
)
def test_the_wheel_has(names, name):
    assert name in names


def test_the_wheel_has_every_module(names):
    modules = {
        path.relative_to(ROOT).as_posix()
        for package in ("jsonattrs_core", "jsonattrs_django")
        for path in (ROOT / package).rglob("*.py")
    }

    assert {name for name in names if name.endswith(".py") and not name.startswith(TEMPLATE)} == modules


def test_the_wheel_has_the_template_of_plugins_and_nothing_left_behind_in_it(names):
    assert {name for name in names if name.startswith(TEMPLATE)} == {TEMPLATE + path for path, _ in template_files()}


def test_the_wheel_has_the_licence(names):
    assert [name for name in names if name.endswith(".dist-info/licenses/LICENSE")]


def test_the_wheel_has_nothing_else(names):
    tops = {name.partition("/")[0] for name in names}
    ours = {name for name in names if name.startswith(("jsonattrs_core/", "jsonattrs_django/"))}
    kinds = {Path(name).suffix for name in ours if not name.startswith(TEMPLATE)}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"jsonattrs_core", "jsonattrs_django"}
    assert not [name for name in ours if "docs/" in name or "__pycache__" in name]
    assert not [name for name in ours if "tests/" in name and not name.startswith(TEMPLATE)]
    assert not kinds & {".pyc", ".pot", ".yaml", ".csv", ".md"}


def test_the_metadata(wheel):
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = email.message_from_bytes(archive.read(name))
    required = [line for line in metadata.get_all("Requires-Dist") if "extra ==" not in line]

    assert {line.partition(">")[0] for line in required} == {"pluggy", "google-re2"}
    plain, django = {"cli", "yaml", "json-schema", "xlsx"}, {"django", "filter", "drf", "openapi", "import-export"}
    assert set(metadata.get_all("Provides-Extra")) == plain | django
    assert metadata["License-Expression"] == "BSD-3-Clause"


# ---- installed alone ----


def test_only_what_it_requires_is_there(installed):
    found = installed.python(
        """
        from importlib.util import find_spec
        names = ("django", "rest_framework", "yaml", "typer", "rich", "jsonschema_rs", "pytest", "pip")
        print([name for name in names if find_spec(name)])
        """
    )

    assert found == "[]"


def test_importing_the_core_loads_the_standard_library_and_itself(installed):
    found = installed.python(
        """
        import sys
        before = set(sys.modules)
        from jsonattrs_core import *  # each name is imported when it is asked for: ask for all
        loaded = {name.partition(".")[0] for name in set(sys.modules) - before}
        print(sorted(loaded - set(sys.stdlib_module_names) - {"jsonattrs_core", "pluggy"}))
        print("importlib.metadata" in sys.modules, "jsonattrs_django" in sys.modules)
        """
    )

    assert found == "[]\nFalse False"


def test_importing_the_core_reads_neither_settings_nor_files(installed):
    found = installed.python(
        """
        import os, sys
        asked, opened = [], []
        original = type(os.environ).__getitem__

        def recording(self, name):
            asked.append(name)
            return original(self, name)

        def hook(event, arguments):
            if event == "open" and "jsonattrs" in str(arguments[0]):
                opened.append(os.path.splitext(str(arguments[0]))[1])

        type(os.environ).__getitem__ = recording
        sys.addaudithook(hook)
        from jsonattrs_core import *  # each name is imported when it is asked for: ask for all
        print([name for name in asked if "JSONATTRS" in name or "DJANGO" in name])
        print(set(opened) <= {".py", ".pyc"}, len(opened) > 5)
        """
    )

    assert found == "[]\nTrue True"


def test_every_public_name_is_there(installed):
    installed.python("from jsonattrs_core import *; assert compose and Registry and Validator and default_registry()")


def test_a_schema_of_built_in_types_validates(installed):
    found = installed.python(
        """
        import json
        from jsonattrs_core import Attribute, Schema, compose, render
        attributes = [
            Attribute("name", "text", required=True, constraints={"max_length": 10, "pattern": "[A-Z].*"}),
            Attribute("colour", "text", subtype="hex-color"),
            Attribute("planted", "date", constraints={"max": "today"}),
            Attribute("height", "decimal", constraints={"min": 0, "decimal_places": 2}),
            Attribute("tags", "text", multiple=True, constraints={"unique_items": True}),
            *(Attribute(f"a_{base}", base) for base in ("integer", "float", "boolean", "datetime", "time", "duration")),
            Attribute("uid", "uuid"),
            Attribute("extra", "object"),
        ]
        validator = compose(Schema("garden", attributes)).compile()
        good = {"name": "Apple", "colour": "#0a4", "planted": "2024-02-29", "height": "1.50", "tags": ["a", "b"],
                "a_integer": 1, "a_float": 0.5, "a_boolean": True, "a_datetime": "2024-02-29T12:00:00+01:00",
                "a_time": "12:30", "a_duration": "P1D", "uid": "00000000-0000-4000-8000-000000000000",
                "extra": {"a": [1]}}
        bad = {"name": "apple tree", "colour": "red", "tags": ["a", "a"], "other": 1}
        clean = validator.validate(good)
        print(json.dumps(validator.dump(clean)))
        assert validator.load(validator.dump(clean)) == clean
        print([problem.code for problem in validator.check(bad).problems])
        print(render(validator.check({}).problems[0], "de"))
        """
    ).splitlines()

    document = json.loads(found[0])
    assert (document["colour"], document["height"], document["a_datetime"]) == (
        "#00aa44",
        "1.50",
        "2024-02-29T11:00:00Z",
    )
    assert found[1] == "['pattern', 'format', 'unique_items', 'unknown']"
    assert found[2] not in ("", "A value is required.")


def test_the_conformance_kit_needs_no_test_runner(installed):
    found = installed.python(
        """
        from jsonattrs_core import Registry
        from jsonattrs_core.testing import cases, no_sockets
        found = [case for name, case in cases(Registry.installed()) if name.startswith(("text/slug@", "uuid@"))]
        with no_sockets():
            for case in found:
                case()
        print(len(found))
        """
    )

    assert int(found) > 10


# ---- what needs an extra says which ----


def test_reading_yaml_names_its_extra(installed, tmp_path):
    path = tmp_path / "garden.yaml"
    path.write_text("format: 1\nname: garden\nattributes: []\n")
    found = installed.python(
        f"""
        from jsonattrs_core import Schema, SchemaError
        try:
            Schema.read({str(path)!r})
        except SchemaError as error:
            print(error)
        """
    )

    assert found == f"{path}: reading YAML needs an extra: pip install 'jsonattrs[yaml]'"


def test_reading_json_needs_none(installed, tmp_path):
    path = tmp_path / "garden.json"
    path.write_text('{"format": 1, "name": "garden", "attributes": [{"key": "a", "name": "a", "type": "text"}]}')

    assert installed.python(f"from jsonattrs_core import Schema; print(Schema.read({str(path)!r}).name)") == "garden"


def test_json_schema_names_its_extra(installed):
    found = installed.python(
        """
        from jsonattrs_core import Attribute, Schema, SchemaError, compose
        try:
            compose(Schema("garden", [Attribute("o", "object", constraints={"json_schema": {}})])).compile()
        except SchemaError as error:
            print(error)
        """
    )

    assert found == (
        "schema 'garden', attribute 'o': constraint 'json_schema': json_schema needs an extra: "
        "pip install 'jsonattrs[json-schema]'"
    )


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(("jsonattrs", "plugins"), id="script"),
        pytest.param(("jsonattrs",), id="script-alone"),
        pytest.param(("python", "-I", "-m", "jsonattrs_core", "validate", "a.yaml", "b.csv"), id="module"),
    ],
)
def test_the_command_line_names_its_extra(installed, command):
    done = installed.run(*command)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "jsonattrs: the command line needs its extra: pip install 'jsonattrs[cli]'\n"
