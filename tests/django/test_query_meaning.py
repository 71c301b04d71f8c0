"""Which attribute is meant where schemas change, overlap and differ: after renames, drafts and moves of names."""

from __future__ import annotations

import pickle

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db import transaction
from django.db.models import Avg, Case, Count, F, Q, Value, When
from landregistry.models import Organization, Party, Project
from testapp.models import Note, Place, Twin

from jsonattrs_core import Attribute
from jsonattrs_django.models import Attr, SchemaRecord
from tests.django.stored import store

pytestmark = pytest.mark.django_db


def define(*attributes, selectors=(), model=Party):
    return SchemaRecord.objects.define(model, attributes, selectors=selectors)


@pytest.fixture
def offices():
    return [Organization.objects.create(slug=f"secret-{name}", name=f"Secret {name}") for name in "ab"]


@pytest.fixture
def parties(offices):
    """Return a party of each organisation, of which nothing is stored."""
    projects = [Project.objects.create(organization=office, slug=office.slug, name="P") for office in offices]
    return [Party.objects.create(project=project, type="IN", name=project.slug) for project in projects]


def found(expression):
    """Return what an expression is for each party."""
    return list(Party.objects.order_by("pk").annotate(found=expression).values_list("found", flat=True))


# ---- one name, several schemas ----


def test_a_name_that_a_narrower_schema_gives_works_and_so_does_the_old_one(offices, parties):
    define(Attribute("score", "integer"))
    define(Attribute("points", key="score"), selectors=(offices[1],))
    for party in parties:
        store(party, '{"score": 5}')
    assert found(F("attrs__score")) == found(F("attrs__points")) == found(Attr(key="score")) == [5, 5]


def test_a_name_of_today_goes_before_a_key_of_before(parties):
    define(Attribute("old", "integer"))
    define(Attribute("fresh", "integer", key="old"), Attribute("old", "text", key="other"))
    store(parties[0], '{"old": 5, "other": "x"}')
    assert found(F("attrs__old"))[0] == "x"
    assert found(F("attrs__fresh"))[0] == found(Attr(key="old"))[0] == 5


def test_drafts_are_not_known_and_deprecated_attributes_are(parties):
    define(Attribute("planned", "integer", status="draft"), Attribute("outgoing", "integer", status="deprecated"))
    store(parties[0], '{"planned": 1, "outgoing": 2}')
    with pytest.raises(FieldError, match="'planned' is not known"):
        found(F("attrs__planned"))
    assert found(F("attrs__outgoing"))[0] == 2


def test_what_is_retired_is_refused_by_name_and_by_key_and_comes_back(parties):
    schema = define(Attribute("score", "integer"), Attribute("lost", "integer", key="k"))
    define(Attribute("score", "integer"))
    store(parties[0], '{"score": 5, "k": 6}')
    for expression in (F("attrs__lost"), Attr(key="k"), Attr("lost")):
        with pytest.raises(FieldError, match="retired"):
            found(expression)
    define(Attribute("score", "integer"), Attribute("lost", "integer", key="k"))
    assert found(F("attrs__lost"))[0] == 6

    schema.retire()
    with pytest.raises(FieldError):
        found(F("attrs__score"))
    schema.restore()
    assert found(F("attrs__score"))[0] == 5


def test_retired_in_one_scope_and_alive_in_another(offices, parties):
    define(Attribute("score", "integer"), selectors=(offices[0],))
    define(Attribute("score", "text"), selectors=(offices[1],))
    define(selectors=(offices[1],))
    store(parties[0], '{"score": 5}')
    assert found(F("attrs__score")) == [5, None]


