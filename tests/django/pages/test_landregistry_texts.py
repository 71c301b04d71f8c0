"""What the pages of examples/landregistry say is there in Indonesian, too, and compiled."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import landregistry
from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize
from landregistry import settings

APP = Path(landregistry.__file__).parent
CATALOG = APP / "locale" / "id" / "LC_MESSAGES" / "django.po"
KEYWORDS = dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")) | {"ngettext": (1, 2)}


def said():
    """Return the texts of the code and of the templates, as `makemessages` finds them."""
    found = set()
    for file in sorted([*APP.rglob("*.py"), *APP.rglob("*.html")]):
        source = file.read_text(encoding="utf-8")
        code = templatize(source) if file.suffix == ".html" else source
        found |= {forms(text) for _, text, _, _ in extract("python", BytesIO(code.encode()), KEYWORDS)}
    return found


def forms(text):
    return tuple(text) if isinstance(text, list | tuple) else (text,)


def texts(catalog):
    return {forms(each.id): forms(each.string) for each in catalog if each.id and not each.fuzzy}


def test_every_text_is_translated_and_no_other():
    with CATALOG.open("rb") as file:
        translated = texts(read_po(file))

    assert len(translated) > 80
    assert set(translated) == said()
    assert [text for text, strings in translated.items() if not all(strings)] == []


def test_the_catalog_is_compiled():
    with CATALOG.open("rb") as source, CATALOG.with_suffix(".mo").open("rb") as compiled:
        assert texts(read_mo(compiled)) == texts(read_po(source))


def test_each_language_of_the_site_has_a_catalog_or_is_that_of_the_code():
    languages = {code for code, _ in settings.LANGUAGES}
    assert languages - {settings.LANGUAGE_CODE} == {folder.name for folder in (APP / "locale").iterdir()}
