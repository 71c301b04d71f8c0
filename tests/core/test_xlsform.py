"""Schemas as XLSForms: what becomes what, what is reported, and that pyxform makes the XForm that was meant."""

from __future__ import annotations

import io
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from jsonattrs_core import (
    Attribute,
    Choice,
    JSONAttrsError,
    Omission,
    Registry,
    Rule,
    Schema,
    SchemaError,
    Subtype,
    compose,
    hookimpl,
    to_xlsform,
)

XF = "{http://www.w3.org/2002/xforms}"
JR = "{http://openrosa.org/javarosa}"


def form_of(*attributes, rules=(), languages=None, registry=None, **of_schema):
    schema = compose(Schema("s", attributes, rules=rules, **of_schema))
    return to_xlsform(schema, title="Form", form_id="form", languages=languages, registry=registry)


def row_of(*attributes, **options):
    """Return the row of the last question."""
    return form_of(*attributes, **options).survey[-1]


def saved(form):
    target = io.BytesIO()
    form.save(target)
    return target.getvalue()


def named(part):
    """Return what tells an attribute from the others of a table; anything else is named as it is."""
    if not isinstance(part, Attribute):
        return None
    return "-".join([str(part.type), *(name for name in part.given if name not in ("name", "type"))])


class XForm:
    """What pyxform makes of a form."""

    def __init__(self, form):
        warnings = []
        self.text = convert(saved(form), warnings=warnings).xform
        assert warnings == []
        self.root = ET.fromstring(self.text)
        self.binds = {bind.get("nodeset").rpartition("/")[2]: bind.attrib for bind in self.root.iter(f"{XF}bind")}

    def texts(self, language):
        """Return the texts of a language by their ids."""
        translation = next(each for each in self.root.iter(f"{XF}translation") if each.get("lang") == language)
        return {text.get("id"): text.find(f"{XF}value").text for text in translation}

    def default(self, name):
        return next(node for node in self.root.iter(f"{XF}{name}")).text


# ---- types ----


@pytest.mark.parametrize(
    ("attribute", "kind"),
    [
        (Attribute("v", "text"), "text"),
        (Attribute("v", "integer"), "integer"),
        (Attribute("v", "float"), "decimal"),
        (Attribute("v", "decimal"), "decimal"),
        (Attribute("v", "boolean"), "select_one yes_no"),
        (Attribute("v", "date"), "date"),
        (Attribute("v", "datetime"), "dateTime"),
        (Attribute("v", "time"), "time"),
        (Attribute("v", "uuid"), "text"),
        (Attribute("v", "text", choices=["a", "b"]), "select_one v"),
        (Attribute("v", "text", choices=["a", "b"], multiple=True), "select_multiple v"),
        (Attribute("v", "boolean", choices=[True]), "select_one v"),
    ],
    ids=named,
)
def test_types_have_their_questions(attribute, kind):
    form = form_of(attribute)
    assert form.survey[0]["type"] == kind
    assert form.report == ()
    XForm(form)


@pytest.mark.parametrize(
    ("attribute", "kind", "property_"),
    [
        (Attribute("v", "duration"), "text", "type"),
        (Attribute("v", "text", multiple=True), "text", "multiple"),
        (Attribute("v", "object"), None, "type"),
        (Attribute("v", "object", multiple=True), None, "type"),
        (Attribute("v", "text", choices=[Choice("a", retired=True)]), None, "choices"),
    ],
    ids=named,
)
def test_types_that_forms_do_not_have_are_reported(attribute, kind, property_):
    form = form_of(attribute)
    assert [row["type"] for row in form.survey] == ([kind] if kind else [])
    assert [(each.attribute, each.property) for each in form.report] == [("v", property_)]
    XForm(form)