def test_a_schema_that_is_deleted_makes_a_name_unambiguous(offices, parties):
    define(Attribute("score", "integer"), selectors=(offices[0],))
    other = define(Attribute("score", "text"), selectors=(offices[1],))
    with pytest.raises(FieldError, match="ambiguous"):
        found(F("attrs__score"))
    other.delete()
    store(parties[0], '{"score": 5}')
    assert found(F("attrs__score")) == [5, None]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Attribute("mark", "integer"), Attribute("mark", "text")),
        (Attribute("mark", "text"), Attribute("mark", "text", multiple=True)),
        (Attribute("mark", "text", key="one"), Attribute("mark", "text", key="two")),
        (Attribute("mark", "date", key="one"), Attribute("mark", "text", key="two")),
    ],
    ids=["type", "multiple", "key", "type-and-key"],
)
def test_an_ambiguous_name_is_refused_in_every_place_and_names_nobody(offices, parties, first, second):
    define(first, selectors=(offices[0],))
    define(second, selectors=(offices[1],))
    queries = [
        Party.objects.filter(attrs__mark__isnull=True),
        Party.objects.exclude(attrs__mark="x"),
        Party.objects.order_by("attrs__mark"),
        Party.objects.values("attrs__mark"),
        Party.objects.annotate(x=F("attrs__mark")),
        Party.objects.annotate(x=Case(When(attrs__mark="x", then=Value(1)))),
        Party.objects.values("attrs__mark").annotate(n=Count("pk")),
        Project.objects.filter(parties__attrs__mark="x"),
    ]
    for query in queries:
        with pytest.raises(FieldError, match="ambiguous") as refused:
            list(query)
        told = str(refused.value).lower()
        assert not any(word in told for word in ("secret", "office", "organization", *(str(o.pk) for o in offices)))


def test_attr_decides_by_type_by_number_and_by_key(offices, parties):
    define(Attribute("mark", "text"), selectors=(offices[0],))
    define(Attribute("mark", "text", multiple=True), selectors=(offices[1],))
    store(parties[0], '{"mark": "x"}')
    store(parties[1], '{"mark": ["x", "y"]}')
    assert found(Attr("mark", multiple=False)) == ["x", None]
    assert found(Attr("mark", multiple=True)) == [None, ["x", "y"]]
    assert found(Attr(key="mark", type="text", multiple=True)) == [None, ["x", "y"]]
    assert Party.objects.annotate(m=Attr("mark", multiple=True)).filter(m__contains="y").get() == parties[1]
    with pytest.raises(FieldError, match="ambiguous"):
        found(Attr(key="mark"))
    with pytest.raises(FieldError, match="no such type"):
        found(Attr("mark", type="integer"))


def test_attr_decides_between_keys_by_type(offices, parties):
    define(Attribute("mark", "integer", key="one"), selectors=(offices[0],))
    define(Attribute("mark", "text", key="two"), selectors=(offices[1],))
    store(parties[0], '{"one": 5}')
    store(parties[1], '{"two": "x"}')
    assert found(Attr("mark", type="integer")) == [5, None]
    assert found(Attr("mark", type="text")) == [None, "x"]


# ---- Attr is used as F is ----


def test_attr_stands_wherever_f_does(parties):
    define(Attribute("score", "integer"), Attribute("limit", "integer"))
    store(parties[0], '{"score": 5, "limit": 3}')
    store(parties[1], '{"score": 1, "limit": 3}')
    score = Attr("score")
    assert Party.objects.filter(attrs__limit__lt=score).get() == parties[0]
    assert Party.objects.filter(Q(attrs__limit__gt=Attr(key="score"))).get() == parties[1]
    assert Party.objects.aggregate(a=Avg(score)) == {"a": 3.0}
    assert list(Party.objects.order_by(score)) == parties[::-1]
    assert list(Party.objects.order_by(score.desc(nulls_last=True))) == parties
    assert list(Party.objects.order_by("pk").values_list(score * 2 + 1, flat=True)) == [11, 3]
    assert list(Party.objects.values(s=score).annotate(n=Count("pk")).order_by("s")) == [
        {"s": 1, "n": 1},
        {"s": 5, "n": 1},
    ]
    assert Party.objects.filter(pk=parties[0].pk).update(name=score) == 1
    assert Party.objects.get(pk=parties[0].pk).name == "5"


def test_attr_is_equal_by_what_it_says_and_can_be_pickled():
    one = Attr("score", type="integer")
    assert one == pickle.loads(pickle.dumps(one)) == Attr("score", type="integer")
    assert hash(one) == hash(Attr("score", type="integer"))
    assert one != Attr("score")
    assert one != Attr("score", type="integer", field="attrs")
    assert one != F("score")
    assert "score" in repr(one)
    for arguments in ({}, {"name": "a", "key": "b"}):
        with pytest.raises(TypeError):
            Attr(**arguments)


