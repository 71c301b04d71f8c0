"""Between the values of a definition and the texts of its form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from jsonattrs_django.registry import registry
from jsonattrs_django.texts import Reader

if TYPE_CHECKING:
    from jsonattrs_core import Attribute

__all__ = ["as_json", "as_text", "limit_of", "value_of"]


def as_text(value: Any) -> str:
    """Return the text that is shown of a value: a text as it is, yes and no as JSON has them, anything else as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def as_json(text: str) -> Any:
    """Return the JSON value of a text. Raises ValidationError."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        place = {"line": getattr(error, "lineno", 1), "column": getattr(error, "colno", 1)}
        raise ValidationError(
            _("This is not readable as JSON: line %(line)s, column %(column)s."), params=place
        ) from None


def limit_of(text: str, base: str) -> Any:
    """Return the value of a limit, as JSON has it for a base type; the text where it is none, for the engine."""
    known = registry().base_types.get(base)
    if known is None or known.json not in ("number", "boolean"):
        return text
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return found if isinstance(found, int | float) else text


def value_of(text: str, attribute: Attribute) -> Any:
    """Return the JSON value of one value of an attribute as a person wrote it; the text where it is none.

    A name that the base type knows, such as ``today``, is given as it is.
    """
    known = registry().base_types.get(str(attribute.type))
    if known is None or text in known.named:
        return text
    try:
        typed = Reader(attribute).typed(text)
    except ValidationError:
        return text
    return text if typed is None else known.dump(typed)