@pytest.mark.parametrize(
    ("attribute", "constraint"),
    [
        (Attribute("v", "integer", constraints={"min": 0, "max": 10}), ". >= 0 and . <= 10"),
        (Attribute("v", "integer", constraints={"multiple_of": 5}), ". mod 5 = 0"),
        (
            Attribute("v", "float", constraints={"exclusive_min": 1e-9, "exclusive_max": 1e3}),
            ". > 0.000000001 and . < 1000",
        ),
        (Attribute("v", "decimal", constraints={"min": "0.50"}), ". >= 0.5"),
        (Attribute("v", "text", constraints={"min_length": 2}), "regex(., '^[\\s\\S]{2,}$')"),
        (Attribute("v", "text", constraints={"max_length": 5}), "regex(., '^[\\s\\S]{0,5}$')"),
        (Attribute("v", "text", constraints={"pattern": "[A-Z]+.?"}), "regex(., '^(?:[A-Z]+[^\\n]?)$')"),
        (Attribute("v", "date", constraints={"min": "1900-01-01"}), ". >= date('1900-01-01')"),
        (Attribute("v", "date", constraints={"max": "today"}), ". <= today()"),
        (Attribute("v", "date", constraints={"min": "today-2w"}), ". >= today() - 14"),
        (
            Attribute("v", "date", constraints={"max": "today-18y"}),
            "number(format-date(., '%Y%m%d')) <= number(format-date(today(), '%Y%m%d')) - 180000",
        ),
        (Attribute("v", "datetime", constraints={"max": "now"}), "decimal-date-time(.) <= decimal-date-time(now())"),
        (
            Attribute("v", "text", choices=["a", "b"], multiple=True, constraints={"min_items": 1, "max_items": 2}),
            "count-selected(.) >= 1 and count-selected(.) <= 2",
        ),
    ],
    ids=named,
)
def test_constraints_are_checked_by_the_form(attribute, constraint):
    form = form_of(attribute)
    assert form.survey[0]["constraint"] == constraint
    assert form.report == ()
    assert XForm(form).binds["v"]["constraint"] == constraint


@pytest.mark.parametrize(
    ("attribute", "property_"),
    [
        (Attribute("v", "decimal", constraints={"decimal_places": 2}), "decimal_places"),
        (Attribute("v", "decimal", constraints={"max_digits": 2}), "max_digits"),
        (Attribute("v", "decimal", constraints={"max": "0.12345678901234567890"}), "max"),
        (Attribute("v", "integer", constraints={"max": 2**60 + 1}), "max"),
        (Attribute("v", "date", constraints={"min": "today-18y"}), "min"),
        (Attribute("v", "date", constraints={"max": "today+3m"}), "max"),
        (Attribute("v", "datetime", constraints={"max": "now+2h"}), "max"),
        (Attribute("v", "time", constraints={"min": "08:00"}), "min"),
        (Attribute("v", "text", constraints={"pattern": r"\pL+"}), "pattern"),
        (Attribute("v", "text", subtype="slug"), "subtype"),
        (Attribute("v", "text", unique=True), "unique"),
    ],
    ids=named,
)
def test_what_a_form_cannot_check_is_reported_and_not_approximated(attribute, property_):
    form = form_of(attribute)
    assert "constraint" not in form.survey[0]
    assert [(each.attribute, each.property) for each in form.report] == [("v", property_)]


def test_the_message_of_a_constraint_is_there_in_each_language():
    amount = Attribute("v", "integer", constraints={"min": 0})
    form = form_of(
        amount,
        Attribute("w", "integer"),
        rules=[Rule("v < w", {"en": "v comes first", "de": "v kommt zuerst"}, attributes=["v"])],
    )
    row = form.survey[0]
    assert row["constraint"] == ". >= 0 and not(. >= ${w})"
    assert row["constraint_message::English (en)"] == "The value must be 0 or more. v comes first"
    assert row["constraint_message::German (de)"].endswith(" v kommt zuerst")
    xform = XForm(form)
    assert xform.binds["v"][f"{JR}constraintMsg"] == "jr:itext('/data/v:jr:constraintMsg')"
    assert xform.texts("German (de)")["/data/v:jr:constraintMsg"] == row["constraint_message::German (de)"]


