"""The fast tier: one function, written for one schema, that lets good values pass at little cost.

It knows records of exact JSON types. A value in which it sees nothing wrong is clean; one that it is not sure of
becomes a suspect, and the collecting tier decides on it. So it may be narrow, but never wrong: what it lets pass, the
collecting tier lets pass with the same clean value. The same pieces make the function that audits stored documents.

Its source is put together from the fixed pieces here, in ``fast_lines`` and in ``pieces``, numbered variables, and
``repr`` of names that the grammar of names has let pass. Limits, choices, keys and functions reach it as variables,
never as text.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from typing import TYPE_CHECKING, Any, ClassVar
from unicodedata import combining, is_normalized

from jsonattrs_core.builtin.numbers import check_float
from jsonattrs_core.compiler.fast_lines import Lines, LinesOfAttribute, has_lines
from jsonattrs_core.compiler.pieces import NAMES
from jsonattrs_core.compiler.size import SMALL_BYTES
from jsonattrs_core.compiler.source import Source
from jsonattrs_core.errors import Invalid
from jsonattrs_core.values import UNSET

if TYPE_CHECKING:
    from jsonattrs_core.compiler.attribute_plan import AttributePlan
    from jsonattrs_core.compiler.collect import Collector

__all__ = ["Fast", "audit_tier", "fast_tier"]

#: Takes a record; returns the clean record where nothing is wrong, else what ``doubt`` makes of it.
Fast = Callable[[Any], Any]

#: Characters of all texts of a record together, up to which the fast tier looks at them.
_MOST_CHARACTERS = 2000
#: What the lines use by name.
_GLOBALS: dict[str, Any] = {
    **NAMES,
    "EMPTY": "",
    "Invalid": Invalid,
    "exact_float": check_float,
    "is_normalized": is_normalized,
    "combining": combining,
}


def fast_tier(collector: Collector, doubt: Callable[..., Any]) -> Fast:
    """Return the fast tier of the schema that ``collector`` was made for.

    ``doubt`` is called as :meth:`Collector.resolve` where anything is wrong, or may be.
    """
    return _Writer(collector).function(doubt)


def audit_tier(collector: Collector) -> Fast:
    """Return the function that audits stored documents: it gives None where anything is wrong, or may be.

    Else it gives the clean values by name; where deciding takes no conclusions, perhaps only some of them.
    """
    return _AuditWriter(collector).function(lambda *_: None)


class _Writer:
    """Writes the function, attribute by attribute.

    All values are fetched and given a first look before any plugin sees one, since a plugin is promised clean values of
    the base type.
    """

    start: ClassVar[tuple[str, ...]] = ("out = {**data}", "known = len(data)", "suspects = []")

    def __init__(self, collector: Collector) -> None:
        self._collector = collector
        self._source = Source(_GLOBALS)
        self._bind = self._source.bind
        self._demanded: dict[str, AttributePlan] = {}  # by its variable, each attribute that every record must give
        self._fetch: list[str] = []  # lines that fetch the others
        self._first: list[str] = []  # lines that look without calling anybody
        self._second: list[str] = []  # lines that convert values and call plugins
        self._texts: list[str] = []
        self._no_texts: list[str] = []
        self._measured = False  # the values may be too large together though the texts are short

    def _attribute(self, plan: AttributePlan, writer: LinesOfAttribute, lines: Lines) -> None:
        """Write the lines for one attribute around those that look at its value."""
        value, nothing = writer.value, "EMPTY" if lines.is_text else "None"
        doubt = f"suspects.append({writer.suspect}); {value} = {nothing}"
        must = plan.required and plan.visible_if is None
        if must and not self._may_be_missing(plan):
            self._demanded[value] = plan
        else:
            place = self._place(plan)
            self._fetch += [f"if {place} in data:", f"    {self._kept(plan, value)} = data[{place}]"]
            self._fetch += [f"    {line}" for line in _null(lines, value, doubt, must=must)]
            self._fetch += ["else:", *(f"    {line}" for line in self._missing(plan, writer, nothing))]
        if lines.is_text:
            self._texts.append(value)
            self._no_texts.append(f"if {value}.__class__ is not str: {doubt}")
        self._first += _first_look(lines, value, doubt, demanded=value in self._demanded)
        self._second += _second_look(lines, value, writer.suspect)

    def _place(self, plan: AttributePlan) -> str:
        """Return what the attribute's value is found under, as an expression."""
        return repr(plan.name)

    def _kept(self, plan: AttributePlan, value: str) -> str:
        """Return what a value is assigned to when it is fetched."""
        return value

    def _may_be_missing(self, plan: AttributePlan) -> bool:
        """Tell whether something fills in for a value that is missing."""
        return plan.default is not None

    def _missing(self, plan: AttributePlan, writer: LinesOfAttribute, nothing: str) -> list[str]:
        """Return the lines for an attribute that is missing."""
        return ["known += 1", f"{writer.value} = {nothing}", *self._filled(plan, writer)]

    def _filled(self, plan: AttributePlan, writer: LinesOfAttribute) -> list[str]:
        """Return the lines that give a missing attribute a value, where no condition has a say in it."""
        if self._collector.has_conclusions:
            return []
        if plan.default_moves:
            return [f"suspects.append({writer.suspect})"]
        if plan.default is not None:
            return [f"out[{writer.name}] = {self._bind(plan.default)}()"]
        return [f"out[{writer.name}] = None"] if plan.initial_default is not UNSET else []

    def _write(self) -> None:
        """Write the lines for all attributes."""
        writers = [LinesOfAttribute(plan, n, self._bind) for n, plan in enumerate(self._collector.plans.values())]
        parts = [(writer.plan, writer, writer.write()) for writer in writers]
        sizes = [SMALL_BYTES if lines.is_text else plan.size for plan, _, lines in parts]
        known = sum(size for size in sizes if size is not None) + 4 * _MOST_CHARACTERS
        self._measured = None in sizes or self._collector.is_measured_at(known)
        for part in parts:
            self._attribute(*part)

    def function(self, doubt: Any) -> Fast:
        """Return the function that was written."""
        self._write()
        no_record = f"return {self._bind(doubt)}(data, None, [])"
        lines = [
            f"if data.__class__ is not dict: {no_record}",
            *self.start,
            *self._fetch_demanded(),
            *self._fetch,
            *self._join_texts(),
            *self._first,
            *self._look_at_texts(no_record),
            *self._second,
            *self._verdict(self._bind(doubt)),
        ]
        if self._measured:
            lines.append(f"if {self._bind(self._collector.may_be_too_large)}(out): {no_record}")
        function: Fast = self._source.function("fast tier", [*lines, "return out"], no_record)
        return function

    def _verdict(self, doubt: str) -> list[str]:
        """Return the lines that end where anything is wrong."""
        return [
            f"unknown = known != {len(self._collector.plans)}",
            f"if unknown or suspects: return {doubt}(data, out, suspects, unknown, {self._measured})",
        ]

    def _fetch_demanded(self) -> list[str]:
        if not self._demanded:
            return []
        values, names = ", ".join(self._demanded), tuple(plan.name for plan in self._demanded.values())
        return [
            f"try: {values} = {self._bind(itemgetter(*names))}(data)",
            "except KeyError:",
            f"    {values}, = [data.get(name, EMPTY) for name in {self._bind(names)}]",
            f"    known += {len(names)} - sum(map(data.__contains__, {self._bind(names)}))",
        ]

    def _join_texts(self) -> list[str]:
        """Return the lines that join all texts, which also tells whether they are texts."""
        if not self._texts:
            return []
        return [f"try: text = {self._joined}", "except TypeError:", *(f"    {line}" for line in self._no_texts)]

    @property
    def _joined(self) -> str:
        return f"''.join(({', '.join(self._texts)},))"

    def _look_at_texts(self, doubt: str) -> list[str]:
        """Return the lines that look at the characters of all texts at once, which is cheaper than at each."""
        if not self._texts:
            return []
        return [
            f"if suspects: text = {self._joined}",
            f"if len(text) > {_MOST_CHARACTERS} or not text.isprintable(): {doubt}",
            "if not text.isascii():",
            # All of Latin-1 is in NFC and combines with nothing. Of other characters it takes more than 30 to make a
            # long run of combining ones; such a run covers one of every 31 positions.
            "    high = len(text) - len(text.encode('latin-1', 'ignore'))",
            "    if high and (not is_normalized('NFC', text) or high > 30 and any(map(combining, text[30::31]))):",
            f"        {doubt}",
        ]


