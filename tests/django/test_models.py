"""The field on models of every kind: abstract bases, proxies, inherited tables, several fields, odd keys and orders."""

from __future__ import annotations

import pytest
from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.state import ModelState, ProjectState
from django.test.utils import isolate_apps
from testapp.models import ByCode, Early, OldTree, Place, Restaurant, Stone, Team, Tree, Twin

from jsonattrs_core import Attribute
from jsonattrs_django.fields import JSONAttributeField
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.updates import update_attributes
from tests.django.queries import asked
from tests.django.stored import plainly_stored

pytestmark = pytest.mark.django_db

SCORE = Attribute("score", "integer")


def test_each_child_of_an_abstract_base_has_schemas_of_its_own():
    SchemaRecord.objects.define(Tree, [SCORE])

    assert Tree.objects.create(kind="oak", attrs={"score": 1}).attrs == {"score": 1}
    with pytest.raises(ValidationError):
        Stone.objects.create(kind="oak", attrs={"score": 1})


def test_a_proxy_is_its_model():
    SchemaRecord.objects.define(OldTree, [SCORE])
    tree = OldTree.objects.create(kind="oak", attrs={"score": 1})
    tree.attrs["score"] = 2
    tree.save()

    assert plainly_stored(tree) == {"score": 2}
    assert tree.attrs.changed == ()
    assert [*Tree.objects.get().attrs.schema] == ["score"]
    with pytest.raises(ValidationError):
        OldTree.objects.create(kind="oak", attrs={"score": "x"})


def test_an_inherited_table_has_its_parents_field_and_its_own():
    SchemaRecord.objects.define(Place, [SCORE])
    SchemaRecord.objects.define(Restaurant, [Attribute("dish", "text")], field="menu", selectors=(2,))
    place = Restaurant.objects.create(name="x", stars=2, attrs={"score": 1}, menu={"dish": "soup"})
    again = Restaurant.objects.get(pk=place.pk)
    again.attrs["score"] = 3
    again.menu["dish"] = "stew"
    again.save()

    again = Restaurant.objects.get(pk=place.pk)
    assert (again.attrs, again.menu) == ({"score": 3}, {"dish": "stew"})
    assert Place.objects.get().attrs == {"score": 3}
    again.stars = 1
    assert [*again.menu.schema] == []
    assert again.menu.orphans == {"dish": "stew"}


def test_several_fields_are_apart():
    SchemaRecord.objects.define(Twin, [SCORE], field="left")
    SchemaRecord.objects.define(Twin, [Attribute("score", "text")], field="right")
    twin = Twin.objects.create(left={"score": 1}, right={"score": "a"})
    twin.left["score"], twin.right["score"] = 2, "b"
    Twin.objects.bulk_update([twin], ["left"])

    assert (plainly_stored(twin, "left"), plainly_stored(twin, "right")) == ({"score": 2}, {"score": "a"})
    assert (twin.left.changed, twin.right.changed) == ((), ("score",))
    update_attributes(Twin.objects.all(), {"score": "c"}, field="right")
    assert plainly_stored(twin, "right") == {"score": "c"}


def test_a_foreign_key_to_another_column_selects_by_the_row():
    team = Team.objects.create(code="blue")
    SchemaRecord.objects.define(ByCode, [SCORE], selectors=(team,))
    row = ByCode.objects.create(team=team, attrs={"score": 1})

    assert ByCode.objects.select_related("team").get(pk=row.pk).attrs == {"score": 1}
    assert [record["attrs"] for record in ByCode.objects.typed_values()] == [{"score": 1}]
    assert update_attributes(ByCode.objects.all(), {"score": 2}) == 1


def test_a_field_before_its_selectors_works_and_asks_once_more():
    SchemaRecord.objects.define(Early, [SCORE])
    SchemaRecord.objects.define(Early, [Attribute("score", constraints={"max": 5})], selectors=("low",))
    row = Early.objects.get(pk=Early.objects.create(kind="high", attrs={"score": 9}).pk)
    row.attrs["score"] = 8
    with asked() as queries:
        row.save()
    assert len(queries) == 2

    row = Early.objects.get(pk=row.pk)
    row.kind = "low"
    row.attrs["score"] = 5
    row.save()
    row.kind, row.attrs["score"] = "low", 4
    row.save()
    assert plainly_stored(row) == {"score": 4}


def test_moving_to_a_scope_that_refuses_the_document_stops_the_save():
    SchemaRecord.objects.define(Tree, [SCORE])
    SchemaRecord.objects.define(Tree, [Attribute("score", constraints={"max": 5})], selectors=("low",))
    tree = Tree.objects.create(kind="high", attrs={"score": 9})
    tree.kind = "low"

    with pytest.raises(ValidationError) as refused:
        tree.save()

    assert [problem.code for problem in refused.value.problems] == ["max"]
    assert Tree.objects.get().kind == "high"


