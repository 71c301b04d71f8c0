"""What filter sets refuse: parameters that nobody reads, values that cannot be read, and what strangers send."""

from __future__ import annotations

from datetime import timedelta

import django_filters
import pytest
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import override
from testapp.models import Place

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.offered import USUAL_PARAMETERS
from tests.django.filtersets import (
    LOW,
    PlaceFilter,
    errors,
    found,
    messages,
    refused,
    three,
)

pytestmark = pytest.mark.django_db

# ---- parameters that nobody reads ----


def test_an_unknown_parameter_is_an_error_that_names_the_nearest():
    SchemaRecord.objects.define(Place, [Attribute("score", "integer")])
    Place.objects.create(name="a")
    filters = PlaceFilter(QueryDict("attrs__scoer__gte=1&nam=x&zzz=1&attrs__score__gtee=2"))

    assert not filters.is_valid()
    assert messages(filters) == {
        "attrs__scoer__gte": ["There is no filter named attrs__scoer__gte; did you mean attrs__score__gte?"],
        "nam": ["There is no filter named nam; did you mean name?"],
        "zzz": ["There is no filter named zzz."],
        "attrs__score__gtee": ["There is no filter named attrs__score__gtee; did you mean attrs__score__gte?"],
    }
    assert list(filters.qs) == []


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("de", "Es gibt keinen Filter namens nam; meinten Sie name?"),
        ("fr", "Il n’y a pas de filtre nommé nam\u00a0; vouliez-vous dire name\u00a0?"),  # noqa: RUF001 - as the French write it
        ("id", "Tidak ada filter bernama nam; apakah maksud Anda name?"),
    ],
)
def test_it_is_said_in_the_readers_language(language, message):
    with override(language):
        assert messages(PlaceFilter(QueryDict("nam=x"))) == {"nam": [message]}


@pytest.mark.parametrize("name", USUAL_PARAMETERS)
def test_parameters_that_others_read_are_let_through(name):
    Place.objects.create(name="a")

    assert found(f"{name}=x") == ["a"]


def test_other_parameters_are_the_applications_choice():
    class Own(PlaceFilter):
        class Meta(PlaceFilter.Meta):
            other_parameters = (*USUAL_PARAMETERS, "tab")

    class Strict(PlaceFilter):
        class Meta(PlaceFilter.Meta):
            other_parameters = ()

    Place.objects.create(name="a")
    assert found("tab=1&page=2", Own) == ["a"]
    assert refused("tab=1&page=2") == {"tab": ["unknown"]}
    assert refused("page=2", Strict) == {"page": ["unknown"]}


def test_a_widget_of_several_inputs_reads_its_own_names():
    class Own(PlaceFilter):
        id = django_filters.RangeFilter()
        both = django_filters.AllValuesMultipleFilter(field_name="name", widget=django_filters.widgets.QueryArrayWidget)

    first = Place.objects.create(name="a")
    Place.objects.create(name="b")

    assert found(f"id_min={first.pk}&id_max={first.pk}", Own) == ["a"]
    assert found("both[]=a&both[]=b", Own) == ["a", "b"]
    assert refused("id_mni=1", Own) == {"id_mni": ["unknown"]}
    assert refused("id_min=x", Own) == {"id": ["invalid"]}


def test_with_a_prefix_other_forms_have_parameters_of_their_own():
    three(Attribute("x", "integer"), 1, 2)

    assert found("p-attrs__x=1&other=3&attrs__x=2&p-page=3", prefix="p") == ["a"]
    assert refused("p-attrs__y=1&other=3", prefix="p") == {"p-attrs__y": ["unknown"]}


def test_errors_of_parameters_are_shown_above_the_form():
    filters = PlaceFilter(QueryDict("<b>=1&name=a"))

    assert '<ul class="errorlist nonfield"><li>There is no filter named &lt;b&gt;.</li></ul>' in filters.form.as_p()
    assert filters.form.non_field_errors().get_json_data()[0]["code"] == "unknown"


