"""Labels are what Django's template would make of them, and a project's own template is used."""

from __future__ import annotations

from pathlib import Path

import django.forms
import pytest
from django.forms.renderers import BaseRenderer, DjangoTemplates
from testapp.models import Place

from jsonattrs_core import Attribute
from jsonattrs_django.forms import AttributeModelForm
from jsonattrs_django.forms.labels import LABEL, is_djangos_own, label_html
from jsonattrs_django.testing import define

HOSTILE = '<b>"&amp;</b>'

CONTEXTS = [
    {"label": "Name:", "attrs": {"for": "id_name"}, "use_tag": True, "tag": "label"},
    {"label": HOSTILE, "attrs": {"for": HOSTILE}, "use_tag": True, "tag": "label"},
    {"label": HOSTILE, "attrs": {"class": HOSTILE, "for": "id_name"}, "use_tag": True, "tag": "label"},
    {"label": HOSTILE, "attrs": {"class": "wide"}, "use_tag": True, "tag": "legend"},
    {"label": "Name", "attrs": None, "use_tag": True, "tag": "legend"},
    {"label": "Name", "attrs": {}, "use_tag": True, "tag": "label"},
    {"label": HOSTILE, "attrs": {"for": "id_name"}, "use_tag": False, "tag": "label"},
]


class PlaceForm(AttributeModelForm):
    class Meta:
        model = Place
        fields = ("attrs",)


@pytest.fixture
def place(db):
    define(Place, Attribute("score", "integer", label=HOSTILE))
    return Place()


@pytest.mark.parametrize("context", CONTEXTS)
def test_a_label_is_what_djangos_template_makes_of_it(context):
    assert label_html(context) == DjangoTemplates().render(LABEL, context)


class OwnTemplates(BaseRenderer):
    """A renderer that finds the templates of a folder first."""

    def __init__(self, folder):
        forms = Path(django.forms.__file__).parent / "templates"
        options = {"APP_DIRS": True, "DIRS": [folder, forms], "NAME": "own", "OPTIONS": {}}
        self.engine = DjangoTemplates.backend(options)

    def get_template(self, template_name):
        return self.engine.get_template(template_name)


def test_djangos_own_template_is_known():
    assert is_djangos_own(DjangoTemplates())


def test_a_projects_template_is_used(place, tmp_path):
    (tmp_path / "django" / "forms").mkdir(parents=True)
    (tmp_path / LABEL).write_text("{{ field.name }}: {{ label }}")
    form = PlaceForm(instance=place, renderer=OwnTemplates(tmp_path))
    assert form["attrs__score"].label_tag() == "attrs__score: &lt;b&gt;&quot;&amp;amp;&lt;/b&gt;:"
    assert "attrs__score: &lt;b&gt;" in str(form)


def test_a_template_that_a_form_names_is_used(place, tmp_path):
    (tmp_path / "own.html").write_text("own {{ label }}")
    form = PlaceForm(instance=place, renderer=OwnTemplates(tmp_path))
    form.template_name_label = "own.html"
    assert form["attrs__score"].label_tag().startswith("own &lt;b&gt;")


def test_what_a_form_says_of_required_labels_counts(place):
    define(Place, Attribute("score", "integer", required=True, label="Score?"))
    form = PlaceForm(instance=place)
    form.required_css_class = "wanted"
    label = form["attrs__score"].label_tag(attrs={"class": "wide"})
    assert label == '<label class="wide wanted" for="id_attrs__score">Score?</label>'


def test_the_label_of_an_attribute_is_escaped(place):
    label = PlaceForm(instance=place)["attrs__score"].label_tag()
    assert label == '<label for="id_attrs__score">&lt;b&gt;&quot;&amp;amp;&lt;/b&gt;:</label>'
