"""What is imported when, and whose settings Django has: each in a process of its own."""

import os
import subprocess
import sys
import textwrap

import pytest

COMMON = """
import sys
from jsonattrs_core import Attribute, PluginError, Registry, Schema, compose

import jsonattrs_localflavor
from jsonattrs_localflavor.table import ROWS

REGISTRY = Registry.from_plugins({"localflavor": jsonattrs_localflavor})


def compiled(name):
    return compose(Schema("process", [Attribute("value", "text", subtype=f"{name}@localflavor")])).compile(REGISTRY)


def loaded(*packages):
    return {name for name in sys.modules if name.partition(".")[0] in packages}


def decide(rows=ROWS):
    for row in rows:
        validator = compiled(row[0])
        for value in row[5]:
            assert validator.check({"value": value}).ok, (row[0], value)
        for value in row[6]:
            (problem,) = validator.check({"value": value}).problems
            assert problem.code != "provider_error", (row[0], value)
"""


def run(code, **environment):
    inherited = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", COMMON + textwrap.dedent(code)],
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr


# Imports


def test_building_the_registry_imports_no_library():
    run("assert loaded('django', 'localflavor', 'stdnum') == set()")


def test_compiling_one_subtype_imports_its_country_only():
    run("""
        compiled("gb-post-code")
        countries = {name.split(".")[1] for name in loaded("localflavor") if "." in name}
        assert countries == {"gb"}, countries
        assert "localflavor.gb.forms" in sys.modules
        assert "stdnum" not in sys.modules
    """)


def test_a_list_is_read_without_the_fields():
    run("""
        compiled("fr-region")
        assert {name for name in loaded("localflavor")} == {"localflavor", "localflavor.fr", "localflavor.fr.fr_region"}
    """)


# Settings


def test_django_is_not_configured_before_a_subtype_is_needed():
    run("""
        from django.conf import settings
        assert not settings.configured
        compiled("gb-post-code")
        assert settings.configured and settings.USE_I18N is False
    """)


def test_every_field_decides_where_nobody_configures():
    run("decide()")


def test_a_host_that_configured_before_keeps_its_settings():
    run("""
        from django.conf import settings
        settings.configure(USE_I18N=False, TIME_ZONE="Asia/Tokyo")
        decide()
        assert settings.TIME_ZONE == "Asia/Tokyo"
    """)


def test_a_host_that_configures_afterwards_is_told():
    run("""
        from django.conf import settings
        compiled("gb-post-code")
        try:
            settings.configure()
        except RuntimeError as error:
            assert "already configured" in str(error)
        else:
            raise AssertionError
    """)


@pytest.fixture
def project(tmp_path):
    lines = ("SECRET_KEY = 'x'", "TIME_ZONE = 'Asia/Tokyo'", "INSTALLED_APPS = ['localflavor']", "USE_TZ = True")
    tmp_path.joinpath("site_settings.py").write_text("\n".join(lines))  # USE_I18N is on by default
    return {"DJANGO_SETTINGS_MODULE": "site_settings", "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}


def test_the_project_of_the_environment_is_left_to_django(project):
    run(
        """
        from django.conf import settings
        validator = compiled("gb-post-code")
        assert not settings.configured  # and not by us either
        assert validator.check({"value": "ec1a1bb"}).value == {"value": "EC1A 1BB"}
        assert not validator.check({"value": "x"}).ok
        assert settings.TIME_ZONE == "Asia/Tokyo"
        """,
        **project,
    )


def test_a_project_that_is_set_up_later(project):
    run(
        """
        decide([row for row in ROWS if row[0][:2] not in ("ma", "qa")])
        import django
        django.setup()
        decide()
        """,
        **project,
    )


def test_a_project_that_translates_and_is_not_set_up_reads_no_message():
    """Morocco and Qatar translate when they are imported, and can be used once the project is set up."""
    run("""
        from django.conf import settings
        settings.configure(USE_I18N=True)
        late = {row[0] for row in ROWS if row[0][:2] in ("ma", "qa")} - {"ma-region"}
        decide([row for row in ROWS if row[0] not in late])
        for name in late:
            try:
                compiled(name)
            except PluginError as error:
                assert "AppRegistryNotReady" in str(error)
            else:
                raise AssertionError(name)
        import django
        django.setup()
        decide()
    """)


def test_labels_are_translated_where_the_project_can(project):
    run(
        """
        from jsonattrs_localflavor.choices import us_state
        plain = us_state("fr")
        assert dict(plain)["CA"] == "California"  # the project is not set up yet
        import django
        from django.utils import translation
        django.setup()
        translation.activate("de")
        assert dict(us_state("fr"))["CA"] == "Californie"
        assert dict(us_state("xx"))["CA"] == "California"
        assert us_state(None) == plain
        assert [value for value, _ in us_state("fr")] == [value for value, _ in plain]
        assert translation.get_language() == "de"
        """,
        **project,
    )


def test_qatar_knows_its_english_names_whatever_language_is_active(project):
    run(
        """
        import django
        from django.utils import translation
        django.setup()
        translation.activate("ar")
        assert compiled("qa-municipality").check({"value": "Al Rayyan"}).value == {"value": "RA"}
        assert translation.get_language() == "ar"
        """,
        **project,
    )


def test_threads_configure_once():
    run("""
        from concurrent.futures import ThreadPoolExecutor
        from jsonattrs_localflavor.django_settings import ensure_settings
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(lambda _: ensure_settings(), range(64)))
    """)
