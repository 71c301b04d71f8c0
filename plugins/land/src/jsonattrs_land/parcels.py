"""The numbers that the government of Indonesia gives to land.

**NIB**, nomor identifikasi bidang tanah: the parcel identification number of the land registry.

Issuer: Kementerian Agraria dan Tata Ruang/Badan Pertanahan Nasional (ATR/BPN).

Structure: 14 digits since 2021: two of the province, two of the regency or city, nine of the parcel, and one that tells
whether it is on the ground, above or below it, or an apartment. Before that 13 digits, which stay in use: two each of
province, regency, district and village, and five of the parcel within the village; these five alone stand on many
certificates. There is no check digit. The codes of provinces and regencies change with the law and are not checked.

Sources: Peraturan Menteri ATR/Kepala BPN Nomor 1 Tahun 2021, article 9 (14 digits); Peraturan Menteri Negara
Agraria/Kepala BPN Nomor 3 Tahun 1997 (13 and 5 digits), both at https://peraturan.go.id/

**NOP**, nomor objek pajak: the number of a taxable property. It names the object of a tax, not the parcel of the
registry: a parcel can hold several, and land that nobody has registered has one too.

Issuer: Direktorat Jenderal Pajak, and the regencies for the tax on rural and urban land and buildings.

Structure: 18 digits: two of the province, two of the regency, three of the district, three of the village, three of the
block, four of the object, one that marks special ones. For plantations, forests and mines those of village and block
mean something else. There is no check digit.

Sources: Keputusan Direktur Jenderal Pajak KEP-533/PJ/2000; Peraturan Direktur Jenderal Pajak PER-12/PJ/2010 and
PER-48/PJ/2015 (the other sectors), at https://pajak.go.id/
"""

from __future__ import annotations

from jsonattrs_core import Invalid, fold_digits

__all__ = ["check_nib", "check_nop", "display_nib", "display_nop"]

_LONGEST = 256
#: Spaces, points and hyphens, and what word processors and web pages put in the place of spaces and hyphens.
_SEPARATORS = dict.fromkeys([*map(ord, " .-"), 0xA0, 0x2007, 0x202F, *range(0x2010, 0x2016), 0x2212])
#: How many digits stand together, by the number of digits.
_NIB_GROUPS = {5: (5,), 13: (2, 2, 2, 2, 5), 14: (2, 2, 9, 1)}
_NOP_GROUPS = (2, 2, 3, 3, 3, 4, 1)


def check_nib(value: str) -> str:
    """Return the 14, 13 or 5 digits of a parcel. Raises Invalid: ``max_length``, ``format``, ``length``.

    >>> check_nib("99.99.000000001.0")
    '99990000000010'
    >>> check_nib("00123")
    '00123'
    """
    digits = _digits(value)
    if len(digits) not in _NIB_GROUPS:
        raise Invalid("length")
    return digits


def display_nib(digits: str) -> str:
    """Return a clean NIB with points.

    >>> display_nib("9999010100123")
    '99.99.01.01.00123'
    """
    return _grouped(digits, _NIB_GROUPS[len(digits)])


def check_nop(value: str) -> str:
    """Return the 18 digits of a taxable property. Raises Invalid: ``max_length``, ``format``, ``length``.

    >>> check_nop("99.99.010.001.002-0003.0")
    '999901000100200030'
    """
    digits = _digits(value)
    if len(digits) != sum(_NOP_GROUPS):
        raise Invalid("length")
    return digits


def display_nop(digits: str) -> str:
    """Return a clean NOP with points.

    >>> display_nop("999901000100200030")
    '99.99.010.001.002.0003.0'
    """
    return _grouped(digits, _NOP_GROUPS)


def _digits(value: str) -> str:
    if len(value) > _LONGEST:
        raise Invalid("max_length", limit=_LONGEST)
    digits = fold_digits(value).translate(_SEPARATORS)
    if not (digits.isascii() and digits.isdecimal()):
        raise Invalid("format")
    return digits


def _grouped(digits: str, sizes: tuple[int, ...]) -> str:
    groups = []
    for size in sizes:
        groups.append(digits[:size])
        digits = digits[size:]
    return ".".join(groups)
