"""Forms of ten values: made, given what was posted, decided on and rendered; with attributes and with columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from benchmarks.django.models import DjangoPerson, Person, PersonRecord
from benchmarks.django.people import FORMS, SPOILT, TYPED, fill_people, posted, scene
from benchmarks.django.tables import database
from benchmarks.django.timing import Contestant, beside, race

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.django.models import Project
    from benchmarks.timing import Row

__all__ = ["Given", "bound", "given", "rows", "unbound", "works"]

GOAL = 1.2

#: What our form is compared with, in the words of the report.
NATIVE: dict[Any, str] = {
    Person: "a ModelForm of ten columns",
    DjangoPerson: "the same with an EmailField",
}
VENDORS = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}


class Given(NamedTuple):
    """What a form of one side is made from."""

    model: Any
    owner: Project
    is_new: bool
    marker: str  #: the hidden text that a page with the form had; empty where a form has none

    def instances(self, count: int) -> list[Any]:
        """Return records as a view has them, each of them fresh: forms change them."""
        if self.is_new:
            return [None] * count
        return [self.model.objects.get() for _ in range(count)]


def given(model: Any, owner: Project, is_new: bool) -> Given:
    """Return what a form of a model is made from."""
    before = Given(model, owner, is_new, "")
    marker = unbound(before, *before.instances(1))["attrs-shown"].value() if model is PersonRecord else ""
    return before._replace(marker=str(marker))


def unbound(source: Given, instance: Any) -> Any:
    """Return the form that a view shows first."""
    form = FORMS[source.model](instance=instance, initial={"project": source.owner.pk})
    form.fields  # noqa: B018 - ours are looked up when they are first asked for
    return form


def bound(source: Given, data: Any, instance: Any) -> Any:
    """Return the form that a view makes of what was posted, with the verdict."""
    form = FORMS[source.model](data, instance=instance)
    form.is_valid()
    return form


class Work(NamedTuple):
    """What is timed."""

    name: str
    contestant: Callable[[Given, int], Contestant]
    beside: tuple[Any, ...] = (Person,)  #: models
    goal: float | None = GOAL


def works() -> Iterator[Work]:
    """Yield everything that is timed."""
    yield Work("build, bind and validate", _bind(TYPED), beside=(Person, DjangoPerson))
    yield Work("the same with three errors", _bind(SPOILT))
    yield Work("render, not bound", _render(unbound))
    yield Work("render, bound", _render(lambda source, instance: _sent(source, instance, TYPED)))
    yield Work("render, bound, three errors", _render(lambda source, instance: _sent(source, instance, SPOILT)))
    yield Work("build, not bound", _build, goal=None)


def rows(repetitions: int, count: int) -> Iterator[Row]:
    """Time everything, ``count`` forms in each turn."""
    with database():
        owner = scene()
        fill_people(owner, 1)
        for is_new in (True, False):
            record = f"{'new' if is_new else 'stored'} record, {VENDORS[connection.vendor]}"
            for work in works():
                yield from _row(work, record, owner, is_new, repetitions, count)


def _row(work: Work, record: str, owner: Project, is_new: bool, repetitions: int, count: int) -> Iterator[Row]:
    sources = [given(model, owner, is_new) for model in (PersonRecord, *work.beside)]
    times = race({source.model.__name__: work.contestant(source, count) for source in sources}, repetitions)
    ours = times[PersonRecord.__name__]
    for model in work.beside:
        goal = None if model is DjangoPerson else work.goal
        yield beside(f"{work.name}: {record}", ours, NATIVE[model], times[model.__name__], goal)


def _sent(source: Given, instance: Any, typed: dict[str, str]) -> Any:
    return bound(source, posted(source.model, source.owner, typed, source.marker), instance)


def _bind(typed: dict[str, str]) -> Callable[[Given, int], Contestant]:
    """Return what times a form from the data to the verdict."""

    def contestant(source: Given, count: int) -> Contestant:
        data = posted(source.model, source.owner, typed, source.marker)
        return Contestant(
            prepare=lambda: source.instances(count),
            run=lambda instances: [bound(source, data, instance) for instance in instances],
            count=count,
        )

    return contestant


def _build(source: Given, count: int) -> Contestant:
    return Contestant(
        prepare=lambda: source.instances(count),
        run=lambda instances: [unbound(source, instance) for instance in instances],
        count=count,
    )


def _render(make: Callable[[Given, Any], Any]) -> Callable[[Given, int], Contestant]:
    """Return what times a form that is there until its HTML is."""

    def contestant(source: Given, count: int) -> Contestant:
        return Contestant(
            prepare=lambda: [make(source, instance) for instance in source.instances(count)],
            run=lambda forms: [str(form) for form in forms],
            count=count,
        )

    return contestant
