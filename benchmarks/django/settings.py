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
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "jsonattrs_django",
    "eav",
    "benchmarks.django",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
DEBUG = False
SECRET_KEY = "a secret of nobody's"
JSONATTRS: dict[str, object] = {}
