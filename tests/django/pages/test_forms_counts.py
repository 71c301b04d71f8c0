"""How many queries forms take. The numbers are promises: they are not to grow with attributes, or with rows."""

from __future__ import annotations

import pytest
from django.forms import ModelForm, inlineformset_factory, modelform_factory, modelformset_factory
from landregistry.models import Organization, Party, Project
from testapp.models import Place

from jsonattrs_core import Attribute, Rule
from jsonattrs_django.forms import AttributeModelForm
from jsonattrs_django.testing import define
from tests.django.pages.forms import Page, stands
from tests.django.queries import asked, forget

pytestmark = pytest.mark.django_db

PlaceForm = modelform_factory(Place, AttributeModelForm, fields=("name", "attrs"))
PartyForm = modelform_factory(Party, AttributeModelForm, fields=("type", "name", "attrs"))
few_and_many = pytest.mark.parametrize("count", [2, 60])


@pytest.fixture(autouse=True)
def long_bound(settings):
    """Look at the generation once and not again."""
    settings.JSONATTRS = {"FRESHNESS": 600}


def attributes(count):
    """Return attributes of all sorts, some of which depend on others."""
    made = [Attribute("a0", "text", choices=["x", "y"]), Attribute("a1", "integer")]
    for place in range(2, count):
        kind = ("text", "float", "date", "datetime", "boolean", "decimal")[place % 6]
        condition = 'a0 == "x"' if place % 2 else None
        made.append(Attribute(f"a{place}", kind, group=f"g{place % 5}", visible_if=condition, multiple=place % 7 == 0))
    return made


@pytest.fixture
def place(count):
    define(Place, *attributes(count), rules=[Rule("a1 < 100", "Too much")])
    return stands(Place, name="n", document='{"a0":"x","a1":5}')


def opened(place):
    return Page(PlaceForm(instance=place)).fill("attrs__a1", "7").posted()


@few_and_many
def test_opening_a_form(place):
    str(PlaceForm(instance=place))

    with asked() as queries:
        str(PlaceForm(instance=place))
        str(PlaceForm())
        PlaceForm(instance=place).attribute_groups  # noqa: B018 - it makes them

    assert queries == []


@few_and_many
def test_opening_a_form_in_a_process_that_knows_nothing_yet(place):
    forget()

    with asked() as queries:
        str(PlaceForm(instance=place))

    assert len(queries) == 2  # the schemas and their attributes


@few_and_many
@pytest.mark.parametrize(
    "more", [{}, {"_attributes": "refresh"}, {"_attributes": "check"}, {"attrs__a1": "x"}, {"attrs__a1": "100"}]
)
def test_judging_what_was_posted(place, more):
    data = opened(place)
    for name, text in more.items():
        data[name] = text

    with asked() as queries:
        form = PlaceForm(data, instance=place)
        assert form.is_valid() == (not more)
        str(form)

    assert queries == []


@few_and_many
def test_saving_is_one_statement(place):
    form = PlaceForm(opened(place), instance=place)

    with asked() as queries:
        form.save()

    assert len(queries) == 1


@few_and_many
def test_making_a_record_is_one_statement(place):
    with asked() as queries:
        form = PlaceForm({"name": "new", "attrs__a0": "y", "attrs__a1": "1"})
        assert form.is_valid(), form.errors
        form.save()

    assert len(queries) == 1


def test_references_of_a_form_are_checked_together():
    organizations = {"model": "landregistry.Organization"}
    define(Place, *(Attribute(f"r{n}", "reference", constraints=organizations) for n in range(5)))
    keys = [Organization.objects.create(slug=f"s{n}", name="O").pk for n in range(5)]
    data = {"name": "n"} | {f"attrs__r{n}": str(key) for n, key in enumerate(keys)}

    PlaceForm().fields  # noqa: B018 - the schema is known

    with asked() as queries:
        form = PlaceForm(data)
        assert form.is_valid(), form.errors

    assert len(queries) == 6  # whether the user may choose it, of each, and whether all are there


# ---- sets ----


@pytest.fixture
def project():
    organization = Organization.objects.create(slug="o", name="O")
    define(Party, *attributes(8))
    define(Party, Attribute("clan", "text"), selectors=(organization,))
    return Project.objects.create(organization=organization, slug="p", name="P")


def rows():
    return Party.objects.order_by("pk").select_related("project")


class PlainForm(ModelForm):
    class Meta:
        model = Party
        fields = ("type", "name")


@pytest.mark.parametrize("count", [2, 50])
@pytest.mark.parametrize("is_inline", [False, True], ids=["set", "inline-set"])
def test_a_set_takes_as_many_queries_as_one_of_plain_forms(project, count, is_inline):
    Party.objects.bulk_create(
        Party(project=project, name=f"n{n}", attrs={"a0": "x", "clan": "c"}) for n in range(count)
    )
    plain, own = (_made_of(form, is_inline) for form in (PlainForm, PartyForm))
    prefix = own.get_default_prefix()
    str(own(queryset=rows()))  # the schemas are known

    def counted(kind):
        options = {"queryset": rows()} | ({"instance": project} if is_inline else {})
        with asked() as opening:
            html = str(kind(**options))
        page = Page(html)
        for place in range(count):
            page.fill(f"{prefix}-{place}-name", f"{kind is own} {place}")
            if kind is own:
                page.fill(f"{prefix}-{place}-attrs__clan", "d")
        with asked() as judging:
            formset = kind(page.posted(), **options)
            assert formset.is_valid(), formset.errors
        with asked() as saving:
            formset.save()
        return len(opening), len(judging), len(saving)

    assert counted(own) == counted(plain)
    assert {party.attrs["clan"] for party in rows()} == {"d"}


def _made_of(form, is_inline):
    if is_inline:
        return inlineformset_factory(Project, Party, form=form, extra=1)
    return modelformset_factory(Party, form=form, extra=1)
