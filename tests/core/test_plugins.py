"""Plugins as real distributions: how they are found, named, preferred, blocked, and what is said of broken ones."""

from __future__ import annotations

import subprocess
import sys

import pytest

from jsonattrs_core import (
    Attribute,
    BaseType,
    Constraint,
    Invalid,
    Registry,
    Schema,
    SchemaError,
    Subtype,
    compose,
    default_registry,
    hookimpl,
)
from tests.core.throwaway import Offering, checking, empty_site, names_of, offering, schema, signing, subtypes


@pytest.fixture
def site(tmp_path, monkeypatch):
    yield from empty_site(tmp_path, monkeypatch)


# ---- found, named, used ----


def test_an_installed_plugin_is_found(site):
    site.install("jsonattrs-acme", subtypes("acme-code"))
    site.write("jsonattrs_acme/checks.py", "def check(value):\n    return value.upper()\n")
    registry = Registry.installed()

    [provider] = [provider for provider in registry.providers if provider.name == "acme"]
    assert (provider.distribution, provider.version, str(provider)) == (
        "jsonattrs-acme",
        "1.2.3",
        "jsonattrs-acme 1.2.3",
    )
    assert "jsonattrs_acme.checks" not in sys.modules  # only a schema that uses it imports it
    assert schema("acme-code").compile(registry).validate({"code": "ab"}) == {"code": "AB"}
    assert "jsonattrs_acme.checks" in sys.modules


def test_an_entry_point_may_name_an_object(site):
    code = "class Plugin:\n    @hookimpl\n    def jsonattrs_subtypes(self):\n        return []\n\n\nplugin = Plugin()\n"
    site.install("jsonattrs-acme", code, entry_point="jsonattrs_acme:plugin")

    assert "acme" in names_of(Registry.installed())


@pytest.mark.parametrize("name", ["acme", "jsonattrs-acme", "jsonattrs_acme", "Jsonattrs.Acme"])
def test_short_and_full_names_are_accepted_everywhere(site, name):
    site.install("jsonattrs-acme", subtypes("slug", load="builtins:str", priority=1))

    assert "acme" not in names_of(Registry.installed(block=[name]))
    preferring = Registry.installed(prefer={"slug": name})
    assert preferring.subtype("slug", "text").provider.name == "acme"
    assert preferring.subtype(f"slug@{name}", "text").provider.name == "acme"
    assert schema(f"slug@{name}").compile(Registry.installed()).check({"code": "not a slug"}).ok


def test_a_plugin_may_be_named_without_the_prefix(site):
    site.install("acme-attributes", subtypes("acme-code", load="builtins:str"), module="acme_attributes")

    assert "acme-attributes" in names_of(Registry.installed())
    assert "acme-attributes" not in names_of(Registry.installed(block=["Acme_Attributes"]))


@pytest.mark.parametrize(
    "value",
    ["acme", "jsonattrs-acme", " other, acme ,", "other acme", "JSONATTRS_ACME", "other\nacme"],
)
def test_the_environment_blocks(site, monkeypatch, value):
    site.install("jsonattrs-acme", "raise ValueError('broken')")
    monkeypatch.setenv("JSONATTRS_BLOCK", value)

    assert "acme" not in names_of(Registry.installed())
    assert names_of(Registry.installed(block=["nobody"]))[0] == "jsonattrs"


def test_the_environment_is_read_when_the_registry_is_built(site, monkeypatch):
    site.install("jsonattrs-acme", subtypes("acme-code"))
    before = Registry.installed()
    monkeypatch.setenv("JSONATTRS_BLOCK", "acme")

    assert "acme" in names_of(before)
    assert "acme" not in names_of(Registry.installed())


def test_the_built_in_plugin_cannot_be_blocked():
    assert names_of(Registry.installed(block=["jsonattrs"]))[0] == "jsonattrs"


def test_plugin_objects_have_the_name_of_their_class_or_their_key():
    class Acme:
        pass

    assert names_of(Registry.from_plugins([Acme()])) == ["jsonattrs", "acme"]
    assert names_of(Registry.from_plugins({"jsonattrs-shop": Acme()})) == ["jsonattrs", "shop"]
    assert names_of(Registry.from_plugins([]).with_plugins({"shop": Acme()})) == ["jsonattrs", "shop"]


def test_the_default_registry_is_made_once(monkeypatch):
    default_registry.cache_clear()
    try:
        first = default_registry()
        assert default_registry() is first
        assert first.subtypes["slug"].base == "text"
        assert schema("slug").compile() is not None
    finally:
        default_registry.cache_clear()


def test_a_registry_is_read_only():
    registry = Registry.from_plugins([])
    for mapping in (registry.base_types, registry.subtypes, registry.constraints, registry.rule_languages):
        with pytest.raises(TypeError):
            mapping["x"] = None


# ---- who wins ----


def winner(registry, subtype):
    return schema(subtype).compile(registry).validate({"code": "by"})["code"].removeprefix("by ")


