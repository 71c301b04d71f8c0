"""What is said of broken plugins, and of schemas that ask for what nobody provides: the whole of each message."""

from __future__ import annotations

import logging

import pytest

from jsonattrs_core import (
    Attribute,
    BaseType,
    Invalid,
    PluginError,
    Registry,
    Rule,
    Schema,
    SchemaError,
    compose,
    hookimpl,
)
from jsonattrs_core.messages import TEXTS
from tests.core.throwaway import checking, empty_site, names_of, offering, schema, subtypes


@pytest.fixture
def site(tmp_path, monkeypatch):
    yield from empty_site(tmp_path, monkeypatch)


# ---- broken distributions: the whole of each message ----

OUT = "to go on without it, set JSONATTRS_BLOCK=acme"
BASE = "python=str, json='string', check=str, from_text=str, dump=str, load=str"

BROKEN = {
    "misspelt-hook": (
        "@hookimpl\ndef jsonattrs_subtype():\n    return []",
        "plugin jsonattrs-acme 1.2.3 implements 'jsonattrs_subtype', which is no hook; did you mean "
        f"'jsonattrs_subtypes'?; {OUT}",
    ),
    "misspelt-beyond-recognition": (
        "@hookimpl\ndef subtypes():\n    return []",
        "plugin jsonattrs-acme 1.2.3 implements 'subtypes', which is no hook; did you mean 'jsonattrs_subtypes'?; "
        f"{OUT}",
    ),
    "missing-decorator": (
        "def jsonattrs_subtypes():\n    return []",
        "plugin jsonattrs-acme 1.2.3 has 'jsonattrs_subtypes' without the decorator @hookimpl, so that it is never "
        f"called; {OUT}",
    ),
    "misspelt-without-decorator": (
        "def jsonattrs_subtypez():\n    return []",
        "plugin jsonattrs-acme 1.2.3 has 'jsonattrs_subtypez' without the decorator @hookimpl, so that it is never "
        f"called; {OUT}",
    ),
    "wrong-argument": (
        "@hookimpl\ndef jsonattrs_subtypes(registry):\n    return []",
        "plugin jsonattrs-acme 1.2.3: Plugin 'acme' for hook 'jsonattrs_subtypes' "
        "hookimpl definition: jsonattrs_subtypes(registry) "
        f"Argument(s) {{'registry'}} are declared in the hookimpl but can not be found in the hookspec; {OUT}",
    ),
    "import-fails": (
        "raise ValueError('no luck')",
        f"plugin jsonattrs-acme 1.2.3 cannot be loaded from 'jsonattrs_acme': ValueError: no luck; {OUT}",
    ),
    "dependency-missing": (
        "import no_such_library",
        "plugin jsonattrs-acme 1.2.3 cannot be loaded from 'jsonattrs_acme': ModuleNotFoundError: No module named "
        f"'no_such_library'; {OUT}",
    ),
    "syntax-error": (
        "def",
        "plugin jsonattrs-acme 1.2.3 cannot be loaded from 'jsonattrs_acme': SyntaxError: invalid syntax "
        f"(__init__.py, line 2); {OUT}",
    ),
    "hook-raises": (
        "@hookimpl\ndef jsonattrs_constraints():\n    return [1 / 0]",
        f"plugin jsonattrs-acme 1.2.3: jsonattrs_constraints failed: ZeroDivisionError: division by zero; {OUT}",
    ),
    "hook-returns-nothing": (
        "@hookimpl\ndef jsonattrs_subtypes():\n    pass",
        "plugin jsonattrs-acme 1.2.3: jsonattrs_subtypes failed: TypeError: 'NoneType' object is not iterable; " + OUT,
    ),
    "hook-returns-other-records": (
        f"@hookimpl\ndef jsonattrs_subtypes():\n    return [BaseType('word', {BASE})]",
        f"plugin jsonattrs-acme 1.2.3: jsonattrs_subtypes returned a BaseType, not a Subtype; {OUT}",
    ),
    "hook-returns-a-mapping": (
        "@hookimpl\ndef jsonattrs_base_types():\n    return {'word': 1}",
        f"plugin jsonattrs-acme 1.2.3: jsonattrs_base_types returned a str, not a BaseType; {OUT}",
    ),
    "name-twice": (
        subtypes("acme-code", "acme-code"),
        f"plugin jsonattrs-acme 1.2.3 gives the subtype 'acme-code' twice; {OUT}",
    ),
    "alias-twice": (
        subtypes("acme-code", aliases=("acme-code",)),
        f"plugin jsonattrs-acme 1.2.3 gives the subtype 'acme-code' twice; {OUT}",
    ),
    "unknown-base": (
        subtypes("acme-code").replace("base='text'", "base='txt'"),
        "plugin jsonattrs-acme 1.2.3: the subtype 'acme-code' needs the base type 'txt', which nobody provides; did "
        f"you mean 'text'?; {OUT}",
    ),
    "api-too-new": (
        "JSONATTRS_API = 2",
        f"plugin jsonattrs-acme 1.2.3 is written for version 2 of the plugin API, this is version 1; {OUT}",
    ),
    "base-type-of-another": (
        f"@hookimpl\ndef jsonattrs_base_types():\n    return [BaseType('text', {BASE})]",
        "the base type 'text' is provided by {core} and by jsonattrs-acme 1.2.3 with equal priority; "
        "prefer one (prefer={{'text': 'jsonattrs'}}), or block one "
        "(JSONATTRS_BLOCK=acme)",
    ),
    "constraint-of-another": (
        "@hookimpl\ndef jsonattrs_constraints():\n    return [Constraint('min', bases=('text',), load=len)]",
        "the constraint 'min' is provided by {core} and by jsonattrs-acme 1.2.3 with equal priority; "
        "prefer one (prefer={{'min': 'jsonattrs'}}), or block one "
        "(JSONATTRS_BLOCK=acme)",
    ),
}


