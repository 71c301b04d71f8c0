"""Which values are the same, of which records, and what every way of writing makes of that."""

from __future__ import annotations

import json
import pickle
from decimal import Decimal
from io import StringIO

import pytest
from django import forms
from django.core import serializers
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.backends.signals import connection_created
from django.db.models import F
from django.db.models.signals import pre_save
from landregistry.models import Organization, Party
from testapp.models import Keyed, Note, OldTree, Place, Restaurant, Team, Tree, Twin

from jsonattrs_core import Attribute
from jsonattrs_django.errors import AttributeUniqueError
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.updates import update_attributes
from tests.django.doors import DOORS
from tests.django.doors import Place as Scene
from tests.django.indexes import synced
from tests.django.others import elsewhere
from tests.django.queries import asked
from tests.django.stored import plainly_stored, store
from tests.django.unique_cases import PHONE, POSTGRESQL, checked, enforced, values_held_twice, wrong_claims

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick_to_notice")]

NAMES = [Attribute(name, "text") for name in ("x", "y", "z")]


def refused(write):
    """Do a write that is to be refused, and return the error."""
    with pytest.raises(AttributeUniqueError) as caught:
        write()
    return caught.value


# ---- which values are the same ----

SAME = {
    "decimal": ({"type": "decimal"}, "1.5", "1.50"),
    "decimal-zero": ({"type": "decimal"}, "0", "0.00"),
    "decimal-exponent": ({"type": "decimal"}, Decimal("1E+3"), "1000"),
    "integer": ({"type": "integer"}, 3, 3.0),
    "float": ({"type": "float"}, 2, 2.0),
    "float-zero": ({"type": "float"}, 0.0, -0.0),
    "boolean": ({"type": "boolean"}, True, True),
    "date": ({"type": "date"}, "2024-02-29", "2024-02-29"),
    "datetime": ({"type": "datetime"}, "2024-01-01T00:00:00Z", "2024-01-01T07:00:00+07:00"),
    "time": ({"type": "time"}, "10:30", "10:30:00"),
    "duration": ({"type": "duration"}, "P1D", "PT24H"),
    "uuid": ({"type": "uuid"}, "123e4567-e89b-12d3-a456-426614174000", "123E4567E89B12D3A456426614174000"),
    "text-nfc": ({"type": "text"}, "é", "é"),
    "text-long": ({"type": "text"}, "ü" * 150, "ü" * 150),
    "text-200-bytes": ({"type": "text"}, "y" * 200, "y" * 200),
    "text-digest": ({"type": "text"}, "sha256:1", "sha256:1"),
    "text-quotes": ({"type": "text"}, """it's "x", \\ 1) =(""", """it's "x", \\ 1) =("""),
    "phone": ({"type": "text", "subtype": "phone-number"}, "+44 20 7946 0018", "+44 (0)20 7946-0018"),
    "post-code": ({"type": "text", "subtype": "gb-post-code"}, "SW1A 1AA", "sw1a1aa"),
    "list": ({"type": "decimal", "multiple": True}, ["1", "2.0"], ["1.00", "2"]),
    "object": ({"type": "object"}, {"a": 1, "b": [2]}, {"b": [2], "a": 1}),
}
DIFFERENT = {
    "decimal": ({"type": "decimal"}, "1.5", "1.51"),
    "decimal-digits": ({"type": "decimal"}, "0.1000000000000000000000000001", "0.1"),
    "integer": ({"type": "integer"}, 2**53, 2**53 + 1),
    "float": ({"type": "float"}, 0.1, 0.30000000000000004 - 0.2),
    "boolean": ({"type": "boolean"}, True, False),
    "datetime": ({"type": "datetime"}, "2024-01-01T00:00:00Z", "2024-01-01T00:00:00.000001Z"),
    "text-case": ({"type": "text"}, "a", "A"),
    "text-sharp": ({"type": "text"}, "straße", "strasse"),
    "text-long": ({"type": "text"}, "y" * 300, "y" * 299 + "z"),
    "list-order": ({"type": "text", "multiple": True}, ["a", "b"], ["b", "a"]),
    "list-joined": ({"type": "text", "multiple": True}, ["a", "b"], ['a", "b']),
    "list-digest": ({"type": "text", "multiple": True}, ["y" * 300], ["y" * 301]),
}


