"""The logic of a form: when a question is asked, when it must be answered, and which answers are refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jsonattrs_core.messages import Problem
from jsonattrs_core.xlsform.conditions import Pair, Translator
from jsonattrs_core.xlsform.limits import limits_of
from jsonattrs_core.xlsform.xpath import FALSE, TRUE, Formula, Unsayable, and_, at, not_, or_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jsonattrs_core.compiler.expressions import BoundExpression, BoundRule
    from jsonattrs_core.xlsform.questions import Question
    from jsonattrs_core.xlsform.report import Report

__all__ = ["Logic", "logic_of"]


@dataclass(slots=True)
class Logic:
    """What decides about one question."""

    relevant: Formula = TRUE
    required: Formula = FALSE
    constraint: Formula = TRUE
    problems: list[Problem] = field(default_factory=list)  #: what breaking the constraint may mean


def logic_of(questions: Mapping[str, Question], rules: Iterable[BoundRule], report: Report) -> Mapping[str, Logic]:
    """Return the logic of each question by attribute; the report is told what is left out."""
    work = _Work(questions, report)
    for question in questions.values():
        work.decide_relevant(question)
    for question in questions.values():
        work.decide_required(question)
        work.add_limits(question)
    for rule in rules:
        work.add_rule(rule)
    return work.found


class _Work:
    def __init__(self, questions: Mapping[str, Question], report: Report) -> None:
        self._questions = questions
        self._report = report
        self._unknown: set[str] = set()  #: attributes that the form always shows, though the schema may hide them
        self._uses: dict[str, set[str]] = {}  #: attributes that the conditions of each look at
        self.found = {name: Logic() for name in questions}

    def decide_relevant(self, question: Question) -> None:
        condition, attribute = question.plan.visible_if, question.attribute
        if condition is None:
            return
        try:
            self.found[attribute].relevant = self._condition(attribute, condition)
        except Unsayable as error:
            self._unknown.add(attribute)
            self._report.add(attribute, "visible_if", f"{error}; so the form always asks it")

    def decide_required(self, question: Question) -> None:
        plan, attribute = question.plan, question.attribute
        if not plan.required and plan.required_if is None:
            return
        if attribute in self._unknown:
            reason = "it is required only where it is visible, and the form does not know where that is"
            self._report.add(attribute, "required" if plan.required else "required_if", reason)
        elif plan.required or plan.required_if is None:
            self.found[attribute].required = TRUE
        else:
            try:
                self.found[attribute].required = self._condition(attribute, plan.required_if)
            except Unsayable as error:
                self._report.add(attribute, "required_if", f"{error}; so the form does not require it")

    def _condition(self, attribute: str, condition: BoundExpression) -> Formula:
        """Return where a condition holds. Forms refuse conditions that depend on themselves or, in a circle, others."""
        formula = self._pair(condition).true
        if attribute in self._reached_from(formula):
            raise Unsayable("it depends on the attribute itself, perhaps by way of other conditions")
        self._uses.setdefault(attribute, set()).update(formula.uses)
        return formula

    def _reached_from(self, formula: Formula) -> set[str]:
        reached: set[str] = set()
        waiting = set(formula.uses)
        while waiting:
            reached |= waiting
            waiting = {name for each in waiting for name in self._uses.get(each, ())} - reached
        return reached

    def _pair(self, expression: BoundExpression) -> Pair:
        tree = expression.tree()
        if tree is None:
            raise Unsayable("its rule language does not tell how its expressions are built")
        return Translator(expression.names, self._questions).pair(tree)

    def add_limits(self, question: Question) -> None:
        for limit in limits_of(question, self._report.about(question.attribute)):
            self._refuse(question.attribute, limit.formula, limit.problem)

    def _refuse(self, attribute: str, formula: Formula, problem: Problem) -> None:
        logic = self.found[attribute]
        logic.constraint = and_(logic.constraint, formula)
        logic.problems.append(problem)

    def add_rule(self, rule: BoundRule) -> None:
        shown = rule.path[0] if rule.path else ""
        try:
            if rule.is_warning:
                raise Unsayable("a warning refuses nothing, and forms have no warnings")
            self._place(rule, shown)
        except Unsayable as error:
            self._report.add(shown, "rule", f"{rule.expression.what}: {error}")

    def _place(self, rule: BoundRule, shown: str) -> None:
        """Add each way in which a rule is broken to the constraint of a question that is answered there."""
        by_place: dict[str, list[Formula]] = {}
        broken = self._pair(rule.expression).false
        for way in broken.parts if broken.rank == 2 else [broken]:
            if way != FALSE:
                by_place.setdefault(self._answered(way, shown), []).append(way)
        for place, ways in by_place.items():
            formula = not_(at(self._questions[place].name, or_(*ways)))
            self._refuse(place, formula, Problem(rule.path, "rule", {"message": rule.message}))

    def _answered(self, way: Formula, shown: str) -> str:
        """Return the attribute at which an answer is refused: where the schema shows the problem, or else the last."""
        places = [name for name in self._questions if name in way.needs]
        if not places:
            raise Unsayable("it may be broken by what is not answered, and forms check answers only")
        return shown if shown in places else places[-1]
