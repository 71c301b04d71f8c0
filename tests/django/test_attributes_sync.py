"""``attributes_sync``, the check of what a database lacks, and what becomes of indexes in a migration."""

from __future__ import annotations

import importlib
import logging
import re
import shutil
import sys

import pytest
from django.core import checks
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.db.models.signals import post_migrate
from testapp.models import Note, OldTree, Pair, Place, Restaurant, Stone, Tree, Twin

from jsonattrs_core import Attribute
from jsonattrs_django.fields import JSONAttributeField
from jsonattrs_django.indexes import migrating
from jsonattrs_django.indexes.errors import IndexProblem
from jsonattrs_django.indexes.names import unique_index_name
from jsonattrs_django.models import SchemaRecord
from tests.django.indexes import drop_all, execute, fetched, model_of, own, synced
from tests.django.queries import asked
from tests.django.settings import ALIASES

pytestmark = pytest.mark.django_db(transaction=True, databases=ALIASES)
POSTGRESQL = connection.vendor == "postgresql"
SCORE = Attribute("score", "integer", indexed=True)
SHORT = {"max_length": 50}
TITLE = Attribute("title", "text", indexed="trigram", constraints=SHORT)
TAGS = Attribute("tags", "text", multiple=True, indexed=True)


@pytest.fixture(autouse=True)
def _no_indexes_are_left(transactional_db):
    yield
    for alias in ALIASES:
        drop_all(alias)


def keys(model, using="default"):
    """Return which attributes the indexes of a table are of."""
    return sorted({re.match(r"jsonattrs_[a-z]+_([a-z0-9]+)_", name)[1] for name in own(model, using)})


# ---- plan, check, apply ----


def test_what_is_planned_is_done_and_then_nothing_is_left():
    SchemaRecord.objects.define(Note, [SCORE, TITLE, TAGS])
    number = 6 if POSTGRESQL else 2

    code, said = synced("testapp.Note", plan=True)
    assert (code, own(Note)) == (0, {})
    planned = re.findall(r'INDEX (?:CONCURRENTLY )?"(\w+)"', said)
    assert len(set(planned)) == number
    assert f"0 in place, {number} to build" in said
    assert "-- score (integer): comparing and sorting" in said

    code, said = synced("testapp.Note", check=True)
    assert (code, own(Note)) == (1, {})
    assert f"{number} steps to be taken" in said
    assert "CREATE INDEX" not in said

    code, said = synced("testapp.Note")
    assert (code, own(Note)) == (0, dict.fromkeys(planned, True))
    assert f"0 in place, {number} built" in said

    for options in ({}, {"check": True}, {"plan": True}, {"prune": True}):
        code, said = synced("testapp.Note", **options)
        assert (code, sorted(own(Note))) == (0, sorted(planned))
        assert f"{number} in place, nothing to be done" in said


def test_the_statements_of_the_plan_can_be_run_as_they_are():
    SchemaRecord.objects.define(Note, [SCORE, TITLE, TAGS])
    said = synced("testapp.Note", plan=True)[1]

    for statement in re.findall(r"^CREATE .*?;$", said, re.MULTILINE | re.DOTALL):
        execute(statement)

    assert synced("testapp.Note", check=True)[0] == 0


def test_what_a_database_cannot_index_is_said_and_is_no_error():
    SchemaRecord.objects.define(Note, [TITLE, TAGS, Attribute("lasts", "duration", indexed=True)])

    code, said = synced("testapp.Note")
    assert code == 0
    for reason in ("tags (list of text)", "title (text)", "lasts (duration)"):
        assert (f"no index: {reason}: SQLite has no index" in said) is not POSTGRESQL
    assert synced("testapp.Note", check=True)[0] == 0


def test_only_what_is_named_is_seen_to():
    for model in (Note, Pair):
        SchemaRecord.objects.define(model, [SCORE])

    assert synced("testapp.Pair")[0] == 0
    assert (keys(Note), keys(Pair)) == ([], ["score"])
    code, said = synced()
    assert (code, keys(Note)) == (0, ["score"])
    assert "landregistry.Party in the database 'default': no index asked for" in said


