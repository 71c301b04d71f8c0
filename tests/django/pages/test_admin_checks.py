"""What the system checks say of an admin's options that name attributes."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from landregistry.models import Party, Project

from jsonattrs_django.admin import AttributeListFilter, AttributeModelAdmin, AttributeTabularInline
from jsonattrs_django.checks import admin_problems
from tests.django.pages.record_admins import placed, site


def problems(**options):
    made = type("SomeAdmin", (AttributeModelAdmin,), options)(Party, admin.AdminSite())
    return [(problem.id, problem.msg, problem.hint) for problem in made.check()]


class OwnFilter(AttributeListFilter):
    pass


def test_names_of_attributes_pass_whatever_schemas_there_are():
    assert not [problem for one in (site, placed) for each in one._registry.values() for problem in each.check()]
    assert not problems(
        list_display=("name", "attrs__any", "attrs__other"),
        list_display_links=("attrs__other",),
        list_editable=("attrs__any",),
        list_filter=("attrs__any", ("attrs__other", OwnFilter)),
        search_fields=("^attrs__any", "=attrs__any", "project__name"),
        ordering=("-attrs__any", "project__name"),
        readonly_fields=("attrs__any",),
        sortable_by=("attrs__any",),
        exclude=("attrs__other",),
    )


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"list_display": ("atrs__any",)}, "admin.E108"),
        ({"list_filter": ("atrs__any",)}, "admin.E116"),
        ({"list_display": ("name", "atrs__any"), "list_editable": ("atrs__any",)}, "admin.E121"),
        ({"readonly_fields": ("atrs__any",)}, "admin.E035"),
        ({"search_fields": ("^atrs__any",)}, "jsonattrs.E014"),
        ({"ordering": ("-atrs__any",)}, "jsonattrs.E014"),
    ],
)
def test_a_field_that_is_not_there_is_reported_with_the_nearest(options, code):
    found = {name: hint for name, _, hint in problems(**options)}

    assert found[code] == "Did you mean 'attrs__any'?"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"list_editable": ("attrs__any",)}, "admin.E122"),
        ({"list_display": ("attrs__any",), "list_editable": ("attrs__any",)}, "admin.E124"),
        (
            {
                "list_display": ("name", "attrs__any"),
                "list_editable": ("attrs__any",),
                "list_display_links": ("attrs__any",),
            },
            "admin.E123",
        ),
        ({"list_filter": (("attrs__any", admin.AllValuesFieldListFilter),)}, "jsonattrs.E012"),
        ({"form": forms.ModelForm}, "jsonattrs.E013"),
        ({"date_hierarchy": "attrs__any"}, "admin.E127"),
        ({"list_display": ("attrs__any__more",)}, "admin.E108"),
    ],
)
def test_what_cannot_work_is_reported(options, code):
    assert code in [name for name, *_ in problems(**options)]


def test_inlines_are_checked_too():
    class Inline(AttributeTabularInline):
        model = Party
        form = forms.ModelForm
        readonly_fields = ("attrs__any", "atrs__any")

    found = type("SomeAdmin", (AttributeModelAdmin,), {"inlines": (Inline,)})(Project, admin.AdminSite()).check()

    assert sorted(problem.id for problem in found) == ["admin.E035", "jsonattrs.E013"]


def test_a_project_without_djangos_admin_works():
    script = """
import sys, django
from django.conf import settings
settings.configure(
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "jsonattrs_django"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
)
django.setup()
import jsonattrs_django.forms, jsonattrs_django.models
from django.core.management import call_command
call_command("check")
assert not [name for name in sys.modules if name.startswith(("django.contrib.admin", "jsonattrs_django.admin"))]
"""
    done = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("options", "silent"),
    [
        ({}, False),
        ({"fields": ("name", ("project", "attrs"))}, False),
        ({"fieldsets": [(None, {"fields": ["attrs"]})]}, False),
        ({"exclude": ("attrs",)}, True),
        ({"readonly_fields": ("attrs",)}, True),
        ({"fields": ("name", "project")}, True),
        ({"fieldsets": [(None, {"fields": ["name"]})]}, True),
    ],
)
def test_an_admin_that_would_leave_the_attributes_out_is_told_of(options, silent):
    own = admin.AdminSite("own")
    own.register(Party, type("PlainAdmin", (admin.ModelAdmin,), options))
    own.register(Project, AttributeModelAdmin)

    found = [(each.id, each.obj) for each in admin_problems() if each.obj is own._registry[Party].__class__]

    assert found == ([] if silent else [("jsonattrs.W015", own._registry[Party].__class__)])
    assert not [each for each in admin_problems() if each.obj is own._registry[Project].__class__]
    assert not admin_problems([apps.get_app_config("jsonattrs")])
