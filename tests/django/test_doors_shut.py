"""Doors that are shut: they would write past the checks, or over what others wrote. The error names what to use."""

from __future__ import annotations

import pytest
from django.core.exceptions import FieldError
from django.db import transaction
from django.db.models import Case, F, JSONField, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Coalesce
from landregistry.models import Party
from testapp.models import Keyed, Note, PlainDocument, Twin

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from tests.django.doors import Place, waited_for
from tests.django.stored import plainly_stored

pytestmark = pytest.mark.django_db

each_model = pytest.mark.parametrize("model", [Party, Note], ids=["AttributeManager", "plain-manager"])

HELD = {"code": "AB", "orphan": 1}


def _changed(record):
    record.attrs["code"] = "CD"
    return record.attrs


VALUES = {
    "dict": lambda record: {"code": "CD"},
    "empty": lambda record: {},
    "none": lambda record: None,
    "text": lambda record: '{"code": "CD"}',
    "list": lambda record: [1],
    "F": lambda record: F("attrs"),
    "F-other": lambda record: F("pk"),
    "Value": lambda record: Value({"code": "CD"}, JSONField()),
    "Value-text": lambda record: Value('{"code": "CD"}'),
    "Value-none": lambda record: Value(None, JSONField()),
    "Case": lambda record: Case(When(pk=record.pk, then=Value({"code": "CD"}, JSONField()))),
    "Case-default": lambda record: Case(default=Value({"code": "CD"}, JSONField())),
    "Case-no-case": lambda record: Case(),
    "Case-Case": lambda record: Case(When(pk=record.pk, then=Case(default=Value({}, JSONField())))),
    "Cast": lambda record: Cast(Value("{}"), JSONField()),
    "Cast-Case": lambda record: Cast(Case(When(pk=record.pk, then=Value({}, JSONField()))), JSONField()),
    "Coalesce": lambda record: Coalesce(F("attrs"), F("attrs")),
    "RawSQL": lambda record: RawSQL("'{}'", ()),
    "mapping": lambda record: record.attrs,
    "mapping-changed": _changed,
    "mapping-Case-default": lambda record: Case(default=_changed(record)),
}


def held(model):
    """Return two records, with an attribute and an orphan."""
    SchemaRecord.objects.define(model, [Attribute("code", "text"), Attribute("orphan", "integer")])
    place = Place(model, HELD)
    records = [place.existing("one"), place.existing("two")]
    SchemaRecord.objects.define(model, [Attribute("code", "text")])
    return records


WAYS = {
    "update": lambda queryset, values: queryset.update(**values),
    "aupdate": lambda queryset, values: waited_for(queryset.aupdate, **values),
}


@each_model
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_update_is_refused_whatever_the_value(model, way, value):
    one, two = held(model)

    with pytest.raises(FieldError, match="update_attributes"), transaction.atomic():
        way(model.objects.filter(pk__in=[one.pk, two.pk]), {"attrs": value(one)})

    assert [plainly_stored(record) for record in (one, two)] == [HELD, HELD]


@each_model
def test_update_is_refused_beside_other_columns_which_are_not_written_either(model):
    held(model)
    label = "name" if model is Party else "title"

    with pytest.raises(FieldError, match="update_attributes"), transaction.atomic():
        model.objects.update(**{label: "new", "attrs": {}})

    assert not model.objects.filter(**{label: "new"}).exists()


@each_model
def test_update_of_other_columns_keeps_the_document(model):
    one, two = held(model)
    label = "name" if model is Party else "title"

    assert model.objects.update(**{label: "new"}) == 2

    assert [plainly_stored(record) for record in (one, two)] == [HELD, HELD]


def test_update_of_one_field_of_two_is_refused():
    Twin.objects.create()

    with pytest.raises(FieldError, match=r"Twin\.right"):
        Twin.objects.update(right={})


def test_update_of_a_plain_document_is_nobodys_business():
    record = PlainDocument.objects.create(data={"a": 1})

    PlainDocument.objects.update(data={"b": 2})

    assert plainly_stored(record, "data") == {"b": 2}


# ---- an insert that becomes an update ----

INSERTS = {
    "bulk-create": lambda model, *args, **kwargs: model.objects.bulk_create(*args, **kwargs),
    "abulk-create": lambda model, *args, **kwargs: waited_for(model.objects.abulk_create, *args, **kwargs),
    "base-manager": lambda model, *args, **kwargs: model._base_manager.bulk_create(*args, **kwargs),
}
each_insert = pytest.mark.parametrize("insert", INSERTS.values(), ids=INSERTS)


@each_insert
@each_model
@pytest.mark.parametrize("is_beside", [False, True], ids=["alone", "beside-others"])
def test_update_conflicts_is_refused_where_it_names_the_field(model, insert, is_beside):
    one, _ = held(model)
    label = "name" if model is Party else "title"
    owner = "project_id" if model is Party else "team_id"
    again = model(pk=one.pk, attrs={"code": "CD"}, **{owner: getattr(one, owner)})

    with pytest.raises(FieldError, match="update_attributes"), transaction.atomic():
        insert(
            model, [again], update_conflicts=True, unique_fields=["pk"], update_fields=["attrs", label][: 1 + is_beside]
        )  # fmt: skip

    assert plainly_stored(one) == HELD


@each_insert
def test_update_conflicts_of_other_columns_keeps_the_document(insert):
    SchemaRecord.objects.define(Keyed, [Attribute("code", "text"), Attribute("n", "integer")])
    old = Keyed.objects.create(code="old", name="before", attrs={"code": "AB", "n": 1})

    records = [Keyed(code="old", name="after"), Keyed(code="new", name="new", attrs={"code": "CD"})]
    insert(Keyed, records, update_conflicts=True, unique_fields=["code"], update_fields=["name"])

    old.refresh_from_db()
    assert (old.name, plainly_stored(old)) == ("after", {"code": "AB", "n": 1})
    assert plainly_stored(Keyed.objects.get(code="new")) == {"code": "CD"}


@each_insert
def test_ignore_conflicts_keeps_the_document(insert):
    SchemaRecord.objects.define(Keyed, [Attribute("code", "text")])
    old = Keyed.objects.create(code="old", attrs={"code": "AB"})

    insert(Keyed, [Keyed(code="old", attrs={"code": "CD"})], ignore_conflicts=True)

    assert plainly_stored(old) == {"code": "AB"}
