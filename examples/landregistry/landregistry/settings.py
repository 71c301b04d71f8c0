"""Settings for trying the example out: a database in a file, and whatever else Django cannot do without.

``DATABASE_URL`` names another database, for which dj-database-url and a driver must be installed.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1]

INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "jsonattrs_django", "landregistry"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SECRET_KEY = "not a secret: nothing that this example signs leaves the machine"  # noqa: S105 - as it says
DEBUG = True
USE_TZ = True
LANGUAGES = [("en", "English"), ("id", "Bahasa Indonesia")]

if "DATABASE_URL" in os.environ:
    import dj_database_url

    DATABASES = {"default": dj_database_url.config()}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": FOLDER / "db.sqlite3",
            # Writers take turns from the beginning of a transaction, so that none of them has to give up.
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
        }
    }
