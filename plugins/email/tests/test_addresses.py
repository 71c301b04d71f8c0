"""Addresses: what is accepted, how it is stored, and that nobody is asked."""

import unicodedata

import email_validator
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jsonattrs_core import Attribute, Invalid, Registry, Schema, compose
from jsonattrs_core.testing import no_sockets
from jsonattrs_email.addresses import email

REGISTRY = Registry.installed()


def verdict(text):
    """The clean address, or the problem code."""
    try:
        return email(text)
    except Invalid as error:
        return error.code


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("user@example.com", "user@example.com"),
        ("user+tag@example.com", "user+tag@example.com"),
        ("User.Name@EXAMPLE.Com", "User.Name@example.com"),
        ("!#$%&'*+-/=?^_`{|}~@example.com", "!#$%&'*+-/=?^_`{|}~@example.com"),
        # mailboxes of RFC 2142, whose case means nothing
        ("PostMaster@example.com", "postmaster@example.com"),
        ("INFO@example.com", "info@example.com"),
        # domains in other scripts, in either form
        ("user@b\u00fccher.example", "user@b\u00fccher.example"),
        ("user@xn--bcher-kva.example", "user@b\u00fccher.example"),
        ("user@B\u00dcCHER.example", "user@b\u00fccher.example"),
        ("user@stra\u00dfe.example", "user@stra\u00dfe.example"),
        ("user@\u4f8b\u3048\u3002example", "user@\u4f8b\u3048.example"),
        # mailboxes in other scripts
        ("b\u00fccher@example.com", "b\u00fccher@example.com"),
        ("bu\u0308cher@example.com", "b\u00fccher@example.com"),
        ("\u30e6\u30fc\u30b6\u30fc@example.com", "\u30e6\u30fc\u30b6\u30fc@example.com"),
        # digits: of the mailbox's name they are a part, in a domain they mean the same
        ("\u0663@example.com", "\u0663@example.com"),
        ("user@\uff11\uff12.example", "user@12.example"),
        # what is reserved for examples is no special use
        ("user@mail.example.org", "user@mail.example.org"),
        # as long as can be
        (f"{'x' * 64}@example.com", f"{'x' * 64}@example.com"),
        (f"user@{'x' * 63}.example", f"user@{'x' * 63}.example"),
    ],
)
def test_an_address_is_stored_as_the_library_normalises_it(text, stored):
    assert verdict(text) == stored
    assert verdict(stored) == stored


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "user@",
        "@example.com",
        "user@@example.com",
        "user@example",
        "user@localhost",
        "user@example..com",
        "user@example.com.",
        "user@.example.com",
        "user@-example.com",
        "user@192.0.2.1",
        ".user@example.com",
        "user.@example.com",
        "us..er@example.com",
        "user name@example.com",
        "user@example.com, other@example.com",
        "user@example.com\n",
        " user@example.com",
        "user\x00@example.com",
        "user\uff20example.com",
        "user@exam\u200bple.com",
        "user@\u202eexample.com",
        "user@xn--0.example",
        "user@ab--cd.example",
        f"user@{'x' * 64}.example",
        # valid by RFC 5322, and more than an address, or one that is reached from here only
        '"user"@example.com',
        '"user name"@example.com',
        "User <user@example.com>",
        "<user@example.com>",
        "user@[192.0.2.1]",
        "user@[IPv6:2001:db8::1]",
        # names that receive no mail (RFC 6761, RFC 6762, RFC 7686)
        "user@mail.test",
        "user@mail.invalid",
        "user@mail.local",
        "user@mail.localhost",
        "user@mail.onion",
        "user@1.0.0.127.in-addr.arpa",
    ],
)
def test_what_is_no_address_is_refused(text):
    assert verdict(text) == "format"


def test_a_mailbox_of_65_characters_is_refused():
    """The library lets it pass since 2.3, if it is not told to be strict."""
    assert verdict(f"{'x' * 64}@example.com") == f"{'x' * 64}@example.com"
    assert verdict(f"{'x' * 65}@example.com") == "length"


def test_an_address_has_at_most_254_characters():
    domain = f"{'.'.join(['x' * 60] * 3)}.example"
    longest = "u" * (253 - len(domain)) + "@" + domain
    assert len(longest) == 254
    assert verdict(longest) == longest
    assert verdict("u" + longest) == "max_length"
    assert verdict("x" * 100_000) == "max_length"
    assert verdict("\u00fc" + longest[1:]) == "format"  # which are bytes


@given(
    mailbox=st.text(min_size=1, max_size=8),
    domain=st.text(min_size=1, max_size=12),
    top=st.sampled_from(["", ".com", ".example"]),
)
def test_any_text_is_met_with_a_verdict(mailbox, domain, top):
    found = verdict(unicodedata.normalize("NFC", f"{mailbox}@{domain}{top}"))
    assert found in ("format", "length") or verdict(found) == unicodedata.normalize("NFC", found) == found


@given(st.emails().filter(lambda text: "xn--" not in text.lower()))
def test_an_ordinary_address_keeps_its_mailbox(text):
    found = verdict(text)
    assert found in ("format", "length", "max_length") or found.lower() == text.lower()


# Nobody is asked, whatever the library is set to


@pytest.fixture
def lax_library(monkeypatch):
    for name in (
        "ALLOW_EMPTY_LOCAL",
        "ALLOW_QUOTED_LOCAL",
        "ALLOW_DOMAIN_LITERAL",
        "ALLOW_DISPLAY_NAME",
        "TEST_ENVIRONMENT",
    ):
        monkeypatch.setattr(email_validator, name, True, raising=False)
    for name in ("ALLOW_SMTPUTF8", "GLOBALLY_DELIVERABLE", "STRICT"):
        monkeypatch.setattr(email_validator, name, False, raising=False)


@pytest.mark.parametrize(
    "text",
    ['"user"@example.com', "user@[192.0.2.1]", "<user@example.com>", "@example.com", "user@test", "user@example"],
)
def test_variables_of_the_library_change_nothing(lax_library, text):
    assert verdict(text) == "format"
    assert verdict(f"{'x' * 65}@example.com") == "length"
    assert verdict("b\u00fccher@example.com") == "b\u00fccher@example.com"


@pytest.mark.parametrize(
    "text", ["user@example.com", "user@b\u00fccher.example", "user@no-such-domain.example", "user@"]
)
def test_no_socket_is_opened(text):
    assert email_validator.CHECK_DELIVERABILITY
    with no_sockets() as attempts:
        verdict(text)
    assert not attempts


def test_in_a_schema_space_around_it_is_taken_away():
    schema = compose(Schema("s", [Attribute("mail", "text", subtype="email@email")]))
    assert schema.compile(REGISTRY).check({"mail": " user@Example.com\n"}).value == {"mail": "user@example.com"}
    schema = compose(Schema("s", [Attribute("mail", "text", subtype="email@email", constraints={"strip": False})]))
    assert not schema.compile(REGISTRY).check({"mail": " user@example.com"}).ok
