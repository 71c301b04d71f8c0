"""What a list of personas can be asked: by name, by state, and by any characteristic of the author's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.db.models import F

from jsonattrs_django.filters import AttributeFilterSet
from jsonattrs_django.models import Attr
from personas.models import Persona

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from django.db.models import QuerySet

    from personas.reading import Characteristic, Reading

__all__ = ["ATTRIBUTE", "OTHERS", "PersonaFilterSet", "can_be_asked", "can_order", "orders", "persona_filters"]

#: What the parameters of characteristics begin with.
ATTRIBUTE = "attrs__"
#: Parameters of the list that are no filters: how it is shown, which filter is being added, and which page.
OTHERS = ("view", "column", "filter", "page")

_RANGE = ("gte", "lte", "isnull")
_LOOKUPS: Mapping[str, tuple[str, ...]] = {
    "text": ("icontains", "isnull"),
    "boolean": ("exact", "isnull"),
    "uuid": ("exact", "isnull"),
    "object": ("isnull",),
    **dict.fromkeys(("integer", "float", "decimal", "date", "time", "datetime", "duration"), _RANGE),
}
_BROWSERS = {"date": "date", "time": "time", "datetime": "datetime-local"}
#: What stands beside a control; the characteristic is named above.
_WORDS = {"gte": "from", "lte": "to", "icontains": "contains", "contains": "has", "overlap": "any of", "in": "any of"}

#: Orders by columns; the first is the one that the list has anyway.
_COLUMNS = {
    "-created_at": "Newest first",
    "created_at": "Oldest first",
    "-updated_at": "Changed last",
    "name": "Name, from A to Z",
    "-name": "Name, from Z to A",
}


def lookups_of(characteristic: Characteristic) -> tuple[str, ...]:
    """Return by what a characteristic can be filtered."""
    if characteristic.is_multiple:
        return ("overlap" if characteristic.choices else "contains", "isnull")
    return ("in", "isnull") if characteristic.choices else _LOOKUPS.get(str(characteristic.attribute.type), ())


def can_be_asked(characteristic: Characteristic) -> bool:
    """Tell whether a list can be filtered by a characteristic."""
    return bool(lookups_of(characteristic))


def can_order(characteristic: Characteristic) -> bool:
    """Tell whether a list can be ordered by a characteristic."""
    return not characteristic.is_multiple and characteristic.attribute.type not in ("object", "reference")


def persona_filters(characteristics: Iterable[Characteristic]) -> type[PersonaFilterSet]:
    """Return the filter set with filters for some characteristics: there are many, and few are asked at a time."""
    attributes = {each.name: lookups_of(each) for each in characteristics}
    return type("PersonaFilter", (PersonaFilterSet,), {"Meta": type("Meta", (_Options,), {"attributes": attributes})})


class _Options:
    model = Persona
    fields = ()
    ordering_parameter = None
    other_parameters = OTHERS


class PersonaFilterSet(AttributeFilterSet):
    """Filters and orders the personas of an author, of whom ``reading`` has the characteristics."""

    name = django_filters.CharFilter(
        label="Name contains", lookup_expr="icontains", max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    is_active = django_filters.ChoiceFilter(
        label="State", choices=(("true", "Active"), ("false", "Not active")), empty_label="Any", method="filter_active"
    )
    ordering = django_filters.ChoiceFilter(
        label="Order",
        empty_label=None,
        method="filter_ordering",
        error_messages={"invalid_choice": "There is no such order. Choose another one."},
    )

    def __init__(self, *args: Any, reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reading = reading
        self.filters["ordering"].extra["choices"] = list(orders(reading))
        for each in self.filters.values():
            if each.field_name.startswith(ATTRIBUTE):
                _adapt(each, reading.characteristics[each.field_name.removeprefix(ATTRIBUTE)])

    def filter_active(self, rows: QuerySet[Persona], name: str, value: str) -> QuerySet[Persona]:
        """Return the active personas, or the others."""
        return rows.filter(is_active=value == "true")

    def filter_ordering(self, rows: QuerySet[Persona], name: str, value: str) -> QuerySet[Persona]:
        """Return the personas in an order; those that lack what it is about come last both ways."""
        path = value.removeprefix("-")
        by: Any = F(path) if not path.startswith(ATTRIBUTE) else self._attr(path.removeprefix(ATTRIBUTE))
        chosen = by.desc(nulls_last=True) if value.startswith("-") else by.asc(nulls_last=True)
        return rows.order_by(chosen, "name", "pk")

    def _attr(self, name: str) -> Attr:
        """Return the characteristic of this author's schema, whatever others mean by the name."""
        attribute = self.reading.characteristics[name].attribute
        return Attr(key=attribute.key, type=attribute.type, multiple=False)

    # ---- what the page shows ----

    def asked(self) -> Collection[str]:
        """Return the parameters of characteristics that say something."""
        return [name for name in self.form.fields if name.startswith(ATTRIBUTE) and self.form.data.get(name)]

    def controls(self) -> list[tuple[Characteristic, list[Any]]]:
        """Return the controls by characteristic."""
        found: dict[str, list[Any]] = {}
        for name, each in self.filters.items():
            if each.field_name.startswith(ATTRIBUTE):
                found.setdefault(each.field_name.removeprefix(ATTRIBUTE), []).append(self.form[name])
        return [(self.reading.characteristics[name], fields) for name, fields in found.items()]

    def said(self, parameter: str) -> str:
        """Return in words what a parameter of a characteristic asks."""
        asked = self.filters[parameter]
        characteristic = self.reading.characteristics[asked.field_name.removeprefix(ATTRIBUTE)]
        texts = self.form.data.getlist(parameter)
        if asked.lookup_expr == "isnull":
            return f"{characteristic.label}: {'not set' if texts[0] == 'true' else 'set'}"
        names = {"true": "yes", "false": "no"} if asked.lookup_expr == "exact" else characteristic.choices
        word = f"{_WORDS[asked.lookup_expr]} " if asked.lookup_expr in _WORDS and not characteristic.choices else ""
        return f"{characteristic.label}: {word}{' or '.join(names.get(text, text) for text in texts)}"


