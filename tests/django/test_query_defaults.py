"""What a record without the key reads as in queries: the ``initial_default`` of its own scope, as in the mapping."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.core.exceptions import FieldError
from django.db.models import Avg, Count, Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from landregistry.models import Organization, Party, Project
from testapp.models import ByCode, Keyed, Note, OldTree, Pair, Place, Restaurant, Team, Tree

from jsonattrs_core import Attribute
from jsonattrs_django.models import Attr, SchemaRecord
from tests.django.queries import asked
from tests.django.stored import store

pytestmark = pytest.mark.django_db

#: Of each type three defaults, which scopes may have, in the order of their values.
DEFAULTS = {
    "text": ["a'b", "b%s", "ü"],
    "integer": [-1, 5, 2**60],
    "float": [-0.5, 0.1, 1e300],
    "decimal": [Decimal("-1.50"), Decimal("9.5"), Decimal("11")],
    "boolean": [False, True, True],
    "date": [date(1, 1, 1), date(1984, 2, 29), date(2024, 12, 31)],
    "datetime": [
        datetime(1900, 1, 1, tzinfo=UTC),
        datetime(2024, 1, 1, 12, tzinfo=UTC),
        datetime(2024, 1, 1, 12, 0, 0, 5, tzinfo=UTC),
    ],
    "time": [time(), time(12, 30), time(12, 30, 0, 5)],
    "duration": [timedelta(days=-1), timedelta(), timedelta(days=1, microseconds=5)],
    "uuid": [UUID(int=1), UUID(int=2), UUID("f" * 32)],
}
LISTS = {
    "text": [["a"], ["a", "b"], ["'"]],
    "decimal": [[Decimal("1.5")], [Decimal("2"), Decimal("3")], [Decimal(0)]],
    "date": [[date(2024, 1, day)] for day in (1, 2, 3)],
}
NAMES = [*DEFAULTS, *(f"{kind}s" for kind in LISTS)]


def define(model, *attributes, selectors=()):
    return SchemaRecord.objects.define(model, attributes, selectors=selectors)


@pytest.fixture
def land():
    """Return the two organisations, and a bare party of each type in each project of theirs."""
    offices = [Organization.objects.create(slug=name, name=name) for name in "ab"]
    for office in offices:
        for slug in ("north", "south"):
            project = Project.objects.create(organization=office, slug=slug, name=f"{office.slug}-{slug}")
            for kind in ("IN", "GR"):
                Party.objects.create(project=project, type=kind, name=f"{office.slug}-{slug}-{kind}")
    Project.objects.create(organization=offices[0], slug="empty", name="a-empty")
    return offices


def _every():
    return {**DEFAULTS, **{f"{kind}s": defaults for kind, defaults in LISTS.items()}}


def _attribute(name, default):
    kind = name if name in DEFAULTS else name.removesuffix("s")
    return Attribute(name, kind, multiple=name not in DEFAULTS or None, initial_default=_given(default))


def _given(default):
    return [item if isinstance(item, str) else str(item) for item in default] if isinstance(default, list) else default


@pytest.fixture
def _scopes(land):
    """Give every attribute other defaults in scopes of every kind, and let two parties have a null and nonsense."""
    first, second, third = ({name: each[place] for name, each in _every().items()} for place in range(3))
    project = Project.objects.get(name="b-north")
    define(Party, *(_attribute(name, default) for name, default in first.items()))
    scopes = {(land[1],): second, (None, None, "GR"): third, (land[1], project): first, (land[1], project, "IN"): third}
    for selectors, defaults in scopes.items():
        changes = [Attribute(name, initial_default=_given(default)) for name, default in defaults.items()]
        define(Party, *changes, selectors=selectors)
    for name, stored in (("null", "null"), ("wrong", '[{"x": 1e400}]')):
        party = Party.objects.create(project=project, type="IN", name=name)
        store(party, "{" + ",".join(f'"{attribute}": {stored}' for attribute in NAMES) + "}")


def mapped(name):
    """Return what the mappings say of an attribute, by the name of the party; nonsense is no value."""
    found = {party.name: party.attrs.get(name) for party in Party.objects.with_selectors()}
    return {**found, "wrong": None}


@pytest.mark.usefixtures("_scopes")
@pytest.mark.parametrize("name", NAMES)
def test_a_query_reads_what_the_mapping_reads(name):
    expected = mapped(name)
    assert expected["null"] is None
    assert len({repr(value) for value in expected.values()}) == (3 if name == "boolean" else 4)
    assert dict(Party.objects.values_list("name", f"attrs__{name}")) == expected


@pytest.mark.usefixtures("_scopes")
@pytest.mark.parametrize("name", NAMES)
def test_a_query_finds_what_the_mapping_reads(name):
    expected = mapped(name)
    path = f"attrs__{name}"
    for given in _every()[name]:
        having = {party for party, value in expected.items() if value == given}
        assert set(Party.objects.filter(**{path: given}).values_list("name", flat=True)) == having
        assert set(Party.objects.exclude(**{path: given}).values_list("name", flat=True)) == {*expected} - having
    assert set(Party.objects.filter(**{path: None}).values_list("name", flat=True)) == {"null", "wrong"}
    assert Party.objects.filter(**{f"{path}__isnull": False}).count() == len(expected) - 2
    counted = Party.objects.aggregate(n=Count(path))["n"]
    assert counted == len(expected) - 2


@pytest.mark.usefixtures("_scopes")
@pytest.mark.parametrize("name", DEFAULTS)
def test_a_query_orders_by_what_the_mapping_reads(name):
    having = {party: value for party, value in mapped(name).items() if value is not None}
    expected = sorted(having, key=lambda party: (having[party], party))
    queryset = Party.objects.order_by(F(f"attrs__{name}").asc(nulls_last=True), "name")
    assert list(queryset.values_list("name", flat=True))[:-2] == expected
    backwards = sorted(having.values(), reverse=True)
    selected = (
        Party.objects.filter(name__in=having).order_by(f"-attrs__{name}").values_list(f"attrs__{name}", flat=True)
    )
    assert list(selected) == backwards


# ---- in every form of query ----


@pytest.fixture
def scores(land):
    """Let a score be 1, in the second organisation 2, and in one project of it 3; one party has its own."""
    define(Party, Attribute("score", "integer", initial_default=1), Attribute("limit", "integer"))
    define(Party, Attribute("score", initial_default=2), selectors=(land[1],))
    define(Party, Attribute("score", initial_default=3), selectors=(land[1], Project.objects.get(name="b-north")))
    store(Party.objects.get(name="a-north-IN"), '{"score": 9, "limit": 2}')
    store(Party.objects.get(name="a-north-GR"), '{"score": null, "limit": 2}')
    store(Party.objects.get(name="b-south-GR"), '{"limit": 2}')
    return land


@pytest.mark.usefixtures("scores")
def test_defaults_are_calculated_with():
    assert Party.objects.aggregate(s=Sum("attrs__score"), a=Avg("attrs__score")) == {"s": 9 + 2 + 4 + 6, "a": 3.0}
    assert list(Party.objects.filter(attrs__score=F("attrs__limit")).values_list("name", flat=True)) == ["b-south-GR"]
    assert Party.objects.annotate(double=F("attrs__score") * 2).filter(double=6).count() == 2
    grouped = (
        Party.objects.values_list("attrs__score")
        .annotate(n=Count("pk"))
        .order_by(F("attrs__score").asc(nulls_last=True))
    )
    assert list(grouped) == [(1, 2), (2, 2), (3, 2), (9, 1), (None, 1)]
    same = Party.objects.filter(attrs__score=OuterRef("attrs__limit"))
    assert Party.objects.filter(Exists(same)).count() == 3
    assert (
        Party.objects.filter(attrs__score__in=Party.objects.filter(attrs__score=3).values("attrs__score")).count() == 2
    )
    assert Party.objects.filter(Q(attrs__score=1) | Q(attrs__score__gte=9)).count() == 3
    assert set(Party.objects.values_list("attrs__score", flat=True).distinct()) == {1, 2, 3, 9, None}


@pytest.mark.usefixtures("scores")
def test_defaults_across_relations_are_those_of_the_records_there_are():
    scores = Project.objects.order_by("name").values_list("name", "parties__attrs__score").distinct()
    assert set(scores) == {
        *(("a-north", 9), ("a-north", None), ("a-south", 1), ("b-north", 3), ("b-south", 2), ("a-empty", None)),
    }
    best = Project.objects.annotate(total=Sum("parties__attrs__score")).values_list("name", "total")
    assert dict(best) == {"a-north": 9, "a-south": 2, "b-north": 6, "b-south": 4, "a-empty": None}
    assert Organization.objects.get(projects__parties__attrs__score=9).slug == "a"
    assert list(
        Organization.objects.filter(projects__parties__attrs__score=3).distinct().values_list("slug", flat=True)
    ) == ["b"]
    assert list(
        Project.objects.exclude(parties__attrs__score__gt=1).order_by("name").values_list("name", flat=True)
    ) == ["a-empty", "a-south"]
    assert list(Project.objects.filter(parties__attrs__score=1, parties__type="IN").values_list("name", flat=True)) == [
        "a-south"
    ]
    named = Project.objects.annotate(score=Attr("score", field="parties__attrs")).filter(score=2).distinct()
    assert [project.name for project in named] == ["b-south"]


@pytest.mark.usefixtures("scores")
def test_a_query_on_a_query_tells_defaults_apart():
    inner = Party.objects.filter(attrs__score=3)
    assert Party.objects.filter(pk__in=inner, attrs__score=3).count() == 2
    assert Project.objects.filter(parties__in=inner).distinct().get().name == "b-north"
    united = (
        Party.objects.filter(attrs__score=3)
        .values_list("name")
        .union(Party.objects.filter(attrs__score=9).values_list("name"))
    )
    assert sorted(united) == [("a-north-IN",), ("b-north-GR",), ("b-north-IN",)]
    assert Party.objects.filter(attrs__score=3).update(name="three") == 2
    assert Party.objects.filter(attrs__score=3).delete()[0] == 2


@pytest.mark.usefixtures("scores")
def test_a_record_that_moves_reads_as_its_new_scope_says():
    party = Party.objects.get(name="a-south-IN")
    assert Party.objects.filter(pk=party.pk, attrs__score=1).exists()
    Party.objects.filter(pk=party.pk).update(project=Project.objects.get(name="b-north"))
    assert Party.objects.filter(pk=party.pk, attrs__score=3).exists()
    Project.objects.filter(name="b-north").update(organization=Organization.objects.get(slug="a"), slug="moved")
    assert Party.objects.get(pk=party.pk).attrs["score"] == 1
    assert list(Party.objects.filter(pk=party.pk).values_list("attrs__score", flat=True)) == [1]


@pytest.mark.usefixtures("scores")
def test_known_defaults_take_one_query():
    list(Party.objects.filter(attrs__score=1).order_by("attrs__score"))
    with asked() as queries:
        list(Party.objects.filter(attrs__score=1).order_by("attrs__score"))
    assert len(queries) == 1


def test_a_scope_that_omits_the_attribute_reads_nothing(land):
    define(Party, Attribute("score", "integer", initial_default=1))
    define(Party, Attribute("score", omit=True), selectors=(land[1],))
    define(Party, Attribute("score", initial_default=None), selectors=(None, None, "GR"))
    expected = {party.name: party.attrs.get("score") for party in Party.objects.with_selectors()}
    assert set(expected.values()) == {1, None}
    assert dict(Party.objects.values_list("name", "attrs__score")) == expected


def test_a_scope_may_be_the_only_one_with_a_default(land):
    define(Party, Attribute("score", "integer"), selectors=(land[0],))
    define(Party, Attribute("score", "integer", initial_default=5), selectors=(land[1],))
    assert set(Party.objects.filter(attrs__score=5).values_list("project__organization__slug", flat=True)) == {"b"}
    assert Party.objects.filter(attrs__score=None).count() == 4


def test_a_renamed_attribute_keeps_its_default(land):
    define(Party, Attribute("score", "integer", initial_default=1))
    define(Party, Attribute("points", "integer", key="score", initial_default=1))
    define(Party, Attribute("points", key="score", initial_default=2), selectors=(land[1],))
    expected = {party.name: party.attrs["points"] for party in Party.objects.with_selectors()}
    assert set(expected.values()) == {1, 2}
    assert dict(Party.objects.values_list("name", "attrs__points")) == expected
    assert dict(Party.objects.values_list("name", "attrs__score")) == expected


def test_fifty_scopes_are_told_apart_and_no_more():
    define(Pair, Attribute("score", "integer"))
    for number in range(50):
        define(Pair, Attribute("score", initial_default=number), selectors=(f"s{number}",))
    rows = [Pair.objects.create(first=f"s{number}", attrs={}) for number in (0, 7, 49)]
    for row in rows:
        store(row, "{}")
    assert list(Pair.objects.order_by("attrs__score").values_list("attrs__score", flat=True)) == [0, 7, 49]

    define(Pair, Attribute("score", initial_default=51), selectors=("one more",))
    with pytest.raises(FieldError, match=r"51 scopes .* 'score'.* 50 .*backfill"):
        list(Pair.objects.order_by("attrs__score"))
    assert Pair.objects.filter(attrs__has_key="score").count() == 0


def test_scopes_with_the_same_default_count_once():
    define(Pair, Attribute("score", "integer", initial_default=1))
    for number in range(60):
        define(Pair, Attribute("score", label=f"Score {number}"), selectors=(f"s{number}",))
    row = Pair.objects.create(first="s3")
    store(row, "{}")
    assert Pair.objects.get(attrs__score=1) == row


# ---- selectors of every kind ----


def test_a_foreign_key_to_another_unique_column_and_a_uuid():
    team, other = Team.objects.create(code="red"), Team.objects.create(code="blue")
    for model in (ByCode, Note):
        define(model, Attribute("score", "integer", initial_default=1))
        define(model, Attribute("score", initial_default=2), selectors=(team,))
    for each in (team, other):
        store(ByCode.objects.create(team=each), "{}")
        store(Note.objects.create(team=each), "{}")
    store(Note.objects.create(), "{}")
    assert list(ByCode.objects.filter(attrs__score=2).values_list("team__code", flat=True)) == ["red"]
    assert dict(Note.objects.values_list("team__code", "attrs__score")) == {"red": 2, "blue": 1, None: 1}
    assert list(Team.objects.filter(note__attrs__score=2)) == [team]


def test_plain_values_are_matched_as_they_are():
    define(Pair, Attribute("score", "integer", initial_default=1))
    strange = ["'", "%s", "a\\", '"', "1", " ", "x' OR 1=1 --"]
    for number, value in enumerate(strange, 2):
        define(Pair, Attribute("score", initial_default=number), selectors=(value, value))
    for value in strange:
        store(Pair.objects.create(first=value, second=value), "{}")
        store(Pair.objects.create(first=value, second="other"), "{}")
    assert list(Pair.objects.order_by("pk").values_list("attrs__score", flat=True)) == [
        each for number in range(2, len(strange) + 2) for each in (number, 1)
    ]


def test_inherited_tables_and_proxies():
    define(Place, Attribute("score", "integer", initial_default=4))
    SchemaRecord.objects.define(Restaurant, [Attribute("dish", "text", initial_default="soup")], field="menu")
    SchemaRecord.objects.define(Restaurant, [Attribute("dish", initial_default="stew")], field="menu", selectors=(2,))
    define(Tree, Attribute("height", "float", initial_default=1.5))
    define(Tree, Attribute("height", initial_default=2.5), selectors=("oak",))
    for stars in (1, 2):
        restaurant = Restaurant.objects.create(stars=stars)
        store(restaurant, "{}")
        store(restaurant, "{}", field="menu")
    store(Place.objects.create(), "{}")
    store(Tree.objects.create(kind="oak"), "{}")
    assert list(Restaurant.objects.order_by("stars").values_list("attrs__score", "menu__dish")) == [
        (4, "soup"),
        (4, "stew"),
    ]
    assert list(Place.objects.order_by("pk").values_list("attrs__score", "restaurant__menu__dish")) == [
        (4, "soup"),
        (4, "stew"),
        (4, None),
    ]
    assert OldTree.objects.filter(attrs__height=2.5).count() == 1


def test_columns_are_updated_from_defaults():
    define(Keyed, Attribute("score", "integer", initial_default=7))
    store(Keyed.objects.create(code="a"), "{}")
    store(Keyed.objects.create(code="b"), '{"score": null}')
    Keyed.objects.update(count=Coalesce("attrs__score", -1))
    assert dict(Keyed.objects.values_list("code", "count")) == {"a": 7, "b": -1}


def test_a_document_that_is_no_object_has_no_default():
    define(Place, Attribute("score", "integer", initial_default=7))
    for text in ("[]", "null", "5", '"score"'):
        store(Place.objects.create(), text)
    assert set(Place.objects.values_list("attrs__score", flat=True)) == {None}
