"""Questions that cannot be answered: 400, under the parameter, with the reason; and nothing that is sent fails."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from django.contrib.auth.models import User
from django.urls import path
from django.utils.translation import override
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from hypothesis import strategies as st
from testapp.models import Note, Place, Team

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.rest_framework.errors import params_of
from jsonattrs_django.testing import define
from tests.django.rest.filter_views import Notes, Places, answer, codes, found, refused

pytestmark = pytest.mark.django_db

ATTRIBUTES = (
    Attribute("name", "text"),
    Attribute("score", "integer", constraints={"min": 0}),
    Attribute("ratio", "float"),
    Attribute("fee", "decimal"),
    Attribute("born", "date"),
    Attribute("seen", "datetime"),
    Attribute("opens", "time"),
    Attribute("lasts", "duration"),
    Attribute("active", "boolean"),
    Attribute("code", "uuid"),
    Attribute("size", "text", choices=["s", "m"]),
    Attribute("tags", "text", multiple=True),
    Attribute("data", "object"),
)


@pytest.fixture
def place():
    define(Place, *ATTRIBUTES)
    return Place.objects.create(name="a", attrs={"score": 1, "active": True, "size": "s", "tags": ["x"]})


# ---- what is wrong ----


@pytest.mark.parametrize(
    ("query", "expected"),
    {
        "attrs.scoer=1": {"attrs.scoer": ["unknown"]},
        "attrs.scoer__gte=1&attrs.nothing=1": {"attrs.scoer__gte": ["unknown"], "attrs.nothing": ["unknown"]},
        "attrs.=1": {"attrs.": ["unknown"]},
        "attrs.score__like=1": {"attrs.score__like": ["unknown"]},
        "attrs.score__year=1": {"attrs.score__year": ["unknown"]},
        "attrs.size__contains=s": {"attrs.size__contains": ["unknown"]},
        "attrs.tags=x": {"attrs.tags": ["unknown"]},
        "attrs.data=1": {"attrs.data": ["unknown"]},
        "attrs.data__a=1": {"attrs.data__a": ["unknown"]},
        "attrs.score=x": {"attrs.score": ["format"]},
        "attrs.score=1.5": {"attrs.score": ["type"]},
        "attrs.score__in=1,x": {"attrs.score__in": ["format"]},
        "attrs.score__range=1": {"attrs.score__range": ["min_items"]},
        "attrs.score__range=1,2,3": {"attrs.score__range": ["max_items"]},
        "attrs.born=2023-02-29": {"attrs.born": ["format"]},
        "attrs.born__year=0": {"attrs.born__year": ["min"]},
        "attrs.born__month=13": {"attrs.born__month": ["max"]},
        "attrs.born__day=x": {"attrs.born__day": ["format"]},
        "attrs.active=perhaps": {"attrs.active": ["format"]},
        "attrs.active__isnull=x": {"attrs.active__isnull": ["format"]},
        "attrs.size=l": {"attrs.size": ["choice"]},
        "attrs.score=": {"attrs.score": ["required"]},
        "attrs.name=": {"attrs.name": ["required"]},
        "attrs.score__in=,": {"attrs.score__in": ["required"]},
        "attrs.score__isnull=": {"attrs.score__isnull": ["required"]},
        "attrs.score=1&attrs.score=2": {"attrs.score": ["max_items"]},
        "ordering=scoer": {"ordering": ["unknown"]},
        "ordering=-attrs.score,attrs.scoer,nam": {"ordering": ["unknown", "unknown"]},
        "ordering=attrs.tags": {"ordering": ["unknown"]},
        "ordering=attrs.data,attrs": {"ordering": ["unknown", "unknown"]},
        "ordering=attrs__score": {"ordering": ["unknown"]},
        "ordering=%3F": {"ordering": ["unknown"]},
        "ordering=--name": {"ordering": ["unknown"]},
    }.items(),
)
def test_what_is_wrong_is_said_under_the_parameter(place, query, expected):
    assert codes(query) == expected


@pytest.mark.parametrize(
    ("query", "told"),
    {
        "attrs.scoer__gte=1": "There is no filter named attrs.scoer__gte; did you mean attrs.score__gte?",
        "attrs.score__like=1": "attrs.score has no look-up like. It has: exact, gt, gte, lt, lte, in, range, isnull.",
        "attrs.tags=x": "attrs.tags has no look-up exact. It has: contains, overlap, isnull.",
        "attrs.score=": "Say which value. Records without one are found by attrs.score__isnull=true.",
        "ordering=attrs.scoer": "The list cannot be ordered by attrs.scoer. Did you mean attrs.score?",
        "ordering=naem": "The list cannot be ordered by naem. Did you mean name?",
    }.items(),
)
def test_messages_tell_what_there_is(place, query, told):
    assert [message for messages in refused(query).values() for message in messages] == [told]


def test_messages_have_their_parameters_for_programs(place):
    (error,) = refused("attrs.born__year=99999")["attrs.born__year"]
    assert error.code == "max"
    assert params_of(error) == {"limit": 9998}


def test_messages_are_in_the_readers_language(place):
    with override("de"):
        assert "Zahl" in str(refused("attrs.score=x")) or "Wert" in str(refused("attrs.score=x"))


def test_constraints_do_not_bound_what_may_be_asked(place):
    assert found("attrs.score__gt=-1") == "a"


@pytest.mark.parametrize("status", ["retired", "draft"])
def test_retired_attributes_and_drafts_are_as_unknown_ones(status):
    define(Place, Attribute("old", "integer", status=status), Attribute("gold", "integer"))
    assert codes("attrs.old=1&ordering=attrs.old") == {"attrs.old": ["unknown"]}
    assert codes("ordering=attrs.old") == {"ordering": ["unknown"]}


def test_an_attribute_that_is_gone_is_unknown_at_once(place):
    SchemaRecord.objects.define(Place, [Attribute("points", "integer", key="score")])
    assert codes("attrs.score=1") == {"attrs.score": ["unknown"]}
    assert found("attrs.points=1") == "a"


# ---- what the user may not see ----


def may_use(user, action, model, field, attribute):
    """Let nobody see what is secret but those who work here."""
    return not attribute.name.startswith("secret") or user.is_staff


def test_what_a_user_may_not_see_is_as_unknown(settings):
    settings.JSONATTRS = {"ATTRIBUTE_PERMISSION": f"{__name__}.may_use"}
    define(Place, Attribute("secret", "integer"), Attribute("born", "integer"))
    Place.objects.create(name="a", attrs={"secret": 1, "born": 1})
    staff = User(is_staff=True)
    for query in ("attrs.secret=1", "attrs.secret__gte=0", "attrs.secret__like=0", "attrs.secret=x", "attrs.secrte=1"):
        other = query.replace("secr", "zecr")
        assert codes(query) == {query.partition("=")[0]: ["unknown"]}
        assert str(refused(query)).replace("secr", "zecr") == str(refused(other))
    assert "attrs.secret" in str(refused("attrs.secrte=1", user=staff))
    assert found("attrs.secret=1&ordering=-attrs.secret", user=staff) == "a"
    for parameter, action in (("ordering", "list"), ("fields", "list"), ("facets", "facets")):
        assert codes(f"{parameter}=attrs.secret", action=action) == {parameter: ["unknown"]}


def test_a_default_order_tells_nothing_that_the_user_may_not_see(settings):
    settings.JSONATTRS = {"ATTRIBUTE_PERMISSION": f"{__name__}.may_use"}
    define(Place, Attribute("secret", "integer"), Attribute("score", "integer"))
    for name, secret in (("a", 1), ("b", 3), ("c", 2)):
        Place.objects.create(name=name, attrs={"secret": secret, "score": 1})
    for ordering in ("-attrs.secret", "-attrs__secret", ["-attrs.secret", "attrs__score"]):
        view = type("View", (Places,), {"ordering": ordering})
        assert found("", view) == "abc"
        assert found("", view, user=User(is_staff=True)) == "bca"


def test_what_is_hidden_in_one_of_the_scopes_is_hidden_in_all(settings):
    settings.JSONATTRS = {"ATTRIBUTE_PERMISSION": f"{__name__}.may_use"}
    teams = [Team.objects.create(code=code) for code in ("one", "two")]
    define(Note, Attribute("pay", "integer"), selectors=(teams[0],))
    define(Note, Attribute("secret_pay", "integer", key="pay"), selectors=(teams[1],))
    one = type("One", (Notes,), {"attribute_scopes": [(teams[0],)]})
    both = type("Both", (Notes,), {"attribute_scopes": [(team,) for team in teams]})
    assert found("attrs.pay__isnull=true", one, "title") == ""
    assert codes("attrs.pay__gte=1", both) == {"attrs.pay__gte": ["unknown"]}


# ---- defaults of records that were there before ----


def test_an_initial_default_is_found_and_one_in_too_many_scopes_is_refused():
    define(Note, Attribute("many", "integer"))
    Note.objects.create(title="a")
    define(Note, Attribute("n", "integer", initial_default=8), Attribute("many", "integer"))
    assert found("attrs.n__gte=8&ordering=attrs.n", Notes, "title") == "a"
    for number in range(51):
        define(Note, Attribute(key="many", initial_default=number), selectors={"kind": f"k{number}"})
    assert codes("attrs.many=1", Notes) == {"attrs.many": ["unusable"]}
    assert codes("ordering=attrs.many", Notes) == {"ordering": ["unusable"]}
    assert codes("facets=attrs.many", Notes, action="facets") == {"facets": ["unusable"]}


# ---- hostile parameters ----

NAMES = [
    "attrs.\x00", "attrs.sc\x00ore", "attrs.'; DROP TABLE x; --", 'attrs."score"', "attrs.score__'", "attrs.%s",
    "attrs.score__exact__exact", "attrs.__", "attrs.__class__", "attrs.$scope:score", "attrs." + "_" * 5_000,
    "attrs." + "score__" * 1_000, "attrs.score__isnull__gte",
    "attrs.\ud83d", "attrs.\u017fcore", "attrs.pk", "attrs.{x}",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name)[:30])
@pytest.mark.parametrize("value", ["1", "\x00"], ids=ascii)
def test_a_hostile_name_is_unknown(place, name, value):
    query = f"{quote(name, errors='replace')}={quote(value)}"
    assert answer(query).status_code == 400
    assert len(answer(query).content) < 600


@pytest.mark.parametrize("name", [name.replace("attrs.", "", 1) for name in NAMES], ids=lambda name: ascii(name)[:30])
def test_a_hostile_name_is_neither_ordered_by_nor_counted_nor_shown(place, name):
    for parameter, action in (("ordering", "list"), ("fields", "list"), ("facets", "facets")):
        for prefix in ("", "attrs."):
            query = f"{parameter}={quote(prefix + name, errors='replace')}"
            assert answer(query, action=action).status_code == 400


LOOKUPS = {
    "name": ("", "__in", "__iexact", "__contains", "__icontains", "__startswith", "__iendswith"),
    "score": ("", "__gt", "__lt", "__in"),
    "ratio": ("", "__gte", "__in"),
    "fee": ("", "__lte", "__in"),
    "born": ("", "__gt", "__in", "__year", "__month"),
    "seen": ("", "__gt", "__date", "__year"),
    "opens": ("", "__gt"),
    "lasts": ("", "__lt"),
    "active": ("", "__isnull"),
    "code": ("", "__in"),
    "size": ("", "__in"),
    "tags": ("__contains", "__overlap"),
}
QUESTIONS = [f"attrs.{name}{lookup}" for name, lookups in LOOKUPS.items() for lookup in lookups]
VALUES = [
    "\x00", "a\x00b", "9" * 400, "-" + "9" * 400, "1e400", "-1e400", "1e-400", "NaN", "Infinity", "-inf", "1_000", "٣",
    "0x10", "%" * 5_000, "_" * 9_999, "\\" * 5_000, "x" * 10_001, "😀" * 10_000, "'", '"', "\\", ";", ",", ";;", "[]",
    "{}", "null", "9999-12-31T23:59:59.999999-14:00", "0001-01-01T00:00:00+14:00",
    "9999-12-31", "0001-01-01", "10000-1-1",
    "P999999999999999999D",
    "24:00", "-P1D", "\ufffe", "\u202e", " ", "\t", "+1", "1e5",
]  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_whatever_is_asked_is_answered(place, question):
    for value in VALUES:
        response = answer(urlencode({question: value}))
        assert response.status_code in (200, 400), value
        if "\x00" in value or len(value) > 10_000:
            assert response.status_code == 400, value


@bounds(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=st.sampled_from(QUESTIONS), value=st.text(max_size=20))
def test_any_text_is_answered(place, question, value):
    response = answer(f"{question}={quote(value, errors='replace')}")
    assert response.status_code in (200, 400)


def test_many_parameters_are_refused_in_few_words(place, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = None
    unknown = "&".join(f"attrs.x{number}=1" for number in range(10_000))
    assert len(refused(unknown)) == 20
    known = "&".join(f"attrs.score__{lookup}={n}" for n in range(30) for lookup in ("gt", "gte", "lt", "lte"))
    assert set(codes(known)) == {f"attrs.score__{lookup}" for lookup in ("gt", "gte", "lt", "lte")}


def test_the_number_of_conditions_and_of_values_is_bounded(settings):
    define(Place, *(Attribute(f"n{number}", "integer") for number in range(120)))
    enough = "&".join(f"attrs.n{number}__gte=1" for number in range(100))
    assert found(enough) == ""
    assert codes(f"{enough}&attrs.n100=1") == {"attrs.n100": ["max_items"]}
    values = ",".join(map(str, range(600)))
    assert found(f"attrs.n1__in={values}") == ""
    assert codes(f"attrs.n1__in={values}&attrs.n2__in={values}") == {"attrs.n2__in": ["max_items"]}
    assert codes(f"attrs.n1__in={','.join(map(str, range(1_001)))}") == {"attrs.n1__in": ["max_items"]}
    define(Place, Attribute("many", "text", multiple=True), Attribute("t", "text"))
    texts = ",".join(f"t{number}" for number in range(1_000))
    for asked_for in ("many__overlap", "many__contains", "t__in"):
        assert found(f"attrs.{asked_for}={texts}") == ""
    define(Place, *(Attribute(f"n{number}", "integer") for number in range(21)))
    assert codes(f"ordering={','.join(f'attrs.n{number}' for number in range(21))}") == {"ordering": ["max_items"]}


def test_more_parameters_than_the_project_lets_in_are_a_400(client, settings):
    settings.ROOT_URLCONF = type("Urls", (), {"urlpatterns": [path("places/", Places.as_view({"get": "list"}))]})
    assert client.get("/places/?attrs.score=1").status_code == 400
    many = "&".join(f"attrs.x{number}=1" for number in range(10_000))
    assert client.get(f"/places/?{many}").status_code == 400
    assert client.get("/places/").status_code == 200
