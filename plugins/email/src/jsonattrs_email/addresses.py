"""E-mail addresses.

Source: RFC 5321 and 5322 (addresses), RFC 6531 and 6532 (addresses in all scripts), RFC 5890 to 5893 and UTS #46
(domain names in all scripts), RFC 2142 (mailboxes whose case means nothing), RFC 6761 (names that receive no mail), as
the library email-validator applies them. What it can look up in the DNS is never looked up.
"""

from __future__ import annotations

from email_validator import validate_email

from jsonattrs_core import Invalid

__all__ = ["MAX_LENGTH", "MAX_LOCAL_LENGTH", "email"]

#: Most characters of an address (RFC 5321 4.5.3.1.3 without the angle brackets; erratum 1690 to RFC 3696).
MAX_LENGTH = 254
#: Most characters in front of the @ (RFC 5321 4.5.3.1.1). Newer releases of the library let more pass.
MAX_LOCAL_LENGTH = 64


def email(value: str) -> str:
    """Return an address as the library normalises it: the domain in small letters and its own script.

    >>> email("User.Name@EXAMPLE.com")
    'User.Name@example.com'
    >>> email("user@xn--bcher-kva.example")
    'user@bücher.example'
    """
    if len(value) > MAX_LENGTH:
        raise Invalid("max_length", limit=MAX_LENGTH)
    if value.rfind("@") > MAX_LOCAL_LENGTH:
        raise Invalid("length")
    try:
        # Every option is given: their defaults are variables of the library's module, which anybody may have changed.
        found = validate_email(
            value,
            allow_smtputf8=True,
            allow_empty_local=False,
            allow_quoted_local=False,
            allow_domain_literal=False,
            allow_display_name=False,
            globally_deliverable=True,
            check_deliverability=False,
            test_environment=False,
        )
    except ValueError:  # its own errors, and those of the library idna below it, should it miss one
        raise Invalid("format") from None
    return str(found.normalized)


# The tables of letters in domain names are imported at the first address that needs them: let it be this one.
email("user@b\u00fccher.example")
