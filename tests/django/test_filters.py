"""Filter sets: which filters there are, and how they are shown."""

# ruff: noqa: RUF012 - `Meta` is Django's

from __future__ import annotations

import ast
import re
import subprocess
import sys
from decimal import Decimal
from uuid import UUID

import django_filters
import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import override_settings
from django.utils.translation import override
from django_filters import rest_framework
from landregistry.models import Organization, Party, Project, SpatialUnit
from landregistry.seeding import seed
from rest_framework import serializers, viewsets
from rest_framework.test import APIRequestFactory
from testapp.models import Note, Place, Restaurant, Team, Twin

from jsonattrs_core import Attribute, BaseType, SchemaError, hookimpl
from jsonattrs_django.filters import AttributeFilterMixin, AttributeFilterSet
from jsonattrs_django.models import AttributeRecord, SchemaRecord
from jsonattrs_django.offered import ALL_LOOKUPS, LOOKUPS, MOST_VALUES, USUAL_PARAMETERS
from jsonattrs_django.selectors import SelectorError
from tests.django.filtersets import (
    NoteFilter,
    PartyFilter,
    PlaceFilter,
    errors,
    found,
    messages,
    refused,
    three,
)
from tests.django.queries import asked
from tests.django.test_docs_django import codes, section, tables

pytestmark = pytest.mark.django_db


# ---- references ----


@pytest.fixture
def notes():
    """Notes that refer to teams, whose keys are UUIDs, one or several."""
    teams = [Team.objects.create(id=UUID(int=place), code=f"t{place}") for place in (1, 2, 3)]
    constraints = {"model": "testapp.Team", "filter": {"code": ["t1", "t2"]}}
    SchemaRecord.objects.define(
        Note,
        [
            Attribute("lead", "reference", constraints=constraints),
            Attribute("helpers", "reference", multiple=True, constraints=constraints),
        ],
    )
    Note.objects.create(title="a", attrs={"lead": teams[0], "helpers": [teams[0], teams[1]]})
    Note.objects.create(title="b", attrs={"lead": teams[1], "helpers": [teams[1]]})
    return teams


def titles(query, kind=NoteFilter):
    filters = kind(QueryDict(query))
    assert filters.is_valid(), filters.errors
    return [note.title for note in filters.qs.order_by("pk")]


def test_references_are_found_by_keys(notes):
    first, second, third = (team.pk for team in notes)

    assert titles(f"attrs__lead={first}") == ["a"]
    assert titles(f"attrs__lead__in={first},{second}") == ["a", "b"]
    assert titles(f"attrs__helpers__contains={first}&attrs__helpers__contains={second}") == ["a"]
    assert titles(f"attrs__helpers__overlap={second}") == ["a", "b"]
    assert titles("attrs__lead__isnull=true") == []
    wrong = f"attrs__lead={third}&attrs__lead__in={first};{third}&attrs__helpers__contains={third}"
    assert refused(wrong, NoteFilter) == {
        "attrs__lead": ["invalid_choice"],
        "attrs__lead__in": ["invalid_choice"],
        "attrs__helpers__contains": ["invalid_choice"],
    }
    assert refused("attrs__lead=a%00b", NoteFilter) == {"attrs__lead": ["format"]}


def test_the_rows_that_are_offered_can_be_narrowed(notes):
    class Narrow(NoteFilter):
        def get_reference_queryset(self, name, queryset):
            return queryset.filter(code="t1") if name == "lead" else queryset

    shown = [str(value) for value, _ in Narrow().form["attrs__lead"].field.choices]
    assert shown == ["", str(notes[0].pk)]
    assert titles(f"attrs__lead={notes[0].pk}", Narrow) == ["a"]
    assert refused(f"attrs__lead={notes[1].pk}", Narrow) == {"attrs__lead": ["invalid_choice"]}
    assert titles(f"attrs__helpers__overlap={notes[1].pk}", Narrow) == ["a", "b"]


# ---- scopes ----


@pytest.fixture(scope="module")
def _seeded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        seed()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def seeded(_seeded, db):
    """The land registry."""


def organization(slug):
    return Organization.objects.get(slug=slug)


def test_the_scope_decides_which_filters_there_are(seeded):
    nusantara, marches = organization("nusantara"), organization("marches")
    wye = Project.objects.get(slug="wye")
    general, own, other, project = (
        set(PartyFilter(selectors=selectors).filters)
        for selectors in (None, {"organization": nusantara}, (marches,), (marches, wye, "IN"))
    )

    assert {"name", "name__icontains", "project", "attrs__birth_date__gte", "ordering"} <= general
    assert "attrs__village" in own - general - other
    assert "attrs__education" in general - other
    assert "attrs__occupation" in project - other


