"""How the other fields of a serializer tell which scope a record is in, so that its attributes are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rest_framework import serializers

from jsonattrs_django.rest_framework.openapi.attributes import column_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.selectors import Selector, Texts

__all__ = ["Selection", "value_schema"]

_Schema = dict[str, Any]

#: Fields whose JSON value is that of the column.
_PLAIN = (
    serializers.BooleanField,
    serializers.CharField,
    serializers.ChoiceField,
    serializers.IntegerField,
    serializers.UUIDField,
)


class _Chooser(NamedTuple):
    name: str  #: of the serializer's field
    selector: Selector
    field: Any

    def value(self, text: str) -> Any:
        """Return the JSON value of a text."""
        found = self.selector.value(text)
        if self.selector.target is None:
            found = self.field.to_representation(found)
        return found if isinstance(found, bool | int | str) else str(found)


class Selection:
    """The fields of a serializer that hold the values of selectors, as they are, in one direction."""

    def __init__(self, serializer: Any, field: JSONAttributeField, direction: str) -> None:
        hidden = "read_only" if direction == "request" else "write_only"
        shown = [each for each in serializer.fields.values() if not getattr(each, hidden)]
        self._choosers = [_chooser(selector, shown) for selector in field.selectors]

    def values(self, texts: Texts) -> dict[str, Any]:
        """Return the JSON values that the fields of a record of this scope have, as far as they are told."""
        pairs = zip(self._choosers, texts, strict=True)
        return {each.name: each.value(text) for each, text in pairs if each is not None and text is not None}

    def tells_all(self, scopes: Iterable[Texts]) -> bool:
        """Tell whether the fields decide which of the scopes a record is in."""
        return all(
            text is None or chooser is not None
            for texts in scopes
            for chooser, text in zip(self._choosers, texts, strict=True)
        )

    def excluded(self, texts: Texts, scopes: Iterable[Texts]) -> list[_Schema]:
        """Return schemas of the records that are in one of the more specific scopes."""
        own = self.values(texts)
        found = []
        for other in scopes:
            is_below = other != texts and all(mine in (None, theirs) for mine, theirs in zip(texts, other, strict=True))
            if is_below and self.tells_all([other]):
                more = {name: value for name, value in self.values(other).items() if name not in own}
                found.append({"properties": _constants(more), "required": list(more)})
        return found


def _constants(values: Mapping[str, Any]) -> dict[str, _Schema]:
    return {name: {"const": value} for name, value in values.items()}


def _chooser(selector: Selector, shown: Iterable[Any]) -> _Chooser | None:
    """Return the field that holds the value of a selector, None where there is none."""
    if not selector.is_plain_column:
        return None
    names = {selector.column.name, selector.column.attname}
    for field in shown:
        is_key = isinstance(field, serializers.PrimaryKeyRelatedField) and field.pk_field is None
        if field.source in names and (is_key if selector.target else isinstance(field, _PLAIN)):
            return _Chooser(field.field_name, selector, field)
    return None


def value_schema(selector: Selector) -> _Schema:
    """Return the schema of the values that a selector may have."""
    found = column_schema(selector.last if selector.target is None else selector.target._meta.pk)
    return found if found != {"type": "string"} else {**found, "maxLength": 500, "pattern": r"^[^\u0000]*$"}
