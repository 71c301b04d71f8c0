"""Settings of the tests in this folder: those of the project in earnest, with a database of the tests' own.

``JSONATTRS_TEST_DB`` is ``sqlite`` (the default) or ``postgresql``, whose server ``DATABASE_URL`` names.
``JSONATTRS_TEST_DRIVER`` is ``psycopg2`` (the default) or ``psycopg``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.django.settings import database

ROOT = Path(__file__).resolve().parents[2]
for name in ("landregistry", "personas", "demo"):
    if str(ROOT / "examples" / name) not in sys.path:
        sys.path.append(str(ROOT / "examples" / name))

os.environ.setdefault("SECRET_KEY", "a secret of nobody's, which is long enough for tokens")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost")

from demo.settings.base import *  # noqa: E402, F403 - the point is to have all of them
from demo.settings.base import INSTALLED_APPS as THEIRS  # noqa: E402 - the project can be found only now

# A worker that does tasks later has its own tests.
INSTALLED_APPS = [*THEIRS, "django_tasks_db"]
DATABASES = {"default": database("default")}

#: Many tests make an author or two.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SECURE_SSL_REDIRECT = False
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
