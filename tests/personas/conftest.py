"""Django with the project of both examples, for the tests in this folder and for no others."""

from __future__ import annotations

import logging
import os

import pytest
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.personas.settings")


def pytest_configure():
    """Set Django up; pytest-django does it only where it knows the settings before it reads this file."""
    import django

    django.setup()


def pytest_report_header():
    """Say what the tests run on; ``.ci/run`` shows it beside pytest's closing line."""
    from django.conf import settings

    return f"database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}, of personas"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """Keep SQLite's database in a file of each process of pytest-xdist: a test may open several connections."""
    from django.conf import settings

    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        settings.DATABASES["default"]["TEST"]["NAME"] = str(tmp_path_factory.mktemp("databases") / "default.sqlite3")


@pytest.fixture(autouse=True)
def nobody_has_asked_yet():
    """Let no test leave its language or what it has asked for, which throttles count, to the next."""
    from django.core.cache import cache
    from django.utils import translation

    cache.clear()
    yield
    translation.deactivate()


@pytest.fixture
def characteristics(db):
    """Define the schema of every persona."""
    from personas.schema import define_default

    from jsonattrs_django.testing import reset

    reset()
    define_default()
    yield
    reset()


@pytest.fixture
def ada(characteristics):
    """Give an author."""
    return author("ada")


@pytest.fixture
def ben(characteristics):
    """Give another author."""
    return author("ben")


@pytest.fixture
def worker(settings):
    """Keep tasks in the database, as the README tells, and have a worker that does what is there when it is called."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    loggers = [logging.getLogger(name) for name in ("django.tasks", "django_tasks", "django_tasks_db")]
    levels = [each.level for each in loggers]
    options = {"batch": True, "startup_delay": False, "interval": 0, "reload": False, "verbosity": 0}
    yield lambda: call_command("db_worker", **options)
    for each, level in zip(loggers, levels, strict=True):  # the command sets them, for its process
        each.setLevel(level)


def author(username):
    """Make an author with an account; everybody's password is the same."""
    from django.contrib.auth import get_user_model
    from personas.access import author_of

    return author_of(get_user_model().objects.create_user(username, f"{username}@example.com", "correct horse battery"))
