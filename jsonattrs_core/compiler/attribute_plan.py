"""What checking, writing and reading one attribute needs, decided when the schema was compiled."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from jsonattrs_core.compiler.item import ANY_HELD, FAILED, ItemCheck, Step, run_whole
from jsonattrs_core.errors import Invalid
from jsonattrs_core.messages import Problem
from jsonattrs_core.values import UNSET

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jsonattrs_core.compiler.expressions import BoundExpression
    from jsonattrs_core.compiler.texts import Texts
    from jsonattrs_core.definitions import Attribute
    from jsonattrs_core.limits import Limits
    from jsonattrs_core.records import BaseType, Constraint, Subtype

__all__ = ["AttributePlan"]


@dataclass(slots=True)
class AttributePlan:
    """All that checking one attribute needs, decided when the schema was compiled."""

    attribute: Attribute
    base: BaseType
    item: ItemCheck
    texts: Texts
    limits: Limits
    multiple: bool = False
    whole: Sequence[Step] = ()
    required: bool = False  #: of new records; never where the attribute is deprecated
    default: Callable[[], Any] | None = None  #: makes the value of a new record that gives none
    default_moves: bool = False  #: what it makes is checked each time: a limit may have overtaken it
    initial_default: Any = UNSET  #: clean value that a record without the key reads as
    required_if: BoundExpression | None = None
    visible_if: BoundExpression | None = None
    #: Most bytes of the value as JSON; None where it depends on the value.
    size: int | None = None
    subtype: Subtype | None = None
    constraints: Sequence[tuple[Constraint, Any]] = ()  #: with their parameters
    name: str = field(init=False)
    key: str = field(init=False)
    path: tuple[str] = field(init=False)

    def __post_init__(self) -> None:
        self.name = str(self.attribute.name)
        self.key = str(self.attribute.key)
        self.path = (self.name,)

    def check(self, value: Any, problems: list[Problem], held: Any) -> Any:
        """Return the clean value, None for an empty one, FAILED where problems were added."""
        if value is None:
            return None
        if self.multiple:
            return self._check_list(value, problems, held)
        return self.item.collect(value, self.path, problems, held)

    def make_default(self, problems: list[Problem]) -> Any:
        """Return the default of a new record, None if there is none, FAILED where problems were added."""
        if self.default is None:
            return None
        value = self.default()
        return self.check(value, problems, None) if self.default_moves else value

    def strict(self, value: Any) -> Any:
        """Return the clean value of one that is not None; raise whatever the first failing check raises."""
        if not self.multiple:
            return self.item.strict(value)
        clean = [self.item.strict(item) for item in self._items(value)]
        if None in clean:
            raise Invalid("required")
        for step in self.whole:
            step.check(clean)
        return clean or None

    def clean_choice(self, value: Any) -> Any:
        """Return the clean value of one of the attribute's own choices, retired or not."""
        return self.item.collect(value, self.path, [], ANY_HELD)

    def _items(self, value: Any) -> list[Any]:
        """Return the items of a list or tuple. Raises Invalid for anything else, and for too many of them."""
        try:
            items = list(value) if isinstance(value, list | tuple) else None
        except Exception:  # a stranger's object that is no list, whatever it says
            items = None
        if items is None:
            raise Invalid("type", type="list")
        if len(items) > self.limits.document_bytes // 2:  # each item takes a character and a comma at least
            raise Invalid("too_large", limit=self.limits.document_bytes, unit="bytes")
        return items

    def _check_list(self, value: Any, problems: list[Problem], held: Any) -> Any:
        try:
            items = self._items(value)
        except Invalid as error:
            problems.append(Problem(self.path, error.code, error.params))
            return FAILED
        if not items:
            return None
        clean = []
        before = len(problems)
        for position, item in enumerate(items):
            path = (self.name, position)
            result = self.item.collect(item, path, problems, held) if item is not None else None
            if result is None:
                problems.append(Problem(path, "required", {}))
            elif result is not FAILED:
                clean.append(result)
            if len(problems) > self.limits.problems:
                return FAILED
        if len(problems) > before:
            return FAILED
        passed = [run_whole(step, clean, self.path, problems) for step in self.whole]
        return clean if all(passed) else FAILED

    def dump(self, value: Any) -> Any:
        """Return the JSON value of a clean value; what is not one, being broken in storage, as it is."""
        if value is None:
            return None
        if not self.multiple and type(value) is self.base.python:
            return self.base.dump(value)
        if self.multiple and isinstance(value, list):
            return [self.dump_item(item) for item in value]
        return self.dump_item(value)

    def dump_item(self, value: Any) -> Any:
        """Return the JSON value of one clean value; anything else as it is."""
        return self.base.dump(value) if self._is_clean(value) else value

    def read(self, text: str, language: str, problems: list[Problem]) -> Any:
        """Return the value that a text of a person stands for, FAILED where problems were added."""
        return self.texts.read(text, self.multiple, language, self.path, problems, self.limits.problems)

    def to_text(self, value: Any, language: str) -> str:
        """Return the text that `read` reads as this clean value; of what is not clean, some text."""
        if value is None:
            return ""
        if not self.fits(value):
            return str(value)
        return self.texts.write_list(value, language) if self.multiple else self.texts.write(value, language)

    def _is_clean(self, value: Any) -> bool:
        """Tell whether a value is of the type's class; True is no integer here, and a datetime no date."""
        python = self.base.python
        return type(value) is python or (isinstance(value, python) and not isinstance(value, bool | datetime))

    def load(self, value: Any) -> Any:
        """Return the clean value of a stored one; one that does not fit as it is."""
        if value is None:
            return None
        try:
            if self.multiple:
                return [self.base.load(item) for item in value] or None if isinstance(value, list | tuple) else value
            return self.base.load(value)
        except Exception:
            return value

    def fits(self, value: Any) -> bool:
        """Tell whether a value read from storage is of the attribute's type, so that a rule can use it."""
        if self.multiple:
            return isinstance(value, list) and all(self._is_clean(item) for item in value)
        return self._is_clean(value)