@pytest.mark.parametrize(("given", "one", "same"), SAME.values(), ids=SAME)
def test_two_spellings_are_one_value(given, one, same):
    enforced(Place, Attribute("v", unique=True, **given))
    first = Place.objects.create(attrs={"v": one})
    second = Place.objects.create()

    refused(lambda: Place.objects.create(attrs={"v": same}))
    second.attrs["v"] = same
    refused(second.save)
    refused(lambda: update_attributes(Place.objects.filter(pk=second.pk), {"v": same}))
    assert update_attributes(Place.objects.filter(pk=first.pk), {"v": same}) == 1
    assert (wrong_claims(Place), values_held_twice(Place)) == ([], [])


@pytest.mark.parametrize(("given", "one", "other"), DIFFERENT.values(), ids=DIFFERENT)
def test_what_is_not_the_same_is_two_values(given, one, other):
    enforced(Place, Attribute("v", unique=True, **given))
    Place.objects.create(attrs={"v": one})
    Place.objects.create(attrs={"v": other})

    assert (wrong_claims(Place), values_held_twice(Place)) == ([], [])


def test_the_digest_of_a_long_text_is_not_the_long_text():
    enforced(Place, Attribute("v", "text", unique=True))
    long = Place.objects.create(attrs={"v": "y" * 300})

    Place.objects.create(attrs={"v": plainly_stored(long)["$value:v"]})

    assert Place.objects.count() == 2


WRONG = ["", "abc", 7.5, True, [], ["a"], {}, {"a": 1}, 10**30, None]


@pytest.mark.parametrize("type_", ["text", "integer", "decimal", "float", "boolean", "date", "datetime", "uuid"])
def test_what_another_program_has_stored_is_no_error(type_):
    enforced(Place, Attribute("v", type_, unique=True))
    for value in WRONG:
        store(Place.objects.create(), json.dumps({"v": value}))

    said = checked(Place)[1]

    wrong = wrong_claims(Place)
    assert [*Place.objects.filter(pk__in=wrong).values_list("attrs", flat=True)] == [], said


# ---- of which records ----


def test_two_attribute_fields_do_not_meet():
    SchemaRecord.objects.define(Twin, [PHONE], field="left")
    SchemaRecord.objects.define(Twin, [PHONE], field="right")
    assert synced("testapp.Twin.left", "testapp.Twin.right")[0] == 0
    Twin.objects.create(left={"phone": "1"}, right={"phone": "2"})
    Twin.objects.create(left={"phone": "2"}, right={"phone": "1"})

    for side in ("left", "right"):
        error = refused(lambda side=side: Twin.objects.create(**{side: {"phone": "1"}}))
        assert list(error.error_dict) == [side]
    assert (wrong_claims(Twin, "left"), wrong_claims(Twin, "right")) == ([], [])


def test_a_child_and_its_parent_share_values():
    enforced(Place, PHONE)
    SchemaRecord.objects.define(Restaurant, [PHONE], field="menu")
    place = Place.objects.create(attrs={"phone": "1"})
    restaurant = Restaurant.objects.create(attrs={"phone": "2"}, menu={"phone": "1"})

    refused(lambda: Restaurant.objects.create(attrs={"phone": "1"}))
    refused(lambda: Place.objects.create(attrs={"phone": "2"}))
    refused(lambda: Restaurant.objects.create(menu={"phone": "1"}))
    place.attrs["phone"] = "2"
    refused(place.save)
    restaurant.attrs["phone"] = "1"
    refused(restaurant.save)
    with transaction.atomic():
        refused(restaurant.save)
        assert Place.objects.count() == 2
    assert (wrong_claims(Place), values_held_twice(Place)) == ([], [])


