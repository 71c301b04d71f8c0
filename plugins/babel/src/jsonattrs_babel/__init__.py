"""Numbers and dates as people write them in their language, and codes with labels in it, for jsonattrs.

This module holds the tables only. Babel is imported when a text is first read or written, or a schema that uses one of
the subtypes is compiled.
"""

from __future__ import annotations

from jsonattrs_core import Subtype, TextFormat, hookimpl

__all__ = ["jsonattrs_subtypes", "jsonattrs_text_formats"]


@hookimpl
def jsonattrs_text_formats() -> list[TextFormat]:
    """Return how numbers and dates are read and written."""
    return [
        TextFormat(
            "integer",
            read="jsonattrs_babel.numbers:read_integer",
            write="jsonattrs_babel.numbers:write_integer",
            summary="Whole numbers with the digits, the minus and the separators of the language.",
        ),
        TextFormat(
            "float",
            read="jsonattrs_babel.numbers:read_float",
            write="jsonattrs_babel.numbers:write_float",
            summary="Numbers with the digits, the minus and the separators of the language.",
        ),
        TextFormat(
            "decimal",
            read="jsonattrs_babel.numbers:read_decimal",
            write="jsonattrs_babel.numbers:write_decimal",
            summary="Exact numbers with the digits, the minus and the separators of the language.",
        ),
        TextFormat(
            "date",
            read="jsonattrs_babel.dates:read_date",
            write="jsonattrs_babel.dates:write_date",
            summary="Days in the order of the language, with four digits for the year; YYYY-MM-DD everywhere.",
        ),
    ]


@hookimpl
def jsonattrs_subtypes() -> list[Subtype]:
    """Return the codes of countries, languages, locales and currencies."""
    return [
        Subtype(
            base="text",
            name="country-code",
            load="jsonattrs_babel.codes:country_code",
            kind="country",
            label="Country",
            summary="A country or territory by its two letters of ISO 3166-1, and Kosovo by the customary XK.",
            examples=("ID", "de", "GB"),
            invalid_examples=("ZZ", "EU", "UK", "IDN"),
            codes=("format", "choice"),
            choices="jsonattrs_babel.codes:countries",
            input={"autocomplete": "country", "autocapitalize": "characters"},
        ),
        Subtype(
            base="text",
            name="currency-code",
            load="jsonattrs_babel.codes:currency_code",
            kind="currency",
            label="Currency",
            summary="A currency in use by its three letters of ISO 4217.",
            examples=("IDR", "eur", "CHF"),
            invalid_examples=("DEM", "XXX", "QQQ", "EU"),
            codes=("format", "choice"),
            choices="jsonattrs_babel.codes:currencies",
            input={"autocomplete": "transaction-currency", "autocapitalize": "characters"},
        ),
        Subtype(
            base="text",
            name="language-code",
            load="jsonattrs_babel.codes:language_code",
            kind="language",
            label="Language",
            summary="A language by its two or three letters of ISO 639, the shortest that there are.",
            examples=("id", "DE", "haw"),
            invalid_examples=("xx", "und", "pt-BR", "german"),
            codes=("format", "choice"),
            choices="jsonattrs_babel.codes:languages",
            input={"autocomplete": "language", "autocapitalize": "none"},
        ),
        Subtype(
            base="text",
            name="locale",
            load="jsonattrs_babel.codes:locale_code",
            kind="language",
            label="Language and region",
            summary="A language, with script and region where they matter, as a tag of BCP 47 that CLDR has data for.",
            examples=("pt-BR", "zh_hant_tw", "id"),
            invalid_examples=("xx-YY", "de-XX", "und", "german"),
            codes=("format", "choice"),
            choices="jsonattrs_babel.codes:locales",
            input={"autocomplete": "language", "autocapitalize": "none"},
        ),
    ]
