"""The models of the adapter, and the manager for models that have attributes."""

from __future__ import annotations

from jsonattrs_django.managers import AttributeManager, AttributeQuerySet
from jsonattrs_django.models.drafts import DraftRecord
from jsonattrs_django.models.imports import ImportRecord
from jsonattrs_django.models.records import (
    AttributeRecord,
    GenerationRecord,
    SchemaRecord,
    SelectorRecord,
    UniquenessRecord,
)
from jsonattrs_django.queries.transforms import Attr

__all__ = [
    "Attr",
    "AttributeManager",
    "AttributeQuerySet",
    "AttributeRecord",
    "DraftRecord",
    "GenerationRecord",
    "ImportRecord",
    "SchemaRecord",
    "SelectorRecord",
    "UniquenessRecord",
]
