"""Settings of the tests in this folder: those of the examples, with a database of the tests' own and a strict policy.

``JSONATTRS_TEST_DB`` is ``sqlite`` (the default) or ``postgresql``, whose server ``DATABASE_URL`` names.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
for name in ("landregistry", "personas", "demo"):
    if str(EXAMPLES / name) not in sys.path:
        sys.path.append(str(EXAMPLES / name))

from demo.settings.local import *  # noqa: E402, F403 - the point is to have all of them
from demo.settings.local import MIDDLEWARE as THEIRS  # noqa: E402 - the examples can be found only now

ROOT_URLCONF = "tests.browser.urls"

VENDOR = os.environ.get("JSONATTRS_TEST_DB") or "sqlite"
#: Processes of pytest-xdist have a database each.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")

if VENDOR == "postgresql":
    import dj_database_url

    found = dj_database_url.parse(os.environ["DATABASE_URL"])
    DATABASES = {"default": {**found, "TEST": {"NAME": f"browser_{WORKER}"}}}
else:
    # The file is named by conftest.py. A browser asks for several things at once: writers take turns.
    options = {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": "PRAGMA synchronous = OFF"}
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "browser.sqlite3", "OPTIONS": options}}

#: People are signed in often, and their passwords are known.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Every page is shown under a policy that lets no script and no style stand in a page itself. The browser reports each
# that does, and each that somebody has brought in with a label.
MIDDLEWARE = ["tests.browser.policy.strict", *THEIRS]
