"""Single fields: which control there is, what it shows and reads in each language and time zone, and long lists."""

from __future__ import annotations

import json
import time
from datetime import datetime
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.forms import modelform_factory
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from landregistry.models import Organization
from testapp.models import Note, Place, Team

from jsonattrs_core import Attribute, Choice
from jsonattrs_django.forms import AttributeModelForm, form_field
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.registry import registry
from jsonattrs_django.testing import define
from tests.django.pages.form_worlds import KINDS
from tests.django.pages.forms import Page, codes, read, saved, stands
from tests.django.stored import plainly_stored

pytestmark = pytest.mark.django_db

PlaceForm = modelform_factory(Place, AttributeModelForm, fields=("name", "attrs"))


def page_of(*attributes, record=None, **options):
    if attributes:
        define(Place, *attributes)
    return Page(PlaceForm(instance=record and read(record), **options))


def stored_after(text, attribute, language="en", **options):
    """Return what is stored of a text that somebody types, or the codes of what is refused."""
    with override(language):
        page = page_of(attribute)
        data = page.fill("name", "n").posted()
        data[f"attrs__{attribute.name}"] = text
        form = PlaceForm(data, **options)
        return plainly_stored(form.save()).get("x") if form.is_valid() else codes(form)["attrs__x"]


def shown_of(document, attribute, language="en"):
    """Return what the form of a stored document shows."""
    define(Place, attribute)
    place = stands(Place, name="n", document=document)
    with override(language):
        return page_of(record=place).shown("attrs__x")


# ---- controls ----


@pytest.mark.parametrize(
    ("attribute", "tag", "expected"),
    [
        (Attribute("x", "text"), "input", {"type": "text", "dir": "auto"}),
        (Attribute("x", "text", constraints={"multiline": True}), "textarea", {}),
        (Attribute("x", "text", multiple=True), "textarea", {}),
        (Attribute("x", "integer"), "input", {"type": "text", "autocomplete": "off", "inputmode": None}),
        (Attribute("x", "integer", constraints={"min": 0}), "input", {"type": "text", "inputmode": "numeric"}),
        (Attribute("x", "float", subtype="positive-float"), "input", {"inputmode": "decimal"}),
        (Attribute("x", "decimal", constraints={"min": 0}), "input", {"inputmode": "decimal"}),
        (Attribute("x", "decimal", constraints={"min": "0.00"}), "input", {"inputmode": "decimal"}),
        (Attribute("x", "date"), "input", {"type": "date"}),
        (Attribute("x", "date", subtype="birth-date"), "input", {"type": "date", "autocomplete": "bday"}),
        (Attribute("x", "datetime"), "input", {"type": "datetime-local", "step": "any"}),
        (Attribute("x", "time"), "input", {"type": "time", "step": "any"}),
        (Attribute("x", "duration"), "input", {"type": "text"}),
        (Attribute("x", "uuid"), "input", {"type": "text"}),
        (Attribute("x", "object"), "textarea", {}),
        (Attribute("x", "boolean"), "select", {"multiple": None}),
        (Attribute("x", "boolean", choices=[True]), "input", {"type": "checkbox", "value": "true"}),
        (Attribute("x", "boolean", choices=[True, False]), "select", {}),
        (Attribute("x", "text", choices=["a"]), "select", {"multiple": None}),
        (Attribute("x", "text", choices=[*map(str, range(16))], multiple=True), "select", {"multiple": ""}),
        (Attribute("x", "text", subtype="email"), "input", {"type": "email", "autocomplete": "email"}),
        (Attribute("x", "text", subtype="url"), "input", {"type": "url", "inputmode": "url"}),
        (Attribute("x", "text", subtype="gb-national-insurance-number"), "input", {"data-mask": "aa 00 00 00 a"}),
        (Attribute("x", "text", subtype="gender"), "input", {"list": "id_attrs__x-suggestions", "autocomplete": "sex"}),
        (Attribute("x", "text", subtype="country-code"), "select", {"autocomplete": "country"}),
        (Attribute("x", "reference", constraints={"model": "landregistry.Organization"}), "select", {}),
    ],
)  # fmt: skip
def test_each_type_has_the_control_that_it_calls_for(attribute, tag, expected):
    page = page_of(attribute)

    control = page.control("attrs__x")
    assert control.tag == tag
    assert {name: control.get(name) for name in expected} == expected
    assert page.label("attrs__x") == "X:"


