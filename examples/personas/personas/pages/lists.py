"""An author's personas: as cards or as a table, filtered and ordered by any characteristic."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import HttpResponseRedirect
from django.views.generic import ListView

from personas.access import personas_of
from personas.models import content_count
from personas.pages.filters import ATTRIBUTE, can_be_asked, can_order, persona_filters
from personas.pages.frame import AuthorMixin
from personas.pages.paging import PagesMixin
from personas.pages.passed_over import passed_over, said_of
from personas.pages.pictures import draw
from personas.reading import Reading
from personas.schema import schema_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet
    from django.http import HttpRequest, QueryDict
    from django.http.response import HttpResponseBase

    from personas.models import Persona
    from personas.pages.filters import PersonaFilterSet
    from personas.pages.pictures import Flower
    from personas.reading import Characteristic, Trait

__all__ = ["PersonaList"]

#: What a card and a table tell unless something else is asked for, as far as the author has it.
ON_CARDS = ("tone", "sentence_structure", "pronoun_preference", "punctuation_style", "core_values", "age")
IN_TABLES = ("tone", "formality_level", "vocabulary_complexity", "humor_sarcasm_usage", "pronoun_preference")
#: Traits on a card, and columns that can be chosen.
MOST_TRAITS, MOST_COLUMNS = 6, 12
#: A card of fewer traits tells the highest ratings, too: else there is nothing to tell one from another.
FEW_TRAITS = 3
#: Characteristics that one question can be about.
MOST_FILTERS = 20
VIEWS = {"cards": "Cards", "table": "Table"}


class Column(NamedTuple):
    """A characteristic that each row of the table shows."""

    characteristic: Characteristic
    state: str  #: how the list is ordered by it now: "ascending", "descending" or nothing
    address: str  #: of the list ordered by it, the other way where it is already; empty where it cannot be


class Row(NamedTuple):
    """A persona, and what is shown of it."""

    persona: Persona
    count: int  #: of the characteristics that are set
    traits: list[Trait]  #: on its card
    flower: Flower | None
    cells: list[tuple[Column, Trait | None]]  #: in the table


class PersonaList(AuthorMixin, PagesMixin, ListView):
    """The personas of an author."""

    template_name = "personas/list.html"
    section = "personas"
    paginate_by = 24

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the list; a form that was sent with blanks gives an address without them."""
        asked = without_blanks(request.GET)
        if asked != request.GET:
            return HttpResponseRedirect(f"{request.path}?{asked.urlencode()}" if asked else request.path)
        return super().get(request, *args, **kwargs)

    # ---- what is asked for ----

    @cached_property
    def reading(self) -> Reading:
        """What reads the author's characteristics."""
        return Reading(schema_of(self.author))

    @cached_property
    def passed_over(self) -> dict[str, str]:
        """The parameters about characteristics that the author's personas have not, with the names of these."""
        return passed_over(self.reading, self.request.GET)

    @cached_property
    def question(self) -> QueryDict:
        """What is asked of the list, without what is passed over."""
        asked = self.request.GET.copy()
        for name in self.passed_over:
            del asked[name]
        return asked

    @cached_property
    def characteristics(self) -> list[Characteristic]:
        """The characteristics that are asked about."""
        known = self.reading.characteristics
        asked = [name for name in self.question if name.startswith(ATTRIBUTE)]
        found = [name.removeprefix(ATTRIBUTE).partition("__")[0] for name in asked[:MOST_FILTERS]]
        found += self.question.getlist("filter")[:MOST_FILTERS]
        return [known[name] for name in dict.fromkeys(found) if name in known]

    @cached_property
    def filters(self) -> PersonaFilterSet:
        """The filters, with what was asked."""
        made = persona_filters(self.characteristics)
        rows = personas_of(self.author).annotate(text_count=content_count())
        return made(self.question, rows, selectors=(self.author,), request=self.request, reading=self.reading)

    def get_queryset(self) -> QuerySet[Persona]:
        """Return the personas that were asked for; none where something in the question is wrong."""
        return self.filters.qs

    @property
    def ordering(self) -> str:
        """What the list is ordered by."""
        return self.question.get("ordering", "")

    def get_ordering(self) -> None:
        """Leave the order to the filters."""

    @cached_property
    def shown_as(self) -> str:
        """As what the personas are shown: one of `VIEWS`."""
        asked = self.request.GET.get("view", "")
        return asked if asked in VIEWS else "cards"

    @cached_property
    def matters(self) -> list[str]:
        """The names of the characteristics that the list is about now."""
        by = self.ordering.removeprefix("-").removeprefix(ATTRIBUTE)
        names = (by, *(each.name for each in self.characteristics))
        return [name for name in names if name in self.reading.characteristics]

    # ---- what is shown ----

    @cached_property
    def columns(self) -> list[Column]:
        """The columns of the table: those that were chosen, else the usual ones and those that matter."""
        chosen = self.request.GET.getlist("column")[:MOST_COLUMNS] or [*self.matters, *IN_TABLES]
        return [self.column(name) for name in dict.fromkeys(chosen) if name in self.reading.characteristics]

    def column(self, name: str) -> Column:
        """Return the column of a characteristic."""
        characteristic, by = self.reading.characteristics[name], f"{ATTRIBUTE}{name}"
        state = {by: "ascending", f"-{by}": "descending"}.get(self.ordering, "")
        following = by if state == "descending" else f"-{by}"
        if not characteristic.is_rating:
            following = f"-{by}" if state == "ascending" else by
        return Column(characteristic, state, self.address(ordering=following) if can_order(characteristic) else "")

    def rows(self, personas: Iterable[Persona]) -> Iterator[Row]:
        """Yield what is shown of each persona."""
        for persona in personas:
            values = {name: value for name, value in persona.attrs.items() if value is not None}
            if self.shown_as == "table":
                cells = [(column, self.cell(values, column)) for column in self.columns]
                yield Row(persona, len(values), [], None, cells)
            else:
                flower = draw(self.reading.sections, self.reading.ratings(values))
                yield Row(persona, len(values), self.traits(values), flower, [])

    def cell(self, values: dict[str, Any], column: Column) -> Trait | None:
        """Return what a column shows of a persona."""
        name = column.characteristic.name
        return self.reading.trait(name, values[name]) if name in values else None

    def traits(self, values: dict[str, Any]) -> list[Trait]:
        """Return what a card tells of a persona."""
        names = [name for name in dict.fromkeys([*self.matters, *ON_CARDS]) if name in values]
        rated = self.reading.ratings({name: value for name, value in values.items() if name not in names})
        names += sorted(rated, key=lambda name: -rated[name])[: max(0, FEW_TRAITS - len(names))]
        return [self.reading.trait(name, values[name]) for name in names[:MOST_TRAITS]]

    def address(self, **changes: Any) -> str:
        """Return the address of this list with some parameters changed, and from its first page."""
        asked = self.question.copy()
        for name, value in {"page": None, **changes}.items():
            asked.pop(name, None)
            if value is not None:
                asked[name] = value
        return f"{self.request.path}?{asked.urlencode()}" if asked else self.request.path

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the template what it shows."""
        context = super().get_context_data(**kwargs)
        page, form = context["page_obj"], self.filters.form
        asked = self.filters.asked()
        return {
            **context,
            "form": form,
            "rows": list(self.rows(page.object_list)),
            "columns": self.columns if self.shown_as == "table" else [],
            "controls": self.filters.controls(),
            "chips": [(self.filters.said(name), self.address(**{name: None})) for name in asked],
            "offered": self.offered(),
            "said": list(said_of(self.author, self.reading, list(dict.fromkeys(self.passed_over.values())))),
            "is_filtered": bool(asked or form.data.get("name") or form.data.get("is_active")),
            "views": [(name, label, self.address(view=name)) for name, label in VIEWS.items()],
            "pages": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        }

    def offered(self) -> dict[str, list[Characteristic]]:
        """Return the characteristics that a filter can be added for, by section."""
        asked = {each.name for each in self.characteristics}
        found = {
            title: [each for each in members if can_be_asked(each) and each.name not in asked]
            for title, members in self.reading.sections.items()
        }
        return {title: members for title, members in found.items() if members}


def without_blanks(data: QueryDict) -> QueryDict:
    """Return a query string without the parameters that say nothing."""
    kept = data.copy()
    for name in data:
        values = [value for value in data.getlist(name) if value != ""]
        kept.setlist(name, values) if values else kept.pop(name)
    return kept
