"""The fast tier: one function, written for one schema, that lets good values pass at little cost.

It knows records of exact JSON types. A value in which it sees nothing wrong is clean; one that it is not sure of
becomes a suspect, and the collecting tier decides on it. So it may be narrow, but never wrong: what it lets pass, the
collecting tier lets pass with the same clean value.

Its source is put together from the fixed pieces here and in ``fast_lines``, numbered variables, and ``repr`` of names
that the grammar of names has let pass. Limits, choices and functions reach it as variables, never as text.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from typing import TYPE_CHECKING, Any
from unicodedata import combining, is_normalized

from jsonattrs_core.compiler.fast_lines import GLOBALS, Lines, LinesOfAttribute
from jsonattrs_core.values import UNSET

if TYPE_CHECKING:
    from jsonattrs_core.compiler.attribute_plan import AttributePlan
    from jsonattrs_core.compiler.collect import Collector

__all__ = ["Fast", "fast_tier"]

#: Takes a record; returns the clean record where nothing is wrong, else what ``doubt`` makes of it.
Fast = Callable[[Any], Any]

#: Characters of all texts of a record together, up to which the fast tier looks at them.
_MOST_CHARACTERS = 2000


def fast_tier(collector: Collector, doubt: Callable[..., Any]) -> Fast:
    """Return the fast tier of the schema that ``collector`` was made for.

    ``doubt`` is called as :meth:`Collector.resolve` where anything is wrong, or may be.
    """
    writer = _Writer(collector)
    for position, plan in enumerate(collector.plans.values()):
        writer.attribute(position, plan)
    return writer.function(doubt)


class _Writer:
    """Writes the function, attribute by attribute.

    All values are fetched and given a first look before any plugin sees one, since a plugin is promised clean values of
    the base type.
    """

    def __init__(self, collector: Collector) -> None:
        self._collector = collector
        self._demanded: dict[str, str] = {}  # variables of the attributes that every record must give, and their names
        self._fetch: list[str] = []  # lines that fetch the others
        self._first: list[str] = []  # lines that look without calling anybody
        self._second: list[str] = []  # lines that convert values and call plugins
        self._texts: list[str] = []
        self._no_texts: list[str] = []
        self._measured = False  # a value may be large though the texts are short
        self._names: dict[str, Any] = {**GLOBALS, "is_normalized": is_normalized, "combining": combining}

    def attribute(self, position: int, plan: AttributePlan) -> None:
        """Write the lines for one attribute."""
        writer = LinesOfAttribute(plan, position, self._bind)
        lines = writer.write()
        self._measured = self._measured or (plan.size is None and not lines.is_text)
        value, nothing = writer.value, "EMPTY" if lines.is_text else "None"
        doubt = f"suspects.append({writer.suspect}); {value} = {nothing}"
        must = plan.required and plan.visible_if is None
        if must and plan.default is None:
            self._demanded[value] = plan.name
        else:
            self._fetch += [f"if {writer.name} in data:", f"    {value} = data[{writer.name}]"]
            self._fetch += [f"    {line}" for line in _null(lines, value, doubt, must=must)]
            self._fetch += ["else:", "    known += 1", f"    {value} = {nothing}"]
            self._fetch += [f"    {line}" for line in self._filled(plan, writer)]
        if lines.is_text:
            self._texts.append(value)
            self._no_texts.append(f"if {value}.__class__ is not str: {doubt}")
        self._first += _first_look(lines, value, doubt, demanded=value in self._demanded)
        self._second += _second_look(lines, value, writer.suspect)

    def _filled(self, plan: AttributePlan, writer: LinesOfAttribute) -> list[str]:
        """Return the lines that give a missing attribute a value, where no condition has a say in it."""
        if self._collector.has_conclusions:
            return []
        if plan.default_moves:
            return [f"suspects.append({writer.suspect})"]
        if plan.default is not None:
            return [f"out[{writer.name}] = {self._bind(plan.default)}()"]
        return [f"out[{writer.name}] = None"] if plan.initial_default is not UNSET else []

    def function(self, doubt: Any) -> Fast:
        """Return the function that was written."""
        lines = [
            "if data.__class__ is not dict: return doubt(data, None, [])",
            "out = {**data}",
            "known = len(data)",
            "suspects = []",
            *self._fetch_demanded(),
            *self._fetch,
            *self._join_texts(),
            *self._first,
            *self._look_at_texts(),
            *self._second,
            f"unknown = known != {len(self._collector.plans)}",
            f"if unknown or suspects: return doubt(data, out, suspects, unknown, {self._measured})",
        ]
        if self._measured:
            lines.append(f"if {self._bind(self._collector.may_be_too_large)}(out): return doubt(data, None, suspects)")
        # What raises outside of a plugin's call is an object that lies about its class: the collecting tier looks on.
        tail = ["        return out", "    except Exception: return doubt(data, None, [])", ""]
        source = "\n".join(["def fast(data):", "    try:", *(f"        {line}" for line in lines), *tail])
        self._names["doubt"] = doubt
        exec(compile(source, "<jsonattrs fast tier>", "exec"), self._names)  # noqa: S102 - see the module's docstring
        return self._names["fast"]  # type: ignore[no-any-return]

    def _fetch_demanded(self) -> list[str]:
        if not self._demanded:
            return []
        values, names = ", ".join(self._demanded), tuple(self._demanded.values())
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

    def _look_at_texts(self) -> list[str]:
        """Return the lines that look at the characters of all texts at once, which is cheaper than at each."""
        if not self._texts:
            return []
        return [
            f"if suspects: text = {self._joined}",
            f"if len(text) > {_MOST_CHARACTERS} or not text.isprintable(): return doubt(data, None, suspects)",
            "if not text.isascii():",
            # All of Latin-1 is in NFC and combines with nothing. Of other characters it takes more than 30 to make a
            # long run of combining ones; such a run covers one of every 31 positions.
            "    high = len(text) - len(text.encode('latin-1', 'ignore'))",
            "    if high and (not is_normalized('NFC', text) or high > 30 and any(map(combining, text[30::31]))):",
            "        return doubt(data, None, suspects)",
        ]

    def _bind(self, value: Any) -> str:
        name = f"c{len(self._names)}"
        self._names[name] = value
        return name


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
