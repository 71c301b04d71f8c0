"""The subtype ``area``: a number in the unit that the schema names, or an object that brings its unit along.

On the base type ``decimal`` the schema says the unit of all values: ``constraints: {unit: ha}``, square metres if it
says none. On the base type ``object`` each value says its own, like LA_AreaValue of ISO 19152:
``{"value": "2.5", "unit": "ha", "type": "officialArea"}``, the type being optional.

Zero is an area: small ones become it when they are rounded. A schema that wants none says ``min``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from jsonattrs_core import Invalid, InvalidParts, SchemaError, fold_digits
from jsonattrs_land.lists import AREA
from jsonattrs_land.units import UNITS, read_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from jsonattrs_core import Attribute

__all__ = ["check_area", "display", "make_area"]

#: Most digits on either side of the point, as of the base type ``decimal``.
_DIGITS = 100
_NUMBER = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?").fullmatch
#: Longest text that is read as a number: that many digits, a sign, a point, and some space around.
_LONGEST = 256
#: Most unknown members that are reported.
_REPORTED = 100


def make_area(attribute: Attribute) -> Callable[[Decimal], Decimal]:
    """Return the check of numbers in the unit of the attribute. Raises SchemaError where nobody knows the unit."""
    unit = (attribute.constraints or {}).get("unit", "m2")
    if not isinstance(unit, str) or unit not in UNITS:
        raise SchemaError(f"the unit of an area is one of {', '.join(UNITS)}")
    return _not_negative


def _not_negative(value: Decimal) -> Decimal:
    if value < 0:
        raise Invalid("min", limit=0)
    return value


def check_area(value: dict[str, Any]) -> dict[str, Any]:
    """Return the area as ``value``, ``unit`` and, if there is one, ``type``; all that is wrong raises InvalidParts.

    >>> check_area({"unit": "HA", "value": 2.50})
    {'value': '2.5', 'unit': 'ha'}
    >>> check_area({"value": "+0012.00", "unit": "m²", "type": "OfficialArea"})
    {'value': '12', 'unit': 'm2', 'type': 'officialArea'}
    """
    problems: list[tuple[tuple[str], Invalid]] = list(islice(_unknown(value), _REPORTED))
    clean = {}
    for name, read in _MEMBERS.items():
        try:
            found = read(value.get(name))
        except Invalid as problem:
            problems.append(((name,), problem))
        else:
            if found is not None:
                clean[name] = found
    if problems:
        raise InvalidParts(problems)
    return clean


def _unknown(value: Mapping[str, Any]) -> Iterator[tuple[tuple[str], Invalid]]:
    for name in value:
        if name not in _MEMBERS:
            cut = name[:63]
            yield (cut if cut.isprintable() else ascii(cut)[1:-1],), Invalid("unknown")


def _read_value(given: Any) -> str:
    """Return a number as text in plain notation, without zeros that say nothing."""
    sign, whole, fraction = _parts(_as_text(given))
    if len(whole) > _DIGITS or len(fraction) > _DIGITS:
        raise Invalid("too_large", limit=_DIGITS, unit="digits")
    text = f"{whole or '0'}.{fraction}" if fraction else whole or "0"
    if sign == "-" and text != "0":
        raise Invalid("min", limit=0)
    return text


def _as_text(given: Any) -> str:
    if _is_empty(given):
        raise Invalid("required")
    if isinstance(given, str):
        if len(given) > _LONGEST:
            raise Invalid("too_large", limit=_DIGITS, unit="digits")
        return fold_digits(given.strip())
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise Invalid("type", type="decimal")
    return format(Decimal(repr(given)), "f")  # repr: 2.5 is meant, not the binary fraction next to it


def _parts(text: str) -> tuple[str, str, str]:
    found = _NUMBER(text)
    if not found or not (found[2] or found[3]):
        raise Invalid("format", type="decimal")
    return found[1], found[2].lstrip("0"), (found[3] or "").rstrip("0")


def _read_unit(given: Any) -> str:
    if _is_empty(given):
        raise Invalid("required")
    if not isinstance(given, str):
        raise Invalid("type", type="text")
    unit = read_unit(given)
    if unit is None:
        raise Invalid("choice", choices=list(UNITS)[:10], count=len(UNITS))
    return unit


def _read_type(given: Any) -> str | None:
    if _is_empty(given):
        return None
    if not isinstance(given, str):
        raise Invalid("type", type="text")
    return AREA.check(given.strip())


def _is_empty(given: Any) -> bool:
    return given is None or (isinstance(given, str) and not given.strip())


_MEMBERS: Mapping[str, Callable[[Any], str | None]] = {"value": _read_value, "unit": _read_unit, "type": _read_type}


def display(area: Mapping[str, str]) -> str:
    """Return a clean area as people write it.

    >>> display({"value": "2.5", "unit": "ha"})
    '2.5 ha'
    """
    return f"{area['value']} {UNITS[area['unit']].symbol}"
