"""The lists of states, regions and post codes: ``us_state`` and so on, ``(language) -> (value, label) pairs``.

They differ only in where the list is, so they are made when somebody asks for one (:pep:`562`).
"""

from __future__ import annotations

from contextlib import nullcontext
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final

from django.utils import translation
from django.utils.functional import Promise

from jsonattrs_localflavor.django_settings import can_translate
from jsonattrs_localflavor.members import member
from jsonattrs_localflavor.table import CHOICES, SUGGESTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["codes_of"]

_LISTS: Final = {**CHOICES, **SUGGESTIONS}
_NAMES: Final = {name.replace("-", "_"): name for name in _LISTS}


@cache
def __getattr__(name: str) -> Callable[[str | None], list[tuple[str, str]]]:
    if name not in _NAMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    subtype = _NAMES[name]
    entries = _SOURCES.get(subtype, _as_they_are)(member(_LISTS[subtype]))
    return partial(_labelled, entries)


def __dir__() -> list[str]:
    return sorted({*globals(), *_NAMES})


def codes_of(subtype: str) -> list[str]:
    """Return the values of a list."""
    return [value for value, _ in __getattr__(subtype.replace("-", "_"))(None)]


def _labelled(entries: list[tuple[str, Any]], language: str | None) -> list[tuple[str, str]]:
    """Return the pairs with labels in ``language``, where Django is set up and has a translation; else as written."""
    known = _known(language)
    with translation.override(known) if known else nullcontext():
        return [(value, str(label) if known else _source(label)) for value, label in entries]


def _known(language: str | None) -> str | None:
    """Return the language as the Django project knows it, None where it translates nothing or not into that one."""
    if not language or not can_translate():
        return None
    try:
        return str(translation.get_supported_language_variant(language))
    except LookupError:
        return None


def _source(label: Any) -> str:
    """Return a label as django-localflavor's source has it.

    Making a text of a lazy one translates it, if only into the default language, which fails where Django is not set
    up. What it was made of is known from the way in which it is pickled: the function's arguments, the text last.
    """
    if not isinstance(label, Promise):
        return str(label)
    _unpickle, (_function, arguments, *_) = label.__reduce__()
    return str(arguments[-1])


def _as_they_are(entries: Iterable[tuple[Any, ...]]) -> list[tuple[str, Any]]:
    """Return values and labels. Some lists have a third column; the post codes of Slovenia are numbers."""
    return [(str(value), label) for value, label, *_ in entries]


def _french_regions(entries: Iterable[tuple[Any, ...]]) -> list[tuple[str, Any]]:
    """Return the regions as they are since 2016, and after them those that were merged: older records have them."""
    current = _as_they_are(entries)
    names = dict(current)
    former = _as_they_are(member("fr.fr_region:REGION_CHOICES"))
    return [*current, *((value, f"{label} (until 2015)") for value, label in former if value not in names)]


def _indian_states(entries: Iterable[tuple[Any, ...]]) -> list[tuple[str, Any]]:
    """Return what the field returns. The list for its widget has other codes for four of them, which it refuses."""
    codes = member("in_.in_states:STATES_NORMALIZED")
    returned = set(codes.values())
    listed = [pair for pair in _as_they_are(entries) if pair[0] in returned]
    missing = sorted(returned - {value for value, _ in listed})
    return [*listed, *((value, _longest_name(value, codes).title()) for value in missing)]


def _longest_name(code: str, codes: dict[str, str]) -> str:
    return max((name for name, value in codes.items() if value == code), key=len)


def _american_states(entries: Iterable[tuple[Any, ...]]) -> list[tuple[str, Any]]:
    """Return all that the field knows, by name. The library's own list of them sorts by the translated name."""
    others = ("NON_CONTIGUOUS_STATES", "US_TERRITORIES", "ARMED_FORCES_STATES", "COFA_STATES")
    found = _as_they_are([*entries, *(entry for name in others for entry in member(f"us.us_states:{name}"))])
    return sorted(found, key=lambda pair: _source(pair[1]))


def _danish_post_codes(entries: Iterable[tuple[Any, ...]]) -> list[tuple[str, Any]]:
    """Return each post code once, labelled with itself and its towns."""
    towns: dict[str, list[str]] = {}
    for code, town, *_ in entries:
        towns.setdefault(code, []).append(_source(town))
    return [(code, f"{code} {', '.join(names)}") for code, names in towns.items()]


_SOURCES: Final[dict[str, Callable[[Iterable[tuple[Any, ...]]], list[tuple[str, Any]]]]] = {
    "dk-post-code": _danish_post_codes,
    "fr-region": _french_regions,
    "in-state": _indian_states,
    "us-state": _american_states,
}