def test_a_proxy_is_its_model():
    enforced(Tree, PHONE)
    OldTree.objects.create(attrs={"phone": "1"})

    refused(lambda: Tree.objects.create(attrs={"phone": "1"}))
    refused(lambda: OldTree.objects.bulk_create([OldTree(attrs={"phone": "1"})]))


def test_groups_that_share_a_member():
    enforced(Place, *NAMES, unique_together=[("y", "x"), ("z", "y")])
    one = Place.objects.create(attrs={"x": "1", "y": "1", "z": "1"})
    Place.objects.create(attrs={"x": "2", "y": "1", "z": "2"})
    loose = [Place.objects.create(attrs=attrs) for attrs in ({"y": "1"}, {"y": "1"}, {"x": "1", "z": "1"}, {})]

    for name, value in (("x", "1"), ("z", "2")):
        loose[0].attrs[name] = value
        error = refused(loose[0].save)
        assert error.problems[0].params["attributes"] == sorted({name, "y"})
        del loose[0].attrs[name]
    loose[2].attrs["y"] = "1"
    refused(loose[2].save)
    one.attrs["y"] = None
    one.save()
    loose[2].save()
    assert (wrong_claims(Place), values_held_twice(Place)) == ([], [])


def test_an_attribute_that_is_renamed_claims_as_before():
    enforced(Place, Attribute("phone", "text", key="tel", unique=True), *NAMES, unique_together=[("x", "y")])
    Place.objects.create(attrs={"phone": "1", "x": "1", "y": "1"})
    renamed = [Attribute("mobile", key="tel", type="text", unique=True), *NAMES[1:]]
    SchemaRecord.objects.define(
        Place, [*renamed, Attribute("first", "text", key="x")], unique_together=[("y", "first")]
    )

    assert refused(lambda: Place.objects.create(attrs={"mobile": "1"})).problems[0].path == ("mobile",)
    error = refused(lambda: Place.objects.create(attrs={"first": "1", "y": "1"}))
    assert sorted(error.problems[0].params["attributes"]) == ["first", "y"]
    assert wrong_claims(Place) == []


# ---- every door ----


@pytest.mark.parametrize("is_in_transaction", [False, True], ids=["autocommit", "atomic"])
@pytest.mark.parametrize("model", [Party, Note], ids=["AttributeManager", "plain-manager"])
@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_no_door_lets_a_second_one_in(door, model, is_in_transaction):
    enforced(model, PHONE, Attribute("code", "text"))
    scene = Scene(model, before={})
    holder = scene.new({"phone": "1"}, "holder")
    holder.save()

    def push():
        return door(scene, {"phone": "1"})

    if "ignoring" in door.name:
        with pytest.raises(model.DoesNotExist):
            push()
    elif is_in_transaction:
        with transaction.atomic():
            outcome = push()
            transaction.set_rollback(True)
    else:
        outcome = push()
    if "ignoring" not in door.name:
        assert outcome.problems == [(("phone",), "unique")]
        assert isinstance(outcome.error, IntegrityError) is not door.name.startswith("full-clean")
    having = model.objects.filter(attrs__phone="1")
    assert [record.pk for record in having] == [holder.pk]
    assert wrong_claims(model) == []


@pytest.mark.parametrize("model", [Party, Note], ids=["AttributeManager", "plain-manager"])
@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_every_door_claims_what_it_writes(door, model):
    enforced(model, PHONE, Attribute("code", "text"))
    scene = Scene(model, before={})
    if door.name == "update-attributes":
        assert isinstance(door(scene, {"phone": "1"}).error, AttributeUniqueError)
        return

    record = model.objects.get(pk=door(scene, {"phone": "1"}).key)

    assert plainly_stored(record)["$value:phone"] == "1"
    assert wrong_claims(model) == []
    refused(lambda: scene.new({"phone": "1"}, "another").save())


