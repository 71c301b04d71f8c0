"""What a change of a schema means for the records there are: how many hold what it is about, how many would not fit."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jsonattrs_django.documents import members_of
from jsonattrs_django.listing import StoredText
from jsonattrs_django.planning.counting import counts, holding, misfitting, records_in, sharing
from jsonattrs_django.queries.stored import KEY

if TYPE_CHECKING:
    from jsonattrs_core import Attribute, Problem
    from jsonattrs_django.planning.change import PlannedChange

__all__ = ["Effect", "Impact"]

#: Records that are looked at one by one, where the database cannot tell.
SAMPLE = 1_000
#: Records that are named of those that do not fit.
NAMED = 5

#: Properties that do not decide which values an attribute takes.
_HARMLESS = ("name", "label", "help_text", "group", "order", "indexed", "default", "locked")


@dataclass(kw_only=True)
class Effect:
    """What the change of one attribute means."""

    key: str
    kind: str  #: "new", "changed" or "gone"
    holders: int = 0  #: records that hold a value of it
    misfits: int | None = None  #: records that would not fit, None where the change cannot make any
    looked_at: int | None = None  #: records that were looked at for that, None for all of them
    candidates: int = 0  #: records of which these are the first
    examples: list[Any] = field(default_factory=list)  #: primary keys of some that would not fit
    becomes_unique: bool = False
    sharing: int | None = None  #: of one that becomes unique, records that share a value with another one

    @property
    def held(self) -> str:
        """How many records hold it, in words."""
        if not self.holders:
            return _("No record holds a value of it.")
        text = ngettext(
            "%(number)s record holds a value of it.", "%(number)s records hold a value of it.", self.holders
        )
        said = text % {"number": _number(self.holders)}
        return " ".join([said, _("The values stay stored, and are not shown.")]) if self.kind == "gone" else said

    @property
    def fit(self) -> str:
        """How many would not fit, in words; nothing where the change cannot make any."""
        if self.misfits is None:
            return ""
        if self.looked_at is not None and self.looked_at < self.candidates:
            return self._of_sample()
        if not self.misfits:
            return _("All of them fit.") if self.holders or self.candidates else ""
        text = ngettext("%(number)s record does not fit.", "%(number)s records do not fit.", self.misfits)
        return text % {"number": _number(self.misfits)}

    @property
    def shared(self) -> str:
        """How many records share a value that is to be unique, in words."""
        if not self.becomes_unique or self.sharing is None:
            return ""
        if not self.sharing:
            return _("No two records hold the same value.")
        text = _("%(number)s records hold a value that another one holds, too.")
        return text % {"number": _number(self.sharing)}

    def _of_sample(self) -> str:
        numbers = {"looked_at": _number(self.looked_at or 0), "candidates": _number(self.candidates)}
        if not self.misfits:
            return (
                _("All of the first %(looked_at)s of %(candidates)s records fit; the others were not looked at.")
                % numbers
            )
        text = ngettext(
            "%(number)s of the first %(looked_at)s of %(candidates)s records does not fit; "
            "the others were not looked at.",
            "%(number)s of the first %(looked_at)s of %(candidates)s records do not fit; "
            "the others were not looked at.",
            self.misfits,
        )
        return text % {**numbers, "number": _number(self.misfits)}


def _number(number: int) -> str:
    return number_format(number, force_grouping=True)


class Impact:
    """What a change means for the records of its scope, each checked by the schema that it would have.

    What can be asked of the database is counted there. The rest is found out by looking at the first records that hold
    what it is about: records of narrower scopes may have other definitions, and some checks are no database's.
    """

    def __init__(self, change: PlannedChange) -> None:
        self._change = change
        self._field = change.field
        self._rows = records_in(change.field, change.texts)
        #: The attributes that the scope has, and those that it would have, by key.
        self.before = {str(each.key): each for each in change.composed_before.values()}
        self.after = {str(each.key): each for each in change.composed_after.values()}

    @cached_property
    def records(self) -> int:
        """How many records there are in the scope."""
        return self._rows.count()

    @cached_property
    def effects(self) -> list[Effect]:
        """What the change of each attribute means."""
        effects = [effect for key in self._keys if (effect := self._effect(key)) is not None]
        held = counts(self._rows, {effect.key: holding(self._field, effect.key) for effect in effects})
        for effect in effects:
            effect.holders = held[effect.key]
        self._count_misfits(effects)
        self._count_shared(effects)
        self._look_at_some(effects)
        return effects

    @property
    def _keys(self) -> list[str]:
        """The keys of all attributes, in order, those that a database can be asked about."""
        return [key for key in dict.fromkeys([*self.after, *self.before]) if KEY(key)]

    def _effect(self, key: str) -> Effect | None:
        before, after = self.before.get(key), self.after.get(key)
        if after is None:
            return Effect(key=key, kind="gone")
        if before is None:
            return Effect(key=key, kind="new", misfits=0)
        if before.given == after.given:
            return None
        return Effect(key=key, kind="changed", misfits=0 if _decides(before) != _decides(after) else None)

    # ---- what the database tells ----

    def _condition(self, effect: Effect) -> Q | None:
        """Return the condition that a record does not fit, None where each has to be looked at."""
        if self._differs_in_narrower_scopes(effect.key):
            return None
        return misfitting(self._field, self.after[effect.key], self.before.get(effect.key))

    def _count_misfits(self, effects: list[Effect]) -> None:
        asked = {effect.key: self._condition(effect) for effect in effects if effect.misfits is not None}
        told = {key: condition for key, condition in asked.items() if condition is not None}
        found = counts(self._rows, told)
        for effect in effects:
            if effect.key in told:
                effect.misfits = found[effect.key]
                if effect.misfits:
                    rows = self._rows.filter(told[effect.key]).order_by("pk")
                    effect.examples = list(rows.values_list("pk", flat=True)[:NAMED])
            elif effect.misfits is not None:
                effect.looked_at = 0

    def _count_shared(self, effects: list[Effect]) -> None:
        for effect in effects:
            before, after = self.before.get(effect.key), self.after.get(effect.key)
            effect.becomes_unique = bool(after is not None and after.unique and not (before and before.unique))
            if after is not None and effect.becomes_unique:
                effect.sharing = sharing(self._field, self._rows, after)

    # ---- what is found out by looking ----

    @cached_property
    def broken_rules(self) -> Effect | None:
        """How many records break the rules that would be new, None where none is."""
        before, after = self._change.composed_before, self._change.composed_after
        if all(rule in before.rules for rule in after.rules):
            return None
        effect = Effect(key="", kind="rules", misfits=0, looked_at=0)
        self._look_at(self._rows, [effect], _breaks_rules)
        return effect

    def _look_at_some(self, effects: list[Effect]) -> None:
        """Find misfits of each attribute among the first records that could be some."""
        for demanded in (True, False):
            asked = [
                effect for effect in effects if effect.looked_at is not None and self._is_demanded(effect) is demanded
            ]
            if not asked:
                continue
            holders = Q(pk__in=[])
            for effect in asked:
                holders |= holding(self._field, effect.key)
            rows = self._rows if demanded else self._rows.filter(holders)
            self._look_at(rows, asked, _is_about)

    def _is_demanded(self, effect: Effect) -> bool:
        """Tell whether records without a value may fail to fit, too."""
        attribute = self.after[effect.key]
        return bool(attribute.required or attribute.required_if) or self._differs_in_narrower_scopes(effect.key)

    def _differs_in_narrower_scopes(self, key: str) -> bool:
        """Tell whether some of the records may have another definition of an attribute."""
        return any(_speaks_of(schema, self.after[key]) for schema in self._change.others)

    def _look_at(self, rows: Any, effects: list[Effect], is_about: Any) -> None:
        field = self._field
        lookups = [selector.lookup for selector in field.selectors]
        sample = list(rows.order_by("pk").values_list("pk", *lookups, StoredText(field.attname))[:SAMPLE])
        candidates = len(sample) if len(sample) < SAMPLE else rows.count()
        for effect in effects:
            effect.looked_at, effect.candidates = len(sample), candidates
        for pk, *raw, text in sample:
            problems = self._problems(field.selectors.texts(raw), text)
            for effect in effects:
                if any(is_about(problem, effect.key, names) for names, problem in problems):
                    effect.misfits = (effect.misfits or 0) + 1
                    if len(effect.examples) < NAMED:
                        effect.examples.append(pk)

    def _problems(self, texts: Any, text: str) -> list[tuple[dict[str, str], Problem]]:
        """Return what would not fit in a document under the schema that its record would have, with its names' keys."""
        scope, document = self._change.scope(texts), members_of(text)
        if scope is None or document is None:
            return []
        return [(scope.keys, problem) for problem in scope.validator.problems(document)]


def _decides(attribute: Attribute) -> dict[str, Any]:
    """Return what a definition says that decides which values it takes."""
    return {name: value for name, value in attribute.given.items() if name not in _HARMLESS}


def _speaks_of(schema: Any, attribute: Attribute) -> bool:
    """Tell whether a schema says anything about an attribute, by its key or its name."""
    meant = {attribute.key, attribute.name}
    return any(each.key in meant or each.name in meant for each in schema.attributes)


def _is_about(problem: Problem, key: str, keys: dict[str, str]) -> bool:
    return bool(problem.path) and keys.get(str(problem.path[0])) == key and problem.code != "rule"


def _breaks_rules(problem: Problem, key: str, keys: dict[str, str]) -> bool:
    return problem.code == "rule"
