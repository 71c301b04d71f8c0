"""Which indexes the schemas ask for: read from their rows, and written as SQL."""

from __future__ import annotations

import random

import pytest
from django.db import connection, transaction
from testapp.models import Pair, Place, Restaurant

from jsonattrs_core import Attribute, SchemaError
from jsonattrs_django.fields import JSONAttributeField
from jsonattrs_django.indexes.names import index_name, is_ours, partition_index_name, unique_index_name
from jsonattrs_django.indexes.recipes import recipes, unique_spec
from jsonattrs_django.indexes.wanted import Indexed, Wanted, wanted
from jsonattrs_django.models import SchemaRecord

POSTGRESQL = connection.vendor == "postgresql"
ATTRS = Pair._meta.get_field("attrs")


def define(first, second, *attributes, **options):
    return SchemaRecord.objects.define(Pair, attributes, selectors=(first, second), **options)


def short(name, **properties):
    return Attribute(name, "text", constraints={"max_length": 600}, **properties)


def found(field=ATTRS):
    return wanted(field, "default")


# ---- names ----

STRANGE = ["attrs", 'a "quoted" column', "Größe", "x" * 63, "", "select"]


@pytest.mark.parametrize("column", STRANGE)
@pytest.mark.parametrize("key", ["phone", "Phone-Number", "x" * 63, "0", "_", ""])
def test_a_name_fits_and_is_ours(column, key):
    name = index_name("a_table", column, key, "iword", "definition")
    assert len(name.encode()) <= 63
    assert is_ours(name)
    assert is_ours(partition_index_name(name, '"public"."part"'))
    assert len(partition_index_name(name, "x" * 200)) == len(name)


def test_whatever_makes_an_index_another_one_gives_it_another_name():
    given = ["table", "column", "key", "kind", "definition"]
    changed = [[*given[:place], "other", *given[place + 1 :]] for place in range(5)]
    moved = ["table", "column", "keyk", "ind", "definition"]
    assert len({index_name(*each) for each in [given, *changed, moved]}) == 7


def test_a_name_holds_its_column_and_its_key_for_people():
    assert index_name("t", "attrs", "birth-date", "like", "x").startswith("jsonattrs_attrs_birth_date_like_")


def test_the_name_of_a_unique_index_goes_by_the_keys_whatever_their_order():
    assert unique_index_name("t", "c", ("a", "b")) == unique_index_name("t", "c", ["b", "a"])
    different = [("t", "c", ("a",)), ("t", "c", ("a", "b")), ("t", "d", ("a",)), ("u", "c", ("a",))]
    assert len({unique_index_name(*each) for each in different}) == 4


@pytest.mark.parametrize(
    "name",
    [
        "jsonattrs_attribute_key",
        "jsonattrs_selector_row",
        "testapp_note_team_id_0123abcd",
        "jsonattrs_attrs_x_0123456789_ccnew",
        "my_jsonattrs_attrs_x_0123456789",
        "jsonattrs_attrs_x_0123456789\n",
    ],
)
def test_other_names_are_not_ours(name):
    assert not is_ours(name)


# ---- what is wanted ----

pytestmark = pytest.mark.django_db


def indexed(key, kind, multiple=False, is_trigram=False, is_everywhere=True):
    return Indexed(key, kind, multiple, is_trigram, is_everywhere)


def test_attributes_of_the_schema_of_all_records_and_of_one_scope():
    define(None, None, Attribute("score", "integer", indexed=True), Attribute("note", "text"))
    define("a", None, short("local", key="l", indexed="trigram"))
    define("b", None, short("local", key="l", indexed=True))
    define("c", None, Attribute("tags", "text", multiple=True, indexed=True), Attribute("off", "text", indexed=False))

    assert found().indexed == (
        indexed("l", "text", is_trigram=True, is_everywhere=False),
        indexed("score", "integer"),
        indexed("tags", "text", multiple=True, is_everywhere=False),
    )


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(Attribute(key="s", indexed=True), id="by-key"),
        pytest.param(Attribute("score", indexed=True), id="by-name"),
        pytest.param(Attribute("points", key="s", indexed=True), id="renamed"),
        pytest.param(Attribute(key="s", indexed="trigram"), id="trigram"),
    ],
)
def test_what_a_scope_only_asks_of_an_inherited_attribute(change):
    define(None, None, short("score", key="s"))
    define("a", None, change)

    assert found().indexed == (indexed("s", "text", is_trigram=change.indexed == "trigram"),)


