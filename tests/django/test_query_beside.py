"""What stands beside attributes in queries: updates of columns, models of every kind, instances, time zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import NotSupportedError, connection
from django.db.models import BooleanField, ExpressionWrapper, F, Max, Prefetch, Sum, TextField, When
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, TruncDate, TruncMonth
from django.test import override_settings
from django.utils import timezone
from landregistry.models import Party, Project
from testapp.models import Keyed, OldTree, Place, Restaurant, Tree, Twin

from jsonattrs_core import Attribute
from jsonattrs_django.models import Attr, SchemaRecord
from tests.django.queries import asked
from tests.django.query_land import SEEN, UID, make_land, names

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _land():
    make_land()


# ---- updates of columns ----


def test_update_takes_a_column_from_an_attribute():
    SchemaRecord.objects.define(Keyed, [Attribute("score", "integer"), Attribute("title", "text")])
    Keyed.objects.create(code="a", attrs={"score": 5, "title": "five"})
    Keyed.objects.create(code="b", name="old", attrs={})
    assert (
        Keyed.objects.update(
            count=Coalesce(F("attrs__score") * 2, -1),
            name=Coalesce("attrs__title", "name", output_field=TextField()),
        )
        == 2
    )
    assert list(Keyed.objects.order_by("code").values_list("count", "name")) == [(10, "five"), (-1, "old")]
    assert Keyed.objects.filter(attrs__score=5).update(count=F("attrs__score")) == 1
    assert Keyed.objects.get(code="a").count == 5


def test_rows_are_updated_and_deleted_by_their_attributes():
    assert Party.objects.filter(attrs__education="much").update(name="x") == 2
    assert Party.objects.filter(attrs__score=None).delete()[0] == 2
    assert Party.objects.count() == 2
    assert Project.objects.filter(parties__attrs__score=5).delete()[0] > 1


# ---- models of every kind ----


def test_several_attribute_fields_in_one_query():
    SchemaRecord.objects.define(Twin, [Attribute("score", "integer")], field="left")
    SchemaRecord.objects.define(Twin, [Attribute("score", "text"), Attribute("limit", "integer")], field="right")
    first = Twin.objects.create(left={"score": 1}, right={"score": "a", "limit": 2})
    Twin.objects.create(left={"score": 3}, right={"score": "b", "limit": 2})
    assert list(Twin.objects.filter(left__score__lt=F("right__limit"), right__score__startswith="a")) == [first]
    assert list(Twin.objects.order_by("-right__score").values_list("left__score", "right__score")) == [
        (3, "b"),
        (1, "a"),
    ]
    assert list(Twin.objects.annotate(s=Attr("score", field="right")).values_list("s", flat=True).order_by("s")) == [
        "a",
        "b",
    ]


def test_an_inherited_table_is_asked_for_its_parents_attributes_and_its_own():
    SchemaRecord.objects.define(Place, [Attribute("score", "integer")])
    SchemaRecord.objects.define(Restaurant, [Attribute("dish", "text")], field="menu", selectors=(2,))
    soup = Restaurant.objects.create(name="x", stars=2, attrs={"score": 1}, menu={"dish": "soup"})
    Restaurant.objects.create(name="y", stars=2, attrs={"score": 2}, menu={"dish": "stew"})
    plain = Place.objects.create(name="z", attrs={"score": 1})
    assert list(Restaurant.objects.filter(attrs__score=1, menu__dish="soup")) == [soup]
    assert list(Restaurant.objects.order_by("-attrs__score").values_list("attrs__score", "menu__dish")) == [
        (2, "stew"),
        (1, "soup"),
    ]
    assert list(Place.objects.filter(restaurant__menu__dish="soup")) == [soup.place_ptr]
    assert list(Place.objects.filter(restaurant__menu__dish=None)) == [plain]
    assert set(Place.objects.exclude(restaurant__menu__dish="soup")) == {plain, Place.objects.get(name="y")}
    assert Restaurant.objects.aggregate(n=Sum("attrs__score")) == {"n": 3}
    assert Restaurant.objects.filter(attrs__score=2).update(stars=3) == 1


def test_a_proxy_is_asked_as_its_model():
    SchemaRecord.objects.define(Tree, [Attribute("height", "float")])
    tree = Tree.objects.create(kind="oak", attrs={"height": 2.5})
    assert OldTree.objects.get(attrs__height__gt=2).pk == tree.pk
    assert list(OldTree.objects.order_by("attrs__height").values_list("attrs__height", flat=True)) == [2.5]


# ---- what stands beside a query ----


def test_instances_are_complete_in_one_query():
    with asked() as queries:
        parties = list(
            Party.objects.filter(attrs__score__gte=1).select_related("project__organization").order_by("attrs__score")
        )
        assert [party.attrs["score"] for party in parties] == [3, 5]
        assert [party.project.organization.name for party in parties] == ["Acme"] * 2
    assert len([query for query in queries if "landregistry_party" in query]) == 1


def test_deferred_documents_are_asked_for_and_not_fetched():
    with asked() as queries:
        assert [party.name for party in Party.objects.defer("attrs").filter(attrs__score=5)] == ["ann"]
        assert [
            party.name
            for party in Party.objects.only("name").order_by("-attrs__born").filter(attrs__born__isnull=False)
        ] == ["bob", "ann"]
    selected = [query.partition(" FROM ")[0] for query in queries if "landregistry_party" in query]
    assert len(selected) == 2
    assert not any('"attrs"' in columns for columns in selected)


def test_annotations_stand_beside_the_mapping():
    party = Party.objects.annotate(points=F("attrs__score") + 1, when=TruncDate("attrs__seen")).get(name="ann")
    assert (party.points, party.attrs["score"]) == (6, 5)
    party.attrs["score"] = 7
    party.save()
    assert Party.objects.annotate(points=F("attrs__score") + 1).get(name="ann").points == 8


def test_prefetched_records_are_chosen_by_attributes():
    found = Project.objects.prefetch_related(
        Prefetch("parties", Party.objects.filter(attrs__score__gte=4), to_attr="good"),
        Prefetch("parties", Party.objects.order_by(F("attrs__share").desc(nulls_last=True))),
    ).get(slug="north")
    assert [party.name for party in found.good] == ["ann"]
    assert [party.name for party in found.parties.all()] == ["bob", "ann", "cid"]


def test_one_row_for_each_value():
    queryset = Party.objects.order_by("attrs__education", "name").distinct("attrs__education")
    if connection.vendor == "postgresql":
        assert names(queryset) == "ann bob dee"
    else:
        with pytest.raises(NotSupportedError):
            names(queryset)


def test_first_last_earliest_latest_and_iterators():
    having = Party.objects.exclude(attrs__born=None)
    assert having.earliest("attrs__born").name == having.order_by("attrs__born").first().name == "ann"
    assert having.latest("attrs__born").name == having.order_by("attrs__born").last().name == "bob"
    assert [party.name for party in having.order_by("attrs__born").iterator(chunk_size=1)] == ["ann", "bob"]
    assert having.exists()
    assert having.contains(Party.objects.get(name="ann"))


def test_nulls_are_where_the_database_has_them():
    ascending = names(Party.objects.order_by("attrs__score", "name"))
    descending = names(Party.objects.order_by("-attrs__score", "name"))
    nulls_last, nulls_first = ("bob ann cid dee", "cid dee ann bob"), ("cid dee bob ann", "ann bob cid dee")
    assert (ascending, descending) == (nulls_last if connection.vendor == "postgresql" else nulls_first)
    assert names(Party.objects.order_by(F("attrs__score").desc(nulls_first=True), "-name")) == "dee cid ann bob"


def test_get_or_create_finds_by_an_attribute():
    found, is_new = Party.objects.get_or_create(attrs__uid=UID, defaults={"name": "eve"})
    assert (found.name, is_new) == ("ann", False)


def test_a_boolean_by_itself_is_as_little_a_condition_as_a_column_is():
    for queryset, name in ((SchemaRecord.objects, "is_retired"), (Party.objects, "attrs__active")):
        with pytest.raises(TypeError):
            queryset.filter(F(name))
        with pytest.raises(TypeError):
            When(F(name), then=1)
        told = ExpressionWrapper(F(name), output_field=BooleanField())
        assert queryset.filter(told).count() == queryset.filter(**{name: True}).count()
        assert queryset.exclude(told).count() == queryset.filter(**{name: False}).count()


def test_plain_json_may_be_compared_with_an_attribute():
    assert list(Party.objects.filter(name="ann").values_list(KT("attrs__data__city"), flat=True)) == ["Bandung"]
    assert (
        names(Party.objects.filter(attrs__contains={"education": "None"})) == "ann"
        if connection.vendor == "postgresql"
        else True
    )


# ---- time zones ----

ZONED = {
    "date": ("attrs__seen__date", date(2024, 1, 1), "ann"),
    "hour": ("attrs__seen__hour", 10, "ann"),
    "day": ("attrs__seen__day", 1, "ann bob"),
    "month": ("attrs__seen__month", 7, "bob"),
    "month_range": ("attrs__seen__month__range", (6, 7), "bob"),
    "year": ("attrs__seen__year", 2024, "ann bob"),
    "time": ("attrs__seen__time", time(6, 30), "bob"),
    "naive": ("attrs__seen", datetime(2024, 1, 1, 10), "ann"),  # noqa: DTZ001 - that is what is asked
    "aware": ("attrs__seen", SEEN, "ann"),
    "text": ("attrs__seen", "2024-01-01T10:00:00+07:00", "ann"),
}


@pytest.mark.parametrize(("path", "given", "expected"), ZONED.values(), ids=ZONED)
def test_parts_of_moments_are_those_of_the_current_time_zone(path, given, expected):
    with override_settings(TIME_ZONE="Asia/Jakarta"):
        assert names(Party.objects.filter(**{path: given}).order_by("name")) == expected


@pytest.mark.parametrize(("path", "given", "expected"), ZONED.values(), ids=ZONED)
def test_without_use_tz_parts_of_moments_are_those_of_the_projects_time_zone(path, given, expected):
    with override_settings(USE_TZ=False, TIME_ZONE="Asia/Jakarta"):
        assert names(Party.objects.filter(**{path: given}).order_by("name")) == expected
        assert Party.objects.values_list("attrs__seen__hour", flat=True).get(name="ann") == 10


def test_the_active_time_zone_counts():
    with timezone.override("Asia/Jakarta"):
        assert names(Party.objects.filter(attrs__seen__month=7)) == "bob"
        found = Party.objects.annotate(month=TruncMonth("attrs__seen"), day=TruncDate("attrs__seen")).get(name="bob")
        assert found.day == date(2024, 7, 1)
        assert found.month == timezone.make_aware(datetime(2024, 7, 1))  # noqa: DTZ001 - made aware
    with timezone.override("UTC"):
        assert names(Party.objects.filter(attrs__seen__month=6)) == "bob"
        assert Party.objects.values_list(TruncDate("attrs__seen"), flat=True).get(name="bob") == date(2024, 6, 30)


@pytest.mark.parametrize("use_tz", [True, False])
def test_moments_are_read_in_utc_whatever_the_settings(use_tz):
    with override_settings(USE_TZ=use_tz, TIME_ZONE="Asia/Jakarta"):
        found = Party.objects.values_list("attrs__seen", flat=True).get(name="ann")
        assert (found, found.utcoffset()) == (SEEN, timedelta())
        assert Party.objects.aggregate(last=Max("attrs__seen"))["last"] == datetime(2024, 6, 30, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize("name", ["share", "score", "born", "education", "lasts"])
def test_what_is_ordered_by_may_be_read_too(name):
    path = f"attrs__{name}"
    having = Party.objects.exclude(**{path: None})
    expected = sorted(having.values_list(path, flat=True))
    assert list(having.order_by(path).values_list(path, flat=True)) == expected
    assert [row[path] for row in having.values(path).annotate(n=Max("pk")).order_by(path)] == sorted(set(expected))
    assert list(having.annotate(v=F(path)).order_by("-v").values_list("v", flat=True)) == expected[::-1]
    assert list(having.order_by(path).values_list(path, flat=True).distinct()) == sorted(set(expected))


def test_selected_decimals_are_ordered_as_numbers():
    SchemaRecord.objects.define(Place, [Attribute("price", "decimal")])
    prices = [Decimal(text) for text in ("7.5", "9.5", "11", "-1", "0.5", "-11")]
    for price in prices:
        Place.objects.create(attrs={"price": price})
    assert list(Place.objects.order_by("attrs__price").values_list("attrs__price", flat=True)) == sorted(prices)
    grouped = Place.objects.values("attrs__price").annotate(n=Max("pk")).order_by("-attrs__price")
    assert [row["attrs__price"] for row in grouped] == sorted(prices, reverse=True)
