"""Planning one attribute: its properties are looked at one by one, and every fault is noted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from functools import partial
from math import isfinite
from typing import TYPE_CHECKING, Any

from jsonattrs_core import clock
from jsonattrs_core.compiler.attribute_plan import AttributePlan
from jsonattrs_core.compiler.contradictions import contradictions
from jsonattrs_core.compiler.item import FAILED, Choices, ItemCheck
from jsonattrs_core.compiler.size import SMALL, SMALL_BYTES
from jsonattrs_core.compiler.steps import StepLoader
from jsonattrs_core.definitions import STATUSES, TRIGRAM, Attribute, Choice
from jsonattrs_core.errors import SchemaError
from jsonattrs_core.values import UNSET, shown

if TYPE_CHECKING:
    from datetime import datetime

    from jsonattrs_core.compiler.faults import Faults
    from jsonattrs_core.messages import Problem
    from jsonattrs_core.plugins import Provider
    from jsonattrs_core.records import BaseType
    from jsonattrs_core.registry import Registry
    from jsonattrs_core.tables import Entry

__all__ = ["AttributePlanner", "is_text"]

_NAME = re.compile(r"(?!.*__)[a-z][a-z0-9_]{0,62}").fullmatch
_KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,62}").fullmatch
#: Names that queries, or JSON, read as something else.
_RESERVED = {
    "pk",
    "id",
    "in",
    "exact",
    "iexact",
    "gt",
    "gte",
    "lt",
    "lte",
    "range",
    "isnull",
    "contains",
    "contained_by",
}
_RESERVED |= {"icontains", "startswith", "istartswith", "endswith", "iendswith", "regex", "iregex"}
_RESERVED |= {"has_key", "has_keys", "has_any_keys", "true", "false", "null"}
_FLAGS = ("required", "multiple", "unique", "locked")


class AttributePlanner:
    """Plans attributes against one registry."""

    def __init__(self, registry: Registry, faults: Faults) -> None:
        self._registry = registry
        self._faults = faults
        self._steps = StepLoader(registry, faults)

    def plan(self, attribute: Attribute) -> AttributePlan | None:
        """Return the plan of one attribute, None where its type is not known."""
        self._check_names(attribute)
        self._check_forms(attribute)
        if attribute.constraints is not UNSET and not isinstance(attribute.constraints, Mapping):
            self._faults.add(attribute, "constraints", "'constraints' must be a mapping of name to parameter")
            attribute = replace(attribute, constraints=UNSET)
        try:
            base = self._registry.base_type(_type_name(attribute.type))
        except SchemaError as error:
            self._faults.add(attribute, "type", str(error))
            return None
        if attribute.indexed == TRIGRAM and (base.record.python is not str or attribute.multiple is True):
            self._faults.add(attribute, "indexed", f"'indexed' is {TRIGRAM!r} only for single texts")
        self._check_limits(attribute, base)
        item = self._item(attribute, base)
        plan = AttributePlan(
            attribute=attribute,
            base=base.record,
            item=item,
            texts=self._steps.texts(attribute, base),
            limits=self._registry.limits,
            multiple=attribute.multiple is True,
            whole=self._steps.whole(attribute, base.record),
            required=attribute.required is True and attribute.status != "deprecated",
            size=_size(attribute, base.record),
            subtype=self._steps.subtype_record(attribute, base.record),
            constraints=self._steps.constraint_records(attribute),
        )
        item.choices = self._choices(attribute, plan, base.provider)
        if plan.size is None and item.choices is not None and base.record.python is str and not plan.multiple:
            values = (*item.choices.active.values(), *item.choices.retired.values())
            plan.size = SMALL_BYTES + max((4 * len(value) for value in values), default=0)
        self._set_defaults(attribute, plan)
        return plan

    def _check_names(self, attribute: Attribute) -> None:
        name, key = str(attribute.name), str(attribute.key)
        if not _NAME(name):
            message = f"{shown(name)} is no name: it takes a-z first, then a-z, 0-9 and single _, 63 characters in all"
            self._faults.add(attribute, "name", message)
        elif name in _RESERVED:
            self._faults.add(attribute, "name", f"the name {shown(name)} is reserved")
        if not _KEY(key):
            message = (
                f"{shown(key)} is no key: it takes A-Z, a-z, 0-9 or _ first, then these and -, 63 characters in all"
            )
            self._faults.add(attribute, "key", message)

    def _check_forms(self, attribute: Attribute) -> None:
        for name in _FLAGS:
            if not isinstance(getattr(attribute, name), bool) and getattr(attribute, name) is not UNSET:
                self._faults.add(attribute, name, f"{name!r} must be true or false")
        if not isinstance(attribute.indexed, bool) and attribute.indexed not in (UNSET, TRIGRAM):
            self._faults.add(attribute, "indexed", f"'indexed' must be true, false or {TRIGRAM!r}")
        for name in ("label", "help_text"):
            if not is_text(getattr(attribute, name)):
                message = f"{name!r} must be a text, or a mapping of language to text"
                self._faults.add(attribute, name, message, _wrong_part(getattr(attribute, name)))
        for name in ("group", "subtype", "required_if", "visible_if"):
            if not isinstance(getattr(attribute, name), str) and getattr(attribute, name) is not UNSET:
                self._faults.add(attribute, name, f"{name!r} must be a text")
        if attribute.order is not UNSET and not _is_number(attribute.order):
            self._faults.add(attribute, "order", "'order' must be a number")
        if attribute.status is not UNSET and attribute.status not in STATUSES:
            self._faults.add(attribute, "status", f"'status' must be one of {', '.join(STATUSES)}")

    def _check_limits(self, attribute: Attribute, base: Entry[BaseType]) -> None:
        """Note limits that contradict each other; the schema that gave the last of them is to blame."""
        if not isinstance(given := attribute.constraints, Mapping) or len(given) < 2:
            return
        what = f"base type {base.record.name!r}"
        for *names, message in base.provider.make(lambda: [*contradictions(given, base.record)], what):
            last = max(names, key=lambda name: self._faults.position(attribute, "constraints", name))
            self._faults.add(attribute, "constraints", message, last)

    def _item(self, attribute: Attribute, base: Entry[BaseType]) -> ItemCheck:
        return ItemCheck(
            base.record,
            self._steps.base_check(attribute, base),
            base.provider.name,
            self._steps.subtype(attribute, base.record),
            self._steps.constraints(attribute, base.record),
        )

    def _choices(self, attribute: Attribute, plan: AttributePlan, provider: Provider) -> Choices | None:
        if attribute.choices is UNSET:
            return None
        if not isinstance(attribute.choices, tuple):
            self._faults.add(attribute, "choices", "'choices' must be a list")
            return None
        if not 0 < len(attribute.choices) <= self._registry.limits.choices:
            limit = self._registry.limits.choices
            self._faults.add(attribute, "choices", f"there must be 1 to {limit} choices, not {len(attribute.choices)}")
            return None
        canonical = canonical_of(plan.base)
        what = f"base type {plan.base.name!r}"
        active: dict[str, Any] = {}
        retired: dict[str, Any] = {}
        for choice in attribute.choices:
            value = self._choice_value(attribute, choice, plan)
            if value is FAILED:
                continue
            text = provider.make(partial(canonical, value), what)
            if text in active or text in retired:
                self._faults.add(attribute, "choices", f"the choice {shown(choice.value)} is listed twice")
            (retired if choice.retired else active)[text] = value
        listed = provider.make(lambda: tuple(plan.base.dump(value) for value in active.values()), what)
        return Choices(active, retired, canonical, plan.base.python, listed)

    def _choice_value(self, attribute: Attribute, choice: Choice, plan: AttributePlan) -> Any:
        if not is_text(choice.label) or not isinstance(choice.retired, bool):
            self._faults.add(attribute, "choices", f"the label of the choice {shown(choice.value)} must be a text")
        problems: list[Problem] = []
        value = plan.item.collect(choice.value, plan.path, problems, None)
        if value is None or problems:
            why = f": {problems[0]}" if problems else ""
            self._faults.add(attribute, "choices", f"the attribute refuses its choice {shown(choice.value)}{why}")
            return FAILED
        return value

    def _set_defaults(self, attribute: Attribute, plan: AttributePlan) -> None:
        if attribute.initial_default is not UNSET:
            value = self._initial_default(attribute, plan)
            if value is not FAILED:
                plan.initial_default = value
        default = attribute.default
        if default is UNSET:
            return
        named = plan.base.named.get(default) if isinstance(default, str) else None
        if named is not None and not plan.multiple:
            default = named(clock.now())
        value = self._own_value(attribute, "default", default, plan)
        if value is not FAILED and attribute.status != "deprecated":
            plan.default = _maker(value, plan, named)
            plan.default_moves = named is not None and not plan.multiple

    def _initial_default(self, attribute: Attribute, plan: AttributePlan) -> Any:
        """Return the clean ``initial_default``.

        It is fixed when the attribute is added: what a more specific schema tightens later does not make it a fault, as
        it does not make the stored records faults that read as it.
        """
        given_at = self._faults.position(attribute, "initial_default")
        limits = [self._faults.position(attribute, name) for name in ("subtype", "choices", "constraints")]
        value = attribute.initial_default
        if max(limits) > given_at:
            return self._of_type(attribute, value, plan)
        return self._own_value(attribute, "initial_default", value, plan)

    def _of_type(self, attribute: Attribute, value: Any, plan: AttributePlan) -> Any:
        """Return a value that is of the base type, whatever else is demanded of the attribute's values."""
        of_type = ItemCheck(plan.base, plan.item.base_check, plan.item.base_provider, None, ())
        return self._own_value(attribute, "initial_default", value, replace(plan, item=of_type, whole=()))

    def _own_value(self, attribute: Attribute, name: str, value: Any, plan: AttributePlan) -> Any:
        problems: list[Problem] = []
        clean = plan.check(value, problems, None)
        if clean is None or clean is FAILED:
            why = f": {problems[0]}" if problems else ": it is empty"
            self._faults.add(attribute, name, f"the attribute refuses its {name} {shown(value)}{why}")
            return FAILED
        return clean