def test_what_changes_an_attribute_of_a_scope_in_between_by_its_name():
    define("a", None, Attribute("score", "float", key="s"))
    define("a", "b", Attribute("score", indexed=True))

    assert found().indexed == (indexed("s", "float", is_everywhere=False),)


def test_a_key_that_is_another_attributes_name_is_the_key():
    define(None, None, short("b", key="a"), short("a", key="c"))
    define("x", None, Attribute("a", indexed=True))

    assert found().indexed == (indexed("a", "text"),)


def test_a_list_made_of_an_indexed_attribute():
    define(None, None, Attribute("score", "integer", indexed=True))
    define("a", None, Attribute("score", multiple=True))

    assert found().indexed == (
        indexed("score", "integer"),
        indexed("score", "integer", multiple=True, is_everywhere=False),
    )


def test_another_type_in_a_scope_has_an_index_of_its_own():
    define(None, None, Attribute("score", "integer", indexed=True))
    define("a", None, short("score", indexed=True))
    define("b", None, Attribute("score", "decimal"))

    assert found().indexed == (indexed("score", "integer"), indexed("score", "text", is_everywhere=False))


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_what_is_no_part_of_a_schema_asks_for_nothing(status):
    define(None, None, Attribute("score", "integer", indexed=True, status=status))
    define("a", None, Attribute("local", "integer", indexed=True)).retire()

    assert found() == Wanted()


def test_what_a_scope_brings_back():
    define(None, None, Attribute("score", "integer", indexed=True, status="retired"))
    define("a", None, Attribute(key="score", status="active"))

    assert [each.key for each in found().indexed] == ["score"]


def test_what_is_left_out_is_retired_and_asks_for_nothing():
    define(None, None, Attribute("score", "integer", indexed=True), Attribute("x", "text"))
    define(None, None, Attribute("x", "text"))

    assert found() == Wanted()


LONG = {
    "elsewhere": [("b", Attribute("note", "text"))],
    "elsewhere-limited-too-high": [("b", Attribute("note", "text", constraints={"max_length": 601}))],
    "in-general": [(None, Attribute("note", "text")), ("b", Attribute("note", "date"))],
    "loosened": [(None, short("note")), ("b", Attribute("note", constraints={"max_length": 1000}))],
    "no-limit": [(None, short("note")), ("b", Attribute("note", constraints={"max_length": None}))],
    "taken-away": [(None, short("note")), ("b", Attribute("note", constraints=None))],
}
NOT_LONG = {
    "elsewhere-short": [("b", short("note"))],
    "elsewhere-tightened": [(None, short("note")), ("b", Attribute("note", constraints={"max_length": 5}))],
    "elsewhere-other-constraints": [(None, short("note")), ("b", Attribute("note", constraints={"min_length": 5}))],
    "elsewhere-a-list": [("b", Attribute("note", "text", multiple=True))],
    "elsewhere-another-type": [("b", Attribute("note", "object"))],
    "elsewhere-a-draft": [("b", Attribute("note", "text", status="draft"))],
    "elsewhere-choices": [("b", Attribute("note", "text", choices=["yes", "no"]))],
}


@pytest.mark.parametrize("others", LONG.values(), ids=LONG)
def test_texts_that_are_long_in_another_scope(others):
    for first, attribute in others:
        define(first, None, attribute)
    define("a", None, short("note", indexed=True))

    assert [each.is_long for each in found().indexed] == [True]


@pytest.mark.parametrize("others", NOT_LONG.values(), ids=NOT_LONG)
def test_texts_that_are_short_in_every_scope(others):
    for first, attribute in others:
        define(first, None, attribute)
    define("a", None, short("note", indexed=True))

    assert [each.is_long for each in found().indexed if each.type == "text" and not each.multiple] == [False]


def test_schemas_of_another_field_say_nothing():
    SchemaRecord.objects.define(Restaurant, [short("a", indexed=True)], field="menu")
    SchemaRecord.objects.define(Place, [short("b", indexed=True)])

    assert [each.key for each in found(Restaurant._meta.get_field("menu")).indexed] == ["a"]
    assert [each.key for each in found(Place._meta.get_field("attrs")).indexed] == ["b"]
    assert found() == Wanted()


def test_unique_attributes_and_groups_once_for_all_scopes():
    define(None, None, Attribute("phone", "text", key="p"), Attribute("code", "text"), Attribute("x", "text"))
    for first in "abc":
        define(first, None, Attribute("phone", unique=True), unique_together=[("phone", "code"), ("code", "x")])
    define("d", None, Attribute("x", unique=False), unique_together=[("code", "phone")])

    assert found() == Wanted((), (("code", "p"), ("code", "x"), ("p",)))


