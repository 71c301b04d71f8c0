"""What Django's queries are made of where they ask for an attribute: ``attrs__score``, and :class:`Attr`.

A transform is made when a query is written, which may be before there is a database at all. It looks into the schemas
when the query is compiled; earlier only if Django asks it for its type, as arithmetic does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import FieldError
from django.db import DatabaseError
from django.db.models import Expression, F, Transform

from jsonattrs_django.names import nearest
from jsonattrs_django.queries.defaults import with_initial_default
from jsonattrs_django.queries.lookups import AttributeLookup
from jsonattrs_django.queries.names import Meant, Said, meant
from jsonattrs_django.queries.outputs import ReferenceOutput, output_of
from jsonattrs_django.queries.sqlite import escape_members, escaped_sql, with_functions
from jsonattrs_django.queries.stored import typed_sql

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Field

    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["Attr", "AttributeTransform", "AttributeTransforms", "TypedAttribute"]


class Attr(F):
    """An attribute in a query, where its name alone does not say enough: ``Attr("score", type="float")``.

    ``key`` names it for ever, whatever it is called; ``type`` and ``multiple`` say which is meant where schemas give
    one name different types. ``field`` is the path to the attribute field, where the model has several or the query
    starts elsewhere: ``Attr("score", field="owner__attrs")``. It is used as ``F`` is.
    """

    def __init__(
        self,
        name: str | None = None,
        *,
        key: str | None = None,
        type: str | None = None,  # noqa: A002 - the attribute's property
        multiple: bool | None = None,
        field: str | None = None,
    ) -> None:
        if (name is None) == (key is None):
            raise TypeError("Attr takes the name of an attribute, or its key")
        super().__init__(name if name is not None else str(key))
        self.said = Said(name, key, type, multiple)
        self.field = field

    def __repr__(self) -> str:
        return f"Attr({self.said})"

    def resolve_expression(
        self,
        query: Any = None,
        allow_joins: bool = True,
        reuse: Any = None,
        summarize: bool = False,
        for_save: bool = False,
    ) -> Any:
        """Return the transform of the attribute field that the query is about. Raises FieldError where it has none."""
        path = self.field or _only_field(query.model)
        found = query.resolve_ref(path, allow_joins, reuse, summarize)
        if not hasattr(found.output_field, "worked_out"):
            raise FieldError(f"Attr({self.said}): {path!r} is no attribute field")
        return AttributeTransform(self.said, found)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Attr) and (self.said, self.field) == (other.said, other.field)

    def __hash__(self) -> int:
        return hash((self.said, self.field))


def _only_field(model: Any) -> str:
    from jsonattrs_core import SchemaError
    from jsonattrs_django.models.manager import attribute_field

    try:
        return attribute_field(model).name
    except SchemaError as error:
        raise FieldError(f"Attr: {error}") from error


class AttributeTransforms:
    """Makes the transform of one name: what ``get_transform`` gives, which reads no database."""

    def __init__(self, name: str) -> None:
        self.said = Said(name)

    def __call__(self, lhs: Any) -> AttributeTransform:
        """Return the value of the attribute in the document ``lhs``."""
        return AttributeTransform(self.said, lhs)


class _Undecided(FieldError, AttributeError):
    """It is not known now of which type an attribute is.

    To Django it is a missing attribute, too: what can be written without knowing the type, is.
    """


class _Deferred(Transform):
    """A transform that is decided when the query is compiled."""

    #: Returns the expression that it stands for, as the schemas are now. Raises FieldError.
    typed: Callable[[], Any]

    @property
    def output_field(self) -> Field[Any, Any]:
        """The field of the typed values. Django asks for it while a query is written only where it has to know it."""
        try:
            found: Field[Any, Any] = self.typed().output_field
        except DatabaseError as error:
            raise _Undecided(f"the schemas of the attribute cannot be read now: {error}") from error
        except FieldError as error:
            raise _Undecided(*error.args) from error
        return found

    @property
    def conditional(self) -> bool:
        """An attribute is compared, and is no condition by itself."""
        return False

    def get_lookup(self, name: str) -> Any:
        """Return what makes the lookup of a name, whatever the type turns out to be."""
        return _Lookups(name)

    def get_transform(self, name: str) -> Any:
        """Return what makes the transform of a name, whatever the type turns out to be."""
        return _LaterTransforms(name)

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, Any]:
        """Compile what it stands for."""
        return compiler.compile(self.typed())

    as_sqlite = as_sql

    @property
    def convert_value(self) -> Any:
        """Return what Django makes of a value before the field reads it."""
        return self.typed().convert_value


class AttributeTransform(_Deferred):
    """The value of one attribute."""

    @property
    def output_field(self) -> Field[Any, Any]:
        """The field of the typed values: known without a look into the schemas where the query says the type."""
        if self.said.type is not None and self.said.multiple is not None:
            return output_of(self.said.type, self.said.multiple)
        return super().output_field

    def __init__(self, said: Said, lhs: Any) -> None:
        super().__init__(lhs)
        self.said = said

    @property
    def attribute_field(self) -> JSONAttributeField:
        """The field of whose document it is a member."""
        return self.lhs.output_field

    def typed(self) -> TypedAttribute:
        """Return the value as the schemas are now. Raises FieldError."""
        if not apps.ready:
            raise FieldError(f"the type of the attribute {self.said} is not known before the project is set up")
        return TypedAttribute(self.lhs, meant(self.attribute_field, self.said))

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        """Return the SQL in a list of columns: in a subquery, keys are of the type with which they are compared."""
        if getattr(compiler.query, "subquery", False) and isinstance(self.output_field, ReferenceOutput):
            found: tuple[str, Any] = compiler.compile(self.typed().as_key())
            return found
        return sql, params


class LaterTransform(_Deferred):
    """A transform of an attribute's value: the year of a date."""

    def __init__(self, name: str, lhs: Any) -> None:
        super().__init__(lhs)
        self.name = name

    def typed(self) -> Any:
        """Return the transform of the type that the attribute has now. Raises FieldError where it has no such one."""
        below = self.lhs.typed()
        if not self.name.isascii():
            escape_members(below)
        found = below.get_transform(self.name)
        if found is None:
            known = [*below.output_field.get_lookups()]
            raise FieldError(
                f"{below}: {self.name!r} is neither a lookup nor a transform of it{nearest(self.name, known)}"
            )
        return found(below)


