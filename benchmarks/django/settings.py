"""Settings of the benchmarks: production's, but for the database, which ``DATABASE_URL`` names.

``JSONATTRS_BENCH_DRIVER`` is ``psycopg2`` (the default) or ``psycopg``, which is psycopg 3.
"""

from __future__ import annotations

import os
import sys

import dj_database_url

DRIVERS = ("psycopg2", "psycopg")
DRIVER = os.environ.get("JSONATTRS_BENCH_DRIVER") or DRIVERS[0]
if DRIVER not in DRIVERS:
    raise ValueError(f"JSONATTRS_BENCH_DRIVER={DRIVER}: it is one of {', '.join(DRIVERS)}")
for name in DRIVERS:
    if name != DRIVER:
        sys.modules[name] = None  # Django takes psycopg 3 wherever it can be imported, unless it cannot be

_found = dj_database_url.parse(os.environ["DATABASE_URL"])
DATABASES = {"default": {**_found, "TEST": {"NAME": os.environ.get("JSONATTRS_BENCH_NAME")}}}

INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",  # the pages that are timed have a site of their own
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.sessions",
    "jsonattrs_django",
    "eav",
    "benchmarks.django",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
USE_THOUSAND_SEPARATOR = True  # as attributes are shown: the admin's lists of both sides are the same
DEBUG = False
SECRET_KEY = "a secret of nobody's"
JSONATTRS: dict[str, object] = {}
ROOT_URLCONF = "benchmarks.django.urls"
STATIC_URL = "static/"
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
