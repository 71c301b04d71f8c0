"""Problems in words: the catalogs are complete, and rendering says the right thing in each language."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

import jsonattrs_core
from jsonattrs_core import (
    Attribute,
    Invalid,
    Problem,
    Registry,
    Rule,
    RuleLanguage,
    Schema,
    Subtype,
    compose,
    hookimpl,
    render,
)
from jsonattrs_core.builtin.suggestions import genders, occupations
from jsonattrs_core.messages import TEXTS, _catalog, translate
from tests.core.throwaway import checking, schema

ROOT = Path(__file__).parents[2]
CORE = Path(jsonattrs_core.__file__).parent
LANGUAGES = ("de", "en", "fr", "id")
KEYWORDS = {"N_": None, "NN_": (1, 2)}
REGISTRY = Registry.from_plugins()

_placeholders = re.compile(r"%\((\w+)\)s").findall


def _forms(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, list | tuple) else (str(text or ""),)


def _texts(catalog: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {_forms(message.id): _forms(message.string) for message in catalog if message.id}


def _path(language: str, suffix: str = ".po") -> Path:
    return (CORE / "locale" / language / "LC_MESSAGES" / "jsonattrs").with_suffix(suffix)


def _po(language: str) -> Catalog:
    with _path(language).open("rb") as file:
        return read_po(file)


@pytest.fixture(scope="module")
def source() -> Catalog:
    """The messages of the code as it is now."""
    catalog = Catalog()
    for name, _, message, comments, _ in extract_from_dir(CORE, keywords=KEYWORDS, comment_tags=("Translators:",)):
        catalog.add(message, locations=[(f"jsonattrs_core/{name}", 1)], auto_comments=comments)
    return catalog


# ---- the catalogs ----


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalog_has_the_messages_of_the_code_and_no_others(language, source):
    assert _texts(_po(language)).keys() == _texts(source).keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language):
    unfinished = [message.id for message in _po(language) if message.fuzzy or not all(_forms(message.string))]
    assert unfinished == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_survive_translation(language):
    for forms, strings in _texts(_po(language)).items():
        for string in strings:
            assert sorted(_placeholders(string)) == sorted(_placeholders(forms[-1])), string
            assert "%" not in re.sub(r"%\(\w+\)s", "", string), string


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalog_is_that_of_the_source(language):
    with _path(language, ".mo").open("rb") as file:
        assert _texts(read_mo(file)) == _texts(_po(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_header_names_no_person_and_no_date(language):
    header = _path(language).read_text(encoding="utf-8").partition("\n\n")[0]
    fields = re.findall(r'^"([\w-]+):', header, re.MULTILINE)
    assert fields == [
        "Project-Id-Version", "Language", "Plural-Forms", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
    ]  # fmt: skip
    assert "@" not in header
    assert not re.search(r"\b20\d\d\b", header)


def test_the_number_of_plural_forms_is_that_of_the_language():
    assert {language: _po(language).num_plurals for language in LANGUAGES} == {"de": 2, "en": 2, "fr": 2, "id": 1}


def test_making_the_catalogs_again_changes_nothing(tmp_path, source):
    """The template is what extraction gives; the files of the repository are compared by content, since Babel's
    versions wrap lines differently, and those of a second run byte by byte."""
    folder = tmp_path / "locale"
    shutil.copytree(CORE / "locale", folder)
    with (tmp_path / "jsonattrs.pot").open("wb") as file:
        write_po(file, source)
    command = [sys.executable, ROOT / "tools" / "catalogs.py", tmp_path / "jsonattrs.pot", folder, *LANGUAGES]
    contents = []
    for _ in range(2):
        subprocess.run(command, check=True, capture_output=True)
        contents.append({path: path.read_bytes() for path in sorted(folder.rglob("*.?o"))})
    assert contents[0] == contents[1]
    assert len(contents[0]) == 2 * len(LANGUAGES)
    for language in LANGUAGES:
        with (folder / language / "LC_MESSAGES" / "jsonattrs.po").open("rb") as file:
            assert _texts(read_po(file)) == _texts(_po(language))
    subprocess.run([*command, "--check"], check=True)


def test_a_catalog_that_lacks_a_message_is_noticed(tmp_path, source):
    shutil.copytree(CORE / "locale", tmp_path / "locale")
    source.add("A message that nobody has translated.")
    with (tmp_path / "jsonattrs.pot").open("wb") as file:
        write_po(file, source)
    del source["A message that nobody has translated."]
    command = [sys.executable, ROOT / "tools" / "catalogs.py", "--check", tmp_path / "jsonattrs.pot"]
    done = subprocess.run([*command, tmp_path / "locale", "de"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "not extracted yet: 'A message that nobody has translated.'" in done.stderr


# ---- every code has its words ----


def _variants_in_the_code() -> set[str]:
    """``code.variant`` for each ``Invalid(code, type=...)``, ``unit=...`` and ``syntax(unit)`` of the core."""
    found = set()
    for path in CORE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = getattr(node.func, "id", "")
                if called == "syntax":
                    found.add(f"syntax.{node.args[0].value}")
                for keyword in node.keywords if called == "Invalid" else ():
                    if keyword.arg in ("type", "unit") and isinstance(keyword.value, ast.Constant):
                        found.add(f"{node.args[0].value}.{keyword.value.value}")
    return found


def test_every_variant_that_the_core_raises_has_a_message():
    raised = _variants_in_the_code()
    assert len(raised) > 20
    assert raised <= TEXTS.keys()


def test_every_type_has_its_words_for_type_and_format():
    for name in REGISTRY.base_types:
        if "@" not in name:
            assert {f"type.{name}", f"format.{name}"} <= TEXTS.keys()


def test_every_code_that_a_built_in_record_declares_has_a_message():
    records = [*REGISTRY.subtypes.values(), *REGISTRY.constraints.values()]
    assert {code for record in records for code in record.codes} <= TEXTS.keys()


PARAMS = {"limit": 7, "choices": ["a", "b"], "count": 12, "type": "x", "label": "Post code", "example": "40115"}


def _problem(key: str) -> Problem:
    code, _, variant = key.partition(".")
    params = {name: PARAMS[name] for name in set(_placeholders(_forms(TEXTS[key])[-1]))}
    if variant:
        params["unit" if code in ("too_large", "syntax") else "type"] = variant
    return Problem(("a",), code, params)


@pytest.mark.parametrize("key", TEXTS)
def test_every_message_is_rendered_in_every_language(key):
    problem = _problem(key)
    said = {language: render(problem, language) for language in LANGUAGES}
    assert len(set(said.values())) == len(LANGUAGES)
    assert said["en"] == str(problem) == render(problem)
    for text in said.values():
        assert text.strip() == text != ""
        assert "%" not in text
        assert text.endswith(".")


# ---- numbers ----


@pytest.mark.parametrize(
    ("language", "code", "limit", "text"),
    [
        ("en", "max_items", 0, "Give at most 0 values."),
        ("en", "max_items", 1, "Give at most 1 value."),
        ("en", "max_items", 2, "Give at most 2 values."),
        ("de", "max_items", 0, "Geben Sie höchstens 0 Werte an."),
        ("de", "max_items", 1, "Geben Sie höchstens 1 Wert an."),
        ("de", "decimal_places", 2, "Verwenden Sie höchstens 2 Nachkommastellen."),
        ("fr", "max_length", 0, "Saisissez au plus 0 caractère."),
        ("fr", "max_length", 1, "Saisissez au plus 1 caractère."),
        ("fr", "max_length", 2, "Saisissez au plus 2 caractères."),
        ("id", "min_length", 1, "Masukkan paling sedikit 1 karakter."),
        ("id", "min_length", 21, "Masukkan paling sedikit 21 karakter."),
    ],
)
def test_plural_forms(language, code, limit, text):
    assert render(Problem(("a",), code, {"limit": limit}), language) == text


def test_a_limit_that_is_no_number_takes_the_plural():
    assert render(Problem(("a",), "max_items", {"limit": "some"})) == "Give at most some values."


# ---- languages ----


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A value is required."),
        ("de", "Eine Angabe ist erforderlich."),
        ("de-AT", "Eine Angabe ist erforderlich."),
        ("de_CH", "Eine Angabe ist erforderlich."),
        ("DE-at-1996", "Eine Angabe ist erforderlich."),
        ("fr-CA", "Une valeur est obligatoire."),
        ("id-ID", "Nilai wajib diisi."),
        ("en-GB", "A value is required."),
        ("pt-br", "A value is required."),
        ("zh-Hant-TW", "A value is required."),
        ("tlh", "A value is required."),
        ("", "A value is required."),
        (None, "A value is required."),
        ("../../de", "A value is required."),
        ("\x00", "A value is required."),
        ("x" * 10_000, "A value is required."),
    ],
    ids=repr,
)
def test_the_language_its_parent_or_english(language, text):
    assert render(Problem(("a",), "required", {}), language) == text


def test_suggestions_are_labelled_in_the_language():
    assert dict(genders("fr"))["female"] == "Femme"
    assert dict(occupations("id-ID"))["professionals"] == "Profesional"
    assert dict(genders("xx"))["female"] == dict(genders())["female"] == "Female"
    assert [value for value, _ in genders("de")] == [value for value, _ in genders("en")]
    assert translate("Managers", "de") == "Führungskräfte"


# ---- rules ----

TEXT_OF_A_RULE = {"id": "Umur 100% harus %(limit)s", "en": "Age must be 100% %s %(limit)s", "pt": "Idade"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Age must be 100% %s %(limit)s"),
        ("en-GB", "Age must be 100% %s %(limit)s"),
        ("id", "Umur 100% harus %(limit)s"),
        ("pt-br", "Idade"),
        ("de", "Umur 100% harus %(limit)s"),  # the schema's own language, since there is no German
        (None, "Umur 100% harus %(limit)s"),
    ],
)
def test_the_message_of_a_rule_is_shown_as_it_is_written(language, text):
    problem = _problem_of_rule(TEXT_OF_A_RULE, default_language="id")
    assert render(problem, language) == text


def test_a_rule_with_one_text_shows_it_in_every_language():
    problem = _problem_of_rule("50 % of %(choices)s, and 100 %")
    assert {render(problem, language) for language in (*LANGUAGES, "xx")} == {"50 % of %(choices)s, and 100 %"}
    assert problem.as_dict() == {"code": "rule", "message": "50 % of %(choices)s, and 100 %", "params": {}}


def test_a_rule_problem_without_words_says_that_a_rule_is_not_met():
    assert render(Problem((), "rule", {}), "de") == "Eine Regel für diesen Datensatz ist nicht erfüllt."


class NeverLanguage:
    """A rule language in which every rule is broken."""

    def compile(self, expression, types, result):
        return self

    names = ("a",)

    def evaluate(self, values):
        return False


def never_language():
    return NeverLanguage()


class NeverPlugin:
    @hookimpl
    def jsonattrs_rule_languages(self):
        return [RuleLanguage("never", load=never_language)]


def _problem_of_rule(message, default_language="en"):
    rule = Rule("broken", message)
    schema = Schema(
        "s", [Attribute("a", "integer")], rules=[rule], rule_language="never", default_language=default_language
    )
    (problem,) = compose(schema).compile(Registry.from_plugins({"never": NeverPlugin()})).check({"a": 1}).problems
    return problem


# ---- plugins ----


@pytest.fixture
def zoo(tmp_path, monkeypatch):
    """A package ``jsonattrs_zoo`` that has a German catalog of its own."""
    folder = tmp_path / "jsonattrs_zoo" / "locale" / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (tmp_path / "jsonattrs_zoo" / "__init__.py").write_text("")
    catalog = Catalog("de")
    catalog.add("No animal is called so: %(limit)s at most.", "So heißt kein Tier: höchstens %(limit)s.")
    with (folder / "jsonattrs-zoo.mo").open("wb") as file:
        write_mo(file, catalog)
    monkeypatch.syspath_prepend(tmp_path)
    _catalog.cache_clear()
    yield
    _catalog.cache_clear()


def _zoo_problem(code, **params):
    def check(value):
        raise Invalid(code, **params)

    class Zoo:
        @hookimpl
        def jsonattrs_subtypes(self):
            codes = {"zoo.name": "No animal is called so: %(limit)s at most.", "zoo.odd": "100 % odd: %(missing)s."}
            common = {"label": "", "summary": "", "examples": (), "invalid_examples": ()}
            return [Subtype(base="text", name="animal", load=check, codes=codes, **common)]

    schema = Schema("s", [Attribute("a", "text", subtype="animal")])
    (problem,) = compose(schema).compile(Registry.from_plugins({"zoo": Zoo()})).check({"a": "unicorn"}).problems
    return problem


@pytest.mark.usefixtures("zoo")
def test_a_plugins_own_code_is_said_in_its_own_domain():
    problem = _zoo_problem("zoo.name", limit=3)
    assert problem.provider == "zoo"
    assert render(problem, "de-AT") == "So heißt kein Tier: höchstens 3."
    assert render(problem, "fr") == render(problem) == "No animal is called so: 3 at most."
    assert "message" not in problem.as_dict("de")["params"]


@pytest.mark.usefixtures("zoo")
def test_a_plugins_use_of_a_code_of_the_core_is_said_in_the_cores_words():
    assert render(_zoo_problem("checksum"), "de").startswith("Die Prüfziffer")
    assert render(_zoo_problem("max_length", limit=1), "de") == "Verwenden Sie höchstens 1 Zeichen."


def test_a_plugin_without_a_catalog_or_with_odd_words_still_says_something():
    assert render(_zoo_problem("zoo.name", limit=3), "de") == "No animal is called so: 3 at most."
    assert render(_zoo_problem("zoo.odd"), "de") == "100 % odd: %(missing)s."
    assert render(_zoo_problem("zoo.undeclared"), "de") == "Dieser Wert hat nicht die richtige Form."


# ---- values are personal data ----

SECRET = "3171011708450001"
REFUSED = [
    ("text", SECRET, {"constraints": {"max_length": 3}}),
    ("text", SECRET, {"constraints": {"min_length": 30}}),
    ("text", SECRET, {"constraints": {"pattern": "[a-z]+"}}),
    ("text", SECRET + "\x00", {}),
    ("text", SECRET, {"choices": ["a", "b"]}),
    ("text", SECRET, {"subtype": "hex-color"}),
    ("text", SECRET, {"subtype": "url"}),
    ("text", " ".join(SECRET), {"subtype": "slug"}),
    ("text", int(SECRET), {}),
    ("integer", int(SECRET), {"constraints": {"max": 9}}),
    ("integer", int(SECRET), {"subtype": "year"}),
    ("integer", SECRET, {}),
    ("float", float(SECRET), {"constraints": {"exclusive_max": 9.0}}),
    ("float", SECRET, {}),
    ("decimal", SECRET, {"constraints": {"max_digits": 3}}),
    ("decimal", SECRET + "x", {}),
    ("boolean", SECRET, {}),
    ("date", SECRET, {}),
    ("datetime", SECRET, {}),
    ("time", SECRET, {}),
    ("duration", SECRET, {}),
    ("uuid", SECRET, {}),
    ("object", SECRET, {}),
    ("object", {"a": SECRET + "\x00"}, {}),
    ("object", {"a": {SECRET}}, {}),
    ("text", [SECRET, SECRET], {"multiple": True, "constraints": {"unique_items": True}}),
    ("text", SECRET, {"multiple": True}),
]


@pytest.mark.parametrize(("base", "value", "more"), REFUSED, ids=lambda part: str(part)[:40])
@pytest.mark.parametrize("from_text", [False, True], ids=["json", "text"])
def test_a_message_never_repeats_the_value(base, value, more, from_text):
    validator = compose(Schema("s", [Attribute("a", base, **more)])).compile(REGISTRY)
    result = validator.check({"a": value}, from_text=from_text)
    assert result.problems or from_text
    for problem in result.problems:
        assert SECRET not in repr(problem.params)
        for language in LANGUAGES:
            assert SECRET not in render(problem, language)


def test_an_example_without_a_label_is_no_reason_to_show_placeholders():
    problem = Problem(("a",), "format", {"example": "AB-12"})
    assert str(problem) == "This value is not in the right form."


def test_an_empty_message_in_a_mapping_leaves_the_core_its_words():
    registry = checking(_zoo_check, codes={"length": "", "acme.odd": "Odd."}, examples=("12",))
    (problem,) = schema("acme-code").compile(registry).check({"code": "1"}).problems
    assert str(problem) == "This has the wrong number of characters. The right form is such as 12 (L)."


def _zoo_check(value):
    raise Invalid("length")
