"""Numbers as people write them: read where they can be one number only, written so that they are read back.

A text is turned into the plain number that it stands for, ``1.234.567,5`` into ``1234567.5``. It may be a plain number
itself: what jsonattrs reads without this plugin goes on being read. The separators, the sizes of groups and the sign
come from Unicode CLDR through Babel. Babel's own ``parse_decimal`` is not used: it makes 3000 of a German ``30.00``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonattrs_babel.locales import MARKS, SPACES, locale_of, native_digits
from jsonattrs_core import Invalid, fold_digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from babel.core import Locale

__all__ = [
    "read_decimal",
    "read_float",
    "read_integer",
    "write_decimal",
    "write_float",
    "write_integer",
]

#: Longest text that is looked at here: 200 digits of a decimal, its separators, and room for more.
_LONGEST = 600
#: Most digits of a decimal on either side of the point.
_MOST_DIGITS = 100
#: Longest whole number that is looked at; the largest of 64 bits has 19 digits.
_LONGEST_WHOLE = 30
#: Exact for whatever is not too long; in the caller's context a number could be rounded, or a silent NaN.
_EXACT = Context(prec=_LONGEST, traps=[InvalidOperation])
#: Digits before the decimal sign from which on they are written in groups; years and house numbers stay as they are.
_GROUPED_FROM = 5
#: Most digits of a group in any pattern of CLDR; Babel says 1000 where there are no groups.
_LARGEST_GROUP = 9
#: Signs that are one and the same to whoever types them: spaces, apostrophes, and the minus.
_SAME = {**SPACES, ord("\u2019"): "'", ord("\u2212"): "-"}
#: What is one number with a decimal point, and another with a point between groups. The core refuses it likewise.
_AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}").fullmatch
_WRITTEN = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?(e[+-]?[0-9]+)?").fullmatch


class Signs(NamedTuple):
    """What stands between the digits of a number."""

    decimal: str
    group: str
    #: Digits of the last group, and of those before it: (3, 2) in India.
    sizes: tuple[int, int]


class Notation:
    """One way to write a number."""

    def __init__(self, signs: Signs) -> None:
        self._decimal, self._group = signs.decimal, signs.group
        self._matches = re.compile("|".join(_forms(signs))).fullmatch

    def plain(self, text: str) -> str | None:
        """Return an unsigned number as the core reads it, None where it is not written this way."""
        if not self._matches(text):
            return None
        return text.replace(self._group, "").replace(self._decimal, ".")


def _forms(signs: Signs) -> Iterator[str]:
    decimal, group = re.escape(signs.decimal), re.escape(signs.group)
    exponent = "(?:[eE][+-]?[0-9]+)?"
    yield f"[0-9]+(?:{decimal}[0-9]*)?{exponent}"
    yield f"{decimal}[0-9]+{exponent}"
    if group:
        last, others = signs.sizes
        first = f"[1-9][0-9]{{0,{others - 1}}}"
        yield f"{first}(?:{group}[0-9]{{{others}}})*{group}[0-9]{{{last}}}(?:{decimal}[0-9]+)?"


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a locale."""

    notations: tuple[Notation, ...]  #: those that are read in ASCII digits
    native: tuple[Notation, ...]  #: those that are read in other digits, among which a point may mean something else
    signs: Signs  #: those that are written
    minus: str
    digits: dict[int, str] | None  #: from ASCII, for `str.translate`
    comma: bool  #: whether the point is no decimal sign: then it may have been meant as a separator

    def plain(self, text: str) -> str | None:
        """Return the plain number that a text stands for, None where it stands for none or may stand for two."""
        folded = fold_digits(text)
        notations = self.notations if folded == text else self.native
        text = folded.strip().translate(_SAME).strip(MARKS)
        sign = text[:1] if text[:1] in ("+", "-") else ""
        unsigned = text[len(sign) :].lstrip(MARKS)
        if self.comma and _AMBIGUOUS(unsigned):
            return None
        found = {notation.plain(unsigned) for notation in notations} - {None}
        return f"{sign}{found.pop()}" if len(found) == 1 else None

    def text(self, plain: str) -> str:
        """Return a plain number as the locale writes it, in groups where it is read back with them."""
        written = _WRITTEN(plain)
        if written is None:
            return plain
        texts = (self._joined(*written.groups(""), grouped=grouped) for grouped in (True, False))
        return next((text for text in texts if self.plain(text) == plain), plain)

    def _joined(self, sign: str, whole: str, fraction: str, exponent: str, *, grouped: bool) -> str:
        if grouped and self.signs.group and len(whole) >= _GROUPED_FROM and not exponent:
            whole = self.signs.group.join(_groups(whole, self.signs.sizes))
        text = f"{whole}{self.signs.decimal}{fraction}" if fraction else whole
        text = f"{self.minus * bool(sign)}{text}{exponent}"
        return text.translate(self.digits) if self.digits else text