@pytest.mark.parametrize(
    ("registry", "subtype", "wins"),
    [
        pytest.param(offering(one=50, two=60), "id-nik", "two", id="higher-priority"),
        pytest.param(offering(two=60, one=50), "id-nik", "two", id="in-any-order"),
        pytest.param(offering({"id-nik": "one"}, one=50, two=60), "id-nik", "one", id="preference-over-priority"),
        pytest.param(offering({"id-nik": "one"}, one=50, two=60), "id-post-code", "two", id="preference-of-another"),
        pytest.param(offering({"*-post-code": "one"}, one=50, two=60), "id-post-code", "one", id="preferred-by-glob"),
        pytest.param(offering({"*-post-code": "one"}, one=50, two=60), "id-nik", "two", id="other-glob"),
        pytest.param(
            offering({"*": "two", "id-nik": "one"}, one=50, two=50), "id-nik", "one", id="exact-preference-over-glob"
        ),
        pytest.param(
            offering({"id-*": "one", "*-nik": "two"}, one=50, two=50), "id-nik", "one", id="first-glob-that-fits"
        ),
        pytest.param(offering({"id-nik": "jsonattrs-one"}, one=50, two=60), "id-nik", "one", id="preferred-full-name"),
        pytest.param(offering(one=50, two=60), "id-nik@one", "one", id="pin-over-priority"),
        pytest.param(offering({"id-nik": "two"}, one=50, two=50), "id-nik@one", "one", id="pin-over-preference"),
        pytest.param(offering(one=50, two=50), "id-nik@two", "two", id="pin-in-a-conflict"),
        pytest.param(offering(one=50, two=50, three=60), "id-nik", "three", id="a-third-above-the-conflict"),
    ],
)
def test_who_wins(registry, subtype, wins):
    assert winner(registry, subtype) == wins


@pytest.mark.parametrize(
    ("registry", "states"),
    [
        pytest.param(offering(one=50, two=50), {"one": "conflict", "two": "conflict"}, id="conflict"),
        pytest.param(offering(one=50, two=60), {"one": "shadowed", "two": "used"}, id="priority"),
        pytest.param(offering({"id-nik": "one"}, one=50, two=50), {"one": "used", "two": "shadowed"}, id="preferred"),
        pytest.param(
            offering(one=50, two=50, three=9), {"one": "conflict", "two": "conflict", "three": "conflict"}, id="three"
        ),
    ],
)
def test_describe_shows_who_wins(registry, states):
    found = {row["provider"]: row["state"] for row in registry.describe() if row["name"] == "id-nik"}

    assert found == states


def test_a_name_in_conflict_is_no_key_but_its_pins_are():
    registry = offering(one=50, two=50)

    assert "id-nik" not in registry.subtypes
    assert registry.subtypes["id-nik@one"].name == "id-nik"


def test_a_row_of_describe_says_what_it_is_about():
    registry = checking(str.upper, kind="code", country="ID")
    rows = registry.describe()

    assert {row["kind"] for row in rows} == {"base type", "subtype", "constraint"}
    [row] = [row for row in rows if row["provider"] == "acme"]
    assert (row["kind"], row["name"], row["base"], row["country"]) == ("subtype", "acme-code", "text", "ID")


def test_one_name_for_two_base_types_is_no_conflict():
    class Both:
        @hookimpl
        def jsonattrs_subtypes(self):
            details = {"label": "L", "summary": "S", "examples": (), "invalid_examples": ()}
            return [
                Subtype(base="text", name="acme-code", load=str.upper, **details),
                Subtype(base="integer", name="acme-code", load=abs, **details),
            ]

    registry = Registry.from_plugins({"acme": Both()})
    assert schema("acme-code").compile(registry).validate({"code": "a"}) == {"code": "A"}
    assert schema("acme-code", "integer").compile(registry).validate({"code": -1}) == {"code": 1}
    assert schema("acme-code@acme", "integer").compile(registry).validate({"code": -1}) == {"code": 1}


class Replacing:
    """A plugin with a base type and a constraint of the core's names."""

    @hookimpl
    def jsonattrs_base_types(self):
        given = {"check": str.upper, "from_text": str, "dump": str, "load": str, "constraints": ("min_length",)}
        return [BaseType("text", python=str, json="string", **given)]

    @hookimpl
    def jsonattrs_constraints(self):
        def load(parameter, attribute):
            def check(value):
                raise Invalid("min_length", limit=parameter)

            return check

        return [Constraint("min_length", bases=("text",), load=load, codes=("min_length",))]


def test_base_types_and_constraints_of_the_core_can_be_replaced_and_pinned():
    registry = Registry.from_plugins(
        {"acme": Replacing()}, prefer={"text": "acme", "min_length": "jsonattrs", "m?n_*": "acme"}
    )
    attributes = [
        Attribute("own", "text", constraints={"min_length": 1}),
        Attribute("cores", "text@jsonattrs", constraints={"min_length": 1}),
        Attribute("pinned", "text", constraints={"min_length@acme": 1}),
    ]
    result = compose(Schema("garden", attributes)).compile(registry).check({"own": "a", "cores": "b", "pinned": "c"})

    assert result.value == {"own": "A", "cores": "b"}
    assert [(problem.path, problem.code, problem.provider) for problem in result.problems] == [
        (("pinned",), "min_length", "acme")
    ]


