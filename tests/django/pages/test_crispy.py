"""The layout of django-crispy-forms: fields as the template pack shows them, and what the script needs around them."""

from __future__ import annotations

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django.template import engines
from django.test import RequestFactory
from landregistry.models import Party
from landregistry.seeding import seed
from testapp.models import Place

from jsonattrs_core import Attribute
from jsonattrs_django.forms import AttributeModelForm
from jsonattrs_django.forms.crispy import Attributes
from jsonattrs_django.testing import define

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pack(settings):
    settings.CRISPY_TEMPLATE_PACK = settings.CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "crispy_forms", "crispy_bootstrap5"]
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]


def shown(form, *layout):
    form.helper = FormHelper()
    form.helper.disable_csrf = True
    form.helper.layout = Layout(*layout)
    template = engines["django"].from_string("{% load crispy_forms_tags %}{% crispy form %}")
    return template.render({"form": form}, RequestFactory().get("/"))


class PartyForm(AttributeModelForm):
    class Meta:
        model = Party
        fields = ("project", "type", "name", "attrs")


class PlaceForm(AttributeModelForm):
    class Meta:
        model = Place
        fields = ("name", "attrs")


def test_fields_are_shown_as_the_pack_shows_fields_and_each_once():
    seed(0)
    siti = Party.objects.get(name="Siti Rahayu")
    html = shown(PartyForm(instance=siti), "project", "type", "name", Attributes(), Submit("save", "Save"))
    assert html.count('name="attrs__post_code"') == 1
    assert html.count('name="attrs-shown"') == 1
    assert 'class="textinput form-control"' in html
    assert 'data-attributes="attributes"' in html
    assert 'data-attribute="attrs__post_code"' in html
    assert 'data-attributes-group="contact"' in html


def test_what_is_refused_is_said_at_the_field_and_its_section_is_open():
    define(Place, Attribute("code", "text", subtype="id-post-code", group="mail"), Attribute("size", "integer"))
    html = shown(PlaceForm({"name": "x", "attrs__code": "no"}), "name", Attributes())
    assert "is-invalid" in html
    assert '<details class="jsonattrs-group" data-attributes-group="mail" open>' in html


def test_a_group_is_no_template():
    define(Place, Attribute("code", "text", group="{{ form.instance.pk }}{% now 'Y' %}", label="<b>{{ x }}</b>"))
    html = shown(PlaceForm(), "name", Attributes())
    assert "{{ form.instance.pk }}{% now &#x27;Y&#x27; %}" in html
    assert "&lt;b&gt;{{ x }}&lt;/b&gt;" in html