def test_a_registry_is_filtered_by_the_attributes_of_a_scope(seeded):
    marches = (organization("marches"),)
    every = Party.objects.filter(project__organization=marches[0])
    query = "attrs__post_code=sy81zz&attrs__birth_date__year__lte=1960&ordering=-attrs__birth_date"
    filters = PartyFilter(QueryDict(query), every, selectors=marches)

    assert filters.is_valid()
    expected = [party for party in every if party.attrs.get("post_code") == "SY8 1ZZ"]
    expected = [party for party in expected if party.attrs.get("birth_date") and party.attrs["birth_date"].year <= 1960]
    assert expected
    assert list(filters.qs) == sorted(expected, key=lambda party: party.attrs["birth_date"], reverse=True)


def test_nothing_is_said_of_other_scopes(seeded):
    marches = (organization("marches"),)
    filters = PartyFilter(QueryDict("attrs__vilage=x&attrs__clann__in=x&ordering=attrs__clan"), selectors=marches)

    assert not filters.is_valid()
    assert errors(filters) == {
        "attrs__vilage": ["unknown"],
        "attrs__clann__in": ["unknown"],
        "ordering": ["invalid_choice"],
    }
    said = str(messages(filters)["attrs__vilage"] + messages(filters)["attrs__clann__in"])
    assert not re.search(r"village|clan\b", said + PartyFilter(selectors=marches).form.as_p())
    assert "village" in PartyFilter(selectors=(organization("nusantara"),)).form.as_p()


def test_a_name_that_means_different_things_elsewhere_means_this_scopes(seeded):
    teams = [Team.objects.create(code=code) for code in ("one", "two")]
    SchemaRecord.objects.define(Note, [Attribute("size", "integer")], selectors=(teams[0],))
    SchemaRecord.objects.define(Note, [Attribute("size", "text", key="other")], selectors=(teams[1],))
    SchemaRecord.objects.define(Note, [Attribute("size", "date", key="size")], selectors={"kind": "k"})
    Note.objects.create(title="a", team=teams[0], attrs={"size": 12})
    Note.objects.create(title="b", team=teams[1], attrs={"size": "12"})

    def of(team, query):
        filters = NoteFilter(QueryDict(query), selectors=(team,))
        assert filters.is_valid(), filters.errors
        return [note.title for note in filters.qs]

    assert of(teams[0], "attrs__size__gte=3&ordering=-attrs__size") == ["a"]
    assert of(teams[1], "attrs__size__startswith=1&ordering=attrs__size,title") == ["b"]
    assert refused("attrs__size=1", NoteFilter) == {"attrs__size": ["unknown"]}


def test_an_override_of_several_values_is_the_scopes_own():
    team = Team.objects.create(code="one")
    SchemaRecord.objects.define(Note, [Attribute("tags", "text")])
    SchemaRecord.objects.define(Note, [Attribute(key="tags", multiple=True)], selectors=(team,))
    Note.objects.create(title="a", team=team, attrs={"tags": ["x", "y"]})
    Note.objects.create(title="b", attrs={"tags": "x"})

    assert titles("attrs__tags=x") == ["b"]
    filters = NoteFilter(QueryDict("attrs__tags__contains=x"), selectors=(team,))
    assert [note.title for note in filters.qs] == ["a"]


def test_a_filter_set_may_find_its_scope_itself(seeded):
    class Own(PartyFilter):
        def get_selectors(self):
            return (organization("nusantara"),) if self.request == "id" else ()

    assert "attrs__village" in Own(request="id").filters
    assert "attrs__village" not in Own(request="gb").filters
    assert "attrs__village" in Own(request="gb", selectors=(organization("nusantara"),)).filters
    with pytest.raises(SelectorError):
        PartyFilter(selectors={"organisation": 1})


def test_a_change_of_the_schema_is_seen_by_the_next_filter_set():
    three(Attribute("x", "integer"), 1, 2)
    assert found("attrs__x=1") == ["a"]
    SchemaRecord.objects.define(Place, [Attribute("y", "integer", key="x")])

    assert found("attrs__y=1") == ["a"]
    assert refused("attrs__x=1") == {"attrs__x": ["unknown"]}
    SchemaRecord.objects.define(Place, [])
    assert refused("attrs__y=1&ordering=attrs__y") == {"attrs__y": ["unknown"], "ordering": ["invalid_choice"]}


