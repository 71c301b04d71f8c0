"""What a language model makes of a sample of writing: proposals for somebody to review, of which nothing is stored."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError

from jsonattrs_django.registry import registry
from personas.language_model import ModelError, language_model
from personas.language_model.prompts import describable
from personas.plain_text import clean_text
from personas.schema import schema_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonattrs_core import ComposedSchema, Problem
    from personas.models import Author

__all__ = ["MIN_WORDS", "MOST_PROBLEMS", "Analysis", "analyse", "check_sample", "read_answer"]

#: A shorter sample tells nothing of how somebody writes.
MIN_WORDS = 30
#: How many problems are told of one answer.
MOST_PROBLEMS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """What a model proposes, and what of it cannot be used."""

    values: dict[str, Any]  #: JSON values by attribute name, each of them accepted by the author's schema
    #: What the model said and the schema refuses: ``attribute``, ``code``, ``message`` and ``params`` of each.
    problems: tuple[dict[str, Any], ...]
    model: str  #: what the model is called

    @property
    def notes(self) -> list[str]:
        """What is to be said of the whole of it, such as why the model has not proposed more."""
        return [problem["message"] for problem in self.problems if not problem["attribute"]]

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON, for sessions and tasks."""
        return {**asdict(self), "problems": list(self.problems)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Analysis:
        """Return what ``to_json`` was made of."""
        return cls(values=data["values"], problems=tuple(data["problems"]), model=data["model"])


def check_sample(sample: str) -> str:
    """Return a sample as a model gets it, or raise Django's ValidationError."""
    sample = clean_text(sample, limit=settings.PERSONAS["MAX_SAMPLE"])
    if len(sample.split(maxsplit=MIN_WORDS)) < MIN_WORDS:
        raise ValidationError(
            "This sample is too short to tell how somebody writes. Use at least %(limit)s words.",
            code="too_short",
            params={"limit": MIN_WORDS},
        )
    return sample


def analyse(author: Author, sample: str) -> Analysis:
    """Return what the language model proposes for a sample. Stores nothing; raises ModelError."""
    model, schema = language_model(), schema_of(author)
    try:
        answer, broken = model.analyse(sample, schema), []
    except ModelError as error:
        if not error.partial:
            raise
        answer, broken = error.partial, [_problem("", error.code, error.message)]
    values, problems = read_answer(answer, schema)
    return Analysis(values=values, problems=(*broken, *problems), model=model.label)


def read_answer(answer: Mapping[str, Any], schema: ComposedSchema) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the values of an answer that a schema accepts, as JSON by name, and what it says of the others."""
    given = {name: value for name, value in answer.items() if value is not None}
    not_asked = sorted(given.keys() & (schema.keys() - set(describable(schema))))
    validator = schema.compile(registry())
    # As changes to nothing: what a model leaves out is left unset, without defaults, and is no problem.
    result = validator.check({name: value for name, value in given.items() if name not in not_asked}, current={})
    values = {name: validator.dump_attribute(name, value) for name, value in result.value.items() if value is not None}
    left_out = schema.keys() - given.keys()
    problems = [_told(problem) for problem in result.problems if problem.path[:1] not in {(name,) for name in left_out}]
    problems += [_problem(name, "unknown", "This was not asked for, and is ignored.") for name in not_asked]
    return values, _first(problems)


def _told(problem: Problem) -> dict[str, Any]:
    return {"attribute": str(problem.path[0]) if problem.path else "", **problem.as_dict()}


def _problem(name: str, code: str, message: str) -> dict[str, Any]:
    return {"attribute": name, "code": code, "message": message, "params": {}}


def _first(problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return no more problems than a person reads, those of attributes that there are before those of others."""
    problems = sorted(problems, key=lambda problem: problem["code"] == "unknown")
    more = len(problems) - MOST_PROBLEMS
    if more <= 0:
        return problems
    return [*problems[:MOST_PROBLEMS], _problem("", "too_large", f"{more} more things that it said cannot be used.")]
