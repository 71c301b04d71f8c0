"""Indexes of PostgreSQL: built beside the writers, again after an interruption, in parts, and never half."""

from __future__ import annotations

import json
import os
import time
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, models, transaction
from testapp.models import Note

from jsonattrs_core import Attribute
from jsonattrs_django.fields import JSONAttributeField
from jsonattrs_django.indexes import statements
from jsonattrs_django.indexes.building import build, create_sql, drop, trigrams
from jsonattrs_django.indexes.errors import DuplicateValues, IndexProblem
from jsonattrs_django.indexes.recipes import recipes, unique_spec
from jsonattrs_django.indexes.tables import relation
from jsonattrs_django.indexes.wanted import Indexed, Wanted
from jsonattrs_django.models import SchemaRecord
from tests.django.indexes import another_session, drop_all, execute, fetched, model_of, own, statistics, synced
from tests.django.others import Process, Thread

__test__ = connection.vendor == "postgresql"  # SQLite has none of this
pytestmark = pytest.mark.django_db(transaction=True)
ATTRS = Note._meta.get_field("attrs")
INSERT = "INSERT INTO testapp_note (kind, title, attrs) VALUES ('', '', '{}')"


@pytest.fixture(autouse=True)
def _no_indexes_are_left(transactional_db):
    yield
    execute("SET lock_timeout = 0; SET statement_timeout = 0; RESET ROLE")
    drop_all()


def spec_of(kind="integer", field=ATTRS, **given):
    given = {"multiple": False, "is_trigram": False, "is_everywhere": True, **given}
    return recipes(field, Wanted((Indexed("k", kind, **given),)), connection).specs[-1]


def duplicates(field=ATTRS):
    """Make two records with the same claim; return the index that refuses them."""
    for _ in range(2):
        execute(INSERT.replace("{}", '{"$scope:k": 1, "$value:k": "same"}'))
    return unique_spec(field, ("k",), connection)


def interrupt(spec):
    """Leave what an interrupted build leaves: an index that is not valid."""
    table = relation(connection, spec.table)
    with another_session() as other:
        other.execute(INSERT)  # a transaction that the build has to wait for
        execute("SET statement_timeout = '100ms'")
        with pytest.raises(DatabaseError, match="statement timeout"):
            execute(create_sql(spec, table, spec.name, "CONCURRENTLY"))
    execute("SET statement_timeout = 0")
    assert own(Note) == {spec.name: False}


@contextmanager
def somebody(rights):
    """Let the session be one of somebody with few rights within the block."""
    name = f"somebody_{os.getpid()}"  # roles are those of all databases
    execute(f"CREATE ROLE {name}; {rights} {name}; SET ROLE {name}")
    try:
        yield
    finally:
        execute(f"RESET ROLE; DROP OWNED BY {name}; DROP ROLE {name}")


# ---- one index ----


def test_an_index_is_built_once():
    spec = spec_of()
    assert build(spec, connection)
    assert own(Note) == {spec.name: True}
    assert not build(spec, connection)


def test_writers_go_on_while_an_index_is_built():
    with another_session() as other:
        other.execute(INSERT)
        building = Thread(lambda: build(spec_of(), connection))
        while not own(Note):  # it waits for the other transaction to end
            time.sleep(0.05)
        execute("SET lock_timeout = '500ms'")
        execute(INSERT)
        assert own(Note) == {spec_of().name: False}
    assert building.answer()
    assert own(Note) == {spec_of().name: True}


@pytest.mark.parametrize("unique", [False, True])
def test_what_an_interrupted_build_has_left_is_built_again(unique):
    spec = unique_spec(ATTRS, ("k",), connection) if unique else spec_of()
    interrupt(spec)
    assert build(spec, connection)
    assert own(Note) == {spec.name: True}