@pytest.mark.parametrize("label", ["testapp.Nothing", "testapp.Twin", "nothing"])
def test_a_label_that_says_nothing(label):
    assert synced(label)[0] == 1


def test_a_database_that_is_not_there():
    code, said = synced(database="othr")
    assert code == 1
    assert "there is no database 'othr'; there are default, other" in said


def test_one_index_that_is_refused_does_not_keep_the_others_back():
    claim = unique_index_name("testapp_note", "attrs", ("code",))
    SchemaRecord.objects.define(Note, [SCORE, Attribute("zip", "text", indexed=True, constraints=SHORT)])
    execute(f'CREATE INDEX "{claim}" ON testapp_pair (id)')  # somebody has taken a name
    try:
        SchemaRecord.objects.define(Note, [SCORE, Attribute("code", "text", unique=True)])
        code, said = synced("testapp.Note")
    finally:
        execute(f'DROP INDEX "{claim}"')
    assert code == 1
    assert keys(Note) == ["score"]
    assert f"{claim} was not built: " in said
    assert "1 step could not be taken" in said


# ---- pruning ----


def test_nothing_is_dropped_unless_it_is_asked_for_and_nothing_that_is_not_ours():
    SchemaRecord.objects.define(Note, [SCORE, TITLE])
    synced("testapp.Note")
    execute("CREATE INDEX jsonattrs_of_mine ON testapp_note (title)")
    try:
        SchemaRecord.objects.define(Note, [SCORE])
        gone = [name for name in own(Note) if "title" in name]

        code, said = synced("testapp.Note")
        assert (code, keys(Note)) == (0, ["score", "title"])
        assert all(f"no attribute needs {name}; --prune drops it" in said for name in gone)
        assert synced("testapp.Note", check=True)[0] == 0
        assert synced("testapp.Note", check=True, prune=True)[0] == 1
        code, said = synced("testapp.Note", plan=True, prune=True)
        assert (code, keys(Note)) == (0, ["score", "title"])
        assert all(f'"{name}";' in said for name in gone)

        code, said = synced("testapp.Note", prune=True)
        assert (code, keys(Note)) == (0, ["score"])
        assert f"{len(gone)} dropped" in said
    finally:
        execute("DROP INDEX jsonattrs_of_mine")


def test_pruning_for_one_field_leaves_those_of_the_other():
    for field in ("left", "right"):
        SchemaRecord.objects.define(Twin, [SCORE], field=field)
    assert synced("testapp.Twin.left")[0] == 0
    assert len(own(Twin)) == 1
    assert synced("testapp.Twin.right", prune=True)[0] == 0
    assert len(own(Twin)) == 2
    SchemaRecord.objects.define(Twin, [Attribute("score", "integer")], field="left")
    assert synced("testapp.Twin.right", prune=True)[0] == 0
    assert [name[:15] for name in own(Twin)] == ["jsonattrs_right"]


@pytest.mark.parametrize("by", ["taken-back", "retired"])
def test_the_index_of_what_is_unique_no_more_goes_only_when_asked(by):
    record = SchemaRecord.objects.define(Note, [Attribute("code", "text", unique=True)])
    synced("testapp.Note")
    name = unique_index_name("testapp_note", "attrs", ("code",))
    assert own(Note) == {name: True}
    if by == "retired":
        record.retire()
    else:
        SchemaRecord.objects.define(Note, [Attribute("code", "text")])
    synced("testapp.Note")
    assert own(Note) == {name: True}
    synced("testapp.Note", prune=True)
    assert own(Note) == {}


# ---- models of every kind ----


def test_inherited_fields_live_where_they_were_declared():
    SchemaRecord.objects.define(Place, [SCORE])
    SchemaRecord.objects.define(Restaurant, [Attribute("dish", "text", indexed=True, constraints=SHORT)], field="menu")
    SchemaRecord.objects.define(OldTree, [SCORE])
    assert synced("testapp.Restaurant.menu", "testapp.Restaurant.attrs", "testapp.OldTree")[0] == 0
    assert [keys(model) for model in (Place, Restaurant, Tree, Stone)] == [["score"], ["dish"], ["score"], []]


