"""One attribute under test, and what must hold of every verdict on it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from reprlib import Repr
from time import perf_counter
from typing import TYPE_CHECKING, Any, NoReturn

from jsonattrs_core.composed import compose
from jsonattrs_core.errors import JSONAttrsError
from jsonattrs_core.schema import Schema

if TYPE_CHECKING:
    from jsonattrs_core import Result, Validator
    from jsonattrs_core.definitions import Attribute
    from jsonattrs_core.messages import Problem
    from jsonattrs_core.records import BaseType
    from jsonattrs_core.registry import Registry

__all__ = ["ATTRIBUTE", "MAX_SECONDS", "Probe", "compiled", "fail", "failures", "plain_text", "shown"]

#: Name of the one attribute of the schemas that are made here.
ATTRIBUTE = "value"
#: Seconds that one verdict may take, on whatever machine the tests run: a thousand times what is normal.
MAX_SECONDS = 1.0
#: Shortest text that is looked for in parameters; shorter ones stand in them by chance.
_TELLING = 8

_JSON_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "string": str,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
}

_short = Repr()
_short.maxstring = _short.maxother = _short.maxlong = 60


def fail(sentence: str) -> NoReturn:
    """Raise an AssertionError; unlike the statement, it is there under ``python -O`` as well."""
    raise AssertionError(sentence)


def shown(value: Any) -> str:
    """Return a short ``repr`` of any value, however large or deep."""
    if isinstance(value, int) and value.bit_length() > 1000:  # some thousands of digits cannot be written at all
        return f"an integer of {value.bit_length()} bits"
    try:
        return _short.repr(value)
    except (RecursionError, ValueError):
        return f"a large {type(value).__name__}"


def compiled(registry: Registry, attribute: Attribute, what: str) -> Validator:
    """Return the validator of a schema of one attribute."""
    try:
        return compose(Schema("conformance", [attribute])).compile(registry)
    except JSONAttrsError as error:
        raise AssertionError(f"{what} cannot be compiled: {error}") from error
    except Exception as error:
        raise AssertionError(f"{what} cannot be compiled: {type(error).__name__}: {error}") from error


@dataclass(frozen=True, slots=True)
class Probe:
    """An attribute, and what may be said of its values. Its methods raise AssertionError."""

    what: str  #: what is tested, as the subject of a sentence
    validator: Validator
    base: BaseType
    allows: Callable[[str], bool]  #: whether a problem code is declared
    plain: Validator | None = None  #: the same without what is tested: what this refuses, with which code, is not ours
    own: str = ""  #: text of the definition, which messages may repeat

    def check(self, value: Any, **how: Any) -> Result:
        """Return the verdict on ``value``, after looking at all that is asked of one."""
        with failures() as logged:
            result, seconds = self._timed(value, how)
        if seconds > MAX_SECONDS:
            fail(f"{self.what} takes {seconds:.2g} seconds to decide on {shown(value)}; {MAX_SECONDS:g} is the most")
        for problem in result.problems:
            self._look_at_problem(problem, value, how, logged)
        if self.clean_of(result) is not None:
            self._look_at_clean(result, value)
        return result

    @staticmethod
    def clean_of(result: Result) -> Any:
        """Return the clean value, None where there is none."""
        return result.value.get(ATTRIBUTE) if result.ok else None

    def stored(self, result: Result) -> str:
        """Return the clean value as the JSON text that is stored."""
        try:
            document = self.validator.dump(result.value)
            return json.dumps(document[ATTRIBUTE], allow_nan=False, ensure_ascii=False)
        except Exception as error:
            raise AssertionError(
                f"{self.what} accepts a value that JSON cannot hold: {type(error).__name__}: {error}"
            ) from error

    def _timed(self, value: Any, how: Mapping[str, Any]) -> tuple[Result, float]:
        """Return the verdict and the time it took: the best of three, since other programs make one slow."""
        tries = (self._once(value, how) for _ in range(3))
        result, fastest = next(tries)
        while fastest > MAX_SECONDS and (again := next(tries, None)):
            fastest = min(fastest, again[1])
        return result, fastest

    def _once(self, value: Any, how: Mapping[str, Any]) -> tuple[Result, float]:
        start = perf_counter()
        try:
            result = self.validator.check({ATTRIBUTE: value}, **how)
        except Exception as error:
            raise AssertionError(f"{self.what} raises {type(error).__name__} on {shown(value)}: {error}") from error
        return result, perf_counter() - start

    def _look_at_problem(self, problem: Problem, value: Any, how: Mapping[str, Any], logged: list[str]) -> None:
        if problem.code == "provider_error":
            fail(f"{self.what} breaks on {shown(value)}: {'; '.join(logged) or 'provider_error'}")
        if not self.allows(problem.code) and not self._is_of_base(problem.code, value, how):
            fail(f"{self.what} refuses {shown(value)} with {problem.code!r}, a code that its record does not declare")
        try:
            str(problem)
            params = json.loads(json.dumps(dict(problem.params), allow_nan=False))
        except (TypeError, ValueError) as error:
            raise AssertionError(
                f"{self.what} gives {problem.code!r} parameters that JSON cannot hold: {error}"
            ) from error
        telling = isinstance(value, str) and len(value) >= _TELLING and value not in self.own
        if telling and problem.code != "choice" and any(value in text for text in _texts(params)):
            fail(f"{self.what} repeats the refused value {shown(value)} in the parameters of {problem.code!r}")

    def _is_of_base(self, code: str, value: Any, how: Mapping[str, Any]) -> bool:
        if self.plain is None:
            return False
        refused = self.plain.check({ATTRIBUTE: value}, **how).problems
        return any(problem.code == code for problem in refused)

    def _look_at_clean(self, result: Result, value: Any) -> None:
        clean = self.clean_of(result)
        self._look_at_class(clean, value)
        stored = self.stored(result)
        self._look_at_stored(json.loads(stored), value)
        read = self.validator.load({ATTRIBUTE: json.loads(stored)})[ATTRIBUTE]
        if not _same(read, clean):
            fail(f"{self.what} makes {shown(clean)} of {shown(value)}, which is {shown(read)} once stored and read")
        for again, when in ((clean, "checked again"), (json.loads(stored), "stored and checked again")):
            repeated = self.validator.check({ATTRIBUTE: again})
            if not repeated.ok or not _same(repeated.value[ATTRIBUTE], clean):
                outcome = shown(repeated.value.get(ATTRIBUTE)) if repeated.ok else repr(repeated.problems[0].code)
                fail(f"{self.what} makes {shown(clean)} of {shown(value)}, which gives {outcome} when {when}")

    def _look_at_class(self, clean: Any, value: Any) -> None:
        for item in clean if isinstance(clean, list) and self.base.python is not list else [clean]:
            if item.__class__ is not self.base.python:
                wanted = self.base.python.__name__
                fail(f"{self.what} makes a {type(item).__name__} of {shown(value)}, not a {wanted}")

    def _look_at_stored(self, stored: Any, value: Any) -> None:
        wanted = _JSON_TYPES.get(self.base.json, object)
        for item in stored if isinstance(stored, list) and self.base.json != "array" else [stored]:
            if not isinstance(item, wanted) or (isinstance(item, bool) and self.base.json != "boolean"):
                fail(f"{self.what} stores {shown(value)} as {shown(item)}, which is no JSON {self.base.json}")
        for text in _texts(stored):
            if "\x00" in text or not plain_text(text):
                fail(f"{self.what} stores {shown(text)}, which databases refuse: it has a NUL or a lone surrogate")


def plain_text(text: str) -> bool:
    """Tell whether a text has no lone surrogates."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


def _same(one: Any, other: Any) -> bool:
    return bool(one.__class__ is other.__class__ and one == other)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Collection):
        for part in value.items() if isinstance(value, Mapping) else value:
            yield from _texts(part)


@contextmanager
def failures() -> Iterator[list[str]]:
    """Give the list of what is logged inside the block: which exception a plugin raised, and where."""
    found: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: found.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("jsonattrs_core")
    logger.addHandler(handler)
    try:
        yield found
    finally:
        logger.removeHandler(handler)
