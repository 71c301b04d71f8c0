"""Reading records, all ten values of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.django.data import NAMES
from benchmarks.django.models import DeepRecord, Entity, Native, Record
from benchmarks.django.tables import database, fill, project
from benchmarks.django.timing import Contestant, beside, race

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.timing import Row

__all__ = ["EAV2", "EAV2_PLAIN", "MAPPING", "READERS", "TYPED", "rows"]

SIZE = 1_000
MAPPING = "the mapping once per record"
TYPED = "typed_values, no instances"
EAV2 = "django-eav2, prefetched"
EAV2_PLAIN = "django-eav2"
GOALS = {MAPPING: 1.8, TYPED: 0.9}

Values = list[list[Any]]


def native() -> Values:
    """Read native objects."""
    return [[getattr(o, n) for n in NAMES] for o in Native.objects.order_by("pk")]


def native_values() -> Values:
    """Read native columns without instances."""
    return [[row[n] for n in NAMES] for row in Native.objects.order_by("pk").values("pk", "project_id", *NAMES)]


def mapping() -> Values:
    """Read attributes of objects, asking each object once for its mapping."""
    return [[a[n] for n in NAMES] for o in Record.objects.order_by("pk").with_selectors() for a in [o.attrs]]


def plain() -> Values:
    """Read attributes of objects as one would write it."""
    return [[o.attrs[n] for n in NAMES] for o in Record.objects.order_by("pk").with_selectors()]


def as_dict() -> Values:
    """Read attributes of objects as dicts."""
    return [[a[n] for n in NAMES] for o in Record.objects.order_by("pk").with_selectors() for a in [o.attrs.copy()]]


def typed() -> Values:
    """Read attributes without instances."""
    return [[d["attrs"][n] for n in NAMES] for d in Record.objects.order_by("pk").typed_values("pk", "project_id")]


def deep() -> Values:
    """Read attributes of objects whose schema is that of the organisation of their project."""
    return [[a[n] for n in NAMES] for o in DeepRecord.objects.order_by("pk").with_selectors() for a in [o.attrs]]


def eav2() -> Values:
    """Read django-eav2's values, all of them fetched at once."""
    fetched = Entity.objects.order_by("pk").prefetch_related("eav_values__attribute", "eav_values__value_enum")
    return [[getattr(o.eav, n) for n in NAMES] for o in fetched]


def eav2_plain() -> Values:
    """Read django-eav2's values as one would write it: they are fetched entity by entity."""
    return [[getattr(o.eav, n) for n in NAMES] for o in Entity.objects.order_by("pk")]


#: Every way of reading that is timed, by what the report calls it.
READERS: dict[str, Callable[[], Values]] = {
    "native objects": native,
    "native .values()": native_values,
    MAPPING: mapping,
    "o.attrs[name] each time": plain,
    "o.attrs.copy(), then the dict": as_dict,
    TYPED: typed,
    "schema of the project's organisation": deep,
    EAV2: eav2,
    EAV2_PLAIN: eav2_plain,
}


def rows(repetitions: int, size: int = SIZE) -> Iterator[Row]:
    """Time every way of reading but those of django-eav2."""
    with database():
        fill(project(), size)
        ways = {name: Contestant(run=_called(read)) for name, read in READERS.items() if name not in (EAV2, EAV2_PLAIN)}
        times = race(ways, repetitions)
    base = "native objects"
    for name in ways:
        if name != base:
            yield beside(f"list {size:,}: {name}", times[name], base, times[base], GOALS.get(name))


def _called(read: Callable[[], Values]) -> Callable[[Any], Values]:
    return lambda _: read()
