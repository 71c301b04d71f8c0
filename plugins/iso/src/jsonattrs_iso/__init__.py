"""Codes of ISO for countries, their subdivisions, currencies, languages and scripts, for jsonattrs.

Only tables are read here. The library, pycountry, is imported when a schema that needs it is compiled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonattrs_core import Subtype, hookimpl
from jsonattrs_iso.table import COUNTRIES

if TYPE_CHECKING:
    from jsonattrs_iso.table import Row

__all__ = ["jsonattrs_subtypes"]

_LISTS = "jsonattrs_iso.lists"
_CODES = ("choice", "max_length")
_CAPITALS = {"autocapitalize": "characters"}
_SMALL = {"autocapitalize": "none"}
_DIGITS = {"inputmode": "numeric", "mask": "000"}


@hookimpl
def jsonattrs_subtypes() -> list[Subtype]:
    """Return the lists of the world, and the subdivisions of each country."""
    return [*_WORLD, *map(_subdivision, COUNTRIES)]


def _subdivision(row: Row) -> Subtype:
    country, name, examples = row
    return Subtype(
        base="text",
        name=f"{country.lower()}-subdivision",
        load=f"{_LISTS}:{country}.check",
        country=country,
        kind="subdivision",
        label="Subdivision",
        summary=f"A part of {name}, by its code in ISO 3166-2.",
        examples=examples,
        invalid_examples=("DE-BY" if country == "ID" else "ID-JK", country),
        codes=_CODES,
        choices=f"{_LISTS}:{country}.labels",
        input=_CAPITALS,
    )


def _list(name: str, kind: str, **details: Any) -> Subtype:
    function = name.replace("-", "_")
    details.setdefault("choices", f"{_LISTS}:{function}.labels")
    return Subtype(base="text", name=name, load=f"{_LISTS}:{function}.check", kind=kind, codes=_CODES, **details)


_WORLD = (
    _list(
        "country-alpha-2",
        "country",
        label="Country",
        summary="A country, by its code of two letters in ISO 3166-1.",
        examples=("ID", "DE"),
        invalid_examples=("UK", "IDN"),
        input={**_CAPITALS, "autocomplete": "country"},
    ),
    _list(
        "country-alpha-3",
        "country",
        label="Country",
        summary="A country, by its code of three letters in ISO 3166-1.",
        examples=("IDN", "DEU"),
        invalid_examples=("GER", "ID"),
        input=_CAPITALS,
    ),
    _list(
        "country-numeric",
        "country",
        label="Country",
        summary="A country, by its code of three digits in ISO 3166-1.",
        examples=("360", "004"),
        invalid_examples=("4", "001"),
        input=_DIGITS,
    ),
    _list(
        "country-subdivision",
        "subdivision",
        label="Subdivision",
        summary="A part of any country, by its code in ISO 3166-2.",
        examples=("ID-JK", "DE-BY", "FR-75C"),
        invalid_examples=("ID-XX", "JK"),
        choices=None,  # five thousand: too many to choose from
        input=_CAPITALS,
    ),
    _list(
        "historic-country-alpha-4",
        "country",
        label="Former country",
        summary="A country that is no more, or had another name, by its code of four letters in ISO 3166-3.",
        examples=("DDDE", "YUCS"),
        invalid_examples=("DD", "DEDE"),
        input=_CAPITALS,
    ),
    _list(
        "currency-alpha-3",
        "currency",
        label="Currency",
        summary="A currency, by its code of three letters in ISO 4217.",
        examples=("IDR", "EUR"),
        invalid_examples=("DEM", "EU"),
        input={**_CAPITALS, "autocomplete": "transaction-currency"},
    ),
    _list(
        "currency-numeric",
        "currency",
        label="Currency",
        summary="A currency, by its code of three digits in ISO 4217.",
        examples=("360", "008"),
        invalid_examples=("8", "001"),
        input=_DIGITS,
    ),
    _list(
        "language-alpha-2",
        "language",
        label="Language",
        summary="A language, by its code of two letters in ISO 639.",
        examples=("id", "de"),
        invalid_examples=("xx", "ind"),
        input={**_SMALL, "autocomplete": "language"},
    ),
    _list(
        "language-alpha-3",
        "language",
        label="Language",
        summary="A language, by its code of three letters in ISO 639.",
        examples=("ind", "deu", "jav"),
        invalid_examples=("ger", "id"),
        choices=None,  # eight thousand: too many to choose from
        suggestions=f"{_LISTS}:language_alpha_3.labels",
        input=_SMALL,
    ),
    _list(
        "script-alpha-4",
        "script",
        label="Script",
        summary="A script, by its code of four letters in ISO 15924.",
        examples=("Latn", "Java"),
        invalid_examples=("Roma", "Lat"),
        input=_SMALL,
    ),
)
