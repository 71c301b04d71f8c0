"""Write src/jsonattrs_phonenumbers/table.py: the regions of the numbering plans, each with examples.

    python tools/make_table.py

Run it in plugins/phonenumbers, with the plugin installed, after an update of phonenumbers. The examples are those that
the library's metadata has. The names of the regions are our own: they are carried over from the table as it is, and
the script stops for a region that has none yet.
"""

from __future__ import annotations

import sys
from pathlib import Path

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from jsonattrs_phonenumbers import table

TABLE = Path(__file__).parents[1] / "src" / "jsonattrs_phonenumbers" / "table.py"
#: Kinds of numbers that an example is taken of: two of them, as people give.
KINDS = (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.VOIP, PhoneNumberType.TOLL_FREE)

Row = tuple[str, str, tuple[str, ...], tuple[str, ...]]


def rows() -> list[Row]:
    """Return the rows of the table, as the installed library says."""
    names = {region: name for region, name, *_ in table.REGIONS}
    if missing := sorted(phonenumbers.SUPPORTED_REGIONS - names.keys()):
        sys.exit(f"Name these regions in {TABLE} first: {', '.join(missing)}")
    return [(region, names[region], *examples(region)) for region in sorted(phonenumbers.SUPPORTED_REGIONS)]


def examples(region: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return numbers of a region, as they are dialled there and from abroad, and numbers that it does not have."""
    found = [number for kind in KINDS if (number := phonenumbers.example_number_for_type(region, kind))]
    at_home = phonenumbers.format_number(found[0], PhoneNumberFormat.NATIONAL)
    from_abroad = phonenumbers.format_number(found[-1 if len(found) < 2 else 1], PhoneNumberFormat.INTERNATIONAL)
    return (at_home, from_abroad), (of_another_region(region), too_short(region, at_home))


def of_another_region(region: str) -> str:
    """Return a number that is not of the region: if there is one, of a region with the same country code."""
    code = phonenumbers.country_code_for_region(region)
    for other in phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code]:
        for kind in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE):
            number = phonenumbers.example_number_for_type(other, kind)
            if number and not phonenumbers.is_valid_number_for_region(number, region):
                return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    number = phonenumbers.example_number("GB" if region == "ID" else "ID")
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def too_short(region: str, number: str) -> str:
    """Return the number without its last digits: as many of them as make it invalid."""
    while is_valid(region, number):
        number = number.rstrip(" -()")[:-1].rstrip(" -()")
    return number


def is_valid(region: str, text: str) -> bool:
    """Tell what the library says."""
    try:
        return phonenumbers.is_valid_number_for_region(phonenumbers.parse(text, region), region)
    except phonenumbers.NumberParseException:
        return False


def main() -> None:
    """Write the table."""
    head = TABLE.read_text(encoding="utf-8").partition("\nREGIONS")[0]
    lines = "".join(f"    {row!r},\n" for row in rows())
    TABLE.write_text(f"{head}\nREGIONS: tuple[Row, ...] = (\n{lines})\n", encoding="utf-8")
    print(f"{len(rows())} regions of phonenumbers {phonenumbers.__version__}; now run: ruff format {TABLE}")


if __name__ == "__main__":
    main()