# ---- what is left out ----


def test_drafts_and_retired_attributes_have_no_filters():
    SchemaRecord.objects.define(
        Place,
        [
            Attribute("draft", "text", status="draft"),
            Attribute("old", "text", status="deprecated"),
            Attribute("gone", "text", status="retired"),
        ],
    )

    assert {name for name in PlaceFilter().filters if name.endswith("exact") or "__" in name} >= {"attrs__old"}
    assert not any("draft" in name or "gone" in name for name in PlaceFilter().filters)


class Money:
    """A plugin with a base type of its own."""

    @hookimpl
    def jsonattrs_base_types(self):
        def check(value):
            return value.upper()

        return [BaseType("colour", python=str, json="string", check=check, from_text=_as_it_is, dump=str, load=str)]


def _as_it_is(text, language):
    return text


def test_an_attribute_whose_plugin_is_missing_is_left_out():
    with override_settings(JSONATTRS={"PLUGINS": {"colours": Money()}}):
        three(Attribute("x", "colour"), "red", "blue")
        SchemaRecord.objects.define(
            Place,
            [
                Attribute("x", "colour"),
                Attribute("code", "text", subtype="gb-post-code", choices=["SY8 1ZZ", "SY8 2ZX"]),
                Attribute("tags", "text", multiple=True),
            ],
        )
        Place.objects.create(name="d", attrs={"code": "SY8 1ZZ", "tags": ["t"]})
        assert found("attrs__x=Red") == ["a"]
        assert found("attrs__x__in=red,blue") == ["a", "b"]
        assert found("attrs__x__isnull=true") == ["c", "d"]
    with override_settings(JSONATTRS={"BLOCK": ("stdnum",)}):
        assert found("attrs__code=sy81zz&attrs__tags__contains=t") == ["d"]
        assert refused("attrs__code=x&attrs__x=red") == {"attrs__code": ["format"], "attrs__x": ["unknown"]}
        assert not any(name.startswith("attrs__x") for name in PlaceFilter().filters)
        assert "attrs__x" not in dict(PlaceFilter().form["ordering"].field.choices)


def test_a_schema_that_cannot_be_composed_leaves_the_columns():
    team = Team.objects.create(code="one")
    SchemaRecord.objects.define(Note, [Attribute("x", "text", locked=True)])
    SchemaRecord.objects.define(Note, [Attribute("y", "text")], selectors=(team,))
    record = AttributeRecord.objects.get(key="y")
    record.key, record.definition = "x", {"key": "x", "required": True}
    record.save()

    assert set(NoteFilter(selectors=(team,)).filters) == {"title", "ordering"}


# ---- labels ----


def test_labels_are_in_the_readers_language(seeded):
    def labels(language, *names):
        with override(language):
            form = PartyFilter(selectors=(organization("nusantara"),)).form
            return [form[name].label for name in names]

    names = ("attrs__education", "attrs__birth_date__gte", "name__icontains")
    assert labels("en", *names) == [
        "Highest education",
        "Date of birth is greater than or equal to",
        "Name contains",
    ]
    assert [label.partition(" is")[0] for label in labels("id", *names[:2])] == ["Pendidikan terakhir", "Tanggal lahir"]


# ---- ordering ----


def test_a_list_is_ordered_by_attributes_and_columns():
    SchemaRecord.objects.define(
        Place, [Attribute("n", "integer", label={"en": "Number", "de": "Zahl"}), Attribute("t", "text", multiple=True)]
    )
    for name, values in (("b", {"n": 1}), ("a", {"n": 1}), ("c", {"n": 3})):
        Place.objects.create(name=name, attrs=values)

    def ordered(value):
        return "".join(place.name for place in PlaceFilter({"ordering": value}).qs)

    assert ordered("attrs__n,name") == "abc"
    assert ordered("-attrs__n,-name") == "cba"
    assert ordered("-attrs__n,name") == "cab"
    assert ordered("name") == "abc"
    assert refused("ordering=pk") == refused("ordering=attrs__t") == {"ordering": ["invalid_choice"]}
    assert refused("ordering=-attrs__n,attrs") == {"ordering": ["invalid_choice"]}
    with override("de"):
        assert dict(PlaceFilter().form["ordering"].field.choices)["attrs__n"] == "Zahl"


