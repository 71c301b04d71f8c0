"""How a value is given to a form field: ``field.clean``, and where that is not enough, what is done about it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from types import MethodType
from typing import Any, Final, TypeAlias

from django.forms import CharField
from django.utils import timezone as django_timezone

from jsonattrs_core import Invalid
from jsonattrs_localflavor.compact import in_capitals, uruguayan_number, without_punctuation
from jsonattrs_localflavor.members import member

__all__ = ["CRASHES", "Cleaner", "Field", "cleaner"]

#: Takes a text and returns what the field makes of it; raises Django's ValidationError, Invalid, or one of CRASHES.
Cleaner: TypeAlias = Callable[[str], Any]
#: A form field's class.
Field: TypeAlias = Callable[..., Any]

#: What fields raise on texts that they did not think of, found by giving them everything: ValueError those of Austria,
#: Mexico and Romania, TypeError those of Indonesia, the Netherlands and Switzerland, AttributeError that of Spain; the
#: others are of the same kind. The text has then failed to be such a number, and is refused. What Django raises where
#: it is not set up (ImproperlyConfigured, AppRegistryNotReady) is no such error and gets through, as a fault.
CRASHES: Final = (ValueError, TypeError, AttributeError, LookupError, ArithmeticError)

#: The time zone that Django is told to assume. What comes back in it had none.
_LOCAL: Final = timezone(timedelta(0), "as written")
_TIMES: Final = ("%H:%M:%S", "%H:%M:%S.%f", "%H:%M")
#: What the departments of Corsica count as in the key of a French number.
_CORSICA: Final = {"2A": "19", "2B": "18"}


def cleaner(reference: str) -> Cleaner:
    """Return what cleans values with the form field of that name; one instance serves all threads."""
    return _MAKERS.get(reference, _plain)(member(reference))


def _plain(field: Field) -> Cleaner:
    clean: Cleaner = field().clean
    return clean


def _forgetful(field: Field) -> Cleaner:
    """Use a copy for each value: these fields keep what they read from the number, a date of birth and a sex."""
    kept = field()
    return lambda text: copy.copy(kept).clean(text)


def _swiss_number(field: Field) -> Cleaner:
    """Leave the field's own ``run_validators`` out: it puts the messages together, and so reads them."""
    kept = field()
    kept.run_validators = MethodType(CharField.run_validators, kept)
    clean: Cleaner = kept.clean
    return clean


def _south_african_number(field: Field) -> Cleaner:
    """Count first: the field does not look at what comes after 13 digits, save for adding it to the check sum."""
    clean = field().clean

    def counted(text: str) -> Any:
        if len(text.replace(" ", "").replace("-", "")) != 13:
            raise Invalid("length")
        return clean(text)

    return counted


def _italian_vat_number(field: Field) -> Cleaner:
    """Ask for digits: the field reads the text with ``int()``, which takes ``+7_973`` as well."""
    clean = field().clean

    def of_digits(text: str) -> Any:
        if not text.isdigit():
            raise Invalid("format")
        return clean(text)

    return of_digits


def _chilean_number(field: Field) -> Cleaner:
    """Take the dot away that the field puts before a number of three, six or nine digits."""
    clean = field().clean
    return lambda text: clean(text).lstrip(".")


def _australian_tax_number(field: Field) -> Cleaner:
    """Take the spaces away that the field lets stand: they are of the way to show the number."""
    clean = field().clean
    return lambda text: clean(text).replace(" ", "")


def _french_number(field: Field) -> Cleaner:
    """Work out the key of people born in Corsica, for which 2A counts as 19 and 2B as 18; the field counts both as 20.

    The field is asked with the key that it wants, and so decides on all but the key.
    Source: INSEE, key of the NIR, https://www.insee.fr/fr/metadonnees/definition/c1409
    """
    clean = field().clean

    def keyed(text: str) -> Any:
        number = text.replace(" ", "").replace("-", "")
        counted = _CORSICA.get(number[5:7])
        if counted is None or len(number) != 15:
            return clean(text)
        clean(number[:13] + _french_key(number, "20"))
        if number[13:] != _french_key(number, counted):
            raise Invalid("checksum")
        return number

    return keyed


def _french_key(number: str, department: str) -> str:
    """Return the two digits that the first 13 ask for; ValueError if there are others than digits."""
    return f"{97 - int(number[:5] + department + number[7:13]) % 97:02}"


def _date(field: Field) -> Cleaner:
    clean = field().clean

    def iso(text: str) -> str:
        found: date = clean(text)
        return found.isoformat()

    return iso


def _date_time(field: Field) -> Cleaner:
    return partial(_local_time, field().clean)


def _split_date_time(field: Field) -> Cleaner:
    """Give the field its two parts: the time is what comes after the last space, or after the T of ISO 8601."""
    clean = field(input_time_formats=_TIMES).clean

    def parted(text: str) -> Any:
        parts = text.rsplit(maxsplit=1)
        return clean(parts if len(parts) == 2 else text.split("T", 1))

    return partial(_local_time, parted)


def _local_time(clean: Cleaner, text: str) -> str:
    """Return ISO 8601: as written, or in UTC where an offset was written.

    Django takes a time without an offset for one of its current time zone. That is the server's or the reader's, and
    nobody said that it is the writer's: so it is told a zone by which such a time is known afterwards.
    """
    with django_timezone.override(_LOCAL):
        found: datetime = clean(text)
    if found.tzinfo is None or found.tzinfo is _LOCAL:
        return found.replace(tzinfo=None).isoformat()
    return f"{found.astimezone(UTC).replace(tzinfo=None).isoformat()}Z"


_MAKERS: Final[dict[str, Callable[[Field], Cleaner]]] = {
    "au.forms:AUTaxFileNumberField": _australian_tax_number,
    "br.forms:BRCNPJField": without_punctuation(r"[A-Z0-9]{2}\.?[A-Z0-9]{3}\.?[A-Z0-9]{3}/?[A-Z0-9]{4}-?[0-9]{2}"),
    "br.forms:BRCPFField": without_punctuation(r"[0-9]{11}|[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}"),
    "br.forms:BRProcessoField": without_punctuation(r"[0-9]{7}-?[0-9]{2}\.?[0-9]{4}\.?[0-9]\.?[0-9]{2}\.?[0-9]{4}"),
    "ch.forms:CHIdentityCardNumberField": in_capitals,
    "ch.forms:CHSocialSecurityNumberField": _swiss_number,
    "cl.forms:CLRutField": _chilean_number,
    "cz.forms:CZBirthNumberField": without_punctuation("[0-9]{6}/?[0-9]{3,4}"),
    "de.forms:DEIdentityCardNumberField": without_punctuation("[0-9]{10}[A-Z]{1,3}-[0-9]{7}-[0-9]{7}-[0-9]"),
    "es.forms:ESCCCField": without_punctuation("[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{2}[ -]?[0-9]{10}"),
    "fr.forms:FRNationalIdentificationNumber": _french_number,
    "generic.forms:DateField": _date,
    "generic.forms:DateTimeField": _date_time,
    "generic.forms:SplitDateTimeField": _split_date_time,
    "it.forms:ITVatNumberField": _italian_vat_number,
    "ma.forms:MACinNumberField": in_capitals,
    "md.forms:MDLicensePlateField": in_capitals,
    "no.forms:NOSocialSecurityNumber": _forgetful,
    "pl.forms:PLPESELField": _forgetful,
    "si.forms:SIEMSOField": _forgetful,
    "uy.forms:UYCIField": uruguayan_number,
    "za.forms:ZAIDField": _south_african_number,
}