def make_searched():
    class Searched(models.Model):
        attrs = JSONAttributeField(gin=True, db_column="Some documents")

        class Meta:
            app_label = "testapp"
            managed = False
            db_table = '"Searched things"'

    return Searched


def test_the_index_on_whole_documents():
    with model_of(make_searched) as model:
        execute(f'CREATE TABLE "Searched things" (id integer, "Some documents" {"jsonb" if POSTGRESQL else "text"})')
        try:
            code, said = synced("testapp.Searched")
            assert (code, len(own(model))) == (0, 1 if POSTGRESQL else 0)
            assert ("gin=True: SQLite has no index for whole documents" in said) is not POSTGRESQL
            assert synced("testapp.Searched", check=True)[0] == 0
        finally:
            execute('DROP TABLE "Searched things"')


# ---- databases ----


def test_another_database():
    SchemaRecord.objects.define(Note, [SCORE])
    assert synced("testapp.Note", database="other")[0] == 0
    assert (keys(Note), keys(Note, "other")) == ([], ["score"])


class Router:
    """Keeps one model out of one database."""

    def allow_migrate(self, db, app_label, model_name=None, **hints):
        return False if (db, model_name) == ("other", "note") else None


def test_models_that_the_router_keeps_out_are_passed_over(settings):
    settings.DATABASE_ROUTERS = [Router()]
    for model in (Note, Pair):
        SchemaRecord.objects.define(model, [SCORE])
    assert synced("testapp.Note", "testapp.Pair", database="other")[0] == 0
    assert (keys(Note, "other"), keys(Pair, "other")) == ([], ["score"])


def test_a_table_that_is_not_there_is_said():
    with model_of(make_searched):
        code, said = synced("testapp.Searched")
        assert code == 0
        assert "no table in the database 'default'; run migrate first" in said
        assert [each for each in found_by_checks() if "Searched" in each.msg] == []


@pytest.fixture
def _no_schema_tables():
    name = SchemaRecord._meta.db_table
    execute(f'ALTER TABLE "{name}" RENAME TO hidden')
    yield
    execute(f'ALTER TABLE hidden RENAME TO "{name}"')


@pytest.mark.usefixtures("_no_schema_tables")
def test_before_the_first_migrate():
    code, said = synced()
    assert code == 1
    assert "run migrate" in said
    assert found_by_checks() == []
    migrating.rebuild(Note._meta.app_config, "default", plan=["something"])


def test_inside_a_transaction():
    SchemaRecord.objects.define(Note, [SCORE])
    with transaction.atomic():
        code, said = synced("testapp.Note")
        assert code == (1 if POSTGRESQL else 0)
        assert ("inside a transaction" in said) is POSTGRESQL
        assert synced("testapp.Note", plan=True)[0] == 0


# ---- statistics ----


def test_what_was_built_is_analysed():
    SchemaRecord.objects.define(Note, [SCORE])
    Note.objects.bulk_create(Note(attrs={"score": number}) for number in range(50))
    synced("testapp.Note")
    (name,) = own(Note)
    if POSTGRESQL:
        known = fetched("SELECT count(*) FROM pg_stats WHERE tablename = %s", [name])
    else:
        known = fetched("SELECT count(*) FROM sqlite_stat1 WHERE idx = %s", [name])
    assert known == [(1,)]


# ---- the check ----


def found_by_checks(databases=("default",)):
    return [each for each in checks.run_checks(databases=databases) if each.id == "jsonattrs.W011"]


def test_what_a_database_lacks_is_found_by_a_check():
    SchemaRecord.objects.define(Note, [SCORE])
    (warning,) = found_by_checks()
    assert synced("testapp.Note")[0] == 0
    assert found_by_checks() == []
    (name,) = own(Note)
    assert name in warning.msg
    assert "testapp.Note" in warning.msg
    assert warning.hint == "Run manage.py attributes_sync testapp.Note"

    (warning,) = found_by_checks(ALIASES)
    assert warning.hint == "Run manage.py attributes_sync testapp.Note --database other"