def orders(reading: Reading) -> Iterator[tuple[str, Any]]:
    """Yield orders as choices, those by characteristics in sections."""
    yield from _COLUMNS.items()
    for title, members in reading.sections.items():
        found = [order for each in members if can_order(each) for order in _both(each)]
        if found:
            yield title, found


def _both(characteristic: Characteristic) -> Iterator[tuple[str, str]]:
    is_text = characteristic.attribute.type == "text"
    up, down = ("from A to Z", "from Z to A") if is_text else ("lowest first", "highest first")
    yield f"{ATTRIBUTE}{characteristic.name}", f"{characteristic.label}, {up}"
    yield f"-{ATTRIBUTE}{characteristic.name}", f"{characteristic.label}, {down}"


def _adapt(asked: Any, characteristic: Characteristic) -> None:
    """Give a filter a control of its type, and words that need no explanation."""
    kind = str(characteristic.attribute.type)
    asked.label = _WORDS.get(asked.lookup_expr, "is")
    if asked.lookup_expr == "isnull":
        asked.label = "is set"
        asked.extra["choices"] = [("", "Any"), ("false", "Set"), ("true", "Not set")]
    elif asked.lookup_expr in ("in", "overlap"):
        asked.extra["widget"] = forms.CheckboxSelectMultiple
    elif characteristic.is_rating:
        asked.extra["widget"] = forms.NumberInput(attrs={"min": 1, "max": 10})
    elif kind in _BROWSERS:
        asked.extra["widget"] = forms.TextInput(attrs={"type": _BROWSERS[kind]})
