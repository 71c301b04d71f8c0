"""Questions: what a form asks for an attribute, and how its answers can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonattrs_core.compiler.attribute_plan import AttributePlan
    from jsonattrs_core.xlsform.choices import ChoiceList, ChoiceLists, Option

__all__ = ["Kind", "Question", "question_of"]


class Kind(Enum):
    """How answers are compared."""

    TEXT = auto()
    WHOLE = auto()
    NUMBER = auto()
    DATE = auto()
    MOMENT = auto()
    FLAG = auto()
    ONE = auto()  #: one of a list of choices
    SEVERAL = auto()  #: some of a list of choices
    OPAQUE = auto()  #: not at all; only whether there is one


#: What is asked for values of a base type that are neither chosen from a list nor several.
_TYPES = {
    "text": ("text", Kind.TEXT),
    "integer": ("integer", Kind.WHOLE),
    "float": ("decimal", Kind.NUMBER),
    "decimal": ("decimal", Kind.NUMBER),
    "date": ("date", Kind.DATE),
    "datetime": ("dateTime", Kind.MOMENT),
    "time": ("time", Kind.OPAQUE),
    "uuid": ("text", Kind.OPAQUE),
}
#: Lists longer than this are shown folded, and longer than that with a search.
_FOLDED, _SEARCHED = 10, 50


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the form."""

    plan: AttributePlan
    name: str  #: in the form; mostly the attribute's
    type: str  #: as XLSForm names it
    kind: Kind
    choices: ChoiceList | None = None

    @property
    def attribute(self) -> str:
        """The name of the attribute."""
        return self.plan.name

    @property
    def options(self) -> tuple[Option, ...]:
        """The choices that are offered."""
        return self.choices.options if self.choices else ()

    @property
    def appearance(self) -> str:
        """How it is shown."""
        if self.choices is not None:
            long = len(self.options)
            return "autocomplete" if long > _SEARCHED else "minimal" if long > _FOLDED else ""
        multiline = dict(self.plan.attribute.constraints or {}).get("multiline") is True
        return "multiline" if multiline and self.kind is Kind.TEXT else ""


def question_of(
    plan: AttributePlan, name: str, lists: ChoiceLists, report: Callable[[str, str], Any]
) -> Question | None:
    """Return the question for an attribute, None where no form can ask it; ``report`` takes property and reason."""
    choices = lists.of(plan, report)
    if choices is not None:
        if not choices.options:
            report("choices", "the list of choices is empty, so there is nothing to ask")
            return None
        command, kind = ("select_multiple", Kind.SEVERAL) if plan.multiple else ("select_one", Kind.ONE)
        return Question(plan, name, f"{command} {choices.name}", kind, choices)
    if plan.multiple:
        return _list(plan, name, report)
    if plan.base.name == "boolean":
        yes_no = lists.yes_no()
        return Question(plan, name, f"select_one {yes_no.name}", Kind.FLAG, yes_no)
    if plan.base.name in _TYPES:
        return Question(plan, name, *_TYPES[plan.base.name])
    if plan.base.json == "string":
        report("type", f"forms have no type {plan.base.name!r}: it is asked as a text, in the form that documents have")
        return Question(plan, name, "text", Kind.OPAQUE)
    report("type", f"forms cannot ask for the type {plan.base.name!r}: the attribute is left out")
    return None


def _list(plan: AttributePlan, name: str, report: Callable[[str, str], Any]) -> Question | None:
    if plan.base.json in ("object", "array"):
        report("type", f"forms cannot ask for a list of the type {plan.base.name!r}: the attribute is left out")
        return None
    report("multiple", "a list without choices is asked as one text, its values separated by semicolons")
    return Question(plan, name, "text", Kind.OPAQUE)
