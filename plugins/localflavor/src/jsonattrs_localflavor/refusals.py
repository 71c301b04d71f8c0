"""What a form field says against a value, in the problem codes of the core. No message is ever read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jsonattrs_core import Invalid

if TYPE_CHECKING:
    from django.core.exceptions import ValidationError

__all__ = ["CODES", "refusal"]

#: The fields' codes that say more than that the value is wrong. Any other is "format".
CODES: Final = {
    "area": "component",
    "badchecksum": "checksum",
    "birthdate": "component",
    "birthday": "component",
    "checksum": "checksum",
    "copy": "component",
    "date": "component",
    "invalid_birthday": "component",
    "invalid_checksum": "checksum",
    "invalid_cif": "checksum",
    "invalid_length": "length",
    "invalid_nie": "checksum",
    "invalid_nif": "checksum",
    "invalid_validation_digit": "checksum",
    "legal_type": "component",
    "location": "component",
    "max_digits": "length",
    "max_length": "length",  # ARCBUField calls a number of the wrong length so, and gives no limit
    "min_length": "length",
    "not_11": "length",
    "number": "component",
}


def refusal(error: ValidationError) -> Invalid:
    """Return the problem that says what the first of the field's reasons says.

    The message stays unread: it is translated when it is read, which fails where Django has no registry of
    applications yet. The field's parameters hold the value; only a limit is taken from them.
    """
    reason = error.error_list[0]
    code = reason.code
    if not isinstance(code, str):  # FRRNAField gives a list
        return Invalid("format")
    limit = (reason.params or {}).get("limit_value")
    if code in ("max_length", "min_length") and isinstance(limit, int):
        return Invalid(code, limit=limit)
    return Invalid(CODES.get(code, "format"))
