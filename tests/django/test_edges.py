"""Corners in which a write was once taken for another, found by reading the code with an adversary's eyes."""

from __future__ import annotations

import pickle
from enum import Enum

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Case, Count, When
from testapp.models import Keyed, Note, OldTree, Place, Team, Tree

from jsonattrs_core import Attribute, SchemaError
from jsonattrs_django.errors import WriteRefused
from jsonattrs_django.models import AttributeRecord, SchemaRecord
from jsonattrs_django.testing import reset
from jsonattrs_django.updates import update_attributes
from tests.django.others import Thread
from tests.django.queries import asked
from tests.django.stored import plainly_stored, store

pytestmark = pytest.mark.django_db(transaction=True)


def define(model, *attributes, **options):
    return SchemaRecord.objects.define(model, attributes, **options)


@pytest.fixture
def place():
    define(Place, Attribute("a", "text"), Attribute("b", "text"))
    return Place.objects.create(name="x", attrs={"a": "1", "b": "1"})


@pytest.mark.parametrize("is_new", [True, False], ids=["insert", "update"])
def test_a_hook_that_fails_after_the_commit_undoes_nothing(place, is_new):
    def fail():
        raise ZeroDivisionError

    if is_new:
        place = Place(name="y", attrs={"a": "1", "b": "1"})
    else:
        place.attrs["a"] = "2"

    @transaction.atomic
    def save():
        transaction.on_commit(fail)
        place.save()

    with pytest.raises(ZeroDivisionError):
        save()
    other = Place.objects.get(pk=place.pk)
    other.attrs["a"], other.attrs["b"] = "theirs", "theirs"
    other.save()
    place.name = "z"
    place.save()

    assert place.attrs.changed == ()
    assert plainly_stored(place) == {"a": "theirs", "b": "theirs"}


def test_within_a_hook_what_was_committed_is_not_pending(place):
    seen = []
    with transaction.atomic():
        transaction.on_commit(lambda: seen.append(place.attrs.changed))
        place.attrs["a"] = "2"
        place.save()

    assert seen == [()]


def test_a_transaction_by_hand_that_is_rolled_back_leaves_the_edit_pending(place):
    transaction.set_autocommit(False)
    try:
        place.attrs["a"] = "2"
        place.save()
        transaction.rollback()
    finally:
        transaction.set_autocommit(True)
    assert place.attrs.changed == ("a",)
    place.save()

    assert plainly_stored(place) == {"a": "2", "b": "1"}


@pytest.fixture
def tree():
    define(Tree, Attribute("x", "integer"), selectors=("a",))
    define(Tree, Attribute("x", "text"), Attribute("y", "text"), selectors=("b",))
    return Tree.objects.create(kind="a", attrs={"x": 1})


@pytest.mark.parametrize(
    "save",
    [lambda tree: tree.save(update_fields=["attrs"]), lambda tree: Tree.objects.bulk_update([tree], ["attrs"])],
    ids=["save", "bulk-update"],
)
def test_attributes_are_not_checked_for_a_scope_that_is_not_written(tree, save):
    tree.kind = "b"
    tree.attrs["x"] = "text"

    with pytest.raises(WriteRefused, match="add 'kind' to update_fields"):
        save(tree)

    assert plainly_stored(tree) == {"x": 1}
    tree.save()
    assert plainly_stored(tree) == {"x": "text"}


def test_a_move_that_is_rolled_back_is_a_move_again(tree):
    with transaction.atomic():
        tree.kind, tree.attrs["x"] = "b", "t"
        tree.save()
        transaction.set_rollback(True)
    Tree.objects.filter(pk=tree.pk).update_attributes({"x": 7})
    tree.attrs["y"] = "z"
    del tree.attrs["x"]
    define(Tree, Attribute("x", "text", required=True), Attribute("y", "text"), selectors=("b",))

    with pytest.raises(ValidationError):
        tree.save()


def test_a_mapping_in_a_condition_of_somebodys_own_is_refused(tree):
    other = Tree.objects.create(kind="b", attrs={"x": "t"})
    tree.attrs["x"] = 2

    with pytest.raises(WriteRefused):
        Tree.objects.update(attrs=Case(When(pk__gt=0, then=tree.attrs)))
    with pytest.raises(WriteRefused):
        Tree._base_manager.update(attrs=Case(When(pk=other.pk, then=tree.attrs)))

    assert plainly_stored(other) == {"x": "t"}


def test_a_proxy_is_refreshed_through_its_model(tree):
    old = OldTree.objects.get(pk=tree.pk)
    old.refresh_from_db(from_queryset=Tree.objects.all())

    assert old.attrs.changed == ()


def test_many_records_meet_the_limit_of_a_document_as_one_does(place, settings):
    settings.JSONATTRS = {"MAX_DOCUMENT_BYTES": 300}
    update_attributes(Place.objects.all(), {"a": "1" * 200})

    with pytest.raises(ValidationError) as refused:
        update_attributes(Place.objects.all(), {"b": "2" * 200})

    assert [problem.code for problem in refused.value.problems] == ["too_large"]


@pytest.mark.parametrize(
    "narrow",
    [
        lambda rows: rows.only("name"),
        lambda rows: rows.defer("attrs"),
        lambda rows: rows.values("pk"),
        lambda rows: rows.annotate(n=Count("restaurant")).filter(n=0),
        lambda rows: rows.order_by("name")[:1],
    ],
    ids=["only", "defer", "values", "aggregate", "slice"],
)
@pytest.mark.parametrize("is_streamed", [False, True], ids=["set", "streamed"])
def test_many_records_are_updated_whatever_the_query_set_selects(place, narrow, is_streamed):
    if is_streamed:
        define(Place, Attribute("a", "text"), Attribute("b", "text", visible_if="a == '1'"))

    assert update_attributes(narrow(Place.objects.all()), {"b": "2"}) == 1
    assert plainly_stored(place) == {"a": "1", "b": "2"}