# ---- rules and conditions ----


def test_conditions_decide_in_the_form():
    form = form_of(
        Attribute("kind", "text", choices=["farm", "house"], required=True),
        Attribute("area", "decimal", visible_if="kind == 'farm'", required=True),
        Attribute("rooms", "integer", required_if="kind == 'house'"),
    )
    binds = XForm(form).binds
    assert binds["kind"]["required"] == "true()"
    assert binds["area"]["relevant"].strip() == "/data/kind  = 'farm'"
    assert binds["area"]["required"] == "true()"
    assert binds["rooms"]["required"].strip() == "/data/kind  = 'house'"
    assert form.report == ()


def test_what_is_required_where_it_is_visible_is_not_required_where_the_form_does_not_know():
    form = form_of(
        Attribute("o", "object"),
        Attribute("a", "text", visible_if="given.o", required=True),
        Attribute("b", "text", visible_if="given.o", required_if="given.a"),
    )
    assert [set(row) & {"relevant", "required"} for row in form.survey] == [set(), set()]
    assert [(each.attribute, each.property) for each in form.report] == [
        ("o", "type"),
        ("a", "visible_if"),
        ("a", "required"),
        ("b", "visible_if"),
        ("b", "required_if"),
    ]


def test_of_conditions_in_a_circle_one_is_left_out():
    form = form_of(
        Attribute("a", "text", visible_if="given.b"),
        Attribute("b", "text", visible_if="given.c"),
        Attribute("c", "text", required_if="given.a"),
    )
    assert [row.get("relevant") for row in form.survey] == ["${b} != ''", "${c} != ''", None]
    assert [(each.attribute, each.property) for each in form.report] == [("c", "required_if")]


@pytest.mark.parametrize(
    ("expression", "shown", "constraints"),
    [
        ("a < b", ["a"], {"a": "not(. >= ${b})"}),
        ("a < b", [], {"b": "not(${a} >= .)"}),
        ("a < b && b < c", ["b"], {"b": "not(${a} >= . or . >= ${c})"}),
        ("a > 1 && c > 1", ["b"], {"a": "not(. <= 1)", "c": "not(. <= 1)"}),
        ("!given.a || given.b", ["b"], {"a": "not(${b} = '')"}),
        ("given.a || true", ["a"], {}),
    ],
)
def test_a_rule_stands_where_there_is_an_answer_whenever_it_is_broken(expression, shown, constraints):
    three = [Attribute(name, "integer") for name in "abc"]
    form = form_of(*three, rules=[Rule(expression, "no", attributes=shown)])
    assert {row["name"]: row["constraint"] for row in form.survey if "constraint" in row} == constraints
    assert form.report == ()
    XForm(form)


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (Rule("given.a || given.b", "no"), "it may be broken by what is not answered, and forms check answers only"),
        (Rule("a < b", "no", severity="warning"), "a warning refuses nothing, and forms have no warnings"),
        (Rule("a * b < 3", "no"), "it compares the order of something that is no number and no date"),
    ],
)
def test_a_rule_that_a_form_cannot_check_is_reported(rule, reason):
    form = form_of(Attribute("a", "integer"), Attribute("b", "integer"), rules=[rule])
    assert form.report == (Omission("", "rule", f"rule {rule.expression!r}: {reason}"),)
    assert not any("constraint" in row for row in form.survey)


def test_an_attribute_whose_condition_names_one_that_is_gone_is_not_asked():
    first = Schema("first", [Attribute("a", "text"), Attribute("b", "text", visible_if="given.a")])
    form = to_xlsform(compose(first, Schema("second", [Attribute("a", omit=True)])), title="t", form_id="f")
    assert form.survey == ()
    assert [(each.attribute, each.property) for each in form.report] == [("b", "visible_if")]


# ---- choices ----


