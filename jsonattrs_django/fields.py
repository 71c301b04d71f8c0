"""The model field: one JSON column whose members are attributes that schemas define."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, router
from django.db.models.expressions import Col
from django.db.models.query_utils import DeferredAttribute

from jsonattrs_django import sending, writes
from jsonattrs_django.attributes import Attributes
from jsonattrs_django.descriptor import OMITTED, AttributesDescriptor
from jsonattrs_django.documents import RESERVED, dumps, read, read_exactly
from jsonattrs_django.errors import WriteRefused, entries
from jsonattrs_django.expressions import Assignment, Whole, is_own
from jsonattrs_django.queries.documents import document_lookup
from jsonattrs_django.queries.transforms import AttributeTransforms
from jsonattrs_django.saving import SavedField
from jsonattrs_django.uniqueness.conflicts import conflicts_of
from jsonattrs_django.uniqueness.moves import moves
from jsonattrs_django.uniqueness.watching import watching

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.checks import CheckMessage
    from django.db.models import Model

__all__ = ["JSONAttributeField"]


class JSONAttributeField(SavedField, models.JSONField):
    """Attributes that the users of an application define, stored as one JSON object.

    ``schema_selectors`` are the paths whose values decide which schemas apply to a record: each a path over forward
    foreign keys, or a ``(name, path)`` pair. With ``gin``, ``attributes_sync`` builds an index on whole documents,
    which finds equal values of attributes that have no index of their own. Both are given to the constructor, or as
    attributes of a subclass.
    """

    description = "Attributes defined by schemas"
    descriptor_class = AttributesDescriptor
    gin: bool = False
    empty_values: Any = ()  # an empty set of attributes is checked, too: something may be required

    def __init__(
        self,
        verbose_name: Any = None,
        name: str | None = None,
        *,
        schema_selectors: Iterable[str | tuple[str, str]] | None = None,
        gin: bool | None = None,
        **kwargs: Any,
    ) -> None:
        if schema_selectors is not None:
            self.schema_selectors = tuple(schema_selectors)
        if gin is not None:
            self.gin = gin
        #: Somebody gave the field a default, which a check refuses.
        self.has_own_default = kwargs.pop("default", dict) is not dict
        kwargs["blank"] = True
        kwargs["default"] = dict
        super().__init__(verbose_name, name, **kwargs)
        self.watched: set[type[Model]] = set()
        #: The mapping that was given out last, so that it is the same one when it is asked for again.
        self.last_view: Attributes | None = None
        #: What has been worked out from the schemas, with the token of the generation in which it is so.
        self.worked_out: dict[Any, tuple[Any, Any]] = {}

    def __deepcopy__(self, memo: Any) -> Any:
        copied: Any = super().__deepcopy__(memo)
        copied.watched, copied.last_view, copied.worked_out = set(), None, {}
        for name in ("schemas", "selectors", "recent", "is_settled", "_is_settled_by_one_column"):
            copied.__dict__.pop(name, None)  # what belongs to another model
        return copied

    def deconstruct(self) -> Any:
        """Leave out what needs no migration: the selectors, and what every such field has."""
        name, _, args, kwargs = super().deconstruct()
        for key in ("blank", "default"):
            kwargs.pop(key, None)
        return name, "jsonattrs_django.fields.JSONAttributeField", args, kwargs

    def contribute_to_class(self, cls: type[Model], name: str, private_only: bool = False) -> None:
        """Become a field of a model; of a historical one, in a migration, a plain JSON field."""
        self.is_historical = cls.__module__ == "__fake__"
        if self.is_historical:
            self.descriptor_class = DeferredAttribute
        super().contribute_to_class(cls, name, private_only)
        if not self.is_historical and not cls._meta.abstract:
            self.watch(cls)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """Return what is wrong with the field's declaration, its selectors and the model's use of it."""
        from jsonattrs_django.checks import field_problems

        return [*super().check(**kwargs), *field_problems(self, **kwargs)]

    def _check_default(self) -> list[CheckMessage]:
        return []

    # ---- from and to the database ----

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Return the document of a stored text."""
        if expression.__class__ is Col and value.__class__ is str and not self.is_historical:
            return read(value)
        if self.is_historical:
            return value if value is None else read_exactly(value)
        if not isinstance(expression, Col):  # a subquery, a function
            found = super().from_db_value(value, expression, connection)
            return (
                {key: found[key] for key in found if not key.startswith(RESERVED)} if isinstance(found, dict) else found
            )
        return read("null" if value is None else dumps(value))

    def get_default(self) -> Any:
        """Return what stands for an omitted argument, so that saving the instance erases nothing."""
        return {} if self.is_historical else OMITTED

    def to_python(self, value: Any) -> Any:
        """Return what a fixture holds: the text of a document, or the document itself.

        The text of a text is left to Django's XML deserializer, which reads that of JSON fields once more.
        """
        if isinstance(value, str) and not value.lstrip().startswith('"'):
            return read_exactly(value) if self.is_historical else read(value)
        return value

    def value_to_string(self, obj: Model) -> str:
        """Return the whole document as text, in which each number has the digits that it is stored with."""
        if self.is_historical:
            return dumps(self.value_from_object(obj))
        getattr(obj, self.attname)  # fetches it, where it is deferred
        return sending.whole_text(obj.__dict__[self.attname])

    def pre_save(self, model_instance: Model, add: bool) -> Any:
        """Return what to write: a whole document for an insert, the changes for an update.

        Raises AttributeValidationError with everything that is refused.
        """
        if self.is_historical:
            return super().pre_save(model_instance, add)
        if self.attname not in model_instance.__dict__:
            getattr(model_instance, self.attname)
        draft = self.checked(model_instance, add)
        if add:
            saving = self.saving(model_instance)
            # Without a signal before it and after it, nobody else will note that the insert was made.
            note = None if saving.using or saving.is_cleared else partial(self.written, model_instance, draft)
            return Whole(str(draft.text), saving.is_cleared, note, watching(self, [(draft, model_instance)]))
        return Assignment(sending.merged(self, draft, model_instance))

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Return what the database is sent. Raises WriteRefused for whatever has not been checked."""
        if self.is_historical:
            return value if hasattr(value, "as_sql") else dumps({} if value is None else value)
        if value is OMITTED:  # a migration adds the column
            return "{}"
        if value.__class__ is Whole:
            return value.text if value.is_cleared and value.watch is None else _InsertedText(self, value)
        if is_own(value):
            return value
        raise self.refused_update()

    def refused_update(self) -> WriteRefused:
        """Return what is raised where update() would write the column."""
        return WriteRefused(
            f"{self.model._meta.label}.{self.name} is not written by update(): "
            "use update_attributes(queryset, {name: value}), or save the records"
        )

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Return the JSON parameter of a query."""
        if self.is_historical and isinstance(value, dict | list):
            return dumps(value)  # digit for digit
        if isinstance(value, Attributes):
            value = value.dump()
        return super().get_db_prep_value(value, connection, prepared)

    # ---- in queries ----

    def get_transform(self, name: str) -> Any:
        """Return what makes the value of an attribute in a query; which one is decided when that is compiled."""
        return super().get_transform(name) if self.is_historical else AttributeTransforms(name)

    def get_lookup(self, name: str) -> Any:
        """Return a lookup on the whole document, which takes keys and JSON values. Raises FieldError for others."""
        found: Any = super().get_lookup(name)
        return found if self.is_historical else document_lookup(self, name, found)

    # ---- checking by full_clean ----

    def clean(self, value: Any, model_instance: Model | None) -> Any:
        """Check the attributes of an instance as saving it would. Raises ValidationError with an entry per problem."""
        if model_instance is None or self.is_historical:
            return value
        make = writes.insert_draft if model_instance._state.adding else writes.update_draft
        draft = make(self, model_instance)
        writes.with_references([(draft, model_instance)])
        if draft.every_claim and not draft.problems:
            using = model_instance._state.db or router.db_for_write(self.model, instance=model_instance)
            draft.problems = tuple(conflicts_of(self, using, [(draft, model_instance)], mends=False).get(0, ()))
        if draft.problems:
            error = ValidationError(entries(draft.problems))
            error.problems = draft.problems
            raise error
        return value

    def formfield(self, **kwargs: Any) -> None:
        """Return no form field: a form that knows nothing of schemas leaves the attributes as they are."""
        return


