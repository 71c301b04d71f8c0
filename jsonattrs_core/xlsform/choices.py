"""Lists of choices: what each choice is called in the form, and which attributes share a list."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonattrs_core.messages import N_, translate
from jsonattrs_core.records import resolve
from jsonattrs_core.values import UNSET, text_in
from jsonattrs_core.xlsform.cells import shown_in_cell
from jsonattrs_core.xlsform.names import Names
from jsonattrs_core.xlsform.xpath import Unsayable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from jsonattrs_core.compiler.attribute_plan import AttributePlan
    from jsonattrs_core.definitions import Choice
    from jsonattrs_core.xlsform.languages import Language

__all__ = ["ChoiceList", "ChoiceLists", "Option", "named"]

#: A name that nothing on the way to a form changes: no spaces, since answers to select_multiple are divided by them.
_PLAIN = re.compile(r"[\w.+:@/-]{1,200}").fullmatch
_NOT_PLAIN = re.compile(r"[^\w.+:@/-]+")
#: New names that the report shows.
_TOLD = 5


class Option(NamedTuple):
    """A choice of the form."""

    name: str  #: what is stored in an answer
    value: Any  #: the clean value that it stands for
    stored: Any  #: the same as documents have it
    labels: tuple[str, ...]  #: in the languages of the form


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """A list of choices of the form."""

    name: str
    options: tuple[Option, ...]

    @property
    def is_literal(self) -> bool:
        """Each choice is a text that is called by itself, so that an answer can be compared as a text."""
        return all(option.name == option.value for option in self.options)


class ChoiceLists:
    """The lists of a form; equal ones are one."""

    def __init__(self, languages: Sequence[Language], default_language: str) -> None:
        self._languages = languages
        self._default = default_language
        self._names = Names()
        self._found: dict[Any, ChoiceList] = {}

    @property
    def all(self) -> tuple[ChoiceList, ...]:
        """The lists that were asked for."""
        return tuple(self._found.values())

    def yes_no(self) -> ChoiceList:
        """Return the list for attributes that are true or false."""
        return self._shared("yes_no", [self._yes_or_no(True), self._yes_or_no(False)])

    def _yes_or_no(self, value: bool, labels: Sequence[str] = ()) -> Option:
        name, word = ("yes", N_("Yes")) if value else ("no", N_("No"))
        said = labels or [translate(word, language.tag) for language in self._languages]
        return Option(name, value, value, tuple(shown_in_cell(label) or name for label in said))

    def of(self, plan: AttributePlan, report: Callable[[str, str], Any]) -> ChoiceList | None:
        """Return the list of an attribute, None where it has none; ``report`` is told of names that had to change."""
        choices = self._offered(plan)
        if choices is None:
            return None
        if plan.base.python is bool:
            return self._shared(plan.name, [self._yes_or_no(value, labels) for value, labels in choices])
        stored = [plan.dump_item(plan.item.strict(value)) for value, _ in choices]
        names = _option_names([_text(each) for each in stored])
        options = [
            Option(name, plan.item.strict(value), each, tuple(shown_in_cell(label) or name for label in labels))
            for name, each, (value, labels) in zip(names, stored, choices, strict=True)
        ]
        _report_new_names(options, report)
        return self._shared(plan.name, options)

    def _offered(self, plan: AttributePlan) -> list[tuple[Any, list[str]]] | None:
        """Return the values that are offered, each with its labels."""
        choices: Any = plan.attribute.choices
        if isinstance(choices, tuple):
            return [(choice.value, self._labels(choice, plan)) for choice in choices if not choice.retired]
        if plan.subtype is None or plan.subtype.choices is None:
            return None
        pairs = [list(resolve(plan.subtype.choices)(language.tag)) for language in self._languages]
        by_language = [dict(found) for found in pairs]
        return [(value, [labels.get(value, str(value)) for labels in by_language]) for value, _ in pairs[0]]

    def _labels(self, choice: Choice, plan: AttributePlan) -> list[str]:
        if choice.label is UNSET:
            return [] if plan.base.python is bool else [_text(choice.value)] * len(self._languages)
        return [text_in(choice.label, language.tag, self._default) for language in self._languages]

    def _shared(self, wanted: str, options: Iterable[Option]) -> ChoiceList:
        found = tuple(options)
        key = tuple((type(option.value), *option[:1], _text(option.stored), option.labels) for option in found)
        if key not in self._found:
            self._found[key] = ChoiceList(self._names.new(wanted), found)
        return self._found[key]


def named(options: Iterable[Option], value: Any) -> list[str]:
    """Return the names of the options that an expression means by a value. Raises Unsayable."""
    return [option.name for option in options if _is_meant(option.value, value)]


def _is_meant(held: Any, value: Any) -> bool:
    if isinstance(held, bool) or isinstance(value, bool):
        return held is value
    try:
        return bool((held if isinstance(held, str | int) else float(held)) == value)
    except (TypeError, ValueError, OverflowError):
        raise Unsayable("it compares choices of a type that forms do not have") from None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _option_names(texts: Sequence[str]) -> list[str]:
    """Return a name for each text: itself where it can be one."""
    plain = {text for text in texts if _PLAIN(text)}
    taken = Names(plain)
    return [text if text in plain else taken.new(_shortened(text)) for text in texts]


def _shortened(text: str) -> str:
    return _NOT_PLAIN.sub("_", text).strip("_")[:60] or "choice"


def _report_new_names(options: Sequence[Option], report: Callable[[str, str], Any]) -> None:
    changed = [option for option in options if option.name != _text(option.stored)]
    if not changed:
        return
    told = ", ".join(f"{_text(option.stored)!r} is {option.name!r}" for option in changed[:_TOLD])
    more = f", and so on ({len(changed):,} in all)" if len(changed) > _TOLD else ""
    report("choices", f"values that a form cannot hold have other names in it: {told}{more}")
