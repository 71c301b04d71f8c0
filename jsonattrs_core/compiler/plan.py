"""Planning: a composed schema and a registry become what checking needs, or all that is wrong with the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jsonattrs_core.compiler.attribute_planner import AttributePlanner
from jsonattrs_core.compiler.condition_planner import ConditionPlanner
from jsonattrs_core.compiler.faults import Faults
from jsonattrs_core.errors import SchemaError
from jsonattrs_core.values import shown

if TYPE_CHECKING:
    from jsonattrs_core.compiler.attribute_plan import AttributePlan
    from jsonattrs_core.compiler.expressions import BoundRule
    from jsonattrs_core.composition import Composition, Note
    from jsonattrs_core.definitions import Attribute
    from jsonattrs_core.registry import Registry

__all__ = ["Plan", "make_plan"]


class Plan(NamedTuple):
    """What a composed schema needs to check records."""

    attributes: list[AttributePlan]
    rules: list[BoundRule]
    notes: list[Note]  #: rules and conditions that were dropped, and why


def make_plan(composition: Composition, registry: Registry) -> Plan:
    """Plan every attribute and rule. Raises SchemaError with all faults, PluginError where a plugin is to blame."""
    faults = Faults(composition)
    _check_whole(composition, registry, faults)
    planner = AttributePlanner(registry, faults)
    plans = {str(attribute.key): planner.plan(attribute) for attribute in composition.every}
    conditions = ConditionPlanner(composition, registry, faults, plans)
    for attribute in composition.every:
        conditions.bind_attribute(attribute)
    rules = conditions.bind_rules()
    if faults.found:
        raise SchemaError(faults.found)
    return Plan([plan for plan in plans.values() if plan is not None], rules, conditions.notes)


def _check_whole(composition: Composition, registry: Registry, faults: Faults) -> None:
    limit = registry.limits.attributes
    if len(composition.every) > limit:
        faults.add_schema(f"{len(composition.every)} attributes are too many: at most {limit} are allowed")
    for schema in composition.schemas:
        language: Any = schema.default_language
        if not isinstance(language, str):
            faults.add_schema("'default_language' must be a text", schema)
    seen: dict[Any, Attribute] = {}
    for attribute in composition.every:
        other = seen.setdefault(attribute.name, attribute)
        if other is not attribute:
            faults.add(attribute, "name", f"another attribute, with the key {shown(other.key)}, has this name too")
