"""Counting in the database how many records hold an attribute, and how many of them would not fit a definition."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Count, F, Func, Q, Sum
from django.db.models.functions import Length, Trim
from django.db.models.lookups import Exact, GreaterThan, GreaterThanOrEqual, In, IsNull, LessThan, LessThanOrEqual

from jsonattrs_core import UNSET
from jsonattrs_django.queries.names import Meant
from jsonattrs_django.queries.stored import KEY
from jsonattrs_django.queries.transforms import TypedAttribute
from jsonattrs_django.references.type import INTEGERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import QuerySet

    from jsonattrs_core import Attribute
    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.selectors import Texts

__all__ = ["counts", "holding", "misfitting", "records_in", "sharing"]

#: Conditions that one statement counts.
_AT_ONCE = 40

#: Choices that one statement compares with.
_MOST_CHOICES = 1_000

#: What the databases call the JSON type of a text.
_STRINGS = ("string", "text")

#: For each type the constraints that are compared in the database: what makes a value too little or too much.
_NUMBERS = {
    "min": LessThan,
    "max": GreaterThan,
    "exclusive_min": LessThanOrEqual,
    "exclusive_max": GreaterThanOrEqual,
}
_LIMITS: dict[str, dict[str, Any]] = {
    "boolean": {},
    "date": {"min": LessThan, "max": GreaterThan},
    "datetime": {},
    "float": _NUMBERS,
    "integer": {"min": LessThan, "max": GreaterThan},
    "text": {"min_length": LessThan, "max_length": GreaterThan, "multiline": None, "strip": None},
    "time": {},
    "uuid": {},
}


class _Kind(Func):
    """The JSON type of what is stored under a key, NULL where nothing is."""

    output_field = CharField()

    def __init__(self, document: Any, key: str) -> None:
        if not KEY(key):
            raise ValueError(f"{key!r} is no key of an attribute")  # it becomes a part of the SQL
        super().__init__(document)
        self.key = key

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Compile for PostgreSQL."""
        return super().as_sql(compiler, connection, template=f"jsonb_typeof(%(expressions)s -> '{self.key}')")

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Compile for SQLite."""
        return super().as_sql(compiler, connection, template=f"json_type(%(expressions)s, '$.\"{self.key}\"')")


def records_in(field: JSONAttributeField, texts: Texts) -> QuerySet[Any]:
    """Return the records to which a schema bound to these selector values applies."""
    bound = zip(field.selectors, texts, strict=True)
    named = {selector.lookup: selector.value(text) for selector, text in bound if text is not None}
    rows: QuerySet[Any] = field.model._base_manager.all()
    if any(isinstance(value, int) and value not in INTEGERS for value in named.values()):
        return rows.none()  # no record has such a key, and databases raise
    return rows.filter(**named)


def counts(rows: QuerySet[Any], conditions: Mapping[str, Q]) -> dict[str, int]:
    """Return how many of the records meet each condition, all together in a statement for every forty."""
    found: dict[str, int] = {}
    names = list(conditions)
    for start in range(0, len(names), _AT_ONCE):
        part = names[start : start + _AT_ONCE]
        asked = {f"count_{place}": Count("pk", filter=conditions[name]) for place, name in enumerate(part)}
        answer = rows.order_by().aggregate(**asked)
        found |= {name: answer[f"count_{place}"] for place, name in enumerate(part)}
    return found


def holding(field: JSONAttributeField, key: str) -> Q:
    """Return the condition that a record holds a value under a key; null is none."""
    kind = _Kind(F(field.attname), key)
    return Q(IsNull(kind, False)) & ~Q(Exact(kind, "null"))


def misfitting(field: JSONAttributeField, attribute: Attribute, before: Attribute | None = None) -> Q | None:
    """Return the condition that what a record holds does not fit a definition, None where SQL cannot tell.

    ``before`` is what the attribute was: what was checked by that is not asked for again.
    """
    if not _is_told_by_sql(attribute, before):
        return None
    key, kind = str(attribute.key), str(attribute.type)
    value = TypedAttribute(F(field.attname), Meant(key, kind, multiple=False))
    holds, stored = holding(field, key), _Kind(F(field.attname), key)
    blank = Q(In(stored, _STRINGS)) & Q(IsNull(value, True)) if kind == "text" else Q(pk__in=[])
    found = holds & Q(IsNull(value, True)) & ~blank if kind != "text" else holds & ~Q(In(stored, _STRINGS))
    compared = Trim(value) if kind == "text" and (attribute.constraints or {}).get("strip", True) else value
    for condition in _beyond_limits(attribute, compared):
        found |= condition
    if isinstance(attribute.choices, tuple):
        found |= Q(IsNull(value, False)) & ~Q(In(compared, [choice.value for choice in attribute.choices]))
    if attribute.required:
        found |= _absent(attribute, stored) | blank
    return found


def sharing(field: JSONAttributeField, rows: QuerySet[Any], attribute: Attribute) -> int | None:
    """Return how many records hold a value that another one holds, too; None where SQL cannot tell."""
    key, kind = str(attribute.key), str(attribute.type)
    if kind not in _LIMITS or attribute.multiple:
        return None
    value = TypedAttribute(F(field.attname), Meant(key, kind, multiple=False))
    held = rows.order_by().annotate(jsonattrs_value=value).exclude(jsonattrs_value=None).values("jsonattrs_value")
    shared = held.annotate(jsonattrs_number=Count("pk")).filter(jsonattrs_number__gt=1)
    return shared.aggregate(jsonattrs_all=Sum("jsonattrs_number"))["jsonattrs_all"] or 0


def _absent(attribute: Attribute, stored: _Kind) -> Q:
    """Return the condition that there is no value; where the key is missing, an initial default is read."""
    null = Q(Exact(stored, "null"))
    return null if attribute.initial_default not in (UNSET, None) else null | Q(IsNull(stored, True))


def _is_told_by_sql(attribute: Attribute, before: Attribute | None) -> bool:
    """Tell whether everything that a definition asks of a value can be asked of a database."""
    limits = _LIMITS.get(str(attribute.type))
    if limits is None or attribute.multiple or attribute.subtype or attribute.required_if:
        return False
    if attribute.required and (attribute.visible_if or attribute.status == "deprecated"):
        return False
    given = attribute.constraints or {}
    if not given.keys() <= limits.keys() or not all(_is_plain(attribute, name, given[name]) for name in given):
        return False
    if attribute.type == "text" and before is not None and before.type == "text":
        was: Mapping[str, Any] = before.constraints or {}
        if was.get("multiline") and not given.get("multiline"):
            return False
    return not attribute.choices or _are_plain_choices(attribute)


def _is_plain(attribute: Attribute, name: str, limit: Any) -> bool:
    """Tell whether a limit is a value, and not a name of one such as today's."""
    if name in ("multiline", "strip"):
        return True
    if attribute.type == "date":
        return _day(limit) is not None
    return isinstance(limit, int | float) and not isinstance(limit, bool)


def _day(limit: Any) -> date | None:
    if isinstance(limit, date):
        return limit
    try:
        return date.fromisoformat(limit) if isinstance(limit, str) and len(limit) == len("2000-01-01") else None
    except ValueError:
        return None


def _are_plain_choices(attribute: Attribute) -> bool:
    if not isinstance(attribute.choices, tuple) or len(attribute.choices) > _MOST_CHOICES:
        return False
    wanted = {"text": str, "integer": int}.get(str(attribute.type))
    return wanted is not None and all(type(choice.value) is wanted for choice in attribute.choices)


def _beyond_limits(attribute: Attribute, value: Any) -> list[Q]:
    """Return the conditions that a value is too little, or too much, by each of the constraints."""
    limits = _LIMITS[str(attribute.type)]
    read: Callable[[Any], Any] = _day if attribute.type == "date" else lambda limit: limit
    measured: Any = Length(value) if attribute.type == "text" else value
    given: Mapping[str, Any] = attribute.constraints or {}
    return [Q(limits[name](measured, read(limit))) for name, limit in given.items() if limits[name] is not None]
