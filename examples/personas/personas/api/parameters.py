"""What a list may be asked: its columns, beside the attributes, which the library asks for."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django_filters import rest_framework as filters
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.filters import BaseFilterBackend

from jsonattrs_django.rest_framework import AttributeFilterBackend
from jsonattrs_django.rest_framework.errors import ProblemDetail
from personas.models import ContentPiece, Persona

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

__all__ = ["ContentFilter", "KnownParameters", "PersonaFilter"]

#: What the names of parameters about attributes begin with: the library refuses those that there are not.
PREFIX = "attributes."


class KnownParameters(BaseFilterBackend):
    """Refuses parameters that nobody reads: a misspelt filter would otherwise show everything."""

    def filter_queryset(self, request: Any, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        """Return the records as they are. Raises ValidationError, a 400."""
        known = {"page", "page_size", "ordering", "fields", "facets", *view.filterset_class.base_filters}
        prefixes = tuple(PREFIX for each in view.filter_backends if issubclass(each, AttributeFilterBackend))
        names = [name for name in request.query_params if not _is_known(name, known) and not name.startswith(prefixes)]
        errors = {name: [_unknown(name, known, prefixes)] for name in names}
        if errors:
            raise ValidationError(errors)
        return queryset


def _is_known(name: str, known: set[str]) -> bool:
    return name in known or name == settings.REST_FRAMEWORK.get("URL_FORMAT_OVERRIDE")


def _unknown(name: str, known: set[str], prefixes: Iterable[str]) -> ErrorDetail:
    near = get_close_matches(name, known, 1)
    if near:
        return ProblemDetail(f"There is no such parameter; did you mean {near[0]}?", "unknown", {"nearest": near[0]})
    hints = (f" Attributes are asked for by {prefix}<name>." for prefix in prefixes)
    return ErrorDetail("".join(["There is no such parameter.", *hints]), "unknown")


def _yes_or_no(**options: Any) -> filters.TypedChoiceFilter:
    """Return a filter that takes true and false, and refuses what is neither; django-filter's own would ignore it."""
    choices = [("true", "true"), ("false", "false")]
    return filters.TypedChoiceFilter(choices=choices, coerce=lambda value: value == "true", **options)


class TimesFilter(filters.FilterSet):
    """By when records were made and changed."""

    created_at__gte = filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="gte")
    created_at__lte = filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="lte")
    updated_at__gte = filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")
    updated_at__lte = filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="lte")


class PersonaFilter(TimesFilter):
    """Personas by their columns."""

    name = filters.CharFilter(lookup_expr="icontains", max_length=100)
    description = filters.CharFilter(lookup_expr="icontains", max_length=200)
    is_active = _yes_or_no()

    class Meta:
        model = Persona
        fields = ("name", "description", "is_active")


def _own_personas(request: Any) -> QuerySet[Persona]:
    """Return the personas that texts may be asked for of: the reader's own, nobody's in the OpenAPI document."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Persona.objects.none()
    return Persona.objects.filter(author__user=user)


class ContentFilter(TimesFilter):
    """Texts by their columns, by persona, and by tag."""

    persona = filters.ModelChoiceFilter(queryset=_own_personas)
    title = filters.CharFilter(lookup_expr="icontains", max_length=200)
    status = filters.ChoiceFilter(choices=ContentPiece.Status.choices)
    tag = filters.CharFilter(field_name="tags__name", lookup_expr="iexact", max_length=50, distinct=True)
    word_count__gte = filters.NumberFilter(field_name="word_count", lookup_expr="gte", min_value=0, max_value=10**9)
    word_count__lte = filters.NumberFilter(field_name="word_count", lookup_expr="lte", min_value=0, max_value=10**9)
    published_at__gte = filters.IsoDateTimeFilter(field_name="published_at", lookup_expr="gte")
    published_at__lte = filters.IsoDateTimeFilter(field_name="published_at", lookup_expr="lte")

    class Meta:
        model = ContentPiece
        fields = ("persona", "title", "status")