def test_a_few_choices_of_several_are_boxes_with_a_legend():
    page = page_of(Attribute("x", "text", choices=[("a", "First"), "b"], multiple=True, label="Which", required=True))

    assert [box["type"] for box in page.controls("attrs__x")] == ["checkbox", "checkbox"]
    assert page.options("attrs__x") == {"a": "First", "b": "b"}
    group = page.controls("attrs__x")[0].within("fieldset")
    assert group.one("legend").words.rstrip(":") == "Which"
    assert "required" in group.words


def test_labels_help_choices_and_examples_are_in_the_readers_language():
    define(
        Place,
        Attribute(
            "x", "text", label={"en": "Colour", "de": "Farbe"}, help_text={"en": "Which?", "de": "Welche?"},
            choices=[Choice("r", {"en": "red", "de": "rot"}), ("g", "green")],
        ),
        Attribute("plot_size", "float", subtype="positive-float"),
    )  # fmt: skip
    found = {}
    for language in ("en", "de", "de-at", "id"):
        with override(language):
            page = page_of()
            found[language] = (
                page.label("attrs__x"), page.described("attrs__x"), page.options("attrs__x")["r"],
                page.label("attrs__plot_size"), page.described("attrs__plot_size").split()[-1],
            )  # fmt: skip

    assert found == {
        "en": ("Colour:", "Which?", "red", "Plot size:", "0.0"),
        "de": ("Farbe:", "Welche?", "rot", "Plot size:", "0,0"),
        "de-at": ("Farbe:", "Welche?", "rot", "Plot size:", "0,0"),
        "id": ("Colour:", "Which?", "red", "Plot size:", "0,0"),
    }


@pytest.mark.parametrize(
    ("help_text", "described"),
    [
        ("Of the owner", "Of the owner. For example: EC1Y 8SY"),
        ("Whose?", "Whose? For example: EC1Y 8SY"),
        (None, "For example: EC1Y 8SY"),
    ],
)
def test_an_example_is_a_sentence_of_its_own(help_text, described):
    page = page_of(Attribute("x", "text", subtype="gb-post-code", help_text=help_text))
    assert page.described("attrs__x") == described


def test_a_whole_number_needs_no_example():
    page = page_of(Attribute("x", "integer", subtype="rating", help_text="1 is worst"))
    assert page.described("attrs__x") == "1 is worst"


def test_every_control_has_a_name_that_is_heard():
    attributes = [
        Attribute("a", "text", help_text="Help"),
        Attribute("b", "text", choices=["x", "y"], multiple=True, help_text="Help"),
        Attribute("c", "boolean", choices=[True]),
        Attribute("d", "text", choices=[*map(str, range(300))]),
        Attribute("e", "integer", group="g"),
    ]
    define(Place, *attributes)
    page = Page(PlaceForm({"attrs__e": "x"}))

    for control in page.all("input", "select", "textarea"):
        if control.get("type") != "hidden":
            labels = [each for each in page.all("label") if each.get("for") == control.get("id")]
            assert labels or control.get("aria-label"), control
        for each in control.get("aria-describedby", "").split():
            assert page.one(id=each).words
    assert "whole number" in page.described("attrs__e")


# ---- numbers ----


