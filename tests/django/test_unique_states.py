"""Whether uniqueness is enforced, as schemas and databases change: what once was so is no proof that it is."""

from __future__ import annotations

import json
from contextlib import nullcontext

import pytest
from django.db import connection, transaction
from landregistry.models import Organization, Party, Project
from testapp.models import Place

from jsonattrs_core import Attribute
from jsonattrs_django.errors import AttributeUniqueError
from jsonattrs_django.models import AttributeRecord, SchemaRecord, UniquenessRecord
from jsonattrs_django.uniqueness.states import is_enforced
from tests.django.indexes import own, synced
from tests.django.stored import store
from tests.django.unique_cases import PHONE, PLAIN_PHONE, checked, enforced, states, values_held_twice, wrong_claims

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick_to_notice")]

BUILDING, ENFORCED = UniquenessRecord.BUILDING, UniquenessRecord.ENFORCED
FIELD = Place._meta.get_field("attrs")


def place(**attrs):
    return Place.objects.create(attrs=attrs)


def has_to_be_done_again():
    """Two records have the same value: the job has something to do, and says why it cannot."""
    assert states() == {"phone": BUILDING}
    assert not is_enforced(FIELD, "default", ("phone",))
    assert synced("testapp.Place", check=True)[0] == 1
    code, said = synced("testapp.Place")
    assert (code, "records with the same values" in said) == (1, True), said
    Place.objects.last().delete()
    code, said = synced("testapp.Place")
    assert (code, states()) == (0, {"phone": ENFORCED}), said
    with pytest.raises(AttributeUniqueError):
        place(phone="1")


@pytest.mark.parametrize("prunes", [False, True], ids=["kept", "pruned"])
def test_unique_taken_away_and_given_back(prunes):
    enforced(Place, PHONE)
    SchemaRecord.objects.define(Place, [PLAIN_PHONE])
    if prunes:
        assert synced("testapp.Place", prune=True)[0] == 0
        assert own(Place) == {}
    place(phone="1"), place(phone="1")

    SchemaRecord.objects.define(Place, [PHONE])

    has_to_be_done_again()


def test_a_schema_retired_and_restored():
    SchemaRecord.objects.define(Party, [PLAIN_PHONE])
    office = Organization.objects.create(slug="a", name="a")
    narrow = enforced(Party, Attribute("phone", unique=True), selectors=(office,))
    project = Project.objects.create(organization=office, slug="p", name="p")
    narrow.retire()
    for _ in range(2):
        Party.objects.create(project=project, attrs={"phone": "1"})

    narrow.restore()

    assert states() == {"phone": BUILDING}
    assert synced("landregistry.Party", check=True)[0] == 1
    assert synced("landregistry.Party")[0] == 1


def test_a_definition_changed_by_its_row():
    enforced(Place, PHONE)
    row = AttributeRecord.objects.get()
    for definition in ({"name": "phone", "key": "phone", "type": "text"}, row.definition):
        AttributeRecord.objects.filter(pk=row.pk).update(definition=definition)
        for _ in range(2 if "unique" not in definition else 0):
            place(phone="1")

    has_to_be_done_again()


def test_an_index_that_somebody_has_dropped():
    enforced(Place, PHONE)
    (name,) = own(Place)
    with connection.cursor() as cursor:
        cursor.execute(f'DROP INDEX "{name}"')
    Place._meta.get_field("attrs").forget_scopes()  # as another process would look

    assert not is_enforced(FIELD, "default", ("phone",))
    place(phone="1")
    with pytest.raises(AttributeUniqueError):
        place(phone="1")
    assert synced("testapp.Place", check=True)[0] == 1
    assert synced("testapp.Place")[0] == 0
    assert is_enforced(FIELD, "default", ("phone",))


