"""International bank account numbers (IBAN) and bank codes (BIC), for jsonattrs.

Only tables are read here. The library, schwifty, is imported when a schema that needs it is compiled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonattrs_core import Subtype, hookimpl
from jsonattrs_iban.table import COUNTRIES

if TYPE_CHECKING:
    from jsonattrs_iban.table import Row

__all__ = ["jsonattrs_subtypes"]

_CODES = ("format", "max_length", "length", "checksum", "component")
_PRIORITY = 90


@hookimpl
def jsonattrs_subtypes() -> list[Subtype]:
    """Return the account number of any country, those of each country, and the bank code."""
    return [_IBAN, _BIC, *map(_national, COUNTRIES)]


def _national(row: Row) -> Subtype:
    country, name, examples, invalid_examples, mask = row
    return Subtype(
        base="text",
        name=f"{country.lower()}-iban",
        load=f"jsonattrs_iban.accounts:{country}",
        country=country,
        kind="iban",
        label="IBAN",
        summary=f"The international number of a bank account in {name}.",
        examples=examples,
        invalid_examples=invalid_examples,
        codes=(*_CODES, "region"),
        priority=_PRIORITY,
        format="jsonattrs_iban.display:in_fours",
        input={"autocapitalize": "characters", "mask": mask},
    )


_IBAN = Subtype(
    base="text",
    name="iban",
    load="jsonattrs_iban.accounts:world",
    kind="iban",
    label="IBAN",
    summary="The international number of a bank account, of ISO 13616.",
    examples=("GB29 NWBK 6016 1331 9268 19", "DE89370400440532013000", "ES91-2100-0418-4502-0005-1332"),
    invalid_examples=(
        "GB29NWBK60161331926818",
        "ES2121000418450200051331",
        "XX4312341234123412",
        "DE8937040044053201300",
    ),
    codes=_CODES,
    priority=_PRIORITY,
    format="jsonattrs_iban.display:in_fours",
    input={"autocapitalize": "characters"},
)
_BIC = Subtype(
    base="text",
    name="bic",
    load="jsonattrs_iban.banks:bic",
    kind="bic",
    label="BIC",
    summary="The code of a bank or another business party, of ISO 9362, also known as SWIFT code.",
    examples=("DEUTDEFF", "NEDSZAJJXXX"),
    invalid_examples=("DEUTXXFF", "DEUTDEF", "DEUT1EFF"),
    codes=("format", "max_length", "length", "component"),
    priority=_PRIORITY,
    input={"autocapitalize": "characters"},
)
