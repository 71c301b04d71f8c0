"""Which questions a list of records can be asked, by the attributes of a scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext, gettext_lazy

from jsonattrs_django.filters import AttributeFilterSet

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from django.db.models import Model

    from jsonattrs_django.display import AttributeDisplay, SchemaDisplay

__all__ = ["OTHERS", "record_filters"]

#: Parameters of the list that are no filters: where, which type, which columns, and which page.
OTHERS = ("in", "type", "column", "page")

_RANGE = ("gte", "lte")

#: The question that is asked by the type of the attribute. There are more; these are what people look for.
_LOOKUPS = {
    "text": ("icontains",),
    "integer": _RANGE,
    "float": _RANGE,
    "decimal": _RANGE,
    "date": _RANGE,
    "boolean": ("exact",),
}

#: What stands before the label of an attribute, or behind it.
_WORDS = {
    "gte": gettext_lazy("%(label)s: from"),
    "lte": gettext_lazy("%(label)s: to"),
    "icontains": gettext_lazy("%(label)s contains"),
}


def record_filters(model: type[Model], display: SchemaDisplay, names: Collection[str]) -> type[RecordFilterSet]:
    """Return the filter set of a model's records for those attributes of a schema that have these names."""
    attributes = {name: lookups for name, each in display.items() if name in names and (lookups := _lookups(each))}
    options = {"model": model, "fields": {"name": ["icontains"]}, "attributes": attributes, "other_parameters": OTHERS}
    days = {f"attrs__{name}" for name in attributes if display.schema[name].type == "date"}
    return type(f"{model.__name__}Filter", (RecordFilterSet,), {"Meta": type("Meta", (), options), "days": days})


def _lookups(display: AttributeDisplay) -> tuple[str, ...]:
    attribute, has_choices = display.attribute, display.has_choices
    if isinstance(attribute.choices, tuple) and len(attribute.choices) < 2:
        return ()  # all records have the same
    if attribute.multiple:
        return ("contains",) if has_choices else ()
    return ("exact",) if has_choices else _LOOKUPS.get(str(attribute.type), ())


class RecordFilterSet(AttributeFilterSet):
    """Filters by name and by attributes, with words and controls that need no explanation.

    ``labels`` are what the attributes are called, by name.
    """

    days: ClassVar[Collection[str]] = ()  #: the fields that are asked for with a calendar

    def __init__(self, *args: Any, labels: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        called = {"name": gettext("Name"), **{f"attrs__{name}": label for name, label in labels.items()}}
        for each in self.filters.values():
            if each.field_name in called:
                each.label = str(_WORDS.get(each.lookup_expr, "%(label)s")) % {"label": called[each.field_name]}
            _simplify(each)
            if each.field_name in self.days:
                each.extra["widget"] = forms.DateInput(attrs={"type": "date"})
        ordering = self.filters["ordering"]
        words = [("name", called["name"]), ("-name", gettext("%s (descending)") % called["name"])]
        ordering.extra["empty_label"] = None  # the first one is the order that a list has anyway
        ordering.extra["choices"] = [*words, *ordering.extra["choices"][2:]]


def _simplify(asked: Any) -> None:
    """Give a filter a control for one answer, also where several could be given, and a word for none."""
    choices = asked.extra.get("choices")
    if callable(choices):
        asked.extra["choices"] = lambda: [("", gettext("Any")), *(pair for pair in choices() if pair[0] != "")]
        asked.extra["widget"] = forms.Select
