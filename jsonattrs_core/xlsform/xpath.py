"""Expressions of XPath as ODK reads it (https://getodk.github.io/xforms-spec/), put together piece by piece."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["FALSE", "TRUE", "Formula", "Unsayable", "and_", "at", "literal", "not_", "number", "or_"]

#: Most characters of an expression: a cell holds several.
MAX_LENGTH = 8_000
#: What would not arrive: pyxform straightens quotation marks and no-break spaces, XML control characters.
_LOST = re.compile("[\u2018\u2019\u201c\u201d\u00a0\\x00-\\x1f\\x7f\ud800-\udfff\ufffe\uffff]|\\$\\{|  ").search


class Unsayable(Exception):
    """This has no words in a form's language; the message says why, for the report."""


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression that is true or false."""

    text: str
    rank: int = 0  #: how loosely its parts hang together: 0 one part, 1 joined by "and", 2 by "or"
    parts: tuple[Formula, ...] = ()
    needs: frozenset[str] = frozenset()  #: attributes that have a value wherever it is true
    uses: frozenset[str] = frozenset()  #: attributes that it looks at
    opposite: Formula | None = None  #: what it says is not so


TRUE = Formula("true()")
FALSE = Formula("false()")


def and_(*formulas: Formula) -> Formula:
    """Return the formula that is true where all are."""
    if FALSE in formulas:
        return FALSE
    parts = _parts(formulas, 1, TRUE)
    if len(parts) < 2:
        return parts[0] if parts else TRUE
    needs = frozenset[str]().union(*(part.needs for part in parts))
    return _joined(" and ", 1, parts, needs)


def or_(*formulas: Formula) -> Formula:
    """Return the formula that is true where one of them is."""
    if TRUE in formulas:
        return TRUE
    parts = _parts(formulas, 2, FALSE)
    if len(parts) < 2:
        return parts[0] if parts else FALSE
    needs = parts[0].needs.intersection(*(part.needs for part in parts))
    return _joined(" or ", 2, parts, needs)


def not_(formula: Formula) -> Formula:
    """Return the formula that is true where the other is not: also where it finds no value."""
    if formula in (TRUE, FALSE):
        return FALSE if formula == TRUE else TRUE
    return formula.opposite or Formula(f"not({formula.text})", uses=formula.uses, opposite=formula)


def at(question: str, formula: Formula) -> Formula:
    """Return a formula as part of the constraint of a question, by name: its answer is ``.``, and never blank there."""
    ref = f"${{{question}}}"
    if formula.rank:
        return (and_ if formula.rank == 1 else or_)(*(at(question, part) for part in formula.parts))
    if formula.opposite is not None:
        return not_(at(question, formula.opposite))
    if formula.text in (f"{ref} != ''", f"{ref} = ''"):
        return TRUE if "!=" in formula.text else FALSE
    return replace(formula, text=formula.text.replace(ref, "."))  # no text that is written out has ${ in it


def _parts(formulas: Iterable[Formula], rank: int, neutral: Formula) -> list[Formula]:
    flat = (part for formula in formulas for part in (formula.parts if formula.rank == rank else (formula,)))
    return list({part.text: part for part in flat if part != neutral}.values())


def _joined(word: str, rank: int, parts: list[Formula], needs: frozenset[str]) -> Formula:
    text = word.join(f"({part.text})" if part.rank not in (0, rank) else part.text for part in parts)
    if len(text) > MAX_LENGTH:
        raise Unsayable("it would become too long")
    uses = frozenset[str]().union(*(part.uses for part in parts))
    return Formula(text, rank, tuple(parts), needs, uses)


def literal(text: str) -> str:
    """Return a text as XPath writes it. Raises Unsayable where it would not arrive as it is."""
    if _LOST(text):
        raise Unsayable("it has a text with characters that are lost on the way to the form")
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    pieces = (f'"{piece}"' if piece == "'" else f"'{piece}'" for piece in re.split("(')", text) if piece)
    return f"concat({', '.join(pieces)})"


def number(value: float | Decimal) -> str:
    """Return a number as XPath writes it. Raises Unsayable where a double of 64 bits is not exactly that number."""
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    try:
        same = exact.is_finite() and Decimal(repr(float(exact))) == exact
    except OverflowError:
        same = False
    if not same:
        raise Unsayable("it has a number with more digits than forms compare")
    return format(exact.normalize() if exact else Decimal(0), "f")
