"""Checking one value: base type, subtype, choices, constraints, in this order, and all that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from traceback import extract_tb
from typing import Any, Final

from jsonattrs_core.errors import Invalid, InvalidParts
from jsonattrs_core.messages import CORE, Problem
from jsonattrs_core.records import BaseType, Check

__all__ = ["ANY_HELD", "FAILED", "Choices", "ItemCheck", "Step", "log_failure", "read_text", "run_whole"]

#: Stands for the clean value where there is none, because of problems.
FAILED: Final = object()
#: Every retired choice counts as held: the value is the stored one.
ANY_HELD: Final = object()
#: Most choices that a message lists.
_LISTED = 10

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A check of a plugin, and what to say of it where it fails."""

    check: Check
    provider: str
    kind: str  #: such as "subtype"
    name: str
    codes: Mapping[str, str] = field(default_factory=dict)  #: English messages of the plugin's own codes

    @property
    def what(self) -> str:
        """Kind and name, for people."""
        return f"{self.kind} {self.name!r}"


@dataclass(frozen=True, slots=True)
class Choices:
    """The values that an attribute may have, by their canonical texts."""

    active: Mapping[str, Any]
    retired: Mapping[str, Any]
    canonical: Callable[[Any], str]
    listed: tuple[Any, ...]  #: JSON values for the message

    def allows(self, value: Any, held: Any) -> bool:
        text = self.canonical(value)
        if text in self.active:
            return True
        return text in self.retired and (held is ANY_HELD or text in self._texts(held))

    def _texts(self, held: Any) -> set[str]:
        return {self.canonical(value) for value in (held if isinstance(held, list) else [held]) if value is not None}

    def refusal(self) -> Invalid:
        return Invalid("choice", choices=list(self.listed[:_LISTED]), count=len(self.listed))


class ItemCheck:
    """Checks one value of an attribute, or one item of a multiple one."""

    __slots__ = ("base", "base_check", "base_provider", "choices", "constraints", "subtype")

    def __init__(
        self,
        base: BaseType,
        base_check: Check,
        base_provider: str,
        subtype: Step | None,
        constraints: Sequence[Step],
        choices: Choices | None = None,
    ) -> None:
        self.base = base
        self.base_check = base_check
        self.base_provider = base_provider
        self.subtype = subtype
        self.constraints = tuple(constraints)
        self.choices = choices

    def strict(self, value: Any) -> Any:
        """Return the clean value, None for an empty one; raise whatever the first failing check raises."""
        value = self.base_check(value)
        if value is None:
            return None
        if self.subtype is not None:
            value = self.again(self.subtype.check(value), value)
        if self.choices is not None and not self.choices.allows(value, None):
            raise self.choices.refusal()
        for step in self.constraints:
            value = self.again(step.check(value), value)
        return value

    def again(self, result: Any, value: Any) -> Any:
        """Have the base type look at what a plugin returned, unless that is what it was given."""
        if result is value:
            return value
        clean = self.base_check(result)
        if clean is None or result is None:
            raise TypeError("the check gives an empty value")
        return clean

    def collect(self, value: Any, path: Path, problems: list[Problem], held: Any) -> Any:
        """Return the clean value, None for an empty one, FAILED where problems were added."""
        try:
            value = self.base_check(value)
        except (Invalid, InvalidParts) as error:
            _add(error, path, problems, self.base_provider)
            return FAILED
        except Exception as error:  # of a plugin's base type
            _blame(error, Step(self.base_check, self.base_provider, "base type", self.base.name), path, problems)
            return FAILED
        if value is None:
            return None
        if self.subtype is not None:
            value = self._run(self.subtype, value, path, problems)
            if value is FAILED:
                return FAILED
        failed = False
        if self.choices is not None and not self.choices.allows(value, held):
            _add(self.choices.refusal(), path, problems, CORE)
            failed = True
        for step in self.constraints:
            result = self._run(step, value, path, problems)
            if result is FAILED:
                failed = True
            else:
                value = result
        return FAILED if failed else value

    def _run(self, step: Step, value: Any, path: Path, problems: list[Problem]) -> Any:
        try:
            result = step.check(value)
        except (Invalid, InvalidParts) as error:
            _add(error, path, problems, step.provider, step.codes)
            return FAILED
        except Exception as error:  # whatever a stranger's check raises
            _blame(error, step, path, problems)
            return FAILED
        if result is value:
            return value
        try:
            return self.again(result, value)
        except Exception as error:  # the plugin returned what the base type refuses
            _blame(error, step, path, problems)
            return FAILED


def run_whole(step: Step, values: list[Any], path: Path, problems: list[Problem]) -> bool:
    """Run a check of a whole list; tell whether it passed."""
    try:
        step.check(values)
    except (Invalid, InvalidParts) as error:
        _add(error, path, problems, step.provider, step.codes)
    except Exception as error:  # whatever a stranger's check raises
        _blame(error, step, path, problems)
    else:
        return True
    return False


def read_text(
    base: BaseType, multiple: bool, text: str, path: Path, language: str, problems: list[Problem]
) -> Any:
    """Return the value that a form's or a spreadsheet's text stands for, FAILED where problems were added.

    A blank text is null; that of a multiple attribute is split at semicolons.
    """
    if not text.strip():
        return None
    try:
        if multiple:
            items = [item.strip() for item in text.split(";")]
            return [base.from_text(item, language) if item else None for item in items]
        return base.from_text(text, language)
    except (Invalid, InvalidParts) as error:
        _add(error, path, problems, CORE)
    except Exception as error:  # of a plugin's base type
        _blame(error, Step(base.check, CORE, "base type", base.name), path, problems)
    return FAILED


def _add(
    error: Invalid | InvalidParts, path: Path, problems: list[Problem], provider: str, codes: Mapping[str, str] | None = None
) -> None:
    if isinstance(error, InvalidParts):
        for inner, part in error.parts:
            _add(part, (*path, *inner), problems, provider, codes)
        return
    params = error.params
    if codes and error.code in codes and "message" not in params:
        params = {**params, "message": codes[error.code]}
    problems.append(Problem(path, error.code, params, provider))


def _blame(error: Exception, step: Step, path: Path, problems: list[Problem]) -> None:
    log_failure(error, step.what, step.provider)
    problems.append(Problem(path, "provider_error", {"name": step.what}, step.provider))


def log_failure(error: Exception, what: str, provider: str) -> None:
    """Log that a plugin failed: what, whose, where and with which exception; never its text, which may hold data."""
    import logging  # slow to import, and of use only where something is broken

    frames: Iterable[Any] = extract_tb(error.__traceback__)
    place = [f"{frame.filename}:{frame.lineno}" for frame in frames][-1:] or ["?"]
    logger = logging.getLogger("jsonattrs_core")
    logger.error("%s of provider %r failed: %s at %s", what, provider, type(error).__name__, place[0])
