"""What may be there once is there once: in its scope, through every door, wherever records move."""

from __future__ import annotations

from contextlib import nullcontext
from decimal import Decimal
from io import StringIO

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import JSONField, Subquery, Value
from django.db.models.functions import Coalesce
from landregistry.models import Organization, Party, Project

from jsonattrs_core import Attribute
from jsonattrs_django.errors import AttributeUniqueError
from jsonattrs_django.models import SchemaRecord, UniquenessRecord
from jsonattrs_django.uniqueness.mending import records
from jsonattrs_django.updates import update_attributes
from tests.django.queries import asked
from tests.django.stored import store, stored

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = Attribute("phone", "text", unique=True)


def sync(*options):
    out = StringIO()
    call_command("attributes_sync", "landregistry.Party", *options, stdout=out, stderr=out)
    return out.getvalue()


def define(*attributes, selectors=(), **options):
    return SchemaRecord.objects.define(Party, attributes, selectors=selectors, **options)


@pytest.fixture(autouse=True)
def quick(settings):
    settings.JSONATTRS = {**getattr(settings, "JSONATTRS", {}), "FRESHNESS": 0.05}


@pytest.fixture
def offices():
    return [Organization.objects.create(slug=name, name=name) for name in ("a", "b")]


@pytest.fixture
def projects(offices):
    """Return two projects of the first organisation and one of the second."""
    first, second = offices
    return [
        Project.objects.create(organization=organization, slug=name, name=name)
        for organization, name in ((first, "p"), (first, "q"), (second, "r"))
    ]


@pytest.fixture
def unique_phone(offices):
    """Let telephone numbers be unique in each organisation."""
    for organization in offices:
        define(PHONE, selectors=(organization,))
    sync()


def party(project, **attrs):
    return Party(project=project, type="IN", attrs=attrs)


def made(project, **attrs):
    record = party(project, **attrs)
    record.save()
    return record


def claims_are_right():
    field = Party._meta.get_field("attrs")
    every = records(field, "default", [*Party.objects.values_list("pk", flat=True)])
    return not any(record.changes for record in every)


def check_claims():
    """Run the audit of claims; return what it says and its exit code."""
    out = StringIO()
    try:
        call_command("attributes_check", "landregistry.Party", "--claims", "--no-progress", stdout=out)
    except CommandError as error:
        return out.getvalue(), error.returncode
    return out.getvalue(), 0


# ---- in scope ----


def test_organisations_do_not_see_each_others_values(unique_phone, projects):
    here, also_here, elsewhere = projects
    made(here, phone="1")
    made(elsewhere, phone="1")

    with pytest.raises(AttributeUniqueError):
        made(also_here, phone="1")


def test_a_narrower_schema_that_repeats_unique_loosens_nothing(offices, projects):
    define(PHONE, selectors=(offices[0],))
    define(Attribute("phone", "text", unique=True), selectors=(offices[0], projects[0]))
    define(Attribute("phone", unique=True), selectors=(offices[0], projects[1]))
    sync()
    made(projects[0], phone="1")

    with pytest.raises(AttributeUniqueError):
        made(projects[1], phone="1")


def test_where_uniqueness_is_broken_on_the_way_the_narrower_schema_holds_it(offices, projects):
    define(PHONE)
    for organization in offices:
        define(Attribute("phone", unique=False), selectors=(organization,))
    define(Attribute("phone", unique=True), selectors=(offices[0], projects[0]))
    sync()
    made(projects[1], phone="1")
    made(projects[1], phone="1")
    made(projects[0], phone="1")

    with pytest.raises(AttributeUniqueError):
        made(projects[0], phone="1")


