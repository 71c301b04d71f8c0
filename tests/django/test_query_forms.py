"""Attributes in every form of query that Django has: each gives what the same query on columns would give."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import (
    Avg,
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    FloatField,
    Max,
    Min,
    OuterRef,
    Q,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.fields.json import KT
from django.db.models.functions import (
    Cast,
    Coalesce,
    Concat,
    ExtractYear,
    Greatest,
    Least,
    Length,
    Rank,
    TruncMonth,
    Upper,
)
from landregistry.models import Organization, Party, Project

from jsonattrs_django.models import Attr
from tests.django.query_land import SEEN, UID, make_land, names, nulls_last

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _land():
    make_land()


OTHERS = Party.objects.filter(attrs__education=OuterRef("attrs__education")).exclude(pk=OuterRef("pk"))

SELECTIONS = {
    "filter": (lambda: Party.objects.filter(attrs__score__gte=3), "ann bob"),
    "filter twice": (lambda: Party.objects.filter(attrs__score__gte=3).filter(attrs__education="much"), "bob"),
    "exclude": (lambda: Party.objects.exclude(attrs__score__gte=4), "bob cid dee"),
    "exclude of two": (lambda: Party.objects.exclude(attrs__score=3, attrs__education="much"), "ann cid dee"),
    "Q": (lambda: Party.objects.filter(Q(attrs__score=5) | Q(attrs__education="much")), "ann bob cid"),
    "not Q": (lambda: Party.objects.filter(~Q(attrs__score=5)), "bob cid dee"),
    "not not Q": (lambda: Party.objects.filter(~~Q(attrs__score=5)), "ann"),
    "xor": (lambda: Party.objects.filter(Q(attrs__score=3) ^ Q(attrs__education="much")), "cid"),
    "null": (lambda: Party.objects.filter(attrs__score=None), "cid dee"),
    "isnull": (lambda: Party.objects.filter(attrs__score__isnull=False), "ann bob"),
    "in values": (lambda: Party.objects.filter(attrs__score__in=[3, 4]), "bob"),
    "in nothing": (lambda: Party.objects.filter(attrs__score__in=[]), ""),
    "not in nothing": (lambda: Party.objects.exclude(attrs__score__in=[]), "ann bob cid dee"),
    "in query": (
        lambda: Party.objects.filter(attrs__education__in=Party.objects.filter(name="bob").values("attrs__education")),
        "bob cid",
    ),
    "in query of dates": (
        lambda: Party.objects.filter(attrs__born__in=Party.objects.filter(name="ann").values("attrs__born")),
        "ann",
    ),
    "in query of decimals": (
        lambda: Party.objects.filter(attrs__share__in=Party.objects.filter(name="ann").values_list("attrs__share")),
        "ann",
    ),
    "column in query": (
        lambda: Organization.objects.filter(pk__in=[1]).model.objects.filter(
            slug__in=Party.objects.filter(attrs__score=5).values("project__organization__slug")
        ),
        "Acme",
    ),
    "range": (lambda: Party.objects.filter(attrs__born__range=(date(1980, 1, 1), "1989-12-31")), "ann"),
    "boolean": (lambda: Party.objects.filter(attrs__active=True), "ann"),
    "not boolean": (lambda: Party.objects.filter(attrs__active=False), "bob"),
    "uuid": (lambda: Party.objects.filter(attrs__uid=str(UID)), "ann"),
    "time": (lambda: Party.objects.filter(attrs__at__lt=time(11)), "ann"),
    "duration": (lambda: Party.objects.filter(attrs__lasts__gt=timedelta(days=1)), "ann"),
    "moment": (lambda: Party.objects.filter(attrs__seen__lte=SEEN), "ann"),
    "reference": (lambda: Party.objects.filter(attrs__agent=Organization.objects.get()), "ann"),
    "reference by key": (lambda: Party.objects.filter(attrs__agent=Organization.objects.get().pk), "ann"),
    "references": (lambda: Party.objects.filter(attrs__agent__in=Organization.objects.all()), "ann"),
    "references listed": (lambda: Party.objects.filter(attrs__agent__in=[*Organization.objects.all()]), "ann"),
    "within an object": (lambda: Party.objects.filter(attrs__data__city="Bandung"), "ann"),
    "deep in an object": (lambda: Party.objects.filter(attrs__data__deep__n__gte=1), "ann"),
    "not within an object": (lambda: Party.objects.exclude(attrs__data__city="Bandung"), "bob cid dee"),
    "whole object": (lambda: Party.objects.filter(attrs__data={"city": "Bandung", "deep": {"n": 1}}), "ann"),
    "object has": (lambda: Party.objects.filter(attrs__data__has_key="city"), "ann"),
    "list": (lambda: Party.objects.filter(attrs__tags=["a", "b"]), "ann"),
    "list contains": (lambda: Party.objects.filter(attrs__tags__contains="b"), "ann bob"),
    "list overlaps": (lambda: Party.objects.filter(attrs__tags__overlap=["a", "z"]), "ann"),
    "list within": (lambda: Party.objects.filter(attrs__tags__contained_by=["b", "z"]), "bob"),
    "length of list": (lambda: Party.objects.filter(attrs__tags__len__gt=1), "ann"),
    "not list contains": (lambda: Party.objects.exclude(attrs__tags__contains=["a"]), "bob cid dee"),
    "F": (lambda: Party.objects.filter(attrs__score__gt=F("attrs__ratio")), "ann bob"),
    "F of column": (lambda: Party.objects.filter(attrs__education__lt=F("name")), "ann"),
    "column and F": (lambda: Party.objects.filter(name__gt=F("attrs__education")), "ann"),
    "F with arithmetic": (lambda: Party.objects.filter(attrs__score__gt=F("attrs__ratio") * 4), "bob"),
    "F of an attribute's own": (lambda: Party.objects.filter(attrs__score__lt=F("attrs__score") + 1), "ann bob"),
    "alias": (lambda: Party.objects.alias(twice=F("attrs__score") * 2).filter(twice=10), "ann"),
    "annotated": (lambda: Party.objects.annotate(year=F("attrs__born__year")).filter(year=1990), "bob"),
    "Exists": (lambda: Party.objects.filter(Exists(OTHERS)), "bob cid"),
    "not Exists": (lambda: Party.objects.exclude(Exists(OTHERS)), "ann dee"),
    "Subquery": (
        lambda: Party.objects.filter(
            attrs__score=Subquery(
                Party.objects.order_by("attrs__score").filter(attrs__score__gt=3).values("attrs__score")[:1]
            )
        ),
        "ann",
    ),
    "When": (
        lambda: Party.objects.annotate(
            grade=Case(
                When(attrs__score__gte=4, then=Value("high")),
                When(attrs__score=None, then=Value("none")),
                default=Value("low"),
            )
        ).filter(grade__in=["high", "none"]),
        "ann cid dee",
    ),
    "union": (
        lambda: (
            Party.objects.filter(attrs__score=5).union(Party.objects.filter(attrs__education="much")).order_by("name")
        ),
        "ann bob cid",
    ),
    "combined": (lambda: Party.objects.filter(attrs__score=5) | Party.objects.filter(attrs__score=3), "ann bob"),
    "sliced": (lambda: Party.objects.order_by(nulls_last("attrs__score"))[1:3], "ann cid"),
    "reverse": (lambda: Party.objects.filter(attrs__score__gte=1).order_by("attrs__score").reverse(), "ann bob"),
    "order by text": (lambda: Party.objects.order_by(nulls_last("attrs__education"), "name"), "ann bob cid dee"),
    "order by decimal": (lambda: Party.objects.order_by(F("attrs__share").desc(nulls_last=True)), "bob ann cid dee"),
    "order by moment": (lambda: Party.objects.order_by(nulls_last("attrs__seen"), "-name"), "ann bob dee cid"),
    "order by part": (lambda: Party.objects.order_by(nulls_last("attrs__born__month"), "name"), "ann bob cid dee"),
    "order by annotation": (
        lambda: Party.objects.annotate(s=F("attrs__score")).order_by(nulls_last("s"), "name"),
        "bob ann cid dee",
    ),
    "order by within": (lambda: Party.objects.order_by(nulls_last("attrs__data__city"), "name"), "ann bob cid dee"),
    "Attr": (lambda: Party.objects.annotate(s=Attr("score")).filter(s__gt=3), "ann"),
    "order by Attr": (lambda: Party.objects.order_by(Attr("score").asc(nulls_last=True), "name"), "bob ann cid dee"),
    "window": (
        lambda: Party.objects.annotate(place=Window(Rank(), order_by=F("attrs__share").desc(nulls_last=True))).filter(
            place=1
        ),
        "bob",
    ),
    "over a relation": (lambda: Party.objects.filter(project__attrs__budget__gt=99), "ann bob cid"),
    "not over a relation": (lambda: Party.objects.exclude(project__attrs__budget__gt=99), "dee"),
    "order over a relation": (
        lambda: Party.objects.order_by(nulls_last("project__attrs__budget"), "name"),
        "ann bob cid dee",
    ),
    "backwards": (lambda: Project.objects.filter(parties__attrs__score=5), "north"),
    "backwards, none": (lambda: Project.objects.filter(parties__attrs__score=None).distinct(), "north south west"),
    "backwards, not": (lambda: Project.objects.exclude(parties__attrs__score=5), "south west"),
    "far backwards": (lambda: Organization.objects.filter(projects__parties__attrs__score=5), "Acme"),
    "two at once": (lambda: Project.objects.filter(parties__attrs__score=5, parties__attrs__education="much"), ""),
    "one and the other": (
        lambda: Project.objects.filter(parties__attrs__score=5).filter(parties__attrs__education="much").distinct(),
        "north",
    ),
    "filtered relation": (
        lambda: Project.objects.annotate(
            good=FilteredRelation("parties", condition=Q(parties__attrs__score__gte=5))
        ).filter(good__attrs__education="None"),
        "north",
    ),
    "counted": (lambda: Project.objects.annotate(n=Count("parties__attrs__score")).filter(n=2), "north"),
    "averaged": (lambda: Project.objects.annotate(a=Avg("parties__attrs__score")).filter(a__gte=4), "north"),
    "having": (
        lambda: Project.objects.annotate(n=Count("parties", filter=Q(parties__attrs__education="much"))).filter(
            n__gt=1
        ),
        "north",
    ),
    "year": (lambda: Party.objects.filter(attrs__born__year__lt=1990), "ann"),
    "month": (lambda: Party.objects.filter(attrs__born__month=7), "bob"),
    "week day": (lambda: Party.objects.filter(attrs__born__week_day=1), "bob"),
    "hour": (lambda: Party.objects.filter(attrs__at__hour=10), "ann"),
    "length": (lambda: Party.objects.annotate(n=Length("attrs__education")).filter(n=4, attrs__score=5), "ann"),
    "regex": (lambda: Party.objects.filter(attrs__education__regex="^m.*h$"), "bob cid"),
    "iexact": (lambda: Party.objects.filter(attrs__education__iexact="NONE"), "ann"),
    "exists inside a filter": (lambda: Party.objects.filter(Exists(OTHERS), attrs__share__lt=1), "cid"),
    "in_bulk": (lambda: Party.objects.filter(pk__in=[*Party.objects.filter(attrs__score=5).in_bulk()]), "ann"),
    "has_key": (lambda: Party.objects.filter(attrs__has_key="score"), "ann bob cid"),
    "not has_key": (lambda: Party.objects.exclude(attrs__has_key="score"), "dee"),
    "has_keys": (lambda: Party.objects.filter(attrs__has_keys=["score", "born"]), "ann bob"),
    "has_any_keys": (lambda: Party.objects.filter(attrs__has_any_keys=["at", "nothing"]), "ann"),
    "KT": (lambda: Party.objects.order_by(KT("attrs__education").asc(nulls_last=True), "-name"), "ann cid bob dee"),
}


@pytest.mark.parametrize(("made", "expected"), SELECTIONS.values(), ids=SELECTIONS)
def test_a_query_selects(made, expected):
    queryset = made()
    assert names(queryset if queryset.ordered else queryset.order_by("pk")) == expected


@pytest.mark.parametrize(("made", "expected"), SELECTIONS.values(), ids=SELECTIONS)
def test_a_query_selects_when_it_has_been_pickled(made, expected):
    queryset = made()
    again = queryset.model.objects.all()
    again.query = pickle.loads(pickle.dumps(queryset.query))
    assert names(again if again.ordered else again.order_by("pk")) == expected


# ---- what is read ----

BY_NAME = Party.objects.order_by("name")

VALUES = {
    "values": (
        lambda: BY_NAME.values("name", "attrs__score", "attrs__born")[:2],
        [
            {"name": "ann", "attrs__score": 5, "attrs__born": date(1984, 2, 29)},
            {"name": "bob", "attrs__score": 3, "attrs__born": date(1990, 7, 1)},
        ],
    ),
    "renamed": (lambda: BY_NAME.values(s=F("attrs__score"))[:1], [{"s": 5}]),
    "values_list": (lambda: BY_NAME.values_list("attrs__share", "attrs__active")[:1], [(Decimal("1.5"), True)]),
    "flat": (lambda: BY_NAME.values_list("attrs__uid", flat=True)[:2], [UID, None]),
    "named": (lambda: [row.attrs__at for row in BY_NAME.values_list("attrs__at", named=True)[:1]], [time(10, 30)]),
    "part": (lambda: BY_NAME.values_list("attrs__born__year", flat=True)[:2], [1984, 1990]),
    "length": (lambda: BY_NAME.values_list("attrs__tags__len", flat=True)[:3], [2, 1, None]),
    "list": (lambda: BY_NAME.values_list("attrs__tags", flat=True)[:3], [["a", "b"], ["b"], None]),
    "object": (
        lambda: BY_NAME.values_list("attrs__data", flat=True)[:2],
        [{"city": "Bandung", "deep": {"n": 1}}, None],
    ),
    "within": (lambda: BY_NAME.values_list("attrs__data__city", flat=True)[:2], ["Bandung", None]),
    "reference": (
        lambda: [pk == Organization.objects.get().pk for pk in BY_NAME.values_list("attrs__agent", flat=True)],
        [True, False, False, False],
    ),
    "moment": (lambda: BY_NAME.values_list("attrs__seen", flat=True)[:1], [SEEN]),
    "duration": (lambda: BY_NAME.values_list("attrs__lasts", flat=True)[:1], [timedelta(days=1, hours=2)]),
    "distinct": (
        lambda: (
            Party.objects.order_by(nulls_last("attrs__education")).values_list("attrs__education", flat=True).distinct()
        ),
        ["None", "much", None],
    ),
    "grouped": (
        lambda: (
            Party.objects.order_by(nulls_last("attrs__education"))
            .values_list("attrs__education")
            .annotate(n=Count("pk"), mean=Avg("attrs__score"))
        ),
        [("None", 1, 5.0), ("much", 2, 3.0), (None, 1, None)],
    ),
    "grouped by several": (
        lambda: (
            Party.objects.order_by("attrs__education", "attrs__active")
            .filter(attrs__education="much")
            .values_list("attrs__education", "attrs__active")
            .annotate(n=Count("pk"))
        ),
        [("much", False, 1), ("much", None, 1)]
        if connection.vendor == "postgresql"
        else [("much", None, 1), ("much", False, 1)],
    ),
    "grouped over a relation": (
        lambda: (
            Project.objects.order_by("slug")
            .values_list("slug")
            .annotate(best=Max("parties__attrs__score"), born=Min("parties__attrs__born"))
        ),
        [("north", 5, date(1984, 2, 29)), ("south", None, None), ("west", None, None)],
    ),
    "grouped by a relation's": (
        lambda: (
            Party.objects.order_by(nulls_last("project__attrs__code"))
            .values_list("project__attrs__code")
            .annotate(n=Count("pk"))
        ),
        [("N", 3), (None, 1)],
    ),
    "left join": (
        lambda: Project.objects.order_by("slug", "parties__name").values_list("slug", "parties__attrs__score"),
        [("north", 5), ("north", 3), ("north", None), ("south", None), ("west", None)],
    ),
    "case": (
        lambda: Party.objects.order_by("name").values_list(
            Case(When(attrs__active=True, then=F("attrs__score")), default=Value(-1))
        ),
        [(5,), (-1,), (-1,), (-1,)],
    ),
    "coalesce": (lambda: BY_NAME.values_list(Coalesce("attrs__score", 0), flat=True), [5, 3, 0, 0]),
    "coalesced texts": (
        lambda: BY_NAME.values_list(Coalesce("attrs__education", "name", output_field=TextField()), flat=True),
        ["None", "much", "much", "dee"],
    ),
    "coalesced dates": (
        lambda: BY_NAME.values_list(Coalesce("attrs__born", date(1, 1, 1)), flat=True)[2:],
        [date(1, 1, 1)] * 2,
    ),
    "greatest": (
        lambda: BY_NAME.values_list(Greatest("attrs__score", "attrs__ratio", output_field=FloatField()), flat=True)[:2],
        [5.0, 3.0],
    ),
    "greatest of one type": (lambda: BY_NAME.values_list(Greatest("attrs__score", Value(4)), flat=True)[:2], [5, 4]),
    "least": (
        lambda: BY_NAME.values_list(Least("attrs__born", Value(date(1985, 1, 1))), flat=True)[:2],
        [date(1984, 2, 29), date(1985, 1, 1)],
    ),
    "arithmetic": (lambda: BY_NAME.values_list(F("attrs__score") * 2 - 1, flat=True), [9, 5, None, None]),
    "arithmetic of moments": (
        lambda: BY_NAME.values_list(F("attrs__seen") + timedelta(days=1), flat=True)[:1],
        [SEEN + timedelta(days=1)],
    ),
    "upper": (lambda: BY_NAME.values_list(Upper("attrs__education"), flat=True)[:1], ["NONE"]),
    "concat": (
        lambda: BY_NAME.values_list(
            Concat("attrs__education", Value("-"), "name", output_field=TextField()), flat=True
        )[:1],
        ["None-ann"],
    ),
    "cast": (lambda: BY_NAME.values_list(Cast("attrs__score", FloatField()), flat=True)[:1], [5.0]),
    "ExtractYear": (lambda: BY_NAME.values_list(ExtractYear("attrs__born"), flat=True)[:2], [1984, 1990]),
    "TruncMonth": (
        lambda: BY_NAME.values_list(TruncMonth("attrs__born"), flat=True)[:2],
        [date(1984, 2, 1), date(1990, 7, 1)],
    ),
    "subquery": (
        lambda: Project.objects.order_by("slug").values_list(
            Subquery(
                Party.objects.filter(project=OuterRef("pk"))
                .order_by("-attrs__score")
                .exclude(attrs__score=None)
                .values("attrs__score")[:1]
            ),
            flat=True,
        ),
        [5, None, None],
    ),
    "outer reference": (
        lambda: Project.objects.order_by("slug").values_list(
            Exists(Party.objects.filter(attrs__share__lt=OuterRef("attrs__budget"))), flat=True
        ),
        [True, False, False],
    ),
    "window": (
        lambda: Party.objects.order_by("name").values_list(
            Window(Sum("attrs__score"), partition_by=F("attrs__education"))
        ),
        [(5,), (3,), (3,), (None,)],
    ),
    "dates": (lambda: Party.objects.dates("attrs__born", "year"), [date(1984, 1, 1), date(1990, 1, 1)]),
    "union": (
        lambda: (
            Party.objects.values_list("attrs__score")
            .union(Party.objects.values_list("attrs__score"))
            .order_by(nulls_last("attrs__score"))
        ),
        [(3,), (5,), (None,)],
    ),
    "KT": (lambda: BY_NAME.values_list(KT("attrs__education"), flat=True), ["None", "much", "much", None]),
}


@pytest.mark.parametrize(("made", "expected"), VALUES.values(), ids=VALUES)
def test_values_are_typed(made, expected):
    queryset = made()
    found = list(queryset)
    assert found == expected
    assert [type(row) for row in found] == [type(row) for row in expected]


AGGREGATES = {
    "count": (Count("attrs__score"), 2),
    "distinct count": (Count("attrs__education", distinct=True), 2),
    "average of integers": (Avg("attrs__score"), 4.0),
    "average of durations": (Avg("attrs__lasts"), timedelta(days=1, hours=2)),
    "sum of integers": (Sum("attrs__score"), 8),
    "sum of floats": (Sum("attrs__ratio"), 3.0),
    "sum of decimals": (Sum("attrs__share"), Decimal("3.85")),
    "sum of durations": (Sum("attrs__lasts"), timedelta(days=1, hours=2)),
    "sum with arithmetic": (Sum(F("attrs__score") * 2), 16),
    "sum with a default": (Sum("attrs__score", filter=Q(name="dee"), default=0), 0),
    "filtered": (Count("pk", filter=Q(attrs__active=True)), 1),
    "least text": (Min("attrs__education"), "None"),
    "greatest date": (Max("attrs__born"), date(1990, 7, 1)),
    "greatest decimal": (Max("attrs__share"), Decimal("2.25")),
    "least time": (Min("attrs__at"), time(10, 30)),
    "greatest moment": (Max("attrs__seen"), datetime(2024, 6, 30, 23, 30, tzinfo=UTC)),
    "greatest duration": (Max("attrs__lasts"), timedelta(days=1, hours=2)),
    "greatest year": (Max("attrs__born__year"), 1990),
    "over a relation": (Sum("project__attrs__budget"), Decimal(300)),
    "of Attr": (Sum(Attr("score")), 8),
}


@pytest.mark.parametrize(("aggregate", "expected"), AGGREGATES.values(), ids=AGGREGATES)
def test_aggregates(aggregate, expected):
    found = Party.objects.aggregate(found=aggregate)["found"]
    assert (found, type(found)) == (expected, type(expected))


def test_a_mean_of_decimals_is_a_decimal():
    mean = Party.objects.aggregate(mean=Avg("attrs__share"))["mean"]
    assert mean.quantize(Decimal("1e-12")) == Decimal("1.283333333333")
