"""The lines of the fast tier for one attribute: what tells a good value of each built-in base type at a glance."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonattrs_core.builtin.moments import check_date, check_datetime
from jsonattrs_core.builtin.numbers import MAX_INTEGER, MIN_INTEGER, check_decimal, check_float, check_integer
from jsonattrs_core.builtin.simple import check_boolean
from jsonattrs_core.builtin.text import MAX_CHARACTERS, make_text_check, takes_lines, takes_space
from jsonattrs_core.compiler.pieces import CLEAN_DATE, CLEAN_DATETIME, CLEAN_DECIMAL, DIGITS, PLAINLY_CLEAN
from jsonattrs_core.errors import Invalid
from jsonattrs_core.messages import Problem
from jsonattrs_core.values import CORE

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonattrs_core.compiler.attribute_plan import AttributePlan
    from jsonattrs_core.compiler.collect import Suspect
    from jsonattrs_core.compiler.item import Choices, Step

__all__ = ["Lines", "LinesOfAttribute", "has_lines"]

_LENGTHS = {"min_length": "<", "max_length": ">"}
_COMPARISONS = {"min": ">=", "max": "<=", "exclusive_min": ">", "exclusive_max": "<"}
Limit = int | float


class Lines(NamedTuple):
    """What is written for one attribute."""

    suspect: str = ""  #: an expression, which cannot raise, that is true where the value is suspect
    otherwise: tuple[str, ...] = ()  #: lines, from an `elif` on, for a value that is not
    block: tuple[str, ...] = ()  #: lines that take the place of both
    convert: tuple[str, ...] = ()  #: lines that convert the value or call plugins; an exception makes it a suspect
    refusal: str = ""  #: function that makes a suspect of an Invalid raised there, which says all that there is to say
    is_text: bool = False  #: its characters are looked at together with those of the other texts


class LinesOfAttribute:
    """Writes the lines for one attribute, whose value is in the variable ``value``."""

    def __init__(self, plan: AttributePlan, position: int, bind: Callable[[Any], str]) -> None:
        self.plan = plan
        self.position = position
        self.value = f"v{position}"
        self.name = repr(plan.name)
        self.bind = bind
        self.suspect = bind((position, None))

    def write(self) -> Lines:
        """Return the lines of the base type where they cover all that is to be checked, else the general ones."""
        writer = None if self.plan.multiple else _WRITERS.get(self.plan.base.check)
        return (writer(self) if writer else None) or self._general()

    @property
    def doubt(self) -> str:
        """A statement that makes the value a suspect and takes it out of all further lines."""
        return f"suspects.append({self.suspect}); {self.value} = None"

    def _general(self) -> Lines:
        """Return the lines for any attribute: its checks one after the other, each of which may raise."""
        return Lines(
            convert=(
                f"clean = {self.bind(self.plan.strict)}({self.value})",
                "if clean is None: raise ValueError",
                f"if clean is not {self.value}: out[{self.name}] = clean",
            )
        )

    def write_text(self) -> Lines | None:
        """Return the lines for a text, None where the general ones are needed."""
        item, value = self.plan.item, self.value
        if takes_lines(self.plan.attribute) or takes_space(self.plan.attribute):
            return None
        if item.choices is not None:
            return None if item.subtype or item.constraints else self._choice(item.choices)
        suspect = f"{value}.strip() is not {value}"  # which is so of every subclass of str as well
        if item.subtype is None and len(item.constraints) <= 1 and self._all_plain():
            return Lines(suspect, otherwise=self._length(), is_text=True)
        convert = (*self._subtype(), *self._constraints())
        return Lines(suspect, convert=convert, refusal=self._refusal(), is_text=True)

    def _choice(self, choices: Choices) -> Lines:
        value, active = self.value, self.bind(choices.active)
        short = f"{value}.__class__ is str and len({value}) <= {self.bind(MAX_CHARACTERS)}"
        clean = f"{short} and {PLAINLY_CLEAN.format(value)}"
        problem = Problem(self.plan.path, "choice", choices.refusal().params)
        known = self.bind((self.position, problem))
        return Lines(
            block=(
                f"if {value}.__class__ is not str or {value} not in {active}:",
                f"    if {clean} and {value} not in {self.bind(choices.retired)}: suspects.append({known})",
                f"    else: {self.doubt}",
            )
        )

    def _length(self) -> tuple[str, ...]:
        """Return the line that finds a text too short or too long.

        That counts for what it is only if its characters turn out to be clean; else everything is in doubt.
        """
        return tuple(
            f"elif len({self.value}) {_LENGTHS[step.name]} {self.bind(limit)}: {self._exceeded(step.name, limit)}"
            for step, limit in self._limits()
        )

    def _subtype(self) -> list[str]:
        subtype, value = self.plan.item.subtype, self.value
        if subtype is None:
            return []
        return [
            f"clean = {self.bind(subtype.check)}({value})",
            f"if clean is not {value}:",
            f"    if clean.__class__ is not str or not ({PLAINLY_CLEAN.format('clean')}):",
            f"        clean = {self.bind(self.plan.item.again)}(clean, {value})",
            f"    {value} = out[{self.name}] = clean",
        ]

    def _refusal(self) -> str:
        """Return the variable of a function for what the subtype raises, "" where something else may raise there."""
        step = self.plan.item.subtype
        if step is None or not self._all_plain():
            return ""
        position, path, codes, provider, params = self.position, self.plan.path, step.codes, step.provider, step.params

        def suspect(error: Invalid) -> Suspect:
            if error.code in codes:  # whose message the collecting tier adds
                return position, None
            return position, Problem(path, error.code, params(error), provider)

        return self.bind(suspect)

    def _constraints(self) -> list[str]:
        """Return the lines of the constraints; lengths are compared without a call."""
        lines = []
        for step in self.plan.item.constraints:
            limit = self._plain_limit(step)
            if limit is not None and step.name in _LENGTHS:
                lines.append(f"if len({self.value}) {_LENGTHS[step.name]} {self.bind(limit)}: raise ValueError")
            else:
                lines.append(f"if {self.bind(step.check)}({self.value}) is not {self.value}: raise ValueError")
        return lines

    def write_integer(self) -> Lines | None:
        """Return the lines for an integer, None where the general ones are needed."""
        return self._number("int", (MIN_INTEGER, "<=", MAX_INTEGER))

    def write_float(self) -> Lines | None:
        """Return the lines for a float, None where the general ones are needed."""
        value, name = self.value, self.name
        # A whole number without a point is common, and zero may be negative: neither is kept as it is written.
        whole = (
            f"if {value}.__class__ is int:",
            f"    try: {value} = out[{name}] = exact_float({value})",
            "    except Invalid: pass",  # it stays an int, and so becomes a suspect
        )
        return self._number("float", (-inf, "<", inf), whole, (f"if not {value}: out[{name}] = 0.0",))

    def _number(
        self,
        python: str,
        bounds: tuple[Limit, str, Limit],
        before: tuple[str, ...] = (),
        after: tuple[str, ...] = (),
    ) -> Lines | None:
        """Return the lines for a number: one condition for a good one, and a block for the others.

        A number that exceeds a limit is no suspect: all that there is to say of it is known here. ``before`` and
        ``after`` frame what is looked for in the others; zero is among them where there is an ``after``.
        """
        if not self._is_bare() or not self._all_plain():
            return None
        value, (low, sign, high) = self.value, bounds
        is_number = f"{value}.__class__ is {python} and {self.bind(low)} {sign} {value} {sign} {self.bind(high)}"
        good = [f"{value}.__class__ is {python}", *([value] if after else []), *self._within(bounds)]
        exceeded = [
            f"if not {value} {_COMPARISONS[step.name]} {self.bind(limit)}: {self._exceeded(step.name, limit)}"
            for step, limit in self._limits()
        ]
        return Lines(
            block=(
                f"if not ({' and '.join(good)}):",
                *(f"    {line}" for line in before),
                f"    if not ({is_number}): {self.doubt}",
                *(["    else:"] if exceeded or after else []),
                *(f"        {line}" for line in (*exceeded, *after)),
            )
        )

    def _within(self, bounds: tuple[Limit, str, Limit]) -> list[str]:
        """Return the comparisons of a good number: the bounds of its type, or closer limits in their place."""
        given = {step.name: limit for step, limit in self._limits()}
        low, sign, high = bounds
        least, most = given.pop("min", None), given.pop("max", None)
        above = (least, "<=") if least is not None and low < least else (low, sign)
        below = (most, "<=") if most is not None and most < high else (high, sign)
        chain = f"{self.bind(above[0])} {above[1]} {self.value} {below[1]} {self.bind(below[0])}"
        return [chain, *(f"{self.value} {_COMPARISONS[name]} {self.bind(limit)}" for name, limit in given.items())]

    def write_decimal(self) -> Lines | None:
        """Return the lines for a decimal, None where the general ones are needed."""
        return self._converted(CLEAN_DECIMAL)

    def write_date(self) -> Lines | None:
        """Return the lines for a date, None where the general ones are needed."""
        return self._converted(CLEAN_DATE)

    def write_datetime(self) -> Lines | None:
        """Return the lines for a datetime, None where the general ones are needed."""
        return self._converted(CLEAN_DATETIME)

    def _converted(self, piece: str) -> Lines | None:
        """Return the lines for a value that ``piece`` makes clean, or raises for."""
        if self.plan.item.choices is not None:
            return None
        value, subtype, lines = self.value, self.plan.item.subtype, piece.format(self.value).splitlines()
        if subtype is not None:
            lines += [
                f"clean = {self.bind(subtype.check)}({value})",
                f"if clean is not {value}: {value} = {self.bind(self.plan.item.again)}(clean, {value})",
            ]
        lines += [f"if {self._fails(step)}: raise ValueError" for step in self.plan.item.constraints]
        return Lines(convert=(*lines, f"out[{self.name}] = {value}"))

    def _fails(self, step: Step) -> str:
        """Return the expression that is true where a clean value may fail a constraint; it may raise as well."""
        value, limit = self.value, self._fixed_limit(step)
        if limit is not None:
            return f"not {value} {_COMPARISONS[step.name]} {self.bind(limit)}"
        called = f"{self.bind(step.check)}({value}) is not {value}"
        piece, digits = DIGITS.get(step.name), (self.plan.attribute.constraints or {}).get(step.name)
        # What is known of the text, a subtype may have changed.
        if step.provider != CORE or piece is None or digits.__class__ is not int or self.plan.item.subtype:
            return called
        return f"{piece.format(self.bind(slice(-1 - digits)), self.bind(digits))} and {called}"

    def _fixed_limit(self, step: Step) -> Any:
        """Return the limit of a built-in comparison, None where it is none, or one that moves with the clock."""
        if step.provider != CORE or step.name not in _COMPARISONS:
            return None
        try:
            return self.plan.base.check((self.plan.attribute.constraints or {}).get(step.name))
        except Invalid:  # such as "today"
            return None

    def write_boolean(self) -> Lines | None:
        """Return the lines for a boolean, None where the general ones are needed."""
        if not self._is_bare() or self.plan.item.constraints:
            return None
        return Lines(f"{self.value} is not True and {self.value} is not False")

    def _is_bare(self) -> bool:
        return self.plan.item.choices is None and self.plan.item.subtype is None

    def _exceeded(self, code: str, limit: Limit) -> str:
        """Return the statement for a clean value that exceeds a limit."""
        return f"suspects.append({self.bind((self.position, Problem(self.plan.path, code, {'limit': limit})))})"

    def _limits(self) -> list[tuple[Step, Limit]]:
        limits = ((step, self._plain_limit(step)) for step in self.plan.item.constraints)
        return [(step, limit) for step, limit in limits if limit is not None]

    def _all_plain(self) -> bool:
        return len(self._limits()) == len(self.plan.item.constraints)

    def _plain_limit(self, step: Step) -> Limit | None:
        """Return the limit of a built-in constraint, None where it is no number that can be compared with as it is."""
        python = self.plan.base.python
        compared = _LENGTHS if python is str else _COMPARISONS
        limit = (self.plan.attribute.constraints or {}).get(step.name)
        exact = limit.__class__ is int or (limit.__class__ is float and python is float)
        if exact and step.name in compared and step.provider == CORE and python in (int, float, str):
            return limit
        return None


#: How the attributes of the built-in base types are written, by the function that defines the type: another plugin's
#: type of the same name has another function, and takes the general way.
_WRITERS: dict[Any, Callable[[LinesOfAttribute], Lines | None]] = {
    make_text_check: LinesOfAttribute.write_text,
    check_integer: LinesOfAttribute.write_integer,
    check_float: LinesOfAttribute.write_float,
    check_decimal: LinesOfAttribute.write_decimal,
    check_boolean: LinesOfAttribute.write_boolean,
    check_date: LinesOfAttribute.write_date,
    check_datetime: LinesOfAttribute.write_datetime,
}


def has_lines(plan: AttributePlan) -> bool:
    """Tell whether the attribute's values are looked at as JSON values of a built-in type, without calling anybody."""
    return not plan.multiple and plan.base.check in _WRITERS
