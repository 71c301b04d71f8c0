"""Write src/jsonattrs_iso/table.py: the countries that have subdivisions, each with two codes as examples.

    python tools/make_table.py

Run it in plugins/iso, with the plugin installed, after an update of pycountry. Its lists are not copied: the table has
two codes of a country. The names of the countries are our own: they are carried over from the table as it is, and the
script stops for a country that has none yet.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pycountry

from jsonattrs_iso import table

TABLE = Path(__file__).parents[1] / "src" / "jsonattrs_iso" / "table.py"


def rows() -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the rows of the table, as the installed library says."""
    names = {country: name for country, name, *_ in table.COUNTRIES}
    found: dict[str, list[str]] = {}
    for code in sorted(subdivision.code for subdivision in pycountry.subdivisions):
        found.setdefault(code.partition("-")[0], []).append(code)
    if missing := sorted(found.keys() - names):
        sys.exit(f"Name these countries in {TABLE} first: {', '.join(missing)}")
    return [(country, names[country], tuple(codes[:2])) for country, codes in sorted(found.items())]


def main() -> None:
    """Write the table."""
    head = TABLE.read_text().partition("\nCOUNTRIES")[0]
    lines = "".join(f"    {found!r},\n" for found in rows())
    TABLE.write_text(f"{head}\nCOUNTRIES: tuple[Row, ...] = (\n{lines})\n")
    print(f"{len(rows())} countries; now run: ruff format {TABLE}")


if __name__ == "__main__":
    main()
