"""Telephone numbers, for jsonattrs: of any country, and of each of 245 countries and territories.

Only tables are read here. The library, phonenumbers, is imported when a schema that needs it is compiled, and its data
of a country when a schema asks for that country.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonattrs_core import Subtype, hookimpl
from jsonattrs_phonenumbers.table import DEPENDENCIES, REGIONS

if TYPE_CHECKING:
    from jsonattrs_phonenumbers.table import Row

__all__ = ["jsonattrs_subtypes"]

_DISPLAY = "jsonattrs_phonenumbers.display:international"
_HINTS = {"inputmode": "tel", "autocomplete": "tel"}
#: Codes of every number: the core's with its own words.
_ANYWHERE = dict.fromkeys(("format", "max_length", "length", "component"), "") | {
    "phonenumbers.extension": "This number has an extension, which cannot be stored: give the number without it.",
}
_REGIONAL = {**_ANYWHERE, "region": ""}
_WORLDWIDE = {
    **_ANYWHERE,
    "phonenumbers.country-code": "Begin with + and the country code, as in +62 for Indonesia.",
}


@hookimpl
def jsonattrs_subtypes() -> list[Subtype]:
    """Return the number of any country, and those of each region."""
    return [_WORLD, *map(_regional, REGIONS)]


def _regional(row: Row) -> Subtype:
    region, name, examples, invalid_examples = row
    prefix, has_dependencies = region.lower(), region in DEPENDENCIES
    return Subtype(
        base="text",
        name=f"{prefix}-phone-number",
        load=f"jsonattrs_phonenumbers.{'dependencies' if has_dependencies else 'checks'}:{region}",
        factory=has_dependencies,
        params=("dependencies",) if has_dependencies else (),
        aliases=(f"{prefix}-telephone-number",),
        country=region,
        kind="phone-number",
        label="Telephone number",
        summary=f"A telephone number of {name}.",
        examples=examples,
        invalid_examples=invalid_examples,
        codes=_REGIONAL,
        format=_DISPLAY,
        input=_HINTS,
    )


_WORLD = Subtype(
    base="text",
    name="phone-number",
    load="jsonattrs_phonenumbers.checks:world",
    aliases=("telephone-number",),
    kind="phone-number",
    label="Telephone number",
    summary="A telephone number of any country, with + and the country code.",
    examples=("+44 20 7946 0958", "+62 21 8350123", "+800 1234 5678"),
    invalid_examples=("020 7946 0958", "+44 7700 900123", "+44 20 7946 095"),
    codes=_WORLDWIDE,
    format=_DISPLAY,
    input=_HINTS,
)
