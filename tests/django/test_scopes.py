"""Which schema a record has: composed of four levels, and refused where a narrower one would not compose."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from landregistry.models import Organization, Party, Project, SpatialUnit

from jsonattrs_core import Attribute, Schema, SchemaError
from jsonattrs_django.models import SchemaRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def north():
    organization = Organization.objects.create(slug="o", name="Office")
    return Project.objects.create(organization=organization, slug="n", name="North")


@pytest.fixture
def south(north):
    return Project.objects.create(organization=north.organization, slug="s", name="South")


def define(*attributes, selectors=(), model=Party, **options):
    return SchemaRecord.objects.define(model, attributes, selectors=selectors, **options)


def levels(project):
    """Define schemas on all four levels, in an order in which nobody would."""
    organization = project.organization
    define(
        Attribute("education", "text"), Attribute("score", "integer", constraints={"min": 0}), Attribute("gone", "text")
    )
    define(
        Attribute("education", choices=[("a", "A"), ("b", "B")]),
        Attribute("gone", omit=True),
        selectors={"organization": organization},
    )
    define(Attribute("education", required=True), selectors=(organization, project))
    define(
        Attribute("gone", "integer"),
        Attribute("score", constraints={"max": 5}),
        selectors=(organization, project, Party.Type.CORPORATION),
    )


def test_four_levels_are_composed_from_the_most_general_to_the_most_specific(north, south):
    levels(north)

    corporation = Party(project=north, type="CO").attrs.schema
    assert [*corporation] == ["education", "score", "gone"]
    assert corporation["education"].required is True
    assert [choice.value for choice in corporation["education"].choices] == ["a", "b"]
    assert corporation["score"].constraints == {"min": 0, "max": 5}
    assert corporation["gone"].type == "integer"

    individual = Party(project=north, type="IN").attrs.schema
    assert [*individual] == ["education", "score"]
    assert individual["score"].constraints == {"min": 0}
    elsewhere = Party(project=south, type="CO").attrs.schema
    assert "required" not in elsewhere["education"].given
    assert "gone" not in elsewhere
    assert SchemaRecord.objects.for_selectors(Party)["gone"].type == "text"


def test_explain_names_the_schema_of_each_property(north):
    levels(north)
    explained = Party(project=north, type="CO").attrs.schema.explain("education")

    assert explained["type"].schema == "party"
    assert explained["required"].schema == "party (organization Office, project North)"


@pytest.mark.parametrize(
    "selectors",
    [
        lambda project: (project.organization, project, "CO"),
        lambda project: {"type": "CO", "project": project.pk, "organization": str(project.organization_id)},
        lambda project: [project.organization_id, project, Party.Type.CORPORATION],
    ],
    ids=["rows", "by-name-out-of-order", "keys"],
)
def test_selectors_are_given_in_several_ways(north, selectors):
    levels(north)
    expected = Party(project=north, type="CO").attrs.schema

    assert SchemaRecord.objects.for_selectors(Party, selectors(north)) == expected


def test_a_wildcard_in_the_middle_meets_the_others(north, south):
    define(Attribute("score", "integer"))
    define(Attribute("of_project", "text"), selectors=(None, north))
    define(Attribute("of_type", "text"), selectors=(None, None, "CO"))
    define(Attribute("of_office", "text"), selectors=(north.organization,))

    assert [*Party(project=north, type="CO").attrs.schema] == ["score", "of_office", "of_project", "of_type"]
    assert [*Party(project=north, type="IN").attrs.schema] == ["score", "of_office", "of_project"]
    assert [*Party(project=south, type="CO").attrs.schema] == ["score", "of_office", "of_type"]
    office, pk = north.organization_id, north.pk
    assert [*SchemaRecord.objects.scopes(Party, (office,))] == [
        (office, None, None),
        (office, pk, None),
        (office, None, "CO"),
        (office, pk, "CO"),
    ]


def test_a_schema_of_one_model_says_nothing_of_another(north):
    define(Attribute("score", "integer"))

    assert [*SpatialUnit(project=north).attrs.schema] == []
    with pytest.raises(ValidationError, match="No schema applies"):
        SpatialUnit.objects.create(project=north, name="x", attrs={"score": 1})


def test_defining_again_retires_what_is_left_out_and_brings_it_back(north):
    define(Attribute("score", "integer"), Attribute("education", "text"))
    party = Party.objects.create(project=north, name="x", attrs={"score": 1, "education": "a"})
    define(Attribute("education", "text"))
    again = Party.objects.get(pk=party.pk)

    assert again.attrs == {"education": "a"}
    assert again.attrs.orphans == {"score": 1}
    assert "retires it" in " ".join(again.attrs.schema.explain("score").notes)

    define(Attribute("education", "text"), Attribute("score", "integer"))
    assert Party.objects.get(pk=party.pk).attrs == {"score": 1, "education": "a"}


def test_an_override_that_is_left_out_is_taken_back(north):
    define(Attribute("score", "integer"))
    define(Attribute("score", required=True), selectors=(north.organization,))
    define(Attribute("own", "text"), selectors=(north.organization,))

    assert "required" not in Party(project=north).attrs.schema["score"].given


REFUSED = {
    "locked": ([Attribute("score", "integer", locked=True)], "is locked"),
    "choices-that-refuse-its-default": (
        [Attribute("score", "integer", choices=[1, 2])],
        "the attribute refuses its default",
    ),
    "another-type": ([Attribute("score", "text")], "the attribute refuses its default"),
}


@pytest.mark.parametrize(("attributes", "why"), REFUSED.values(), ids=REFUSED)
def test_a_change_that_would_break_a_narrower_scope_is_refused_by_its_name(north, attributes, why):
    define(Attribute("score", "integer"))
    define(Attribute("score", default=7), selectors=(north.organization,))
    before = Party(project=north).attrs.schema

    with pytest.raises(SchemaError) as refused:
        define(*attributes)

    assert f"organization={north.organization_id}" in str(refused.value)
    assert why in str(refused.value)
    assert Party(project=north).attrs.schema == before


def test_faults_are_all_told_and_nothing_changes(north):
    with pytest.raises(SchemaError) as refused:
        define(Attribute("a", "texd"), Attribute("b", "text", subtype="us-snn"))

    assert len(refused.value.faults) == 2
    assert "did you mean 'text'?" in str(refused.value)
    assert SchemaRecord.objects.count() == 0


def test_several_scopes_may_change_together_where_neither_could_alone(north):
    define(Attribute("score", "integer"))
    define(Attribute("score", default=7), selectors=(north.organization,))
    field = Party._meta.get_field("attrs")
    everyone, office = field.selectors.given(()), field.selectors.given((north.organization,))

    SchemaRecord.objects.define_together(
        field,
        {
            office: Schema("office", [Attribute("score", default="7")]),
            everyone: Schema("all", [Attribute("score", "text")]),
        },
    )

    assert Party.objects.create(project=north, name="x").attrs == {"score": "7"}


SELECTORS_REFUSED = {
    "too-many": (1, 2, "IN", 4),
    "unknown-name": {"organisation": 1},
    "no-key": ("x",),
    "a-truth-value": (True,),
    "not-saved": (Organization(name="new"),),
    "of-another-model": (Project(pk=1),),
}


@pytest.mark.parametrize("selectors", SELECTORS_REFUSED.values(), ids=SELECTORS_REFUSED)
def test_selector_values_that_no_row_can_have_are_refused(selectors):
    with pytest.raises(SchemaError):
        define(Attribute("a", "text"), selectors=selectors)


def only_own_office(user, model, field, selectors):
    return model is Party and selectors[0] == user.office


class Editor:
    """Somebody who may edit the schemas of one office."""

    def __init__(self, office):
        self.office = office


def test_a_permission_hook_is_the_boundary_between_tenants(north, settings):
    other = Organization.objects.create(slug="b", name="Other")
    settings.JSONATTRS = {"SCHEMA_PERMISSION": "tests.django.test_scopes.only_own_office"}
    editor = Editor(north.organization_id)
    mine = define(Attribute("own", "text"), selectors=(north.organization,), user=editor)

    for selectors in ((), (other,), (None, north)):
        with pytest.raises(PermissionDenied):
            define(Attribute("own", "text"), selectors=selectors, user=editor)
    theirs = define(Attribute("own", "text"), selectors=(other,))
    with pytest.raises(PermissionDenied):
        theirs.retire(user=editor)
    assert SchemaRecord.objects.editable_by(editor) == [mine]
    mine.retire(user=editor)
    assert [*Party(project=north).attrs.schema] == []


def test_the_schema_of_exactly_one_scope_is_found(north, south):
    organization = north.organization
    general, own = define(Attribute("x", "text")), define(Attribute("y", "text"), selectors=(organization,))
    of_project = define(Attribute("z", "text"), selectors=(organization, north))

    bound_to = SchemaRecord.objects.bound_to
    assert bound_to(Party) == general
    assert bound_to(Party, (organization,)) == bound_to(Party, {"organization": organization.pk}) == own
    assert bound_to(Party, (organization, north)) == of_project
    assert bound_to(Party, (organization, south)) is None
    assert bound_to(SpatialUnit) is None
    own.retire()
    assert bound_to(Party, (organization,)) is None
