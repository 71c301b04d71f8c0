"""Sparse answers: ``?fields=name,attrs.score`` sends these and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from rest_framework.permissions import SAFE_METHODS
from rest_framework.serializers import ListSerializer

from jsonattrs_django.rest_framework.exposed import Exposed
from jsonattrs_django.rest_framework.fields import AttributesField
from jsonattrs_django.rest_framework.nested import NESTED
from jsonattrs_django.rest_framework.refusals import Refusals, refused, unknown_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["SparseFieldsMixin"]

#: Names that one request may list.
_MOST = 500

#: What the mixin stands before: some serializer.
_Mixed: Any = object


class SparseFieldsMixin(_Mixed):
    """Lets a request that reads say which fields it wants, and which attributes: each as the answer has it.

    It stands before a serializer in the list of bases: ``class PartySerializer(SparseFieldsMixin,
    AttributeModelSerializer)``. What is not wanted is not read either. Which attributes there are is said by the view,
    as in filters. Only the serializer of the answer as a whole looks at the request, and no nested one. Raises
    ValidationError, a 400, for a name that there is not.
    """

    sparse_param = "fields"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self._wanted():  # of a list without records nobody else would ask for the fields
            self.fields  # noqa: B018

    def get_fields(self) -> dict[str, Any]:
        """Return the fields that are wanted."""
        found: dict[str, Any] = super().get_fields()
        wanted = self._wanted() if self._is_outermost else []
        return _Choice(self, found).of(wanted) if wanted else found

    def _wanted(self) -> list[str]:
        request = self.context.get("request")
        if request is None or request.method not in SAFE_METHODS or self.sparse_param not in request.GET:
            return []
        if self.context.get(NESTED):
            return []
        given = ",".join(request.GET.getlist(self.sparse_param)).split(",")
        wanted = list(dict.fromkeys(name for each in given if (name := each.strip())))
        refusals = Refusals()
        if not wanted:
            refusals.add(self.sparse_param, refused("required", _("Say which fields, or leave the parameter out.")))
        if len(wanted) > _MOST:
            refusals.add(self.sparse_param, refused("max_items", _("Ask for at most %(limit)s fields."), limit=_MOST))
        refusals.raise_any()
        return wanted

    @property
    def _is_outermost(self) -> bool:
        parent = self.parent
        return parent is None or (isinstance(parent, ListSerializer) and parent.parent is None)


class _Choice:
    """Chooses among the fields of a serializer."""

    def __init__(self, serializer: Any, fields: dict[str, Any]) -> None:
        self._serializer = serializer
        self._param = serializer.sparse_param
        self._flattens = bool(getattr(serializer.Meta, "flatten_attributes", False))
        self._fields = {name: field for name, field in fields.items() if not field.write_only}
        self._attributes = {
            name: self._exposed(name, each) for name, each in self._fields.items() if isinstance(each, AttributesField)
        }

    def _exposed(self, name: str, field: AttributesField) -> Exposed:
        context: Mapping[str, Any] = self._serializer.context
        model_field = self._serializer.Meta.model._meta.get_field(field.source or name)
        user = getattr(context["request"], "user", None)
        return Exposed(context.get("view"), model_field, "" if self._flattens else f"{name}.", user)

    def of(self, wanted: Iterable[str]) -> dict[str, Any]:
        """Return the fields of some names. Raises ValidationError."""
        refusals = Refusals()
        whole: set[str] = set()
        parts: dict[str, set[str]] = {}
        for name in wanted:
            if name in self._fields and not (self._flattens and name in self._attributes):
                whole.add(name)
            elif (part := self._part(name)) is not None:
                parts.setdefault(part[0], set()).add(part[1])
            elif not refusals.is_full:
                refusals.add(self._param, unknown_name(_("There is no field named %(name)s."), name, self._names()))
        refusals.raise_any()
        return {name: self._chosen(name, whole, parts) for name in self._fields if name in whole or name in parts}

    def _part(self, name: str) -> tuple[str, str] | None:
        """Return the attribute field, and the attribute, that a name means."""
        for field, exposed in self._attributes.items():
            own = name.removeprefix(exposed.prefix) if name.startswith(exposed.prefix) else ""
            if own and exposed.find(own) is not None:
                return field, own
        return None

    def _chosen(self, name: str, whole: set[str], parts: Mapping[str, set[str]]) -> Any:
        field = self._fields[name]
        if name not in whole:
            field.only = frozenset(parts[name] if field.only is None else parts[name] & field.only)
        return field

    def _names(self) -> list[str]:
        own = [name for name in self._fields if not (self._flattens and name in self._attributes)]
        return [*own, *(name for exposed in self._attributes.values() for name in exposed.labelled)]