@pytest.mark.parametrize("name", ["integer", "float", "decimal", "date", "datetime", "time", "duration"])
def test_a_built_in_type_can_be_pinned_with_its_constraints(name):
    limits = {"integer": 1, "float": 1.5, "decimal": "1", "date": "2024-01-01", "time": "12:00", "duration": "P1D"}
    limit = limits.get(name, "2024-01-01T00:00:00Z")
    pinned = Attribute("code", f"{name}@jsonattrs", constraints={"min": limit, "max": limit})
    validator = compose(Schema("garden", [pinned])).compile(Registry.from_plugins([]))

    assert validator.check({"code": limit}).ok


def test_an_alias_is_a_name():
    registry = Registry.from_plugins({"acme": Offering(signing("acme"), "id-nik", aliases=("id-national-id",))})

    assert winner(registry, "id-national-id") == "acme"
    assert winner(registry, "id-national-id@acme") == "acme"


# ---- without the plugin ----


def test_without_its_plugin_a_schema_does_not_compile_and_values_stay_readable(site):
    site.install("jsonattrs-acme", subtypes("acme-code"))
    site.write("jsonattrs_acme/checks.py", "def check(value):\n    return value.upper()\n")
    garden = compose(Schema("garden", [Attribute("code", "text", subtype="acme-code"), Attribute("planted", "date")]))
    validator = garden.compile(Registry.installed())
    document = validator.dump(validator.validate({"code": "ab", "planted": "2024-05-01"}))
    without = Registry.installed(block=["acme"])
    with pytest.raises(SchemaError) as raised:
        garden.compile(without)

    assert str(raised.value).startswith("schema 'garden', attribute 'code': unknown subtype 'acme-code'")
    assert document == {"code": "AB", "planted": "2024-05-01"}
    readable = compose(garden, Schema("rescue", [Attribute(key="code", subtype=None)])).compile(without)
    assert readable.dump(readable.load(document)) == document
    assert readable.problems(document) == ()


# ---- what runs when ----


class Counting:
    """Counts how often it is asked and how often its check is called."""

    def __init__(self):
        self.asked = 0
        self.made = 0
        self.checked = 0

    @hookimpl
    def jsonattrs_subtypes(self):
        self.asked += 1
        details = {"label": "L", "summary": "S", "examples": (), "invalid_examples": ()}
        return [Subtype(base="text", name="acme-code", load=self._make, factory=True, **details)]

    def _make(self, attribute):
        self.made += 1
        return self._check

    def _check(self, value):
        self.checked += 1
        return value


def test_no_hook_runs_for_a_value():
    plugin = Counting()
    registry = Registry.from_plugins({"acme": plugin})
    garden = schema("acme-code")
    validator = garden.compile(registry)
    made = plugin.made
    for number in range(100):
        assert validator.check({"code": f"x{number}"}).ok
    assert garden.compile(registry) is validator

    assert (plugin.asked, plugin.made, plugin.checked) == (1, made, 100)
    assert made == 1


def test_each_registry_asks_once():
    plugin = Counting()
    registry = Registry.from_plugins({"acme": plugin})
    registry.with_plugins({"other": object()})
    registry.describe()

    assert plugin.asked == 2


def test_a_plugin_is_called_only_for_its_attribute():
    plugin = Counting()
    both = compose(Schema("garden", [Attribute("code", "text", subtype="acme-code"), Attribute("other", "text")]))
    validator = both.compile(Registry.from_plugins({"acme": plugin}))

    assert validator.validate({"other": "x"}) == {"other": "x"}
    assert plugin.checked == 0


IMPORTS = """
import sys
from jsonattrs_core import Registry
before = set(sys.modules)
registry = Registry.installed()
registry.describe()
print(sorted(name for name in set(sys.modules) - before if name.startswith(("jsonattrs_acme", "heavy"))))
"""


def test_building_a_registry_imports_no_library_of_a_plugin(site):
    site.install("jsonattrs-acme", subtypes("acme-code"))
    site.write("jsonattrs_acme/checks.py", "import heavy_library\n\ndef check(value):\n    return value\n")
    site.write("heavy_library.py", "")
    code = f"import sys; sys.path.insert(0, {str(site.folder)!r})\n{IMPORTS}"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "['jsonattrs_acme']"


def test_a_conflict_of_aliases_is_shown():
    one, two = (
        Offering(signing("a"), "a-code", aliases=("common",)),
        Offering(signing("b"), "b-code", aliases=("common",)),
    )
    registry = Registry.from_plugins({"one": one, "two": two})
    rows = [row for row in registry.describe() if row["provider"] in ("one", "two")]
    assert [(row["name"], row["state"], row["conflicts"]) for row in rows] == [
        ("a-code", "used", ["common"]),
        ("b-code", "used", ["common"]),
    ]


def test_both_names_of_a_provider_are_accepted_in_the_mappings():
    registry = offering(stdnum=1, postal=2)
    assert registry.subtypes["id-nik@jsonattrs-stdnum"] is registry.subtypes["id-nik@stdnum"]
    assert "id-nik@jsonattrs-postal" in registry.subtypes
