"""Which scope a request is about: that of a record, or that of selector values that its query string gives by name."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.request import clone_request

from jsonattrs_django.permissions import permitted
from jsonattrs_django.planning.names import Names
from jsonattrs_django.rest_framework.checking import Access
from jsonattrs_django.rest_framework.exposed import are_apart, named_scopes, serializer_class_of, user_of
from jsonattrs_django.rest_framework.refusals import Refusals, refused, unknown_name
from jsonattrs_django.selectors import SelectorError

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.schemas.scope import Scope
    from jsonattrs_django.selectors import Texts

__all__ = ["ScopeOf", "scope_of_query", "scope_of_record"]


class ScopeOf(NamedTuple):
    """The scope that a request is about, as its user may see it."""

    field: JSONAttributeField
    texts: Texts
    scope: Scope
    access: Access  #: the names of the attributes that the user may see, and change: those of the view's serializer
    user: Any
    record: Model | None = None
    shows_values: bool = True  #: the view shows what records hold

    @property
    def viewed(self) -> frozenset[str]:
        """The names of the attributes that the user may see."""
        return self.access.viewed

    @property
    def hidden(self) -> frozenset[str]:
        """The names of the attributes that the user may not see."""
        return frozenset(self.scope.schema) - self.viewed


def scope_of_record(view: Any, field: JSONAttributeField, record: Model) -> ScopeOf:
    """Return the scope of a record that the user may read."""
    return _seen(view, field, field.texts_of(record), record)


def scope_of_query(view: Any, field: JSONAttributeField) -> ScopeOf:
    """Return the scope whose selector values the query string gives, with what the rows that it names imply.

    Raises ValidationError for a parameter that is no selector, and a value that can be none; NotFound for a scope that
    the user may not choose, as for one that is not there.
    """
    asked = _given(field, view.request.query_params, view.settings.URL_FORMAT_OVERRIDE)
    meant = field.selectors.given(view.get_default_selectors(field.name))
    texts = tuple(default if text is None else text for text, default in zip(asked, meant, strict=True))
    names = Names(field, [texts])
    if not names.is_there(texts) or not _may_choose(view, field, texts, names.placed(texts)):
        raise NotFound(_("There is no such scope."))
    return _seen(view, field, names.placed(texts))


def _seen(view: Any, field: JSONAttributeField, texts: Texts, record: Model | None = None) -> ScopeOf:
    scope, user = field.schemas.scope(texts), user_of(view)
    serializer = None if serializer_class_of(view) is None else view.get_serializer()
    for each in getattr(serializer, "attribute_fields", ()):
        if each.model_field == field:
            return ScopeOf(field, texts, scope, each.access(scope), user, record, not each.write_only)
    viewed, changed = (frozenset(permitted(user, action, field, scope.schema)) for action in ("view", "change"))
    return ScopeOf(field, texts, scope, Access(viewed, viewed & changed), user, record)


# ---- what is asked for ----


def _given(field: JSONAttributeField, query: QueryDict, other: str | None) -> Texts:
    """Return the texts of the selector values of a query string; one that is left out is any."""
    selectors = {selector.name: selector for selector in field.selectors}
    refusals, found = Refusals(), {}
    for name in query:
        if name not in selectors and name != other:
            refusals.add(name, unknown_name(_("There is no selector named %(name)s."), name, selectors))
        elif name in selectors and len(query.getlist(name)) > 1:
            refusals.add(name, refused("repeated", _("Give one value.")))
        elif name in selectors:
            try:
                found[name] = selectors[name].given(query[name])
            except SelectorError:
                refusals.add(name, refused("invalid", _("A selector cannot have this value.")))
        if refusals.is_full:
            break
    refusals.raise_any()
    return tuple(found.get(name) for name in selectors)


# ---- what may be asked for ----


def _may_choose(view: Any, field: JSONAttributeField, texts: Texts, placed: Texts) -> bool:
    """Tell whether the user may choose a scope.

    He may where it has records in common with the scopes that the view names. Where the view names none, he may choose
    the values that records have which the view shows him.
    """
    named = named_scopes(view, field)
    if named is not None:
        return not all(are_apart(field.selectors.given(each), placed) for each in named)
    rows = _readable(view)
    pairs = [pair for pair in zip(field.selectors, texts, strict=True) if pair[1] is not None]
    return all(rows.filter(**{selector.lookup: selector.value(text)}).exists() for selector, text in pairs)


def _readable(view: Any) -> QuerySet[Any]:
    """Return the records that the view lists for its user when nothing is asked of it."""
    request = clone_request(view.request, "GET")
    request._request = copy(request._request)
    request._request.GET = QueryDict()
    rows: QuerySet[Any] = view.get_queryset()
    for backend in view.filter_backends:
        rows = backend().filter_queryset(request, rows, view)
    return rows
