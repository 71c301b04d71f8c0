"""Defaults: what stands in a form before anybody answers."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jsonattrs_core.xlsform.questions import Kind
from jsonattrs_core.xlsform.xpath import Unsayable, literal, number

if TYPE_CHECKING:
    from jsonattrs_core.xlsform.questions import Question

__all__ = ["default_of"]

#: Named defaults, and what works them out in a form.
_NAMED = {"today": "today()", "now": "now()", "uuid4": "uuid()"}
#: A text that nothing takes for an expression.
_PLAIN = re.compile(r"\w+").fullmatch


def default_of(question: Question) -> str:
    """Return the cell of a question's default, "" where it has none. Raises Unsayable."""
    plan = question.plan
    default = plan.attribute.default
    if plan.default is None:
        return ""
    if isinstance(default, str) and default in plan.base.named:
        if default not in _NAMED:
            raise Unsayable(f"forms cannot work out {default!r}")
        return _NAMED[default]
    return _written(question, plan.default())


def _written(question: Question, value: Any) -> str:
    if question.choices is not None:
        return _chosen(question, value if isinstance(value, list) else [value])
    if question.kind is Kind.OPAQUE and not isinstance(value, time):
        return _text(question.plan.to_text(value, "und"))
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"
    if isinstance(value, time):
        return value.isoformat(timespec="milliseconds")
    if isinstance(value, date):
        return value.isoformat()
    return number(value) if isinstance(value, int | float | Decimal) else _text(str(value))


def _chosen(question: Question, values: list[Any]) -> str:
    names = {_key(option.value): option.name for option in question.options}
    if any(_key(value) not in names for value in values):
        raise Unsayable("it is a choice that is not offered any more")
    return _text(" ".join(names[_key(value)] for value in values))


def _key(value: Any) -> tuple[type, str]:
    return type(value), repr(value)


def _text(text: str) -> str:
    """Return a text that stays one: whatever looks like an expression would be worked out."""
    return text if _PLAIN(text) else f"concat({literal(text)}, '')"