def test_a_group_is_unique_together_and_null_never(offices, projects):
    attributes = [Attribute(name, "integer") for name in ("block", "plot", "part")]
    define(*attributes, unique_together=[("plot", "block"), ("block", "part")])
    sync()
    made(projects[0], block=1, plot=1, part=1)
    made(projects[1], block=1, plot=None)
    made(projects[1], block=1, plot=None)
    other = made(projects[1], block=1, plot=2)
    for attrs in ({"block": 1, "plot": 1}, {"plot": 1, "block": 1, "part": 2}, {"block": 1, "part": 1}):
        with pytest.raises(AttributeUniqueError):
            made(projects[0], **attrs)
    other.attrs["plot"] = 1
    with pytest.raises(AttributeUniqueError) as refused:
        other.save()

    (problem,) = refused.value.problems
    assert problem.code == "unique"
    assert set(problem.params["attributes"]) == {"block", "plot"}


@pytest.mark.parametrize(
    ("attribute", "one", "same"),
    [
        (Attribute("x", "decimal", unique=True), "1.5", Decimal("1.500")),
        (Attribute("x", "text", subtype="gb-post-code", unique=True), "SW1A 1AA", "sw1a1aa"),
        (Attribute("x", "text", subtype="phone-number", unique=True), "+44 20 7946 0018", "+442079460018"),
        (
            Attribute("x", "uuid", unique=True),
            "123e4567-e89b-12d3-a456-426614174000",
            "123E4567E89B12D3A456426614174000",
        ),
        (Attribute("x", "datetime", unique=True), "2024-01-01T00:00:00Z", "2024-01-01T07:00:00+07:00"),
        (Attribute("x", "text", unique=True), "e\u0301", "\u00e9"),
        (Attribute("x", "text", unique=True), "y" * 300, "y" * 300),
        (Attribute("x", "integer", unique=True), 3, 3.0),
        (Attribute("x", "boolean", unique=True), True, True),
        (Attribute("x", "text", multiple=True, unique=True), ["a", "b"], ("a", "b")),
    ],
    ids=lambda given: given.type if isinstance(given, Attribute) else None,
)
def test_two_spellings_of_a_value_are_one(attribute, one, same, projects):
    define(attribute)
    sync()
    made(projects[0], x=one)

    with pytest.raises(AttributeUniqueError):
        made(projects[0], x=same)


def test_a_text_that_looks_like_a_digest_is_not_taken_for_one(projects):
    define(Attribute("x", "text", unique=True))
    sync()
    long = made(projects[0], x="y" * 300)
    digest = stored(long)["$value:x"]

    made(projects[0], x=str(digest))


# ---- doors ----


def _create(record):
    Party.objects.create(project=record.project, type="IN", attrs=dict(record.attrs))


def _save(record):
    party(record.project, **record.attrs).save()


def _bulk(record):
    Party.objects.bulk_create([party(record.project, **record.attrs)])


def _plain_bulk(record):
    Party._base_manager.bulk_create([party(record.project, **record.attrs)])


def _update(record):
    other = made(record.project)
    other.attrs["phone"] = record.attrs["phone"]
    other.save()


def _update_field(record):
    other = made(record.project)
    other.attrs["phone"] = record.attrs["phone"]
    other.save(update_fields=["attrs"])


def _bulk_update(record):
    other = made(record.project)
    other.attrs["phone"] = record.attrs["phone"]
    Party.objects.bulk_update([other], ["attrs"])


def _plain_bulk_update(record):
    other = made(record.project)
    other.attrs["phone"] = record.attrs["phone"]
    Party._base_manager.bulk_update([other], ["attrs"])


def _update_attributes(record):
    other = made(record.project)
    update_attributes(Party.objects.filter(pk=other.pk), {"phone": record.attrs["phone"]})


def _update_two(record):
    others = [made(record.project).pk, made(record.project).pk]
    update_attributes(Party.objects.filter(pk__in=others), {"phone": "new"})


def _move(record):
    organization = Organization.objects.exclude(pk=record.project.organization_id).get()
    other = made(Project.objects.get(organization=organization), phone=record.attrs["phone"])
    other.project = record.project
    other.save()


def _move_field(record):
    organization = Organization.objects.exclude(pk=record.project.organization_id).get()
    other = made(Project.objects.get(organization=organization), phone=record.attrs["phone"])
    other.project = record.project
    other.save(update_fields=["project"])