def test_a_row_is_released_with_the_narrower_scopes_that_lean_on_its_own():
    team = Team.objects.create(code="a")
    define(Note, Attribute("e", "text"), selectors=(team,))
    define(Note, Attribute("e", required=True), selectors=(team, "k"))

    assert len(SchemaRecord.objects.retire(selectors=(team,))) == 2
    team.delete()


def test_a_key_that_no_database_holds_reads_and_is_told_of():
    define(Place, Attribute("r", "reference", constraints={"model": "testapp.Place"}))
    place = Place.objects.create(name="x")
    store(place, '{"r": 1000000000000000000000000000000}')
    place = Place.objects.get(pk=place.pk)

    assert place.attrs["r"].pk == 10**30
    with pytest.raises(CommandError, match="1 record with problems"):
        call_command("attributes_check", "testapp.Place")


def test_a_set_that_repeats_what_dangles_is_taken():
    define(Place, Attribute("r", "reference", constraints={"model": "testapp.Place"}), Attribute("a", "text"))
    gone = Place.objects.create(name="gone")
    place = Place.objects.create(name="x", attrs={"r": gone})
    gone.delete()
    place = Place.objects.get(pk=place.pk)
    place.attrs = {**place.attrs.copy(), "a": "1"}
    place.save()

    assert plainly_stored(place)["a"] == "1"


def test_a_schema_that_was_spoilt_past_define_leaves_records_readable_and_can_be_mended(place):
    AttributeRecord.objects.update(definition={"bogus": 1})
    reset()
    place = Place.objects.get(pk=place.pk)

    assert place.attrs == {}
    assert place.attrs.orphans == {"a": "1", "b": "1"}
    place.attrs = {"a": "2"}
    with pytest.raises(ValidationError, match="cannot be used"):
        place.save()
    define(Place, Attribute("a", "text"), Attribute("b", "text"))
    assert Place.objects.get(pk=place.pk).attrs == {"a": "1", "b": "1"}


@pytest.mark.parametrize(
    "options",
    [{"name": "x" * 300}, {"name": "x\x00"}, {"attributes": [Attribute("a", "text", label="\ud800")]}],
    ids=["long-name", "nul", "half-a-character"],
)
def test_what_no_row_holds_is_a_fault_of_the_schema(options):
    with pytest.raises(SchemaError):
        SchemaRecord.objects.define(Place, **{"attributes": [], **options})


def test_an_object_goes_to_other_processes_after_a_write_that_failed():
    define(Keyed, Attribute("a", "text"))
    Keyed.objects.create(code="1")
    again = Keyed(code="1", attrs={"a": "1"})
    with pytest.raises(IntegrityError):
        again.save(force_insert=True)
    pair = [Keyed(code="2", attrs={"a": "1"}), Keyed(code="1")]
    with pytest.raises(IntegrityError):
        Keyed.objects.bulk_create(pair)
    pair[0].attrs = {"a": 5}

    assert pickle.loads(pickle.dumps(again)).attrs == {"a": "1"}
    with pytest.raises(ValidationError):
        Keyed._base_manager.bulk_create(pair[:1])


def test_a_record_that_was_written_unread_is_read_before_it_is_shown():
    define(Keyed, Attribute("a", "text"))
    Keyed.objects.create(code="1", attrs={"a": "1"})
    keyed = Keyed(code="1", name="z")
    keyed.save()

    assert keyed.attrs == {"a": "1"}


def test_a_member_of_an_enumeration_is_its_value():
    class Kind(str, Enum):  # noqa: UP042 - what many programs have
        OAK = "oak"

    define(Tree, Attribute("x", "text"), selectors=(Kind.OAK,))
    tree = Tree.objects.create(kind=Kind.OAK, attrs={"x": "1"})

    assert Tree.objects.get(pk=tree.pk).attrs == {"x": "1"}


def test_a_list_over_many_scopes_takes_two_queries_for_all_their_schemas():
    define(Note, Attribute("a", "text"))
    for number in range(10):
        define(Note, Attribute("own", "text"), selectors=(None, f"k{number}"))
        Note.objects.create(kind=f"k{number}", attrs={"a": "1"})
    reset()
    SchemaRecord.objects.for_selectors(Note)

    with asked() as queries:
        call_command("attributes_check", "testapp.Note", report="-")

    assert len(queries) == 4  # the records, their schemas and the attributes of these, and no more records


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one isolation level, and locks")
def test_a_transaction_that_sees_the_past_tells_nobody():
    from django.db.backends.postgresql.psycopg_any import IsolationLevel

    define(Place, Attribute("a", "text"))
    before = connection.isolation_level
    connection.isolation_level = IsolationLevel.REPEATABLE_READ
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            assert list(Place.objects.all()) == []
            Thread(lambda: define(Place, Attribute("a", "text"), Attribute("b", "text"))).join()
            Thread(lambda: SchemaRecord.objects.for_selectors(Note)).join()
            assert [*SchemaRecord.objects.for_selectors(Place)] == ["a"]
    finally:
        connection.isolation_level = before

    reset_known = SchemaRecord.objects.for_selectors(Place)
    assert [*reset_known] == ["a", "b"]
