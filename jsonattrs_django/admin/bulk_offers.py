"""Which attributes may be set for many records at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models.constants import LOOKUP_SEP
from django.utils.text import capfirst

from jsonattrs_django.admin.known import alone
from jsonattrs_django.admin.names import attribute_fields
from jsonattrs_django.permissions import permitted
from jsonattrs_django.texts import label_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.db.models import QuerySet

    from jsonattrs_core import Attribute, ComposedSchema
    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.schemas.scope import Scope

__all__ = ["Offer", "offers"]


class Offer(NamedTuple):
    """An attribute that all of the records have, and that a user may change."""

    field: JSONAttributeField
    attribute: Attribute
    default_language: str

    @property
    def name(self) -> str:
        """The name of the attribute."""
        return str(self.attribute.name)

    @property
    def path(self) -> str:
        """The name with that of the field."""
        return f"{self.field.name}{LOOKUP_SEP}{self.name}"

    @property
    def label(self) -> str:
        """What it is called, in the active language."""
        return label_of(self.attribute, self.default_language)

    @property
    def group(self) -> str:
        """The section of forms that it is in."""
        return capfirst(str(self.attribute.group or "").replace("_", " "))

    @property
    def schema(self) -> ComposedSchema:
        """A schema of this attribute alone: whether a record takes a value is seen when the records are looked at."""
        return alone(self.attribute, self.default_language)


def offers(records: QuerySet[Any], user: Any) -> list[Offer]:
    """Return the attributes that all scopes of some records have, and that a user may see and change in all of them."""
    return [
        offer
        for field in attribute_fields(records.model).values()
        for offer in _common(field, user, [*_scopes(field, records)])
    ]


def _scopes(field: JSONAttributeField, records: QuerySet[Any]) -> Iterable[Scope]:
    """Return the different scopes that records are in."""
    lookups = [selector.lookup for selector in field.selectors]
    raws = records.order_by().values_list(*lookups).distinct() if lookups else [()]
    found = field.schemas.scopes(dict.fromkeys(field.selectors.texts(raw) for raw in raws))
    return {scope.compiled: scope for scope in found.values()}.values()


def _common(field: JSONAttributeField, user: Any, scopes: Sequence[Scope]) -> Iterator[Offer]:
    if not scopes or any(scope.error is not None for scope in scopes):
        return
    names = set.intersection(*(_allowed(field, user, scope) for scope in scopes))
    schema = scopes[0].schema
    for name, attribute in schema.items():
        if name in names and all(_is_alike(attribute, scope.schema[name]) for scope in scopes):
            yield Offer(field, attribute, schema.default_language)


def _allowed(field: JSONAttributeField, user: Any, scope: Scope) -> set[str]:
    schema = scope.schema
    offered = {name for name, attribute in schema.items() if attribute.status != "deprecated"}
    return offered & permitted(user, "view", field, schema) & permitted(user, "change", field, schema)


def _is_alike(one: Attribute, other: Attribute) -> bool:
    """Tell whether two definitions are of the same attribute."""
    return (one.key, one.type, bool(one.multiple)) == (other.key, other.type, bool(other.multiple))
