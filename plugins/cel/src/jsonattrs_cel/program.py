"""Expressions that are ready to be evaluated."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from cel_expr_python import cel

from jsonattrs_cel.values import Withheld, day, moment
from jsonattrs_core import Invalid, clock

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jsonattrs_cel.cost import Cost
    from jsonattrs_cel.values import Convert

__all__ = ["MAX_NAMES", "Expression", "Program", "runtime"]

#: Most attributes that one expression may name.
MAX_NAMES = 100
#: How the library says that a value is not there: one without a value, a member of an object, an item of a list.
_ABSENT = re.compile(
    r'[A-Z_]+: (?:No value with name ".*" found in Activation|Key not found in map .*|Index error: .*)', re.DOTALL
).fullmatch


@cache
def runtime() -> Any:
    """Return the environment in which all expressions run.

    It is one for all, since each takes a tenth of a megabyte. The types of values follow from their Python classes,
    but not those of dates and durations; so there are slots for them.
    """
    moments = {"timestamp": cel.Type.TIMESTAMP, "duration": cel.Type.DURATION}
    types = moments | {f"list({name})": cel.Type.List(found) for name, found in moments.items()}
    slots = {f"{name}@{number}": found for name, found in types.items() for number in range(MAX_NAMES + 2)}
    environment = cel.NewEnv(variables=slots)
    environment.compile("true")  # until something is compiled, the library does not look at the types of variables
    return environment


@dataclass(frozen=True, slots=True)
class Program:
    """An expression as the library runs it, and what it needs."""

    expression: Any
    values: Mapping[str, str]  #: names of attributes whose values it takes, to their slots
    given: Mapping[str, str]  #: names of attributes of which it asks whether they have one, to the slots for that
    moments: Mapping[str, str]  #: ``today`` and ``now`` to their slots, as far as it takes them
    cost: Cost | None  #: None where values of any size may be evaluated

    @property
    def names(self) -> tuple[str, ...]:
        """The attributes that it names."""
        return tuple(sorted({*self.values, *self.given}))


class Expression:
    """A program, and how the values of one schema's attributes are handed over to it."""

    __slots__ = ("_converters", "_cost", "_evaluate", "_given", "_moments", "names", "tree")

    def __init__(
        self, program: Program, converters: Mapping[str, Convert], tree: Callable[[], tuple[Any, ...]]
    ) -> None:
        self.names = program.names
        self.tree = tree  #: gives the syntax tree, for programs that translate expressions
        self._evaluate = program.expression.eval
        self._converters = tuple((name, slot, converters[name]) for name, slot in program.values.items())
        self._given = tuple(program.given.items())
        self._moments = tuple(program.moments.items())
        self._cost = program.cost

    def evaluate(self, values: Mapping[str, Any]) -> bool | None:
        """Return the outcome over typed values by name, None where it needs one that is absent.

        Raises :class:`~jsonattrs_core.Invalid` with the code ``rule`` where it cannot be evaluated.
        """
        taken: dict[str, Any] = {}
        is_complete = True
        for name, slot, convert in self._converters:
            value = values.get(name)
            if value is not None:
                try:
                    taken[slot] = convert(value)
                except Withheld:
                    is_complete = False
        if self._cost is not None and not self._cost.allows(taken):
            raise Invalid("rule")
        for name, slot in self._given:
            taken[slot] = values.get(name) is not None
        for name, slot in self._moments:
            taken[slot] = _MOMENTS[name]()
        try:
            outcome = self._evaluate(data=taken).value()
        except RuntimeError:  # a bound of the library's
            raise Invalid("rule") from None
        if outcome is True or outcome is False:
            return outcome
        # A value that is out of bounds is never a way round a rule, not even where another one is absent as well.
        if is_complete and isinstance(outcome, str) and _ABSENT(outcome):
            return None
        raise Invalid("rule")


_MOMENTS: dict[str, Callable[[], Any]] = {"today": lambda: day(clock.today()), "now": lambda: moment(clock.now())}