def test_records_without_a_value_are_at_the_end_where_the_application_says_so():
    class Last(PlaceFilter):
        class Meta(PlaceFilter.Meta):
            ordering_nulls_last = True

    SchemaRecord.objects.define(Place, [Attribute("n", "integer")])
    for name, values in (("d", {}), ("a", {"n": 1}), ("b", {"n": 3}), ("c", {"n": None})):
        Place.objects.create(name=name, attrs=values)
    for ordering, names in (("attrs__n,name", "abcd"), ("-attrs__n,name", "bacd"), ("-name", "dcba")):
        assert "".join(place.name for place in Last({"ordering": ordering}).qs) == names


def test_ordering_has_the_name_that_the_application_says():
    class Own(PlaceFilter):
        class Meta(PlaceFilter.Meta):
            ordering_parameter = "sort"

    class Without(PlaceFilter):
        class Meta(PlaceFilter.Meta):
            ordering_parameter = None

    class Declared(PlaceFilter):
        ordering = django_filters.OrderingFilter(fields=["id"])

    SchemaRecord.objects.define(Place, [Attribute("n", "integer")])
    assert "attrs__n" in dict(Own().form["sort"].field.choices)
    assert refused("ordering=name", Own) == refused("ordering=name", Without) == {"ordering": ["unknown"]}
    assert [name for name, _ in Declared().form["ordering"].field.choices] == ["", "id", "-id"]


def test_only_what_has_one_value_is_ordered_by():
    class Own(AttributeFilterSet):
        class Meta:
            model = Project
            fields = ["name", "organization", "organization__name", "parties", "parties__name"]
            attributes = []

    choices = [name for name, _ in Own().form["ordering"].field.choices if not name.startswith("-")]
    assert choices == ["", "name", "organization", "organization__name"]


# ---- options ----


def test_only_some_attributes_and_lookups_are_offered():
    class Own(PlaceFilter):
        class Meta(PlaceFilter.Meta):
            attributes = {"n": ["gte", "lte", "icontains"], "renamed": "__all__", "absent": ["exact"]}

    class Listed(PlaceFilter):
        class Meta(PlaceFilter.Meta):
            attributes = ["n"]

    SchemaRecord.objects.define(
        Place,
        [Attribute("n", "integer"), Attribute("flag", "boolean", key="renamed"), Attribute("other", "text")],
    )
    own = [name for name in Own().filters if name.startswith("attrs__")]
    assert own == ["attrs__n__gte", "attrs__n__lte", "attrs__flag", "attrs__flag__isnull"]
    assert [name for name, _ in Own().form["ordering"].field.choices if not name.startswith("-")] == [
        "",
        "name",
        "attrs__n",
        "attrs__flag",
    ]
    assert {name.split("__")[1] for name in Listed().filters if name.startswith("attrs__")} == {"n"}
    assert refused("attrs__other=x", Listed) == {"attrs__other": ["unknown"]}


def test_a_lookup_that_no_attribute_has_is_refused_where_it_is_written():
    meta = type("Meta", (), {"model": Place, "fields": [], "attributes": {"n": ["gtee"]}})
    with pytest.raises(TypeError, match="'gtee' of 'n', which no attribute has; did you mean 'gte'"):
        type("Wrong", (AttributeFilterSet,), {"Meta": meta})


def test_a_model_with_several_attribute_fields_says_which():
    class Left(AttributeFilterSet):
        class Meta:
            model = Twin
            fields = []
            attribute_field = "left"

    class Any_(AttributeFilterSet):  # noqa: N801 - it does not say which
        class Meta:
            model = Twin
            fields = []

    SchemaRecord.objects.define(Twin, [Attribute("n", "integer")], field="left")
    SchemaRecord.objects.define(Twin, [Attribute("n", "text")], field="right")
    twin = Twin.objects.create(left={"n": 1}, right={"n": "x"})
    assert list(Left(QueryDict("left__n__gte=1&ordering=left__n")).qs) == [twin]
    with pytest.raises(SchemaError, match="several attribute fields"):
        Any_()


def test_a_field_that_is_inherited_is_filtered_by():
    class Own(AttributeFilterSet):
        class Meta:
            model = Restaurant
            fields = ["stars"]
            attribute_field = "attrs"

    SchemaRecord.objects.define(Place, [Attribute("n", "integer")])
    Restaurant.objects.create(name="a", stars=2, attrs={"n": 1})
    assert found("attrs__n=1&stars=2&ordering=attrs__n", Own) == ["a"]


