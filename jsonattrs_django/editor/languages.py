"""The languages in which the texts of a schema are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import global_settings, settings
from django.utils.text import capfirst

from jsonattrs_django.editor.phrases import language_title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonattrs_django.editor.drafts import Draft

__all__ = ["languages_of"]

_TEXTS = ("label", "help_text", "message")


def languages_of(draft: Draft, *holders: Any) -> list[tuple[str, str]]:
    """Return the languages of texts: the schema's own first, those of the site, and whatever else is in use.

    A site that has not said which languages it has gets its own one, and not all that Django knows. ``holders`` are
    further documents whose languages are in use.
    """
    known = {code: str(name) for code, name in settings.LANGUAGES}
    has_said = settings.LANGUAGES != global_settings.LANGUAGES
    site = [*known] if has_said else [settings.LANGUAGE_CODE.partition("-")[0]]
    own = str(draft.document.get("default_language") or "en")
    used = dict.fromkeys([own, *site, *_codes((*draft.definitions, *holders))])
    titles = {code: capfirst(known.get(code) or language_title(code)) for code in used}
    titles = _told_apart(titles, {code: capfirst(language_title(code)) for code in titles})
    return [*_told_apart(titles, {code: f"{title} ({code})" for code, title in titles.items()}).items()]


def _told_apart(titles: dict[str, str], others: dict[str, str]) -> dict[str, str]:
    """Return the titles, with others in the place of those that several languages have."""
    given = [*titles.values()]
    return {code: others[code] if given.count(title) > 1 else title for code, title in titles.items()}


def _codes(value: Any, name: str = "") -> Iterable[str]:
    """Yield the languages of the texts that a document holds."""
    if isinstance(value, dict) and name in _TEXTS:
        yield from map(str, value)
    elif isinstance(value, dict):
        for member, inner in value.items():
            if member in (*_TEXTS, "choices"):
                yield from _codes(inner, member)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _codes(item)
