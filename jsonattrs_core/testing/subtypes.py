"""What is asked of a subtype."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jsonattrs_core.definitions import Attribute
from jsonattrs_core.records import Subtype, resolve
from jsonattrs_core.testing.probe import ATTRIBUTE, Probe, compiled, fail, shown
from jsonattrs_core.testing.records import code_is_allowed, look_at_codes, look_at_lists, look_at_texts
from jsonattrs_core.testing.samples import (
    DIGITS,
    LANGUAGES,
    UNKNOWN_SYMBOL,
    broken_texts,
    json_values,
    python_values,
    with_digits,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from jsonattrs_core import Result
    from jsonattrs_core.registry import Registry

__all__ = ["subtype_cases"]

_NAME = re.compile(r"[^\s@]+").fullmatch
_COUNTRY = re.compile("[A-Z]{2}").fullmatch
#: Constraints of the base type ``text`` that let a check see space and line breaks around a value.
_UNSTRIPPED = {"strip": False, "multiline": True}


def subtype_cases(registry: Registry, about: Mapping[str, Any]) -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield the cases of the subtype that a row of ``Registry.describe`` is about."""
    reference = f"{about['name']}@{about['provider']}"
    record = registry.subtype(reference, about["base"]).record
    subject = _Subject(registry, record, about["provider"])
    for name, case in (
        ("record", subject.look_at_record),
        ("examples", subject.accepts_examples),
        ("invalid-examples", subject.refuses_invalid_examples),
        ("json-values", subject.survives_json_values),
        ("digits", subject.knows_its_digits),
        ("broken-texts", subject.survives_broken_texts),
        ("functions", subject.has_working_functions),
    ):
        yield f"{record.base}/{reference}/{name}", case


