"""The language at work: rules and conditions of schemas."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from jsonattrs_core import Attribute, Registry, Rule, Schema, SchemaError, ValidationError, compose

REGISTRY = Registry.installed(block=[])


def compiled(attributes, rules=(), **options):
    return compose(Schema("fields", attributes, rules=rules)).compile(REGISTRY, **options)


def codes(result):
    return [(problem.location, problem.code) for problem in result.problems]


HARVEST = [
    Attribute("planted", "date"),
    Attribute("harvested", "date"),
    Attribute("area", "decimal"),
    Attribute("crops", "text", multiple=True),
]
LATER = Rule(
    "planted < harvested", {"en": "The harvest comes later.", "id": "Panen menyusul."}, attributes=["harvested"]
)


def test_it_is_the_language_of_a_schema_that_names_none():
    assert Schema("fields").rule_language == "cel"
    assert REGISTRY.rule_languages["cel"].name == "cel"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"planted": "2024-03-01", "harvested": "2024-08-01"}, []),
        ({"planted": "2024-03-01", "harvested": "2024-02-01"}, [("harvested", "rule")]),
        ({"planted": "2024-03-01"}, []),
        ({"planted": "2024-03-01", "harvested": None}, []),
        ({}, []),
        ({"planted": "2024-13-01", "harvested": "2024-02-01"}, [("planted", "format")]),
    ],
)
def test_a_rule(data, expected):
    assert codes(compiled(HARVEST, [LATER]).check(data)) == expected


def test_its_message_is_the_schemas():
    result = compiled(HARVEST, [LATER]).check({"planted": "2024-03-01", "harvested": "2024-02-01"})
    (problem,) = result.problems
    assert str(problem) == "The harvest comes later."
    assert problem.as_dict("id")["message"] == "Panen menyusul."
    assert result.value == {"planted": date(2024, 3, 1)}


def test_a_warning_refuses_nothing():
    rule = Rule("area <= 100", "That is large.", severity="warning")
    result = compiled(HARVEST, [rule]).check({"area": "100.5"})
    assert result.ok
    assert [str(warning) for warning in result.warnings] == ["That is large."]


@pytest.mark.parametrize(
    ("expression", "data"),
    [
        ("100.0 / area > 1", {"area": "0"}),
        ("area * 9e307 * 9e307 > 1", {"area": "2"}),
        ("crops.exists(c, c == 'rice')", {"crops": ["rice", "x" * 10_001]}),
        ("size(crops) > 0", {"crops": ["rice"] * 1_001}),
        ("crops.all(c, crops.exists(d, d == c))", {"crops": [str(number) for number in range(1_000)]}),
    ],
)
def test_what_cannot_be_evaluated_is_no_pass(expression, data):
    result = compiled(HARVEST, [Rule(expression, "No.", attributes=["area"])]).check(data)
    assert [(*where, str(problem)) for where, problem in zip(codes(result), result.problems, strict=True)] == [
        ("area", "rule", "No.")
    ]


def test_conditions():
    attributes = [
        Attribute("kind", "text"),
        Attribute("breed", "text", required_if="kind == 'cow'"),
        Attribute("litres", "decimal", visible_if="kind in ['cow', 'goat']", required=True),
        Attribute("why", "text", required_if="given.litres && litres == 0"),
    ]
    validator = compiled(attributes)
    assert codes(validator.check({})) == []
    assert codes(validator.check({"kind": "horse"})) == []
    assert codes(validator.check({"kind": "goat"})) == [("litres", "required")]
    assert codes(validator.check({"kind": "cow"})) == [("breed", "required"), ("litres", "required")]
    assert codes(validator.check({"litres": "0"})) == [("why", "required")]


def test_a_condition_that_cannot_be_evaluated_is_a_problem_of_its_attribute():
    attributes = [Attribute("area", "decimal"), Attribute("why", "text", required_if="1 / area > 3")]
    (problem,) = compiled(attributes).check({"area": "0"}).problems
    assert (problem.location, problem.code) == ("why", "rule")
    assert str(problem) == "A rule of this record is not met."


def test_changes_are_judged_by_the_rules_that_name_them():
    validator = compiled(HARVEST, [LATER, Rule("area > 1", "Too small.", attributes=["area"])])
    current = {"planted": date(2024, 3, 1), "harvested": date(2024, 8, 1), "area": None}
    assert codes(validator.check({"harvested": "2024-02-01"}, current=current)) == [("harvested", "rule")]
    assert codes(validator.check({"planted": "2024-09-01"}, current=current)) == [("harvested", "rule")]
    assert codes(validator.check({"area": "0.5"}, current=current)) == [("area", "rule")]
    assert codes(validator.check({"crops": ["rice"]}, current={**current, "planted": date(2025, 1, 1)})) == []


def test_stored_records_are_audited():
    validator = compiled(HARVEST, [LATER])
    (problem,) = validator.problems({"planted": "2024-03-01", "harvested": "2024-02-01"})
    assert problem.code == "rule"


def test_texts_of_a_form_are_read_first():
    validator = compiled(HARVEST, [Rule("area > 1", "Too small.", attributes=["area"])])
    assert codes(validator.check({"area": "0.5"}, from_text=True)) == [("area", "rule")]


def test_a_fault_is_told_with_schema_rule_line_and_column():
    with pytest.raises(SchemaError) as caught:
        compiled(
            [Attribute("age", "integer"), Attribute("why", "text", required_if="agee > 3")],
            [Rule("age >\n 'x'", "No."), Rule("nobody > 3 && age < 'y'", "No.")],
        )
    assert [str(fault) for fault in caught.value.faults] == [
        "schema 'fields', attribute 'why': required_if 'agee > 3': line 1, column 1: no attribute is named 'agee';"
        " did you mean 'age'?",
        "schema 'fields': rule \"age >\\n 'x'\": line 1, column 5: a whole number cannot be compared with a text",
        "schema 'fields': rule \"nobody > 3 && age < 'y'\": line 1, column 1: no attribute is named 'nobody'",
        "schema 'fields': rule \"nobody > 3 && age < 'y'\": line 1, column 19: a whole number cannot be compared with"
        " a text",
    ]


def test_a_rename_breaks_no_rule():
    general = Schema("general", HARVEST, rules=[LATER])
    narrower = Schema("narrower", [Attribute("cut", key="harvested")])
    validator = compose(general, narrower).compile(REGISTRY)
    assert codes(validator.check({"planted": "2024-03-01", "cut": "2024-02-01"})) == [("cut", "rule")]


def test_a_rule_about_what_is_gone_is_dropped():
    general = Schema("general", HARVEST, rules=[LATER, Rule("area > 1", "Too small.")])
    narrower = Schema("narrower", [Attribute("harvested", omit=True)])
    composed = compose(general, narrower)
    validator = composed.compile(REGISTRY)
    assert codes(validator.check({"planted": "2024-03-01", "area": "0.5"})) == [("", "rule")]
    assert "dropped" in str(composed.explain("harvested"))


def test_reserved_names_of_attributes():
    attributes = [
        Attribute("type", "text"),
        Attribute("int", "integer", visible_if="attr.type == 'number'", required=True),
    ]
    validator = compiled(attributes, [Rule("!given.int || attr.int > 3", "Too small.")])
    assert codes(validator.check({"type": "number"})) == [("int", "required")]
    assert codes(validator.check({"type": "text", "int": 3})) == [("", "rule")]


NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "data", "expected"),
    [
        (NOON, {"born": "2024-05-01"}, []),
        (NOON, {"born": "2024-05-02"}, [("", "rule")]),
        (NOON, {"seen": "2024-05-01T12:00:00Z"}, []),
        (NOON, {"seen": "2024-05-01T12:00:00.000001Z"}, [("", "rule")]),
        # The zone of the clock decides which day is today: it is the second of May in Jayapura already.
        (NOON.replace(hour=16).astimezone(timezone(timedelta(hours=9))), {"born": "2024-05-02"}, []),
        (lambda: NOON, {"born": "2024-05-02"}, [("", "rule")]),
    ],
)
def test_the_time_is_the_validators(now, data, expected):
    attributes = [Attribute("born", "date"), Attribute("seen", "datetime")]
    rules = [Rule("born <= today", "Not yet."), Rule("seen <= now", "Not yet.")]
    validator = compiled(attributes, rules, now=now)
    assert codes(validator.check(data)) == expected
    assert codes(validator.check(data, current={})) == expected
    with pytest.raises(ValidationError) if expected else _nothing():
        validator.validate(data)


def _nothing():
    from contextlib import nullcontext

    return nullcontext()


def test_without_one_it_is_the_systems():
    validator = compiled([Attribute("born", "date")], [Rule("born <= today", "Not yet.")])
    assert validator.check({"born": "2020-01-01"}).ok
    assert not validator.check({"born": "9999-01-01"}).ok


def test_it_can_be_blocked_like_any_plugin():
    with pytest.raises(SchemaError, match="cel"):
        compose(Schema("fields", HARVEST, rules=[LATER])).compile(Registry.installed(block=["cel"]))
