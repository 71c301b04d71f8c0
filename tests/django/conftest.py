"""Django, for the tests in this folder and for no others: the rest of the suite runs without its settings."""

from __future__ import annotations

import os

import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.django.settings")


def pytest_configure():
    """Set Django up; pytest-django does it only where it knows the settings before it reads this file."""
    import django

    django.setup()

    from tests.django.quick import quicken

    quicken()


def pytest_report_header():
    """Say what the tests run on; ``.ci/run`` shows it beside pytest's closing line."""
    from django.conf import settings

    return f"database: {settings.VENDOR}{f' with {settings.DRIVER}' if settings.VENDOR == 'postgresql' else ''}"


@pytest.fixture(autouse=True)
def language_of_the_settings():
    """Let no test leave its language to the next: a request does, since the middleware activates that of the reader."""
    from django.utils import translation

    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """Keep SQLite's databases in files of each process of pytest-xdist: a test may open several connections."""
    from django.conf import settings

    if settings.VENDOR == "sqlite":
        folder = tmp_path_factory.mktemp("databases")
        for alias, database in settings.DATABASES.items():
            database["TEST"]["NAME"] = str(folder / f"{alias}.sqlite3")


@pytest.fixture
def quick_to_notice(transactional_db, settings):
    """Let processes look at the schemas again at once; afterwards nothing watches statements, and no index is left."""
    from django.db import connection

    from tests.django.indexes import drop_all
    from tests.django.unique_cases import FRESHNESS

    settings.JSONATTRS = {"FRESHNESS": FRESHNESS}
    yield
    assert connection.execute_wrappers == []
    drop_all()
