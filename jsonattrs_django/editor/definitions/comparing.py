"""Comparisons of one attribute with a value, as conditions write them."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_duration
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from jsonattrs_core import Attribute
from jsonattrs_django.registry import registry
from jsonattrs_django.texts import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonattrs_django.editor.definitions.source import Term

__all__ = ["SIGNS", "compared", "comparison", "joined"]

#: How an attribute is compared, and what that is called.
SIGNS = [
    ("==", lazy("is")),
    ("!=", lazy("is not")),
    (">", lazy("is more than")),
    (">=", lazy("is at least")),
    ("<", lazy("is less than")),
    ("<=", lazy("is at most")),
    ("given", lazy("is given")),
    ("!given", lazy("is not given")),
]

#: Names that mean something else in expressions, and stand behind ``attr.`` there.
_TAKEN = frozenset(
    [
        "bool",
        "bytes",
        "double",
        "duration",
        "dyn",
        "int",
        "list",
        "map",
        "null_type",
        "string",
        "timestamp",
        "type",
        "uint",
        "as",
        "break",
        "const",
        "continue",
        "else",
        "for",
        "function",
        "if",
        "import",
        "let",
        "loop",
        "namespace",
        "package",
        "return",
        "var",
        "void",
        "while",
        "today",
        "now",
        "attr",
        "given",
        "in",
        "true",
        "false",
        "null",
    ]
)


def comparison(term: Term, sign: str, text: str) -> str:
    """Return a comparison in CEL. Raises ValidationError where the attribute cannot be compared so."""
    if sign in ("given", "!given"):
        return f"{sign}.{term.name}"
    name = _name_of(term)
    if term.type not in _LITERALS:
        raise ValidationError(_("Of this attribute it can only be asked whether it is given."))
    if term.type == "boolean" and not term.is_multiple:
        return _yes_or_no(name, sign, text)
    value = _literal(term, text)
    if not term.is_multiple:
        return f"{name} {sign} {value}"
    if sign not in ("==", "!="):
        raise ValidationError(_("Of an attribute with several values it can be asked whether one of them is this."))
    return f"{value} in {name}" if sign == "==" else f"!({value} in {name})"


def compared(term: Term, sign: str, other: Term) -> str:
    """Return a comparison of two attributes in CEL. Raises ValidationError where they cannot be compared so."""
    if sign in ("given", "!given"):
        raise ValidationError(_("Whether it is given is asked of one attribute alone."))
    if term.is_multiple or other.is_multiple:
        raise ValidationError(_("An attribute with several values is compared with no other one."))
    return f"{_name_of(term)} {sign} {_name_of(other)}"


def _name_of(term: Term) -> str:
    return f"attr.{term.name}" if term.name in _TAKEN else term.name


def joined(condition: str, comparison: str) -> str:
    """Return a condition that holds where both do."""
    condition = condition.strip()
    if not condition:
        return comparison
    return f"({condition}) && {comparison}" if "||" in condition or "?" in condition else f"{condition} && {comparison}"


def _yes_or_no(name: str, sign: str, text: str) -> str:
    words = {"": True, "true": True, _("Yes").casefold(): True, "false": False, _("No").casefold(): False}
    said = words.get(text.casefold())
    if said is None or sign not in ("==", "!="):
        raise ValidationError(_("This attribute is yes or no."))
    return name if said is (sign == "==") else f"!{name}"


def _literal(term: Term, text: str) -> str:
    if not text:
        raise ValidationError(_("Write the value that it is compared with."))
    labels = {label.casefold(): value for value, label in term.choices}
    if text not in dict(term.choices):
        text = labels.get(text.casefold(), text)
    present = {"date": "today", "datetime": "now"}.get(term.type, "")
    if present and text.casefold() in (present, _(present).casefold()):
        return present
    typed = Reader(Attribute("value", term.type)).typed(text)
    return _LITERALS[term.type](registry().base_type(term.type).record.dump(typed))


def _quoted(value: Any) -> str:
    escaped = str(value).replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
    return f"'{escaped}'"


def _time(value: Any) -> str:
    """Return a time as expressions have it: with seconds only where there are some."""
    return _quoted(str(value).removesuffix(":00") if str(value).count(":") > 1 else value)


def _duration(value: Any) -> str:
    found = parse_duration(value) or timedelta()
    return f"duration('{found / timedelta(seconds=1):g}s')"


#: How a JSON value of each type is written.
_LITERALS: dict[str, Callable[[Any], str]] = {
    "text": _quoted,
    "integer": str,
    "float": str,
    "decimal": str,
    "boolean": json.dumps,
    "date": lambda value: f"date('{value}')",
    "datetime": lambda value: f"timestamp('{value}')",
    "time": _time,
    "duration": _duration,
    "uuid": _quoted,
}
