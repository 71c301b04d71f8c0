"""What attributes of a record depend on the others: what is visible, what is required, and what is given by default."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonattrs_core.compiler.item import FAILED
from jsonattrs_core.compiler.state import RecordState
from jsonattrs_core.errors import Invalid
from jsonattrs_core.messages import Problem
from jsonattrs_core.values import UNSET

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jsonattrs_core.compiler.attribute_plan import AttributePlan
    from jsonattrs_core.compiler.expressions import BoundExpression

__all__ = ["Conditions"]


class Conditions:
    """The conditions of one composed schema."""

    __slots__ = ("_plans", "conditional", "defaulting", "demanding")

    def __init__(self, plans: Iterable[AttributePlan]) -> None:
        self._plans = {plan.name: plan for plan in plans}
        every = self._plans.values()
        self.conditional = [plan for plan in every if plan.visible_if or plan.required_if]
        self.defaulting = [plan for plan in every if plan.default is not None]
        #: Those that have to be there, or are null where they are not.
        self.demanding = [
            plan for plan in every if plan.required or plan.required_if is not None or plan.initial_default is not UNSET
        ]

    @property
    def watched(self) -> frozenset[str]:
        """The names of the attributes that conditions look at."""
        found = (each for plan in self.conditional for each in (plan.visible_if, plan.required_if))
        return frozenset(name for condition in found if condition is not None for name in condition.uses)

    def hidden(self, values: Mapping[str, Any]) -> frozenset[str]:
        """Return the names of the attributes that are not visible beside these values."""
        state = self._state_of(values)
        pairs = ((plan, plan.visible_if) for plan in self.conditional)
        return frozenset(
            plan.name for plan, condition in pairs if condition and not self._holds(plan, condition, state)
        )

    def required(self, values: Mapping[str, Any]) -> frozenset[str]:
        """Return the names of the attributes that have to be there beside these values."""
        state = self._state_of(values)
        return frozenset(plan.name for plan in self.demanding if self.is_required(plan, state))

    def defaults(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the defaults that a new record of these values gets, by name."""
        state = self._state_of(values)
        self.give_defaults(state, values)
        return {name: value for name, value in state.values.items() if name not in values}

    def _state_of(self, values: Mapping[str, Any]) -> RecordState:
        return self.overlaid(values, RecordState({}, set(), []))

    def overlaid(self, current: Mapping[str, Any], state: RecordState) -> RecordState:
        """Return ``current`` under the changes; a value of it that is broken counts as one with a problem."""
        values = {name: value for name, value in current.items() if name in self._plans}
        broken = {name for name, value in values.items() if value is not None and not self._plans[name].fits(value)}
        failed = (broken - state.values.keys()) | state.failed
        return RecordState({**values, **state.values}, failed, state.problems, state.warnings)

    def give_defaults(self, state: RecordState, given: Mapping[str, Any]) -> None:
        """Give missing attributes their defaults; one may make another attribute visible, whatever their order."""
        absent = [plan for plan in self.defaulting if plan.name not in given]
        while True:
            shown = [plan for plan in absent if plan.visible_if is None or self._holds(plan, plan.visible_if, state)]
            if not shown:
                return
            for plan in shown:
                value = plan.make_default(state.problems)
                if value is FAILED:
                    state.failed.add(plan.name)
                else:
                    state.values[plan.name] = value
            absent = [plan for plan in absent if plan not in shown and plan.name not in state.failed]

    def is_required(self, plan: AttributePlan, state: RecordState) -> bool:
        """Tell whether an attribute has to be there."""
        if not plan.required and plan.required_if is None:
            return False
        if plan.visible_if is not None and not self._holds(plan, plan.visible_if, state):
            return False
        return plan.required or (plan.required_if is not None and self._holds(plan, plan.required_if, state))

    def _holds(self, plan: AttributePlan, condition: BoundExpression, state: RecordState) -> bool:
        """Tell whether a condition is true; one that cannot be evaluated is a problem of its attribute."""
        outcome = condition.evaluate(state.values, state.failed)
        if isinstance(outcome, Invalid):
            state.fail(Problem(plan.path, outcome.code, outcome.params, condition.provider))
            return False
        return outcome is True