# Inside a transaction of PostgreSQL's, an error of the database would leave it unusable.
BEFOREHAND = {
    "create": lambda old: Place.objects.create(attrs={"phone": "1"}),
    "save": lambda old: old.save(),
    "save-field": lambda old: old.save(update_fields=["attrs"]),
    "bulk_create": lambda old: Place.objects.bulk_create([Place(attrs={"phone": "1"})]),
    "bulk_create-batch": lambda old: Place.objects.bulk_create([Place(attrs={"phone": "3"}) for _ in range(2)]),
    "bulk_update": lambda old: Place.objects.bulk_update([old], ["attrs"]),
    "update_attributes": lambda old: update_attributes(Place.objects.filter(pk=old.pk), {"phone": "1"}),
    "update_or_create": lambda old: Place.objects.update_or_create(pk=old.pk, defaults={"attrs": {"phone": "1"}}),
}


@pytest.mark.parametrize("write", BEFOREHAND.values(), ids=BEFOREHAND)
def test_a_refusal_in_a_transaction_leaves_it_usable(write):
    enforced(Place, PHONE)
    Place.objects.create(attrs={"phone": "1"})
    old = Place.objects.create(attrs={"phone": "2"})

    with transaction.atomic():
        old.attrs["phone"] = "1"
        refused(lambda: write(old))
        Place.objects.create(attrs={"phone": "4"})

    assert sorted(Place.objects.values_list("attrs__phone", flat=True)) == ["1", "2", "4"]
    assert wrong_claims(Place) == []


@pytest.mark.parametrize("is_in_transaction", [False, True], ids=["autocommit", "atomic"])
def test_values_exchanged_in_bulk_are_refused_or_right(is_in_transaction):
    enforced(Place, PHONE)
    one, two = (Place.objects.create(attrs={"phone": value}) for value in "12")
    one.attrs["phone"], two.attrs["phone"] = "2", "1"

    try:
        if is_in_transaction:
            with transaction.atomic():
                Place.objects.bulk_update([one, two], ["attrs"])
        else:
            Place.objects.bulk_update([one, two], ["attrs"])
        expected = ["2", "1"]
    except AttributeUniqueError:
        expected = ["1", "2"]

    assert [*Place.objects.order_by("pk").values_list("attrs__phone", flat=True)] == expected
    assert (wrong_claims(Place), values_held_twice(Place)) == ([], [])


def test_of_a_batch_the_error_says_which():
    enforced(Place, PHONE)
    Place.objects.create(attrs={"phone": "1"})
    for values, index in ((["2", "1"], 1), (["2", "3", "2"], 2)):
        batch = [Place(attrs={"phone": value}) for value in values]
        error = refused(lambda batch=batch: Place.objects.bulk_create(batch))
        assert (error.index, error.instance) == (index, batch[index])


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite has one writer: nobody comes between")
@pytest.mark.parametrize("door", ["get_or_create", "update_or_create"])
def test_whoever_loses_the_race_gets_the_record_of_the_other(door):
    enforced(Place, PHONE, Attribute("x", "text"))
    rivals = []

    def rival(**_):
        if not rivals:
            rivals.append(None)
            rivals[0] = elsewhere(lambda: Place.objects.create(name="rival", attrs={"phone": "1"}).pk)

    pre_save.connect(rival, sender=Place)
    try:
        attrs = {"phone": "1", "x": "mine"}
        found, is_new = getattr(Place.objects, door)(attrs__phone="1", defaults={"attrs": attrs})
    finally:
        pre_save.disconnect(rival, sender=Place)

    assert (found.pk, is_new) == (rivals[0], False)
    assert Place.objects.get().attrs.get("x") == ("mine" if door == "update_or_create" else None)


def test_full_clean_asks_once_and_says_what_save_would():
    enforced(Place, PHONE, Attribute("w", "text", unique=True), *NAMES, unique_together=[("x", "y")])
    Place.objects.create(attrs={"phone": "1", "w": "1", "x": "1", "y": "1"})
    double = Place(name="n", attrs={"phone": "1", "w": "1", "x": "1", "y": "1"})
    with pytest.raises(forms.ValidationError) as caught:
        double.full_clean()
    assert [entry.code for entry in caught.value.error_dict["attrs"]] == ["unique"] * 3

    free = Place(name="n", attrs={"phone": "2"})
    with asked() as statements:
        free.full_clean()
    assert len([each for each in statements if Place._meta.db_table in each]) == 1


