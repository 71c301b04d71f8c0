"""Loading the checks that an attribute names: its base type's, its subtype's, its constraints'."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from jsonattrs_core.compiler.item import Step
from jsonattrs_core.compiler.texts import Texts, texts_of
from jsonattrs_core.errors import Invalid, JSONAttrsError, SchemaError

if TYPE_CHECKING:
    from jsonattrs_core.compiler.faults import Faults
    from jsonattrs_core.definitions import Attribute
    from jsonattrs_core.records import BaseType, Check, Constraint, Subtype
    from jsonattrs_core.registry import Registry
    from jsonattrs_core.tables import Entry

__all__ = ["StepLoader"]


class StepLoader:
    """Loads checks from one registry; what cannot be loaded is a fault, or a PluginError where a plugin is broken."""

    def __init__(self, registry: Registry, faults: Faults) -> None:
        self._registry = registry
        self._faults = faults

    def base_check(self, attribute: Attribute, base: Entry[BaseType]) -> Check:
        """Return the check of the base type."""
        record = base.record
        if not record.factory:
            return record.check  # type: ignore[no-any-return]  # what the type says it is
        try:
            return base.provider.make(lambda: record.check(attribute), f"base type {record.name!r}")  # type: ignore[no-any-return]
        except SchemaError as error:
            self._faults.add(attribute, "constraints", str(error))
            return lambda value: value  # nobody is given it: there is a fault

    def subtype(self, attribute: Attribute, base: BaseType) -> Step | None:
        """Return the step of the subtype, None where there is none or it is a fault."""
        if not isinstance(attribute.subtype, str):
            return None
        try:
            record, provider = self._registry.subtype(attribute.subtype, base.name)
            what = f"subtype {record.name!r}"
            function = provider.load(record.load, what)
            check = provider.make(lambda: function(attribute), what) if record.factory else function
            if record.choices is not None:
                choices = provider.load(record.choices, what)
                check = provider.make(lambda: _choosing(check, choices), what)
        except SchemaError as error:
            self._faults.add(attribute, "subtype", str(error))
            return None
        return Step(check, provider.name, "subtype", record.name, _messages(record.codes), _example(record))

    def constraints(self, attribute: Attribute, base: BaseType) -> list[Step]:
        """Return the steps of the constraints on one value."""
        return self._load(attribute, base, whole=False)

    def whole(self, attribute: Attribute, base: BaseType) -> list[Step]:
        """Return the steps of the constraints on the list of a multiple attribute."""
        return self._load(attribute, base, whole=True)

    def _load(self, attribute: Attribute, base: BaseType, *, whole: bool) -> list[Step]:
        if not isinstance(attribute.constraints, Mapping):
            return []
        steps = [self._step(attribute, base, name, whole=whole) for name in attribute.constraints]
        return [step for step in steps if step is not None]

    def _step(self, attribute: Attribute, base: BaseType, name: Any, *, whole: bool) -> Step | None:
        if name in self._own_params(attribute, base):
            return None
        try:
            record, provider = self._registry.constraint(str(name))
        except SchemaError as error:
            if not whole:
                self._faults.add(attribute, "constraints", str(error), name)
            return None
        if record.whole is not whole:
            return None
        if misfit := _misfit(record, attribute, base):
            self._faults.add(attribute, "constraints", misfit, name)
            return None
        parameter = (attribute.constraints or {})[name]
        what = f"constraint {record.name!r}"
        load = provider.load(record.load, what)
        arguments = (parameter, attribute, base) if record.with_base else (parameter, attribute)
        try:
            check = provider.make(lambda: load(*arguments), what)
        except (SchemaError, Invalid) as error:
            self._faults.add(attribute, "constraints", f"{what}: {error}", name)
            return None
        if check is None:
            return None
        return Step(check, provider.name, "constraint", record.name, _messages(record.codes))

    def texts(self, attribute: Attribute, base: Entry[BaseType]) -> Texts:
        """Return what reads the attribute's values from texts and writes them."""
        return texts_of(base, self._registry.text_format(base.record.name), self._subtype_entry(attribute, base.record))

    def subtype_record(self, attribute: Attribute, base: BaseType) -> Subtype | None:
        """Return the record of the subtype, None where there is none or it is a fault."""
        entry = self._subtype_entry(attribute, base)
        return entry.record if entry else None

    def _subtype_entry(self, attribute: Attribute, base: BaseType) -> Entry[Subtype] | None:
        if not isinstance(attribute.subtype, str):
            return None
        try:
            return self._registry.subtype(attribute.subtype, base.name)
        except JSONAttrsError:  # a fault, or a conflict, that `subtype` reports
            return None

    def constraint_records(self, attribute: Attribute) -> list[tuple[Constraint, Any]]:
        """Return the records of the constraints that are known, with their parameters."""
        given = attribute.constraints if isinstance(attribute.constraints, Mapping) else {}
        known = self._registry.constraints
        return [(known[str(name)], parameter) for name, parameter in given.items() if str(name) in known]

    def _own_params(self, attribute: Attribute, base: BaseType) -> tuple[str, ...]:
        record = self.subtype_record(attribute, base)
        return tuple(record.params) if record else ()


def _misfit(record: Constraint, attribute: Attribute, base: BaseType) -> str:
    if record.whole and attribute.multiple is not True:
        return f"the constraint {record.name!r} is for attributes that are multiple"
    if "*" in record.bases or base.name in record.bases or record.name in base.constraints:
        return ""
    takes = f"; {base.name!r} takes {', '.join(base.constraints)}" if base.constraints else ""
    return f"the constraint {record.name!r} is not for the base type {base.name!r}{takes}"


def _choosing(check: Check, choices: Callable[[str | None], Any]) -> Check:
    allowed = {value: value for value, _ in choices(None)}
    listed = list(allowed)

    def check_choice(value: Any) -> Any:
        clean = check(value)
        if clean not in allowed:
            raise Invalid("choice", choices=listed[:10], count=len(listed))
        return clean

    return check_choice


def _example(record: Subtype) -> Mapping[str, str]:
    example = next(iter(record.examples), None)
    return {"label": record.label, "example": example} if record.label and isinstance(example, str) else {}


def _messages(codes: Any) -> Mapping[str, str]:
    return {code: message for code, message in codes.items() if message} if isinstance(codes, Mapping) else {}
