"""Which scopes a payload may choose by the selectors that it gives: those that its view exposes, where it names any."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from rest_framework import serializers
from rest_framework.fields import SkipField, empty

from jsonattrs_django.rest_framework.exposed import are_apart

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from django.db.models import Model

    from jsonattrs_django.rest_framework.fields import AttributesField
    from jsonattrs_django.schemas.scope import Scope
    from jsonattrs_django.selectors import Texts

__all__ = ["Target", "are_all_valid", "choosers", "refusals", "refused_columns", "sources", "valid_selectors"]


class Target(NamedTuple):
    """Where the attributes of a payload go to."""

    scope: Scope
    record: Any = None  #: a copy of the record, where the payload moves it; None of a new one
    is_moved: bool = False
    refused: frozenset[str] = frozenset()  #: columns by which it is where the view has no records for this user


def choosers(serializer: Any, names: Collection[str]) -> list[Any]:
    """Return the fields of a serializer that write columns of these names."""
    return [field for field in serializer._writable_fields if field.source in names]


def sources(serializer: Any, names: Collection[str]) -> set[str]:
    """Return the columns of these names that a serializer writes."""
    return {field.source for field in choosers(serializer, names)}


def _all_choosers(serializer: Any) -> list[Any]:
    return choosers(serializer, {name for field in serializer.attribute_fields for name in field.selector_names})


def are_all_valid(serializer: Any, errors: Collection[str]) -> bool:
    """Tell whether no value that decides on a scope is among those that are refused."""
    return all(field.field_name not in errors for field in _all_choosers(serializer))


def valid_selectors(serializer: Any, data: Mapping[str, Any], errors: Collection[str]) -> dict[str, Any]:
    """Return the values that decide on scopes where others are refused, but for those that are themselves."""
    valid = {}
    for field in _all_choosers(serializer):
        if field.field_name not in errors:
            with suppress(SkipField):
                valid[field.source] = field.run_validation(field.get_value(data))
    return valid


def refused_columns(
    field: AttributesField, record: Model, given: Collection[str], before: Any = None
) -> frozenset[str]:
    """Return the names of the columns by which a record would be in no scope that the view exposes.

    ``given`` are the columns that a payload decides on: what others will be the view knows. ``before`` is the stored
    record, which may stay where it is.
    """
    limits = field.limits
    if limits is None:
        return frozenset()
    texts = field.model_field.texts_of(record)
    if before is not None and texts == field.model_field.texts_of(before):
        return frozenset()
    columns = [{selector.column.name, selector.column.attname} for selector in field.model_field.selectors]
    if before is None:
        texts = tuple(text if names & {*given} else None for text, names in zip(texts, columns, strict=True))
    places = _apart(texts, limits)
    names = frozenset(name for place in places for name in columns[place])
    return names if not places or names & {*given} else frozenset(given)


def _apart(texts: Texts, limits: Collection[Texts]) -> set[int]:
    """Return the places of the selectors that keep a scope out of all others: those that do of each, if there are any.

    Nothing is returned where it is in one of them.
    """
    found = [are_apart(texts, each) for each in limits]
    if found and not all(found):
        return set()
    if not found:
        return {*range(len(texts))}
    return set.intersection(*found) or set.union(*found)


def refusals(serializer: Any, names: Collection[str], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the errors of the fields that chose these columns: such as they have for a row that is not there."""
    return {field.field_name: _refusal(field, field.get_value(data)) for field in choosers(serializer, names)}


def _refusal(field: Any, given: Any) -> Any:
    code = next((each for each in ("does_not_exist", "invalid_choice") if each in field.error_messages), None)
    said = {"input": "" if given is empty else given}
    if code is None:
        text = serializers.ChoiceField.default_error_messages["invalid_choice"].format(**said)
        return [serializers.ErrorDetail(text, "invalid_choice")]
    slug = getattr(field, "slug_field", "")
    try:
        field.fail(code, pk_value=said["input"], slug_name=slug, value=said["input"], **said)
    except serializers.ValidationError as error:
        return error.detail
