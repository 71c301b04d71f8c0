"""Forms, the record admin and the schema editor in other languages: whole catalogs, and pages without leftovers."""

from __future__ import annotations

import ast
import html
import re
import runpy
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template import Context, Template
from django.utils.translation import override
from landregistry.models import Party

import jsonattrs_django
from jsonattrs_core import Attribute, Choice
from jsonattrs_django.editor.access import address
from jsonattrs_django.forms import AttributeModelForm
from jsonattrs_django.testing import define
from tests.django.pages.editor import FIELD, TREE, Land, user

ROOT = Path(__file__).parents[3]
ADAPTER = Path(jsonattrs_django.__file__).parent
LANGUAGES = ("de", "en", "fr", "id")
OTHERS = ("de", "fr", "id")
METHODS = [("**.py", "python"), ("**/templates/**.html", "django")]
#: Which arguments of the functions that mark a text are texts.
MARKS = {"gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2)}

_placeholders = re.compile(r"%\(\w+\)[sd]|\{\w+\}|<[^<>]*>").findall


def _keywords() -> dict[str, tuple[int, ...] | None]:
    """Return the names by which the modules of the adapter mark texts, whatever they import the functions as."""
    found = dict(MARKS)
    for path in ADAPTER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
                found |= {each.asname: MARKS[each.name] for each in node.names if each.asname and each.name in MARKS}
    return found


@pytest.fixture(scope="module")
def source() -> Catalog:
    """The messages of the code and the templates as they are now."""
    catalog = Catalog()
    for _, _, message, _, context in extract_from_dir(ADAPTER, METHODS, keywords=_keywords()):
        assert context is None, "tools/catalogs.py keeps no contexts"
        catalog.add(message)
    return catalog


def _forms(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, list | tuple) else (str(text or ""),)


def _path(language: str) -> Path:
    return ADAPTER / "locale" / language / "LC_MESSAGES" / "django.po"


def _texts(language: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    with _path(language).open("rb") as file:
        return {_forms(each.id): _forms(each.string) for each in read_po(file) if each.id}


# ---- the catalogs ----


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalog_is_whole_and_compiled(language, source):
    assert len(source) > 400
    faults = runpy.run_path(str(ROOT / "tools" / "catalogs.py"))["catalog_faults"]
    assert faults(_path(language), source) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_tags_survive_translation(language):
    for forms, strings in _texts(language).items():
        wanted = [sorted(_placeholders(form)) for form in forms]
        for string in strings:
            assert sorted(_placeholders(string)) in wanted, string
            assert "%" not in re.sub(r"%\(\w+\)[sd]", "", string), string


@pytest.mark.parametrize("language", OTHERS)
def test_translations_end_as_the_english_does(language):
    """A sentence stays one, and what goes on or introduces something does, too."""
    for forms, strings in _texts(language).items():
        for string in strings:
            assert string == string.strip()
            for end in ".:…?":
                assert string.endswith(end) == forms[-1].endswith(end), string


def test_french_has_no_space_at_which_a_line_could_break_before_a_mark():
    broken = [string for strings in _texts("fr").values() for string in strings if re.search(r" [:;?!»]|« ", string)]
    assert broken == []


def test_no_text_is_marked_where_extraction_misses_it():
    """Inside an f-string it is found by some versions of Python and of Babel only."""
    marks = _keywords().keys() | {"_"}
    for path in ADAPTER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                calls = [getattr(each.func, "id", "") for each in ast.walk(node) if isinstance(each, ast.Call)]
                assert not marks & {*calls}, f"{path}:{node.lineno}"


# ---- pages ----


class _Texts(HTMLParser):
    """The texts of a page that people read or hear."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(page)

    def handle_data(self, data):
        self.found.add(" ".join(data.split()))

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in ("title", "placeholder", "aria-label") or name.startswith("data-") or tag == "input":
                self.handle_data(value or "")


def _leftovers(page: str, language: str) -> set[str]:
    """Return the English texts of a page that are translated, yet not there.

    Whole texts of two words or more count: the labels of subtypes are English, and some are words that we use, too.
    """
    told = {text for strings in _texts(language).values() for text in strings}
    return ({text for forms in _texts(language) for text in forms if " " in text} - told) & _Texts(page).found


@pytest.fixture
def land():
    return Land()


@pytest.fixture
def ask(client):
    """Get pages in a language, as an administrator."""
    client.force_login(user("ada", is_superuser=True))

    def ask(url, language, data=None, method="get"):
        answer = getattr(client, method)(url, data, headers={"accept-language": language})
        assert answer.status_code == 200
        assert answer.headers["Content-Language"] == language
        return answer.content.decode()

    return ask


class PartyForm(AttributeModelForm):
    class Meta:
        model = Party
        fields = ("name", "attrs")


FORM = {
    "de": ("Formular aktualisieren", "Ein Wert je Zeile.", "Nein"),
    "fr": ("Actualiser le formulaire", "Une valeur par ligne.", "Non"),
    "id": ("Perbarui formulir", "Satu nilai per baris.", "Tidak"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("language", OTHERS)
def test_a_form_is_in_the_language_of_its_reader(language):
    define(
        Party,
        Attribute("kind", "text", choices=[Choice("a"), Choice("b")]),
        Attribute("crops", "text", multiple=True, visible_if="kind == 'a'"),
        Attribute("paid", "boolean"),
    )
    with override(language):
        page = Template("{{ form }}").render(Context({"form": PartyForm(instance=Party(attrs={"kind": "a"}))}))
    for words in FORM[language]:
        assert words in html.unescape(page)
    assert _leftovers(page, language) == set()


SCHEMA = {
    "de": ("Attribute dieses Geltungsbereichs", "Geerbte Attribute", "Prüfen und veröffentlichen", "Ganze Zahl"),
    "fr": ("Attributs de cette portée", "Attributs hérités", "Vérifier et publier", "Nombre entier"),
    "id": ("Atribut cakupan ini", "Atribut yang diwarisi", "Tinjau dan terbitkan", "Bilangan bulat"),
}


def _edited(land):
    """Begin a draft of the north, which has something of everything."""
    draft = land.draft(land.north)
    draft.put({"key": "kind", "name": "kind", "type": "text", "choices": [{"value": "a", "retired": True}]})
    draft.put({"key": "born", "name": "born", "type": "date", "constraints": {"max": "today-18y"}})
    draft.put({"key": "rooms", "name": "rooms", "type": "integer", "visible_if": "kind == 'a'"})
    draft.save(user("grace", is_superuser=True))


@pytest.mark.django_db
@pytest.mark.parametrize("language", OTHERS)
def test_the_page_of_a_schema_is_in_the_language_of_its_reader(land, ask, language):
    _edited(land)
    page = html.unescape(ask(land.url("schema", land.north), language))
    for words in SCHEMA[language]:
        assert words in page
    assert _leftovers(page, language) == set()
    assert len(_leftovers(ask(land.url("schema", land.north), "en"), language)) > 10


@pytest.mark.django_db
@pytest.mark.parametrize("language", OTHERS)
def test_no_page_of_the_editor_has_english_leftovers(land, ask, language):
    land.party(score=1)
    _edited(land)
    names = ("schema", "attribute_add", "rules", "rule_add", "group_add", "publish", "retire", "effective", "preview")
    urls = [land.url(name, land.north) for name in names]
    urls += [address("attribute", FIELD, land.draft(land.north).texts, key=key) for key in ("kind", "born", "rooms")]
    urls += [address("override", FIELD, land.draft(land.north).texts, key="score")]
    urls += [land.url("try", land.north), TREE, f"{TREE}plugins/", f"{TREE}landregistry.party.attrs/choose/"]
    assert {url: _leftovers(ask(url, language), language) for url in urls} == {url: set() for url in urls}


@pytest.mark.django_db
@pytest.mark.parametrize("language", OTHERS)
def test_the_bulk_action_is_in_the_language_of_its_reader(land, ask, language):
    party = land.party()
    url = "/admin/landregistry/party/"
    data = {"action": "set_attribute", ACTION_CHECKBOX_NAME: [party.pk]}
    page = ask(url, language, data, method="post")
    assert {"de": "Ein Attribut setzen", "fr": "Définir un attribut", "id": "Isi atribut"}[language] in page
    assert _leftovers(page, language) == set()