class _LaterTransforms:
    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, lhs: Any) -> LaterTransform:
        return LaterTransform(self._name, lhs)


class _Lookups:
    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, lhs: Any, rhs: Any) -> AttributeLookup:
        return AttributeLookup(lhs, rhs, self._name)


class TypedAttribute(Expression):
    """The value of an attribute of which the key and the type are known."""

    conditional = False

    def __init__(self, document: Any, attribute: Meant) -> None:
        output = output_of(attribute.type, attribute.multiple)
        if isinstance(output, ReferenceOutput):
            output = ReferenceOutput(attribute.key_type)
        super().__init__(output_field=output)
        self.document = document
        self.attribute = attribute
        self.is_escaped = False  #: of objects, on SQLite: what is not ASCII is written with escapes

    def __repr__(self) -> str:
        return f"<TypedAttribute {self}>"

    def __str__(self) -> str:
        several = " (several values)" if self.attribute.multiple else ""
        return f"the attribute with the key {self.attribute.key!r} of type {self.attribute.type}{several}"

    def as_key(self) -> TypedAttribute:
        """Return the value as a key of the type that the records have which it refers to, for joining with them."""
        if self.attribute.key_type == "text":
            return self
        return TypedAttribute(self.document, replace(self.attribute, type=self.attribute.key_type))

    def get_source_expressions(self) -> list[Any]:
        """Return the document."""
        return [self.document]

    def set_source_expressions(self, exprs: Any) -> None:
        """Take another document."""
        (self.document,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Compile to the typed SQL, and to an initial default where the schemas have one."""
        sql, params = self._plain_sql(compiler, connection)
        if self.is_escaped and connection.vendor == "sqlite":
            return escaped_sql(connection, sql), params
        return sql, params

    def _plain_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, params = compiler.compile(self.document)
        kind = self.attribute.type
        sql = typed_sql(connection.vendor, column, self.attribute.key, kind, self.attribute.multiple)
        if params:  # a document that is no column
            params = [*params] * sql.count(column)
        if connection.vendor == "sqlite":
            with_functions(connection, kind)
        if self.attribute.has_initial_default:
            return with_initial_default(self, compiler, connection, column, (sql, [*params]))
        return sql, params