def test_a_unique_index_is_refused_where_values_are_the_same():
    spec = duplicates()
    with pytest.raises(DuplicateValues) as caught:
        build(spec, connection)
    assert own(Note) == {}
    assert "same values" in str(caught.value)
    execute("UPDATE testapp_note SET attrs = jsonb_set(attrs, '{$value:k}', to_jsonb(id::text))")
    assert build(spec, connection)


def test_the_refusal_of_another_index_is_no_word_on_duplicates():
    execute(INSERT.replace("{}", json.dumps({"k": "".join(map(chr, range(0x4E00, 0x5E00)))})))
    with pytest.raises(IndexProblem, match="too long") as caught:
        build(spec_of("text"), connection)
    assert type(caught.value) is IndexProblem
    assert own(Note) == {}


@pytest.mark.parametrize("name", ["statement_timeout", "lock_timeout"])
def test_the_settings_of_the_session_stay_as_they_were(name):
    execute(f"SET {name} = '1234ms'")
    build(spec_of(), connection)
    assert fetched(f"SHOW {name}") == [("1234ms",)]


def test_a_timeout_for_statements_is_not_meant_for_indexes():
    execute(INSERT)
    with another_session() as other:
        other.execute(INSERT)
        execute("SET statement_timeout = '200ms'")
        thread = Thread(lambda: time.sleep(1) or other.connection.rollback())
        assert build(spec_of(), connection)
        thread.answer()


def test_no_lock_within_lock_timeout_is_said_and_put_right_later():
    with another_session() as other:
        other.execute(INSERT)
        execute("SET lock_timeout = '200ms'")
        with pytest.raises(IndexProblem, match=r"no lock could be had.*lock_timeout.*run attributes_sync again"):
            build(spec_of(), connection)
    execute("SET lock_timeout = 0")
    assert build(spec_of(), connection)
    assert own(Note) == {spec_of().name: True}


def test_inside_a_transaction_it_is_refused():
    with transaction.atomic(), pytest.raises(IndexProblem, match="inside a transaction"):
        build(spec_of(), connection)
    connection.set_autocommit(False)
    try:
        with pytest.raises(IndexProblem, match="AUTOCOMMIT"):
            build(spec_of(), connection)
    finally:
        connection.rollback()
        connection.set_autocommit(True)


def test_who_does_not_own_the_table_is_told():
    rights = "GRANT SELECT ON ALL TABLES IN SCHEMA public TO"
    with somebody(rights), pytest.raises(IndexProblem, match="has not the right to"):
        build(spec_of(), connection)


def test_two_sessions_take_turns():
    said = []
    with statements.locked(connection, "testapp_note"), statements.locked(connection, "testapp_note"):

        def other():
            with statements.locked(connection, "testapp_note", lambda: said.append("waits")):
                said.append("has it")

        thread = Thread(other)
        while not said:
            time.sleep(0.05)
        with statements.locked(connection, "testapp_note"):
            pass  # who has it may have it again, and gives it back as often
        time.sleep(0.7)
        assert said == ["waits"]
    thread.answer()
    assert said == ["waits", "has it"]


def test_two_processes_that_sync_at_the_same_time():
    short = {"constraints": {"max_length": 9}, "indexed": "trigram"}
    SchemaRecord.objects.define(Note, [Attribute(f"a{number}", "text", **short) for number in range(5)])
    command = "__import__('django.core.management').core.management.call_command('attributes_sync', 'testapp.Note')"
    with Process() as first, Process() as second:
        for process in (first, second):
            # what the command prints is not the answer
            process.start(f"[setattr(sys, 'stdout', sys.stderr), {command}, setattr(sys, 'stdout', sys.__stdout__)][1]")
        assert [first.answer(), second.answer()] == [None, None]
    assert len(own(Note)) == 20
    assert all(own(Note).values())


# ---- statistics ----


