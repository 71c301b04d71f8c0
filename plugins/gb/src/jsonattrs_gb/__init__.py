"""Numbers of the United Kingdom that have a published structure, for jsonattrs: one small module for each.

This module is read in every process that uses jsonattrs, so it holds the table and imports no rule. Each ``load`` and
``format`` names a function, which is imported when a schema that uses it is compiled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonattrs_core import Subtype, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["jsonattrs_subtypes"]

_CAPITALS = {"autocapitalize": "characters"}

_SUBTYPES = (
    Subtype(
        base="text",
        name="gb-driving-license-number",
        aliases=("gb-driving-licence-number",),
        load="jsonattrs_gb.driving_licence:check",
        format="jsonattrs_gb.driving_licence:display",
        country="GB",
        kind="driving-licence",
        label="Driver number",
        summary="Number 5 on the driving licence of Great Britain, made from name and date of birth.",
        examples=("MORGA657054SM9IJ", "MORGA 657054 SM9IJ 35"),
        invalid_examples=("MORGA613314SM9IJ", "MORGA657324SM9IJ", "MORGA657054SM0IJ", "12345678"),
        codes=("max_length", "length", "format", "component"),
        pattern=(
            "(?:[A-Z]{5}|[A-Z]{4}9|[A-Z]{3}9{2}|[A-Z]{2}9{3}|[A-Z]9{4})[0-9]"
            "(?:(?:[05][13578]|[16][02])(?:0[1-9]|[12][0-9]|3[01])"
            "|(?:[05][469]|[16]1)(?:0[1-9]|[12][0-9]|30)"
            "|[05]2(?:0[1-9]|[12][0-9]))"
            "[0-9](?:99|[A-Z][A-Z9])[A-HJ-NPR-X2-9][A-Z]{2}"
        ),
        input={"mask": "***** 000000 *****", **_CAPITALS},
    ),
    Subtype(
        base="text",
        name="gb-national-insurance-number",
        aliases=("gb-nino",),
        load="jsonattrs_gb.national_insurance:check",
        format="jsonattrs_gb.national_insurance:display",
        country="GB",
        kind="social-security-number",
        label="National Insurance number",
        summary="Number of a person's contributions and benefits: two letters, six digits, a letter from A to D.",
        examples=("AB123456C", "AB 12 34 56 C"),
        invalid_examples=("QQ123456A", "GB123456A", "AB123456E"),
        codes=("max_length", "format", "component"),
        pattern=(
            "(?:[ACEHJLMOPRSWXY][A-CEGHJ-NPR-TW-Z]|B[A-CEHJ-NPR-TW-Z]|G[ACEGHJ-NPR-TW-Z]|[KT][A-CEGHJ-MPR-TW-Z]"
            "|N[A-CEGHJLMNPRSW-Z]|Z[A-CEGHJ-NPR-TW-Y])[0-9]{6}[A-D]"
        ),
        input={"mask": "aa 00 00 00 a", **_CAPITALS},
    ),
    Subtype(
        base="text",
        name="gb-company-number",
        aliases=("gb-crn",),
        load="jsonattrs_gb.company:check",
        country="GB",
        kind="organisation-id",
        label="Company number",
        summary="Number of a company at Companies House: eight digits, or two letters and six digits.",
        examples=("01234567", "SC123456", "NI123456"),
        invalid_examples=("SCO12345", "123456789", "ABC12345", "00000000"),
        codes=("max_length", "format", "component"),
        # Two characters and six, of which the digits are not all zeros.
        pattern=(
            "(?:[0-9]{2}|R[0-9])"
            "(?:[0-9]{5}[1-9]|[0-9]{4}[1-9]0|[0-9]{3}[1-9]0{2}|[0-9]{2}[1-9]0{3}|[0-9][1-9]0{4}|[1-9]0{5})"
            "|(?:0[1-9]|[1-9][0-9]|R[1-9])0{6}"
            "|[A-Z]{2}(?:[0-9]{3}(?:[0-9A-Z]{2}[1-9A-Z]|[0-9A-Z][1-9A-Z]0|[1-9A-Z]0{2})"
            "|[0-9]{2}[1-9]0{3}|[0-9][1-9]0{4}|[1-9]0{5})"
        ),
        input=_CAPITALS,
    ),
    Subtype(
        base="text",
        name="gb-vehicle-registration-number",
        aliases=("gb-number-plate",),
        load="jsonattrs_gb.registration_mark:check",
        format="jsonattrs_gb.registration_mark:display",
        country="GB",
        kind="licence-plate",
        label="Vehicle registration number",
        summary="Registration mark of a vehicle, of the current style or of an older one.",
        examples=("DE51 ABC", "ABC 123A", "1234 AB"),
        invalid_examples=("DE51 ABCD", "ABCD 123", "DE51 AB"),
        codes=("max_length", "format"),
        pattern=(
            "[A-Z]{2}[0-9]{2}[A-Z]{3}|[A-Z][0-9]{1,3}[A-Z]{3}|[A-Z]{3}[0-9]{1,3}[A-Z]"
            "|[0-9]{1,4}[A-Z]{1,3}|[A-Z]{1,3}[0-9]{1,4}"
        ),
        input=_CAPITALS,
    ),
    Subtype(
        base="text",
        name="gb-unique-learner-number",
        aliases=("gb-uln",),
        load="jsonattrs_gb.learner:check",
        country="GB",
        kind="student-id",
        label="Unique learner number",
        summary="Number of a learner in publicly funded education: ten digits, the last one a check digit.",
        examples=("9276308686",),
        invalid_examples=("9276308687", "0276308686", "927630868"),
        codes=("max_length", "format", "length", "component", "checksum"),
        input={"inputmode": "numeric", "mask": "0000000000"},
    ),
    Subtype(
        base="text",
        name="gb-unique-property-reference-number",
        aliases=("gb-uprn",),
        load="jsonattrs_gb.property_reference:check",
        country="GB",
        kind="property-id",
        label="Unique property reference number",
        summary="Number of an addressable place: at most twelve digits, stored without leading zeros.",
        examples=("100023336956", "000000199356"),
        invalid_examples=("1000233369560", "0", "10002333695A"),
        codes=("max_length", "format", "length", "component"),
        pattern="[1-9][0-9]{0,11}",
        input={"inputmode": "numeric"},
    ),
    Subtype(
        base="text",
        name="gb-title-number",
        load="jsonattrs_gb.title:check",
        country="GB",
        kind="land-title",
        label="Title number",
        summary="Number of registered land in England and Wales: up to three letters and up to six digits.",
        examples=("CS72510", "Z1Z"),
        invalid_examples=("CS7251000", "CSXX72510", "CS", "CS72510A", "CS000000"),
        codes=("max_length", "length", "format", "component"),
        pattern="[A-Z]{0,2}[1-9][0-9]{0,5}[ZT]?|[A-Z]{3}[1-9][0-9]{0,4}[ZT]?|[A-Z]{3}[1-9][0-9]{5}",
        input=_CAPITALS,
    ),
    Subtype(
        base="text",
        name="gb-eori-number",
        load="jsonattrs_gb.eori:check",
        format="jsonattrs_gb.eori:display",
        country="GB",
        kind="customs-id",
        label="EORI number",
        summary="Number of a trader at the customs of the United Kingdom: GB or XI, and 12 or 15 digits.",
        examples=("GB012345678000", "XI 012345678 000", "GB012345678000000"),
        invalid_examples=("FR012345678000", "GB01234567800", "012345678000"),
        codes=("max_length", "format", "region"),
        pattern="(?:GB|XI)(?:[0-9]{12}|[0-9]{15})",
        input=_CAPITALS,
    ),
    Subtype(
        base="text",
        name="gb-accounts-office-reference",
        load="jsonattrs_gb.accounts_office:check",
        country="GB",
        kind="tax-id",
        label="Accounts Office reference",
        summary="Reference of an employer's payments to HMRC: three digits, two letters, eight characters.",
        examples=("123PA00045678", "123PA12345678"),
        invalid_examples=("123/AB456", "123PA123456789", "12PA000456789"),
        codes=("max_length", "format"),
        pattern="[0-9]{3}[A-Z]{2}[0-9]{7}[0-9A-Z]",
        input={"mask": "000aa0000000*", **_CAPITALS},
    ),
    Subtype(
        base="text",
        name="gb-gss-code",
        load="jsonattrs_gb.gss:check",
        country="GB",
        kind="region",
        label="GSS code",
        summary="Code of a statistical or administrative area: a letter and eight digits.",
        examples=("E92000001", "K02000001"),
        invalid_examples=("92000001", "E9200000", "EN2000001"),
        codes=("max_length", "format"),
        pattern="[A-Z][0-9]{8}",
        input={"mask": "a00000000", **_CAPITALS},
    ),
    Subtype(
        base="text",
        name="gb-sort-code",
        load="jsonattrs_gb.sort_code:check",
        format="jsonattrs_gb.sort_code:display",
        country="GB",
        kind="bank-code",
        label="Sort code",
        summary="Number of a bank's branch: six digits.",
        examples=("089999", "08-99-99"),
        invalid_examples=("08999", "0899990", "O8-99-99"),
        codes=("max_length", "format", "length"),
        pattern="[0-9]{6}",
        input={"inputmode": "numeric", "mask": "00-00-00"},
    ),
    Subtype(
        base="text",
        name="gb-bank-account-number",
        load="jsonattrs_gb.bank_account:check",
        country="GB",
        kind="bank-account",
        label="Account number",
        summary="Number of a bank account beside its sort code: eight digits.",
        examples=("66374958", "374958"),
        invalid_examples=("663749581", "66374", "6637495X"),
        codes=("max_length", "format", "length"),
        pattern="[0-9]{8}",
        input={"inputmode": "numeric"},
    ),
)


@hookimpl
def jsonattrs_subtypes() -> Iterable[Subtype]:
    """Return the table."""
    return _SUBTYPES
