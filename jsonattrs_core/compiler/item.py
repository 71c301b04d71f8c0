"""Checking one value: base type, subtype, choices, constraints, in this order, and all that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from traceback import extract_tb
from typing import TYPE_CHECKING, Any, Final

from jsonattrs_core.errors import Invalid, InvalidParts
from jsonattrs_core.messages import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from jsonattrs_core.records import BaseType, Check

__all__ = [
    "ANY_HELD",
    "FAILED",
    "Choices",
    "ItemCheck",
    "Step",
    "log_failure",
    "new_problem",
    "refuse",
    "run_whole",
]

#: Stands for the clean value where there is none, because of problems.
FAILED: Final = object()
#: Every retired choice counts as held: the value is the stored one.
ANY_HELD: Final = object()
#: Codes of which an example says more than the code's own message does.
_EXEMPLIFIED = ("format", "length")
#: Most choices that a message lists.
_LISTED = 10

Path = tuple[str | int, ...]

#: Makes a Problem from a tuple of its four fields, in a third of the time that its constructor takes.
new_problem: Callable[[tuple[Path, str, Mapping[str, Any], str]], Problem] = partial(tuple.__new__, Problem)


@dataclass(frozen=True, slots=True)
class Step:
    """A check of a plugin, and what to say of it where it fails."""

    check: Callable[..., Any]
    provider: str
    kind: str  #: such as "subtype"
    name: str
    codes: Mapping[str, str] = field(default_factory=dict)  #: English messages of the plugin's own codes
    example: Mapping[str, str] = field(default_factory=dict)  #: what a value is called, and one that passes

    @property
    def what(self) -> str:
        """Kind and name, for people."""
        return f"{self.kind} {self.name!r}"

    def params(self, error: Invalid) -> Mapping[str, Any]:
        """Return the parameters of a refusal: the check's own, the message of its own code, or an example to follow."""
        code, params = error.code, error.params
        if code in self.codes and "message" not in params:
            return {**params, "message": self.codes[code]}
        return params if params or code not in _EXEMPLIFIED else self.example


@dataclass(frozen=True, slots=True)
class Choices:
    """The values that an attribute may have, by their canonical texts."""

    active: Mapping[str, Any]
    retired: Mapping[str, Any]
    canonical: Callable[[Any], str]
    python: type  #: class of the clean values
    listed: tuple[Any, ...]  #: JSON values for the message

    def allows(self, value: Any, held: Any) -> bool:
        """Tell whether a clean value is one of them; a retired one is where ``held`` is or holds it."""
        text = self.canonical(value)
        return text in self.active or (text in self.retired and (held is ANY_HELD or text in self._texts(held)))

    def _texts(self, held: Any) -> set[str]:
        texts = set()
        for value in held if isinstance(held, list) else [held]:
            try:
                if isinstance(value, self.python):
                    texts.add(self.canonical(value))
            except Exception:  # noqa: S112 - a stored value that is broken is no choice
                continue
        return texts

    def refusal(self) -> Invalid:
        """Return what is raised for any other value; it names the first ten."""
        return Invalid("choice", choices=[*self.listed[:_LISTED]], count=len(self.listed))


class ItemCheck:
    """Checks one value of an attribute, or one item of a multiple one."""

    __slots__ = ("base", "base_check", "base_provider", "base_step", "choices", "constraints", "subtype")

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
        self.base_step = Step(base_check, base_provider, "base type", base.name)
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
        """Have the base type look at what a plugin returned for ``value``, unless that is what it was given.

        Raises TypeError where the plugin returned what its base type refuses, or nothing.
        """
        if result is value:
            return value
        try:
            clean = self.base_check(result)
        except (Invalid, InvalidParts) as error:
            raise TypeError("the check gives what its base type refuses") from error
        if clean is None or result is None:
            raise TypeError("the check gives an empty value")
        return clean

    def collect(self, value: Any, path: Path, problems: list[Problem], held: Any) -> Any:
        """Return the clean value, None for an empty one, FAILED where problems were added."""
        try:
            value = self.base_check(value)
        except Invalid as error:
            problems.append(new_problem((path, error.code, error.params, self.base_provider)))
            return FAILED
        except Exception as error:  # InvalidParts, or whatever a plugin's base type raises
            refuse(error, self.base_step, path, problems)
            return FAILED
        if value is None:
            return None
        if self.subtype is not None:
            value = self._run(self.subtype, value, path, problems)
            if value is FAILED:
                return FAILED
        before = len(problems)
        if self.choices is not None:
            self._check_choice(self.choices, value, path, problems, held)
        for step in self.constraints:
            try:
                result = step.check(value)
                if result is not value:
                    value = self.again(result, value)
            except Exception as error:  # Invalid, or whatever a stranger's check raises
                refuse(error, step, path, problems)
        return value if len(problems) == before else FAILED

    def _check_choice(self, choices: Choices, value: Any, path: Path, problems: list[Problem], held: Any) -> None:
        try:
            if not choices.allows(value, held):
                problems.append(Problem(path, "choice", choices.refusal().params))
        except Exception as error:  # of a plugin's base type, whose canonical texts are compared
            refuse(error, self.base_step, path, problems)

    def _run(self, step: Step, value: Any, path: Path, problems: list[Problem]) -> Any:
        try:
            result = step.check(value)
            return value if result is value else self.again(result, value)
        except Exception as error:  # Invalid, or whatever a stranger's check raises
            refuse(error, step, path, problems)
            return FAILED


def run_whole(step: Step, values: list[Any], path: Path, problems: list[Problem]) -> bool:
    """Run a check of a whole list; tell whether it passed."""
    try:
        step.check(values)
    except Exception as error:  # Invalid, or whatever a stranger's check raises
        refuse(error, step, path, problems)
        return False
    return True


def refuse(error: Exception, step: Step, path: Path, problems: list[Problem]) -> None:
    """Add the problems that an exception of a check stands for; one that is no refusal is the plugin's fault."""
    if isinstance(error, Invalid):
        problems.append(new_problem((path, error.code, step.params(error), step.provider)))
    elif isinstance(error, InvalidParts):
        for inner, part in error.parts:
            refuse(part, step, (*path, *inner), problems)
    else:
        log_failure(error, step.what, step.provider)
        problems.append(Problem(path, "provider_error", {"name": step.what}, step.provider))


def log_failure(error: Exception, what: str, provider: str) -> None:
    """Log that a plugin failed: what, whose, where and with which exception; never its text, which may hold data."""
    import logging  # slow to import, and of use only where something is broken

    frames: Iterable[Any] = extract_tb(error.__traceback__)
    place = [f"{frame.filename}:{frame.lineno}" for frame in frames][-1:] or ["?"]
    logger = logging.getLogger("jsonattrs_core")
    logger.error("%s of provider %r failed: %s at %s", what, provider, type(error).__name__, place[0])