@pytest.mark.parametrize(("code", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_plugin_is_named_with_its_version_and_the_way_out(site, monkeypatch, code, message):
    site.install("jsonattrs-acme", code)
    core = Registry.from_plugins([]).providers[0]
    with pytest.raises(PluginError) as raised:
        Registry.installed()

    assert str(raised.value) == (message.format(core=core) if "{core}" in message else message)
    monkeypatch.setenv("JSONATTRS_BLOCK", "acme")  # and the way out works
    assert "acme" not in names_of(Registry.installed())


def test_a_missing_object_of_an_entry_point(site):
    site.install("jsonattrs-acme", "", entry_point="jsonattrs_acme:plugin")
    with pytest.raises(PluginError) as raised:
        Registry.installed()

    assert str(raised.value) == (
        "plugin jsonattrs-acme 1.2.3 cannot be loaded from 'jsonattrs_acme:plugin': AttributeError: module "
        f"'jsonattrs_acme' has no attribute 'plugin'; {OUT}"
    )


def test_two_distributions_of_one_name(site):
    site.install("jsonattrs-acme", "")
    site.install("acme", "", version="2.0", module="acme_too")
    with pytest.raises(PluginError) as raised:
        Registry.installed()

    assert str(raised.value) == f"acme 2.0 and jsonattrs-acme 1.2.3 are both named 'acme'; {OUT}"


def test_a_plugin_may_not_take_the_name_of_the_core(site):
    core = Registry.from_plugins([]).providers[0]
    site.install("jsonattrs-jsonattrs", "")
    with pytest.raises(PluginError) as raised:
        Registry.installed()

    assert str(raised.value) == (
        f"{core} and jsonattrs-jsonattrs 1.2.3 are both named 'jsonattrs'; to go on without it, set "
        "JSONATTRS_BLOCK=jsonattrs"
    )


@pytest.mark.parametrize("api", [1, pytest.param(None, id="not-said")])
def test_a_plugin_of_this_version_of_the_api(site, api):
    site.install("jsonattrs-acme", f"JSONATTRS_API = {api}" if api else "")

    assert "acme" in names_of(Registry.installed())


def test_plugins_are_asked_in_the_order_of_their_names(site):
    site.install("jsonattrs-beta", "")
    site.install("jsonattrs-alpha", "")
    names = [name for name in names_of(Registry.installed()) if name in ("alpha", "beta")]

    assert names == ["alpha", "beta"]


# ---- faults of schemas and preferences: the whole of each message ----


def test_an_unknown_preferred_provider():
    with pytest.raises(PluginError) as raised:
        offering({"id-nik": "onne"}, one=50, two=50)

    assert str(raised.value) == "the provider 'onne', preferred for 'id-nik', is not installed; did you mean 'one'?"


def test_a_conflict_is_an_error_where_the_name_is_used_unpinned():
    registry = offering(one=50, two=50)  # having both is no error
    with pytest.raises(PluginError) as raised:
        schema("id-nik").compile(registry)

    assert str(raised.value) == (
        "the subtype 'id-nik' is provided by jsonattrs-one and by jsonattrs-two with equal priority; pin one of them "
        "(id-nik@one), prefer one (prefer={'id-nik': 'one'}), or block one "
        "(JSONATTRS_BLOCK=two)"
    )


WHERE = "schema 'garden', attribute 'code': "

UNKNOWN = {
    "subtype": (("id-nick", "text"), "unknown subtype 'id-nick'; did you mean 'id-nik'?"),
    "subtype-far-from-any": (("zzz", "text"), "unknown subtype 'zzz'"),
    "subtype-of-another-base": (
        ("id-nik", "integer"),
        "the subtype 'id-nik' is for the base type 'text', not 'integer'",
    ),
    "provider": (
        ("id-nik@three", "text"),
        "no provider 'three' of the subtype 'id-nik': it comes from one, two",
    ),
    "base-type": (("id-nik", "txet"), "unknown base type 'txet'; did you mean 'text'?"),
}


@pytest.mark.parametrize(("attribute", "message"), UNKNOWN.values(), ids=UNKNOWN)
def test_an_unknown_name_is_a_fault_of_the_schema(attribute, message):
    with pytest.raises(SchemaError) as raised:
        schema(*attribute).compile(offering(one=50, two=60))

    assert [str(fault) for fault in raised.value.faults] == [WHERE + message]


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        pytest.param({"constraints": {"mni": 5}}, "unknown constraint 'mni'; did you mean 'min'?", id="constraint"),
        pytest.param(
            {"required_if": "x > 1"},
            "required_if 'x > 1': unknown rule language 'cel'",
            id="rule-language",
        ),
    ],
)
def test_other_unknown_names(properties, message):
    with pytest.raises(SchemaError) as raised:
        compose(Schema("garden", [Attribute("code", "integer", **properties)])).compile(Registry.from_plugins([]))

    assert [str(fault) for fault in raised.value.faults] == [WHERE + message]


