"""Write src/jsonattrs_iban/table.py: the countries that have IBANs, each with examples and the mask of its numbers.

    python tools/make_table.py

Run it in plugins/iban, with the plugin installed, after an update of schwifty. The names of the countries are our own
and the samples those of the IBAN registry: both are carried over from the table as it is, and the script stops for a
country that is not named yet. A country without a sample gets one that is made by its structure and belongs to nobody:
zeros, and a one at the end.
"""

from __future__ import annotations

import re
import sys
from itertools import product
from pathlib import Path
from string import ascii_uppercase, digits

from schwifty import IBAN
from schwifty.checksum import algorithms
from schwifty.exceptions import InvalidCountryCode, SchwiftyException
from schwifty.registry import get_iban_spec

from jsonattrs_iban import table

TABLE = Path(__file__).parents[1] / "src" / "jsonattrs_iban" / "table.py"
#: What stands in a mask for the letters of a registered structure.
IN_MASK = {"n": "0", "a": "a", "c": "*"}
IN_SAMPLE = {"n": "0", "a": "X", "c": "0"}

Row = tuple[str, str, tuple[str, ...], tuple[str, ...], str]


def countries() -> list[str]:
    """Return the countries that the installed library knows."""
    return [code for code in map("".join, product(ascii_uppercase, repeat=2)) if is_known(code)]


def is_known(code: str) -> bool:
    """Tell whether the installed library knows the IBANs of a country."""
    try:
        get_iban_spec(code)
    except InvalidCountryCode:
        return False
    return True


def rows() -> list[Row]:
    """Return the rows of the table, as the installed library says."""
    known = {country: (name, samples) for country, name, samples, *_ in table.COUNTRIES}
    if missing := [code for code in countries() if code not in known]:
        sys.exit(f"Name these countries in {TABLE} first: {', '.join(missing)}")
    return [row(code, *known[code]) for code in countries()]


def row(country: str, name: str, samples: tuple[str, ...]) -> Row:
    """Return the row of one country."""
    samples = samples or (made_up(country),)
    foreign = "GB29NWBK60161331926819" if country not in ("GB", "GG", "IM", "JE") else "DE89370400440532013000"
    wrong = (mistyped(samples[0]), *wrong_at_home(samples[0]), foreign)
    return country, name, samples, wrong, mask(country)


def mask(country: str) -> str:
    """Return the mask of a country's numbers in groups of four; letters that may differ where another country hosts."""
    structure = written(country, IN_MASK)
    whole = ("aa" if country in table.HOSTS else country) + "00" + structure
    return " ".join(whole[start : start + 4] for start in range(0, len(whole), 4))


def made_up(country: str) -> str:
    """Return a number that nobody has."""
    zeros = written(country, IN_SAMPLE)
    last = "1" if zeros[-1] == "0" else "X"
    return str(IBAN.from_bban(country, zeros[:-1] + last))


def written(country: str, characters: dict[str, str]) -> str:
    """Return the registered structure of a country, such as 4!a6!n, with one character for each place."""
    parts = re.findall("([0-9]+)!([nac])", get_iban_spec(country).bban_spec)
    return "".join(characters[kind] * int(length) for length, kind in parts)


def mistyped(sample: str) -> str:
    """Return a sample with its last digit changed."""
    place = max(place for place, character in enumerate(sample) if character in digits)
    return sample[:place] + digits[(int(sample[place]) + 1) % 10] + sample[place + 1 :]


def wrong_at_home(sample: str) -> tuple[str, ...]:
    """Return a sample that only the country's own check digits tell to be wrong, if it has such."""
    if not any(key.startswith(f"{sample[:2]}:") for key in algorithms):
        return ()
    for place in range(len(sample) - 1, 3, -1):
        if sample[place] in digits:
            changed = mistyped(sample[: place + 1]) + sample[place + 1 :]
            candidate = str(IBAN.from_bban(changed[:2], changed[4:]))
            if is_refused_at_home(candidate):
                return (candidate,)
    return ()


def is_refused_at_home(number: str) -> bool:
    """Tell whether the national check digits, and they alone, are wrong."""
    IBAN(number)
    try:
        IBAN(number, validate_bban=True)
    except SchwiftyException:
        return True
    return False


def main() -> None:
    """Write the table."""
    head = TABLE.read_text(encoding="utf-8").partition("\nCOUNTRIES")[0]
    lines = "".join(f"    {found!r},\n" for found in rows())
    TABLE.write_text(f"{head}\nCOUNTRIES: tuple[Row, ...] = (\n{lines})\n", encoding="utf-8")
    print(f"{len(rows())} countries; now run: ruff format {TABLE}")


if __name__ == "__main__":
    main()
