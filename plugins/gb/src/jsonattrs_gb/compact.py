"""What every rule does first: leave out what people write between the characters of a number."""

from __future__ import annotations

from jsonattrs_core import Invalid, fold_digits

__all__ = ["compact", "digits_of"]

#: Longest text that is looked at. No number here has more than 18 characters; this leaves room for any way to write it.
_LONGEST = 256
#: Spaces and hyphens, and those that word processors and web pages put in their place: the no-break spaces, the dashes
#: from U+2010 to U+2015, the minus.
_SEPARATORS = dict.fromkeys([*map(ord, " -"), 0xA0, 0x2007, 0x202F, *range(0x2010, 0x2016), 0x2212])


def compact(value: str) -> str:
    """Return ``value`` in upper case, without spaces and hyphens of any kind, its digits in ASCII.

    Raises Invalid: ``max_length`` for what is too long to be a number, ``format`` for letters that are not ASCII. The
    latter comes before upper case is made, since that turns other letters into ASCII: ``"\u0131".upper()`` is ``"I"``.

    >>> compact("de51 abc"), compact("08\u201399\u201399")
    ('DE51ABC', '089999')
    """
    if len(value) > _LONGEST:
        raise Invalid("max_length", limit=_LONGEST)
    text = fold_digits(value).translate(_SEPARATORS)
    if not text.isascii():
        raise Invalid("format")
    return text.upper()


def digits_of(value: str) -> str:
    """Return the digits of a number that is made of nothing else. Raises Invalid as :func:`compact`, and ``format``.

    >>> digits_of("08-99-99")
    '089999'
    """
    number = compact(value)
    if not number.isdecimal():  # of ASCII, only 0 to 9 are decimal
        raise Invalid("format")
    return number