def test_what_few_records_have_is_counted_by_statistics_that_come_and_go_with_the_index():
    SchemaRecord.objects.define(Note, [Attribute("k", "integer", indexed=True)], selectors=(None, "x"))
    SchemaRecord.objects.define(Note, [Attribute("everywhere", "integer", indexed=True)])
    said = synced("testapp.Note", plan=True)[1]
    assert synced("testapp.Note")[0] == 0
    (name,) = [name for name in own(Note) if "_k_" in name]
    assert statistics(Note) == [name]
    assert said.count("CREATE STATISTICS") == 1
    execute("CREATE STATISTICS mine ON kind, title FROM testapp_note")
    try:
        SchemaRecord.objects.define(Note, [Attribute("y", "text")], selectors=(None, "x"))
        assert synced("testapp.Note", prune=True)[0] == 0
        assert statistics(Note) == ["mine"]
    finally:
        execute("DROP STATISTICS mine")


def test_statistics_of_partitions(parted):
    spec = spec_of(field=parted._meta.get_field("attrs"), is_everywhere=False)
    assert build(spec, connection)
    assert len(statistics(parted)) == 3
    drop(spec.name, relation(connection, spec.table), connection)
    assert statistics(parted) == []


# ---- trigrams ----


@pytest.fixture
def no_extension():
    execute("DROP EXTENSION IF EXISTS pg_trgm CASCADE")
    yield
    execute("RESET ROLE; DROP EXTENSION IF EXISTS pg_trgm CASCADE; DROP SCHEMA IF EXISTS elsewhere CASCADE")


def test_the_extension_is_created_where_it_is_missing(no_extension):
    assert build(spec_of("text", is_trigram=True), connection)


def test_an_extension_in_a_schema_of_its_own_is_found(no_extension):
    execute("CREATE SCHEMA elsewhere; CREATE EXTENSION pg_trgm SCHEMA elsewhere")
    assert build(spec_of("text", is_trigram=True), connection)


def test_who_may_not_create_the_extension_is_told_what_to_run(no_extension):
    said = r"pg_trgm.*in the database test_\w+: CREATE EXTENSION pg_trgm;"
    with somebody("GRANT USAGE ON SCHEMA public TO"), pytest.raises(IndexProblem, match=said):
        trigrams(connection)


# ---- names of tables and columns ----


def make_quoted():
    class Quoted(models.Model):
        attrs = JSONAttributeField(db_column="A strange column")

        class Meta:
            app_label = "testapp"
            managed = False
            db_table = '"a schema"."A table"'

    return Quoted


def test_a_table_of_another_schema():
    with model_of(make_quoted) as model:
        execute('CREATE SCHEMA "a schema"')
        try:
            execute('CREATE TABLE "a schema"."A table" (id serial, "A strange column" jsonb NOT NULL)')
            SchemaRecord.objects.define(model, [Attribute("k", "integer", indexed=True), Attribute("l", "text")])
            assert synced("testapp.Quoted")[0] == 0
            assert own(model) == {spec_of(field=model._meta.get_field("attrs")).name: True}
            assert "1 in place, nothing to be done" in synced("testapp.Quoted")[1]
            SchemaRecord.objects.define(model, [Attribute("l", "text")])
            assert synced("testapp.Quoted", prune=True)[0] == 0
            assert own(model) == {}
        finally:
            execute('DROP SCHEMA "a schema" CASCADE')


# ---- partitions ----


def make_parted():
    class Parted(models.Model):
        region = models.IntegerField()
        attrs = JSONAttributeField()

        class Meta:
            app_label = "testapp"
            managed = False
            db_table = "testapp_parted"

    return Parted


