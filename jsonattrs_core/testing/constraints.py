"""What is asked of a constraint. Its record has no examples, so every JSON value is tried as its parameter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from jsonattrs_core.composed import compose
from jsonattrs_core.definitions import Attribute
from jsonattrs_core.errors import PluginError, SchemaError
from jsonattrs_core.records import Constraint, resolve
from jsonattrs_core.schema import Schema
from jsonattrs_core.testing.base_types import examples_of
from jsonattrs_core.testing.probe import ATTRIBUTE, Probe, compiled, fail, shown
from jsonattrs_core.testing.records import look_at_codes, look_at_lists
from jsonattrs_core.testing.samples import json_values, parameters

if TYPE_CHECKING:
    from jsonattrs_core.compiler.validator import Validator
    from jsonattrs_core.registry import Registry

__all__ = ["constraint_cases"]


def constraint_cases(registry: Registry, about: Mapping[str, Any]) -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield the cases of the constraint that a row of ``Registry.describe`` is about."""
    reference = f"{about['name']}@{about['provider']}"
    subject = _Subject(registry, registry.constraint(reference).record, about["provider"])
    yield f"{reference}/record", subject.look_at_record
    for base in subject.bases():
        yield f"{reference}/parameters-{base}", partial(subject.survives_parameters, base)


@dataclass(slots=True)
class _Subject:
    """A constraint under test."""

    registry: Registry
    record: Constraint
    provider: str

    @property
    def what(self) -> str:
        """The subject of a sentence."""
        return f"the constraint {self.record.name!r} of {self.provider!r}"

    def bases(self) -> list[str]:
        """Return the names of the base types that take it."""
        known = [name for name in self.registry.base_types if "@" not in name]
        taking = (name for name in known if self.record.name in self.registry.base_types[name].constraints)
        return known if "*" in self.record.bases else list(dict.fromkeys([*self.record.bases, *taking]))

    def look_at_record(self) -> None:
        """Look for base types that nobody has, and for what cannot be loaded."""
        look_at_lists(self.what, self.record, ("bases", "codes"))
        look_at_codes(self.what, self.record.codes, self.provider)
        for base in self.bases():
            if base not in self.registry.base_types:
                fail(f"{self.what} is for the base type {base!r}, which nobody provides")
        if not callable(self._load()):
            fail(f"{self.what} loads {shown(self._load())}, which cannot be called")

    def survives_parameters(self, base: str) -> None:
        """Give it every parameter, which makes a check or is a fault of the schema, and each check every value."""
        attribute = Attribute(ATTRIBUTE, base, multiple=self.record.whole)
        plain = compiled(self.registry, attribute, f"the base type {base!r}")
        values = list(self._accepted(plain, base))
        for parameter in parameters():
            validator = self._validator(attribute, parameter)
            if validator is not None:
                self._look_at_check(validator, plain, base, parameter, values)

    def _accepted(self, plain: Validator, base: str) -> Iterator[Any]:
        """Yield values that the base type alone accepts."""
        for value in (*json_values(), *examples_of(self.registry, base)):
            for given in ([value], [value, value]) if self.record.whole else [value]:
                result = plain.check({ATTRIBUTE: given})
                if result.ok and result.value[ATTRIBUTE] is not None:
                    yield given

    def _validator(self, attribute: Attribute, parameter: Any) -> Validator | None:
        name = self.record.name
        if self.registry.constraints.get(name) is not self.record:
            name = f"{name}@{self.provider}"
        given = Attribute(ATTRIBUTE, attribute.type, multiple=attribute.multiple, constraints={name: parameter})
        try:
            return compose(Schema("conformance", [given])).compile(self.registry)
        except SchemaError:
            return None
        except PluginError as error:
            raise AssertionError(f"{self.what} breaks on the parameter {shown(parameter)}: {error}") from error
        except Exception as error:
            raise AssertionError(f"{self.what} raises {type(error).__name__} on {shown(parameter)}: {error}") from error

    def _look_at_check(
        self, validator: Validator, plain: Validator, base: str, parameter: Any, values: list[Any]
    ) -> None:
        codes = set(self.record.codes)
        what = f"{self.what} with the parameter {shown(parameter)}"
        known = self.registry.base_type(base).record
        own = str(parameter)  # which the problems may name
        probe = Probe(what, validator, known, codes.__contains__, plain, own)
        for value in values:
            probe.check(value)
        if self.record.json_schema is not None:
            keywords = resolve(self.record.json_schema)(parameter)
            if not isinstance(keywords, Mapping):
                fail(f"{what} gives {shown(keywords)} as JSON Schema keywords, not a mapping")

    def _load(self) -> Any:
        try:
            return resolve(self.record.load)
        except Exception as error:
            raise AssertionError(
                f"{self.what} cannot be loaded from {self.record.load!r}: {type(error).__name__}: {error}"
            ) from error
