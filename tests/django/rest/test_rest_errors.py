"""Errors keep code and parameters on their way through REST framework, and their messages tell what to do."""

from __future__ import annotations

import copy
import pickle

import pytest
from django.utils.translation import override
from landregistry.models import Organization, Party, Project
from rest_framework.exceptions import APIException, ErrorDetail, ValidationError
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer

from jsonattrs_core import Attribute, Problem
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.rest_framework.errors import (
    ProblemDetail,
    details,
    merged,
    params_of,
    problem_detail,
)
from jsonattrs_django.rest_framework.renderers import with_params
from tests.django.rest.api import API, serializer_class

MAX = Problem(("score",), "max", {"limit": 10})


def test_a_problem_is_an_error_of_rest_framework_with_its_code_and_parameters():
    detail = problem_detail(MAX)

    assert isinstance(detail, ErrorDetail)
    assert (detail, detail.code, detail.params) == ("The value must be 10 or less.", "max", {"limit": 10})


def test_the_message_is_in_the_language_of_the_reader():
    with override("de"):
        assert problem_detail(MAX) == ErrorDetail(
            "Der Wert muss höchstens 10 sein.", code="max"
        ) or "10" in problem_detail(MAX)


@pytest.mark.parametrize(
    "copied", [copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))], ids=["copy", "pickle"]
)
def test_a_copy_has_the_same(copied):
    detail = copied(problem_detail(MAX))

    assert (type(detail), detail, detail.code, detail.params) == (ProblemDetail, str(detail), "max", {"limit": 10})


def test_parameters_survive_what_rest_framework_makes_of_its_details():
    error = ValidationError({"attrs": {"score": [problem_detail(MAX)]}})
    again = ValidationError(error.detail)

    (detail,) = again.detail["attrs"]["score"]
    assert params_of(detail) == {"limit": 10}
    assert again.get_codes() == {"attrs": {"score": ["max"]}}
    assert again.get_full_details() == {
        "attrs": {"score": [{"message": "The value must be 10 or less.", "code": "max"}]}
    }


def test_an_error_that_is_none_of_ours_has_no_parameters():
    assert params_of(ErrorDetail("x", "y")) == params_of("x") == {}
    assert with_params({"a": [ErrorDetail("x", "y")], "b": None}) == {
        "a": [{"message": "x", "code": "y", "params": {}}],
        "b": None,
    }


def test_one_of_several_values_has_its_place():
    detail = problem_detail(Problem(("tags", 1), "max_length", {"limit": 5}))

    assert detail == ErrorDetail("Value 2: Use at most 5 characters.", "max_length")
    assert detail.params == {"limit": 5, "path": ["tags", 1]}


def test_what_is_no_attributes_is_told_of_the_record():
    assert list(details([Problem((), "too_large", {})])) == ["non_field_errors"]


@pytest.mark.parametrize(
    "problem",
    [
        Problem(("secret",), "max", {"limit": 5}),
        Problem(("score",), "unique", {"names": "score, secret", "attributes": ["score", "secret"]}),
    ],
)
def test_of_hidden_attributes_neither_name_nor_limit_is_told(problem):
    (detail,) = details([problem], {"secret"})["non_field_errors"]

    assert "secret" not in detail
    assert (detail.code, detail.params) == (problem.code, {})


@pytest.mark.parametrize("name", ["\ud800", "a\x00b", "x" * 10_000, "a\u202eb"])
def test_a_name_that_somebody_sent_can_be_sent_back(name):
    (shown,) = details([Problem((name,), "unknown", {})])

    assert shown.isprintable()
    assert len(shown) < 1_000
    JSONRenderer().render({shown: "x"})


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ({"a": [1]}, {"b": [2]}, {"a": [1], "b": [2]}),
        ({"a": [1]}, {"a": [2]}, {"a": [1, 2]}),
        ({"a": {"x": [1]}}, {"a": {"y": [2]}}, {"a": {"x": [1], "y": [2]}}),
        ({"a": {"x": [1]}}, {"a": [2]}, {"a": {"x": [1], "non_field_errors": [2]}}),
        ({"a": [1]}, {"a": {"x": [2]}}, {"a": {"x": [2], "non_field_errors": [1]}}),
    ],
)
def test_errors_of_both_are_told(one, other, both):
    assert merged(one, other) == both


@pytest.mark.django_db
class TestRendered:
    """What a client reads."""

    @pytest.fixture
    def project(self):
        SchemaRecord.objects.define(Party, [Attribute("score", "integer", constraints={"max": 10})])
        organization = Organization.objects.create(slug="o", name="O")
        return Project.objects.create(organization=organization, slug="p", name="P")

    def test_with_the_renderer_of_problems_errors_have_parameters(self, project):
        answer = API(serializer_class(Party)).post({"project": project.pk, "name": "x", "attrs": {"score": 11}})

        assert answer.json == {
            "attrs": {"score": [{"message": "The value must be 10 or less.", "code": "max", "params": {"limit": 10}}]}
        }

    def test_with_that_of_rest_framework_they_are_texts(self, project):
        api = API(serializer_class(Party), renderer_classes=[JSONRenderer])
        answer = api.post({"project": project.pk, "name": "x", "attrs": {"score": 11}})

        assert answer.json == {"attrs": {"score": ["The value must be 10 or less."]}}
        assert answer.data["attrs"]["score"][0].code == "max"

    def test_all_other_errors_have_the_same_form(self, project):
        answer = API(serializer_class(Party)).get(pk=10**9)

        assert answer.status == 404
        assert answer.json == {
            "detail": {"message": "No Party matches the given query.", "code": "not_found", "params": {}}
        }

    def test_what_is_no_error_is_rendered_as_ever(self, project):
        assert API(serializer_class(Party)).get().json == []

    def test_with_a_parser_that_takes_half_a_character_its_name_is_told_and_no_server_error(self, project):
        api = API(serializer_class(Party), parser_classes=[type("Lenient", (JSONParser,), {})])
        answer = api.post({"project": project.pk, "name": "x", "attrs": {"\ud800": 1}})

        assert answer.status == 400
        assert [each[0]["code"] for each in answer.json["attrs"].values()] == ["unknown"]


def test_an_exception_without_problems_is_as_it_was():
    assert with_params(APIException("x").detail) == {"message": "x", "code": "error", "params": {}}
