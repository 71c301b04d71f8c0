"""Units of area whose size in square metres is laid down exactly.

=====  ============================  ==================  ==============================================================
unit   name                          square metres       laid down in
=====  ============================  ==================  ==============================================================
m2     square metre                  1                   International System of Units (SI)
a      are                           100                 EU Directive 80/181/EEC, Annex
ha     hectare                       10,000              SI Brochure, 9th edition, table 8
km2    square kilometre              1,000,000           SI
sqft   square foot                   0.09290304          a foot is 0.3048 m: yard and pound agreement of 1959
sqyd   square yard                   0.83612736          3 feet squared
acre   acre, international           4046.8564224        4840 square yards
sqmi   square mile                   2589988.110336      640 acres
sqwa   tarang wa, Thailand           4                   a wa is 2 m: Weights and Measures Act B.E. 2466 (1923)
ngan   ngan, Thailand                400                 100 tarang wa
rai    rai, Thailand                 1600                4 ngan
=====  ============================  ==================  ==============================================================

Left out are units whose size depends on the place (bigha, dunam, feddan, tumbak) and the survey acre of the United
States, which was given up in 2022.

>>> read_unit("M²"), read_unit("hectare")
('m2', None)
>>> square_metres(Decimal("2.5"), "ha")
Decimal('25000.0')
"""

from __future__ import annotations

from decimal import Context, Decimal
from typing import NamedTuple

__all__ = ["UNITS", "Unit", "read_unit", "square_metres"]


class Unit(NamedTuple):
    """A unit of area."""

    symbol: str  #: what people read behind the number
    size: Decimal  #: in square metres, exactly


UNITS = {
    "m2": Unit("m\u00b2", Decimal(1)),
    "a": Unit("a", Decimal(100)),
    "ha": Unit("ha", Decimal(10_000)),
    "km2": Unit("km\u00b2", Decimal(1_000_000)),
    "sqft": Unit("sq ft", Decimal("0.09290304")),
    "sqyd": Unit("sq yd", Decimal("0.83612736")),
    "acre": Unit("acre", Decimal("4046.8564224")),
    "sqmi": Unit("sq mi", Decimal("2589988.110336")),
    "sqwa": Unit("sq wa", Decimal(4)),
    "ngan": Unit("ngan", Decimal(400)),
    "rai": Unit("rai", Decimal(1600)),
}

#: An area has at most 200 digits and a size 13, so that no product is rounded, whatever the caller's own context.
_EXACT = Context(prec=250)


def read_unit(text: str) -> str | None:
    """Return the unit that ``text`` is in whatever case, also with a raised 2; None where it is none."""
    unit = text.strip().lower().replace("\u00b2", "2")
    return unit if unit in UNITS else None


def square_metres(value: Decimal, unit: str) -> Decimal:
    """Return an area in square metres, exactly. Raises KeyError where ``unit`` is not one of :data:`UNITS`."""
    return _EXACT.multiply(value, UNITS[unit].size)