def test_attr_asks_for_the_field_where_there_are_several():
    for side in ("left", "right"):
        SchemaRecord.objects.define(Twin, [Attribute("score", "integer")], field=side)
    Twin.objects.create(left={"score": 1}, right={"score": 2})
    with pytest.raises(FieldError, match="Attr"):
        list(Twin.objects.annotate(s=Attr("score")))
    assert Twin.objects.annotate(s=Attr("score", field="right")).get().s == 2


# ---- when it is decided ----


def test_a_query_that_was_made_before_follows_the_schemas(parties):
    query = Party.objects.order_by("pk").values_list("attrs__score", flat=True)
    store(parties[0], '{"score": 5}')
    store(parties[1], '{"score": "x"}')
    with pytest.raises(FieldError, match="not known"):
        list(query.all())
    define(Attribute("score", "integer"))
    assert list(query.all()) == [5, None]
    with transaction.atomic():
        define(Attribute("score", "text"))
        assert list(query.all()) == [None, "x"]
        transaction.set_rollback(True)
    assert list(query.all()) == [5, None]


def test_each_model_and_field_has_names_of_its_own(parties):
    define(Attribute("score", "integer"))
    define(Attribute("score", "text"), model=Place)
    define(Attribute("other", "text"), model=Note)
    place = Place.objects.create(attrs={"score": "x"})
    assert Place.objects.get(attrs__score="x") == place
    with pytest.raises(FieldError, match=r"Note\.attrs.*'score' is not known"):
        list(Note.objects.filter(attrs__score=1))


UNKNOWN = {
    "misspelt": (lambda: Party.objects.filter(attrs__scroe=1), "'scroe' is not known; did you mean 'score'"),
    "nothing like it": (lambda: Party.objects.filter(attrs__zzz=1), "'zzz' is not known$"),
    "lookup": (lambda: Party.objects.filter(attrs__score__gtee=1), "'gtee'.*did you mean 'gte'"),
    "transform": (lambda: Party.objects.filter(attrs__score__year=1), "'year'"),
    "after a transform": (lambda: Party.objects.filter(attrs__born__year__nothing=1), "'nothing'"),
    "in an ordering": (lambda: Party.objects.order_by("-attrs__scroe"), "did you mean 'score'"),
    "of a relation": (lambda: Project.objects.filter(parties__attrs__scroe=1), "did you mean 'score'"),
    "in values": (lambda: Party.objects.values("attrs__scroe"), "did you mean 'score'"),
    "in F": (lambda: Party.objects.annotate(x=F("attrs__scroe")), "did you mean 'score'"),
    "in Attr": (lambda: Party.objects.annotate(x=Attr("scroe")), "did you mean 'score'"),
    "key in Attr": (lambda: Party.objects.annotate(x=Attr(key="scroe")), "did you mean 'score'"),
    "field in Attr": (lambda: Party.objects.annotate(x=Attr("score", field="atrs")), "atrs"),
    "whole": (lambda: Party.objects.filter(attrs={"score": 1}), "not compared as a whole"),
    "whole in": (lambda: Party.objects.filter(attrs__in=[{}]), "not compared as a whole"),
    "lookup of a list": (lambda: Party.objects.filter(attrs__tags__icontains="x"), "'icontains'"),
    "no value of a list": (lambda: Party.objects.filter(attrs__tags__contains=5), "5 is no value of the type text"),
}


@pytest.mark.parametrize(("made", "told"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_is_unknown_is_told_with_the_nearest(parties, made, told):
    define(Attribute("score", "integer"), Attribute("born", "date"), Attribute("tags", "text", multiple=True))
    with pytest.raises(FieldError, match=told):
        list(made())


def test_what_is_given_is_refused_as_a_column_refuses_it(parties):
    define(
        Attribute("score", "integer"),
        Attribute("born", "date"),
        Attribute("price", "decimal"),
        Attribute("uid", "uuid"),
    )
    for path, given in {
        "score": "x",
        "born": "x",
        "price": "x",
        "uid": "x",
        "score__gte": None,
        "score__range": 5,
    }.items():
        with pytest.raises((ValueError, TypeError, ValidationError)):
            list(Party.objects.filter(**{f"attrs__{path}": given}))
    assert Party.objects.count() == 2
