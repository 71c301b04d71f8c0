"""Rules of a record, their warnings, and the languages that they are written in."""

from __future__ import annotations

import logging

import pytest

from jsonattrs_core import (
    Attribute,
    Invalid,
    Registry,
    Rule,
    RuleLanguage,
    SchemaError,
    hookimpl,
    render,
)
from tests.core.checking import validator, verdict

# ---- rules ----

LOW, HIGH = Attribute("low", "integer"), Attribute("high", "integer")


@pytest.mark.parametrize(
    ("shown", "path", "left"),
    [((), (), {"low", "high"}), (("high",), ("high",), {"low"}), (("low", "high"), ("low",), {"high"})],
    ids=["the record", "one attribute", "the first of two"],
)
def test_a_broken_rule_is_a_problem_where_it_is_shown(shown, path, left):
    one = validator(LOW, HIGH, rules=[Rule("low < high", "in order, please", attributes=shown)])
    assert verdict(one.check({"low": 1, "high": 2})) == ({"low": 1, "high": 2}, [])
    result = one.check({"low": 2, "high": 1})
    assert verdict(result) == (
        {name: it for name, it in {"low": 2, "high": 1}.items() if name in left},
        [(path, "rule")],
    )
    assert result.problems[0].params == {"message": "in order, please"}
    assert str(result.problems[0]) == "in order, please"


def test_the_message_of_a_rule_is_in_the_language_of_the_reader():
    message = {"de": "der Reihe nach", "en": "in order, please"}
    one = validator(LOW, HIGH, rules=[Rule("low < high", message)], default_language="de")
    [problem] = one.check({"low": 2, "high": 1}).problems
    assert problem.params["message"] == message
    assert [render(problem, language) for language in ("de", "de-AT", "en", "en-GB")] == [
        *["der Reihe nach"] * 2,
        *["in order, please"] * 2,
    ]
    assert render(problem, "ja") in message.values()


@pytest.mark.parametrize(
    "data",
    [{}, {"low": 5}, {"high": 1}, {"low": 5, "high": None}, {"low": None, "high": 1}],
    ids=repr,
)
def test_a_rule_that_uses_an_absent_value_is_not_evaluated(data):
    one = validator(LOW, HIGH, rules=[Rule("low < high", "m"), Rule("not low == high", "m")])
    assert one.check(data).ok


@pytest.mark.parametrize("wrong", [{"low": "x"}, {"low": 99}, {"high": True}], ids=repr)
def test_a_rule_that_uses_an_attribute_with_a_problem_is_not_evaluated(wrong):
    low = Attribute("low", "integer", constraints={"max": 9})
    one = validator(low, HIGH, rules=[Rule("low < high", "m"), Rule("not given.low and not given.high", "m")])
    result = one.check({"low": 5, "high": 1, **wrong})
    assert [problem.code for problem in result.problems] in (["type"], ["max"])


def test_all_broken_rules_are_told_even_of_one_attribute():
    rules = [
        Rule("low < high", "one", attributes=["low"]),
        Rule("low != 7", "two", attributes=["low"]),
        Rule("high < 0", "3"),
    ]
    result = validator(LOW, HIGH, rules=rules).check({"low": 7, "high": 7})
    assert [str(problem) for problem in result.problems] == ["one", "two", "3"]
    assert result.value == {"high": 7}


def test_rules_see_defaults_and_clean_values():
    one = validator(Attribute("low", "integer", default=5), HIGH, rules=[Rule("low < high", "m")])
    assert one.check({"high": 6.0}).value == {"low": 5, "high": 6}
    assert [p.code for p in one.check({"high": 5.0}).problems] == ["rule"]


def test_a_warning_refuses_nothing():
    rules = [Rule("low < high", "unusual", attributes=["high"], severity="warning")]
    one = validator(LOW, HIGH, rules=rules)
    result = one.check({"low": 2, "high": 1})
    assert verdict(result) == ({"low": 2, "high": 1}, [])
    assert [(p.path, p.code, str(p)) for p in result.warnings] == [(("high",), "rule", "unusual")]
    assert one.validate({"low": 2, "high": 1}) == {"low": 2, "high": 1}
    assert one.check({"low": 1, "high": 2}).warnings == ()
    assert one.problems({"low": 2, "high": 1}) == ()


def test_warnings_are_told_beside_problems():
    rules = [Rule("low < high", "unusual", severity="warning"), Rule("low < 2", "wrong")]
    result = validator(LOW, HIGH, rules=rules).check({"low": 2, "high": 1})
    assert [str(problem) for problem in result.problems] == ["wrong"]
    assert [str(warning) for warning in result.warnings] == ["unusual"]


# ---- rule languages ----