def test_a_group_may_name_an_attribute_by_the_name_of_its_scope():
    define(None, None, Attribute("phone", "text", key="p"), Attribute("code", "text"))
    define("a", None, Attribute("mobile", key="p"), unique_together=[("mobile", "code")])

    assert found().claims == (("code", "p"),)


def test_thousands_of_scopes_take_two_queries(django_assert_num_queries):
    rows = [{"key": "score", "name": "score", "type": "integer", "indexed": True, "unique": True}]
    template = define("0", None, Attribute("score", "integer", indexed=True, unique=True), unique_together=[("score",)])
    records = [
        SchemaRecord(content_type=template.content_type, field="attrs", name="x", digest=f"{number:064}")
        for number in range(2000)
    ]
    SchemaRecord.objects.bulk_create(records)
    make = template.attributes.model
    make.objects.bulk_create(
        make(schema=record, position=0, key="score", definition=row) for record in records for row in rows
    )

    with django_assert_num_queries(2):
        assert found() == Wanted((indexed("score", "integer", is_everywhere=False),), (("score",),))


GARBAGE = [[], "text", {"type": 5}, {"key": "x' OR 1=1", "type": "text", "indexed": True}, {"indexed": True}, {}]


@pytest.mark.parametrize("definition", GARBAGE, ids=repr)
def test_rows_that_nobody_defined_ask_for_nothing(definition):
    record = define(None, None, Attribute("good", "integer", indexed=True))
    key = definition.get("key", "x") if isinstance(definition, dict) else "x"
    record.attributes.create(position=9, key=key, definition=definition)

    assert found() == Wanted((indexed("good", "integer"),))


# Everything that a composed schema asks for is wanted, whatever is defined where.

NAMES = ("a", "b", "c")
TYPES = ("text", "text", "integer", "date")


def random_attribute(dice, is_general):
    """Return a definition, or what changes an inherited one, by its key, its name or both."""
    given = {}
    name = dice.choice(NAMES)
    if dice.random() < (0.9 if is_general else 0.3):
        given["type"] = dice.choice(TYPES)
        given["constraints"] = {"max_length": 9} if given["type"] == "text" else {}
    if dice.random() < 0.4:
        given["key"] = dice.choice((*NAMES, "k"))
    if dice.random() < 0.5:
        given["indexed"] = dice.choice([True, True, False])
    if dice.random() < 0.3:
        given["multiple"] = dice.choice([True, False])
    if dice.random() < 0.2:
        given["unique"] = True
    if dice.random() < 0.3:
        given["status"] = dice.choice(["active", "deprecated", "retired", "draft"])
    if "key" in given and "type" not in given and dice.random() < 0.5:
        return Attribute(**given)
    return Attribute(name, **given)


SCOPES = [(None, None), ("x", None), ("y", None), (None, "z"), ("x", "z")]


def test_whatever_a_scope_asks_for_is_wanted_and_little_else():
    asked_for = superfluous = 0
    for seed in range(40):
        with transaction.atomic():
            define_at_random(random.Random(seed))
            needed = {need for composed in SchemaRecord.objects.scopes(Pair).values() for need in needs(composed)}
            have = found()
            given = {(each.key, each.type, each.multiple) for each in have.indexed} | {*have.claims}
            transaction.set_rollback(True)

        assert needed <= given, seed
        asked_for += len(needed)
        superfluous += len(given - needed)
    assert asked_for > 40
    assert superfluous < asked_for / 4


def define_at_random(dice):
    for first, second in SCOPES:
        try:
            several = [random_attribute(dice, first is second) for _ in range(dice.randint(1, 4))]
            define(first, second, *{each.key or each.name: each for each in several}.values())
        except SchemaError:
            continue  # such as two names for one key


def needs(composed):
    """Return what a composed schema asks for."""
    kinds = {(str(each.key), each.type, each.multiple is True) for each in composed.values() if each.indexed}
    return kinds | {(str(each.key),) for each in composed.values() if each.unique is True}


# ---- recipes ----


def made(*wants, claims=(), gin=False):
    """Return the recipes as kind, method, operator class, and whether records without a value are left out."""
    field = JSONAttributeField(gin=gin)
    field.set_attributes_from_name("attrs")
    field.model = Pair
    done = recipes(field, Wanted(wants, claims), connection)
    shown = [
        (spec.method, [element.opclass for element in spec.elements], bool(spec.where), spec.is_unique)
        for spec in done.specs
    ]
    return shown, list(done.impossible)