@pytest.mark.parametrize(
    "change",
    [
        lambda: SchemaRecord.objects.define(Place, [Attribute("phone", "text", unique=True, label={"en": "Phone"})]),
        lambda: SchemaRecord.objects.define(Place, [PHONE, Attribute("x", "text")]),
        lambda: SchemaRecord.objects.define(Place, [PHONE]),
    ],
    ids=["label", "another", "nothing"],
)
def test_a_change_that_decides_nothing_leaves_it_enforced(change):
    enforced(Place, PHONE)
    change()
    assert states() == {"phone": ENFORCED}
    assert is_enforced(FIELD, "default", ("phone",))
    assert "nothing to be done" in synced("testapp.Place")[1]


def test_a_change_that_is_rolled_back_leaves_it_enforced():
    enforced(Place, PHONE)
    with transaction.atomic():
        SchemaRecord.objects.define(Place, [PLAIN_PHONE])
        assert not is_enforced(FIELD, "default", ("phone",))
        transaction.set_rollback(True)
    assert is_enforced(FIELD, "default", ("phone",))


def test_what_is_unique_together_taken_away_and_given_back():
    x, y = Attribute("x", "text"), Attribute("y", "text")
    enforced(Place, x, y, unique_together=[("x", "y")])
    SchemaRecord.objects.define(Place, [x, y])
    place(x="1", y="1"), place(x="1", y="1")

    SchemaRecord.objects.define(Place, [x, y], unique_together=[("x", "y")])

    assert states() == {"x,y": BUILDING}
    assert synced("testapp.Place")[0] == 1


# ---- while it is built ----


@pytest.fixture
def building():
    """Return records of which two have the same value, so that uniqueness cannot be enforced yet."""
    SchemaRecord.objects.define(Place, [PLAIN_PHONE, Attribute("x", "text")])
    records = [place(phone=phone) for phone in ("1", "2", "same", "same")]
    SchemaRecord.objects.define(Place, [PHONE, Attribute("x", "text")])
    assert synced("testapp.Place")[0] == 1
    return records


def _plain_bulk_create(records):
    Place._base_manager.bulk_create([Place(attrs={"phone": "3"}), Place(attrs={"phone": "1"})])


def _plain_bulk_create_of_two(records):
    Place._base_manager.bulk_create([Place(attrs={"phone": "4"}), Place(attrs={"phone": "4"})])


def _plain_bulk_update(records):
    records[1].attrs["phone"] = "1"
    Place._base_manager.bulk_update(records[1:2], ["attrs"])


def _plain_bulk_update_of_two(records):
    for record in records[:2]:
        record.attrs["phone"] = "4"
    Place._base_manager.bulk_update(records[:2], ["attrs"])


def _bulk_update_beside_its_holder(records):
    records[0].attrs["x"] = "changed"
    records[1].attrs["phone"] = "1"
    Place.objects.bulk_update(records[:2], ["attrs"])


@pytest.mark.parametrize(
    "write",
    [
        _plain_bulk_create,
        _plain_bulk_create_of_two,
        _plain_bulk_update,
        _plain_bulk_update_of_two,
        _bulk_update_beside_its_holder,
    ],
)
def test_no_bulk_door_lets_a_duplicate_in_meanwhile(write, building):
    with pytest.raises(AttributeUniqueError):
        write(building)
    assert values_held_twice(Place) == values_held_twice(Place)[:1], "but for those that were there"
    assert not Place.objects.filter(attrs__phone__in=["3", "4"]).exists()


def test_a_look_at_the_schemas_in_the_middle_of_a_statement_takes_nothing_from_it(building, settings):
    settings.JSONATTRS = {"FRESHNESS": 0}
    held = [record.attrs for record in building[:2]]
    for attrs in held:
        attrs["phone"] = "4"

    with pytest.raises(AttributeUniqueError):
        Place._base_manager.bulk_update(building[:2], ["attrs"])

    assert not Place.objects.filter(attrs__phone="4").exists()


# ---- in bulk, where it is enforced ----