@pytest.mark.parametrize(
    ("kind", "text", "language", "stored"),
    [
        ("float", "1234.5", "en", 1234.5),
        ("float", "1,234.5", "en", 1234.5),
        ("float", "1.234,5", "de", 1234.5),
        ("float", "0,5", "de", 0.5),
        ("float", "0,5", "fr", 0.5),
        ("float", "1\u202f234,5", "fr", 1234.5),
        ("float", "1 234,5", "fr", 1234.5),
        ("float", "1.234,5", "id", 1234.5),
        ("float", "0,5", "en", ["format"]),
        ("decimal", "1.234,50", "de", "1234.50"),
        ("decimal", "1.234,50", "id", "1234.50"),
        ("decimal", "12,5", "fr", "12.5"),
        ("integer", "1.234.567", "de", 1234567),
        ("integer", "1.234", "de", ["format"]),  # a decimal point elsewhere
        ("integer", "1,234", "en", 1234),
        ("integer", "1234", "fr", 1234),
        ("integer", "-5", "en", -5),
        ("integer", "\u22125", "en", -5),
        ("integer", "1.5", "en", ["type"]),
        ("integer", "x", "en", ["format"]),
        ("integer", "1" * 30, "en", ["max"]),
        ("float", "1e999", "en", ["format"]),
    ],
)
def test_numbers_are_read_as_they_are_written_in_each_language(kind, text, language, stored):
    assert stored_after(text, Attribute("x", kind), language) == stored


@pytest.mark.parametrize(
    ("kind", "document", "shown"),
    [
        ("float", '{"x":0.5}', {"en": "0.5", "de": "0,5", "fr": "0,5", "id": "0,5"}),
        ("decimal", '{"x":"12.50"}', {"en": "12.50", "de": "12,50", "fr": "12,50", "id": "12,50"}),
        ("integer", '{"x":7}', {"en": "7", "de": "7", "fr": "7", "id": "7"}),
    ],
)
def test_numbers_are_shown_as_they_are_written_in_each_language(kind, document, shown):
    assert {language: shown_of(document, Attribute("x", kind), language) for language in shown} == shown


@settings(max_examples=40)
@given(
    st.sampled_from(("en", "de", "fr", "id")),
    st.one_of(
        st.floats(allow_nan=False, allow_infinity=False),
        st.integers(-(2**63), 2**63 - 1),
        st.decimals(allow_nan=False, allow_infinity=False, places=3),
    ),
)
def test_what_a_field_shows_of_a_number_it_reads_as_the_same(language, number):
    kind = {float: "float", int: "integer", Decimal: "decimal"}[type(number)]
    with override(language):
        field = form_field(_schema(Attribute("x", kind)), "x")
        assert field.clean(field.display(number, language)) == number


def _schema(*attributes):
    define(Place, *attributes)
    return SchemaRecord.objects.for_selectors(Place, ())


def test_a_number_is_read_in_the_language_in_which_the_form_was_shown():
    define(Place, Attribute("x", "float"))
    place = stands(Place, name="n", document='{"x":0.5}')
    with override("de"):
        page = page_of(record=place).fill("attrs__x", "1.234,5")
    with override("en"):
        saved(page.posted(), PlaceForm, instance=read(place))

    assert plainly_stored(place) == {"x": 1234.5}


@pytest.mark.parametrize("language", ["xx", "", "../../etc", "DE", 5, None, "de\x00"])
def test_a_language_that_there_is_not_is_the_readers_own(language):
    define(Place, Attribute("x", "float"))
    with override("de"):
        data = page_of().fill("name", "n").fill("attrs__x", "0,5").posted()
        data["attrs-shown"] = json.dumps({**json.loads(data["attrs-shown"]), "language": language})

        assert plainly_stored(saved(data, PlaceForm)) == {"x": 0.5}


# ---- days and moments ----


@pytest.mark.parametrize("language", ["en", "de", "fr", "id"])
def test_iso_days_are_read_in_every_language(language):
    assert stored_after("1984-02-29", Attribute("x", "date"), language) == "1984-02-29"
    assert stored_after("12:30", Attribute("x", "time"), language) == "12:30:00"
    with timezone.override("UTC"):
        assert stored_after("2024-01-31T12:00", Attribute("x", "datetime"), language) == "2024-01-31T12:00:00Z"
    assert stored_after("1984-02-30", Attribute("x", "date"), language) == ["format"]


@pytest.mark.parametrize(
    ("text", "language"), [("29.02.1984", "de"), ("29.2.1984", "de"), ("29/02/1984", "fr"), ("29/02/1984", "id")]
)
def test_days_are_read_as_they_are_written_in_each_language_too(text, language):
    assert stored_after(text, Attribute("x", "date"), language) == "1984-02-29"


