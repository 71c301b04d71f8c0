"""The validator: what a composed schema compiles to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from jsonattrs_core import clock
from jsonattrs_core.compiler.collect import Collector
from jsonattrs_core.compiler.inline import fast_path
from jsonattrs_core.compiler.plan import Plan, make_plan
from jsonattrs_core.errors import ValidationError
from jsonattrs_core.messages import Problem
from jsonattrs_core.values import UNSET

if TYPE_CHECKING:
    from datetime import datetime

    from jsonattrs_core.composition import Composition
    from jsonattrs_core.registry import Registry

__all__ = ["Result", "Validator", "compile_composition"]


class Result:
    """The verdict on a record."""

    __slots__ = ("problems", "value", "warnings")

    def __init__(
        self, value: dict[str, Any], problems: tuple[Problem, ...] = (), warnings: tuple[Problem, ...] = ()
    ) -> None:
        self.value = value  #: the clean values, by name, of the attributes without problems
        self.problems = problems  #: why it is refused; empty where it is accepted
        self.warnings = warnings  #: what rules of severity "warning" say; they refuse nothing

    @property
    def ok(self) -> bool:
        """Tell whether the record is accepted."""
        return not self.problems

    def __repr__(self) -> str:
        return f"<Result ok={self.ok} problems={self.problems!r} warnings={self.warnings!r}>"


class Validator:
    """Checks records against one composed schema, and turns them into stored documents and back.

    Safe to share between threads.
    """

    __slots__ = ("_clock", "_collector", "_fast", "_keys")

    def __init__(
        self,
        collector: Collector,
        fast: Callable[[Any], dict[str, Any] | None],
        now: clock.Clock | None = None,
    ) -> None:
        self._collector = collector
        self._fast = fast
        self._keys = {plan.key: plan for plan in collector.plans.values()}
        self._clock = now

    def check(
        self,
        data: Any,
        current: Mapping[str, Any] | None = None,
        from_text: bool = False,
        language: str | None = None,
    ) -> Result:
        """Decide on a record, given by attribute name as JSON or Python values. Never raises for bad data.

        Without ``current`` the record is a new one: defaults are applied and what is required must be there. With it,
        ``data`` are changes to a record with these clean values: only they are checked and returned. ``from_text``
        reads texts of a form or a CSV row, as written in ``language``.
        """
        if current is None and not from_text:
            value = self._fast(data)
            if value is not None:
                return Result(value)
        written_in = (language or "en") if from_text else None
        if self._clock is None:
            return self._check(data, current, written_in)
        with clock.using(self._clock):
            return self._check(data, current, written_in)

    def _check(self, data: Any, current: Mapping[str, Any] | None, language: str | None) -> Result:
        if current is None:
            return Result(*self._collector.check_new(data, language))
        return Result(*self._collector.check_changes(data, current, language))

    def validate(self, data: Any) -> dict[str, Any]:
        """Return the clean record, or raise :class:`~jsonattrs_core.ValidationError` with all the problems."""
        value = self._fast(data)
        if value is not None:
            return value
        result = self.check(data)
        if result.problems:
            raise ValidationError(result.problems)
        return result.value

    def dump(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """Return the JSON document, by key, that stores clean values, by name. Raises KeyError for another name."""
        plans = self._collector.plans
        return {plans[name].key: plans[name].dump(member) for name, member in value.items()}

    def load(self, document: Any) -> dict[str, Any]:
        """Return the typed values, by name, of a stored document. Never raises.

        A value that does not fit is given as it is stored. Where a key is missing, the attribute's ``initial_default``
        is read if it has one. Keys that no attribute has are left out.
        """
        if not isinstance(document, Mapping):
            return {}
        values = {}
        for key, plan in self._keys.items():
            if key in document:
                values[plan.name] = plan.load(document[key])
            elif plan.initial_default is not UNSET:
                values[plan.name] = plan.load(plan.dump(plan.initial_default))
        return values

    def problems(self, document: Any) -> tuple[Problem, ...]:
        """Return what does not fit in a stored document; its orphans, under keys of no attribute, are no problem."""
        if not isinstance(document, Mapping):
            return (Problem((), "type", {"type": "document"}),)
        values = {plan.name: document[key] for key, plan in self._keys.items() if key in document}
        for plan in self._keys.values():
            if plan.name not in values and plan.initial_default is not UNSET:
                values[plan.name] = plan.initial_default
        if self._clock is None:
            return self._collector.audit(values).problems
        with clock.using(self._clock):
            return self._collector.audit(values).problems


def compile_composition(
    composition: Composition, registry: Registry, now: datetime | clock.Clock | None
) -> tuple[Plan, Validator]:
    """Plan a composition and return the plan with its validator. Raises SchemaError and PluginError."""
    plan = make_plan(composition, registry)
    collector = Collector(plan.attributes, plan.rules, registry.limits)
    fast = fast_path(collector)
    if now is None:
        return plan, Validator(collector, fast)
    present = clock.clock_at(now)

    def fast_at(data: Any) -> dict[str, Any] | None:
        with clock.using(present):
            return fast(data)

    return plan, Validator(collector, fast_at, present)