#: A number as programs write it.
_PLAIN = Signs(".", "", (0, 0))
#: The numbers of a language that nobody has told us about.
_UNKNOWN = Numbers((Notation(_PLAIN),), (), _PLAIN, "-", None, comma=False)


def _groups(whole: str, sizes: tuple[int, int]) -> list[str]:
    last, others = sizes
    groups = [whole[-last:]]
    rest = whole[:-last]
    while rest:
        groups.append(rest[-others:])
        rest = rest[:-others]
    return groups[::-1]


@lru_cache(maxsize=256)
def _numbers(locale: Locale) -> Numbers:
    default = str(locale.default_numbering_system)
    own, latin = tuple(_signs(locale, default)), tuple(_signs(locale, "latn"))
    native = tuple(_signs(locale, str(locale.other_numbering_systems.get("native", default))))
    return Numbers(
        notations=_notations(*own, *latin),
        native=_notations(*native, *(() if default == "latn" else own)),
        signs=own[0],
        minus=_symbols(locale, default)["minusSign"],
        digits=native_digits(locale),
        comma="." not in {signs.decimal for signs in (*own, *latin)},
    )


def _notations(*found: Signs) -> tuple[Notation, ...]:
    """Return the notations of these signs, each once, and the plain one."""
    ways = dict.fromkeys([*map(_typed, found), _PLAIN])
    return tuple(map(_notation, ways))


@lru_cache(maxsize=256)
def _notation(signs: Signs) -> Notation:
    """Return the notation of these signs: a thousand locales share some thirty."""
    return Notation(signs)


def _signs(locale: Locale, system: str) -> Iterator[Signs]:
    """Yield the signs of a numbering system, the ones to write with first."""
    symbols = _symbols(locale, system)
    last, others = locale.decimal_formats[None].grouping
    if last > _LARGEST_GROUP:  # the pattern has no groups
        yield Signs(symbols["decimal"], "", (0, 0))
        return
    for group in (symbols["group"], symbols.get("currencyGroup", symbols["group"])):  # two in Austria
        yield Signs(symbols["decimal"], group, (last, others))
        if (last, others) == (3, 2):  # in India, groups of three are as well known
            yield Signs(symbols["decimal"], group, (3, 3))


def _symbols(locale: Locale, system: str) -> dict[str, str]:
    """Return the symbols of a numbering system; CLDR leaves out what is as in Latin numbers."""
    latin, own = (locale.number_symbols.get(name) or {} for name in ("latn", system))
    plain = {"decimal": ".", "group": ",", "minusSign": "-"}
    return {**plain, **_given(latin.items()), **_given(own.items())}


def _given(symbols: Iterable[tuple[Any, Any]]) -> dict[str, str]:
    return {name: symbol for name, symbol in symbols if isinstance(symbol, str)}


def _typed(signs: Signs) -> Signs:
    """Return the signs as they are after those that are the same to people have been made one."""
    return signs._replace(decimal=signs.decimal.translate(_SAME), group=signs.group.translate(_SAME))


def _plain(base: str, text: str, language: str) -> str:
    """Return the plain number, exponent included, that a text stands for. Raises Invalid."""
    text = text.strip()
    if len(text) > _LONGEST:
        if base == "decimal":
            raise Invalid("too_large", limit=_MOST_DIGITS, unit="digits")
        raise Invalid("syntax", unit="number")
    plain = _of(language).plain(text)
    if plain is None:
        raise Invalid("format", type=base)
    return plain


def _of(language: str) -> Numbers:
    locale = locale_of(language)
    return _UNKNOWN if locale is None else _numbers(locale)


def read_integer(text: str, language: str) -> int | float:
    """Return the number that a text stands for in a language, for the check of whole numbers. Raises Invalid."""
    plain = _plain("integer", text, language)
    if plain.lstrip("+-").isdigit():
        return int(plain)
    number = _EXACT.create_decimal(plain)  # a float would round the last digits of a long one
    if not number.is_finite() or number.adjusted() > _LONGEST_WHOLE or number != number.to_integral_value():
        return float(plain)  # which the check refuses
    return int(number)


def read_float(text: str, language: str) -> float:
    """Return the number that a text stands for in a language; one too large is infinite. Raises Invalid.

    >>> read_float("1.234.567,5", "de")
    1234567.5
    """
    return float(_plain("float", text, language))


def read_decimal(text: str, language: str) -> str:
    """Return, as plain text, the number that a text stands for in a language. Raises Invalid.

    >>> read_decimal("12,34,567.50", "en-IN")
    '1234567.50'
    """
    return _plain("decimal", text, language)


def write_integer(value: int, language: str) -> str:
    """Return the text of a whole number, which `read_integer` reads as the same."""
    return _of(language).text(str(value))


def write_float(value: float, language: str) -> str:
    """Return the text of a number, which `read_float` reads as the same."""
    return _of(language).text(repr(value))


def write_decimal(value: Decimal, language: str) -> str:
    """Return the text of a decimal, which `read_decimal` reads as the same, trailing zeros included."""
    return _of(language).text(format(value, "f"))