def test_a_declared_filter_stays():
    class Own(PlaceFilter):
        attrs__n = django_filters.NumberFilter(method="anything", label="Own")

        def anything(self, queryset, name, value):
            return queryset.filter(name="b")

    SchemaRecord.objects.define(Place, [Attribute("n", "integer")])
    for name in ("a", "b"):
        Place.objects.create(name=name, attrs={"n": 5})
    assert found("attrs__n=5", Own) == ["b"]
    assert Own().form["attrs__n"].label == "Own"


def test_all_columns_are_those_but_the_attribute_field():
    class Own(AttributeFilterSet):
        class Meta:
            model = Place
            fields = "__all__"

    assert set(Own().filters) == {"name", "ordering"}


def test_a_filter_set_without_a_model_takes_that_of_its_query_set():
    class Own(AttributeFilterSet):
        id = django_filters.NumberFilter()

    three(Attribute("x", "integer"), 1, 2)
    assert found("attrs__x=1&ordering=-attrs__x", Own, queryset=Place.objects.all()) == ["a"]


def test_without_data_everything_is_shown():
    three(Attribute("x", "integer"), 1, 2)

    assert PlaceFilter().qs.count() == 3
    assert not PlaceFilter().is_valid()
    assert PlaceFilter(QueryDict("")).qs.count() == 3


def test_every_lookup_has_words():
    from django_filters.utils import verbose_lookup_expr

    assert [lookup for lookup in ALL_LOOKUPS if not verbose_lookup_expr(lookup)] == ["exact", "iexact"]


# ---- the form as HTML ----


def test_the_form_as_html():
    class Own(PlaceFilter):
        class Meta:
            model = Place
            fields = []
            ordering_parameter = None
            attributes = {"kind": ["exact", "in"], "n": ["gte", "in"], "ok": ["exact"]}

    choices = [("a", {"en": "A & B", "id": "A dan B"}), ("c", "<c>")]
    SchemaRecord.objects.define(
        Place,
        [
            Attribute("kind", "text", choices=choices, label={"en": "Kind <x>", "id": "Jenis"}),
            Attribute("n", "integer"),
            Attribute("ok", "boolean"),
        ],
    )
    form = Own(QueryDict("attrs__kind=c&attrs__n__in=1&attrs__n__in=x%22&attrs__ok=maybe")).form
    text = re.sub(r' (aria-[a-z]+|id|for)="[^"]*"', "", form.as_div())  # which differ from one Django to another

    assert [line for line in map(str.strip, text.splitlines()) if line] == HTML.strip().splitlines()


HTML = """
<div>
<label>Kind &lt;x&gt;:</label>
<select name="attrs__kind">
<option value="">---------</option>
<option value="a">A &amp; B</option>
<option value="c" selected>&lt;c&gt;</option>
</select>
</div>
<div>
<label>Kind &lt;x&gt; is in:</label>
<select name="attrs__kind__in" multiple>
<option value="a">A &amp; B</option>
<option value="c">&lt;c&gt;</option>
</select>
</div>
<div>
<label>N is greater than or equal to:</label>
<input type="text" name="attrs__n__gte">
</div>
<div>
<label>N is in:</label>
<div class="helptext">Multiple values may be separated by commas.</div>
<ul class="errorlist"><li>Enter a whole number in digits, without thousands separators, such as 1250.</li></ul>
<input type="text" name="attrs__n__in" value="1; x&quot;">
</div>
<div>
<label>Ok:</label>
<ul class="errorlist"><li>Enter true or false.</li></ul>
<select name="attrs__ok">
<option value="">---------</option>
<option value="true">Yes</option>
<option value="false">No</option>
</select>
</div>
"""


# ---- numbers of queries ----


def test_the_number_of_queries_does_not_depend_on_what_is_asked(seeded):
    marches = (organization("marches"),)
    queries = (
        "",
        "attrs__post_code=sy81zz",
        "attrs__post_code__in=sy81zz,sy82zx&attrs__birth_date__gte=1950-01-01&attrs__evidence__overlap=deed"
        "&ordering=-attrs__birth_date,attrs__gender",
    )
    counts = []
    for query in queries:
        list(PartyFilter(QueryDict(query), selectors=marches).qs)  # the schemas are known from here on
        with asked() as made:
            filters = PartyFilter(QueryDict(query), selectors=marches)
            assert filters.is_valid()
            assert filters.form["attrs__gender"].as_widget()
            list(filters.qs)
        counts.append(len(made))

    assert counts == [1, 1, 1]
    agent = Party.objects.get(name="Margaret Price").pk
    query = QueryDict(f"attrs__agent={agent}&attrs__agent__in={agent}")
    expected = list(PartyFilter(query, selectors=marches).qs)
    with asked() as made:
        assert list(PartyFilter(query, selectors=marches).qs) == expected != []
    assert len(made) == 3  # that the row is there is asked for each parameter


