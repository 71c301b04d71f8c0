"""Bank codes.

Issuer: SWIFT, the registration authority of ISO 9362. Structure: four letters or digits for the party, the country (ISO
3166-1), two characters for the place, and none or three for the branch. Whether a bank has the code is not looked up.
Source: ISO 9362:2022, which, unlike earlier editions, lets digits be in the first four characters; the countries as
pycountry has them, which schwifty asks.
"""

from __future__ import annotations

import re

from schwifty import BIC

from jsonattrs_iban.spelling import asked, compact

__all__ = ["bic"]

_SEPARATORS = re.compile(r"\s+")


def bic(value: str) -> str:
    """Return the code in capitals.

    >>> bic("deut de ff 500")
    'DEUTDEFF500'
    """
    text = compact(value, _SEPARATORS)
    asked(BIC, text)
    return text


# The list of countries is read with the first code: let it be this one, and no value of anybody.
bic("DEUTDEFF")
