"""Problems, and how they are said: a problem is path, code and parameters; its text is made last."""

from __future__ import annotations

import os.path
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonattrs_core.values import CORE, shown, text_in

if TYPE_CHECKING:
    import gettext
    from collections.abc import Mapping

__all__ = ["NN_", "N_", "TEXTS", "Problem", "render", "translate"]

#: A limit that is a date or a time of day.
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}:[0-9]{2}").match
#: A language tag (BCP 47); nothing else may become part of a file's name.
_TAG = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*").fullmatch


def N_(message: str) -> str:  # noqa: N802 - the name that gettext tools know
    """Mark a message for extraction."""
    return message


def NN_(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802 - as N_
    """Mark a message with a plural, chosen by ``params["limit"]``, for extraction."""
    return singular, plural


#: English of each code; ``code.variant`` is preferred where the parameter ``type`` or ``unit`` names the variant.
TEXTS: Mapping[str, str | tuple[str, str]] = {
    "required": N_("A value is required."),
    "unknown": N_("There is no attribute of this name."),
    "type": N_("This value is of the wrong type. Expected: %(type)s."),
    "type.text": N_("Enter a text."),
    "type.integer": N_("Enter a whole number."),
    "type.float": N_("Enter a number."),
    "type.decimal": N_("Enter a decimal number as a text, such as 12.50."),
    "type.boolean": N_("Choose true or false."),
    "type.date": N_("Enter a date as a text, such as 2024-12-31."),
    "type.datetime": N_("Enter a date and time as a text, such as 2024-12-31T23:59:00Z."),
    "type.time": N_("Enter a time of day as a text, such as 23:59."),
    "type.duration": N_("Enter a duration as a text, such as P1DT12H."),
    "type.uuid": N_("Enter a UUID as a text of 32 hexadecimal digits."),
    "type.object": N_("Enter an object with named members."),
    "type.JSON": N_("Enter a JSON value: a text, a number, true or false, null, a list or an object."),
    "type.list": N_("Enter a list of values."),
    "type.document": N_("The attributes must be one object with named members."),
    "format": N_("This value is not in the right form."),
    "format.example": N_("Enter this in the right form, such as %(example)s (%(label)s)."),
    "format.text": N_("This text has a character that is not allowed, such as a control character or a line break."),
    "format.integer": N_("Enter a whole number in digits, without thousands separators, such as 1250."),
    "format.float": N_("Enter a number in digits, without thousands separators, such as 12.5."),
    "format.decimal": N_("Enter a decimal number in digits, without thousands separators, such as 12.50."),
    "format.boolean": N_("Enter true or false."),
    "format.date": N_("Enter a date that exists, in the form YYYY-MM-DD, such as 2024-12-31."),
    "format.datetime": N_("Enter a date and time that exist, with the offset from UTC, such as 2024-12-31T23:59:00Z."),
    "format.time": N_("Enter a time of day in the form HH:MM or HH:MM:SS, such as 23:59."),
    "format.duration": N_("Enter a duration in weeks, days, hours, minutes and seconds, such as P1DT12H."),
    "format.uuid": N_("Enter a UUID of 32 hexadecimal digits, with or without hyphens."),
    "format.object": N_("This holds a text or a number that cannot be stored."),
    "choice": N_("Choose one of these: %(choices)s."),
    "choice.more": N_("Choose one of the %(count)s allowed values, such as %(choices)s."),
    "min": N_("The value must be %(limit)s or more."),
    "min.moment": N_("Enter %(limit)s or later."),
    "max": N_("The value must be %(limit)s or less."),
    "max.moment": N_("Enter %(limit)s or earlier."),
    "exclusive_min": N_("The value must be more than %(limit)s."),
    "exclusive_max": N_("The value must be less than %(limit)s."),
    "multiple_of": N_("The value must be a multiple of %(limit)s."),
    "min_length": NN_("Use at least %(limit)s character.", "Use at least %(limit)s characters."),
    "max_length": NN_("Use at most %(limit)s character.", "Use at most %(limit)s characters."),
    "pattern": N_("This text is not in the required form."),
    "max_digits": NN_("Use at most %(limit)s digit.", "Use at most %(limit)s digits."),
    "decimal_places": NN_("Use at most %(limit)s decimal place.", "Use at most %(limit)s decimal places."),
    "min_items": NN_("Give at least %(limit)s value.", "Give at least %(limit)s values."),
    "max_items": NN_("Give at most %(limit)s value.", "Give at most %(limit)s values."),
    "unique_items": N_("The same value is given more than once."),
    "length": N_("This has the wrong number of characters."),
    "length.example": N_("This has the wrong number of characters. The right form is such as %(example)s (%(label)s)."),
    "checksum": N_("The check digit does not fit: look for a typing mistake."),
    "component": N_("A part of this value is not valid."),
    "region": N_("This is not valid for the country or region."),
    "unique": N_("Another record has this value already."),
    "rule": N_("A rule of this record is not met."),
    "too_large": N_("This is too large."),
    "too_large.bytes": N_("This is larger than %(limit)s bytes."),
    "too_large.characters": N_("This text is longer than %(limit)s characters."),
    "too_large.digits": N_("This number has more than %(limit)s digits."),
    "too_large.levels": N_("This is nested deeper than %(limit)s levels."),
    "too_large.problems": N_("There are more than %(limit)s problems; the others are not listed."),
    "syntax": N_("This cannot be read."),
    "syntax.csv": N_("A quotation mark is missing or out of place."),
    "syntax.json": N_("This is not valid JSON."),
    "syntax.keys": N_("A name occurs twice in one object."),
    "syntax.number": N_("This number has too many digits to be read."),
    "syntax.encoding": N_("This is not text in the expected character encoding."),
    "syntax.row": N_("This row does not have as many cells as the header."),
    "syntax.depth": N_("This is nested too deep to be read."),
    "provider_error": N_("This value could not be checked, because of a fault in a plugin. Tell the administrator."),
}


class Problem(NamedTuple):
    """One reason why a value is refused."""

    path: tuple[str | int, ...]  #: attribute's name, then keys and positions inside its value; () is the document
    code: str  #: stable code, of the reference or ``<provider>.<code>``
    params: Mapping[str, Any]  #: limits and names as JSON values; never the refused value
    provider: str = CORE  #: who says so; its gettext domain has the message

    def __str__(self) -> str:
        return render(self)

    @property
    def location(self) -> str:
        r"""The path with dots between its parts; a dot inside a part is written ``\.``."""
        return ".".join(str(part).replace(".", "\\.") for part in self.path)

    def as_dict(self, language: str = "en") -> dict[str, Any]:
        """Return ``{"code", "message", "params"}``, the message in ``language``."""
        params = {name: value for name, value in self.params.items() if name != "message"}
        return {"code": self.code, "message": render(self, language), "params": params}


def render(problem: Problem, language: str | None = "en") -> str:
    """Return the message of ``problem`` in ``language``, a BCP 47 tag; English where there is no translation."""
    text = problem.params.get("message")
    if text and problem.code == "rule":  # the words of whoever wrote the schema: no msgid, no placeholders
        return text_in(text, language, "")
    found = text if isinstance(text, str) else _text_of(problem)
    return _interpolate(_translate(found, problem, language or "en"), problem.params)


def translate(message: str, language: str | None) -> str:
    """Return a message of the core, such as the label of a suggestion, in ``language``."""
    return _catalog(CORE, (language or "en").lower().replace("_", "-")).gettext(message)


def _text_of(problem: Problem) -> str | tuple[str, str]:
    return TEXTS.get(f"{problem.code}.{_variant(problem.params)}") or TEXTS.get(problem.code, TEXTS["format"])


def _variant(params: Mapping[str, Any]) -> str:
    named = params.get("type") or params.get("unit")
    if isinstance(named, str):
        return named
    if "example" in params and "label" in params:
        return "example"
    limit, count = params.get("limit"), params.get("count")
    if isinstance(limit, str) and _MOMENT(limit):
        return "moment"
    listed = params.get("choices")
    return "more" if isinstance(count, int) and isinstance(listed, list) and count > len(listed) else ""


def _translate(text: str | tuple[str, str], problem: Problem, language: str) -> str:
    domains = (CORE,) if problem.provider == CORE else (f"{CORE}-{problem.provider}", CORE)
    limit = problem.params.get("limit")
    number = limit if isinstance(limit, int) else 2
    source = text if isinstance(text, str) else text[number != 1]
    for domain in domains:
        catalog = _catalog(domain, language.lower().replace("_", "-"))
        said = catalog.gettext(text) if isinstance(text, str) else catalog.ngettext(*text, number)
        if said != source:
            return said
    return source


def _interpolate(text: str, params: Mapping[str, Any]) -> str:
    shown = {name: _shown(value) for name, value in params.items()}
    try:
        return text % shown
    except (KeyError, TypeError, ValueError):  # a plugin's text that does not fit its parameters is better than none
        return text


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_shown(item) for item in value)
    return value if isinstance(value, str) else shown(value)


@lru_cache(maxsize=256)
def _catalog(domain: str, language: str) -> gettext.NullTranslations:
    """Catalog of ``domain``: ``locale/`` in the core's package, or in the plugin's, ``jsonattrs_<provider>``."""
    import gettext  # slow to import, and of use only to those who show messages

    if not _TAG(language):
        return gettext.NullTranslations()
    tag = [part.upper() if position else part for position, part in enumerate(language.split("-"))]
    names = ["_".join(tag[:length]) for length in range(len(tag), 0, -1)]
    return gettext.translation(domain, _locale_folder(domain), languages=names, fallback=True)


def _locale_folder(domain: str) -> str:
    if domain == CORE:
        return os.path.join(os.path.dirname(__file__), "locale")
    from importlib.util import find_spec

    spec = find_spec(domain.replace("-", "_")) if domain.replace("-", "_").isidentifier() else None
    folders = spec.submodule_search_locations if spec else None
    return os.path.join(next(iter(folders)), "locale") if folders else "locale-of-a-missing-plugin"
