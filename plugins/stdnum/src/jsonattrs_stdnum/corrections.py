"""Where the issuer of a number says otherwise than python-stdnum, or says more: a small function for each.

Each gets the library's ``validate`` and ``compact`` and a text, and gives the compact form. It raises the library's
errors, as ``validate`` does.
"""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidLength

from jsonattrs_stdnum.upstream import compacter, validator

if TYPE_CHECKING:
    from collections.abc import Callable

    Text: TypeAlias = Callable[[str], str]

__all__ = ["CORRECTIONS", "corrected"]

#: Numbers from provinces of Indonesia that the library does not list: Kalimantan Utara, Papua Barat, Papua Selatan,
#: Papua Pegunungan, Papua Barat Daya.
_NEW_PROVINCE: Final = re.compile("(?:65|9[2356])[0-9]{14}")
_BARE_MAC: Final = re.compile(r"[0-9a-f]{12}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}")


def corrected(name: str) -> Text:
    """Return the ``(text) -> compact form`` of a number, by the library and what is added here."""
    correction = CORRECTIONS.get(name)
    return partial(correction, validator(name), compacter(name)) if correction else validator(name)


def _lower(validate: Text, _: Text, text: str) -> str:
    """Company register of Austria: the letter of a number is printed small, and typed in either case."""
    return validate(text.lower())


def _upper(validate: Text, _: Text, text: str) -> str:
    """EIC (ENTSO-E, EIC Reference Manual), business number of Canada and NACE have capitals only."""
    return validate(text.upper())


def _austrian_post_code(validate: Text, compact: Text, text: str) -> str:
    """1400 is the post code of the United Nations in Vienna (unov.org, postal address)."""
    return "1400" if compact(text) == "1400" else validate(text)


def _indonesian(validate: Text, compact: Text, text: str) -> str:
    """Codes of provinces are those of the Ministry of Home Affairs (Kepmendagri 100.1.1-6117 of 2022).

    The library's list is older, and another one. A number from a province that it lacks is judged as if it were from
    Central Jakarta. A 16-digit NPWP of a person is a NIK.
    """
    clean = compact(text)
    if not _NEW_PROVINCE.fullmatch(clean):
        return validate(text)
    return clean[:4] + validate("3171" + clean[4:])[4:]


def _isil(validate: Text, _: Text, text: str) -> str:
    """ISO 15511: a prefix is the code of a country in ISO 3166-1, in capitals, as other registered prefixes are."""
    prefix, hyphen, unit = validate(text).partition("-")
    return prefix.upper() + hyphen + unit


def _korean_resident(validate: Text, compact: Text, text: str) -> str:
    """Since October 2020 what follows the digit for the sex is at random, without a place and a check digit.

    (Enforcement Rule of the Resident Registration Act, article 2.) Who was born since has such a number. Others have
    one too, if it was given out since: nothing tells theirs from a mistyped one.
    """
    try:
        return validate(text)
    except (InvalidChecksum, InvalidComponent):
        clean = compact(text)
        if clean[6] in "3478" and clean[:6] >= "201001" and _is_date(f"20{clean[:6]}"):
            return clean
        raise


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _lei(validate: Text, compact: Text, text: str) -> str:
    """ISO 17442-1: 20 characters. The library looks at their check sum."""
    if len(compact(text)) != 20:
        raise InvalidLength
    return validate(text)


def _mac(validate: Text, compact: Text, text: str) -> str:
    """IEEE 802: six bytes. Without colons and as Cisco's three groups of four they mean the same."""
    clean = compact(text)
    if not _BARE_MAC.fullmatch(clean):
        return validate(text)
    return validate(":".join(re.findall("..", clean.replace(".", ""))))


def _portuguese_card(validate: Text, compact: Text, text: str) -> str:
    """Hyphens separate, as blanks do (autenticacao.gov.pt, "Validação de Número de Documento do Cartão de Cidadão")."""
    return validate(compact(text).replace("-", ""))


def _itin(validate: Text, compact: Text, text: str) -> str:
    """IRS, general information on the ITIN: its fourth and fifth digits are 50-65, 70-88, 90-92 or 94-99."""
    try:
        return validate(text)
    except InvalidComponent:
        clean = compact(text)
        if clean[0] == "9" and "50" <= clean[3:5] <= "65":
            return clean
        raise


CORRECTIONS: Final[dict[str, Callable[[Text, Text, str], str]]] = {
    "at_businessid": _lower,
    "at_post_code": _austrian_post_code,
    "ca_bn": _upper,
    "eu_eic": _upper,
    "eu_nace": _upper,
    "id_nik": _indonesian,
    "id_npwp": _indonesian,
    "isil": _isil,
    "kr_rrn": _korean_resident,
    "lei": _lei,
    "mac": _mac,
    "pt_cc": _portuguese_card,
    "us_itin": _itin,
}