def test_an_unknown_rule_language_of_a_rule():
    rule = Rule("a > 1", "No.", language="sql")
    with pytest.raises(SchemaError) as raised:
        compose(Schema("garden", [Attribute("a", "integer")], rules=[rule])).compile(Registry.from_plugins([]))

    assert str(raised.value) == "schema 'garden': rule 'a > 1': unknown rule language 'sql'"


LATE = {
    # what a record names, and what is said when a schema first needs it
    "module": (
        {"load": "jsonattrs_acme.chekcs:check"},
        "cannot be loaded from 'jsonattrs_acme.chekcs:check': ModuleNotFoundError: No module named "
        "'jsonattrs_acme.chekcs'",
    ),
    "function": (
        {"load": "jsonattrs_acme:check"},
        "cannot be loaded from 'jsonattrs_acme:check': AttributeError: module 'jsonattrs_acme' has no attribute "
        "'check'",
    ),
    "form": (
        {"load": "jsonattrs_acme.check"},
        "cannot be loaded from 'jsonattrs_acme.check': ValueError: 'jsonattrs_acme.check' is not of the form "
        "'module:object'",
    ),
    "maker": (
        {"load": "builtins:int", "factory": True},
        "cannot be made: TypeError: int() argument must be a string, ",
    ),
    "choices": (
        {"load": "builtins:str", "choices": "jsonattrs_acme:choices"},
        "cannot be loaded from 'jsonattrs_acme:choices': AttributeError: module 'jsonattrs_acme' has no attribute "
        "'choices'",
    ),
    "choices-that-fail": (
        {"load": "builtins:str", "choices": "builtins:int"},
        "cannot be made: TypeError: int() argument must be a string, ",
    ),
    "choices-without-labels": (
        {"load": "builtins:str", "choices": "jsonattrs_acme:unlabelled"},
        "cannot be made: ValueError: not enough values to unpack (expected 2, got 1)",
    ),
}
UNLABELLED = "\n\ndef unlabelled(language):\n    return ['x']\n"


@pytest.mark.parametrize(("details", "message"), LATE.values(), ids=LATE)
def test_what_a_record_names_is_blamed_when_it_is_needed(site, details, message):
    site.install("jsonattrs-acme", subtypes("acme-code", **details) + UNLABELLED)
    registry = Registry.installed()
    with pytest.raises(PluginError) as raised:
        schema("acme-code").compile(registry)

    text = str(raised.value)
    assert text.startswith(f"plugin jsonattrs-acme 1.2.3: subtype 'acme-code' {message}")
    assert text.endswith(f"; {OUT}")
    assert message.endswith(", ") or text == f"plugin jsonattrs-acme 1.2.3: subtype 'acme-code' {message}; {OUT}"


# ---- a check that breaks ----

SECRET = "3171011708450001"


def recursing(value):
    return recursing(value)


