"""The rows of the survey sheet: a question for each attribute, in the schema's groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonattrs_core.messages import render
from jsonattrs_core.values import text_in
from jsonattrs_core.xlsform.cells import shown_in_cell
from jsonattrs_core.xlsform.defaults import default_of
from jsonattrs_core.xlsform.names import FORBIDDEN, Names, as_name
from jsonattrs_core.xlsform.xpath import FALSE, TRUE, Unsayable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from jsonattrs_core.xlsform.languages import Language
    from jsonattrs_core.xlsform.logic import Logic
    from jsonattrs_core.xlsform.questions import Question
    from jsonattrs_core.xlsform.report import Report

__all__ = ["survey_rows"]


def survey_rows(
    questions: Mapping[str, Question],
    logic: Mapping[str, Logic],
    languages: Sequence[Language],
    default_language: str,
    report: Report,
) -> Iterator[dict[str, str]]:
    """Yield the rows; questions without a group stand where they come, the others with the first of their group."""
    rows = _Rows(logic, languages, default_language, report)
    names = Names([*FORBIDDEN, *(question.name for question in questions.values())])
    for group, members in _grouped(questions.values()).items():
        if not group:
            yield from map(rows.question, members)
            continue
        name = names.new(as_name(group, "group"))
        yield {"type": "begin_group", "name": name, **rows.texts("label", _title(group), fallback=name)}
        yield from map(rows.question, members)
        yield {"type": "end_group"}


def _grouped(questions: Any) -> dict[str, list[Question]]:
    found: dict[str, list[Question]] = {}
    for question in questions:
        found.setdefault(question.plan.attribute.group or "", []).append(question)
    return found


def _title(group: str) -> str:
    words = group.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


class _Rows:
    def __init__(
        self, logic: Mapping[str, Logic], languages: Sequence[Language], default_language: str, report: Report
    ) -> None:
        self._logic = logic
        self._languages = languages
        self._default = default_language
        self._report = report

    def texts(self, column: str, text: Any, fallback: str = "") -> dict[str, str]:
        """Return the cells of a text of the schema in all languages."""
        return self._cells(column, lambda language: text_in(text, language, self._default), fallback)

    def _cells(self, column: str, text: Callable[[str], str], fallback: str = "") -> dict[str, str]:
        found = {
            f"{column}::{language.heading}": shown_in_cell(text(language.tag)) or fallback
            for language in self._languages
        }
        return {heading: cell for heading, cell in found.items() if cell}

    def question(self, question: Question) -> dict[str, str]:
        attribute, logic = question.plan.attribute, self._logic[question.attribute]
        row = {
            "type": question.type,
            "name": question.name,
            **self.texts("label", attribute.label, fallback=question.attribute),
            **self.texts("hint", attribute.help_text),
            "required": "" if logic.required == FALSE else "yes" if logic.required == TRUE else logic.required.text,
            "relevant": "" if logic.relevant == TRUE else logic.relevant.text,
            "constraint": "" if logic.constraint == TRUE else logic.constraint.text,
            **self._cells("constraint_message", lambda language: _said(logic, language)),
            "appearance": question.appearance,
            "default": self._default_of(question),
        }
        return {heading: cell for heading, cell in row.items() if cell}

    def _default_of(self, question: Question) -> str:
        try:
            return default_of(question)
        except Unsayable as error:
            self._report.add(question.attribute, "default", f"{error}; so the form has none")
            return ""


def _said(logic: Logic, language: str) -> str:
    return " ".join(dict.fromkeys(render(problem, language) for problem in logic.problems))
