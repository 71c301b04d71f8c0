"""The example's own pages in a real browser: a server and a browser for each process, a window for each test."""

from __future__ import annotations

import os

import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.browser.settings")
# Playwright runs an event loop in the thread of the tests, from which Django would let nobody ask a database. Nothing
# of it is asynchronous: a test waits for the browser, or for the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

#: Milliseconds that a page or a control may take. The machines are small, and one of them is busy.
PATIENCE = 15_000


def pytest_configure():
    """Set Django up; pytest-django does it only where it knows the settings before it reads this file."""
    import django

    django.setup()


def pytest_report_header():
    """Say what the tests run on; ``.ci/run`` shows it beside pytest's closing line."""
    from django.conf import settings

    return f"database: {settings.VENDOR}, seen by a browser"


# ---- for each process ----


@pytest.fixture(scope="session")
def register(django_db_blocker, django_test_environment, tmp_path_factory):
    """Fill a database with the land registry; give what puts it back into that state."""
    from django.conf import settings
    from django.test.utils import setup_databases, teardown_databases

    from tests.browser import registers

    if settings.VENDOR == "sqlite":
        settings.DATABASES["default"]["TEST"]["NAME"] = str(tmp_path_factory.mktemp("databases") / "default.sqlite3")
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
        registers.fill()
        yield registers.keeper()
        registers.close()
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def server(register):
    """Serve the pages, and the files of styles and scripts."""
    from pytest_django.live_server_helper import LiveServer

    serving = LiveServer("localhost")
    serving._live_server_modified_settings.enable()
    yield serving
    serving._live_server_modified_settings.disable()
    serving.stop()


@pytest.fixture(scope="session")
def chromium():
    """Start the browser."""
    from playwright.sync_api import sync_playwright

    from tests.browser.programs import executable

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable())
        yield browser
        browser.close()


# ---- for each test ----


@pytest.fixture
def open_window(server, chromium, register):
    """Give what opens a window, of somebody who is signed in or not; look at all of them at the end."""
    from tests.browser.windows import Window

    register()
    windows = []

    def opened(username=None, **options):
        options = {"locale": "en-GB", "viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"} | options
        context = chromium.new_context(base_url=server.url, **options)
        context.set_default_timeout(PATIENCE)
        windows.append(Window(context, server.url))
        if username is not None:
            windows[-1].sign_in(username)
        return windows[-1]

    yield opened
    for window in windows:
        window.close()
    for window in windows:
        window.complain()


@pytest.fixture(params=["mouse", "no scripts", "keyboard"])
def person(request, open_window):
    """Give what opens the window of a person: who has a mouse, the same without scripts, or only a keyboard."""
    from tests.browser.people import HANDS

    def opened(username=None):
        window = open_window(username, java_script_enabled=request.param != "no scripts")
        return HANDS[request.param](window)

    return opened