class Language:
    """A language whose expressions do what the test wants."""

    def __init__(self, evaluate, names=("low",)):
        self.names = names
        self.evaluate = evaluate
        self.asked = []

    def compile(self, expression, types, result):
        self.asked.append((expression, dict(types), result))
        return self

    @hookimpl
    def jsonattrs_rule_languages(self):
        return [RuleLanguage("own", load=lambda: self)]


def raising(error):
    def evaluate(values):
        raise error

    return evaluate


def own(language, *attributes, rule=None):
    registry = Registry.from_plugins({"own-language": language})
    rules = [rule or Rule("whatever", "m", attributes=["low"], language="own")]
    return validator(LOW, HIGH, *attributes, registry=registry, rules=rules, rule_language="own")


def test_a_language_is_told_the_types_and_the_result():
    language = Language(lambda values: True)
    own(language, Attribute("tags", "text", multiple=True))
    [(expression, types, result)] = language.asked
    assert (expression, result) == ("whatever", bool)
    assert {name: (it.base.name, it.multiple) for name, it in types.items()} == {
        "low": ("integer", False),
        "high": ("integer", False),
        "tags": ("text", True),
    }


def test_an_expression_is_given_the_values_of_its_names_and_no_others():
    seen = []
    one = own(Language(lambda values: seen.append(values) or True, names=("low", "high")))
    one.check({"low": 1, "high": 2})
    one.check({"low": 1})
    assert seen == [{"low": 1, "high": 2}, {"low": 1}]


@pytest.mark.parametrize(
    ("evaluate", "codes"),
    [
        (lambda values: True, []),
        (lambda values: False, ["rule"]),
        (lambda values: None, []),
        (raising(Invalid("rule")), ["rule"]),
        (raising(Invalid("too_large")), ["too_large"]),
        (raising(ZeroDivisionError("of 41")), ["provider_error"]),
        (raising(KeyError("low")), ["provider_error"]),
        (lambda values: 1, ["provider_error"]),
        (lambda values: "no", ["provider_error"]),
    ],
    ids=["true", "false", "none", "invalid rule", "invalid", "exception", "key error", "a number", "a text"],
)
def test_the_outcome_of_a_rule(evaluate, codes, caplog):
    with caplog.at_level(logging.CRITICAL):
        result = own(Language(evaluate)).check({"low": 41, "high": 1})
    assert [problem.code for problem in result.problems] == codes
    assert all("41" not in str(problem) for problem in result.problems)


def test_the_failure_of_a_language_is_logged_without_values(caplog):
    one = own(Language(raising(ZeroDivisionError("of 41"))))
    assert not one.check({"low": 41}).ok
    [record] = caplog.records
    assert "own-language" in record.getMessage()
    assert "ZeroDivisionError" in record.getMessage()
    assert "41" not in caplog.text


@pytest.mark.parametrize(
    ("evaluate", "codes"),
    [
        (lambda values: False, []),
        (raising(ZeroDivisionError()), ["provider_error"]),
        (lambda values: 1, ["provider_error"]),
    ],
    ids=["false", "exception", "a number"],
)
def test_a_condition_that_breaks_is_a_problem_of_its_attribute(evaluate, codes, caplog):
    with caplog.at_level(logging.CRITICAL):
        one = own(
            Language(evaluate), Attribute("y", "text", required_if="it"), rule=Rule("given.low", "m", language="own")
        )
        result = one.check({"high": 1})
    assert [p.code for p in result.problems if p.path == ("y",)] in (codes, [])


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (SchemaError("no such thing"), "no such thing"),
        (ValueError("no such thing"), "no such thing (says the rule language 'own' of jsonattrs-own-language)"),
    ],
    ids=repr,
)
def test_what_a_language_refuses_is_a_fault(error, said):
    language = Language(lambda values: True)
    language.compile = lambda *arguments: raising(error)(None)
    with pytest.raises(SchemaError) as caught:
        own(language)
    assert str(caught.value) == f"schema 's': rule 'whatever': {said}"


def test_warnings_of_a_stored_document():
    unusual = Rule("low < 5", "unusual", attributes=["low"], severity="warning")
    wrong = Rule("low < 9", "wrong", attributes=["low"])
    one = validator(LOW, HIGH, rules=[unusual, wrong])

    assert [str(problem) for problem in one.warnings({"low": 9})] == ["unusual"]
    assert [str(problem) for problem in one.problems({"low": 9})] == ["wrong"]
    assert [each.code for each in one.warnings({"low": 5, "high": "x"})] == ["rule"]  # beside what does not fit
    assert one.warnings({"low": 4}) == one.warnings({}) == one.warnings(None) == ()
    assert validator(LOW, HIGH, rules=[wrong]).warnings({"low": 9}) == ()
