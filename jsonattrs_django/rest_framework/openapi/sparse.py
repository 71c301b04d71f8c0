"""The parameter with which a request chooses the fields of the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import OpenApiParameter

from jsonattrs_django.rest_framework.exposed import exposed, model_of, serializer_class_of
from jsonattrs_django.rest_framework.fields import AttributesField
from jsonattrs_django.rest_framework.sparse import SparseFieldsMixin

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["is_sparse", "sparse_parameters"]


def is_sparse(serializer_class: Any) -> bool:
    """Tell whether a request may leave fields of the answer out."""
    return isinstance(serializer_class, type) and issubclass(serializer_class, SparseFieldsMixin)


def sparse_parameters(view: Any) -> Iterator[OpenApiParameter]:
    """Yield the parameter, where the view's serializer reads it."""
    serializer_class = serializer_class_of(view)
    if not is_sparse(serializer_class):
        return
    names = {"type": "array", "items": {"type": "string", "enum": [*_names(view, serializer_class)]}}
    text = "Fields of the answer; all, where it is left out."
    yield OpenApiParameter(serializer_class.sparse_param, names, explode=False, style="form", description=text)


def _names(view: Any, serializer_class: Any) -> Iterator[str]:
    fields = {name: each for name, each in serializer_class().fields.items() if not each.write_only}
    flattens = bool(getattr(serializer_class.Meta, "flatten_attributes", False))
    sources = {each.source: name for name, each in fields.items() if isinstance(each, AttributesField)}
    yield from (name for name in fields if not (flattens and name in sources.values()))
    for each in exposed(view, model_of(view)):
        if each.field.name in sources:
            prefix = "" if flattens else f"{sources[each.field.name]}."
            yield from (f"{prefix}{name}" for name in each.names)