@pytest.mark.parametrize("language", ["en", "de", "fr", "id"])
def test_days_are_shown_as_a_browsers_calendar_takes_them(language):
    assert shown_of('{"x":"1984-02-29"}', Attribute("x", "date"), language) == "1984-02-29"
    assert shown_of('{"x":"0001-01-01"}', Attribute("x", "date"), language) == "0001-01-01"
    assert shown_of('{"x":"23:59:59.500000"}', Attribute("x", "time"), language) == "23:59:59.500000"


MOMENT = Attribute("x", "datetime")


@pytest.mark.parametrize(
    ("stored", "zone", "shown"),
    [
        ("2024-01-31T12:00:00Z", "UTC", "2024-01-31T12:00"),
        ("2024-01-31T12:00:00Z", "Asia/Jakarta", "2024-01-31T19:00"),
        ("2024-07-31T12:00:05Z", "Europe/Berlin", "2024-07-31T14:00:05"),
        ("2024-01-31T23:00:00+05:45", "Asia/Kathmandu", "2024-01-31T23:00"),
        ("2024-01-31T12:00:00.123456Z", "Asia/Jakarta", "2024-01-31T19:00:00.123456+07:00"),
    ],
)
def test_moments_are_shown_and_read_in_the_current_time_zone(stored, zone, shown):
    with timezone.override(zone):
        assert shown_of(f'{{"x":"{stored}"}}', MOMENT) == shown
        again = datetime.fromisoformat(stored_after(shown, MOMENT))
        assert again == datetime.fromisoformat(stored)


def test_a_moment_with_an_offset_means_what_it_says():
    with timezone.override("Asia/Jakarta"):
        assert stored_after("2024-01-31T12:00:00+02:00", MOMENT) == "2024-01-31T10:00:00Z"
        assert stored_after("2024-01-31T12:00:00Z", MOMENT) == "2024-01-31T12:00:00Z"


@pytest.mark.parametrize("zone", ["UTC", "America/St_Johns", "Asia/Kathmandu"])
def test_the_first_and_the_last_moments_that_there_are(zone):
    define(Place, MOMENT, Attribute("last", "datetime"))
    document = '{"x":"0001-01-01T00:00:00Z","last":"9999-12-31T23:59:59Z"}'
    place = stands(Place, name="n", document=document)
    with timezone.override(zone):
        page = page_of(record=place)
        assert saved(page.posted(), PlaceForm, instance=read(place)).attrs.changed == ()
        for text in (
            "0001-01-01T00:00",
            "9999-12-31T23:59",
            "0000-01-01T00:00",
            "10000-01-01T00:00",
            "9999-12-31T24:00",
        ):
            form = PlaceForm({"name": "n", "attrs__x": text})
            assert form.is_valid() or codes(form) == {"attrs__x": ["format"]}
            Page(form)

    assert plainly_stored(place) == json.loads(document)


@pytest.mark.parametrize("moment", ["2024-10-27T00:30:00Z", "2024-10-27T01:30:00Z"])
def test_an_hour_that_there_is_twice_is_shown_so_that_it_is_read_as_the_same(moment):
    define(Place, MOMENT, Attribute("other", "text"))
    place = stands(Place, name="n", document=f'{{"x":"{moment}"}}')
    with timezone.override("Europe/Berlin"):
        shown = page_of(record=place).shown("attrs__x")
        field = form_field(_schema(MOMENT), "x")

        assert field.clean(shown) == datetime.fromisoformat(moment)


@pytest.mark.parametrize("text", ["2024-10-27T02:30", "2024-03-31T02:30"], ids=["twice", "never"])
def test_an_hour_that_says_nothing_is_asked_for_again_where_an_offset_can_be_typed(text):
    """Django's own fields refuse it, too: a moment that is an hour off is worse than a question."""
    with timezone.override("Europe/Berlin"):
        page = page_of(MOMENT).fill("name", "n").fill("attrs__x", text)
        form = PlaceForm(page.posted())
        assert codes(form) == {"attrs__x": ["format"]}
        page = Page(form)
        assert page.shown("attrs__x") == text
        assert "offset" in page.described("attrs__x")

        record = saved(page.fill("attrs__x", f"{text}:00+01:00").posted(), PlaceForm)

    assert plainly_stored(record) == {"x": f"{text[:-4]}1:30:00Z"}


