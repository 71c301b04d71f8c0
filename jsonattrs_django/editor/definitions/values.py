"""Between the values of a definition and the texts of its form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jsonattrs_core import Attribute, JSONAttrsError
from jsonattrs_django.registry import registry
from jsonattrs_django.texts import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["as_json", "as_text", "limit_of", "shown_value", "value_of"]


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
    """Return the value of a limit of a base type as a person wrote it; the text where it is none, for the engine.

    A whole number stays one, also where the type has decimals.
    """
    known = registry().base_types.get(base)
    found = value_of(text, Attribute("value", base))
    if known is not None and known.json == "number" and isinstance(found, float) and found.is_integer():
        return int(found) if "." not in text and "e" not in text.lower() else found
    return found


def value_of(text: str, attribute: Attribute) -> Any:
    """Return the JSON value of one value of an attribute as a person wrote it; the text where it is none.

    A name that the base type knows, such as ``today``, is given as it is.
    """
    known = registry().base_types.get(str(attribute.type))
    if known is None or text in known.named:
        return text
    try:
        typed = Reader(attribute).typed(text)
        return text if typed is None else registry().base_type(known.name).record.dump(typed)
    except (ValidationError, JSONAttrsError):
        return text


def shown_value(value: Any, attribute: Attribute, read: Callable[[str, Any], Any] | None = None) -> str:
    """Return the text of a JSON value as a person writes it, in the active language where it is read back as the same.

    ``read`` is what reads it back, :func:`value_of` unless another is given.
    """
    plain = as_text(value)
    try:
        base = registry().base_type(str(attribute.type)).record
        text = Reader(attribute).text(base.load(value), get_language())
    except Exception:  # whatever is said there is no value of the type: it is shown as it is written
        return plain
    found = read(text, str(attribute.type)) if read is not None else value_of(text, attribute)
    return text if type(found) is type(value) and found == value else plain