BREAKING = {
    "raises": (lambda value: int("not " + value), "ValueError"),
    "raises-invalid-wrongly": (lambda value: Invalid("format", 1), "TypeError"),
    "returns-false": (lambda value: False, "TypeError"),
    "returns-none": (lambda value: None, "TypeError"),
    "returns-empty": (lambda value: "", "TypeError"),
    "returns-number": (lambda value: 5, "TypeError"),
    "returns-what-the-base-refuses": (lambda value: value + "\x00", "TypeError"),
    "recurses": (recursing, "RecursionError"),
    "asserts": (lambda value: (_ for _ in ()).throw(AssertionError(value)), "AssertionError"),
}


@pytest.mark.parametrize(("check", "error"), BREAKING.values(), ids=BREAKING)
def test_a_check_that_breaks_refuses_the_value_and_is_logged_without_it(check, error, caplog):
    validator = schema("acme-code").compile(checking(check))
    with caplog.at_level(logging.DEBUG):
        result = validator.check({"code": SECRET})

    [problem] = result.problems
    assert not result.ok
    assert result.value == {}
    assert (problem.path, problem.code, problem.provider) == (("code",), "provider_error", "acme")
    assert problem.params == {"name": "subtype 'acme-code'"}
    assert str(problem) == TEXTS["provider_error"]
    [logged] = [entry for entry in caplog.records if entry.name == "jsonattrs_core"]
    assert logged.levelno == logging.ERROR
    assert logged.getMessage().startswith(f"subtype 'acme-code' of provider 'acme' failed: {error} at /")
    assert SECRET not in logged.getMessage()
    assert logged.exc_info is None
    assert "not 317" not in caplog.text


def test_a_plugin_that_stops_the_program_is_let():
    def check(value):
        raise KeyboardInterrupt

    validator = schema("acme-code").compile(checking(check))
    with pytest.raises(KeyboardInterrupt):
        validator.check({"code": "x"})


# ---- a base type that breaks ----


class Brittle:
    """A plugin with a base type that has one function which breaks on some value."""

    def __init__(self, **broken):
        self._broken = broken

    @hookimpl
    def jsonattrs_base_types(self):
        functions = {"check": as_text, "from_text": reading, "dump": str, "load": str, "canonical": str, **self._broken}
        return [BaseType("brittle", python=str, json="string", **functions)]


def as_text(value):
    if not isinstance(value, str):
        raise Invalid("type", type="text")
    return value


def reading(text, language):
    return text


def breaking(value, *_):
    """Break on what a person sent, not on what the schema holds."""
    if value.startswith("bad"):
        raise ValueError(value)
    return value


BRITTLE = {
    "check": ({}, {}),
    "canonical": ({"choices": ["good", "better"]}, {}),
    "from_text": ({}, {"from_text": True}),
}


@pytest.mark.parametrize(("properties", "how"), BRITTLE.values(), ids=BRITTLE)
def test_a_base_type_that_breaks_is_blamed(properties, how, request):
    function = request.node.callspec.id
    registry = Registry.from_plugins({"acme": Brittle(**{function: breaking})})
    validator = compose(Schema("garden", [Attribute("code", "brittle", **properties)])).compile(registry)

    assert validator.check({"code": "good"}, **how).ok
    [problem] = validator.check({"code": "bad luck"}, **how).problems
    assert (problem.code, problem.provider) == ("provider_error", "acme")


def test_a_base_type_that_cannot_write_a_value_refuses_no_record_by_an_exception():
    registry = Registry.from_plugins({"acme": Brittle(dump=breaking)})
    validator = compose(Schema("garden", [Attribute("code", "brittle")])).compile(registry)
    large = "bad" * 600_000

    assert [problem.code for problem in validator.check({"code": large}).problems] == ["provider_error"]


def test_a_base_type_that_cannot_read_a_stored_value_gives_it_raw():
    registry = Registry.from_plugins({"acme": Brittle(load=breaking)})
    validator = compose(Schema("garden", [Attribute("code", "brittle")])).compile(registry)

    assert validator.load({"code": "bad luck"}) == {"code": "bad luck"}


def test_a_base_type_that_refuses_a_text_speaks_for_itself():
    def from_text(text, language):
        raise Invalid("acme.unreadable")

    registry = Registry.from_plugins({"acme": Brittle(from_text=from_text)})
    validator = compose(Schema("garden", [Attribute("code", "brittle")])).compile(registry)
    [problem] = validator.check({"code": "x"}, from_text=True).problems

    assert (problem.code, problem.provider) == ("acme.unreadable", "acme")


def test_a_canonical_text_that_breaks_on_a_choice_is_a_fault_of_the_plugin():
    registry = Registry.from_plugins({"acme": Brittle(canonical=breaking)})
    with pytest.raises(PluginError):
        compose(Schema("garden", [Attribute("code", "brittle", choices=["bad"])])).compile(registry)
