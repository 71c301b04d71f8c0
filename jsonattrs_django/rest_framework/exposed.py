"""Which attributes a view exposes to whoever asks: those of its scopes, but for what he may not see.

A view says which scopes these are, with everything below them: ``attribute_scopes``, or ``get_attribute_scopes(field)``
for the name of an attribute field. Each is given as ``SchemaRecord.objects.for_selectors`` takes it. A view that says
nothing exposes the attributes that every record has, so that no view tells by mistake what others define.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from rest_framework.generics import GenericAPIView

from jsonattrs_django.models.manager import attribute_fields
from jsonattrs_django.offered import attr_of
from jsonattrs_django.permissions import permitted
from jsonattrs_django.rest_framework.fields import AttributesField
from jsonattrs_django.schemas.generation import schema_database
from jsonattrs_django.schemas.reach import reached
from jsonattrs_django.texts import Reader, label_of, usable_readers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from django.db.models import Model

    from jsonattrs_core import Attribute
    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.queries.transforms import Attr
    from jsonattrs_django.schemas.scope import Scope
    from jsonattrs_django.selectors import Texts

__all__ = [
    "Exposed",
    "Exposure",
    "are_apart",
    "exposed",
    "exposed_scopes",
    "model_of",
    "named_scopes",
    "scopes_of_records",
    "user_of",
]

#: Where a view keeps the scopes that it has named, for as long as it answers one request.
_NAMED = "_jsonattrs_named_scopes"


def exposed_scopes(view: Any, field: JSONAttributeField) -> list[Texts]:
    """Return the selector texts of the scopes of a field that a view exposes, the most general first.

    They are those that the view names, and below each of them every scope that a schema makes different; it takes no
    query for as long as the schemas stay as they are. Raises SelectorError for selectors that no record can have.
    """
    named = named_scopes(view, field)
    if named is None:
        return [field.selectors.given(())]
    partial = tuple(dict.fromkeys(field.selectors.given(each) for each in named))
    found: list[Texts] = field.remembered(("exposed scopes", partial), lambda: _below(field, partial))
    return found


def named_scopes(view: Any, field: JSONAttributeField) -> list[Any] | None:
    """Return the scopes of a field that a view names, None where it says nothing. It is asked once for a request."""
    request = getattr(view, "request", None)
    if request is None:
        return _named(view, field)
    known = vars(view).get(_NAMED)
    if known is None or known[0] is not request:
        known = vars(view)[_NAMED] = (request, {})
    found: dict[JSONAttributeField, list[Any] | None] = known[1]
    if field not in found:
        found[field] = _named(view, field)
    return found[field]


def _named(view: Any, field: JSONAttributeField) -> list[Any] | None:
    named: Any
    if hasattr(view, "get_attribute_scopes"):
        named = view.get_attribute_scopes(field.name)
    else:
        named = getattr(view, "attribute_scopes", None)
    return None if named is None else list(named)


def scopes_of_records(view: Any, field: JSONAttributeField) -> list[Any] | None:
    """Return the scopes that a view names, None also of a field that is one of other records than the view's own."""
    is_own = not isinstance(view, GenericAPIView) or issubclass(
        model_of(view)._meta.concrete_model, field.model._meta.concrete_model
    )
    return named_scopes(view, field) if is_own else None


def are_apart(one: Texts, other: Texts) -> set[int]:
    """Return the places of the selectors by which no record can be in both of two scopes."""
    pairs = enumerate(zip(one, other, strict=True))
    return {place for place, (mine, its) in pairs if mine is not None and its is not None and mine != its}


def _below(field: JSONAttributeField, partial: tuple[Texts, ...]) -> list[Texts]:
    bound = field.schemas.all_schemas(schema_database(), partial)
    return list(dict.fromkeys(texts for each in partial for texts in reached(bound, each)))


def model_of(view: Any) -> type[Model]:
    """Return the model of the records of a view, which may be one that is only described and has no request."""
    if getattr(view, "queryset", None) is not None:
        found: Any = view.queryset
        return found.model
    model: Any = getattr(getattr(serializer_class_of(view), "Meta", None), "model", None)
    return model if model is not None else view.get_queryset().model


def serializer_class_of(view: Any) -> Any:
    """Return the serializer class of a view, None where it has none."""
    if getattr(view, "serializer_class", None) is None and not _has_own_serializer(view):
        return None
    return view.get_serializer_class()


def _has_own_serializer(view: Any) -> bool:
    own = getattr(type(view), "get_serializer_class", None)
    return own is not None and own is not GenericAPIView.get_serializer_class


def user_of(view: Any) -> Any:
    """Return who asks a view; nobody in particular, where the view is only described."""
    return getattr(getattr(view, "request", None), "user", None) or AnonymousUser()


class Defined(NamedTuple):
    """What one scope says of an attribute, or several scopes in the same words."""

    reader: Reader
    default_language: str

    @property
    def identity(self) -> tuple[str, str, bool]:
        """What makes two attributes of one name the same one."""
        return str(self.reader.attribute.key), self.reader.type, self.reader.multiple


