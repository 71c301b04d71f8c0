"""The test databases, for other processes."""

from __future__ import annotations

import os

from django.db import connections

SETTINGS = "tests.django.settings"


def environment():
    """Return the environment variables with which another process uses the databases of the running test.

    It sees what is committed: the test is marked ``django_db(transaction=True)``. It is started in the root folder.
    """
    names = {
        f"JSONATTRS_TEST_NAME_{alias.upper()}": str(connections[alias].settings_dict["NAME"]) for alias in connections
    }
    return {**os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS, **names}
