"""Attributes in a project's own code: in ``Meta.ordering`` and at the top of modules, before there is a table.

Each test makes a project with an application of its own and a database of its own, and runs it in another process.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from textwrap import dedent
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

from tests.django.databases import environment
from tests.django.others import ROOT

pytestmark = pytest.mark.django_db(transaction=True)

MODELS = '''
from django.db import models
from django.db.models import F
from jsonattrs_django.fields import JSONAttributeField
from jsonattrs_django.models import AttributeManager


class Shelf(models.Model):
    """Hangs on another one: its schemas are those of its parent and of its parent's parent."""

    above = models.ForeignKey("self", models.CASCADE, null=True)
    name = models.CharField(max_length=20)
    attrs = JSONAttributeField(schema_selectors=(("far", "above__above"), "above"))
    objects = AttributeManager()

    class Meta:
        ordering = ["-attrs__height", F("attrs__colour").asc(nulls_last=True), "name"]


class Book(models.Model):
    shelf = models.ForeignKey(Shelf, models.CASCADE, related_name="books")
    attrs = JSONAttributeField()
    objects = AttributeManager()

    class Meta:
        ordering = ["shelf", "attrs__pages"]
'''
#: As a module of views or reports has them.
QUERIES = """
from django.db.models import Avg, Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, ExtractYear, Lower, TruncMonth
from jsonattrs_django.models import Attr
from library.models import Book, Shelf

OTHERS = Shelf.objects.filter(attrs__colour=OuterRef("attrs__colour")).exclude(pk=OuterRef("pk"))
BUILT = Attr("built", type="date", multiple=False)
PAGES = Attr("pages", type="integer", multiple=False, field="books__attrs")
QUERIES = {
    "filter": Shelf.objects.filter(attrs__height__gte=3, attrs__colour__in=["red"]),
    "exclude": Shelf.objects.exclude(Q(attrs__height=3) | ~Q(attrs__colour__icontains="e")),
    "null": Shelf.objects.filter(attrs__height=None, attrs__colour__isnull=False),
    "order": Shelf.objects.order_by("attrs__colour", F("attrs__height").desc(nulls_last=True)),
    "reverse": Shelf.objects.reverse(),
    "values": Shelf.objects.values("attrs__colour").annotate(n=Count("pk"), mean=Avg("attrs__height")),
    "part": Shelf.objects.filter(attrs__built__year=2024).values_list("attrs__built__month", flat=True),
    "functions": Shelf.objects.annotate(low=Lower("attrs__colour"), year=ExtractYear(BUILT), month=TruncMonth(BUILT)),
    "exists": Shelf.objects.filter(Exists(OTHERS)),
    "subquery": Shelf.objects.annotate(other=Subquery(OTHERS.values("attrs__colour")[:1])),
    "case": Shelf.objects.annotate(high=Case(When(attrs__height__gte=3, then=Value("yes")), default=Value("no"))),
    "coalesce": Shelf.objects.annotate(h=Coalesce("attrs__height", Value(0.0))),
    "F": Shelf.objects.filter(attrs__height__lt=F("attrs__width") * 2),
    "said": Shelf.objects.annotate(d=Attr("height", type="float", multiple=False) * 2).filter(d__gte=3),
    "having": Shelf.objects.annotate(mean=Avg(PAGES)).filter(mean__gt=3),
    "related": Shelf.objects.filter(books__attrs__pages__gt=100).distinct(),
    "over a relation": Book.objects.filter(shelf__attrs__height=3).select_related("shelf"),
    "unknown": Shelf.objects.filter(attrs__nobody__knows__this=3).order_by("-attrs__nobody"),
}
"""
SETTINGS = """
from tests.django.settings import *  # noqa: F403
INSTALLED_APPS = ["django.contrib.contenttypes", "jsonattrs_django", "library"]
ALLOWED_HOSTS = []
ROOT_URLCONF, urlpatterns = "library_settings", []  # the admin, which the other settings have pages of, is not there
"""
HEAD = """
import pickle, sys, warnings
import django
django.setup()
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import DatabaseError, connection
from jsonattrs_core import Attribute
from jsonattrs_django.models import AttributeRecord, SchemaRecord
from library.models import Book, Shelf
from library.queries import QUERIES

def pickled():
    return pickle.loads(pickle.dumps({name: queryset.query for name, queryset in QUERIES.items()}))
"""


@pytest.fixture
def project(tmp_path):
    """Return a function that runs a script in a project with the application ``library``, on a database by its name."""
    package = tmp_path / "library"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "models.py").write_text(MODELS)
    (package / "queries.py").write_text(QUERIES)
    (tmp_path / "library_settings.py").write_text(SETTINGS)

    def run(script, database, **more):
        env = {**environment(), "DJANGO_SETTINGS_MODULE": "library_settings", "JSONATTRS_TEST_NAME_DEFAULT": database}
        if settings.VENDOR == "sqlite":  # Django 6.1 opens every database in its checks
            env["JSONATTRS_TEST_NAME_OTHER"] = str(tmp_path / "other.sqlite3")
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", HEAD + dedent(script)],
            cwd=ROOT,
            env={**env, "PYTHONPATH": f"{tmp_path}:{ROOT}", "PYTHONDONTWRITEBYTECODE": "1", **more},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


@contextmanager
def empty_database(folder):
    """Give the name of a database without tables."""
    if connection.vendor == "sqlite":
        yield str(folder / "empty.sqlite3")
        return
    name = f"jsonattrs_{uuid4().hex}"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        yield name
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')


def test_queries_of_modules_and_orderings_need_no_database(project, tmp_path):
    """The database cannot be reached: every query of the module is made, pickled and changed, and checks pass."""
    nowhere = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"} if settings.VENDOR == "postgresql" else {}
    printed = project(
        """
        for query in pickled().values():
            query.chain().get_meta()
        for queryset in QUERIES.values():
            queryset.filter(pk__gt=1).exclude(attrs__else=1).order_by("-pk")[:5]
        call_command("check", databases=[])  # Django 6.1 has JSONField ask every database by itself
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # Django cannot look at the migrations that were run
            call_command("makemigrations", "library", verbosity=0)
        for name, queryset in QUERIES.items():
            try:
                list(queryset)
            except DatabaseError as error:
                print(name)
        """,
        "nowhere/nothing",
        **nowhere,
    )
    assert len(printed.splitlines()) > 15
    assert (tmp_path / "library" / "migrations" / "0001_initial.py").read_text().count("attrs__height") == 1


USED = """
    before = pickled()
    call_command("check")
    call_command("makemigrations", "library", verbosity=0, skip_checks=False)
    call_command("migrate", verbosity=0, skip_checks=False)
    call_command("check", databases=["default"])
    call_command("makemigrations", "library", check=True, verbosity=0, skip_checks=False)

    for name, queryset in QUERIES.items():  # without a schema every name is unknown, and only when it is asked for
        try:
            list(queryset.all())
        except FieldError as error:
            assert "is not known" in str(error), error
        else:
            raise AssertionError(name)

    wall = Shelf.objects.create(name="wall")
    attributes = [("height", "float"), ("width", "float"), ("colour", "text"), ("built", "date")]
    SchemaRecord.objects.define(Shelf, [Attribute(name, kind) for name, kind in attributes])
    SchemaRecord.objects.define(Book, [Attribute("pages", "integer")])
    attrs = {"height": 3, "width": 2, "colour": "red", "built": "2024-05-01"}
    high = Shelf.objects.create(name="high", above=wall, attrs=attrs)
    low = Shelf.objects.create(name="low", above=wall, attrs={"height": 1, "colour": "red"})
    Book.objects.create(shelf=high, attrs={"pages": 200})
    Book.objects.create(shelf=high, attrs={"pages": 100})

    assert [shelf.name for shelf in Shelf.objects.filter(above=wall)] == ["high", "low"]
    assert [shelf.name for shelf in Shelf.objects.filter(above=wall).reverse()] == ["low", "high"]
    assert Shelf.objects.filter(above=wall).first() == high and Shelf.objects.filter(above=wall).last() == low
    assert [book.attrs["pages"] for book in Book.objects.all()] == [100, 200]
    assert [book.attrs["pages"] for book in high.books.all()] == [100, 200]
    expected = {"filter": 1, "exclude": 1, "null": 0, "order": 3, "part": 1, "exists": 2, "said": 1, "having": 1}
    expected |= {"related": 1, "over a relation": 2}
    for name, count in expected.items():
        assert len(QUERIES[name].all()) == count, name
        again = QUERIES[name].all()
        again.query = before[name]
        assert len(again) == count, name
"""


def test_a_model_is_ordered_by_an_attribute_from_its_first_migration_on(project, tmp_path):
    with empty_database(tmp_path) as name:
        project(USED, name)


def test_a_plugin_that_is_gone_stops_no_check_and_no_migration(project, tmp_path):
    with empty_database(tmp_path) as name:
        project(USED, name)
        project(
            """
            record = AttributeRecord.objects.get(key="height")
            record.definition = {**record.definition, "type": "of-a-plugin-that-is-gone"}
            record.save()
            """,
            name,
        )
        project(
            """
            call_command("makemigrations", "library", check=True, verbosity=0, skip_checks=False)
            call_command("migrate", verbosity=0, skip_checks=False)
            assert len(Shelf.objects.all()) == 3  # by Meta.ordering
            assert len(Shelf.objects.filter(attrs__colour="red").order_by("attrs__width")) == 2
            assert len(Book.objects.filter(shelf__attrs__colour="red")) == 2
            assert len(pickled()) == len(QUERIES)
            """,
            name,
        )


def test_selectors_may_lead_back_to_the_model(project, tmp_path):
    """The initial default of a shelf is that of the shelf above the one above it."""
    with empty_database(tmp_path) as name:
        project(
            """
            call_command("makemigrations", "library", verbosity=0, skip_checks=False)
            call_command("migrate", verbosity=0, skip_checks=False)
            top = Shelf.objects.create(name="top")
            other = Shelf.objects.create(name="other")
            under = Shelf.objects.create(name="under", above=top)
            deep = Shelf.objects.create(name="deep", above=under)
            height = Attribute("height", "integer", initial_default=1)
            SchemaRecord.objects.define(Shelf, [height, Attribute("colour", "text")])
            SchemaRecord.objects.define(Shelf, [Attribute("height", initial_default=2)], selectors=(top,))
            SchemaRecord.objects.define(Shelf, [Attribute("height", initial_default=3)], selectors=(None, top))
            with connection.cursor() as cursor:
                cursor.execute("UPDATE library_shelf SET attrs = '{}'")
            expected = {"top": 1, "other": 1, "under": 3, "deep": 2}
            assert {shelf.name: shelf.attrs["height"] for shelf in Shelf.objects.all()} == expected
            assert dict(Shelf.objects.values_list("name", "attrs__height")) == expected
            assert [shelf.name for shelf in Shelf.objects.all()] == ["under", "deep", "other", "top"]
            assert Shelf.objects.get(attrs__height=2) == deep
            assert list(Shelf.objects.filter(above__attrs__height=3)) == [deep]
            assert Shelf.objects.get(above__above__attrs__height=1) == deep
            inner = Shelf.objects.filter(attrs__height=3)
            assert Shelf.objects.get(above__in=inner) == deep
            assert [shelf.name for shelf in Shelf.objects.exclude(pk__in=inner).exclude(attrs__height=1)] == ["deep"]
            assert list(Shelf.objects.filter(shelf__attrs__height=2, attrs__height=3)) == [under]
            """,
            name,
        )