PARTS = """
CREATE TABLE testapp_parted (id serial, region int, attrs jsonb NOT NULL) PARTITION BY RANGE (region);
CREATE TABLE testapp_parted_low PARTITION OF testapp_parted FOR VALUES FROM (0) TO (10);
CREATE TABLE testapp_parted_high PARTITION OF testapp_parted FOR VALUES FROM (10) TO (99) PARTITION BY LIST (region);
CREATE TABLE testapp_parted_10 PARTITION OF testapp_parted_high FOR VALUES IN (10);
CREATE TABLE testapp_parted_rest PARTITION OF testapp_parted_high DEFAULT;
INSERT INTO testapp_parted (region, attrs) SELECT n % 20, jsonb_build_object('k', n) FROM generate_series(1, 1000) n;
"""
VALID = """
    SELECT count(*) FILTER (WHERE indisvalid), count(*) FROM pg_index JOIN pg_class t ON t.oid = indrelid
    JOIN pg_class i ON i.oid = indexrelid WHERE t.relname LIKE 'testapp_parted%' AND i.relname LIKE 'jsonattrs%'
"""


@pytest.fixture
def parted():
    with model_of(make_parted) as model:
        execute(PARTS)
        try:
            yield model
        finally:
            execute("DROP TABLE testapp_parted CASCADE")


def spec_of_parted(model):
    return spec_of(field=model._meta.get_field("attrs"))


def test_an_index_of_a_partitioned_table(parted):
    spec = spec_of_parted(parted)
    assert build(spec, connection)
    assert own(parted) == {spec.name: True}
    assert fetched(VALID) == [(5, 5)]
    assert not build(spec, connection)
    execute("SET enable_seqscan = off")
    plan = fetched(f"EXPLAIN SELECT id FROM testapp_parted WHERE ({spec.elements[0].sql}) = 5")
    execute("RESET enable_seqscan")
    assert "Seq Scan" not in str(plan)


def test_a_later_partition_gets_its_part_by_itself(parted):
    build(spec_of_parted(parted), connection)
    execute("CREATE TABLE testapp_parted_more PARTITION OF testapp_parted FOR VALUES FROM (100) TO (200)")
    assert not build(spec_of_parted(parted), connection)
    assert own(parted) == {spec_of_parted(parted).name: True}