def test_a_form_that_knows_nothing_of_attributes():
    enforced(Place, PHONE)
    Place.objects.create(attrs={"phone": "1"})
    form = forms.modelform_factory(Place, fields=["name"])({"name": "n"}, instance=Place(attrs={"phone": "1"}))

    if form.is_valid():
        refused(form.save)
    assert Place.objects.count() == 1


# ---- instances ----


def test_a_record_that_is_written_again_does_not_meet_itself():
    enforced(Place, PHONE, Attribute("x", "text"))
    made = Place.objects.create(attrs={"phone": "1"})
    for record in (made, Place.objects.get(), Place.objects.defer("attrs").get(), pickle.loads(pickle.dumps(made))):
        record.attrs["x"] = "a"
        record.save()
        record.attrs = {"phone": "1", "x": "b"}
        record.full_clean(exclude=["name"])
        record.save()
        with transaction.atomic():
            record.attrs["phone"] = "1"
            record.save()
        Place.objects.bulk_update([record], ["attrs"])
    Place(pk=made.pk, attrs={"phone": "1"}).save()

    assert Place.objects.get().attrs == {"phone": "1"}
    assert wrong_claims(Place) == []


def test_a_copy_is_another_record():
    enforced(Place, PHONE)
    record = Place.objects.create(attrs={"phone": "1"})
    record.pk, record._state.adding = None, True
    refused(record.save)
    record.attrs["phone"] = "2"
    record.save()

    assert sorted(Place.objects.values_list("attrs__phone", flat=True)) == ["1", "2"]
    assert wrong_claims(Place) == []


def test_what_is_rolled_back_is_claimed_by_nobody():
    enforced(Place, PHONE)
    kept = Place.objects.create(attrs={"phone": "1"})
    with transaction.atomic():
        kept.attrs["phone"] = "2"
        kept.save()
        with transaction.atomic():
            Place.objects.create(attrs={"phone": "1"})
            transaction.set_rollback(True)
        dropped = Place.objects.create(attrs={"phone": "3"})
        transaction.set_rollback(True)
    dropped.save()
    others = Place.objects.create(attrs={"phone": "2"})
    refused(kept.save)
    kept.attrs["phone"] = "4"
    kept.save()

    assert sorted(Place.objects.values_list("attrs__phone", flat=True)) == ["2", "3", "4"]
    assert (wrong_claims(Place), others.attrs["phone"]) == ([], "2")


def test_a_dump_is_loaded_again_with_its_claims():
    enforced(Place, PHONE)
    for value in "12":
        Place.objects.create(attrs={"phone": value})
    dump = StringIO()
    call_command("dumpdata", "testapp.Place", stdout=dump)
    fixture = json.loads(dump.getvalue())
    Place.objects.all().delete()

    for _ in range(2):
        for item in fixture:
            for loaded in serializers.deserialize("json", json.dumps([item])):
                loaded.save()

    refused(lambda: Place.objects.create(attrs={"phone": "1"}))
    assert wrong_claims(Place) == []


# ---- the error, and what it leaves behind ----


