"""The model field: one JSON column whose members are attributes that schemas define."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import signals
from django.db.models.expressions import Col
from django.db.models.query_utils import DeferredAttribute

from jsonattrs_django import writes
from jsonattrs_django.attributes import Attributes
from jsonattrs_django.documents import BrokenDocument, Document, dumps, new_document, read, read_exactly
from jsonattrs_django.errors import AttributeValidationError, WriteRefused, entries
from jsonattrs_django.expressions import Assignment, Whole, is_own
from jsonattrs_django.schemas.generation import pending_changes
from jsonattrs_django.schemas.source import SchemaSource
from jsonattrs_django.selectors import Selectors, Texts
from jsonattrs_django.state import UNASSIGNED, State
from jsonattrs_django.transactions import ticket

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.core.checks import CheckMessage
    from django.db.models import Model

    from jsonattrs_django.schemas.scope import Scope
    from jsonattrs_django.writes import Draft

__all__ = ["JSONAttributeField"]

#: Where an instance's state notes, by field, what is being saved, while it is.
_SAVING = "_jsonattrs_saving"

#: Scopes that a field has at hand.
_RECENT = 256

_MISSING = object()


@dataclass(slots=True)
class _Saving:
    """A save in progress."""

    using: str | None = None  #: the database, where it is known
    is_raw: bool = False  #: a fixture is being loaded
    draft: Draft | None = None  #: what is written
    is_insert: bool = False  #: the draft is that of an insert
    is_cleared: bool = False  #: the draft was checked by a bulk write, together with others
    made_of: tuple[Any, ...] | None = None  #: the state and the columns that the draft was made of


class _Omitted:
    """What a constructor is given for the field where it is given nothing."""

    def __deepcopy__(self, memo: Any) -> _Omitted:
        return self


_OMITTED = _Omitted()


class AttributesDescriptor(DeferredAttribute):
    """Gives the mapping of an instance, and takes what is assigned to it."""

    field: JSONAttributeField

    def __get__(self, instance: Model | None, cls: Any = None) -> Any:
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:
            super().__get__(instance, cls)  # deferred: fetches it, and sets it
        return Attributes(instance, self.field)

    def __set__(self, instance: Model, value: Any) -> None:
        field, own = self.field, instance.__dict__
        if instance.__class__ not in field.watched:
            field.watch(type(instance))
        kind = value.__class__
        if kind is Document or kind is BrokenDocument:
            state = State.stored(value, field.columns_of(instance))
            if field.attname in own:
                state.changes = own[field.attname].changes
            own[field.attname] = state
        elif kind is _Omitted:
            own[field.attname] = State(new_document())
        elif kind is Attributes:
            field.take_over(instance, value)
        else:
            known = own.get(field.attname)
            assigned = dict(value) if isinstance(value, dict) else value
            own[field.attname] = (known or State(new_document())).with_assigned(assigned)


class JSONAttributeField(models.JSONField):
    """Attributes that the users of an application define, stored as one JSON object.

    ``schema_selectors`` are the paths whose values decide which schemas apply to a record: each a path over forward
    foreign keys, or a ``(name, path)`` pair. They are given to the constructor, or as an attribute of a subclass.
    """

    description = "Attributes defined by schemas"
    descriptor_class = AttributesDescriptor
    empty_values: Any = ()  # an empty set of attributes is checked, too: something may be required
    schema_selectors: Iterable[str | tuple[str, str]] = ()

    def __init__(
        self,
        verbose_name: Any = None,
        name: str | None = None,
        *,
        schema_selectors: Iterable[str | tuple[str, str]] | None = None,
        **kwargs: Any,
    ) -> None:
        if schema_selectors is not None:
            self.schema_selectors = tuple(schema_selectors)
        #: Somebody gave the field a default, which a check refuses.
        self.has_own_default = kwargs.pop("default", dict) is not dict
        kwargs["blank"] = True
        kwargs["default"] = dict
        super().__init__(verbose_name, name, **kwargs)
        #: Classes of instances whose saves are followed.
        self.watched: set[type[Model]] = set()
        #: Scopes by raw selector values and their classes, a few of those that the process keeps.
        self._recent: dict[Any, tuple[Scope, tuple[Any, ...]]] = {}

    def __deepcopy__(self, memo: Any) -> Any:
        copied: Any = super().__deepcopy__(memo)
        copied.watched, copied._recent = set(), {}
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

    # ---- schemas ----

    @cached_property
    def schemas(self) -> SchemaSource:
        """The schemas of this field."""
        return SchemaSource(self.model, self)

    @cached_property
    def selectors(self) -> Selectors:
        """The selectors of this field. Raises SelectorError where a path does not work; a check says so earlier."""
        return Selectors(self.model, self.schema_selectors)

    @property
    def select_related(self) -> tuple[str, ...]:
        """Arguments of ``QuerySet.select_related`` with which a list reads its selectors without a query per record."""
        return self.selectors.relations

    def texts_of(self, instance: Model) -> Texts:
        """Return the texts of the selector values of an instance."""
        return self.selectors.texts(self.selectors.raw(instance))

    def scope_of(self, instance: Model) -> Scope:
        """Return the scope of an instance, as it is now."""
        state = instance.__dict__.get(self.attname)
        if state is not None and state.scope is not None and self.is_settled(state, instance):
            return state.scope
        return self.found(instance)[0]

    def found(self, instance: Model) -> tuple[Scope, tuple[Any, ...]]:
        """Return the scope of an instance, and its raw selector values. A list asks for few scopes, over and over."""
        selected = self.selectors.raw(instance)
        key = (selected, *map(type, selected))  # 1 and True are one key of a dict
        found = self._recent.get(key)
        if found is not None and self.schemas.generation.is_current(found[0].token):
            return found
        found = (self.schemas.scope(self.selectors.texts(selected)), selected)
        if len(self._recent) >= _RECENT:
            self._recent.clear()
        self._recent[key] = found
        return found

    def forget(self) -> None:
        """Let go of the scopes at hand."""
        self._recent.clear()

    @cached_property
    def is_settled(self) -> Callable[[State, Model], bool]:
        """The function that tells whether the scope of a state is still that of the instance; asked at each access."""
        raw, generation = self.selectors.raw, self.schemas.generation
        is_current = generation.is_current
        if len(self.selectors) != 1 or not self.selectors[0].is_plain_column:
            return lambda state, instance: raw(instance) == state.selected and is_current(state.scope.token)  # type: ignore[union-attr]
        (name,) = self.selectors.local_attnames

        def is_settled(state: Any, instance: Model) -> bool:
            """Do the same without a call, for the most usual case: one column decides."""
            return (
                instance.__dict__.get(name) == state.selected[0]
                and state.scope.token is generation.known
                and not pending_changes
                and monotonic() < generation.until
            )

        return is_settled

    # ---- the instance's columns that decide on its scope ----

    def columns_of(self, instance: Model) -> tuple[Any, ...]:
        """Return the values of the columns of the instance that its scope depends on."""
        own, names = instance.__dict__, self.selectors.local_attnames
        if len(names) == 1:
            return (own.get(names[0], _MISSING),)
        return tuple([own.get(name, _MISSING) for name in names])

    def has_moved(self, instance: Model, state: State) -> bool:
        """Tell whether the instance's own selector columns have changed since its document was read.

        Where a column was not known then (it comes after this field, or was deferred) the database is asked.
        """
        before, now = state.origin, self.columns_of(instance)
        if before is None or before == now:
            return False
        pairs = list(zip(self.selectors.local_attnames, before, now, strict=True))
        if any(old is not _MISSING and old != new for _, old, new in pairs):
            return True
        unknown = [name for name, old, new in pairs if old is _MISSING and new is not _MISSING]
        stored = self.model._base_manager.using(instance._state.db).filter(pk=instance.pk).values(*unknown).first()
        return stored is not None and any(stored[name] != instance.__dict__[name] for name in unknown)

    # ---- from and to the database ----

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Return the document of a stored text."""
        if expression.__class__ is Col and value.__class__ is str and not self.is_historical:
            return read(value)
        if self.is_historical:
            return value if value is None else read_exactly(value)
        if not isinstance(expression, Col):
            return super().from_db_value(value, expression, connection)
        return read("null" if value is None else dumps(value))

    def get_default(self) -> Any:
        """Return what stands for an omitted argument, so that saving the instance erases nothing."""
        return {} if self.is_historical else _OMITTED

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
        return writes.whole_text(obj.__dict__[self.attname])

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
            saving = self._saving(model_instance)
            # Without a signal before it and after it, nobody else will note that the insert was made.
            note = None if saving.using or saving.is_cleared else partial(self.written, model_instance, draft)
            return Whole(str(draft.text), saving.is_cleared, note)
        return Assignment(writes.merged(self, draft))

    def checked(self, instance: Model, is_insert: bool) -> Draft:
        """Return the draft of a save, noted so that its success can be. Raises AttributeValidationError."""
        saving = self._saving(instance)
        if saving.draft is not None and saving.is_insert == is_insert and self._is_still(saving, instance):
            return saving.draft
        draft = writes.insert_draft(self, instance) if is_insert else writes.update_draft(self, instance, saving.using)
        writes.with_references([(draft, instance)])
        if draft.problems:
            raise AttributeValidationError(self.name, draft.problems, instance)
        saving.draft, saving.is_insert = draft, is_insert
        saving.made_of = (instance.__dict__[self.attname], self.columns_of(instance))
        return draft

    def _is_still(self, saving: _Saving, instance: Model) -> bool:
        """Tell whether nothing has changed since a draft was made: a receiver of Django's pre_save may change it."""
        if saving.is_cleared:
            return True
        state = writes.with_edits(self, instance)
        return (
            saving.made_of is not None and state is saving.made_of[0] and self.columns_of(instance) == saving.made_of[1]
        )

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Return what the database is sent. Raises WriteRefused for whatever has not been checked."""
        if self.is_historical:
            return value if hasattr(value, "as_sql") else dumps({} if value is None else value)
        if value is _OMITTED:  # a migration adds the column
            return "{}"
        if value.__class__ is Whole:
            return value.text if value.is_cleared else _InsertedText(self, value)
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

    # ---- checking by full_clean ----

    def clean(self, value: Any, model_instance: Model | None) -> Any:
        """Check the attributes of an instance as saving it would. Raises ValidationError with an entry per problem."""
        if model_instance is None or self.is_historical:
            return value
        make = writes.insert_draft if model_instance._state.adding else writes.update_draft
        draft = make(self, model_instance)
        writes.with_references([(draft, model_instance)])
        if draft.problems:
            error = ValidationError(entries(draft.problems))
            error.problems = draft.problems
            raise error
        return value

    # ---- following saves ----

    def watch(self, cls: type[Model]) -> None:
        """Follow the saves of a class: of the field's own model, its proxies and those that inherit from it."""
        self.watched.add(cls)
        uid = f"jsonattrs_{self.name}"
        signals.pre_save.connect(self._on_pre_save, sender=cls, dispatch_uid=f"{uid}_before", weak=False)
        signals.post_save.connect(self._on_post_save, sender=cls, dispatch_uid=f"{uid}_after", weak=False)

    def _saving(self, instance: Model) -> _Saving:
        """Return what is noted of a save of an instance."""
        every: dict[str, _Saving] = instance._state.__dict__.setdefault(_SAVING, {})
        return every.setdefault(self.attname, _Saving())

    def is_raw(self, instance: Model) -> bool:
        """Tell whether the instance is being written as a fixture has it."""
        return self._saving(instance).is_raw

    def _on_pre_save(self, instance: Model, raw: bool, using: str, update_fields: Any = None, **_: Any) -> None:
        """Check before Django marks the transaction: what is raised later makes a transaction in progress unusable."""
        instance._state.__dict__.setdefault(_SAVING, {})[self.attname] = _Saving(using, raw)
        is_written = update_fields is None or self.name in update_fields or self.attname in update_fields
        if not raw and is_written and self.attname in instance.__dict__:
            # With a key that the program gave, only the database knows whether there is a row to update.
            is_insert = instance._state.adding and (instance.pk is None or instance._meta.pk.has_default())
            self.checked(instance, is_insert)

    def _on_post_save(self, instance: Model, raw: bool, using: str, **_: Any) -> None:
        saving = instance._state.__dict__.get(_SAVING, {}).pop(self.attname, None)
        if saving is None or self.attname not in instance.__dict__:
            return
        if raw:
            text = writes.whole_text(instance.__dict__[self.attname])
            instance.__dict__[self.attname] = State.stored(read(text), self.columns_of(instance))
        elif saving.draft is not None:
            writes.settled(self, instance, saving.draft, ticket(using))

    def written(self, instance: Model, draft: Draft, using: str) -> None:
        """Note that a bulk write has written a draft."""
        instance._state.__dict__.get(_SAVING, {}).pop(self.attname, None)
        writes.settled(self, instance, draft, ticket(using))

    def cleared(self, instance: Model, draft: Draft, is_insert: bool) -> None:
        """Note a draft for the bulk write that is to follow, so that it is not checked twice."""
        instance._state.__dict__.setdefault(_SAVING, {})[self.attname] = _Saving(None, False, draft, is_insert, True)

    def formfield(self, **kwargs: Any) -> None:
        """Return no form field: a form that knows nothing of schemas leaves the attributes as they are."""
        return

    def take_over(self, instance: Model, given: Attributes) -> None:
        """Assign the mapping of an instance: the same record's, freshly read, is taken over; another's is copied."""
        source, state = given._instance, given._state()
        if source is instance:
            return
        is_same_row = type(source) is type(instance) and source.pk == instance.pk and instance.pk is not None
        if is_same_row and state.is_stored and not state.changes and state.assigned is UNASSIGNED:
            instance._state.__dict__.pop("_jsonattrs_referred", None)
            instance.__dict__[self.attname] = State.stored(state.document, state.origin or ())
            return
        known = instance.__dict__.get(self.attname)
        instance.__dict__[self.attname] = (known or State(new_document())).with_assigned(dict(given))


class _InsertedText:
    """The document of an insert that has not been cleared: refuses to overwrite the document of another row."""

    __slots__ = ("_document", "_field")

    def __init__(self, field: JSONAttributeField, document: Whole) -> None:
        self._field = field
        self._document = document

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Compile to the text of the document."""
        refuse_overwriting(self._field, getattr(compiler.query, "update_fields", None) or ())
        if self._document.note is not None:
            self._document.note(connection.alias)
        return "%s", [self._document.text]


def refuse_overwriting(field: JSONAttributeField, update_fields: Iterable[Any]) -> None:
    """Raise WriteRefused where an insert would replace the document of a row that it conflicts with."""
    if field in update_fields:
        raise WriteRefused(
            f"bulk_create(update_conflicts=True) cannot update {field.model._meta.label}.{field.name}: it would "
            "overwrite values that the objects do not hold; leave it out of update_fields, and save or use "
            "update_attributes() for rows that exist"
        )
