"""From a composed schema to the sheets of an XLSForm, and the report of what a form cannot express."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from jsonattrs_core.compiler.expressions import NEVER
from jsonattrs_core.xlsform.cells import shown_in_cell
from jsonattrs_core.xlsform.choices import ChoiceLists
from jsonattrs_core.xlsform.languages import Language, chosen, languages_of
from jsonattrs_core.xlsform.logic import logic_of
from jsonattrs_core.xlsform.names import FORBIDDEN, Names
from jsonattrs_core.xlsform.questions import Question, question_of
from jsonattrs_core.xlsform.report import Omission, Report
from jsonattrs_core.xlsform.survey import survey_rows
from jsonattrs_core.xlsform.workbook import new_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from os import PathLike

    from openpyxl import Workbook

    from jsonattrs_core.compiler.attribute_plan import AttributePlan
    from jsonattrs_core.composed import ComposedSchema
    from jsonattrs_core.registry import Registry

__all__ = ["XLSForm", "to_xlsform"]

_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,99}").fullmatch
_OTHERS = "a form does not know the other records; it is checked when the record is"
#: Columns in their order; a column in several languages stands at its name.
_COLUMNS = (
    "type",
    "list_name",
    "name",
    "label",
    "hint",
    "required",
    "relevant",
    "constraint",
    "constraint_message",
    "appearance",
    "default",
)


@dataclass(frozen=True, slots=True)
class XLSForm:
    """A form: rows are mappings of heading to text, and :meth:`save` writes them as a workbook."""

    survey: tuple[Mapping[str, str], ...]
    choices: tuple[Mapping[str, str], ...]
    settings: Mapping[str, str]
    report: tuple[Omission, ...]  #: what of the schema it does not express, in the order of the attributes
    attributes: Mapping[str, str]  #: names of questions to names of attributes; mostly the same
    values: Mapping[str, Mapping[str, Any]]  #: names of questions to their choices' names and the stored values

    def to_workbook(self) -> Workbook:
        """Return the workbook of openpyxl, which can be saved once.

        Raises JSONAttrsError, with the line that installs it, where openpyxl is missing.
        """
        labels = (heading.partition("::") for row in self.survey for heading in row)
        languages = list(dict.fromkeys(language for name, _, language in labels if name == "label"))
        sheets = {"survey": self.survey, "choices": self.choices, "settings": (self.settings,)}
        return new_workbook({name: (_headings(name, rows, languages), rows) for name, rows in sheets.items()})

    def save(self, target: str | PathLike[str] | IO[bytes]) -> None:
        """Write the workbook to a path, or to an open binary file. Raises OSError, and what `to_workbook` raises."""
        self.to_workbook().save(target)


def to_xlsform(
    schema: ComposedSchema,
    *,
    title: str,
    form_id: str,
    languages: Iterable[str] | Mapping[str, str] | None = None,
    version: str = "",
    registry: Registry | None = None,
) -> XLSForm:
    """Return the form that asks for a new record of a composed schema.

    ``title`` is what people see, ``form_id`` what servers call it: ASCII letters, digits, ``_``, ``-`` and ``.``.
    ``languages`` are tags such as ``en``, or tags with the names of the languages; those of the schema's texts if
    None. ``version`` is how servers tell an older form of the same id. Raises ValueError for a title, id or language
    that no form can have, SchemaError and PluginError as ``compile`` does.
    """
    if not _ID(form_id):
        raise ValueError(f"{form_id!r} cannot be a form's id: it begins with a letter, and has no spaces")
    if not shown_in_cell(title):
        raise ValueError("a form needs a title")
    plan, _ = schema._compile(registry)
    report = Report()
    spoken = chosen(languages) if languages is not None else _of_texts(schema, report)
    lists = ChoiceLists(spoken, schema.default_language)
    for group in schema.unique_together:
        report.add("", "unique_together", f"{', '.join(group)}: {_OTHERS}")
    questions = {question.attribute: question for question in _questions(plan.attributes, lists, report)}
    logic = logic_of(questions, plan.rules, report)
    rows = tuple(survey_rows(questions, logic, spoken, schema.default_language, report))
    return XLSForm(
        survey=rows,
        choices=tuple(_choice_rows(lists, spoken)),
        settings=_settings(title, form_id, spoken[0], version),
        report=report.omissions(schema),
        attributes={question.name: question.attribute for question in questions.values()},
        values={
            question.name: {option.name: option.stored for option in question.options}
            for question in questions.values()
            if question.choices is not None
        },
    )


def _of_texts(schema: ComposedSchema, report: Report) -> tuple[Language, ...]:
    languages, strange = languages_of(schema)
    for tag in strange:
        report.add("", "languages", f"{tag!r} is no tag of a language (ISO 639), so the form leaves it out")
    return languages


def _questions(plans: Iterable[AttributePlan], lists: ChoiceLists, report: Report) -> Iterator[Question]:
    asked = [plan for plan in plans if _is_asked(plan, report)]
    names = Names([*FORBIDDEN, *(plan.name for plan in asked if plan.name not in FORBIDDEN)])
    for plan in asked:
        tell = report.about(plan.name)
        name = plan.name
        if name in FORBIDDEN:
            name = names.new(f"{name}_value")
            tell("name", f"{plan.name!r} means something else in forms, so its question is called {name!r}")
        question = question_of(plan, name, lists, tell)
        if question is not None:
            yield question


def _is_asked(plan: AttributePlan, report: Report) -> bool:
    """Tell whether new records have the attribute: one that is deprecated is not offered for them."""
    if plan.visible_if is NEVER:
        report.add(plan.name, "visible_if", "it names an attribute that is gone, so it is never visible or asked")
        return False
    if plan.attribute.unique is True:
        report.add(plan.name, "unique", _OTHERS)
    return plan.attribute.status != "deprecated"


def _choice_rows(lists: ChoiceLists, languages: Sequence[Language]) -> Iterator[dict[str, str]]:
    headings = [f"label::{language.heading}" for language in languages]
    for found in lists.all:
        for option in found.options:
            labels = dict(zip(headings, option.labels, strict=True))
            yield {"list_name": found.name, "name": option.name, **labels}


def _settings(title: str, form_id: str, first: Language, version: str) -> dict[str, str]:
    settings = {
        "form_title": shown_in_cell(title),
        "form_id": form_id,
        "version": version,
        "default_language": first.heading,
        "clean_text_values": "no",  # texts have the spaces that their authors gave them
    }
    return {name: value for name, value in settings.items() if value}


def _headings(sheet: str, rows: Sequence[Mapping[str, str]], languages: Sequence[str]) -> list[str]:
    if sheet == "settings":
        return list(rows[0])
    used = {heading.partition("::")[0] for row in rows for heading in row}
    used |= {"type", "name", "label"} if sheet == "survey" else {"list_name", "name", "label"}
    found = [column for column in _COLUMNS if column in used]
    translated = {"label", "hint", "constraint_message"}
    return [
        heading
        for column in found
        for heading in ([f"{column}::{language}" for language in languages] if column in translated else [column])
    ]
