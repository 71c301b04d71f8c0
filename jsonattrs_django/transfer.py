"""Schemas as documents that move between databases: rows are named by their natural keys."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml
from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist

from jsonattrs_core import Schema, SchemaError, applicable
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.models.definitions import checked_schema
from jsonattrs_django.names import nearest
from jsonattrs_django.schemas.generation import schema_database
from jsonattrs_django.selectors import Selector, Texts, digest
from jsonattrs_django.targets import field_named, label_of

if TYPE_CHECKING:
    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["Planned", "applied", "changed", "exported", "planned", "written"]

_KEYS = ("model", "field", "selectors", "schema")


# ---- out ----


def exported(field: JSONAttributeField) -> list[dict[str, Any]]:
    """Return a document for each active schema of a field, the most general first."""
    alias = schema_database()
    schemas = field.schemas.all_schemas(alias)
    ordered = sorted(schemas, key=lambda texts: [(text is not None, text or "") for text in reversed(texts)])
    return [_document(field, texts, schemas[texts]) for texts in ordered]


def _document(field: JSONAttributeField, texts: Texts, schema: Schema) -> dict[str, Any]:
    pairs = zip(field.selectors, texts, strict=True)
    selectors = {selector.name: _named(selector, text) for selector, text in pairs}
    document: dict[str, Any] = {"model": field.model._meta.label, "field": field.name}
    if selectors:
        document["selectors"] = selectors
    return {**document, "schema": schema.to_document()}


def _named(selector: Selector, text: str | None) -> Any:
    """Return how a selector value is written: a natural key as a list, another key or a plain value as it is."""
    if text is None:
        return None
    value = selector.value(text)
    if selector.target is not None:
        row = selector.target._default_manager.filter(pk=value).first()
        if (
            row is not None
            and hasattr(row, "natural_key")
            and hasattr(selector.target._default_manager, "get_by_natural_key")
        ):
            return [key if isinstance(key, str | int | float | bool) else str(key) for key in row.natural_key()]
    return value if isinstance(value, str | int | float | bool) else str(value)


def written(documents: Iterable[Mapping[str, Any]]) -> str:
    """Return documents as the text of one YAML file."""
    return yaml.safe_dump_all(documents, sort_keys=False, allow_unicode=True, width=120)


# ---- in ----


@dataclass(frozen=True, slots=True)
class Planned:
    """What a document says of one scope, beside what is defined there now."""

    field: JSONAttributeField
    texts: Texts
    schema: Schema
    every: Mapping[Texts, Schema]  #: what is defined for the field now

    @property
    def before(self) -> Schema | None:
        """What is defined for the scope now."""
        return self.every.get(self.texts)

    @property
    def title(self) -> str:
        """The field and the scope, in words."""
        return f"{label_of(self.field)} ({self.field.selectors.described(self.texts)})"

    def diff(self) -> list[str]:
        """Return the lines in which the schema changes; none if it does not."""
        before = [] if self.before is None else _lines(self.before)
        complete = self._complete()
        return list(difflib.unified_diff(before, _lines(complete), "defined", "in the file", lineterm="", n=2))

    def _complete(self) -> Schema:
        """Return the schema with the attributes that leaving them out will retire."""
        record = self.field.schemas.active(schema_database()).filter(digest=digest(self.texts)).first()
        general = applicable({texts: each for texts, each in self.every.items() if texts != self.texts}, self.texts)
        return checked_schema(self.schema, record, general)


def _lines(schema: Schema) -> list[str]:
    return yaml.safe_dump(schema.to_document(), sort_keys=False, allow_unicode=True, width=120).splitlines()


def planned(text: str, source: str) -> list[Planned]:
    """Return what the documents of a YAML file say. Raises SchemaError with every fault; nothing is passed over."""
    try:
        documents = [document for document in yaml.safe_load_all(text) if document is not None]
    except (yaml.YAMLError, RecursionError) as error:
        raise SchemaError(f"{source} is no YAML: {' '.join(str(error).split())}") from None
    found: list[Planned] = []
    faults: list[Any] = []
    every: dict[JSONAttributeField, Mapping[Texts, Schema]] = {}
    for number, document in enumerate(documents, 1):
        try:
            found.append(_planned(document, every))
        except SchemaError as error:
            faults += [f"{source}, document {number}: {fault}" for fault in error.faults]
    seen = Counter((one.field, one.texts) for one in found)
    for one in found:
        if seen[one.field, one.texts] > 1:
            faults.append(f"{source}: {one.title} is in the file twice")
    if faults:
        raise SchemaError(list(dict.fromkeys(faults)))
    return found


def _planned(document: Any, every: dict[JSONAttributeField, Mapping[Texts, Schema]]) -> Planned:
    if not isinstance(document, Mapping):
        raise SchemaError("it is no mapping with 'model', 'field', 'selectors' and 'schema'")
    unknown = [f"{key!r} is no part of it{nearest(str(key), _KEYS)}" for key in document if key not in _KEYS]
    missing = [f"{key!r} is missing" for key in ("model", "schema") if key not in document]
    if unknown or missing:
        raise SchemaError([*unknown, *missing])
    field = field_named(".".join(str(document[key]) for key in ("model", "field") if key in document))
    texts = field.selectors.given(_given(field, document.get("selectors") or {}))
    schema = Schema.from_document(document["schema"])
    if field not in every:
        every[field] = field.schemas.all_schemas(schema_database())
    return Planned(field, texts, schema, every[field])


def _given(field: JSONAttributeField, written_: Any) -> dict[str, Any]:
    if not isinstance(written_, Mapping):
        raise SchemaError("'selectors' is no mapping of name to value")
    by_name = {selector.name: selector for selector in field.selectors}
    return {name: _row(by_name[name], value) if name in by_name else value for name, value in written_.items()}


def _row(selector: Selector, value: Any) -> Any:
    if not isinstance(value, list):
        return value
    target = selector.target
    if target is None or not hasattr(target._default_manager, "get_by_natural_key"):
        raise SchemaError(f"the selector {selector.name!r} has no natural keys, but was given {value!r}")
    try:
        return target._default_manager.get_by_natural_key(*value)
    except (ObjectDoesNotExist, MultipleObjectsReturned, TypeError, ValueError):
        label = target._meta.label
        raise SchemaError(f"the selector {selector.name!r} names the {label} {value!r}, which is not there") from None


def applied(plans: Iterable[Planned]) -> list[SchemaRecord]:
    """Define what is planned, the scopes of each field together. Raises what ``define`` raises."""
    by_field: dict[JSONAttributeField, dict[Texts, Schema]] = {}
    for plan in plans:
        by_field.setdefault(plan.field, {})[plan.texts] = plan.schema
    records: list[SchemaRecord] = []
    for field, schemas in by_field.items():
        records += SchemaRecord.objects.define_together(field, schemas)
    return records


def changed(plans: Iterable[Planned]) -> Iterator[tuple[Planned, list[str]]]:
    """Yield the plans that change something, with their diffs."""
    for plan in plans:
        diff = plan.diff()
        if diff:
            yield plan, diff
