"""Where the browser is: the one that the machine has, since Playwright's own is a download of its own."""

from __future__ import annotations

import os
import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
#: Names a browser; where it is set, the tests must not be skipped: ``.ci/run`` sets it.
VARIABLE = "JSONATTRS_TEST_CHROMIUM"


def executable() -> str:
    """Return the path of the browser. Without one the tests that need it are skipped, and fail where one was named."""
    named = os.environ.get(VARIABLE)
    if named:
        found = shutil.which(named)
        if found is None:
            pytest.fail(f"{VARIABLE}={named}: there is no such program", pytrace=False)
        return found
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip(
            "no Chromium was found. Install it (Debian: apt-get install chromium; elsewhere as your system does it), "
            f"or let {VARIABLE} name a browser of its family"
        )
    return found