def test_changing_selectors_makes_no_migration():
    def state(selectors):
        with isolate_apps("testapp"):

            class Thing(models.Model):
                kind = models.CharField(max_length=5)
                attrs = JSONAttributeField(schema_selectors=selectors)

                class Meta:
                    app_label = "testapp"

        made = ProjectState()
        made.add_model(ModelState.from_model(Thing))
        return made, Thing._meta.get_field("attrs")

    (before, field), (after, _) = state(()), state(("kind",))

    assert MigrationAutodetector(before, after)._detect_changes() == {}
    name, path, args, kwargs = field.deconstruct()
    assert (name, path, args, kwargs) == ("attrs", "jsonattrs_django.fields.JSONAttributeField", [], {})


def wrong(**options):
    field = options.pop("field", None) or JSONAttributeField(**options.pop("arguments", {}))
    meta = options.pop("meta", {})
    attributes = {
        "__module__": "testapp.models",
        "kind": models.CharField(max_length=5),
        "teams": models.ManyToManyField("testapp.Team"),
        "team": models.ForeignKey("testapp.Team", models.CASCADE),
        "attrs": field,
        "Meta": type("Meta", (), {"app_label": "testapp", **meta}),
    }
    return type("Wrong", (models.Model,), attributes)


CHECKS = {
    "no-such-field": ({"arguments": {"schema_selectors": ("kinds",)}}, "E003", "did you mean 'kind'?"),
    "no-foreign-key": ({"arguments": {"schema_selectors": ("kind__x",)}}, "E003", "no foreign key"),
    "many-to-many": ({"arguments": {"schema_selectors": ("teams",)}}, "E003", "no foreign key"),
    "over-many-to-many": ({"arguments": {"schema_selectors": ("teams__code",)}}, "E003", "no foreign key"),
    "backwards": ({"arguments": {"schema_selectors": ("team__wrong",)}}, "E003", "no foreign key"),
    "two-of-a-name": ({"arguments": {"schema_selectors": ("kind", ("kind", "team"))}}, "E004", "Two selectors"),
    "null": ({"arguments": {"null": True}}, "E001", "null=True"),
    "unique": ({"arguments": {"unique": True}}, "E001", "unique=True"),
    "default": ({"arguments": {"default": list}}, "E002", "no default"),
    "index": ({"meta": {"indexes": [models.Index("attrs__score", name="i")]}}, "E006", "is on attributes"),
    "constraint": (
        {"meta": {"constraints": [models.UniqueConstraint(fields=["attrs"], name="u")]}},
        "E006",
        "is on attributes",
    ),
    "check-constraint": (
        {"meta": {"constraints": [models.CheckConstraint(condition=models.Q(attrs__score__gt=1), name="c")]}},
        "E006",
        "is on attributes",
    ),
}


@pytest.mark.parametrize(("options", "code", "words"), CHECKS.values(), ids=CHECKS)
def test_declarations_that_cannot_work_are_found_by_a_check(options, code, words):
    with isolate_apps("testapp"):
        team = type(
            "Team",
            (models.Model,),
            {
                "__module__": "testapp.models",
                "Meta": type("Meta", (), {"app_label": "testapp"}),
                "code": models.TextField(),
            },
        )
        assert team
        model = wrong(**options)
        found = [message for message in model._meta.get_field("attrs").check() if isinstance(message, checks.Error)]

    assert [message.id for message in found] == [f"jsonattrs.{code}"]
    assert words in found[0].msg


def test_stored_schemas_that_cannot_be_used_are_found_by_the_database_check(settings):
    SchemaRecord.objects.define(Place, [Attribute("number", "text", subtype="us-ssn")])
    assert [each.id for each in checks.run_checks(databases=["default"]) if each.id == "jsonattrs.W009"] == []

    settings.JSONATTRS = {"BLOCK": ["stdnum", "localflavor"]}

    found = [each for each in checks.run_checks(databases=["default"]) if each.id == "jsonattrs.W009"]
    assert len(found) == 1
    assert "us-ssn" in found[0].msg


def test_a_setting_that_does_not_exist_is_found(settings):
    settings.JSONATTRS = {"FRESHNES": 1}
    try:
        found = [each.msg for each in checks.run_checks(tags=["jsonattrs"]) if each.id == "jsonattrs.E008"]
    finally:
        settings.JSONATTRS = {}

    assert found == ["JSONATTRS['FRESHNES'] is no setting of jsonattrs; did you mean 'FRESHNESS'?"]