def _move_in_bulk(record):
    organization = Organization.objects.exclude(pk=record.project.organization_id).get()
    other = made(Project.objects.get(organization=organization), phone=record.attrs["phone"])
    Party.objects.filter(pk=other.pk).update(project=record.project)


def _bulk_move(record):
    organization = Organization.objects.exclude(pk=record.project.organization_id).get()
    other = made(Project.objects.get(organization=organization), phone=record.attrs["phone"])
    other.project = record.project
    Party.objects.bulk_update([other], ["project"])


DOORS = {
    function.__name__.strip("_"): function
    for function in (
        _create,
        _save,
        _bulk,
        _plain_bulk,
        _update,
        _update_field,
        _bulk_update,
        _plain_bulk_update,
        _update_attributes,
        _update_two,
        _move,
        _move_field,
        _move_in_bulk,
        _bulk_move,
    )
}


@pytest.mark.parametrize("in_transaction", [False, True], ids=["autocommit", "atomic"])
@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_no_door_lets_a_second_one_in(door, in_transaction, unique_phone, projects):
    record = made(projects[0], phone="1")

    block = transaction.atomic() if in_transaction else nullcontext()
    with pytest.raises(AttributeUniqueError) as refused, block:
        door(record)

    assert isinstance(refused.value, IntegrityError)
    assert isinstance(refused.value, ValidationError)
    assert refused.value.message_dict == {"attrs": ["phone: Another record has this value already."]}
    assert [entry.params["attribute"] for entry in refused.value.error_dict["attrs"]] == ["phone"]
    in_scope = Party.objects.filter(project__organization=projects[0].organization, attrs__phone__isnull=False)
    assert in_scope.count() == 1
    assert claims_are_right()
    assert connection.execute_wrappers == []


def test_a_refusal_in_a_transaction_leaves_it_usable(unique_phone, projects):
    made(projects[0], phone="1")
    with transaction.atomic():
        with pytest.raises(AttributeUniqueError):
            made(projects[0], phone="1")
        made(projects[0], phone="2")

    assert sorted(Party.objects.values_list("attrs__phone", flat=True)) == ["1", "2"]


def test_in_bulk_the_error_says_which_and_nothing_is_written(unique_phone, projects):
    with pytest.raises(AttributeUniqueError) as refused:
        Party.objects.bulk_create([party(projects[0], phone=value) for value in ("1", "2", "1")])

    assert refused.value.index == 2
    assert not Party.objects.exists()


def test_two_records_can_exchange_values_with_a_third_in_between(unique_phone, projects):
    one, two = made(projects[0], phone="1"), made(projects[0], phone="2")
    for record, value in ((one, None), (two, "1"), (one, "2")):
        record.attrs["phone"] = value
        record.save()

    assert claims_are_right()
    assert {one.attrs["phone"], two.attrs["phone"]} == {"1", "2"}


def test_what_is_removed_or_null_is_free_again(unique_phone, projects):
    for let_go in (lambda attrs: attrs.pop("phone"), lambda attrs: attrs.update(phone=None)):
        record = made(projects[0], phone="1")
        let_go(record.attrs)
        record.save()
        made(projects[0], phone="1").delete()


def test_get_or_create_finds_by_an_attribute(unique_phone, projects):
    made(projects[0], phone="1")
    found, is_new = Party.objects.get_or_create(
        attrs__phone="1", defaults={"project": projects[0], "type": "IN", "attrs": {"phone": "1"}}
    )
    assert not is_new
    assert found.attrs["phone"] == "1"


def test_a_rolled_back_claim_is_made_again(unique_phone, projects):
    record = made(projects[0])
    with transaction.atomic():
        record.attrs["phone"] = "1"
        record.save()
        transaction.set_rollback(True)
    record.save()

    assert claims_are_right()
    with pytest.raises(AttributeUniqueError):
        made(projects[0], phone="1")