class Exposure:
    """One name of an attribute, and what the scopes say of it, the most general first."""

    def __init__(self, name: str, field: JSONAttributeField, defined: Iterable[Defined]) -> None:
        self.name = name
        self.field = field
        self.defined = tuple(defined)

    @property
    def is_ambiguous(self) -> bool:
        """Tell whether scopes mean different attributes by the name, so that none of them can be asked for."""
        return len({each.identity for each in self.defined}) > 1

    @property
    def keys(self) -> set[str]:
        """The keys under which values are stored."""
        return {each.identity[0] for each in self.defined}

    @property
    def reader(self) -> Reader:
        """The reader of the most general definition."""
        return self.defined[0].reader

    @property
    def label(self) -> str:
        """What it is called, in the active language."""
        return label_of(self.reader.attribute, self.defined[0].default_language)

    def attr(self) -> Attr:
        """Return the attribute as a query names it."""
        return attr_of(self.reader, self.field.name)


class _Known(NamedTuple):
    """What the scopes of a view say, whoever asks."""

    exposures: dict[str, Exposure]
    attributes: dict[str, list[Attribute]]  #: the definitions of each key


def _known(field: JSONAttributeField, scopes: list[Texts]) -> _Known:
    found: _Known = field.remembered(("exposed", tuple(scopes)), lambda: _find(field, scopes))
    return found


def _find(field: JSONAttributeField, wanted: list[Texts]) -> _Known:
    found: list[Scope] = list(field.schemas.scopes(wanted).values())
    by_name: dict[str, dict[str, Defined]] = defaultdict(dict)
    by_key: dict[str, dict[str, Attribute]] = defaultdict(dict)
    for scope in {id(scope): scope for scope in found}.values():
        language = scope.schema.default_language
        for attribute in scope.schema.values():
            by_key[str(attribute.key)].setdefault(repr(attribute), attribute)
        for reader in usable_readers(scope):
            by_name[reader.name].setdefault(f"{language} {reader.attribute!r}", Defined(reader, language))
    exposures = {name: Exposure(name, field, defined.values()) for name, defined in by_name.items()}
    return _Known(exposures, {key: list(attributes.values()) for key, attributes in by_key.items()})


class _Sent(NamedTuple):
    """How the serializer of a view sends an attribute field."""

    name: str  #: of the serializer's field
    only: Collection[str] | None = None  #: names of the attributes that it has, None for all
    exclude: Collection[str] = ()  #: names of those that it leaves out

    def has(self, attribute: str) -> bool:
        """Tell whether the attribute of a name is sent."""
        return attribute not in self.exclude and (self.only is None or attribute in self.only)


def _sent(view: Any, field: JSONAttributeField) -> _Sent:
    serializer = serializer_class_of(view)
    for name, declared in getattr(serializer, "_declared_fields", {}).items():
        if isinstance(declared, AttributesField) and (declared.source or name) == field.name:
            return _Sent(name, () if declared.write_only else declared.only, declared.exclude)
    options = getattr(getattr(serializer, "Meta", None), "extra_kwargs", {}).get(field.name, {})
    only = () if options.get("write_only") else options.get("only")
    return _Sent(field.name, only, options.get("exclude", ()))


class Exposed:
    """The attributes of one field that a view exposes to one user, by the names that are asked for.

    What is hidden from the user in any of the scopes is as an attribute that nobody has, since a question about it is
    asked of the records of all of them. So is what the view's serializer leaves out by ``only`` or ``exclude``.
    """

    def __init__(self, view: Any, field: JSONAttributeField, prefix: str | None = None, user: Any = None) -> None:
        self.field = field
        self._sent = _sent(view, field)
        self.called = self._sent.name  #: what the field is called in answers
        #: What stands before the name of an attribute in a parameter.
        self.prefix = f"{self.called}." if prefix is None else prefix
        self._user = user or user_of(view)
        self._known = _known(field, exposed_scopes(view, field))

    def find(self, name: str) -> Exposure | None:
        """Return what there is of a name, None of one that is unknown to this user."""
        found = self._known.exposures.get(name)
        return found if found is not None and self._is_seen(found) else None

    @cached_property
    def names(self) -> list[str]:
        """The names that this user may ask for, in the order of the schemas."""
        return [name for name, each in self._known.exposures.items() if self._is_seen(each)]

    @property
    def labelled(self) -> list[str]:
        """The same as a parameter has them, with the prefix."""
        return [f"{self.prefix}{name}" for name in self.names]

    def _is_seen(self, exposure: Exposure) -> bool:
        return self._sent.has(exposure.name) and all(
            permitted(self._user, "view", self.field, {str(attribute.name): attribute})
            for key in exposure.keys
            for attribute in self._known.attributes[key]
        )


def exposed(view: Any, model: type[Model]) -> list[Exposed]:
    """Return what a view exposes of each attribute field of a model to the user of its request.

    The prefix of names is what the field is called in answers and a dot, unless the view has another
    ``attribute_filter_prefix``. Raises ImproperlyConfigured where one is to stand for several fields.
    """
    fields = attribute_fields(model)
    prefix: str | None = getattr(view, "attribute_filter_prefix", None)
    if prefix is not None and len(fields) > 1:
        raise ImproperlyConfigured(
            f"attribute_filter_prefix of {type(view).__name__} is one prefix for several attribute fields: "
            f"{', '.join(fields)}"
        )
    return [Exposed(view, field, prefix) for field in fields.values()]
