"""The validator: what a composed schema compiles to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonattrs_core import clock
from jsonattrs_core.compiler.collect import Collector, mapping_of
from jsonattrs_core.compiler.fast import Fast, audit_tier, fast_tier
from jsonattrs_core.compiler.plan import Plan, make_plan
from jsonattrs_core.compiler.reading import make_reader
from jsonattrs_core.compiler.result import Result, accepted, decided
from jsonattrs_core.compiler.writing import make_writer
from jsonattrs_core.errors import ValidationError
from jsonattrs_core.messages import Problem
from jsonattrs_core.values import UNSET

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from jsonattrs_core.composition import Composition
    from jsonattrs_core.registry import Registry

__all__ = ["Validator", "compile_composition"]

#: Language of texts where nobody says which (ISO 639-2): numbers and dates are read as in JSON, and nothing is guessed.
UNDETERMINED = "und"

#: The verdict on a stored document of which there is nothing to say.
_ALL_IS_WELL = accepted({})


class Validator:
    """Checks records against one composed schema, and turns them into stored documents and back.

    Safe to share between threads.
    """

    __slots__ = ("_auditor", "_clock", "_collector", "_fast", "_keys", "_reader", "_writer")

    def __init__(self, collector: Collector, now: clock.Clock | None = None) -> None:
        self._collector = collector
        self._keys = {plan.key: plan for plan in collector.plans.values()}
        self._clock = now
        self._auditor: Fast | None = None
        self._reader: Callable[[Any], dict[str, Any]] | None = None
        self._writer: Callable[[Any], dict[str, Any]] | None = None
        self._fast = self._new_tier()

    def _new_tier(self) -> Fast:
        """Return the function that decides on new records: it gives the clean record, or a Result."""
        collector, present = self._collector, self._clock
        fast = fast_tier(collector, collector.resolve)

        def concluded(data: Any) -> Any:
            found = fast(data)
            return collector.conclude(found, data) if found.__class__ is dict else found

        decide = concluded if collector.has_conclusions else fast
        if present is None:
            return decide

        def decide_at(data: Any) -> Any:
            with clock.using(present):
                return decide(data)

        return decide_at

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
        reads texts of a form or a CSV row, as written in ``language``; where nobody says which, as in no language.
        """
        if current is None and not from_text:
            found = self._fast(data)
            return accepted(found) if found.__class__ is dict else found
        written_in = _tag(language) if from_text else None
        if self._clock is None:
            return self._collect(data, current, written_in)
        with clock.using(self._clock):
            return self._collect(data, current, written_in)

    def _collect(self, data: Any, current: Mapping[str, Any] | None, language: str | None) -> Result:
        if current is None:
            return self._collector.check_new(data, language)
        return self._collector.check_changes(data, current, language)

    def check_attribute(
        self, name: str, value: Any, held: Any = None, *, from_text: bool = False, language: str | None = None
    ) -> Result:
        """Decide on one attribute's value by itself: nothing is required, no condition or rule is asked.

        The result's value is the clean value by name, None for an empty one; with problems it is empty. ``held`` is the
        clean value that the record has now: a retired choice is accepted only where it is or holds that. ``from_text``
        reads a text as :meth:`check` does. Raises KeyError for a name that is no attribute, and never for bad data.
        """
        plan = self._collector.plans[name]
        written_in = _tag(language) if from_text else None
        if self._clock is None:
            return self._collector.check_one(plan, value, held, written_in)
        with clock.using(self._clock):
            return self._collector.check_one(plan, value, held, written_in)

    @property
    def watched(self) -> frozenset[str]:
        """The names of the attributes on whose values it depends what is visible, and what is required."""
        return self._collector.conditions.watched

    def hidden(self, values: Mapping[str, Any]) -> frozenset[str]:
        """Return the names of the attributes that are not visible in a record with these clean values."""
        return self._collector.conditions.hidden(values)

    def required(self, values: Mapping[str, Any]) -> frozenset[str]:
        """Return the names of the attributes that a record with these clean values must have."""
        return self._collector.conditions.required(values)

    def defaults(self, values: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return the clean defaults, by name, that a new record with these clean values gets for what it does not give.

        Attributes that are not visible have none.
        """
        if self._clock is None:
            return self._collector.conditions.defaults(values or {})
        with clock.using(self._clock):
            return self._collector.conditions.defaults(values or {})

    def validate(self, data: Any) -> dict[str, Any]:
        """Return the clean record, or raise :class:`~jsonattrs_core.ValidationError` with all the problems."""
        found = self._fast(data)
        if found.__class__ is dict:
            return found
        if found.problems:
            raise ValidationError(found.problems)
        return found.value  # type: ignore[no-any-return]  # a Result's

    def to_text(self, value: Mapping[str, Any], language: str | None = None) -> dict[str, str]:
        """Return the texts, by name, that people read and edit, as they are written in ``language``.

        ``check(texts, from_text=True, language=language)`` reads them as the same clean values. Null is the empty text.
        Raises KeyError for a name that is no attribute.
        """
        plans, tag = self._collector.plans, _tag(language)
        return {name: plans[name].to_text(member, tag) for name, member in value.items()}

    def dump(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """Return the JSON document, by key, that stores clean values, by name; its order is that of the values.

        Raises KeyError for a name that is no attribute.
        """
        return (self._writer or self._new_writer())(value)

    def _new_writer(self) -> Callable[[Any], dict[str, Any]]:
        """Return the function that writes documents, made for the first one: not every process writes any."""
        self._writer = make_writer(tuple(self._keys.values()))
        return self._writer

    def dump_attribute(self, name: str, value: Any) -> Any:
        """Return the JSON value that stores one clean value. Raises KeyError for a name that is no attribute."""
        return self._collector.plans[name].dump(value)

    def load_attribute(self, name: str, stored: Any) -> Any:
        """Return the typed value of one stored JSON value; one that does not fit as it is stored.

        Raises KeyError for a name that is no attribute, and never for bad data.
        """
        return self._collector.plans[name].load(stored)

    def load(self, document: Any) -> dict[str, Any]:
        """Return the typed values, by name, of a stored document. Never raises.

        A value that does not fit is given as it is stored. Where a key is missing, the attribute's ``initial_default``
        is read if it has one. Keys that no attribute has are left out.
        """
        return (self._reader or self._new_reader())(document)

    def _new_reader(self) -> Callable[[Any], dict[str, Any]]:
        """Return the function that reads documents, made for the first one: not every process reads any."""
        self._reader = make_reader(tuple(self._keys.values()))
        return self._reader

    def problems(self, document: Any) -> tuple[Problem, ...]:
        """Return what does not fit in a stored document; its orphans, under keys of no attribute, are no problem."""
        return self._audited(document).problems

    def warnings(self, document: Any) -> tuple[Problem, ...]:
        """Return what rules that only warn say of a stored document. They refuse nothing."""
        return self._audited(document).warnings if self._collector.warns else ()

    def _audited(self, document: Any) -> Result:
        if self._clock is None:
            return self._decided(document)
        with clock.using(self._clock):
            return self._decided(document)

    def _decided(self, document: Any) -> Result:
        given = document if type(document) is dict else mapping_of(document)
        found = (self._auditor or self._new_auditor())(given)
        if found is None:
            return self._audit(document)
        return self._collector.conclude_audit(found) if self._collector.has_conclusions else _ALL_IS_WELL

    def _new_auditor(self) -> Fast:
        """Return the function that finds good documents, made for the first one: not every process audits any."""
        self._auditor = audit_tier(self._collector)
        return self._auditor

    def _audit(self, document: Any) -> Result:
        """Find everything that is wrong with any document at all."""
        given = mapping_of(document)
        if given is None:
            return decided({}, (Problem((), "type", {"type": "document"}),))
        values = {plan.name: given[key] for key, plan in self._keys.items() if key in given}
        for plan in self._keys.values():
            if plan.name not in values and plan.initial_default is not UNSET:
                values[plan.name] = plan.initial_default
        return self._collector.audit(values)


def _tag(language: str | None) -> str:
    return (language or UNDETERMINED).replace("_", "-").lower()


def compile_composition(
    composition: Composition, registry: Registry, now: datetime | clock.Clock | None
) -> tuple[Plan, Validator]:
    """Plan a composition and return the plan with its validator. Raises SchemaError and PluginError."""
    present = None if now is None else clock.clock_at(now)
    if present is None:
        plan = make_plan(composition, registry)
    else:
        with clock.using(present):
            plan = make_plan(composition, registry)
    return plan, Validator(Collector(plan.attributes, plan.rules, registry.limits), present)
