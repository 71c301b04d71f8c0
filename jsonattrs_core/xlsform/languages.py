"""The languages of a form, and the headings of their columns: ``label::English (en)``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonattrs_core.definitions import Attribute, Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jsonattrs_core.composed import ComposedSchema

__all__ = ["Language", "chosen", "languages_of"]

#: English names of languages, by the codes of ISO 639; others are called by their tag.
_NAMES = {
    "am": "Amharic",
    "ar": "Arabic",
    "bn": "Bengali",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "ha": "Hausa",
    "he": "Hebrew",
    "hi": "Hindi",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "km": "Khmer",
    "ko": "Korean",
    "lo": "Lao",
    "mg": "Malagasy",
    "ms": "Malay",
    "my": "Burmese",
    "ne": "Nepali",
    "nl": "Dutch",
    "pl": "Polish",
    "ps": "Pashto",
    "pt": "Portuguese",
    "ru": "Russian",
    "rw": "Kinyarwanda",
    "si": "Sinhala",
    "so": "Somali",
    "sw": "Swahili",
    "ta": "Tamil",
    "th": "Thai",
    "tl": "Tagalog",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
#: The other codes of two letters. Those of three are not told apart from words here.
_OTHERS = frozenset(
    (  # noqa: SIM905 - a list of them would take a page
        "aa ab ae af ak an as av ay az ba be bg bh bi bm bo br bs ca ce ch co cr cs cu cv cy da dv dz ee eo et eu ff "
        "fi fj fo fy ga gd gl gn gu gv ho hr ht hu hy hz ia ie ig ii ik io is iu jv ka kg ki kj kk kl kn kr ks ku kv "
        "kw ky la lb lg li ln lt lu lv mh mi mk ml mn mr mt na nb nd ng nn no nr nv ny oc oj om or os pa pi qu rm rn "
        "ro sa sc sd se sg sk sl sm sn sq sr ss st su sv te tg ti tk tn to ts tt tw ty ug uz ve vo wa wo xh yi yo za "
        "zu "
    ).split()
)
_THREE = re.compile(r"[a-z]{3}").fullmatch


class Language(NamedTuple):
    """A language of a form."""

    tag: str  #: as texts and messages are asked for, such as ``pt-br``
    heading: str  #: such as ``Portuguese (pt)``


def chosen(languages: Iterable[str] | Mapping[str, str]) -> tuple[Language, ...]:
    """Return the languages that a caller names, by tag, or by tag and name. Raises ValueError."""
    names = languages if isinstance(languages, Mapping) else dict.fromkeys(languages, "")
    found = tuple(_language(tag, name) for tag, name in names.items())
    if not found:
        raise ValueError("a form has one language at least")
    if unknown := [language.tag for language in found if not _is_code(_code(language.tag))]:
        raise ValueError(f"{unknown[0]!r} is no tag of a language; one is such as 'en' or 'pt-br' (ISO 639)")
    return _with_own_headings(found)


def languages_of(schema: ComposedSchema) -> tuple[tuple[Language, ...], tuple[str, ...]]:
    """Return the languages of a schema's texts, its default language first, and those that no form can name."""
    tags = dict.fromkeys([schema.default_language, *_tags(schema)])
    named = [tag for tag in tags if _is_code(_code(tag))]
    strange = tuple(tag for tag in tags if tag not in named)
    return _with_own_headings(_language(tag, "") for tag in named or ["en"]), strange


def _tags(schema: ComposedSchema) -> Iterator[str]:
    for text in _texts(schema):
        if isinstance(text, Mapping):
            yield from (tag.lower().replace("_", "-") for tag in text)


def _texts(schema: ComposedSchema) -> Iterator[Any]:
    for attribute in schema.values():
        yield from _texts_of(attribute)
    for rule in schema.rules:
        yield rule.message


def _texts_of(attribute: Attribute) -> Iterator[Any]:
    yield from (attribute.label, attribute.help_text)
    choices = attribute.choices
    if isinstance(choices, tuple):
        yield from (choice.label for choice in choices if isinstance(choice, Choice))


def _language(tag: str, name: str) -> Language:
    clean = tag.lower().replace("_", "-")
    called = re.sub(r"[:()\s]+", " ", name).strip() or _NAMES.get(clean, clean)
    return Language(clean, f"{called} ({_code(clean)})")


def _with_own_headings(languages: Iterable[Language]) -> tuple[Language, ...]:
    """Leave languages out whose tags differ in case alone, and call those by their tags whose names are the same."""
    by_tag = {language.tag: language for language in languages}
    headings = [language.heading for language in by_tag.values()]
    return tuple(
        language if headings.count(language.heading) == 1 else Language(tag, f"{tag} ({_code(tag)})")
        for tag, language in by_tag.items()
    )


def _code(tag: str) -> str:
    return tag.lower().replace("_", "-").partition("-")[0]


def _is_code(code: str) -> bool:
    return code in _NAMES or code in _OTHERS or _THREE(code) is not None