# ---- several ----


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("a\r\nb", ["a", "b"]),
        ("\r\n a \r\n\r\nb\r\n", ["a", "b"]),
        ("a;b, c", ["a;b, c"]),
        ("[a", ["[a"]),
        ('["a\\nb", "c"]', ["format"]),
        ('["a"]', ["a"]),
        ("", None),
        (" \r\n ", None),
    ],
)
def test_several_values_are_typed_on_lines(text, stored):
    assert stored_after(text, Attribute("x", "text", multiple=True)) == stored


LINES = st.lists(st.text(st.sampled_from('[]"ab\\\n ,;='), min_size=1, max_size=5), min_size=1, max_size=3)


@settings(max_examples=60)
@given(LINES)
def test_what_a_field_shows_of_several_texts_it_reads_as_the_same(texts):
    constraints = {"strip": False, "multiline": True}
    field = form_field(_schema(Attribute("x", "text", multiple=True, constraints=constraints)), "x")
    texts = [text for text in texts if text.strip()]

    assert field.read(field.display(texts, "en"), "en") == (texts or None)


@pytest.mark.parametrize("language", ["en", "de", "fr", "id"])
def test_what_a_field_shows_of_any_value_it_reads_as_the_same(language):
    kinds = [kind for kind in KINDS if kind.type not in ("reference", "text")]
    schema = _schema(
        *(Attribute(f"a{place}", kind.type) for place, kind in enumerate(kinds)),
        *(Attribute(f"b{place}", kind.type, multiple=True) for place, kind in enumerate(kinds)),
    )
    validator = schema.compile(registry())
    with timezone.override("America/St_Johns"), override(language):
        for place, kind in enumerate(kinds):
            for value in kind.values:
                for name, given_value in ((f"a{place}", value), (f"b{place}", [value, value])):
                    if any(problem.path[0] == name for problem in validator.problems({name: given_value})):
                        continue
                    typed = validator.load({name: given_value})[name]
                    field = form_field(schema, name)
                    assert field.read(field.display(typed, language), language) == typed, (kind, value)


# ---- long lists ----

MANY = [(f"c{number}", f"Choice number {number}") for number in range(10_000)]


def test_ten_thousand_choices_are_searched_on_the_server():
    define(Place, Attribute("x", "text", choices=MANY))
    place = stands(Place, name="n", document='{"x":"c9876"}')
    html = str(PlaceForm(instance=read(place)))
    assert len(html) < 30_000
    page = Page(html)
    options = page.options("attrs__x")
    assert (len(options), page.shown("attrs__x"), options["c9876"]) == (202, "c9876", "Choice number 9876")
    assert "9799 more" in page.field("attrs__x").words

    page = Page(PlaceForm(
        page.fill("attrs__x-search", "number 1234").posted("_attributes", "refresh"), instance=read(place)
    ))  # fmt: skip
    assert [*page.options("attrs__x")] == ["", "c9876", "c1234"]
    assert page.shown("attrs__x-search") == "number 1234"
    saved(page.fill("attrs__x", "c1234").posted(), PlaceForm, instance=read(place))

    assert plainly_stored(place) == {"x": "c1234"}


def test_several_of_ten_thousand_choices():
    define(Place, Attribute("x", "text", choices=MANY, multiple=True))
    place = stands(Place, name="n", document='{"x":["c5000","gone"]}')
    page = page_of(record=place)
    assert page.shown("attrs__x") == ["c5000", "gone"]
    assert page.options("attrs__x")["gone"] == "gone (not a choice)"

    data = page.fill("attrs__x-search", "9999").fill("attrs__x", ["c5000"]).posted("_attributes", "refresh")
    page = Page(PlaceForm(data, instance=read(place)))
    assert [*page.options("attrs__x")] == ["c5000", "c9999"]
    saved(page.fill("attrs__x", ["c5000", "c9999"]).posted(), PlaceForm, instance=read(place))

    assert plainly_stored(place) == {"x": ["c5000", "c9999"]}