SCALARS = ["integer", "float", "decimal", "boolean", "date", "datetime", "time", "uuid", "reference"]


@pytest.mark.parametrize("kind", SCALARS)
def test_one_index_for_values_that_are_compared(kind):
    assert made(indexed("k", kind)) == ([("btree", [""], False, False)], [])


def test_a_duration_only_where_the_database_itself_can_read_it():
    shown, impossible = made(indexed("k", "duration"))
    assert (len(shown), len(impossible)) == ((1, 0) if POSTGRESQL else (0, 1))


def test_texts():
    beginning = [("btree", ["text_pattern_ops"], False, False)] if POSTGRESQL else []
    assert made(indexed("k", "text")) == ([("btree", [""], False, False), *beginning], [])


def test_texts_that_are_searched():
    shown, impossible = made(indexed("k", "text", is_trigram=True))
    within = [("gin", ["gin_trgm_ops"], False, False)] * 2
    assert shown[2:] == (within if POSTGRESQL else [])
    assert impossible == ([] if POSTGRESQL else ["k (text): SQLite has no index for parts of texts"])


@pytest.mark.parametrize("is_trigram", [False, True])
def test_long_texts_are_found_by_their_parts_or_not_at_all(is_trigram):
    shown, impossible = made(Indexed("k", "text", False, is_trigram, True, is_long=True))
    if POSTGRESQL:
        assert shown == [("gin", ["gin_trgm_ops"], False, False)] * 2 * is_trigram
        assert "more than 600 characters" in impossible[0]
    else:
        assert shown == [("btree", [""], False, False)]  # of any length


@pytest.mark.parametrize("want", [indexed("k", "object"), indexed("k", "text", multiple=True)])
def test_lists_and_objects_by_their_members(want):
    shown, impossible = made(want)
    assert shown == ([("gin", ["jsonb_path_ops"], False, False)] if POSTGRESQL else [])
    assert len(impossible) == (0 if POSTGRESQL else 1)


def test_what_few_records_have_leaves_the_others_out():
    shown, _ = made(indexed("k", "text", is_trigram=True, is_everywhere=False))
    assert all(is_partial for _, _, is_partial, _ in shown)


def test_each_expression_of_what_few_records_have_is_counted_once():
    want = indexed("k", "text", is_trigram=True, is_everywhere=False)
    counted = [
        spec.elements[0].sql for spec in recipes(ATTRS, Wanted((want,)), connection).specs if spec.has_statistics
    ]
    assert len(counted) == len(set(counted)) == (2 if POSTGRESQL else 0)


def test_claims():
    shown, impossible = made(claims=(("a",), ("a", "b")))
    assert shown == [("btree", [""] * 2, True, True), ("btree", [""] * 3, True, True)]
    assert impossible == []


def test_the_whole_document():
    shown, impossible = made(gin=True)
    assert shown == ([("gin", ["jsonb_path_ops"], False, False)] if POSTGRESQL else [])
    assert impossible == ([] if POSTGRESQL else ["gin=True: SQLite has no index for whole documents"])


def test_the_index_of_a_claim_has_the_name_that_is_known_without_it():
    spec = unique_spec(ATTRS, ("a", "b"), connection)
    assert spec.name == unique_index_name("testapp_pair", "attrs", ("b", "a"))
    assert spec.keys == ("a", "b")


def test_recipes_that_differ_have_names_that_differ():
    wants = [
        indexed("k", kind, multiple, is_everywhere=is_everywhere)
        for kind in SCALARS
        for multiple in (False, True)
        for is_everywhere in (False, True)
    ]
    specs = recipes(ATTRS, Wanted(tuple(wants)), connection).specs
    assert len({spec.name for spec in specs}) == len(specs) == len({(spec.elements, spec.where) for spec in specs})


# ---- the option of the field ----


class Searched(JSONAttributeField):
    gin = True


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (JSONAttributeField(), False),
        (JSONAttributeField(gin=True), True),
        (Searched(), True),
        (Searched(gin=False), False),
    ],
)
def test_gin_is_an_option_and_makes_no_migration(field, expected):
    assert field.gin is expected
    field.set_attributes_from_name("attrs")
    assert field.deconstruct()[1:] == ("jsonattrs_django.fields.JSONAttributeField", [], {})
