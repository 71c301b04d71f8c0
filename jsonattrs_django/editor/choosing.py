"""The form in which a scope is chosen that the tree does not show: a value, or any, for each selector."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Q, TextField
from django.utils.translation import gettext as _

from jsonattrs_django.editor.access import may_edit_scope
from jsonattrs_django.planning.names import Names, title_of_selector
from jsonattrs_django.selectors import SelectorError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.db.models import Model, QuerySet

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.selectors import Selector, Texts

__all__ = ["Choosing", "ScopeForm"]

#: Rows that a list offers, and those that are looked at for them.
_OFFERED, _LOOKED_AT = 200, 5_000


@dataclass(eq=False)
class Choosing:
    """How the value of one selector is chosen."""

    name: str
    title: str
    text: str  #: what was chosen
    search: str = ""  #: what rows were searched for
    options: list[tuple[str, str]] = field(default_factory=list)  #: texts of values, and their names
    is_list: bool = True  #: there are options; otherwise the value is typed
    has_more: bool = False  #: not all rows are offered


class ScopeForm:
    """The choice of one scope of a field. It offers only what the user may edit the schema of."""

    def __init__(self, target: JSONAttributeField, user: Any, data: Mapping[str, Any]) -> None:
        self._target = target
        self._user = user
        self._data = data
        self.fields = [self._choosing(place, selector) for place, selector in enumerate(target.selectors)]
        self.error = ""
        #: The texts of what was chosen, None where nothing was, or nothing that can be.
        self.texts: Texts | None = self._chosen() if "go" in data else None

    # ---- what is offered ----

    def _choosing(self, place: int, selector: Selector) -> Choosing:
        choosing = Choosing(selector.name, title_of_selector(selector), str(self._data.get(selector.name, "")))
        if selector.target is None:
            choosing.options = [*Names(self._target, []).choices(place).items()]
            choosing.is_list = bool(choosing.options)
            return choosing
        choosing.search = str(self._data.get(f"find-{selector.name}", ""))
        for text, name in self._rows(place, selector, choosing):
            choosing.options.append((text, name))
        choosing.options.sort(key=lambda option: option[1].casefold())
        return choosing

    def _rows(self, place: int, selector: Selector, choosing: Choosing) -> Iterator[tuple[str, str]]:
        """Yield the rows of a selector of which the user may edit the schema, until there are enough."""
        rows = _matching(selector.target._base_manager.order_by("pk"), choosing.search)  # type: ignore[union-attr]
        keys = list(rows.values_list("pk", flat=True)[: _LOOKED_AT + 1])
        choosing.has_more = len(keys) > _LOOKED_AT
        several = [self._only(place, str(selector.text(key))) for key in keys[:_LOOKED_AT]]
        names = Names(self._target, several)
        offered = 0
        for texts in several:
            if self._may_edit(texts, names):
                if offered == _OFFERED:
                    choosing.has_more = True
                    return
                offered += 1
                yield str(texts[place]), names.label(place, texts[place])

    def _only(self, place: int, text: str) -> Texts:
        return tuple(text if here == place else None for here in range(len(self._target.selectors)))

    def _may_edit(self, texts: Texts, names: Names) -> bool:
        return any(may_edit_scope(self._user, self._target, each) for each in {texts, names.placed(texts)})

    # ---- what was chosen ----

    def _chosen(self) -> Texts | None:
        given = {choosing.name: choosing.text for choosing in self.fields if choosing.text}
        try:
            texts = self._target.selectors.given(given)
        except SelectorError:
            self.error = _("A selector cannot have this value.")
            return None
        offered = all(not each.text or each.text in dict(each.options) for each in self.fields if each.is_list)
        placed = Names(self._target, [texts]).placed(texts)
        for scope in dict.fromkeys((placed, texts)) if offered else ():
            if may_edit_scope(self._user, self._target, scope):
                if Names(self._target, [scope]).is_there(scope):
                    return scope
                self.error = _("No record can have all of these values at once.")
                return None
        self.error = _("This is no scope of which you may edit the schema.")
        return None


def _matching(rows: QuerySet[Model], search: str) -> QuerySet[Model]:
    """Return the rows in whose texts something is found, all for nothing."""
    if not search.strip():
        return rows
    found = Q(pk__in=[])
    for column in rows.model._meta.concrete_fields:
        if isinstance(column, CharField | TextField):
            found |= Q((f"{column.name}__icontains", search.strip()))
    return rows.filter(found)
