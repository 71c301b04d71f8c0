"""Forms of random schemas, with hostile texts everywhere: pyxform converts each without a warning."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pyxform.xls2xform import convert

from jsonattrs_core import Attribute, Choice, Rule, Schema, SchemaError, compose, to_xlsform

NAMES = ["meta", "data", "name", "label", "type", "and", "div", "mod", "root", "item", "instance", "group", "yes_no"]
NAMES += ["size_", "attr_a", "a", "b", "c", "group_1", "list_name", "relevant", "today_"]
LANGUAGES = ["en", "id", "ar", "fa", "pt-br", "he", "swh"]
#: Texts that mean something to a spreadsheet, to XLSForm, to XML or to Markdown, and some that are merely odd.
HOSTILE = [
    "=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@x", "#N/A", "#REF!", "TRUE", "1", "1.0", "2024-01-01", "${x}",
    "${", "${a} ${", "last-saved#a", "$", "<b>bold</b>", "&amp;", "&", "]]>", "'", '"', "it's \"so\"",
    "\u2018so\u2019", "*not* _italic_", "# head", "  two  spaces  ", "\ttab", "line\nbreak", "\r\n", " ",
    "\u00a0", "\x00", "\x07", "\x85", "\ufffe", "_x0041_", "مرحبا", "\u202eevil", "שלום", "😀", "e\u0301",
    "or_other", "yes", "no", "::", "label::English", "x" * 40_000, "a b", "a_b", "A_B", "None", "null", "{}",
    "%s", "{0}", "\\n",
]  # fmt: skip
TEXT = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12))
LABELS = st.one_of(
    TEXT.filter(bool), st.dictionaries(st.sampled_from(LANGUAGES), TEXT.filter(bool), min_size=1, max_size=4)
)
BARE = {
    "text": st.sampled_from(
        [{}, {"min_length": 2}, {"max_length": 5}, {"pattern": "[A-Z]{2}.?"}, {"pattern": "(?i)a"}, {"multiline": True}]
    ),
    "integer": st.sampled_from([{}, {"min": 0, "max": 10}, {"multiple_of": 5}, {"max": 2**60}]),
    "float": st.sampled_from([{}, {"min": -0.5}, {"exclusive_min": 1e-9}, {"max": 1e300}]),
    "decimal": st.sampled_from([{}, {"min": "0.1"}, {"decimal_places": 2}, {"max": "0.12345678901234567890"}]),
    "date": st.sampled_from([{}, {"max": "today"}, {"max": "today-18y"}, {"min": "today-2w"}, {"min": "0001-01-01"}]),
    "datetime": st.sampled_from([{}, {"max": "now"}, {"min": "2020-01-01T00:00:00Z"}, {"max": "now+2h"}]),
    "time": st.sampled_from([{}, {"min": "08:00"}]),
    "duration": st.just({}),
    "uuid": st.just({}),
    "boolean": st.just({}),
    "object": st.just({}),
}
DEFAULTS = {
    "text": ["plain", "a - b", "1 + 1", "it's", 'say "it\'s"', "${a}", "today()", "-", "yes"],
    "integer": [0, -5],
    "float": [0.5, -1e-7],
    "decimal": ["1.50", "-2"],
    "boolean": [True, False],
    "date": ["today", "2024-02-29"],
    "datetime": ["now", "2024-02-29T10:00:00Z"],
    "time": ["09:30"],
    "duration": ["P1DT12H"],
    "uuid": ["uuid4", "12345678-1234-1234-1234-123456789abc"],
    "object": [{"a": 1}],
}
VALUES = {"text": TEXT, "integer": st.integers(-5, 5), "decimal": st.sampled_from(["1", "1.50", "-2"])}


@st.composite
def attributes(draw, name):
    base = draw(st.sampled_from(sorted(BARE)))
    given_ = {
        "label": draw(st.none() | LABELS),
        "help_text": draw(st.none() | LABELS),
        "group": draw(st.none() | st.sampled_from(["a", "Person & home", "data", "${x}", "\u202e", "meta"])),
        "required": draw(st.booleans()),
        "multiple": draw(st.booleans()),
        "status": draw(st.sampled_from(["active", "active", "deprecated"])),
    }
    if base in VALUES and draw(st.booleans()):
        values = draw(st.lists(VALUES[base], min_size=1, max_size=6, unique=True))
        given_["choices"] = [
            Choice(value, draw(LABELS), retired=draw(st.booleans())) if draw(st.booleans()) else value
            for value in values
        ]
        return Attribute(name, base, **given_)
    default = draw(st.none() | st.sampled_from(DEFAULTS[base]))
    if default is not None:
        given_["default"] = [default] if given_["multiple"] and default not in ("today", "now", "uuid4") else default
    return Attribute(name, base, constraints=draw(BARE[base]), **given_)


def _with_conditions(draw, made):
    """Give some attributes conditions over others, circles included."""
    names = [attribute.name for attribute in made]
    found = []
    for attribute in made:
        said = {}
        for condition in ("visible_if", "required_if"):
            if draw(st.integers(0, 3)) == 0:
                said[condition] = f"given.{draw(st.sampled_from(names))} || !given.{draw(st.sampled_from(names))}"
        found.append(Attribute(**{**attribute.given, **said}))
    return found


@st.composite
def schemas(draw):
    names = draw(st.lists(st.sampled_from(NAMES), max_size=8, unique=True))
    made = _with_conditions(draw, [draw(attributes(name)) for name in names])
    rules = [Rule(f"!given.{name} || given.{names[0]}", draw(LABELS)) for name in names if draw(st.booleans())]
    return compose(Schema("random", made, rules=rules, default_language=draw(st.sampled_from(LANGUAGES))))


def asked(xml):
    """Return the nodes of the binds of an XForm."""
    root = ET.fromstring(xml)
    return {bind.get("nodeset") for bind in root.iter("{http://www.w3.org/2002/xforms}bind")}


@given(schemas())
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
def test_pyxform_takes_the_form_of_every_schema_without_a_warning(schema):
    try:
        schema.compile()
    except SchemaError:  # a default or a choice that the attribute itself refuses
        assume(False)
    form = to_xlsform(schema, title="Random ${x}", form_id="random")
    target = io.BytesIO()
    form.save(target)
    warnings = []
    xml = convert(target.getvalue(), warnings=warnings).xform
    assert warnings == []
    names = {node.rpartition("/")[2] for node in asked(xml)} - {"instanceID"}
    assert names == set(form.attributes)
    told = {omission.attribute for omission in form.report}
    for name, attribute in schema.items():
        assert name in form.attributes.values() or name in told or attribute.status == "deprecated"