def test_the_check_asks_no_database_that_it_was_not_given(django_assert_num_queries):
    SchemaRecord.objects.define(Note, [SCORE])
    assert found_by_checks(None) == []
    with asked() as statements:
        assert found_by_checks(("other",)) == []
    assert statements == []


def test_what_a_database_cannot_index_is_no_matter_of_the_check():
    SchemaRecord.objects.define(Note, [TAGS])
    assert len(found_by_checks()) == (1 if POSTGRESQL else 0)


# ---- migrations ----

MIGRATION = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("testapp", "0001_initial")]
    operations = [migrations.AlterField("note", "title", models.CharField(max_length=200))]
"""


@pytest.fixture
def longer_titles(settings, tmp_path):
    """Give a function that migrates the application to where titles are longer, and back."""
    folder = tmp_path / "later_migrations"
    folder.mkdir()
    (folder / "__init__.py").touch()
    shutil.copy(importlib.import_module("testapp.migrations.0001_initial").__file__, folder)
    (folder / "0002_longer.py").write_text(MIGRATION)
    sys.path.insert(0, str(tmp_path))
    settings.MIGRATION_MODULES = {"testapp": "later_migrations"}
    yield lambda to: call_command("migrate", "testapp", to, verbosity=0)
    call_command("migrate", "testapp", "0001", verbosity=0)
    sys.path.remove(str(tmp_path))
    for name in [name for name in sys.modules if name.startswith("later_migrations")]:
        del sys.modules[name]


ASKING = [SCORE, TITLE, Attribute("born", "date", indexed=True), Attribute("code", "text", unique=True)]


def test_a_column_that_changes_leaves_every_index_in_place(longer_titles):
    SchemaRecord.objects.define(Note, ASKING)
    SchemaRecord.objects.define(Note, [Attribute("local", "decimal", indexed=True)], selectors=(None, "x"))
    synced("testapp.Note")
    before = own(Note)
    assert len(before) == (8 if POSTGRESQL else 5)
    longer_titles("0002")
    assert own(Note) == before
    longer_titles("0001")
    assert own(Note) == before
    assert synced("testapp.Note", check=True)[0] == 0


def test_without_the_receiver_sqlite_loses_them_and_the_check_says_so(longer_titles):
    SchemaRecord.objects.define(Note, ASKING)
    synced("testapp.Note")
    before = own(Note)
    post_migrate.disconnect(sender=Note._meta.app_config, dispatch_uid="jsonattrs_indexes_testapp")
    try:
        longer_titles("0002")
    finally:
        migrating.connect()
    assert own(Note) == (before if POSTGRESQL else {})
    assert len(found_by_checks()) == (0 if POSTGRESQL else 1)


def test_where_nothing_was_migrated_nothing_is_asked():
    SchemaRecord.objects.define(Note, [SCORE])
    with asked() as statements:
        for config in {Note._meta.app_config, Place._meta.app_config}:
            migrating.rebuild(config, "default")
            migrating.rebuild(config, "default", plan=[])
    assert (statements, own(Note)) == ([], {})


@pytest.mark.parametrize("where", ["sync.build", "plan.planned", "sync.carry_out"])
@pytest.mark.parametrize("error", [IndexProblem, DatabaseError])
def test_what_comes_in_the_way_after_a_migration_is_logged(longer_titles, caplog, monkeypatch, where, error):
    SchemaRecord.objects.define(Note, ASKING)

    def broken(*_):
        raise error("something")

    monkeypatch.setattr(f"jsonattrs_django.indexes.{where}", broken)
    with caplog.at_level(logging.WARNING, "jsonattrs_django"):
        longer_titles("0002")
    assert ("run attributes_sync: something" in caplog.text) is not POSTGRESQL


def test_only_applications_that_have_attributes_are_listened_to():
    receivers = {lookup[0] for lookup, *_ in post_migrate.receivers if str(lookup[0]).startswith("jsonattrs_indexes")}
    assert receivers == {"jsonattrs_indexes_testapp", "jsonattrs_indexes_landregistry"}
