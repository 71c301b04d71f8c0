"""E-mail addresses, for jsonattrs, checked without asking the network.

Only a table is read here. The library, email-validator, is imported when a schema that needs it is compiled.
"""

from __future__ import annotations

from jsonattrs_core import Subtype, hookimpl

__all__ = ["jsonattrs_subtypes"]


@hookimpl
def jsonattrs_subtypes() -> list[Subtype]:
    """Return the e-mail address."""
    return [_EMAIL]


_EMAIL = Subtype(
    base="text",
    name="email",
    load="jsonattrs_email.addresses:email",
    aliases=("email-address",),
    kind="email",
    label="E-mail address",
    summary="An e-mail address, without a display name, that can be reached from anywhere.",
    examples=("user@example.com", "first.last+tag@mail.example.org", "b\u00fccher@b\u00fccher.example"),
    invalid_examples=("user@", "user@localhost", "user name@example.com", f"{'x' * 65}@example.com"),
    codes=("format", "length", "max_length"),
    input={"inputmode": "email", "autocomplete": "email", "autocapitalize": "none"},
)