# ---- Django REST framework ----


class UnitFilter(AttributeFilterMixin, rest_framework.FilterSet):
    class Meta:
        model = SpatialUnit
        fields = ["type"]

    def get_selectors(self):
        return {"organization": self.request.query_params.get("organization"), "type": "PA"}


class UnitSerializer(serializers.ModelSerializer):
    class Meta:
        model = SpatialUnit
        fields = ["name"]


class UnitViews(viewsets.ReadOnlyModelViewSet):
    queryset = SpatialUnit.objects.order_by("pk")
    serializer_class = UnitSerializer
    filter_backends = [rest_framework.DjangoFilterBackend]
    filterset_class = UnitFilter


def answered(query):
    request = APIRequestFactory().get("/", QUERY_STRING=query)
    response = UnitViews.as_view({"get": "list"})(request)
    response.render()
    return response


class OpenUnitFilter(UnitFilter):
    class Meta(UnitFilter.Meta):
        other_parameters = (*USUAL_PARAMETERS, "organization")


def test_an_api_answers_by_attributes(seeded, monkeypatch):
    monkeypatch.setattr(UnitViews, "filterset_class", OpenUnitFilter)
    units = SpatialUnit.objects.filter(type="PA").with_selectors().order_by("pk")
    expected = [{"name": unit.name} for unit in units if (unit.attrs.get("area") or 0) > Decimal("0.05")]
    marches = organization("marches").pk
    response = answered(f"organization={marches}&type=PA&attrs__area__gt=0.05&attrs__title_number__isnull=&format=json")

    assert (response.status_code, response.data) == (200, expected)
    assert 0 < len(expected) < len(units)


def test_an_api_refuses_what_nobody_reads(seeded):
    response = answered("atrs__area__gt=1&attrs__area__gt=x&100%25=1&%25s=%25s&type=PA")

    assert response.status_code == 400
    assert set(response.data) == {"atrs__area__gt", "attrs__area__gt", "100%", "%s"}
    assert response.data["atrs__area__gt"] == ["There is no filter named atrs__area__gt; did you mean attrs__area__gt?"]
    assert response.data["100%"] == ["There is no filter named 100%."]
    assert response.data["atrs__area__gt"][0].code == "unknown"


# ---- what it costs others ----


def test_nothing_else_needs_django_filter():
    code = (
        "import sys\n"
        "sys.modules['django_filters'] = None\n"
        "import tests.django.settings\n"
        "import django; django.setup()\n"
        "from django.core.management import call_command; call_command('check')\n"
        "import jsonattrs_django.models, jsonattrs_django.fields, jsonattrs_django.queries.transforms\n"
        "try:\n"
        "    import jsonattrs_django.filters\n"
        "except ImportError as error:\n"
        "    print('needs', error.name)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("needs django_filters")


# ---- the reference ----


def test_the_lookups_of_each_type_are_told():
    shown = tables("Filter sets")[2]
    told = {kind: codes(row[1].partition(";")[0]) for row in shown for kind in codes(row[0])}

    assert told == {kind: [*lookups] for kind, lookups in LOOKUPS.items()}
    assert [codes(row[1]) for row in shown[-2:]] == [
        ["exact", "in", "isnull", "isnull"],
        ["contains", "overlap", "isnull"],
    ]


def test_the_options_are_told_with_their_defaults():
    options = AttributeFilterSet._attribute_options
    shown = {codes(row[0])[0]: ast.literal_eval(codes(row[1])[0]) for row in tables("Filter sets")[0]}

    assert shown == {name: getattr(options, name) for name in options.__dataclass_fields__}


def test_the_members_and_the_limit_are_told():
    shown = {code.partition("(")[0] for row in tables("Filter sets")[1] for code in codes(row[0])}

    own = {name for name in vars(AttributeFilterMixin) if not name.startswith("_")}
    internal = {"get_fields", "get_form_class", "filter_queryset"}  # django-filter's, which it extends
    assert own - internal <= shown
    assert {name for name in shown if not hasattr(PlaceFilter(), name)} == set()
    assert f"There may be {MOST_VALUES:,}." in section("Filter sets")
