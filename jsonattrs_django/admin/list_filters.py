"""Filters beside a change list, by attributes."""

from __future__ import annotations

from datetime import timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.admin.filters import FacetsMixin, ListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext

from jsonattrs_django.admin.known import fallback_label, known
from jsonattrs_django.permissions import choosable
from jsonattrs_django.queries.lookups import AttributeLookup
from jsonattrs_django.references.targets import target_condition, target_model
from jsonattrs_django.texts import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Model, QuerySet

    from jsonattrs_django.admin.known import Known
    from jsonattrs_django.admin.names import Named
    from jsonattrs_django.texts import Listed

__all__ = ["AttributeListFilter", "Link"]

#: Values that a filter lists.
_LISTED = 200


class Link(NamedTuple):
    """One of the choices of a filter: what people read, and the parameters that choose it."""

    title: str
    parameters: dict[str, str]


class AttributeListFilter(FacetsMixin, ListFilter):
    """Filters by one attribute: by its choices, yes and no, what records refer to, dates, or whether it has a value.

    It is named in ``list_filter`` as ``"attrs__score"``; a subclass as ``("attrs__score", MyFilter)``.
    """

    def __init__(
        self, named: Named, request: Any, params: dict[str, Any], model: type[Model], model_admin: Any
    ) -> None:
        self.named = named
        self.user = request.user
        self.model_admin = model_admin
        found = known(named)
        #: What is known of the attribute, None where nothing is, or where the user may not see it.
        self.known: Known | None = found if found is not None and found.may_be_seen(self.user) else None
        self.title = found.label if found is not None else fallback_label(named.attribute)
        super().__init__(request, params, model, model_admin)
        for name in self.expected_parameters() if self.known is not None else ():
            if name in params:
                self.used_parameters[name] = params.pop(name)

    def has_output(self) -> bool:
        """Tell whether there is anything to choose from."""
        return self.known is not None

    def expected_parameters(self) -> list[str]:
        """Return the parameters that it reads."""
        return [self._parameter(lookup) for lookup in ("exact", "isnull", "gte", "lt")]

    def _parameter(self, lookup: str) -> str:
        return f"{self.named.path}__{lookup}"

    # ---- the records ----

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the records that were asked for. Raises IncorrectLookupParameters for values that are none."""
        try:
            return queryset.filter(self.condition(self.used_parameters)) if self.used_parameters else queryset
        except ValidationError as error:
            raise IncorrectLookupParameters(error) from error

    def condition(self, parameters: dict[str, Any]) -> Q:
        """Return what parameters ask of a record. Raises ValidationError."""
        found = Q()
        for name, given in parameters.items():
            texts = given if isinstance(given, list) else [given]
            lookup = name.removeprefix(self._parameter(""))
            found &= reduce(or_, (Q(self._comparison(lookup, text)) for text in texts))
        return found

    def _comparison(self, lookup: str, text: str) -> AttributeLookup:
        attribute = self._known.expression()
        if lookup == "isnull":
            return AttributeLookup(attribute, text.lower() not in ("", "false", "0"), "isnull")
        value = self._value(text) if lookup == "exact" else self._reader.typed(text, "und")
        if value is None:
            raise ValidationError("no value")
        if self._known.meant.multiple:
            return AttributeLookup(attribute, [value], "contains")
        return AttributeLookup(attribute, value, lookup)

    def _value(self, text: str) -> Any:
        """Return the typed value of a text that is the same in all languages. Raises ValidationError."""
        found = self._options.get(text)
        return self._reader.stored(self._reader.typed(text, "und")) if found is None else found.value

    @property
    def _known(self) -> Known:
        if self.known is None:
            raise RuntimeError("asked of a filter that is not there")
        return self.known

    @cached_property
    def _reader(self) -> Reader:
        return self._known.reader

    # ---- the choices ----

    @cached_property
    def links(self) -> list[Link]:
        """Links that choose, but for that to all records."""
        kind = self._known.meant.type
        if kind == "boolean":
            words = {"true": gettext("Yes"), "false": gettext("No")}
            listed = [(text, label if label != text else words[text]) for text, label in self._listed()]
            values = listed or [*words.items()]
        elif kind == "reference":
            values = [*self._records()]
        else:
            values = [*self._listed()]
        exact, isnull = self._parameter("exact"), self._parameter("isnull")
        ranges = [] if self._known.meant.multiple else self._ranges(kind)
        return [
            *(Link(title, {exact: text}) for text, title in values),
            *ranges,
            Link(gettext("Empty"), {isnull: "True"}),
            Link(gettext("Not empty"), {isnull: "False"}),
        ]

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        """Yield what the template shows of each choice."""
        asked = {name: given[-1] for name, given in self.used_parameters.items()}
        counts = self.get_facet_queryset(changelist) if changelist.add_facets else None
        yield {
            "selected": not asked,
            "query_string": changelist.get_query_string(remove=self.expected_parameters()),
            "display": gettext("All"),
        }
        for place, (title, parameters) in enumerate(self.links):
            yield {
                "selected": asked == parameters,
                "query_string": changelist.get_query_string(parameters, self._others(parameters)),
                "display": title if counts is None else f"{title} ({counts[f'{place}__c']})",
            }

    def _others(self, parameters: dict[str, str]) -> list[str]:
        return [name for name in self.expected_parameters() if name not in parameters]

    def get_facet_counts(self, pk_attname: str, filtered_qs: QuerySet[Any]) -> dict[str, Count]:
        """Return what counts the records of each choice."""
        return {
            f"{place}__c": Count(pk_attname, filter=self.condition(dict(link.parameters)))
            for place, link in enumerate(self.links)
        }

    # ---- values that may be chosen ----

    def _listed(self) -> Iterable[tuple[str, str]]:
        """Yield text and title of the schemas' choices; of retired ones, and of too many, those that records have."""
        is_short = len(self._options) <= _LISTED
        doubtful = {text for text, listed in self._options.items() if listed.retired or not is_short}
        held = {self._reader.text(value, None) for value in self._held()} if doubtful else set()
        chosen = self.used_parameters.get(self._parameter("exact"), ())
        for text, listed in self._options.items():
            if text not in doubtful or text in held or text in chosen:
                yield text, listed.label or self._reader.text(listed.value, get_language())

    @cached_property
    def _options(self) -> dict[str, Listed]:
        """Choices of all scopes, by texts that are the same in all languages."""
        readers = [(Reader(attribute), language) for attribute, language in self._known.usable]
        return {
            self._reader.text(listed.value, None): listed
            for reader, language in reversed(readers)  # the most general has the last word
            if reader.has_choices
            for listed in reader.listed(language)
        }

    def _held(self) -> list[Any]:
        """Return values that records have. Of lists nothing is known: their items are in no order."""
        if self._known.meant.multiple:
            return []
        found = self.model_admin.get_queryset(self.request).order_by()
        found = found.filter(AttributeLookup(self._known.expression(), False, "isnull"))
        return list(found.values_list(self._known.expression(), flat=True).distinct()[: _LISTED + 1])

    def _records(self) -> Iterable[tuple[str, str]]:
        """Yield key and name of the records that are referred to, and that the user may know of."""
        attribute = self._known.attribute
        keys = [found.pk for key in self._held() if (found := self._reference(key)) is not None]
        rows = target_model(attribute)._default_manager.filter(target_condition(attribute), pk__in=keys)
        for row in choosable(self.user, rows, attribute)[:_LISTED]:
            yield str(row.pk), str(row)

    def _reference(self, key: Any) -> Any:
        """Return the reference of a key, None of what is stored there and is no key."""
        try:
            return self._reader.typed(str(key), "und")
        except ValidationError:
            return None

    def _ranges(self, kind: str) -> list[Link]:
        """Return the stretches of time that Django's own filter of dates has."""
        if kind not in ("date", "datetime"):
            return []
        now = timezone.localtime() if timezone.is_aware(timezone.now()) else timezone.now()
        today: Any = now.date() if kind == "date" else now.replace(hour=0, minute=0, second=0, microsecond=0)
        month = today.replace(day=1)
        year = month.replace(month=1)
        tomorrow = today + timedelta(days=1)
        stretches = (
            (gettext("Today"), today, tomorrow),
            (gettext("Past 7 days"), today - timedelta(days=7), tomorrow),
            (gettext("This month"), month, (month + timedelta(days=32)).replace(day=1)),
            (gettext("This year"), year, year.replace(year=year.year + 1)),
        )
        since, until = self._parameter("gte"), self._parameter("lt")
        return [Link(title, {since: one.isoformat(), until: other.isoformat()}) for title, one, other in stretches]
