"""The databases of these tests are those that were asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import django
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connections
from django.db.models import JSONField, Value

from tests.django.databases import environment

ROOT = Path(__file__).resolve().parents[2]
VENDOR = os.environ.get("JSONATTRS_TEST_DB") or "sqlite"
DRIVER = {"sqlite": "sqlite3.dbapi2", "postgresql": os.environ.get("JSONATTRS_TEST_DRIVER") or "psycopg2"}[VENDOR]
ALIASES = ("default", "other")
each_database = pytest.mark.parametrize("alias", ALIASES)

DOCUMENT = {"name": "Zoë 𝄞", "list": [1, 1.5, True, None, {"deep": []}], "": "", "big": 2**53 + 1}


def test_django_is_the_newest_for_this_python():
    newest = (6, 1) if sys.version_info >= (3, 12) else (5, 2)

    assert newest <= django.VERSION


@each_database
def test_the_vendor_and_the_driver(alias):
    found = connections[alias]

    assert (found.vendor, found.Database.__name__) == (VENDOR, DRIVER)


@each_database
@pytest.mark.django_db(databases=ALIASES)
def test_the_version_of_the_server(alias):
    assert connections[alias].get_database_version() >= {"sqlite": (3, 31), "postgresql": (14,)}[VENDOR]


@pytest.mark.django_db(databases=ALIASES)
def test_what_is_in_one_is_not_in_the_other():
    ContentType.objects.using("other").create(app_label="other", model="thing")

    found = {alias: ContentType.objects.using(alias).filter(app_label="other").exists() for alias in ALIASES}
    assert found == {"default": False, "other": True}


@each_database
@pytest.mark.django_db(databases=ALIASES)
def test_json_comes_back_as_it_was(alias):
    row = ContentType.objects.using(alias).create(app_label="json", model=alias)
    rows = ContentType.objects.using(alias).annotate(document=Value(DOCUMENT, JSONField()))

    assert rows.get(pk=row.pk).document == DOCUMENT


@each_database
@pytest.mark.django_db(databases=ALIASES, transaction=True)
def test_another_process_sees_what_is_committed(alias):
    ContentType.objects.using(alias).create(app_label="seen", model=alias)
    code = f"""
import django
django.setup()
from django.contrib.contenttypes.models import ContentType
from django.db import connections
print(ContentType.objects.using({alias!r}).get(app_label="seen").model)
connections.close_all()
"""
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT, env=environment())

    assert (done.stdout, done.stderr) == (f"{alias}\n", "")
