"""The collecting tier: decides on a whole record, and finds everything that is wrong with it.

It works in two steps. First each given value is checked by itself. Then the record is concluded: defaults, conditions,
what is required, rules. The three doors differ in the second step: a new record, changes to a record, an audit of a
stored one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from jsonattrs_core.compiler.conditions import Conditions
from jsonattrs_core.compiler.item import ANY_HELD, FAILED, new_problem, refuse
from jsonattrs_core.compiler.result import Result, accepted, decided
from jsonattrs_core.compiler.size import most_bytes
from jsonattrs_core.compiler.state import RecordState
from jsonattrs_core.messages import Problem
from jsonattrs_core.values import UNSET, shown_name

if TYPE_CHECKING:
    from jsonattrs_core.compiler.attribute_plan import AttributePlan
    from jsonattrs_core.compiler.expressions import BoundRule
    from jsonattrs_core.limits import Limits

__all__ = ["Collector", "Suspect", "mapping_of"]


#: Position of an attribute whose value is not clean, and its problem where that is known already.
Suspect = tuple[int, Problem | None]
_POSITION = itemgetter(0)


def _own(problem: Problem) -> Problem:
    """Return a problem that was made when the schema was compiled with parameters of its own."""
    path, code, params, provider = problem
    params = {**params}
    if "choices" in params:
        params["choices"] = [*params["choices"]]
    return new_problem((path, code, params, provider))


def mapping_of(data: Any) -> dict[Any, Any] | None:
    """Return a mapping as a dict of its own, None for anything else."""
    try:
        if isinstance(data, dict):
            return {**data}  # which is quicker than dict(data)
        return dict(data) if isinstance(data, Mapping) else None
    except Exception:  # a stranger's object that is no mapping, whatever it says
        return None


class _Full(Exception):
    """So many problems were found that the rest is not listed."""


class Collector:
    """The collecting functions of one composed schema."""

    __slots__ = (
        "_limits",
        "_ordered",
        "_rules",
        "_sized",
        "_static_size",
        "conditions",
        "plans",
    )

    def __init__(self, plans: Iterable[AttributePlan], rules: Iterable[BoundRule], limits: Limits) -> None:
        self.plans = {plan.name: plan for plan in plans}
        self._ordered = tuple(self.plans.values())
        self._rules = tuple(rules)
        self._limits = limits
        self.conditions = Conditions(self._ordered)
        self._sized = [plan for plan in self.plans.values() if plan.size is None]
        self._static_size = sum(plan.size or 0 for plan in self.plans.values())

    @property
    def has_conclusions(self) -> bool:
        """Tell whether deciding on a record takes more than deciding on each of its values."""
        return bool(self._rules or self.conditions.conditional)

    @property
    def warns(self) -> bool:
        """Tell whether there are rules that only warn."""
        return any(rule.is_warning for rule in self._rules)

    def check_new(self, data: Any, language: str | None = None) -> Result:
        """Decide on a new record; with a language, on one of texts written in it."""
        return self._decide(data, {}, self._conclude_new, language)

    def check_changes(self, changes: Any, current: Mapping[str, Any], language: str | None = None) -> Result:
        """Decide on changes to a record that holds the clean values ``current``."""
        return self._decide(
            changes, current, lambda state, given: self._conclude_changes(state, given, current), language
        )

    def check_one(self, plan: AttributePlan, value: Any, held: Any, language: str | None = None) -> Result:
        """Decide on one attribute's value by itself; ``held`` is the clean value that the record has now.

        With a language, on a text that is written in it.
        """
        problems: list[Problem] = []
        if language is not None and issubclass(type(value), str):
            value = plan.read(str.__str__(value), language, problems)
        clean = value if value is FAILED else plan.check(value, problems, held)
        if not problems and (plan.size is not None or most_bytes(clean) < self._limits.document_bytes):
            return accepted({plan.name: clean})
        result = self._concluded(RecordState({} if problems else {plan.name: clean}, set(), problems), {}, None)
        return decided({}, result.problems) if result.problems else result

    def audit(self, data: Any) -> Result:
        """Decide on the values of a stored record, as they are."""
        return self._decide(data, None, self._conclude_audit, None)

    def conclude_audit(self, values: dict[str, Any]) -> Result:
        """Decide on a stored record whose values have all been found clean one by one."""
        return self._concluded(RecordState(values, set(), []), values, self._conclude_audit)

    def conclude(self, values: dict[str, Any], given: Mapping[str, Any]) -> Result:
        """Decide on a new record whose values have all been found clean one by one."""
        return self._concluded(RecordState(values, set(), []), given, self._conclude_new)

    def resolve(
        self,
        data: Any,
        values: dict[str, Any] | None,
        suspects: list[Suspect],
        unknown: bool = False,
        measure: bool = True,
    ) -> Result:
        """Decide on a new record all of whose ``values`` are clean, but for the suspects.

        Where ``unknown``, the values hold names that no attribute has as well; where ``measure``, they may be too
        large. Where there are no values, everything is in doubt.
        """
        if values is None or self.has_conclusions:
            return self.check_new(data)
        problems: list[Problem] = []
        suspects.sort(key=_POSITION)
        checked = -1  # a value may be suspect for two reasons
        for position, problem in suspects:
            plan = self._ordered[position]
            if problem is None:
                if position != checked:
                    self._recheck(plan, data, values, problems)
                checked = position
                measure = measure or plan.size is None
            else:
                problems.append(_own(problem))
                values.pop(plan.name, None)
        strangers = data.keys() - self.plans.keys() if unknown else ()
        if len(problems) + len(strangers) >= self._limits.problems:
            return self.check_new(data)  # which of them are listed does not depend on how they were found
        for name in strangers:
            del values[name]
        if unknown or measure:
            return self._concluded(RecordState(values, set(), problems), data, None, unknown=unknown)
        return decided(values, tuple(problems))

    def _recheck(
        self, plan: AttributePlan, data: Mapping[str, Any], values: dict[str, Any], problems: list[Problem]
    ) -> None:
        """Check one value of a new record again, and find all that is wrong with it."""
        name = plan.name
        value = plan.check(data[name], problems, None) if name in data else plan.make_default(problems)
        if value is FAILED:
            values.pop(name, None)
        elif value is None and plan.required:
            values.pop(name, None)
            problems.append(Problem(plan.path, "required", {}))
        else:
            values[name] = value

    def _concluded(
        self,
        state: RecordState,
        given: Mapping[Any, Any],
        conclude: Callable[[RecordState, Mapping[str, Any]], None] | None,
        *,
        unknown: bool = False,
        current: Mapping[str, Any] | None = None,
    ) -> Result:
        """Take the second step, if one is left, within the bounds on problems and size."""
        try:
            if unknown:
                self._refuse_unknown(given, state.problems)
            if conclude is not None:
                conclude(state, given)
            self._check_size(state, {**current, **state.values} if current else state.values)
            if len(state.problems) > self._limits.problems:
                raise _Full
        except _Full:
            del state.problems[self._limits.problems :]
            state.problems.append(Problem((), "too_large", {"limit": self._limits.problems, "unit": "problems"}))
            state.values = {}  # not everything was looked at
        return decided(state.values, tuple(state.problems), tuple(state.warnings))

    def _decide(
        self,
        data: Any,
        held: Mapping[str, Any] | None,
        conclude: Callable[[RecordState, Mapping[str, Any]], None],
        language: str | None,
    ) -> Result:
        given = mapping_of(data)
        if given is None:
            return decided({}, (Problem((), "type", {"type": "document"}),))
        state = RecordState({}, set(), [])
        unknown = self._check_each(given, held, state, language)
        return self._concluded(state, given, conclude, unknown=unknown, current=held)

    def _check_each(
        self, given: Mapping[Any, Any], held: Mapping[str, Any] | None, state: RecordState, language: str | None
    ) -> bool:
        """Check every given value by itself; tell whether there are names that no attribute has."""
        problems, values, limits = state.problems, state.values, self._limits
        known = 0
        for name, plan in self.plans.items():
            if name not in given:
                continue
            known += 1
            value = given[name]
            if language is not None and issubclass(type(value), str):
                value = plan.read(str.__str__(value), language, problems)
            if value is not FAILED:
                value = plan.check(value, problems, ANY_HELD if held is None else held.get(name))
            if value is FAILED:
                state.failed.add(name)
                if len(problems) > limits.problems:
                    break
            else:
                values[name] = value
        return known != len(given)

    def _refuse_unknown(self, given: Mapping[Any, Any], problems: list[Problem]) -> None:
        for name in given:
            if not isinstance(name, str) or name not in self.plans:
                problems.append(Problem((shown_name(name),), "unknown", {}))
                if len(problems) > self._limits.problems:
                    raise _Full

    def _conclude_new(self, state: RecordState, given: Mapping[str, Any]) -> None:
        values, failed = state.values, state.failed
        if self.conditions.defaulting:
            self.conditions.give_defaults(state, given)
        for plan in self.conditions.demanding:
            name = plan.name
            if values.get(name) is not None or name in failed:
                continue
            if self.conditions.is_required(plan, state):
                state.fail(Problem(plan.path, "required", {}))
            elif plan.initial_default is not UNSET and name not in failed:
                values[name] = None
        if self._rules:
            self._apply_rules(state, None, values)

    def _conclude_changes(self, state: RecordState, given: Mapping[str, Any], current: Mapping[str, Any]) -> None:
        together = self.conditions.overlaid(current, state)
        for plan in self.plans.values():
            concerned = plan.name in given or any(
                name in given
                for condition in (plan.required_if, plan.visible_if)
                if condition
                for name in condition.uses
            )
            if not concerned or together.values.get(plan.name) is not None or plan.name in together.failed:
                continue
            if self.conditions.is_required(plan, together):
                state.fail(Problem(plan.path, "required", {}))
                together.failed.add(plan.name)
        state.failed |= together.failed & given.keys()
        self._apply_rules(state, given.keys(), together.values, together.failed)

    def _conclude_audit(self, state: RecordState, given: Mapping[str, Any]) -> None:
        for plan in self.plans.values():
            if (
                state.values.get(plan.name) is None
                and plan.name not in state.failed
                and self.conditions.is_required(plan, state)
            ):
                state.fail(Problem(plan.path, "required", {}))
        self._apply_rules(state, None, state.values)

    def _apply_rules(
        self,
        state: RecordState,
        changed: Collection[str] | None,
        values: Mapping[str, Any],
        failed: Collection[str] | None = None,
    ) -> None:
        found = [
            (rule, problem)
            for rule in self._rules
            if changed is None or any(name in changed for name in rule.expression.uses)
            if (problem := rule.problem(values, state.failed if failed is None else failed)) is not None
        ]
        for rule, problem in found:
            if rule.is_warning:
                state.warnings.append(problem)
            else:
                state.fail(problem)

    def may_be_too_large(self, values: Mapping[str, Any]) -> bool:
        """Tell whether the document of these clean values needs to be measured."""
        most = self._static_size
        for plan in self._sized:
            value = values.get(plan.name)
            # A text takes at most four bytes of UTF-8 a character; what JSON escapes takes two.
            most += 4 * len(value) if value.__class__ is str else most_bytes(value)
        return most > self._limits.document_bytes

    def is_measured_at(self, size: int) -> bool:
        """Tell whether a document of at most so many bytes needs to be measured."""
        return bool(self._sized) and size > self._limits.document_bytes

    def _check_size(self, state: RecordState, values: Mapping[str, Any]) -> None:
        if not self._sized or not self.may_be_too_large(values):
            return
        known = [(self.plans[name], value) for name, value in values.items() if name in self.plans]
        limit = self._limits.document_bytes
        if 1 + sum(self._bytes(plan, value, state) for plan, value in known) > limit:
            state.problems.append(Problem((), "too_large", {"limit": limit, "unit": "bytes"}))

    def _bytes(self, plan: AttributePlan, value: Any, state: RecordState) -> int:
        """Return the size that a value, its key and a comma take in the document."""
        try:
            text = json.dumps({plan.key: plan.dump(value)}, ensure_ascii=False, separators=(",", ":"))
            return len(text.encode("utf-8", "replace")) - 1
        except Exception as error:  # of a plugin's base type; or a value is broken that the record already held
            if plan.name in state.values:
                refuse(error, plan.item.base_step, plan.path, state.problems)
                del state.values[plan.name]
            return 0