def test_the_error_is_two_of_django_s_and_tells_nothing_of_others():
    owner = Organization.objects.create(slug="secret-tenant", name="secret-tenant")
    enforced(Party, Attribute("phone", "text", unique=True, label="Phone"))
    project = owner.projects.create(slug="secret-project", name="secret-project")
    hidden = Party.objects.create(pk=987654, project=project, name="secret-name", attrs={"phone": "1"})
    mine = Party(project=project, attrs={"phone": "1"})

    for is_in_transaction in (False, True):
        with transaction.atomic() if is_in_transaction else pytest.MonkeyPatch.context():
            error = refused(mine.save)
        assert isinstance(error, IntegrityError)
        assert isinstance(error, forms.ValidationError)
        assert error.instance is mine
        (entry,) = error.error_dict["attrs"]
        assert (entry.code, entry.params) == ("unique", {"attribute": "phone", "path": ["phone"]})
        assert [(each.path, each.code, each.params) for each in error.problems] == [(("phone",), "unique", {})]
        again = pickle.loads(pickle.dumps(error))
        for text in (str(error), repr(error), repr(error.problems), repr(again.args), str(error.message_dict)):
            assert "secret" not in text
            assert str(hidden.pk) not in text
        assert (again.problems, type(again)) == (error.problems, AttributeUniqueError)


def test_other_errors_of_the_database_pass_through():
    enforced(Keyed, PHONE)
    Keyed.objects.create(code="a", attrs={"phone": "1"})
    enforced(Note, PHONE)
    note = Note(attrs={"phone": "1"})
    with pytest.raises(IntegrityError) as caught:
        Keyed.objects.create(code="a", attrs={"phone": "2"})
    assert not isinstance(caught.value, AttributeUniqueError)
    note.title = None
    with pytest.raises(IntegrityError) as caught:
        note.save()
    assert not isinstance(caught.value, AttributeUniqueError)
    note.title = ""
    note.save()
    assert wrong_claims(Note) == []


def test_nothing_watches_after_a_statement_that_could_not_be_made():
    enforced(Keyed, PHONE)
    record = Keyed.objects.create(code="a", attrs={"phone": "1"})
    record.attrs["phone"] = "2"
    record.count = F("nothing")

    with pytest.raises(FieldError):
        Keyed.objects.bulk_update([record], ["attrs", "count"])

    assert connection.execute_wrappers == []


def test_who_else_watches_statements_goes_on_watching():
    enforced(Place, PHONE)
    seen = []

    def watch(execute, sql, params, many, context):
        seen.append(sql.split()[0])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        Place.objects.create(attrs={"phone": "1"})
        refused(lambda: Place.objects.create(attrs={"phone": "1"}))
        assert connection.execute_wrappers == [watch]
    assert seen.count("INSERT") == 2


def test_a_connection_that_is_opened_by_the_write_itself(settings):
    enforced(Place, PHONE)
    Place.objects.create(attrs={"phone": "1"})
    other = Place.objects.create(attrs={"phone": "2"})
    settings.JSONATTRS = {"FRESHNESS": 1000}
    other.attrs["phone"] = "3"
    other.save()  # and everything is known that has to be asked
    other.attrs["phone"] = "1"

    def receiver(connection, **_):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    connection_created.connect(receiver)
    try:
        refused(lambda: elsewhere(other.save))
        refused(lambda: elsewhere(Place(attrs={"phone": "1"}).save))
    finally:
        connection_created.disconnect(receiver)


def test_nobody_sees_what_is_claimed():
    enforced(Note, PHONE, Attribute("x", "text"))
    team = Team.objects.create(code="t")
    record = Note.objects.create(team=team, attrs={"phone": "1"})
    read = Note.objects.get(pk=record.pk)

    for each in (record, read):
        assert dict(each.attrs) == {"phone": "1"}
        assert (each.attrs.orphans, each.attrs.dump()) == ({}, {"phone": "1"})
        assert "$value:phone" not in each.attrs
    for rows in (
        Note.objects.values_list("attrs", flat=True),
        Note.objects.annotate(a=F("attrs")).values_list("a", flat=True),
    ):
        assert [*rows] == [{"phone": "1"}]
    assert [*team.note_set.values("attrs")] == [{"attrs": {"phone": "1"}}]
    for name in ("has_key", "has_keys", "has_any_keys"):
        with pytest.raises(FieldError):
            Note.objects.filter(**{f"attrs__{name}": "$value:phone" if name == "has_key" else ["$value:phone"]}).count()
    with pytest.raises(FieldError):
        [*Note.objects.values_list("attrs__$value:phone")]
