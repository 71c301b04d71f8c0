"""Conditions in words: ``kind == 'farm' && rooms > 3`` is "Kind is “farm” and Rooms is more than 3".

Only what most conditions are is put into words: comparisons of one attribute with a value or with another attribute,
joined by "and" or by "or". Anything else is shown as it is written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Vocabulary", "condition_in_words"]

_NAME = r"(?P<name>[a-z][a-z0-9_]*)"
_TEXT = r"'[^'\\]*'|\"[^\"\\]*\""
_LITERAL = rf"(?:{_TEXT}|-?[0-9]+(?:\.[0-9]+)?|true|false|today|now|date\((?:{_TEXT})\))"
_LISTED = rf"{_NAME}\s+in\s+\[(?P<values>\s*{_LITERAL}(?:\s*,\s*{_LITERAL})*\s*)\]"
_LITERALS = re.compile(_LITERAL).findall
#: What joins terms, and texts, inside of which it joins nothing.
_JOINS = re.compile(rf"({_TEXT})|(&&|\|\|)").sub
_SPLIT = re.compile("\0(&&|\\|\\|)\0").split

_SIGNS = {
    "==": lazy("%(label)s is %(value)s"),
    "!=": lazy("%(label)s is not %(value)s"),
    "<": lazy("%(label)s is less than %(value)s"),
    "<=": lazy("%(label)s is %(value)s or less"),
    ">": lazy("%(label)s is more than %(value)s"),
    ">=": lazy("%(label)s is %(value)s or more"),
}
_WORDS = {"true": lazy("yes"), "false": lazy("no"), "today": lazy("today"), "now": lazy("now")}


class Vocabulary(Protocol):
    """What people call attributes and their values."""

    def label(self, name: str) -> str | None:
        """Return what the attribute of a name is called, None where there is none."""

    def choice(self, name: str, text: str) -> str:
        """Return what a value of an attribute is called, the value itself where it has no label."""


def condition_in_words(expression: Any, vocabulary: Vocabulary) -> str | None:
    """Return a condition in words, None for one that is not put into words."""
    if not isinstance(expression, str) or "\0" in expression:
        return None
    terms = _SPLIT(_JOINS(lambda found: found[1] or f"\0{found[2]}\0", expression))
    said = [_term(term.strip(), vocabulary) for term in terms[::2]]
    joins = set(terms[1::2])
    if len(joins) > 1 or None in said:
        return None
    return str(get_text_list([str(each) for each in said], _("or") if "||" in joins else _("and")))


def _term(term: str, vocabulary: Vocabulary) -> str | None:
    for pattern, say in _TERMS:
        found = pattern(term)
        if found is not None:
            label = vocabulary.label(found["name"])
            return None if label is None else say(found, label, vocabulary)
    return None


def _given(found: re.Match[str], label: str, _vocabulary: Vocabulary) -> str:
    return (_("%(label)s is not given") if found["no"] else _("%(label)s is given")) % {"label": label}


def _alone(found: re.Match[str], label: str, _vocabulary: Vocabulary) -> str:
    return str(_SIGNS["=="]) % {"label": label, "value": _("no") if found["no"] else _("yes")}


def _compared(found: re.Match[str], label: str, vocabulary: Vocabulary) -> str:
    return str(_SIGNS[found["sign"]]) % {"label": label, "value": _value(found, found["value"], vocabulary)}


def _compared_with_another(found: re.Match[str], label: str, vocabulary: Vocabulary) -> str | None:
    other = vocabulary.label(found["other"])
    return None if other is None else str(_SIGNS[found["sign"]]) % {"label": label, "value": other}


def _one_of(found: re.Match[str], label: str, vocabulary: Vocabulary) -> str:
    values = [_value(found, literal, vocabulary) for literal in _LITERALS(found["values"])]
    said = _("%(label)s is none of %(values)s") if found["no"] else _("%(label)s is one of %(values)s")
    return said % {"label": label, "values": ", ".join(values)}


def _value(found: re.Match[str], literal: str, vocabulary: Vocabulary) -> str:
    if literal.startswith("date("):
        return literal[6:-2]
    if literal[0] in "'\"":
        return f"“{vocabulary.choice(found['name'], literal[1:-1])}”"
    return str(_WORDS.get(literal, literal))


#: The forms of terms, and what says them.
_TERMS: tuple[tuple[Any, Callable[[re.Match[str], str, Vocabulary], str | None]], ...] = (
    (re.compile(rf"(?P<no>!\s*)?given\.{_NAME}").fullmatch, _given),
    (re.compile(rf"(?P<no>!\s*)?{_NAME}").fullmatch, _alone),
    (re.compile(rf"{_NAME}\s*(?P<sign>==|!=|<=|>=|<|>)\s*(?P<value>{_LITERAL})").fullmatch, _compared),
    (
        re.compile(rf"{_NAME}\s*(?P<sign>==|!=|<=|>=|<|>)\s*(?P<other>[a-z][a-z0-9_]*)").fullmatch,
        _compared_with_another,
    ),
    (re.compile(rf"(?P<no>!)\s*\(\s*{_LISTED}\s*\)").fullmatch, _one_of),
    (re.compile(rf"(?P<no>){_LISTED}").fullmatch, _one_of),
)
