"""Schemas as resources: what is told of them, and how a request names a field and a scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from jsonattrs_core import SchemaError
from jsonattrs_django.models import DraftRecord
from jsonattrs_django.rest_framework.refusals import Refusals, refused
from jsonattrs_django.schemas.generation import schema_database
from jsonattrs_django.selectors import SelectorError, digest
from jsonattrs_django.targets import field_named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonattrs_core import Schema
    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.models import SchemaRecord
    from jsonattrs_django.planning.published import Published
    from jsonattrs_django.selectors import Texts

__all__ = ["has_draft", "listed", "named_field", "selector_texts", "shown"]


def listed(record: SchemaRecord, field: JSONAttributeField, texts: Texts) -> dict[str, Any]:
    """Return what a list tells of a schema."""
    bound = {"id": record.pk, **_place(field, texts)}
    return {**bound, "name": record.name, "retired": record.is_retired}


def shown(now: Published, schema: Schema | None = None, *, retired: bool | None = None) -> dict[str, Any]:
    """Return a schema with what it is bound to; ``schema`` and ``retired`` are what would be, where it is planned."""
    document = now.published_document if schema is None else schema.to_document()
    pk = None if now.record is None else now.record.pk
    is_retired = now.is_retired if retired is None else retired
    return {"id": pk, **_place(now.field, now.texts), "retired": is_retired, "schema": document}


def _place(field: JSONAttributeField, texts: Texts) -> dict[str, Any]:
    selectors = {
        selector.name: _sent(selector.value(text)) for selector, text in zip(field.selectors, texts, strict=True)
    }
    return {"model": field.model._meta.label, "field": field.name, "selectors": selectors}


def _sent(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float) else str(value)


def has_draft(now: Published) -> bool:
    """Tell whether somebody has a draft of a scope in the schema editor. Publishing leaves it as it is."""
    alias = schema_database()
    kind = ContentType.objects.db_manager(alias).get_for_model(now.field.model)
    rows = DraftRecord.objects.using(alias).filter(content_type=kind, field=now.field.name)
    return bool(rows.filter(digest=digest(now.texts)).exists())


# ---- what requests name ----


def named_field(given: Mapping[str, Any]) -> JSONAttributeField:
    """Return the attribute field that ``model`` and ``field`` name. Raises ValidationError."""
    label = ".".join(str(given[name]) for name in ("model", "field") if given.get(name))
    try:
        return field_named(label)
    except SchemaError as error:
        raise ValidationError({"model": [str(error)]}, "unknown") from error


def selector_texts(field: JSONAttributeField, given: Mapping[str, Any]) -> Texts:
    """Return the texts of selector values by name; one that is left out is any. Raises ValidationError."""
    refusals, found = Refusals(), {}
    selectors = {selector.name: selector for selector in field.selectors}
    for name, value in given.items():
        if name not in selectors:
            known = ", ".join(selectors) or _("none")
            message = _("There is no selector named %(name)s. The selectors are: %(known)s.")
            refusals.add("selectors", refused("unknown", message, name=name, known=known))
            continue
        try:
            found[name] = selectors[name].given(_scalar(value))
        except SelectorError:
            refusals.add("selectors", refused("invalid", _("A selector cannot have this value.")))
    refusals.raise_any()
    return tuple(found.get(name) for name in selectors)


def _scalar(value: Any) -> Any:
    """Return a value that can be one of a selector. Raises SelectorError."""
    if isinstance(value, list | dict):
        raise SelectorError("a list or an object is no value of a selector")
    return value