def test_many_unknown_parameters_are_refused_in_little_time():
    SchemaRecord.objects.define(Place, [Attribute(f"a_rather_long_name_{place}", "text") for place in range(200)])
    data = QueryDict(mutable=True)
    data.update({f"attrs__a_rather_lnog_name_{place}_{'x' * 1000}": "1" for place in range(900)})
    filters = PlaceFilter(data)
    before = timezone.now()

    assert not filters.is_valid()
    assert len(filters.errors) == 50
    assert timezone.now() - before < timedelta(seconds=3)


# ---- bad values ----

BAD = {
    "text": ["a\0b", "a\nb", "\ud800", "x" * 100_001],
    "integer": ["x", "1.5", "1e400", "nan", "inf", "9" * 30, "9" * 10_000, "\u0661x", "1\0", "-" * 5],
    "float": ["x", "nan", "NaN", "inf", "-Infinity", "1e400", "9" * 10_000, "1_0"],
    "decimal": ["x", "NaN", "sNaN", "Infinity", "9" * 101, "9" * 10_000, "1e999999999"],
    "boolean": ["x", "2", "null", "\0"],
    "date": ["x", "2023-02-29", "2024-1-1", "0000-01-01", "10000-01-01", "2024-01-01\0"],
    "datetime": ["x", "2023-02-29T00:00:00Z", "0001-01-01T00:00:00+01:00", "9999-12-31T23:00", "2024-01-01T00:00\0"],
    "time": ["x", "24:00", "12:60", "12:00Z"],
    "duration": ["x", "P1Y", "P9999999999D", "1 month", "P" + "9" * 5000 + "D"],
    "uuid": ["x", LOW[:-1], f"{{{LOW}}}", "\0" * 32],
    "object": [],
}
#: A boolean is asked by all others, too.
PARTS = {
    "isnull": ["x", "2", "\0"],
    "year": ["x", "0", "1", "9999", "10000", "-1", "9" * 5000, "1.5", "\0"],
    "month": ["0", "13", "x"],
    "day": ["0", "32"],
    "date": ["x", "2023-02-29"],
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_value_is_an_error_of_its_parameter(kind):
    SchemaRecord.objects.define(Place, [Attribute("x", kind)])
    for name in [name for name in PlaceFilter().filters if name.startswith("attrs__x")]:
        lookup = name.removeprefix("attrs__x").removeprefix("__")
        part = lookup.partition("__")[0]
        for value in PARTS[part] if part in PARTS else BAD[kind]:
            given = [value, value] if lookup == "range" else value
            filters = PlaceFilter({name: given})
            assert not filters.is_valid(), (name, value[:40])
            assert list(filters.errors) == [name]
            assert list(filters.qs) == []


EXTREME = {
    "integer": [str(-(2**63)), str(2**63 - 1)],
    "float": ["1.7976931348623157e308", "5e-324", "-0.0"],
    "decimal": ["9" * 100, "-" + "9" * 100 + "." + "9" * 100, "0." + "0" * 99 + "1"],
    "date": ["0001-01-01", "9999-12-31"],
    "datetime": ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"],
    "time": ["00:00", "23:59:59.999999"],
    "duration": ["P999999999D", "-P999999999D", "PT0.000001S"],
    "text": ["'; DROP TABLE testapp_place; --", "%", "_", "\\", '"', "$.x", "x" * 10_000, "😀", "\u0301" * 20],
    "uuid": ["0" * 32, "f" * 32],
}


@pytest.mark.parametrize("kind", EXTREME)
def test_an_extreme_value_is_compared(kind):
    SchemaRecord.objects.define(Place, [Attribute("x", kind)])
    Place.objects.create(name="a")
    for name in [name for name in PlaceFilter().filters if name.startswith("attrs__x")]:
        lookup = name.removeprefix("attrs__x").removeprefix("__")
        if lookup.partition("__")[0] in PARTS:
            continue
        for value in EXTREME[kind]:
            filters = PlaceFilter({name: [value, value] if lookup in ("range", "in") else value})
            assert filters.is_valid(), (name, value[:40], filters.errors)
            assert list(filters.qs) == []


def test_the_outermost_years_are_compared():
    SchemaRecord.objects.define(Place, [Attribute("x", "datetime"), Attribute("y", "date")])
    Place.objects.create(name="a", attrs={"x": "2024-01-01T12:00:00Z", "y": "2024-01-01"})
    with timezone.override("Pacific/Kiritimati"):
        for name in ("attrs__x__year", "attrs__y__year"):
            assert found(f"{name}__gte=2&{name}__lte=9998") == ["a"]
            assert found(f"{name}=2") == found(f"{name}=9998") == []


def test_one_parameter_takes_a_thousand_values_and_no_more():
    three(Attribute("x", "integer"), 1, 2)
    several = ",".join(map(str, range(2, 1002)))

    assert found(f"attrs__x__in={several}") == ["b"]
    assert refused(f"attrs__x__in={several},7") == {"attrs__x__in": ["max_items"]}


@pytest.mark.parametrize(("value", "code"), [("1", "min_items"), ("1,2,3", "max_items"), ("1;", "min_items")])
def test_a_range_has_two_ends(value, code):
    three(Attribute("x", "integer"), 1, 2)

    assert refused(f"attrs__x__range={value}") == {"attrs__x__range": [code]}


def test_an_error_tells_what_is_wrong_in_the_readers_language():
    three(Attribute("x", "date"), "2024-01-01", "2024-01-02")
    query = QueryDict("attrs__x__gte=soon")

    assert messages(PlaceFilter(query)) == {
        "attrs__x__gte": ["Enter a date that exists, in the form YYYY-MM-DD, such as 2024-12-31."]
    }
    with override("fr"):
        assert messages(PlaceFilter(query))["attrs__x__gte"][0].startswith("Saisissez une date")


# ---- injection ----

HOSTILE = [
    'x" OR 1=1 --',
    "x' OR 1=1 --",
    "x); DROP TABLE testapp_place; --",
    "x%00",
    "x%",
    "%s",
    "%(name)s",
    "x->>'y'",
    '$."x"',
    "x__gte__",
    "x\n",
    "\ud800",
    "__proto__",
    "0",
    "",
    "x" * 5000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_a_hostile_name_is_an_unknown_parameter(text):
    three(Attribute("x", "text"), "a", "b")
    for name in (f"attrs__{text}", f"attrs__x__{text}" if text else "attrs__", text or "attrs__x__"):
        filters = PlaceFilter({name: "1"})
        assert [*errors(filters).values()] == [["unknown"]]
        assert filters.form.as_p()
        ((_, details),) = filters.errors.as_data().items()
        assert [error.message % (error.params or ()) for error in details]
        assert list(filters.qs) == []
    assert refused_ordering(f"attrs__{text}") == refused_ordering(f"-attrs__x__{text}") == ["invalid_choice"]
    assert Place.objects.count() == 3


def refused_ordering(value):
    return errors(PlaceFilter({"ordering": value})).get("ordering")


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.isprintable() and text], ids=ascii)
def test_a_hostile_value_is_matched_literally(text):
    three(Attribute("x", "text"), text, "other")
    own = [["a"], ["a"], ["a"], ["a"], ["a"]]

    lookups = ("attrs__x", "attrs__x__icontains", "attrs__x__startswith", "attrs__x__iendswith", "attrs__x__iexact")
    assert [[place.name for place in PlaceFilter({name: text}).qs] for name in lookups] == own
    assert [place.name for place in PlaceFilter({"attrs__x__in": [text]}).qs] in (["a"], [])
    assert [place.name for place in PlaceFilter({"attrs__x__in": [text, "zz"]}).qs] == ["a"]
