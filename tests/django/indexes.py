"""Our indexes in the databases of the running test."""

from __future__ import annotations

import io
from contextlib import contextmanager

from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connections

from jsonattrs_django.indexes.names import is_ours
from jsonattrs_django.indexes.tables import own_indexes, relation


def own(model, using="default"):
    """Return our indexes of a model's table: whether each is complete, by name."""
    table = relation(connections[using], model._meta.db_table)
    return {name: index.is_valid for name, index in own_indexes(connections[using], table).items()}


def drop_all(using="default"):
    """Drop every index of ours: the end of a test empties the tables, and leaves indexes where they are."""
    if connections[using].vendor == "postgresql":
        for schema, name in fetched("SELECT schemaname, statistics_name FROM pg_stats_ext_exprs", using=using):
            execute(f'DROP STATISTICS "{schema}"."{name}"', using)
    connection = connections[using]
    if connection.vendor == "postgresql":
        query = "SELECT schemaname, indexname FROM pg_indexes"
    else:
        query = "SELECT 'main', name FROM sqlite_master WHERE type = 'index'"
    for schema, name in fetched(query, using=using):
        if is_ours(name):
            execute(
                f'DROP INDEX IF EXISTS "{schema}"."{name}" {"CASCADE" * (connection.vendor == "postgresql")}', using
            )


def statistics(model):
    """Return the names of our statistics of a model's table and of its partitions."""
    return sorted(
        name
        for (name,) in fetched(
            "SELECT stxname FROM pg_statistic_ext WHERE stxrelid = to_regclass(%s) "
            "OR stxrelid IN (SELECT relid FROM pg_partition_tree(to_regclass(%s)))",
            [model._meta.db_table] * 2,
        )
    )


def execute(sql, using="default"):
    """Run a statement."""
    with connections[using].cursor() as cursor:
        cursor.execute(sql)


def fetched(sql, params=None, using="default"):
    """Return the rows of a query."""
    with connections[using].cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def synced(*labels, **options):
    """Run attributes_sync; return its exit code and what it wrote, the error included."""
    out, err = io.StringIO(), io.StringIO()
    code, said = 0, ""
    try:
        call_command("attributes_sync", *labels, stdout=out, stderr=err, **options)
    except CommandError as error:
        code, said = error.returncode, str(error)
    return code, out.getvalue() + err.getvalue() + said


@contextmanager
def another_session(using="default"):
    """Give a second connection to a database, with a cursor in a transaction; at the end it is rolled back."""
    connection = connections[using].copy()
    connection.inc_thread_sharing()
    connection.set_autocommit(False)
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.rollback()
        connection.close()


@contextmanager
def model_of(make):
    """Give a model of the application ``testapp`` that exists only within the block; its table is the test's affair."""
    model = make()
    try:
        yield model
    finally:
        del apps.all_models["testapp"][model._meta.model_name]
        apps.clear_cache()