def canonical_of(base: BaseType) -> Callable[[Any], str]:
    """Return the function that gives one text for all equal values of a base type."""
    dump = base.dump
    return base.canonical or (lambda value: repr(dump(value)))


def _maker(value: Any, plan: AttributePlan, named: Callable[[datetime], Any] | None) -> Callable[[], Any]:
    if named is not None and not plan.multiple:
        return lambda: named(clock.now())
    if isinstance(value, list | dict):
        return lambda: deepcopy(value)
    return lambda: value


def _wrong_part(value: Any) -> Any:
    pairs = value.items() if isinstance(value, Mapping) else ()
    return next((language for language, text in pairs if not isinstance(text, str)), None)


def _is_number(value: Any) -> bool:
    return not isinstance(value, bool) and (isinstance(value, int) or (isinstance(value, float) and isfinite(value)))


def _type_name(value: Any) -> str:
    if value is UNSET:
        raise SchemaError("it has no type")
    if not isinstance(value, str):
        raise SchemaError(f"'type' must be a text, not {shown(value)}")
    return value


def is_text(value: Any) -> bool:
    """Tell whether a property is a text for people, or unset."""
    if isinstance(value, Mapping):
        return all(isinstance(part, str) for pair in value.items() for part in pair) and bool(value)
    return value is UNSET or isinstance(value, str)


def _size(attribute: Attribute, base: BaseType) -> int | None:
    if attribute.multiple:
        return None
    if base.python in SMALL:
        return SMALL_BYTES
    limit = (attribute.constraints or {}).get("max_length") if isinstance(attribute.constraints, Mapping) else None
    if base.python is str and isinstance(limit, int) and limit <= 1000:
        return SMALL_BYTES + 4 * limit
    return None