def test_equal_lists_are_one_and_retired_choices_are_left_out():
    colours = ["red", Choice("green", {"en": "Green", "de": "Grün"}), Choice("blue", retired=True)]
    form = form_of(
        Attribute("a", "text", choices=colours),
        Attribute("b", "text", choices=colours, multiple=True),
        Attribute("c", "text", choices=["red", "green"]),
    )
    assert [row["type"] for row in form.survey] == ["select_one a", "select_multiple a", "select_one c"]
    assert form.choices[:2] == (
        {"list_name": "a", "name": "red", "label::English (en)": "red", "label::German (de)": "red"},
        {"list_name": "a", "name": "green", "label::English (en)": "Green", "label::German (de)": "Grün"},
    )
    assert len(form.choices) == 4
    assert XForm(form).texts("German (de)")["a-1"] == "Grün"


def test_values_that_no_form_can_hold_get_names_of_their_own_which_are_reported_and_told():
    form = form_of(Attribute("v", "text", choices=["a b", "a_b", "a'b", "=x", "${v}", "1"], default="a'b"))
    names = [row["name"] for row in form.choices]
    assert names == ["a_b_2", "a_b", "a_b_3", "x", "v", "1"]
    assert dict(form.values["v"]) == {
        "a_b_2": "a b", "a_b": "a_b", "a_b_3": "a'b", "x": "=x", "v": "${v}", "1": "1",
    }  # fmt: skip
    assert form.report == (
        Omission(
            "v",
            "choices",
            "values that a form cannot hold have other names in it: "
            "'a b' is 'a_b_2', \"a'b\" is 'a_b_3', '=x' is 'x', '${v}' is 'v'",
        ),
    )
    assert XForm(form).default("v") == "a_b_3"


def test_a_list_of_ten_thousand_choices_is_one_line_of_the_report_and_can_be_searched():
    form = form_of(Attribute("v", "text", choices=[f"place {number}" for number in range(10_000)]))
    assert form.survey[0]["appearance"] == "autocomplete"
    assert len(form.report) == 1
    assert "(10,000 in all)" in form.report[0].reason
    assert XForm(form).text.count("<item>") == 10_000


@pytest.mark.parametrize(("count", "appearance"), [(10, None), (11, "minimal"), (50, "minimal"), (51, "autocomplete")])
def test_long_lists_are_folded(count, appearance):
    assert row_of(Attribute("v", "integer", choices=range(count))).get("appearance") == appearance


def test_the_choices_of_a_subtype_are_those_of_the_form():
    class Plugin:
        @hookimpl
        def jsonattrs_subtypes(self):
            return [
                Subtype(
                    base="text",
                    name="sea",
                    load=lambda value: value,
                    choices="tests.core.test_xlsform:seas",
                    label="Sea",
                    summary="A sea.",
                    examples=(),
                    invalid_examples=(),
                )
            ]

    registry = Registry.from_plugins({"sea": Plugin()})
    form = form_of(Attribute("v", "text", subtype="sea"), languages=["en", "de"], registry=registry)
    assert [tuple(row.values()) for row in form.choices] == [
        ("v", "north", "North Sea", "Nordsee"),
        ("v", "baltic", "Baltic", "Ostsee"),
    ]
    assert form.report == ()


def seas(language):
    german = language == "de"
    return [("north", "Nordsee" if german else "North Sea"), ("baltic", "Ostsee" if german else "Baltic")]


# ---- defaults ----


@pytest.mark.parametrize(
    ("attribute", "default"),
    [
        (Attribute("v", "text", default="plain"), "plain"),
        (Attribute("v", "text", default="1 + 1"), "concat('1 + 1', '')"),
        (Attribute("v", "text", default="it's"), "concat(\"it's\", '')"),
        (Attribute("v", "integer", default=-5), "-5"),
        (Attribute("v", "float", default=1e-7), "0.0000001"),
        (Attribute("v", "boolean", default=False), "no"),
        (Attribute("v", "date", default="2024-02-29"), "2024-02-29"),
        (Attribute("v", "date", default="today"), "today()"),
        (Attribute("v", "datetime", default="2024-02-29T12:00:00+02:00"), "2024-02-29T10:00:00.000Z"),
        (Attribute("v", "uuid", default="uuid4"), "uuid()"),
        (Attribute("v", "text", choices=["a", "b"], multiple=True, default=["b", "a"]), "concat('b a', '')"),
        (Attribute("v", "text", multiple=True, default=["b", "a"]), "concat('b; a', '')"),
    ],
    ids=named,
)
def test_defaults_stand_in_the_form(attribute, default):
    form = form_of(attribute)
    assert form.survey[0]["default"] == default
    is_worked_out = "(" in default
    xform = XForm(form)
    assert (xform.default("v") is None) is is_worked_out
    assert ("setvalue" in xform.text) is is_worked_out