class _AuditWriter(_Writer):
    """Writes the function for documents: values are found by key, whatever else is there, and nothing is filled in.

    A missing value is that of ``initial_default``, which is checked like any other.
    """

    start: ClassVar[tuple[str, ...]] = ("out = {}", "suspects = []")

    def _place(self, plan: AttributePlan) -> str:
        return self._bind(plan.key)

    def _kept(self, plan: AttributePlan, value: str) -> str:
        needed = self._collector.has_conclusions or self._measured
        return f"{value} = out[{plan.name!r}]" if needed else value

    def _may_be_missing(self, plan: AttributePlan) -> bool:
        return plan.initial_default is not UNSET

    def _missing(self, plan: AttributePlan, writer: LinesOfAttribute, nothing: str) -> list[str]:
        if plan.initial_default is UNSET:
            return [f"{writer.value} = {nothing}"]
        # Lines for JSON values know no others; whatever else the type is, its check takes its own values.
        stored = plan.dump(plan.initial_default) if has_lines(plan) else plan.initial_default
        return [f"{self._kept(plan, writer.value)} = {self._bind(stored)}"]

    def _fetch_demanded(self) -> list[str]:
        if not self._demanded:
            return []
        values, keys = ", ".join(self._demanded), tuple(plan.key for plan in self._demanded.values())
        lines = [f"{values}{',' * (len(keys) > 1)} = {self._bind(itemgetter(*keys))}(data)"]
        kept = [(self._kept(plan, value), value) for value, plan in self._demanded.items()]
        return [*lines, *(f"{target} = {value}" for target, value in kept if target != value)]

    def _verdict(self, doubt: str) -> list[str]:
        return [f"if suspects: return {doubt}()"]


