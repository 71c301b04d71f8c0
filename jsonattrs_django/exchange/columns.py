"""Which columns a table of records has, and what their headings say.

A heading is the name of a column, or what people call it. Whatever could be two things is written out: an attribute
that is called as a column of the model as ``attrs.name``, and what has no label of its own as ``Label (name)``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from django.utils.text import capfirst

from jsonattrs_core import text_in
from jsonattrs_django.exchange.cells import unescaped
from jsonattrs_django.exchange.errors import ExchangeError, shortened
from jsonattrs_django.exchange.natives import NativeColumn, every_column, has_column
from jsonattrs_django.names import nearest
from jsonattrs_django.permissions import permitted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jsonattrs_core import ComposedSchema
    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["AttributeColumn", "Column", "Headings"]


@dataclass(frozen=True)
class AttributeColumn:
    """The attribute of a name, in whichever scopes there is one."""

    name: str


Column: TypeAlias = AttributeColumn | NativeColumn


class Headings:
    """What the columns of a field's records are called; ``schemas`` are those of the scopes that may be told of.

    Attributes that ``user`` may not see are none. With ``labels``, headings are what people call things
    in ``language``; names are read all the same. Where they are open, a heading that nobody knows is taken for the name
    of an attribute, which the scope of each record has or refuses: so nobody learns of what other scopes have.
    """

    def __init__(
        self,
        field: JSONAttributeField,
        schemas: Iterable[ComposedSchema],
        *,
        labels: bool = False,
        language: str | None = None,
        user: Any = None,
        is_open: bool = False,
    ) -> None:
        self._is_open = is_open
        self._field = field
        self._by_labels = labels
        self._language = language
        self._labels: dict[str, list[str]] = {}  # of each attribute, that of the most general scope first
        for schema in schemas:
            seen = permitted(user, "view", field, schema)
            for name, attribute in schema.items():
                if name not in seen:
                    continue
                label = self._label(name, attribute, schema.default_language)
                known = self._labels.setdefault(name, [])
                if label not in known:
                    known.append(label)

    def _label(self, name: str, attribute: Any, default: str) -> str:
        found = text_in(attribute.label or None, self._language, default) if self._by_labels else ""
        return " ".join(found.split()) or capfirst(name.replace("_", " "))

    @property
    def prefix(self) -> str:
        """What may stand before the name of any attribute."""
        return f"{self._field.name}."

    @property
    def names(self) -> list[str]:
        """The names of all attributes."""
        return list(self._labels)

    @cached_property
    def _columns(self) -> dict[str, tuple[Column, list[str]]]:
        """Every column and its labels, by the name that is nothing else's."""
        natives = {column.path: (column, [column.label]) for column in every_column(self._field.model)}
        attributes = {self.name_of(AttributeColumn(name)): name for name in self._labels}
        own = {exact: (AttributeColumn(name), self._labels[name]) for exact, name in attributes.items()}
        return {**natives, **own}

    @cached_property
    def _meanings(self) -> dict[str, list[str]]:
        """The columns that each heading may mean, by their names."""
        found: dict[str, list[str]] = {}
        for exact, (column, labels) in self._columns.items():
            headings = {exact: None}
            if isinstance(column, AttributeColumn):
                headings[f"{self.prefix}{column.name}"] = None
            if self._by_labels:
                headings |= dict.fromkeys([*labels, *(f"{label} ({exact})" for label in labels)])
            for heading in headings:
                found.setdefault(heading, []).append(exact)
        return found

    def name_of(self, column: Column) -> str:
        """Return the heading of a column where headings are names."""
        if isinstance(column, NativeColumn):
            return column.path
        return f"{self.prefix}{column.name}" if has_column(self._field.model, column.name) else column.name

    # ---- out ----

    def of(self, columns: Sequence[Column]) -> list[str]:
        """Return the heading of each column."""
        return [self._told(column) if self._by_labels else self.name_of(column) for column in columns]

    def _told(self, column: Column) -> str:
        exact = self.name_of(column)
        label = column.label if isinstance(column, NativeColumn) else self._labels[column.name][0]
        return label if self._meanings.get(label) == [exact] else f"{label} ({exact})"

    # ---- in ----

    def read(self, headings: Iterable[str]) -> dict[str, Column]:
        """Return the columns that headings name, which are texts of cells.

        Raises ExchangeError for unknown ones, with the nearest.
        """
        found: dict[str, Column] = {}
        called: dict[str, str] = {}
        faults = []
        for heading in headings:
            column = self.column(unescaped(heading) or heading)
            if isinstance(column, str):
                faults.append(column)
                continue
            other = called.setdefault(self.name_of(column), heading)
            if other != heading:
                faults.append(f"{shortened(other)!r} and {shortened(heading)!r} are the same column")
            found[heading] = column
        if faults:
            raise ExchangeError("; ".join(faults))
        return found

    def column(self, heading: str) -> Column | str:
        """Return the column that a heading means, or what is wrong with it."""
        meant = self._meanings.get(heading, [])
        if len(meant) == 1:
            return self._columns[meant[0]][0]
        if meant:
            return f"{shortened(heading)!r} may be {' or '.join(meant)}: write '{heading} ({meant[0]})'"
        try:
            path = heading.rpartition(" (")[2].removesuffix(")") if self._by_labels else heading
            return NativeColumn(self._field.model, path)
        except ExchangeError as error:
            if "__" in heading and has_column(self._field.model, heading.partition("__")[0]):
                return str(error)
            if self._is_open:
                return AttributeColumn(heading.removeprefix(self.prefix))
            return f"there is no column {shortened(heading)!r}{nearest(heading, self._meanings)}"