@pytest.mark.parametrize("table", ["testapp_parted_low", "testapp_parted_10"])
def test_parts_of_which_one_was_interrupted_are_completed(parted, table, monkeypatch):
    spec = spec_of_parted(parted)
    run = statements.run

    def interrupted(connection, sql):
        if f'."{table}"' in sql and "CONCURRENTLY" in sql:
            raise KeyboardInterrupt
        run(connection, sql)

    monkeypatch.setattr("jsonattrs_django.indexes.building.run", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build(spec, connection)
    assert own(parted) == {spec.name: False}
    monkeypatch.undo()
    assert build(spec, connection)
    assert own(parted) == {spec.name: True}
    assert fetched(VALID) == [(5, 5)]


def test_a_partition_that_came_while_a_build_was_interrupted(parted, monkeypatch):
    spec = spec_of_parted(parted)
    monkeypatch.setattr("jsonattrs_django.indexes.building.children", lambda *_: [])
    build(spec, connection)
    monkeypatch.undo()
    assert own(parted) == {spec.name: False}
    execute("CREATE TABLE testapp_parted_more PARTITION OF testapp_parted FOR VALUES FROM (100) TO (200)")
    assert build(spec, connection)
    assert own(parted) == {spec.name: True}
    assert fetched("SELECT count(*) FROM pg_indexes WHERE tablename = 'testapp_parted_more'") == [(1,)]


def make_part():
    class Part(models.Model):
        region = models.IntegerField()
        attrs = JSONAttributeField()

        class Meta:
            app_label = "testapp"
            managed = False
            db_table = "testapp_parted_low"

    return Part


def test_pruning_a_partition_leaves_what_is_part_of_an_index(parted):
    build(spec_of_parted(parted), connection)
    with model_of(make_part):
        assert synced("testapp.Part", prune=True)[0] == 0
    assert fetched(VALID) == [(5, 5)]


def test_a_part_left_invalid_is_built_again(parted):
    spec = spec_of_parted(parted)
    with another_session() as other:
        other.execute("INSERT INTO testapp_parted_low (region, attrs) VALUES (3, '{}')")
        execute("SET lock_timeout = '100ms'")
        with pytest.raises(IndexProblem, match="lock"):
            build(spec, connection)
        assert fetched(VALID) == [(3, 5)]  # all but the part, and the whole
    execute("SET lock_timeout = 0")
    assert build(spec, connection)
    assert fetched(VALID) == [(5, 5)]


def test_an_index_of_a_partitioned_table_is_dropped_with_its_parts(parted):
    spec = spec_of_parted(parted)
    build(spec, connection)
    drop(spec.name, relation(connection, spec.table), connection)
    assert fetched(VALID) == [(0, 0)]


def test_parts_of_an_index_that_nothing_asks_for_any_more_are_pruned(parted, monkeypatch):
    SchemaRecord.objects.define(parted, [Attribute("k", "integer", indexed=True), Attribute("x", "text")])
    run = statements.run_briefly

    def interrupted(connection, sql):
        if "ATTACH" in sql:
            raise KeyboardInterrupt
        run(connection, sql)

    monkeypatch.setattr("jsonattrs_django.indexes.building.run_briefly", interrupted)
    with pytest.raises(KeyboardInterrupt):
        synced("testapp.Parted")
    monkeypatch.undo()
    assert fetched(VALID) == [(1, 3)]
    SchemaRecord.objects.define(parted, [Attribute("x", "text")])
    assert synced("testapp.Parted")[0] == 0
    assert synced("testapp.Parted", prune=True)[0] == 0
    assert fetched(VALID) == [(0, 0)]


def test_a_unique_index_cannot_be_had_on_partitions(parted):
    with pytest.raises(IndexProblem, match=r"partitioned.*unique"):
        build(unique_spec(parted._meta.get_field("attrs"), ("k",), connection), connection)


def test_who_holds_a_partitioned_table_makes_nobody_wait_for_long(parted, monkeypatch):
    monkeypatch.setattr(statements, "_PAUSE", 0.01)
    monkeypatch.setattr(statements, "_BRIEF", "50ms")
    with another_session() as other:
        other.execute("LOCK TABLE testapp_parted IN ROW EXCLUSIVE MODE")
        with pytest.raises(IndexProblem, match="no lock could be had"):
            build(spec_of_parted(parted), connection)
        attempts = iter(range(10))
        release = lambda seconds: next(attempts) == 1 and other.connection.rollback()  # noqa: E731
        monkeypatch.setattr(statements.time, "sleep", release)
        assert build(spec_of_parted(parted), connection)
    assert fetched("SHOW lock_timeout") == [("0",)]


# ---- what has no indexes ----


def test_a_view_is_passed_over_with_a_word(parted):
    execute("ALTER TABLE testapp_parted RENAME TO parted_hidden")
    execute("CREATE VIEW testapp_parted AS SELECT * FROM parted_hidden")
    try:
        SchemaRecord.objects.define(parted, [Attribute("k", "integer", indexed=True)])
        code, said = synced("testapp.Parted")
        assert code == 0
        assert "is a view, which has no indexes" in said
    finally:
        execute("DROP VIEW testapp_parted")
        execute("ALTER TABLE parted_hidden RENAME TO testapp_parted")


def test_a_foreign_table_among_the_partitions(parted):
    execute("CREATE FOREIGN DATA WRAPPER nothing; CREATE SERVER nowhere FOREIGN DATA WRAPPER nothing")
    execute("CREATE FOREIGN TABLE far PARTITION OF testapp_parted FOR VALUES FROM (500) TO (600) SERVER nowhere")
    try:
        with pytest.raises(IndexProblem, match=r"its partition .*far.* is a foreign table"):
            build(spec_of_parted(parted), connection)
    finally:
        execute("DROP FOREIGN DATA WRAPPER nothing CASCADE")
