"""What people may ask of an attribute, by its type: which look-ups there are, and how what they send is read.

Filter sets and the filters of Django REST framework offer the same. Neither is needed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.validators import EMPTY_VALUES
from django.db.models import F, OrderBy
from django.db.models.constants import LOOKUP_SEP

from jsonattrs_core import Attribute, Problem
from jsonattrs_django.messages import problem
from jsonattrs_django.queries.lookups import AttributeLookup
from jsonattrs_django.queries.transforms import Attr, LaterTransform
from jsonattrs_django.registry import registry
from jsonattrs_django.texts import Reader, refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.core.exceptions import ValidationError
    from django.db.models import Model

__all__ = [
    "ALL_LOOKUPS",
    "LOOKUPS",
    "MOST_VALUES",
    "USUAL_PARAMETERS",
    "WHOLE",
    "attr_of",
    "comparison",
    "given_values",
    "is_ordered",
    "lookups_of",
    "no_filter",
    "nulls_last",
    "separated",
    "shown",
    "takes_several",
    "value_reader",
]

_COMPARED = ("exact", "gt", "gte", "lt", "lte")
_NUMBERS = (*_COMPARED, "in", "range", "isnull")
_YEAR = ("year", "year__gte", "year__lte")

#: The lookups of an attribute with one value.
LOOKUPS: dict[str, tuple[str, ...]] = {
    "text": (
        "exact",
        "iexact",
        "in",
        "contains",
        "icontains",
        "startswith",
        "istartswith",
        "endswith",
        "iendswith",
        "isnull",
    ),
    "integer": _NUMBERS,
    "float": _NUMBERS,
    "decimal": _NUMBERS,
    "boolean": ("exact", "isnull"),
    "date": (*_NUMBERS, *_YEAR, "month", "day"),
    "datetime": (*_COMPARED, "range", "date", "date__gte", "date__lte", *_YEAR, "isnull"),
    "time": (*_COMPARED, "range", "isnull"),
    "duration": (*_COMPARED, "range", "isnull"),
    "uuid": ("exact", "in", "isnull"),
    "reference": ("exact", "in", "isnull"),
    "object": ("isnull",),
}
#: Of a base type that a plugin adds, whose values are stored as texts.
_OF_PLUGINS = ("exact", "in", "isnull")
#: Of an attribute with several values.
_OF_LISTS = ("contains", "overlap", "isnull")
#: Those that look at a part of a text, which is no choice.
_PARTS = {"iexact", "contains", "icontains", "startswith", "istartswith", "endswith", "iendswith"}

#: Every lookup that some attribute has.
ALL_LOOKUPS = sorted({*_OF_LISTS, *(lookup for lookups in LOOKUPS.values() for lookup in lookups)})

#: Lookups of whole numbers, and the numbers that a database has answers to. The years are those that have a beginning
#: and an end in every time zone.
WHOLE = {"year": (2, 9998), "month": (1, 12), "day": (1, 31)}

#: Values that one parameter may have: databases bound the number of a query's parameters.
MOST_VALUES = 1_000

#: Parameters that are no filters, and that others read: paging, the format of an answer, Django's own token.
USUAL_PARAMETERS = ("page", "page_size", "limit", "offset", "cursor", "format", "csrfmiddlewaretoken")


# ---- lookups ----


def lookups_of(reader: Reader) -> tuple[str, ...]:
    """Return the lookups by which an attribute may be filtered."""
    known = LOOKUPS.get(reader.type)
    if reader.multiple:
        return _OF_LISTS if known is not None and "exact" in known else ("isnull",)
    if known is None:
        base = registry().base_types[reader.type]
        return _OF_PLUGINS if base.json == "string" and not base.factory else ("isnull",)
    return tuple(lookup for lookup in known if lookup not in _PARTS) if reader.has_choices else known


def is_ordered(reader: Reader) -> bool:
    """Tell whether a list may be ordered by an attribute."""
    return not reader.multiple and reader.type in LOOKUPS and reader.type not in ("object", "reference")


def nulls_last(model: type[Model], order: Any) -> Any:
    """Return what to order by, with records that have no value at the end, whichever way it goes.

    ``order`` is the name of a column, with a minus sign or without, or an ``OrderBy``. A column that cannot be null is
    left as it is, since it may have an index.
    """
    if isinstance(order, str):
        name, is_descending = order.removeprefix("-"), order.startswith("-")
        own = next((field for field in model._meta.concrete_fields if name in {field.name, field.attname}), None)
        if name == "pk" or (own is not None and not own.null):
            return order
        order = F(name).desc() if is_descending else F(name).asc()
    if not isinstance(order, OrderBy) or order.nulls_first:
        return order
    return OrderBy(order.expression, descending=order.descending, nulls_last=True)


def takes_several(reader: Reader, lookup: str) -> bool:
    """Tell whether a lookup of an attribute compares with several values."""
    return lookup in ("in", "range") or (reader.multiple and lookup != "isnull")


def attr_of(reader: Reader, field: str) -> Attr:
    """Return an attribute as a query names it, with all that decides which one is meant."""
    return Attr(key=str(reader.attribute.key), type=reader.type, multiple=reader.multiple, field=field)


def comparison(attribute: Attr, lookup: str, value: Any) -> AttributeLookup:
    """Return the condition of a query: the attribute, which no schema of another scope has a say in, and a value."""
    *transforms, last = lookup.split(LOOKUP_SEP)
    compared: Any = attribute
    for name in transforms:
        compared = LaterTransform(name, compared)
    return AttributeLookup(compared, value, last)


# ---- values ----


def value_reader(reader: Reader, lookup: str) -> Callable[..., Any]:
    """Return the function that reads one value with which a lookup compares: ``read(text, language=None)``.

    It raises Django's ValidationError.
    """
    part = lookup.partition(LOOKUP_SEP)[0]
    if lookup == "isnull":
        return Reader(Attribute("isnull", "boolean")).typed
    if part in WHOLE:
        return _whole_number(part)
    if part == "date":
        return Reader(Attribute("date", "date")).typed
    is_whole_value = reader.multiple or lookup in ("exact", "iexact", "in")
    return reader.stored if is_whole_value else reader.typed


def _whole_number(part: str) -> Callable[..., Any]:
    low, high = WHOLE[part]
    numbers = Reader(Attribute(part, "integer", constraints={"min": low, "max": high}))
    return lambda text, language=None: numbers.judged(numbers.typed(text, language))


def given_values(value: Any) -> list[Any]:
    """Return the values that were sent. Raises ValidationError where there are too many."""
    several = list(value) if isinstance(value, list | tuple | set | frozenset) else [value]
    given = [each for each in several if each not in EMPTY_VALUES]
    if len(given) > MOST_VALUES:
        raise refusal(Problem((), "max_items", {"limit": MOST_VALUES}))
    return given


def separated(value: Any, commas_separate: bool) -> list[Any]:
    """Return the values that were sent; one text is split at semicolons if it has any, else at commas.

    Raises ValidationError where it is not clear which values they are, and where there are too many.
    """
    given = given_values(value)
    if len(given) != 1 or not isinstance(given[0], str):
        return given
    mark = ";" if ";" in given[0] else ","
    texts = given_values([each.strip() for each in given[0].split(mark)])
    if mark == "," in given[0] and not commas_separate:
        raise refusal(problem((), "format", "separator"))
    return texts


# ---- names that nobody reads ----


def no_filter(name: str, nearest: str | None) -> ValidationError:
    """Return the error of a parameter that nobody reads, with the nearest one that somebody does."""
    if nearest is not None:
        return refusal(problem((), "unknown", "nearest_filter", name=shown(name), nearest=nearest))
    return refusal(problem((), "unknown", "no_filter", name=shown(name)))


def shown(name: str) -> str:
    """Return what a message repeats of a name that somebody sent: not much, and nothing that cannot be printed."""
    cut = name[:100]
    return cut if cut.isprintable() else "".join(c if c.isprintable() else ascii(c)[1:-1] for c in cut)
