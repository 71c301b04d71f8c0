"""Planning rules and conditions: each is compiled by its language, and its names are bound to attributes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jsonattrs_core.compiler.attribute_planner import is_text
from jsonattrs_core.compiler.expressions import NEVER, BoundExpression, BoundRule
from jsonattrs_core.composition import Composition, Dropped, Note
from jsonattrs_core.errors import PluginError, SchemaError, nearest
from jsonattrs_core.records import ValueType
from jsonattrs_core.values import UNSET, shown

if TYPE_CHECKING:
    from jsonattrs_core.compiler.attribute_plan import AttributePlan
    from jsonattrs_core.compiler.faults import Faults
    from jsonattrs_core.definitions import Attribute, Rule
    from jsonattrs_core.plugins import Provider
    from jsonattrs_core.registry import Registry

__all__ = ["ConditionPlanner"]


class ConditionPlanner:
    """Binds the expressions of one composition."""

    def __init__(
        self,
        composition: Composition,
        registry: Registry,
        faults: Faults,
        plans: Mapping[str, AttributePlan | None],
    ) -> None:
        self._composition = composition
        self._registry = registry
        self._faults = faults
        self._plans = plans
        self._languages: dict[str, tuple[Any, Provider]] = {}
        self._types: dict[int, dict[str, ValueType]] = {}
        self.notes: list[Note] = []

    def bind_attribute(self, attribute: Attribute) -> None:
        """Bind ``required_if`` and ``visible_if`` to the attribute's plan."""
        plan = self._plans[str(attribute.key)]
        for name in ("required_if", "visible_if"):
            source = getattr(attribute, name)
            if plan is None or not isinstance(source, str):
                continue
            position = self._faults.position(attribute, name)
            language = self._composition.schemas[position].rule_language
            try:
                bound = self._bind(source, language, position, name, str(attribute.key))
            except SchemaError as error:
                for fault in error.faults:
                    self._faults.add(attribute, name, f"{name} {shown(source)}: {fault}")
            else:
                if name != "required_if" or attribute.status != "deprecated":
                    setattr(plan, name, NEVER if bound is None and name == "visible_if" else bound)

    def bind_rules(self) -> list[BoundRule]:
        """Return the rules that are left, bound."""
        bound = (self._bind_rule(position, rule) for position, rule in self._composition.rules)
        return [rule for rule in bound if rule is not None]

    def _bind_rule(self, position: int, rule: Rule) -> BoundRule | None:
        schema = self._composition.schemas[position]
        what = f"rule {shown(rule.expression)}"
        if wrong := _wrong_form(rule):
            self._faults.add_schema(f"{what}: {wrong}", schema)
            return None
        language = schema.rule_language if rule.language is UNSET else rule.language
        try:
            expression = self._bind(rule.expression, language, position, "rule")
        except SchemaError as error:
            for fault in error.faults:
                self._faults.add_schema(f"{what}: {fault}", schema)
            return None
        if expression is None:
            return None
        path = tuple(rule.attributes)[:1]
        message = rule.message
        if isinstance(message, Mapping):  # the schema's own language first: the last resort of whoever reads another
            first = {code: text for code, text in message.items() if code == schema.default_language}
            message = {**first, **message}
        return BoundRule(expression, path, message, rule.severity == "warning")

    def _bind(self, source: str, language: str, position: int, part: str, about: str = "") -> BoundExpression | None:
        """Compile an expression; None, with a note, where it names an attribute that is gone. Raises SchemaError.

        None also where it may name an attribute whose type is a fault: nothing true can be said of it.
        """
        if any(re.search(rf"\b{re.escape(name)}\b", source) for name in self._untyped_in(position)):
            return None
        compiler, provider = self._language(language)
        types = self._types_in(position)
        try:
            expression = compiler.compile(source, types, bool)
            names = tuple(expression.names)
        except (SchemaError, PluginError):
            raise
        except Exception as error:  # however a rule language says that it does not understand
            said = error or type(error).__name__
            raise SchemaError(f"{said} (says the rule language {language!r} of {provider})") from error
        bound = {}
        for name in names:
            key = self._composition.key_of(name, position)
            if key is None:
                raise SchemaError(f"no attribute is named {shown(name)}{nearest(name, types)}")
            plan = self._plans.get(key)
            if key in self._composition.former:
                schema = self._composition.schemas[position].name
                self.notes.append(Note.of(Dropped(part, source, schema, name, key, about)))
                return None
            if plan is not None:
                bound[name] = plan.name
        what = f"rule {shown(source)}" if part == "rule" else f"condition {part} {shown(source)}"
        return BoundExpression(expression, bound, what, provider.name)

    def _language(self, name: Any) -> tuple[Any, Provider]:
        if not isinstance(name, str):
            raise SchemaError(f"unknown rule language '{shown(name)}'")
        if name not in self._languages:
            record, provider = self._registry.rule_language(name)
            what = f"rule language {record.name!r}"
            compiler = provider.load(record.load, what)
            if isinstance(compiler, type) or not hasattr(compiler, "compile"):
                compiler = provider.make(compiler, what)
            self._languages[name] = (compiler, provider)
        return self._languages[name]

    def _types_in(self, position: int) -> dict[str, ValueType]:
        """Return the types of all names that mean something in a schema, those of attributes that are gone included."""
        if position not in self._types:
            keys = {plan.name: key for key, plan in self._plans.items() if plan is not None}
            keys |= self._composition.scopes[position]
            types = ((name, self._type_of(key)) for name, key in keys.items())
            self._types[position] = {name: found for name, found in types if found is not None}
        return self._types[position]

    def _untyped_in(self, position: int) -> list[str]:
        scope = self._composition.scopes[position]
        return [name for name, key in scope.items() if key in self._plans and self._plans[key] is None]

    def _type_of(self, key: str) -> ValueType | None:
        plan = self._plans.get(key)
        if plan is not None:
            return ValueType(plan.base, plan.multiple)
        former = self._composition.former.get(key)
        base = self._registry.base_types.get(str(former.type)) if former is not None else None
        return ValueType(base, former is not None and former.multiple is True) if base is not None else None


def _wrong_form(rule: Any) -> str:
    if not isinstance(rule.expression, str) or not rule.expression:
        return "its expression must be a text"
    if not rule.message or not is_text(rule.message):
        return "its message must be a text, or a mapping of language to text"
    if not isinstance(rule.attributes, tuple):
        return "its attributes must be a list of names"
    if rule.severity not in ("error", "warning"):
        return f"its severity must be 'error' or 'warning', not {shown(rule.severity)}"
    return ""