def test_a_default_that_would_be_changed_on_the_way_is_reported():
    form = form_of(Attribute("v", "text", default="\u201cso\u201d"))
    assert "default" not in form.survey[0]
    assert [each.property for each in form.report] == ["default"]


# ---- groups, names and languages ----


def test_groups_hold_what_belongs_to_them_where_the_first_of_it_stands():
    form = form_of(
        Attribute("a", "text", group="land_use"),
        Attribute("b", "text"),
        Attribute("c", "text", group="land_use"),
        Attribute("land_use", "text", group="&"),
    )
    assert [(row["type"], row.get("name")) for row in form.survey] == [
        ("begin_group", "land_use_2"),
        ("text", "a"),
        ("text", "c"),
        ("end_group", None),
        ("text", "b"),
        ("begin_group", "group"),
        ("text", "land_use"),
        ("end_group", None),
    ]
    assert form.survey[0]["label::English (en)"] == "Land use"
    assert "/data/land_use_2/c" in XForm(form).text


def test_a_group_without_a_letter_has_a_label_all_the_same():
    form = form_of(Attribute("a", "text", label={"en": "A", "de": "A"}, group="_"))
    assert form.survey[0]["label::German (de)"] == "group"
    assert XForm(form).texts("German (de)")["/data/group/a:label"] == "A"


def test_what_other_records_decide_is_reported():
    two = [Attribute("a", "text", unique=True), Attribute("b", "text")]
    form = form_of(*two, unique_together=[("a", "b")])
    reason = "a form does not know the other records; it is checked when the record is"
    assert form.report == (Omission("", "unique_together", f"a, b: {reason}"), Omission("a", "unique", reason))


def test_names_that_forms_have_themselves_are_changed_and_reported():
    form = form_of(
        Attribute("meta", "text"), Attribute("data", "text"), Attribute("meta_value", "text", visible_if="given.meta")
    )
    assert dict(form.attributes) == {"meta_value_2": "meta", "data_value": "data", "meta_value": "meta_value"}
    assert form.survey[2]["relevant"] == "${meta_value_2} != ''"
    assert [(each.attribute, each.property) for each in form.report] == [("meta", "name"), ("data", "name")]
    XForm(form)


def test_every_language_of_the_texts_has_its_column_and_none_is_empty():
    form = form_of(
        Attribute("a", "text", label={"id": "Nama", "ar": "الاسم"}, help_text={"en": "As in the passport"}),
        Attribute("b", "text"),
        default_language="id",
    )
    assert form.settings["default_language"] == "Indonesian (id)"
    labels = {
        heading.partition("::")[2]: cell for heading, cell in form.survey[0].items() if heading.startswith("label")
    }
    assert labels == {"Indonesian (id)": "Nama", "Arabic (ar)": "الاسم", "English (en)": "Nama"}
    xform = XForm(form)
    assert xform.texts("Arabic (ar)")["/data/a:label"] == "الاسم"
    assert xform.texts("Arabic (ar)")["/data/a:hint"] == "As in the passport"
    assert xform.texts("English (en)")["/data/b:label"] == "b"
    assert (
        'default="true()" lang="Indonesian (id)"' in xform.text
        or 'lang="Indonesian (id)" default="true()"' in xform.text
    )


