"""What a list of texts can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.db.models import F, OrderBy, Q

from personas.access import personas_of
from personas.models import ContentPiece
from personas.tagging import tags_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from personas.models import Author

__all__ = ["PieceFilter"]

_COLUMNS = {"created_at": "created", "published_at": "published", "title": "title", "word_count": "words"}
#: The first of them is the order that the list has anyway.
_ORDERS = (
    ("-created", "Newest first"),
    ("created", "Oldest first"),
    ("-published", "Published last"),
    ("title", "Title, from A to Z"),
    ("-title", "Title, from Z to A"),
    ("-words", "Longest first"),
    ("words", "Shortest first"),
)


class QuestionForm(forms.Form):
    """Questions whose labels stand above them, and need no colon."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)


class Order(django_filters.OrderingFilter):
    """An order in which texts that were never published stand behind the others, on every database."""

    def get_ordering_value(self, param: str) -> OrderBy:
        """Return what to order by."""
        value = super().get_ordering_value(param)
        return OrderBy(F(value.removeprefix("-")), descending=value.startswith("-"), nulls_last=True)


class PieceFilter(django_filters.FilterSet):
    """Texts by words, status, persona and tag. Personas and tags are the author's; there are no others here."""

    q = django_filters.CharFilter(
        label="Words", method="filter_words", max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    status = django_filters.ChoiceFilter(
        label="Status",
        choices=ContentPiece.Status.choices,
        empty_label="Any",
        error_messages={"invalid_choice": "A text is a draft, published or archived."},
    )
    persona = django_filters.ModelChoiceFilter(
        label="Persona", empty_label="Any", error_messages={"invalid_choice": "You have no such persona."}
    )
    tag = django_filters.ModelChoiceFilter(
        label="Tag",
        field_name="tags",
        to_field_name="name",
        empty_label="Any",
        error_messages={"invalid_choice": "No text of yours has this tag."},
    )
    ordering = Order(
        label="Order",
        fields=_COLUMNS,
        choices=_ORDERS,
        empty_label=None,
        error_messages={"invalid_choice": "There is no such order."},
    )

    class Meta:
        """The form has what the filters have."""

        form = QuestionForm

    def __init__(self, *args: Any, author: Author, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["persona"].extra["queryset"] = personas_of(author).order_by("name", "pk")
        self.filters["tag"].extra["queryset"] = tags_of(author)

    def filter_words(self, rows: QuerySet[ContentPiece], name: str, value: str) -> QuerySet[ContentPiece]:
        """Return the texts in whose title or body each of some words is."""
        for word in value.split():
            rows = rows.filter(Q(title__icontains=word) | Q(body__icontains=word))
        return rows

    @property
    def qs(self) -> QuerySet[ContentPiece]:
        """The texts, in an order that leaves no doubt."""
        rows = super().qs
        return rows.order_by(*rows.query.order_by, "-pk") if rows.query.order_by else rows

    @property
    def is_filtered(self) -> bool:
        """Whether anything was asked but for an order."""
        return any(value for name, value in self.form.data.items() if name in self.filters and name != "ordering")