def _null(lines: Lines, value: str, doubt: str, *, must: bool) -> list[str]:
    """Return the lines for a null, and for a text that is empty, of an attribute that may be missing."""
    null = doubt if must else f"{value} = EMPTY"
    if lines.is_text:
        return [f"if {value} is None: {null}", f"elif not {value}: {doubt}"]
    return [f"if {value} is None: {doubt}"] if must else []


def _first_look(lines: Lines, value: str, doubt: str, *, demanded: bool) -> list[str]:
    """Return the lines that find a suspect without calling anybody."""
    suspect = lines.suspect or (f"{value} is None or {value} is EMPTY" if demanded else "")
    if lines.is_text and demanded:
        suspect += f" or not {value}"
    first = list(lines.block) or ([f"if {suspect}: {doubt}", *lines.otherwise] if suspect else [])
    if demanded or not first:
        return first
    return [f"if {value}:" if lines.is_text else f"if {value} is not None:", *(f"    {line}" for line in first)]


def _second_look(lines: Lines, value: str, suspect: str) -> list[str]:
    """Return the lines that convert a value and call plugins."""
    if not lines.convert:
        return []
    refused = [f"    except Invalid as error: suspects.append({lines.refusal}(error))"] if lines.refusal else []
    return [
        f"if {value}:" if lines.is_text else f"if {value} is not None:",
        "    try:",
        *(f"        {line}" for line in lines.convert),
        *refused,
        f"    except Exception: suspects.append({suspect})",
    ]
