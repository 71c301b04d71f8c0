"""Columns of a change list that show attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.admin.utils import display_for_value
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext

from jsonattrs_django.admin.known import fallback_label, known
from jsonattrs_django.forms.written import writer_of
from jsonattrs_django.permissions import permitted
from jsonattrs_django.queries.transforms import Attr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jsonattrs_django.admin.known import Known
    from jsonattrs_django.admin.names import Named
    from jsonattrs_django.schemas.scope import Scope

__all__ = ["AttributeOrder", "Column"]

#: Characters that a column shows of a value.
_SHOWN = 200


class AttributeOrder(Attr):
    """An attribute to order by, which a change list knows by the name that the admin gives it."""

    def __init__(self, path: str, known: Known) -> None:
        meant = known.meant
        super().__init__(key=meant.key, type=meant.type, multiple=meant.multiple, field=known.field.name)
        self.name = path

    def __eq__(self, other: object) -> bool:
        return self.name == getattr(other, "name", other)

    def __hash__(self) -> int:
        return hash(self.name)


class Column:
    """What an entry ``attrs__score`` of ``list_display`` stands for, for one user.

    To Django it is a callable with the attributes that it reads from one. It is equal to its name, by which the fields
    of ``list_editable``, and the links, are found. It is no text: Django would follow that as a path of fields.
    """

    def __init__(self, named: Named, user: Any) -> None:
        self.named = named
        self.__name__ = named.path
        self._user = user
        self._writers: dict[Any, Callable[[Any], Any] | None] = {}

    def __eq__(self, other: object) -> bool:
        return self.__name__ == getattr(other, "__name__", other)

    def __hash__(self) -> int:
        return hash(self.__name__)

    def __str__(self) -> str:
        return self.__name__

    @cached_property
    def known(self) -> Known | None:
        """Known things about the attribute, None where there are none."""
        return known(self.named)

    @property
    def may_be_seen(self) -> bool:
        """Tell whether the column is there: also for a name of which nothing is known, so that a page stays itself."""
        return self.known is None or self.known.may_be_seen_somewhere(self._user)

    @property
    def short_description(self) -> str:
        """The heading."""
        return self.known.label if self.known is not None else fallback_label(self.named.attribute)

    @cached_property
    def admin_order_field(self) -> AttributeOrder | None:
        """Order of the list by it, None where that says nothing, or too much."""
        if self.known is None or not self.known.is_ordered or not self.known.may_be_seen(self._user):
            return None
        return AttributeOrder(self.__name__, self.known)

    # ---- what is shown of a record ----

    def __call__(self, record: Any) -> Any:
        """Return what the column shows of a record, None for nothing."""
        field = self.named.field
        scope = field.scope_of(record)
        write = self._writers.get(scope.compiled, self)
        if write is self:
            write = self._writers[scope.compiled] = self._writer(scope)
        return None if write is None else write(getattr(record, field.attname))

    def _writer(self, scope: Scope) -> Callable[[Any], Any] | None:
        """Return what shows the attribute of a record in a scope, None where it has none that may be seen."""
        name = None if self.known is None else scope.compiled.names.get(self.known.meant.key)
        if name is None or not permitted(self._user, "view", self.named.field, {name: scope.schema[name]}):
            return None
        attribute, write = scope.schema[name], writer_of(scope, name)
        if attribute.type == "boolean" and not attribute.multiple:
            signs = {value: _icon(value, write(value)) for value in (True, False)}
            return lambda attributes: _sign(attributes.get(name), signs, write)
        return lambda attributes: _cut(write(attributes.get(name)))


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else Truncator(text).chars(_SHOWN)


def _icon(value: bool, text: str) -> str:
    """Return Django's sign for yes or no; of a choice that has a label of its own, that."""
    return display_for_value(value, "", boolean=True) if text in (gettext("Yes"), gettext("No")) else _cut(text)


def _sign(value: Any, signs: Mapping[bool, str], write: Callable[[Any], str]) -> str:
    return signs[value] if isinstance(value, bool) else _cut(write(value))