@dataclass(slots=True)
class _Subject:
    """A subtype under test."""

    registry: Registry
    record: Subtype
    provider: str
    what: str = field(init=False)
    _probes: list[Probe] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.what = f"the subtype {self.record.name!r} of {self.provider!r}"

    def look_at_record(self) -> None:
        """Look for what people and forms need, and for what may not be declared."""
        record = self.record
        look_at_lists(self.what, record, ("params", "aliases", "examples", "invalid_examples", "codes"))
        look_at_texts(self.what, record, ("label", "summary"))
        for name in ("examples", "invalid_examples"):
            if not list(getattr(record, name)):
                fail(f"{self.what} has no {name}")
        for name in (record.name, *record.aliases):
            if not _NAME(str(name)):
                fail(f"{self.what} is named {shown(name)}, which no schema can ask for: no space and no @ in a name")
        look_at_codes(self.what, record.codes, self.provider)
        self._look_at_params()
        self._look_at_hints()

    def accepts_examples(self) -> None:
        """Give it the examples, which must pass; their clean values must fit the pattern."""
        pattern = self._pattern()
        for probe in self.probes():
            for example in self.record.examples:
                clean = str(probe.validator.dump(self._accepted(probe, example).value)[ATTRIBUTE])
                if pattern is not None and pattern.fullmatch(clean) is None:
                    fail(f"{self.what} has the pattern {pattern.pattern!r}, which refuses the clean {shown(clean)}")

    def refuses_invalid_examples(self) -> None:
        """Give it the invalid examples, which must be refused with a declared code."""
        for probe in self.probes():
            for example in self.record.invalid_examples:
                result = probe.check(example)
                if result.ok:
                    fail(f"{self.what} accepts {shown(example)}, one of its invalid examples")

    def survives_json_values(self) -> None:
        """Give it JSON values of every type, and Python values."""
        for probe in self.probes():
            for values in (json_values(), python_values()):
                for value in values:
                    probe.check(value)

    def knows_its_digits(self) -> None:
        """Give it the examples with digits of other scripts, which must be refused or become ASCII."""
        for probe in self.probes():
            for example in self._text_examples():
                clean = self._accepted(probe, example).value[ATTRIBUTE]
                for script, text, control in _rewritten(example):
                    found = probe.clean_of(probe.check(text))
                    if found not in (None, clean) and not _keeps(probe, control):
                        fail(f"{self.what} makes {found!r} of {text!r}: refuse or fold {script} digits")

    def survives_broken_texts(self) -> None:
        """Give it broken examples; a line break behind one may not be stored."""
        for probe in self.probes():
            for example in self._text_examples():
                for text in broken_texts(example):
                    probe.check(text)
                for ending in ("\n", "\r\n"):
                    result = probe.check(example + ending)
                    if result.ok and "\\n" in probe.stored(result) and not _keeps(probe, example + UNKNOWN_SYMBOL):
                        fail(f"{self.what} stores {shown(example + ending)} with its line break")

    def has_working_functions(self) -> None:
        """Call ``choices``, ``suggestions`` and ``format``, which must load and give what their names say."""
        probe = self.probes()[0]
        for name in ("choices", "suggestions"):
            if getattr(self.record, name) is not None:
                self._look_at_pairs(probe, name)
        if self.record.format is not None:
            for example in self.record.examples:
                text = self._call("format", self._accepted(probe, example).value[ATTRIBUTE])
                if not isinstance(text, str) or not text.strip():
                    fail(f"{self.what}: format gives {shown(text)} for {shown(example)}, not a text")
                self._look_at_formatted(probe, example, text)

    def _look_at_formatted(self, probe: Probe, example: Any, text: str) -> None:
        """Look for a display form that is read as another value; objects are not read from theirs."""
        clean = probe.clean_of(self._accepted(probe, example))
        if probe.base.python is str and probe.clean_of(probe.check(text, from_text=True)) != clean:
            fail(f"{self.what}: format gives {shown(text)} for {shown(example)}, which is read as something else")

    def probes(self) -> list[Probe]:
        """Return the attribute as schemas have it; of texts, also with the space around them left on."""
        if not self._probes:
            base = self.registry.base_type(self.record.base).record
            self._probes.append(self._probe({}))
            if set(_UNSTRIPPED) <= set(base.constraints) and not set(_UNSTRIPPED) & set(self.record.params):
                self._probes.append(self._probe(_UNSTRIPPED))
            for probe in self._probes:  # what a check loads when it is first called is none of a value's time
                for example in self.record.examples:
                    probe.validator.check({ATTRIBUTE: example})
        return self._probes

    def _probe(self, constraints: Mapping[str, Any]) -> Probe:
        record = self.record
        codes = {*record.codes, *(["choice"] if record.choices else [])}
        plain = Attribute(ATTRIBUTE, record.base, constraints=constraints)
        attribute = Attribute(ATTRIBUTE, record.base, subtype=f"{record.name}@{self.provider}", constraints=constraints)
        return Probe(
            self.what,
            compiled(self.registry, attribute, self.what),
            self.registry.base_type(record.base).record,
            lambda code: code in codes and code_is_allowed(code, self.provider),
            compiled(self.registry, plain, f"the base type {record.base!r}"),
            own=str(next(iter(record.examples), "")),
        )

    def _accepted(self, probe: Probe, example: Any) -> Result:
        result = probe.check(example)
        if not result.ok:
            fail(f"{self.what} refuses its example {shown(example)} with {result.problems[0].code!r}")
        if probe.clean_of(result) is None:
            fail(f"{self.what} has the example {shown(example)}, which is an empty value")
        return result

    def _text_examples(self) -> list[str]:
        return [example for example in self.record.examples if isinstance(example, str)]

    def _look_at_params(self) -> None:
        base = self.registry.base_type(self.record.base).record
        for name in self.record.params:
            if not self.record.factory:
                fail(f"{self.what} has params, but no factory that reads them")
            if name in base.constraints:
                fail(f"{self.what} has the param {name!r}, which switches off that constraint of {base.name!r}")

    def _look_at_hints(self) -> None:
        country, hints = self.record.country, dict(self.record.input)
        if country is not None and not _COUNTRY(str(country)):
            fail(f"{self.what} has the country {country!r}, not two upper-case letters of ISO 3166-1")
        if not all(isinstance(part, str) for pair in hints.items() for part in pair):
            fail(f"{self.what} has the hints for forms {shown(hints)}, not texts")
        if self.record.priority.__class__ is not int:
            fail(f"{self.what} has the priority {shown(self.record.priority)}, not a whole number")
        self._pattern()

    def _pattern(self) -> re.Pattern[str] | None:
        try:
            return None if self.record.pattern is None else re.compile(self.record.pattern)
        except re.error as error:
            raise AssertionError(f"{self.what} has a pattern that is none: {error}") from error

    def _look_at_pairs(self, probe: Probe, name: str) -> None:
        expected: Sequence[Any] | None = None
        for language in LANGUAGES:
            values = [self._look_at_pair(probe, name, pair) for pair in self._call(name, language)]
            if expected is not None and values != expected:
                fail(f"{self.what}: {name} gives other values for the language {language!r}: only labels have one")
            expected = values
        if not expected:
            fail(f"{self.what}: {name} gives nothing")

    def _look_at_pair(self, probe: Probe, name: str, pair: Any) -> Any:
        if not isinstance(pair, tuple | list) or len(pair) != 2:
            fail(f"{self.what}: {name} gives {shown(pair)}, not a pair of value and label")
        value, label = pair
        if not isinstance(label, str) or not label.strip():
            fail(f"{self.what}: {name} gives {shown(value)} the label {shown(label)}, not a text")
        result = probe.check(value)
        if probe.clean_of(result) != value:
            fail(f"{self.what}: {name} gives {shown(value)}, which is no clean value")
        return value

    def _call(self, name: str, argument: Any) -> Any:
        """Call the function that a field of the record names."""
        target = getattr(self.record, name)
        try:
            return resolve(target)(argument)
        except Exception as error:
            raise AssertionError(
                f"{self.what}: {name} ({target}) fails for {shown(argument)}: {type(error).__name__}: {error}"
            ) from error


def _rewritten(example: str) -> Iterator[tuple[str, str, str]]:
    """Yield scripts, the example in their digits, and the same with a symbol that is no digit."""
    controls = list(with_digits(example, UNKNOWN_SYMBOL * 10))
    for script, digits in DIGITS.items():
        for text, control in zip(with_digits(example, digits), controls, strict=True):
            yield script, text, control


def _keeps(probe: Probe, text: str) -> bool:
    """Tell whether a text with a symbol of no meaning is accepted and kept: then digits have no meaning there."""
    result = probe.check(text)
    return result.ok and UNKNOWN_SYMBOL in probe.stored(result)
