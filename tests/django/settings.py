"""Settings of the tests in this folder.

``JSONATTRS_TEST_DB`` is ``sqlite`` (the default) or ``postgresql``, whose server ``DATABASE_URL`` names.
``JSONATTRS_TEST_DRIVER`` is ``psycopg2`` (the default) or ``psycopg``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import dj_database_url

ROOT = Path(__file__).resolve().parents[2]

# ---- the applications, one of which is an example that users read ----

APPS = {
    "landregistry": ROOT / "examples" / "landregistry",
    "testapp": ROOT / "tests" / "django",
}
present = {name: folder for name, folder in APPS.items() if (folder / name).is_dir()}
sys.path.extend(str(folder) for folder in present.values() if str(folder) not in sys.path)

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "jsonattrs_django",
    *present,
]

# ---- the databases ----

#: Each is a database of its own, of the same vendor.
ALIASES = ("default", "other")
VENDOR = os.environ.get("JSONATTRS_TEST_DB") or "sqlite"
DRIVER = os.environ.get("JSONATTRS_TEST_DRIVER") or "psycopg2"
DRIVERS = ("psycopg2", "psycopg")


def only_driver(driver):
    """Let Django find this driver and no other.

    Django takes psycopg 3 wherever it can be imported, and has no setting that says otherwise. ``None`` is Python's own
    mark of a module that cannot be imported. It must stand there before Django loads its backend, so it is set here.
    The other driver is hidden in both directions: what works here works with one driver installed.
    """
    if driver not in DRIVERS:
        raise ValueError(f"JSONATTRS_TEST_DRIVER={driver}: it is one of {', '.join(DRIVERS)}")
    for name in DRIVERS:
        if name != driver:
            sys.modules[name] = None


def database(alias):
    """Return the settings of a database; a process that a test starts uses that test's (``databases.environment``)."""
    name = os.environ.get(f"JSONATTRS_TEST_NAME_{alias.upper()}")
    if VENDOR == "sqlite":
        # Writers take turns from the beginning of a transaction: SQLite lets nobody wait who has already read in it.
        # And nobody waits for a disk: what one process has written others read, whether it is on the disk or not.
        options = {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": "PRAGMA synchronous = OFF"}
        # The file is named by conftest.py. Nobody gets as far as to open this one without it.
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": name or f"{alias}.sqlite3", "OPTIONS": options}
    if VENDOR == "postgresql":
        found = dj_database_url.parse(os.environ["DATABASE_URL"])
        return {**found, "NAME": name or found["NAME"], "TEST": {"NAME": f"test_{found['NAME']}_{alias}"}}
    raise ValueError(f"JSONATTRS_TEST_DB={VENDOR}: it is sqlite or postgresql")


if VENDOR == "postgresql":
    only_driver(DRIVER)
DATABASES = {alias: database(alias) for alias in ALIASES}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---- pages ----

ROOT_URLCONF = "tests.django.urls"
STATIC_URL = "static/"
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# ---- REST: what drf_spectacular's own views are made of is decided when they are imported ----

REST_FRAMEWORK = {"DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema"}

# ---- the rest ----

#: Many tests make a person or two; the hash that is meant to be slow took a sixth of the time of all of them.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SECRET_KEY = "a secret of nobody's"
USE_TZ = True
JSONATTRS = {}