@pytest.mark.parametrize("in_transaction", [False, True], ids=["autocommit", "atomic"])
def test_records_exchange_their_values_in_bulk(in_transaction):
    x, y = Attribute("x", "text"), Attribute("y", "text")
    enforced(Place, PHONE, x, y, unique_together=[("x", "y")])
    one, two, three = (place(phone=phone, x=phone, y="y") for phone in "123")
    for record, value in ((one, "2"), (two, "3"), (three, "1")):
        record.attrs.update(phone=value, x=value)

    if in_transaction:
        with transaction.atomic():
            Place.objects.bulk_update([one, two, three], ["attrs"])
    else:
        Place.objects.bulk_update([one, two, three], ["attrs"], batch_size=1)

    assert [Place.objects.get(pk=each.pk).attrs["phone"] for each in (one, two, three)] == ["2", "3", "1"]
    assert checked(Place)[0] == 0
    for phone in "123":
        with pytest.raises(AttributeUniqueError):
            place(phone=phone)


@pytest.mark.parametrize("manager", ["objects", "_base_manager"])
def test_what_conflicts_is_left_out_where_that_is_asked_for(manager):
    enforced(Place, PHONE)
    place(phone="1")
    getattr(Place, manager).bulk_create([Place(attrs={"phone": phone}) for phone in "1223"], ignore_conflicts=True)
    assert sorted(Place.objects.values_list("attrs__phone", flat=True)) == ["1", "2", "3"]


@pytest.mark.parametrize("in_transaction", [False, True], ids=["autocommit", "atomic"])
def test_a_plain_manager_is_not_refused_for_a_claim_that_is_not_right(in_transaction):
    """The refusal would stay: in a transaction of PostgreSQL's nothing can be put right after an error."""
    enforced(Place, PHONE)
    record = place(phone="1")
    holder = SchemaRecord.objects.get().pk
    store(record, json.dumps({"phone": "2", "$scope:phone": holder, "$value:phone": "1"}))

    with transaction.atomic() if in_transaction else nullcontext():
        Place._base_manager.bulk_create([Place(attrs={"phone": "1"})])

    assert checked(Place)[0] == 0


def test_a_holder_that_is_written_beside_and_keeps_its_value_is_in_the_way():
    enforced(Place, PHONE, Attribute("x", "text"))
    one, two = place(phone="1"), place(phone="2")
    one.attrs["x"] = "changed"
    two.attrs["phone"] = "1"

    with transaction.atomic():
        with pytest.raises(AttributeUniqueError) as error:
            Place.objects.bulk_update([one, two], ["attrs"])
        assert Place.objects.count() == 2

    assert (error.value.index, error.value.instance) == (1, two)


# ---- what becomes of the members of a claim ----


def _deferred(record):
    record = Place.objects.only("name").get(pk=record.pk)
    record.attrs = {"x": "1"}
    record.save()


def _constructed(record):
    Place(pk=record.pk, attrs={"x": "1"}).save()


def _to_null(record):
    record.attrs["phone"] = None
    record.save()


def _rolled_back(record):
    with transaction.atomic():
        del record.attrs["phone"]
        record.save()
        transaction.set_rollback(True)
    record.save()


@pytest.mark.parametrize("write", [_deferred, _constructed, _to_null, _rolled_back])
def test_what_is_removed_is_claimed_no_longer(write):
    enforced(Place, PHONE, Attribute("x", "text"))
    record = Place.objects.create(attrs={"x": "1"})
    record.attrs["phone"] = "1"
    record.save()

    write(record)

    assert wrong_claims(Place) == []
    assert "put right" not in checked(Place)[1]
    place(phone="1")


def test_a_move_that_was_rolled_back_leaves_the_claim_where_it_was():
    offices = [Organization.objects.create(slug=slug, name=slug) for slug in "abc"]
    for office in offices:
        enforced(Party, PHONE, selectors=(office,))
    here, there, elsewhere = (Project.objects.create(organization=office, slug="p", name="p") for office in offices)
    record = Party.objects.get(pk=Party.objects.create(project=here, attrs={"phone": "1"}).pk)
    record.project = there
    record.save()
    with transaction.atomic():
        record.project = elsewhere
        record.save()
        transaction.set_rollback(True)

    record.project = here
    record.save()

    assert wrong_claims(Party) == []
    Party.objects.create(project=elsewhere, attrs={"phone": "1"})
    with pytest.raises(AttributeUniqueError):
        Party.objects.create(project=here, attrs={"phone": "1"})
