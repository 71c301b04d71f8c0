"""The parameters of the backends in OpenAPI, as drf-spectacular reads them: those that a view has for anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.constants import LOOKUP_SEP
from django.utils.encoding import force_str

from jsonattrs_core import Attribute
from jsonattrs_django.offered import WHOLE, takes_several
from jsonattrs_django.registry import registry
from jsonattrs_django.rest_framework.exposed import exposed, model_of
from jsonattrs_django.rest_framework.filters.reading import LONGEST, lookups_by_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jsonattrs_django.rest_framework.exposed import Exposed, Exposure
    from jsonattrs_django.rest_framework.filters.ordering import AttributeOrderingFilter
    from jsonattrs_django.texts import Reader

__all__ = ["filter_parameters", "ordering_parameter", "value_schema"]


def filter_parameters(view: Any) -> list[dict[str, Any]]:
    """Return the parameters of a view's filters: one for each look-up of each attribute that it exposes."""
    return [parameter for each in exposed(view, model_of(view)) for parameter in _parameters(each)]


def ordering_parameter(backend: AttributeOrderingFilter, view: Any) -> dict[str, Any]:
    """Return the parameter that orders, with all that a list may be ordered by."""
    rows = model_of(view)._default_manager.all()
    names = [name for name, _label in backend.get_valid_fields(rows, view)]
    items = {"type": "string", "enum": [signed for name in names for signed in (name, f"-{name}")]}
    return _several(backend.ordering_param, items, force_str(backend.ordering_description))


def _parameters(exposed: Exposed) -> Iterator[dict[str, Any]]:
    for name in exposed.names:
        exposure = exposed.find(name)
        if exposure is None or exposure.is_ambiguous:
            continue
        for lookup, readers in lookups_by_name(exposure).items():
            ending = "" if lookup == "exact" else f"{LOOKUP_SEP}{lookup}"
            yield _parameter(f"{exposed.prefix}{name}{ending}", exposure, lookup, readers)


def _parameter(name: str, exposure: Exposure, lookup: str, readers: list[Reader]) -> dict[str, Any]:
    schema = _compared(lookup, readers)
    if not takes_several(exposure.reader, lookup):
        return _one(name, schema, exposure.label)
    found = _several(name, schema, exposure.label)
    if lookup == "range":
        found["schema"] |= {"minItems": 2, "maxItems": 2}
    return found


def _one(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _several(name: str, items: dict[str, Any], description: str) -> dict[str, Any]:
    array = {"type": "array", "items": items, "minItems": 1}
    return {**_one(name, array, description), "style": "form", "explode": False}


def _compared(lookup: str, readers: list[Reader]) -> dict[str, Any]:
    """Return the JSON Schema of one value with which a look-up compares."""
    part = lookup.partition(LOOKUP_SEP)[0]
    if lookup == "isnull":
        return {"type": "boolean"}
    if part in WHOLE:
        low, high = WHOLE[part]
        return {"type": "integer", "minimum": low, "maximum": high}
    if part == "date":
        return _of_type(Attribute("date", "date"))
    return value_schema(readers)


def value_schema(readers: Iterable[Reader]) -> dict[str, Any]:
    """Return the JSON Schema of one value of an attribute as scopes define it: its type, and its choices.

    Constraints are left out: what may not be stored may still be asked for.
    """
    several = list(readers)
    found = _of_type(several[0].attribute)
    if all(reader.has_choices for reader in several):
        dump = registry().base_types[several[0].type].dump
        values = [dump(listed.value) for reader in several for listed in reader.listed("en")]
        found = {"type": found["type"], "enum": list(dict.fromkeys(values))} if "type" in found else {"enum": values}
    return found


def _of_type(attribute: Attribute) -> dict[str, Any]:
    base = registry().base_types[str(attribute.type)]
    found = base.json_schema
    keywords = dict(found(attribute) if callable(found) else found)
    if keywords.get("type") == "string" and not {"format", "pattern"} & keywords.keys():
        keywords |= {"minLength": 1, "maxLength": LONGEST}  # an empty text asks for nothing
    return keywords
