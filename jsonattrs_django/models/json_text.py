"""JSON kept as text: the order of members is part of what people wrote, and a database's own JSON type forgets it."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

__all__ = ["JSONTextField"]


class JSONTextField(models.TextField):
    """A JSON value, stored as text in the order in which it was written."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        """Return the value of a stored text."""
        return None if value is None else json.loads(value)

    def to_python(self, value: Any) -> Any:
        """Return the value of a text, as fixtures and forms give it; other values as they are."""
        return json.loads(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> str | None:
        """Return the text to store."""
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def value_to_string(self, obj: models.Model) -> str:
        """Return the text for a fixture."""
        return str(self.get_prep_value(self.value_from_object(obj)))
