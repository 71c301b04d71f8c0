"""What people call the values that schemas are bound to: rows by their own names, plain values by their labels."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models.constants import LOOKUP_SEP
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from jsonattrs_django.references.type import INTEGERS
from jsonattrs_django.selectors import Selector

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Model

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.selectors import Texts

__all__ = ["Names", "title_of_selector"]

#: Keys of rows asked for in one query: databases bound the number of parameters.
_CHUNK = 5_000


def title_of_selector(selector: Selector) -> str:
    """Return what a selector is called: the name of the model of its rows, or that of its field."""
    if selector.target is not None:
        return capfirst(str(selector.target._meta.verbose_name))
    return capfirst(str(selector.last.verbose_name))


class Names:
    """The names of the selector values of some tuples of one field.

    The rows are read at once, one query for each selector that has rows.
    """

    def __init__(self, field: JSONAttributeField, several: Iterable[Texts]) -> None:
        self._field = field
        self._several = list(several)
        self._choices: dict[int, dict[str, str]] = {}

    @cached_property
    def _rows(self) -> list[dict[str, Model]]:
        """For each selector its rows, by the texts of their keys."""
        return [self._rows_of(place, selector) for place, selector in enumerate(self._field.selectors)]

    def _rows_of(self, place: int, selector: Selector) -> dict[str, Model]:
        if selector.target is None:
            return {}
        keys = list(
            dict.fromkeys(value for texts in self._several if (value := _value(selector, texts[place])) is not None)
        )
        found: dict[str, Model] = {}
        rows = selector.target._base_manager.all()
        relations = [each.relation for each in self._above[place].values() if each.relation]
        if relations:
            rows = rows.select_related(*relations)
        for start in range(0, len(keys), _CHUNK):
            chunk = rows.filter(pk__in=keys[start : start + _CHUNK])
            found |= {str(selector.text(row.pk)): row for row in chunk}
        return found

    @cached_property
    def _above(self) -> list[dict[int, Selector]]:
        """For each selector those others, by their places, whose values its rows decide: a project's organisation."""
        found: list[dict[int, Selector]] = []
        for selector in self._field.selectors:
            beyond = f"{selector.path}{LOOKUP_SEP}"
            found.append(
                {
                    place: Selector(selector.target, other.name, other.path.removeprefix(beyond))
                    for place, other in enumerate(self._field.selectors)
                    if selector.target is not None and other.path.startswith(beyond)
                }
            )
        return found

    def row(self, place: int, text: str | None) -> Model | None:
        """Return the row of a selector's value, None of a plain value, of any, and of a row that is gone."""
        return None if text is None else self._rows[place].get(text)

    def is_there(self, texts: Texts) -> bool:
        """Tell whether every row that a tuple names is there, and a record may have these values all at once."""
        for place, selector in enumerate(self._field.selectors):
            if selector.target is None or texts[place] is None:
                continue
            row = self.row(place, texts[place])
            if row is None or any(texts[other] not in (None, told) for other, told in self._told(place, row)):
                return False
        return True

    def _told(self, place: int, row: Model) -> Iterator[tuple[int, str | None]]:
        """Yield what a row says about other selectors: their places, and their texts."""
        for other, selector in self._above[place].items():
            yield other, selector.text(selector.raw(row))

    def placed(self, texts: Texts) -> Texts:
        """Return a tuple with what its rows imply filled in: the project's organisation where that is any."""
        placed = list(texts)
        for place, text in enumerate(texts):
            row = self.row(place, text)
            for other, told in self._told(place, row) if row is not None else ():
                placed[other] = told if texts[other] is None else texts[other]
        return tuple(placed)

    def implies(self, texts: Texts) -> bool:
        """Tell whether the rows of a tuple may say something about selectors that are any."""
        return any(
            texts[other] is None for place, text in enumerate(texts) if text is not None for other in self._above[place]
        )

    def label(self, place: int, text: str | None) -> str:
        """Return what people call one value of a selector."""
        selector = self._field.selectors[place]
        if text is None:
            return _("any")
        if selector.target is None:
            return self.choices(place).get(text, text) or _("(empty)")
        row = self.row(place, text)
        return str(row) if row is not None else _("%(key)s (gone)") % {"key": text}

    def choices(self, place: int) -> dict[str, str]:
        """Return the labels of a plain selector's choices, by the texts of their values."""
        if place not in self._choices:
            selector = self._field.selectors[place]
            listed = getattr(selector.last, "flatchoices", None) or ()
            self._choices[place] = {str(selector.text(value)): str(label) for value, label in listed}
        return self._choices[place]

    def parts(self, texts: Texts) -> list[tuple[str, str]]:
        """Return what a tuple says, in words: the title of each selector that is bound, and the name of its value."""
        return [
            (title_of_selector(selector), self.label(place, text))
            for place, (selector, text) in enumerate(zip(self._field.selectors, texts, strict=True))
            if text is not None
        ]


def _value(selector: Selector, text: str | None) -> Any:
    """Return the key that a text stands for, None where it can be none: a schema may be of another time."""
    try:
        value = selector.value(text)
    except ValidationError:
        return None
    return None if isinstance(value, int) and value not in INTEGERS else value  # databases raise