def test_a_choice_that_is_posted_need_not_be_among_those_that_were_shown():
    assert stored_after("c9999", Attribute("x", "text", choices=MANY)) == "c9999"
    assert stored_after("c10000", Attribute("x", "text", choices=MANY)) == ["choice"]


@pytest.mark.parametrize(
    "searched", ["", " ", "zzz", "%", "<b>", "x" * 10_000, "\x00", "9" * 30, "number number", "\u0661"]
)
def test_whatever_is_searched_for_is_answered(searched):
    organizations = {"model": "landregistry.Organization"}
    define(Place, Attribute("x", "text", choices=MANY), Attribute("agent", "reference", constraints=organizations))
    data = {"name": "n", "_attributes": "refresh", "attrs__x-search": searched, "attrs__agent-search": searched}

    Page(PlaceForm(data))


# ---- references ----

AGENT = Attribute("x", "reference", constraints={"model": "landregistry.Organization"})


@pytest.fixture
def organizations():
    rows = [Organization(slug=f"s{number:03}", name=f"Office {number}") for number in range(300)]
    return [*Organization.objects.bulk_create(rows)]


def test_records_are_searched_by_their_texts_and_their_keys(organizations):
    define(Place, AGENT)
    place = stands(Place, name="n", document=f'{{"x":{organizations[250].pk}}}')
    page = page_of(record=place)
    assert page.options("attrs__x")[page.shown("attrs__x")] == "Office 250"
    assert len(page.options("attrs__x")) == 202
    assert "100 more" in page.field("attrs__x").words

    for searched in ("office 77", "s077", str(organizations[77].pk)):
        data = page.fill("attrs__x-search", searched).posted("_attributes", "refresh")
        found = Page(PlaceForm(data, instance=read(place)))
        assert str(organizations[77].pk) in found.options("attrs__x")
        assert len(found.options("attrs__x")) < 10
    saved(found.fill("attrs__x", str(organizations[77].pk)).posted(), PlaceForm, instance=read(place))

    assert plainly_stored(place) == {"x": organizations[77].pk}


def test_what_a_schema_filters_is_neither_offered_nor_taken(organizations):
    narrow = Attribute("x", "reference", constraints={**AGENT.constraints, "filter": {"slug": ["s001", "s002"]}})
    page = page_of(narrow)

    assert [*page.options("attrs__x").values()] == ["---------", "Office 1", "Office 2"]
    assert stored_after(str(organizations[1].pk), narrow) == organizations[1].pk
    assert stored_after(str(organizations[3].pk), narrow) == ["django.not_found"]


@pytest.mark.parametrize("text", ["x", "-1", "1.5", "9" * 40, "\x00", "0"])
def test_a_key_that_is_none_is_refused(organizations, text):
    assert stored_after(text, AGENT) in (["django.not_found"], ["format"], ["type"], ["max"])


def _user(*permissions):
    user = get_user_model().objects.create_user("u")
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return get_user_model().objects.get(pk=user.pk)


def test_who_may_see_no_such_records_is_offered_none_and_keeps_what_is_there(organizations):
    first, second = organizations[:2]
    define(Place, AGENT, Attribute("agents", "reference", multiple=True, constraints=AGENT.constraints))
    place = stands(Place, name="n", document=f'{{"x":{first.pk},"agents":[{second.pk}]}}')
    user = _user()
    html = str(PlaceForm(instance=read(place), user=user))
    assert "Office" not in html
    page = Page(html)
    assert page.options("attrs__x") == {"": "---------", str(first.pk): f"{first.pk} (not available)"}

    saved(page.fill("name", "after").posted(), PlaceForm, instance=read(place), user=user)
    assert plainly_stored(place) == {"x": first.pk, "agents": [second.pk]}

    data = page.posted()
    data["attrs__x"] = data["attrs__agents"] = str(organizations[5].pk)
    form = PlaceForm(data, instance=read(place), user=user)
    assert codes(form) == {"attrs__x": ["django.not_found"], "attrs__agents": ["django.not_found"]}