@pytest.mark.parametrize(
    ("languages", "headings"),
    [
        (["en"], ["English (en)"]),
        (["pt", "pt-BR"], ["Portuguese (pt)", "pt-br (pt)"]),
        ({"id": "Bahasa (Indonesia)", "en": "English"}, ["Bahasa Indonesia (id)", "English (en)"]),
        (["swh"], ["swh (swh)"]),
    ],
)
def test_a_caller_names_the_languages(languages, headings):
    row = form_of(Attribute("a", "text"), languages=languages).survey[0]
    assert [heading.partition("::")[2] for heading in row if heading.startswith("label")] == headings


def test_a_language_that_is_none_is_left_out_and_reported():
    form = form_of(Attribute("a", "text", label={"klingon": "pong", "en": "name"}))
    assert [heading for heading in form.survey[0] if heading.startswith("label")] == ["label::English (en)"]
    assert [each.property for each in form.report] == ["languages"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"title": " "}, "a form needs a title"),
        ({"form_id": "two words"}, "'two words' cannot be a form's id"),
        ({"form_id": "${x}"}, "cannot be a form's id"),
        ({"languages": ["klingon"]}, "'klingon' is no tag of a language"),
        ({"languages": []}, "a form has one language at least"),
    ],
)
def test_what_no_form_can_have_is_an_error(arguments, message):
    schema = compose(Schema("s", [Attribute("a", "text")]))
    with pytest.raises(ValueError, match=message.replace("(", r"\(").replace("$", r"\$")):
        to_xlsform(schema, **{"title": "t", "form_id": "f", **arguments})


def test_a_schema_with_faults_has_no_form():
    with pytest.raises(SchemaError, match="unknown base type"):
        form_of(Attribute("a", "txt"))


def test_a_deprecated_attribute_is_not_asked_of_new_records():
    assert form_of(Attribute("a", "text", status="deprecated"), Attribute("b", "text")).report == ()
    assert row_of(Attribute("b", "text"), Attribute("a", "text", status="deprecated"))["name"] == "b"


# ---- texts ----


@pytest.mark.parametrize(
    "label",
    ["=1+1", "=cmd|' /C calc'!A0", "+1", "@x", "#N/A", "1", "TRUE", "2024-01-01", "_x0041_", "<b>&amp;</b>", "מספר"],
)
def test_a_label_stays_the_text_that_it_is(label):
    form = form_of(Attribute("a", "text", label=label, choices=[Choice("x", label)]))
    cell = load_workbook(io.BytesIO(saved(form)))["survey"]["C2"]
    assert (cell.value, cell.data_type) == (label, "s")
    texts = XForm(form).texts("English (en)")
    assert (texts["/data/a:label"], texts["a-0"]) == (label, label)


def test_a_reference_in_a_label_is_none():
    form = form_of(Attribute("a", "text", label="${a} costs ${", help_text="${nothing}"))
    texts = XForm(form).texts("English (en)")
    assert texts["/data/a:label"] == "$\u2060{a} costs $\u2060{"
    assert texts["/data/a:hint"] == "$\u2060{nothing}"


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("a\x00b\x07", "a\ufffdb\ufffd"),
        ("\ufffe", "\ufffd"),
        ("a\r\nb", "a\nb"),
        ("x" * 40_000, "x" * 32_766 + "…"),
        (" ", "a"),
    ],
    ids=["control", "noncharacter", "line", "long", "blank"],
)
def test_a_label_that_a_cell_cannot_hold_is_made_to_fit(label, shown):
    form = form_of(Attribute("a", "text", label=label))
    assert XForm(form).texts("English (en)")["/data/a:label"] == shown


# ---- what is imported ----


def test_the_core_does_without_openpyxl_until_a_workbook_is_written(monkeypatch):
    program = "import jsonattrs_core, sys; jsonattrs_core.to_xlsform; print('openpyxl' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
    form = form_of(Attribute("a", "text"))
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(JSONAttrsError, match=r"pip install 'jsonattrs\[xlsx\]'"):
        form.save(io.BytesIO())
