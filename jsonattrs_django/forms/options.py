"""Which attributes a model form has, by its ``Meta``: ``"attrs"`` names all, ``"attrs__score"`` one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.constants import LOOKUP_SEP
from django.forms.models import ALL_FIELDS, ModelFormMetaclass

from jsonattrs_django.fields import JSONAttributeField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

__all__ = ["AttributeFormMetaclass", "ChosenAttributes"]


class ChosenAttributes:
    """The attributes that a form class has of one field."""

    def __init__(
        self, field: JSONAttributeField, only: Iterable[str] | None, without: Iterable[str], place: Any
    ) -> None:
        self.field = field
        self.only = None if only is None else frozenset(only)  #: names, None for all
        self.without = frozenset(without)
        #: Names of the form's fields that come before, None where nobody has said.
        self.after: tuple[str, ...] | None = None if place is None else tuple(place)

    def names(self, names: Iterable[str]) -> set[str]:
        """Return those of the names that the form has."""
        return {name for name in names if (self.only is None or name in self.only) and name not in self.without}


class AttributeFormMetaclass(ModelFormMetaclass):
    """Takes the names of attributes out of ``Meta`` before Django looks for model fields of these names."""

    def __new__(mcs, name: str, bases: Any, attrs: Any) -> Any:
        """Return the class, whose ``chosen_attributes`` say which attributes its forms have."""
        meta: Any = attrs.get("Meta") or next((base.Meta for base in bases if hasattr(base, "Meta")), None)
        model = getattr(meta, "model", None)
        if model is None:
            return super().__new__(mcs, name, bases, attrs)
        fields, exclude = _given(meta, "fields"), _given(meta, "exclude")
        plain = {
            option: _Plain(model, given)
            for option, given in (("fields", fields), ("exclude", exclude))
            if given is not None and given != ALL_FIELDS and not isinstance(given, str)
        }
        if any(plain[option] != list(plain[option].given) for option in plain):
            attrs = {**attrs, "Meta": type("Meta", (meta,), plain)}
        made = super().__new__(mcs, name, bases, attrs)
        made.chosen_attributes = tuple(_chosen(model, fields, exclude))
        return made


def _attribute_fields(model: type[Model]) -> dict[str, JSONAttributeField]:
    return {field.name: field for field in model._meta.concrete_fields if isinstance(field, JSONAttributeField)}


class _Plain(list[str]):
    """Names of model fields, without those of single attributes; forms that inherit it go by what was given."""

    def __init__(self, model: type[Model], given: Iterable[str]) -> None:
        self.given = tuple(given)
        starts = tuple(f"{name}{LOOKUP_SEP}" for name in _attribute_fields(model))
        super().__init__(name for name in self.given if not name.startswith(starts))


def _given(meta: Any, option: str) -> Any:
    found = getattr(meta, option, None)
    return getattr(found, "given", found)


def _chosen(model: type[Model], fields: Any, exclude: Any) -> Iterable[ChosenAttributes]:
    every = None if fields is None or fields == ALL_FIELDS else [*fields]
    for name, field in _attribute_fields(model).items():
        start = f"{name}{LOOKUP_SEP}"
        left_out = [*(exclude or ())]
        singly = None if every is None else [each.removeprefix(start) for each in every if each.startswith(start)]
        if name in left_out or (every is not None and name not in every and not singly):
            continue
        without = [each.removeprefix(start) for each in left_out if each.startswith(start)]
        first = next((place for place, each in enumerate(every or ()) if each == name or each.startswith(start)), None)
        before = None if every is None or first is None else every[:first]
        only = singly if every is not None and name not in every else None
        yield ChosenAttributes(field, only, without, before)
