"""Constraints of an attribute as XPath over its answer, which is ``.``; an answer that is blank is never checked."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonattrs_core.errors import Invalid
from jsonattrs_core.messages import Problem
from jsonattrs_core.xlsform.patterns import lengths, whole
from jsonattrs_core.xlsform.questions import Kind
from jsonattrs_core.xlsform.terms import moment_literal
from jsonattrs_core.xlsform.xpath import Formula, Unsayable, literal, number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonattrs_core.compiler.attribute_plan import AttributePlan
    from jsonattrs_core.xlsform.questions import Question

__all__ = ["Limit", "limits_of"]

_SIGNS = {"min": ">=", "max": "<=", "exclusive_min": ">", "exclusive_max": "<"}
_ANSWERS = {Kind.WHOLE: ".", Kind.NUMBER: ".", Kind.DATE: ".", Kind.MOMENT: "decimal-date-time(.)"}
_MOVING = re.compile(r"today(?:([+-])([0-9]{1,6})([dwy]))?").fullmatch
#: Constraints that decide how a text is read or asked, and refuse nothing by themselves.
_NO_CHECKS = ("strip", "multiline")


class Limit(NamedTuple):
    """A constraint of a form, and what is said to whoever breaks it."""

    formula: Formula
    problem: Problem


def limits_of(question: Question, report: Callable[[str, str], Any]) -> Iterator[Limit]:
    """Yield the constraints of a question; ``report`` is told which cannot be expressed, and why."""
    plan = question.plan
    for constraint, parameter in plan.constraints:
        if constraint.name in _NO_CHECKS or (question.choices is not None and not constraint.whole):
            continue  # every choice has been checked when the schema was compiled
        try:
            text = _text(question, constraint.name, parameter)
        except Unsayable as error:
            report(constraint.name, f"forms cannot check it: {error}")
        else:
            if text:
                problem = Problem(plan.path, constraint.name, _params(parameter, plan))
                yield Limit(Formula(text, uses=frozenset({plan.name})), problem)
    if plan.subtype is not None and plan.subtype.choices is None:
        report("subtype", f"forms do not know {plan.subtype.name!r}; it is checked when the record is")


def _text(question: Question, name: str, parameter: Any) -> str:
    if question.kind is Kind.SEVERAL:
        return _items(name, parameter)
    if question.kind is Kind.TEXT:
        return _of_text(name, parameter)
    if name == "multiple_of" and question.kind is Kind.WHOLE:
        return f". mod {number(parameter)} = 0"
    if name not in _SIGNS or question.kind not in _ANSWERS:
        raise Unsayable(f"there is nothing like it for an answer of the type {question.type!r}")
    return _compared(question, _SIGNS[name], parameter)


def _items(name: str, parameter: Any) -> str:
    if name == "unique_items":
        return ""  # no choice is taken twice
    if name not in ("min_items", "max_items"):
        raise Unsayable("there is nothing like it for a list of choices")
    return f"count-selected(.) {'>=' if name == 'min_items' else '<='} {number(parameter)}"


def _of_text(name: str, parameter: Any) -> str:
    if name == "pattern":
        return f"regex(., {literal(whole(parameter))})"
    if name not in ("min_length", "max_length"):
        raise Unsayable("there is nothing like it for a text")
    least, most = (parameter, None) if name == "min_length" else (0, parameter)
    return f"regex(., {literal(lengths(least, most))})"


def _compared(question: Question, sign: str, parameter: Any) -> str:
    answer = _ANSWERS[question.kind]
    if isinstance(parameter, str) and parameter.startswith(("today", "now")):
        return _moving(sign, parameter)
    try:
        limit = question.plan.base.check(parameter)
    except Invalid:
        raise Unsayable("its limit is of another type") from None
    return f"{answer} {sign} {_limit(limit)}"


def _limit(limit: Any) -> str:
    if isinstance(limit, datetime):
        return moment_literal(limit)
    if isinstance(limit, date):
        return f"date('{limit.isoformat()}')"
    if isinstance(limit, int | float | Decimal):
        return number(limit)
    raise Unsayable("its limit is of a type that forms do not compare")


def _moving(sign: str, words: str) -> str:
    if words == "now":
        return f"decimal-date-time(.) {sign} decimal-date-time(now())"
    found = _MOVING(words)
    if found is None:
        raise Unsayable(f"forms cannot calculate {words!r}")
    if found[1] is None:
        return f". {sign} today()"
    days = int(found[2]) * {"d": 1, "w": 7, "y": 0}[found[3]]
    if found[3] != "y":
        return f". {sign} today() {found[1]} {days}"
    if sign != "<=":  # seen from 29 February, the day so many years ago may be the 28th
        raise Unsayable(f"forms cannot calculate {words!r} exactly")
    years = int(found[2]) * 10_000
    return f"number(format-date(., '%Y%m%d')) <= number(format-date(today(), '%Y%m%d')) {found[1]} {years}"


def _params(parameter: Any, plan: AttributePlan) -> dict[str, Any]:
    """Return the parameters of the message; a limit that moves is told in the schema's words."""
    if isinstance(parameter, str) and parameter.startswith(("today", "now")):
        return {"limit": parameter, "unit": "moment"}
    return {"limit": parameter if isinstance(parameter, int | float | str) else plan.dump_item(parameter)}
