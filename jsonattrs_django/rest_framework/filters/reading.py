"""What a parameter asks: the attribute, the look-up, and the values, each typed as the attribute is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import FieldError, ValidationError
from django.db.models.constants import LOOKUP_SEP
from django.utils.translation import gettext as _

from jsonattrs_core import Problem
from jsonattrs_django.names import closest
from jsonattrs_django.offered import comparison, lookups_of, no_filter, separated, takes_several, value_reader
from jsonattrs_django.queries.names import meant
from jsonattrs_django.rest_framework.refusals import refused
from jsonattrs_django.texts import refusal

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from jsonattrs_django.queries.lookups import AttributeLookup
    from jsonattrs_django.rest_framework.exposed import Exposed, Exposure
    from jsonattrs_django.texts import Reader

__all__ = ["ANY_LANGUAGE", "LONGEST", "Asked", "condition", "demand_answerable", "lookups_by_name"]

#: Values are written as in JSON, whatever language the reader of messages has.
ANY_LANGUAGE = "und"

#: Characters of one value: databases bound the length of a pattern, in bytes, of which each character may take four.
LONGEST = 10_000

#: Characters of a parameter's name that may be one.
_LONGEST_NAME = 200


class Asked(NamedTuple):
    """What the name of a parameter says."""

    exposure: Exposure
    lookup: str


def condition(exposed: Exposed, parameter: str, given: list[str]) -> tuple[AttributeLookup, int]:
    """Return the condition that a parameter asks of a record, and with how many values it compares.

    Raises Django's ValidationError for a name, a look-up or a value that there is not.
    """
    asked = _asked(exposed, parameter)
    readers = lookups_by_name(asked.exposure).get(asked.lookup)
    if readers is None:
        raise _no_lookup(exposed, asked)
    value = _value(readers, parameter, asked.lookup, given)
    compared = comparison(asked.exposure.attr(), asked.lookup, value)
    return compared, len(value) if isinstance(value, list) else 1


def lookups_by_name(exposure: Exposure) -> dict[str, list[Reader]]:
    """Return the look-ups that an attribute has in any scope, each with the readers of those that have it."""
    found: dict[str, list[Reader]] = {}
    for reader, _language in exposure.defined:
        for lookup in lookups_of(reader):
            found.setdefault(lookup, []).append(reader)
    return found


def demand_answerable(exposure: Exposure, name: str) -> None:
    """Raise Django's ValidationError where no query can be about an attribute, which a parameter calls by that name.

    Scopes may mean different attributes by one name, and have more initial defaults than a query tells apart.
    """
    if exposure.is_ambiguous:
        message = _("Several attributes are named %(name)s in this list. Ask for it in a list of fewer records.")
        raise refused("ambiguous", message, name=name)
    attribute, field = exposure.attr(), exposure.field
    if meant(field, attribute.said).has_initial_default:
        rows: QuerySet[Any] = field.model._base_manager.values_list(attribute)
        try:
            rows.query.get_compiler(rows.db).as_sql()
        except FieldError:
            message = _("%(name)s cannot be asked for at present: it has different defaults in too many scopes.")
            raise refused("unusable", message, name=name) from None


# ---- names ----


def _asked(exposed: Exposed, parameter: str) -> Asked:
    rest = parameter.removeprefix(exposed.prefix)
    end = len(rest) if parameter.startswith(exposed.prefix) and len(rest) <= _LONGEST_NAME else 0
    while end > 0:
        exposure = exposed.find(rest[:end])
        if exposure is not None:
            demand_answerable(exposure, f"{exposed.prefix}{exposure.name}")
            return Asked(exposure, rest[end:].removeprefix(LOOKUP_SEP) or "exact")
        end = rest.rfind(LOOKUP_SEP, 0, end)
    raise _unknown(exposed, parameter)


def _unknown(exposed: Exposed, parameter: str) -> ValidationError:
    if parameter.startswith(exposed.prefix):
        rest = parameter.removeprefix(exposed.prefix)
    else:  # as others write it
        rest = parameter.removeprefix(exposed.called).lstrip("_[:")
    name, mark, lookup = rest[:_LONGEST_NAME].partition(LOOKUP_SEP)
    nearest = closest(name, exposed.names)
    return no_filter(parameter, None if nearest is None else f"{exposed.prefix}{nearest}{mark}{lookup}")


def _no_lookup(exposed: Exposed, asked: Asked) -> ValidationError:
    return refused(
        "unknown",
        _("%(name)s has no look-up %(lookup)s. It has: %(known)s."),
        name=f"{exposed.prefix}{asked.exposure.name}",
        lookup=asked.lookup,
        known=", ".join(lookups_by_name(asked.exposure)),
    )


# ---- values ----


def _value(readers: list[Reader], parameter: str, lookup: str, given: list[str]) -> Any:
    if any(len(text) > LONGEST for text in given):
        raise refusal(Problem((), "max_length", {"limit": LONGEST}))
    if takes_several(readers[0], lookup):
        return _values(readers, parameter, lookup, given)
    if len(given) > 1:
        raise refusal(Problem((), "max_items", {"limit": 1}))
    found = _read(readers, lookup, given[0])
    if found is None:
        raise _no_value(parameter, lookup)
    return found


def _values(readers: list[Reader], parameter: str, lookup: str, given: list[str]) -> list[Any]:
    texts = [given[0]] if _is_choice(readers, lookup, given) else separated(given, commas_separate=True)
    found = [value for text in texts if (value := _read(readers, lookup, text)) is not None]
    if not found:
        raise _no_value(parameter, lookup)
    if lookup == "range" and len(found) != 2:
        raise refusal(Problem((), "min_items" if len(found) < 2 else "max_items", {"limit": 2}))
    return found


def _is_choice(readers: list[Reader], lookup: str, given: list[str]) -> bool:
    """Tell whether one text is one choice, whatever stands in it."""
    if len(given) != 1 or not any(reader.has_choices for reader in readers):
        return False
    try:
        return _read([reader for reader in readers if reader.has_choices], lookup, given[0]) is not None
    except ValidationError:
        return False


def _read(readers: list[Reader], lookup: str, text: str) -> Any:
    """Return the value as the first scope reads it that can. Raises the ValidationError of the most general one."""
    first: ValidationError | None = None
    for reader in readers:
        try:
            return value_reader(reader, lookup)(text, ANY_LANGUAGE)
        except ValidationError as error:
            first = first or error
    raise first or no_filter(lookup, None)


def _no_value(parameter: str, lookup: str) -> ValidationError:
    if lookup == "isnull":
        return refused("required", _("Say true or false."))
    head = parameter.removesuffix(f"{LOOKUP_SEP}{lookup}")
    message = _("Say which value. Records without one are found by %(name)s.")
    return refused("required", message, name=f"{head}{LOOKUP_SEP}isnull=true")