def test_full_clean_finds_a_duplicate_in_one_query(unique_phone, projects):
    made(projects[0], phone="1")
    double = party(projects[0], phone="1")
    free = party(projects[0], phone="2")
    double.name = free.name = "N"
    with asked() as queries:
        free.full_clean(exclude=["project"])
    assert len([query for query in queries if f'FROM "{Party._meta.db_table}"' in query]) == 1

    with pytest.raises(ValidationError) as refused:
        double.full_clean()
    assert [entry.code for entry in refused.value.error_dict["attrs"]] == ["unique"]


def test_an_error_says_nothing_of_the_other_record(unique_phone, projects):
    made(projects[0], phone="1")
    with pytest.raises(AttributeUniqueError) as refused:
        made(projects[1], phone="1")

    assert str(Party.objects.get().pk) not in str(refused.value).replace("1 ", "")
    assert refused.value.problems[0].params == {}


def test_other_errors_of_the_database_pass_through(unique_phone, projects):
    record = made(projects[0], phone="1")
    with pytest.raises(IntegrityError) as refused:
        Party.objects.bulk_create([Party(pk=record.pk, project=projects[0], type="IN", attrs={"phone": "2"})])
    assert not isinstance(refused.value, AttributeUniqueError)


# ---- moves ----


def test_a_stale_claim_is_put_right_when_it_is_in_the_way(unique_phone, projects):
    for in_transaction in (False, True):
        here = Project.objects.create(organization=projects[0].organization, slug=f"h{in_transaction}", name="H")
        moved = made(here, phone=f"m{in_transaction}")
        Project.objects.filter(pk=here.pk).update(organization=projects[2].organization)

        if in_transaction:
            with transaction.atomic():
                made(projects[0], phone=f"m{in_transaction}")
        else:
            made(projects[0], phone=f"m{in_transaction}")

        assert claims_are_right()
        with pytest.raises(AttributeUniqueError):
            made(projects[2], phone=moved.attrs["phone"])


def test_the_audit_puts_stale_claims_right_and_tells_of_duplicates(unique_phone, projects):
    here, _, elsewhere = projects
    one, two, other = made(here, phone="1"), made(here, phone="2"), made(elsewhere, phone="2")
    here.organization = elsewhere.organization
    here.save()

    told, code = check_claims()
    assert code == 1
    assert "unique" in told
    assert stored(one)["$scope:phone"] == stored(other)["$scope:phone"]
    with pytest.raises(AttributeUniqueError):
        made(elsewhere, phone="1")
    two = Party.objects.get(pk=two.pk)
    two.attrs["phone"] = "3"
    two.save()

    assert check_claims()[1] == 0
    assert claims_are_right()


def test_projects_that_change_places_keep_their_values(unique_phone, projects):
    here, _, elsewhere = projects
    made(here, phone="1")
    made(elsewhere, phone="1")
    here.organization, elsewhere.organization = elsewhere.organization, here.organization
    here.save()
    elsewhere.save()

    assert check_claims()[1] == 0
    assert claims_are_right()


def test_retired_and_restored(offices, projects):
    schema = define(PHONE, Attribute("other", "text"), selectors=(offices[0],))
    sync()
    kept = made(projects[0], phone="1")
    schema.retire()
    define(Attribute("phone", "text"))
    made(projects[0], phone="1")
    loose = Party.objects.get(pk=kept.pk)
    loose.attrs["phone"] = "2"
    loose.save()
    schema.restore()

    told, code = check_claims()
    assert code == 0, told
    for value in ("1", "2"):
        with pytest.raises(AttributeUniqueError):
            made(projects[1], phone=value)


# ---- turning it on ----