class _InsertedText:
    """The document of an insert that has not been cleared: refuses to overwrite the document of another row."""

    __slots__ = ("_document", "_field")

    def __init__(self, field: JSONAttributeField, document: Whole) -> None:
        self._field = field
        self._document = document

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Compile to the text of the document."""
        if not self._document.is_cleared:
            refuse_overwriting(self._field, getattr(compiler.query, "update_fields", None) or ())
        if self._document.watch is not None:
            self._document.watch(connection, [self._document.text])
        if self._document.note is not None:
            self._document.note(connection.alias)
        return "%s", [self._document.text]


def refuse_overwriting(field: JSONAttributeField, update_fields: Iterable[Any]) -> None:
    """Raise WriteRefused where an insert would replace the document of a row that it conflicts with, or move it."""
    if field in update_fields:
        raise WriteRefused(
            f"bulk_create(update_conflicts=True) cannot update {field.model._meta.label}.{field.name}: it would "
            "overwrite values that the objects do not hold; leave it out of update_fields, and save or use "
            "update_attributes() for rows that exist"
        )
    if update_fields and moves(field, [each.name for each in update_fields if each is not None]):
        raise WriteRefused(
            f"bulk_create(update_conflicts=True) cannot update what {field.model._meta.label}.{field.name} depends on: "
            "the rows would come to another scope without claiming their unique values there; leave it out of "
            "update_fields, and save or use update() for rows that exist"
        )
