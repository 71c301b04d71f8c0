"""Setting the attributes of records from the cells of rows: only what differs from what is stored."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jsonattrs_core import Problem
from jsonattrs_django.documents import dumps, new_document
from jsonattrs_django.exchange.cells import Digits, reader_of
from jsonattrs_django.exchange.exporting import Member
from jsonattrs_django.exchange.problems import of_attributes
from jsonattrs_django.exchange.rows import text_of_moment
from jsonattrs_django.messages import problem
from jsonattrs_django.pending import put
from jsonattrs_django.permissions import permitted
from jsonattrs_django.writes import worded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jsonattrs_django.documents import Document
    from jsonattrs_django.exchange.rows import Row
    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.schemas.scope import Scope

__all__ = ["AttributeSetter"]

_read = reader_of(Digits)


class AttributeSetter:
    """Sets attributes; a cell that is what an export would write is no change, and is not looked at.

    So a table that comes back as it went changes no byte of any document, also of values that do not fit any more.
    """

    def __init__(self, field: JSONAttributeField, *, is_text: bool, user: Any = None) -> None:
        self._field = field
        self._is_text = is_text
        self._user = user
        self._permitted: dict[tuple[str, int], tuple[Scope, set[str]]] = {}

    def set_all(self, rows: Sequence[Row]) -> None:
        """Set what rows say of their records; what cannot be read is noted in them."""
        field = self._field
        field.schemas.scopes(dict.fromkeys(field.texts_of(row.record) for row in rows))
        for row in rows:
            news = self._news(row, field.scope_of(row.record))
            if row.is_new:
                setattr(row.record, field.attname, news)
            elif news:
                put(field, row.record, news)
                row.changed.add(field.name)
            if row.changed and field.selectors.are_among(row.changed):
                row.changed.add(field.name)  # it moves: the whole document is checked

    def _news(self, row: Row, scope: Scope) -> dict[str, Any]:
        """Return the new values of attributes by name."""
        state = row.record.__dict__[self._field.attname]
        document = new_document() if row.is_new else state.document
        digits = _read(document.text) if self._is_text and document else {}
        seen = self._may(scope, "view") & scope.compiled.keys.keys()
        news: dict[str, Any] = {}
        for name, given in row.attributes.items():
            if name not in seen:
                if given is not None or name not in row.blanks:
                    self._refuse(scope, name, given, row, news)
            elif not self._is_same(scope, name, given, row, document, digits):
                self._read(scope, name, given, row, document, news)
        return news

    def _refuse(self, scope: Scope, name: str, given: Any, row: Row, news: dict[str, Any]) -> None:
        """Refuse an attribute that the scope does not have, and in the same words one that the user may not see."""
        if scope.refusal() is not None:
            news[name] = given  # with which the record as a whole is refused
        else:
            problems = worded(scope, [Problem((name,), "unknown", {})])
            row.problems += of_attributes(row.number, row.attribute_headings, problems)

    def _is_same(
        self, scope: Scope, name: str, given: Any, row: Row, document: Document, digits: dict[str, Any]
    ) -> bool:
        """Tell whether a cell is what an export writes of the stored value."""
        key = scope.compiled.keys[name]
        if name in row.blanks and key not in document:
            return True
        if key not in document or row.is_new:
            return False
        if not self._is_text:
            return _are_same(document[key], given)
        text = Member(key, bool(scope.schema[name].multiple)).text(digits, document.text)
        if isinstance(text, Digits) and isinstance(given, Digits):  # a workbook may have written 3.0 as 3
            return Decimal(text) == Decimal(given)
        return bool(text == given)

    def _read(self, scope: Scope, name: str, given: Any, row: Row, document: Document, news: dict[str, Any]) -> None:
        """Read one value; where it is another than the stored one, it is new."""
        validator, key = scope.compiled.validator, scope.compiled.keys[name]
        if validator is None:
            news[name] = given
            return
        value = text_of_moment(given, str(scope.schema[name].type))
        held = validator.load_attribute(name, document.get(key))
        result = validator.check_attribute(name, value, held, from_text=self._is_text)
        problems: Sequence[Problem] = result.problems
        clean = result.value.get(name)
        if not problems and key in document and _are_same(document[key], validator.dump_attribute(name, clean)):
            return
        if not problems and name not in self._may(scope, "change"):
            problems = [problem((name,), "read_only", "read_only")]
        if problems:
            row.problems += of_attributes(row.number, row.attribute_headings, problems)
        else:
            news[name] = clean

    def _may(self, scope: Scope, action: str) -> set[str]:
        """Return the names of the attributes that the user may view or change; it is asked once for each scope."""
        known = self._permitted.get((action, id(scope)))
        if known is None or known[0] is not scope:
            names = permitted(self._user, action, self._field, scope.schema)
            known = self._permitted[action, id(scope)] = (scope, names)
        return known[1]


def _are_same(one: Any, other: Any) -> bool:
    """Tell whether two JSON values are the same, also for JSON: True is no 1 there, and 1.0 is not written as 1."""
    return bool(one == other) and dumps(one) == dumps(other)