def test_who_may_see_the_records_may_choose_them(organizations):
    define(Place, AGENT)
    user = _user("view_organization")
    page = Page(PlaceForm(user=user))
    assert "Office 5" in page.options("attrs__x").values()

    data = page.fill("name", "n").fill("attrs__x", str(organizations[5].pk)).posted()
    assert plainly_stored(saved(data, PlaceForm, user=user)) == {"x": organizations[5].pk}


def only_one(user, rows, attribute):
    return rows.filter(slug=user)


def test_a_project_says_which_records_may_be_chosen(organizations, settings):
    settings.JSONATTRS = {"REFERENCE_PERMISSION": f"{__name__}.only_one"}
    define(Place, AGENT)

    assert [*Page(PlaceForm(user="s007")).options("attrs__x").values()] == ["---------", "Office 7"]
    data = {"name": "n", "attrs__x": str(organizations[8].pk)}
    assert codes(PlaceForm(data, user="s007")) == {"attrs__x": ["django.not_found"]}
    found = Page(PlaceForm({"attrs__x-search": "s008", "_attributes": "refresh"}, user="s007"))
    assert [*found.options("attrs__x").values()] == ["---------"]


def test_records_with_keys_that_are_no_numbers():
    teams = [Team.objects.create(code=code) for code in ("one", "two")]
    define(Note, Attribute("lead", "reference", constraints={"model": "testapp.Team"}))
    kind = modelform_factory(Note, AttributeModelForm, fields=("title", "team", "attrs"))
    page = Page(kind())
    assert {str(team.pk) for team in teams} < page.options("attrs__lead").keys()
    for searched, count in (("one", 2), ("12", 1), (str(teams[1].pk), 2)):
        page.fill("attrs__lead-search", searched)
        found = Page(kind(page.posted("_attributes", "refresh")))
        assert len(found.options("attrs__lead")) == count

    data = page.fill("title", "t").fill("team", str(teams[0].pk)).fill("attrs__lead", str(teams[1].pk)).posted()

    assert plainly_stored(saved(data, kind)) == {"lead": str(teams[1].pk)}


# ---- much of everything ----


def test_five_hundred_attributes():
    attributes = [Attribute(f"a{n}", "text", label="L" * 300, group=f"g{n // 25}") for n in range(499)]
    define(Place, *attributes, Attribute("chosen", "text", choices=MANY))
    place = stands(Place, name="n", document="{}")
    page_of(record=place)
    started = time.process_time()

    html = str(PlaceForm(instance=read(place)))
    page = Page(html)
    form = PlaceForm(page.fill("attrs__a498", "x").posted(), instance=read(place))
    assert form.is_valid()
    form.save()

    assert plainly_stored(place) == {"a498": "x"}
    assert len(html) < 700_000
    assert time.process_time() - started < 10
    assert len(page.all("details")) == 20
    assert len([section for section in page.all("details") if "open" in section]) == 1


# ---- a field by itself ----


def test_a_field_gives_the_typed_value_of_a_text():
    schema = _schema(
        Attribute("n", "integer", constraints={"max": 9}, required=True),
        Attribute("born", "date"),
        Attribute("tags", "text", multiple=True, choices=["a", "b"]),
    )
    assert form_field(schema, "n").clean("5") == 5
    assert form_field(schema, "n").clean("") is None
    assert form_field(schema, "born").clean("1984-02-29").isoformat() == "1984-02-29"
    assert form_field(schema, "tags").clean(["b", "a"]) == ["b", "a"]
    for name, text, code in (("n", "10", "max"), ("n", "x", "format"), ("tags", ["c"], "choice")):
        with pytest.raises(ValidationError) as caught:
            form_field(schema, name).clean(text)
        assert [error.code for error in caught.value.error_list] == [code]
    with pytest.raises(KeyError):
        form_field(schema, "nothing")
    assert form_field(schema, "n").label == "N"
