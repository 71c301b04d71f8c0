"""The filter set: what applications subclass."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django_filters import FilterSet
from django_filters.utils import get_field_parts, verbose_field_name

from jsonattrs_django.filters.offers import Offers
from jsonattrs_django.filters.ordering import AttributeOrderingFilter
from jsonattrs_django.filters.parameters import StrictForm
from jsonattrs_django.models.manager import attribute_field
from jsonattrs_django.names import nearest
from jsonattrs_django.offered import ALL_LOOKUPS, USUAL_PARAMETERS, is_ordered, lookups_of
from jsonattrs_django.permissions import permitted
from jsonattrs_django.references.targets import target_condition, target_model
from jsonattrs_django.texts import Reader, usable_readers

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["AttributeFilterMixin", "AttributeFilterSet"]

_ALL = "__all__"

#: What the mixin stands before: some filter set.
_Mixed: Any = object


@dataclass(frozen=True, slots=True)
class _Options:
    """The options of ``Meta`` that are about attributes."""

    attribute_field: str | None = None  #: name of the attribute field, where the model has several
    attributes: Any = _ALL  #: names or keys, or ``{name: lookups}``; all that the scope has
    ordering_parameter: str | None = "ordering"  #: the parameter that orders; None for none
    ordering_nulls_last: bool = False  #: records without a value are at the end; else where the database has them
    other_parameters: Collection[str] = USUAL_PARAMETERS  #: parameters that are no filters, for others to read

    @classmethod
    def of(cls, meta: Any) -> _Options:
        """Return those of a ``Meta``. Raises TypeError for a lookup that no attribute has."""
        given = {name: getattr(meta, name) for name in cls.__dataclass_fields__ if hasattr(meta, name)}
        options = cls(**given)
        if isinstance(options.attributes, Mapping):
            for name, lookups in options.attributes.items():
                for lookup in [] if lookups == _ALL else lookups:
                    if lookup not in ALL_LOOKUPS:
                        raise TypeError(
                            f"'Meta.attributes' asks for the lookup {lookup!r} of {name!r}, which no attribute has"
                            f"{nearest(lookup, ALL_LOOKUPS)}"
                        )
        return options

    def lookups(self, reader: Reader) -> tuple[str, ...]:
        """Return the lookups by which an attribute may be filtered, in the order in which they were asked for."""
        has = lookups_of(reader)
        if self.attributes == _ALL:
            return has
        name = next((name for name in (reader.name, str(reader.attribute.key)) if name in self.attributes), None)
        if name is None:
            return ()
        asked = self.attributes[name] if isinstance(self.attributes, Mapping) else _ALL
        return has if asked == _ALL else tuple(lookup for lookup in asked if lookup in has)


class AttributeFilterMixin(_Mixed):
    """Gives a filter set of django-filter filters for the attributes of one scope, made when the filter set is.

    ``selectors`` are the values of the scope, as ``SchemaRecord.objects.for_selectors`` takes them; unless they are
    given, `get_selectors` says which. Attributes that the user of ``request`` may not see have none. It stands before
    the filter set in the list of bases::

        class PartyFilter(AttributeFilterMixin, rest_framework.FilterSet): ...

    Raises SelectorError for selectors that no record can have, SchemaError where the model has no attribute field, or
    several and ``Meta`` does not say which.
    """

    _attribute_options = _Options()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls._attribute_options = _Options.of(getattr(cls, "Meta", None))

    def __init__(self, data: Any = None, queryset: Any = None, *, selectors: Any = None, **kwargs: Any) -> None:
        super().__init__(data, queryset, **kwargs)
        self.selectors = self.get_selectors() if selectors is None else selectors
        for name, made in self._made_filters().items():
            if name not in self.filters:  # one that was declared stays
                self.filters[name] = made
                made.model, made.parent = self.queryset.model, self

    def get_selectors(self) -> Any:
        """Return the selector values of the scope whose attributes are filtered by: by default those of every record.

        ``self.request`` and ``self.queryset`` are there.
        """
        return ()

    def get_reference_queryset(self, name: str, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows that may be asked for in the attribute of that name: by default all that it may refer to."""
        return queryset

    @classmethod
    def get_fields(cls) -> dict[str, Any]:
        """Return the columns that `Meta.fields` names, with their lookups: never the attribute field as a whole."""
        own = {field.name for field in cls._meta.model._meta.concrete_fields if hasattr(field, "schemas")}
        return {name: lookups for name, lookups in super().get_fields().items() if name not in own}

    # ---- what is made ----

    def _made_filters(self) -> dict[str, Any]:
        options, field = self._attribute_options, self._attribute_field
        scope = field.schemas.scope(field.selectors.given(self.selectors))
        offers = Offers(field.name, scope.schema.default_language, self._rows)
        seen = permitted(getattr(self.request, "user", None), "view", field, scope.schema)
        usable = (reader for reader in usable_readers(scope) if reader.name in seen)
        readers = {reader: lookups for reader in usable if (lookups := options.lookups(reader))}
        found: dict[str, Any] = {}
        for reader, lookups in readers.items():
            found |= offers.filters_of(reader, lookups)
        if options.ordering_parameter is not None:
            ordering = self._ordering(offers, [reader for reader in readers if is_ordered(reader)])
            found |= {options.ordering_parameter: ordering} if ordering else {}
        return found

    @property
    def _attribute_field(self) -> JSONAttributeField:
        return attribute_field(self.queryset.model, self._attribute_options.attribute_field)

    def _rows(self, reader: Reader) -> QuerySet[Any]:
        model: type[Model] = target_model(reader.attribute)
        rows = model._default_manager.filter(target_condition(reader.attribute))
        return self.get_reference_queryset(reader.name, rows)

    def _ordering(self, offers: Offers, readers: list[Reader]) -> AttributeOrderingFilter | None:
        model = self.queryset.model
        columns = [name for name in self.get_fields() if _is_one_column(model, name)] if self._meta.model else []
        labels = {name: capfirst(verbose_field_name(model, name)) for name in columns}
        labels |= {offers.name_of(reader): offers.label_of(reader) for reader in readers}
        attributes = {offers.name_of(reader): offers.attr_of(reader) for reader in readers}
        if not labels:
            return None
        last = self._attribute_options.ordering_nulls_last
        return AttributeOrderingFilter(fields=[*labels], field_labels=labels, attributes=attributes, nulls_last=last)

    # ---- what is refused ----

    def get_form_class(self) -> type[StrictForm]:
        """Return the form, which refuses parameters that nobody reads."""
        form = super().get_form_class()
        return type(form.__name__, (StrictForm, form), {"others": self._attribute_options.other_parameters})

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the records that were asked for: none where anything in the question is wrong."""
        if not self.form.is_valid():
            return queryset.none()
        return super().filter_queryset(queryset)


def _is_one_column(model: type[Model], path: str) -> bool:
    """Tell whether a path leads to one value of each record, so that ordering by it repeats no record."""
    parts = get_field_parts(model, path) or ()
    return bool(parts) and not any(part.many_to_many or part.one_to_many for part in parts)


class AttributeFilterSet(AttributeFilterMixin, FilterSet):
    """A filter set of django-filter with filters for attributes: see :class:`AttributeFilterMixin`."""