def test_turning_it_on_over_existing_records(projects):
    sync("--prune")  # what other tests have left
    define(Attribute("phone", "text"))
    for value in ("1", "2", "2", None):
        made(projects[0], phone=value)
    define(PHONE)
    made(projects[0], phone="3")
    with pytest.raises(AttributeUniqueError):  # what claims already is asked for before there is an index
        made(projects[1], phone="3")

    with pytest.raises(CommandError):
        sync()
    assert UniquenessRecord.objects.get().state == UniquenessRecord.BUILDING
    Party.objects.filter(attrs__phone="2").first().delete()
    assert "built" in sync()
    assert UniquenessRecord.objects.get().state == UniquenessRecord.ENFORCED
    assert "nothing to be done" in sync()
    with pytest.raises(AttributeUniqueError):
        made(projects[0], phone="1")
    assert claims_are_right()


def test_an_interrupted_backfill_goes_on_where_it_was(projects, monkeypatch):
    from jsonattrs_django.uniqueness import enforcing

    define(Attribute("phone", "text"))
    Party.objects.bulk_create([party(projects[0], phone=str(number)) for number in range(50)])
    define(PHONE)
    monkeypatch.setattr(enforcing, "_BATCH", 10)
    looked_at = []
    mended = enforcing.mend_again

    def interrupted(field, using, pks, **options):
        looked_at.append(list(pks))
        if len(looked_at) == 3:
            raise KeyboardInterrupt
        return mended(field, using, pks, **options)

    monkeypatch.setattr(enforcing, "mend_again", interrupted)
    with pytest.raises(KeyboardInterrupt):
        sync()
    sync()

    seen = [pk for pks in looked_at for pk in pks]
    assert len(looked_at) == 6  # the third batch twice
    assert len(set(seen)) == 50
    assert claims_are_right()
    assert UniquenessRecord.objects.get().state == UniquenessRecord.ENFORCED


def test_one_index_serves_all_scopes_and_a_new_one_is_seen_to(offices, projects):
    for organization in offices:
        define(PHONE, selectors=(organization,))
    sync()
    late = Organization.objects.create(slug="c", name="c")
    project = Project.objects.create(organization=late, slug="c", name="c")
    define(Attribute("phone", "text"), selectors=(late,))
    made(project, phone="1")
    define(PHONE, selectors=(late,))

    assert "claimed" in sync()
    with connection.cursor() as cursor:
        names = connection.introspection.get_constraints(cursor, Party._meta.db_table)
    assert len([name for name in names if "phone_uniq" in name]) == 1
    with pytest.raises(AttributeUniqueError):
        made(project, phone="1")


def test_reserved_members_are_seen_by_nobody(unique_phone, projects):
    record = Party.objects.get(pk=made(projects[0], phone="1").pk)

    assert dict(record.attrs) == {"phone": "1"}
    assert record.attrs.orphans == {}
    assert list(Party.objects.values_list("attrs", flat=True)) == [{"phone": "1"}]
    found = Party.objects.annotate(
        inner=Subquery(Party.objects.values("attrs")[:1]), first=Coalesce("attrs", Value({}, output_field=JSONField()))
    )
    assert list(found.values_list("inner", "first")) == [({"phone": "1"}, {"phone": "1"})]
    with pytest.raises(FieldError):
        Party.objects.filter(attrs__has_key="$scope:phone")
    if connection.vendor == "postgresql":
        assert Party.objects.filter(attrs__contained_by={"phone": "1", "x": 2}).exists()
        assert not Party.objects.filter(attrs__contained_by={"x": 2}).exists()


def test_a_copy_claims_its_own(unique_phone, projects):
    record = made(projects[0], phone="1")
    record.pk = None
    record._state.adding = True
    record.project = projects[2]
    record.save()

    assert claims_are_right()


def test_a_value_written_around_the_library_is_found_by_the_audit(unique_phone, projects):
    made(projects[0], phone="1")
    other = made(projects[0])
    store(other, '{"phone": "1"}')

    assert check_claims()[1] == 1


def test_what_conflicts_is_left_out_where_that_was_asked_for(unique_phone, projects):
    made(projects[0], phone="1")
    Party.objects.bulk_create([party(projects[0], phone=value) for value in ("1", "2", "2")], ignore_conflicts=True)

    assert sorted(Party.objects.values_list("attrs__phone", flat=True)) == ["1", "2"]
