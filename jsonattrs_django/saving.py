"""How an attribute field follows the saves of instances: checked before, and noted when they have succeeded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import signals

from jsonattrs_django import reading, sending, writes
from jsonattrs_django.documents import read
from jsonattrs_django.errors import AttributeValidationError
from jsonattrs_django.scoping import ScopedField
from jsonattrs_django.state import State
from jsonattrs_django.transactions import ticket
from jsonattrs_django.uniqueness.conflicts import demand_unique, is_asked_first
from jsonattrs_django.uniqueness.moves import claim_ahead, demand_free, move, moves

if TYPE_CHECKING:
    from django.db.models import Model

    from jsonattrs_django.drafts import Draft

__all__ = ["SavedField", "Saving"]

#: Where an instance's state notes, by field, what is being saved, while it is.
_SAVING = "_jsonattrs_saving"


@dataclass(slots=True)
class Saving:
    """A save in progress."""

    using: str | None = None  #: the database, where it is known
    is_raw: bool = False  #: a fixture is being loaded
    draft: Draft | None = None  #: what is written
    is_insert: bool = False  #: the draft is that of an insert
    is_cleared: bool = False  #: the draft was checked by a bulk write, together with others
    made_of: tuple[Any, ...] | None = None  #: the state and the columns that the draft was made of
    columns: frozenset[str] | None = None  #: names of the fields that are written, None for all or where nobody says

    def __reduce__(self) -> tuple[Any, ...]:
        return Saving, ()  # of a save that failed: another process goes on with none of it


class SavedField(ScopedField):
    """What an attribute field knows of saves.

    It has receivers for the signals of its own model, its proxies and those that inherit from it, as an ImageField has.
    """

    name: str
    watched: set[type[Model]]  #: classes of instances whose saves are followed

    def watch(self, cls: type[Model]) -> None:
        """Follow the saves of a class."""
        self.watched.add(cls)
        uid = f"jsonattrs_{self.name}"
        signals.pre_save.connect(self._on_pre_save, sender=cls, dispatch_uid=f"{uid}_before", weak=False)
        signals.post_save.connect(self._on_post_save, sender=cls, dispatch_uid=f"{uid}_after", weak=False)

    def saving(self, instance: Model) -> Saving:
        """Return what is noted of a save of an instance."""
        every: dict[str, Saving] = instance._state.__dict__.setdefault(_SAVING, {})
        return every.setdefault(self.attname, Saving())

    def checked(self, instance: Model, is_insert: bool) -> Draft:
        """Return the draft of a save, noted so that its success can be. Raises AttributeValidationError."""
        saving = self.saving(instance)
        if saving.draft is not None and saving.is_insert == is_insert and self._is_still(saving, instance):
            return saving.draft
        field: Any = self
        draft = (
            writes.insert_draft(field, instance)
            if is_insert
            else writes.update_draft(field, instance, saving.using, saving.columns)
        )
        writes.with_references([(draft, instance)])
        if draft.problems:
            raise AttributeValidationError(self.name, draft.problems, instance)
        # Of a bulk write by a manager that is not ours the database is not known; what is given up is asked for now.
        using = saving.using or (instance._state.db if draft.followed else None)
        if using is not None and is_asked_first(field, using, instance, draft):
            demand_unique(field, using, [(draft, instance)])
        draft.is_asked = using is not None
        saving.draft, saving.is_insert = draft, is_insert
        saving.made_of = (instance.__dict__[self.attname], self.columns_of(instance))
        return draft

    def _is_still(self, saving: Saving, instance: Model) -> bool:
        """Tell whether nothing has changed since a draft was made: a receiver of Django's pre_save may change it."""
        if saving.is_cleared:
            return True
        field: Any = self
        state = reading.with_edits(field, instance)
        made_of = saving.made_of
        return made_of is not None and state is made_of[0] and self.columns_of(instance) == made_of[1]

    def _on_pre_save(self, instance: Model, raw: bool, using: str, update_fields: Any = None, **_: Any) -> None:
        """Check before Django marks the transaction: what is raised later makes a transaction in progress unusable."""
        columns = None if update_fields is None else frozenset(update_fields)
        instance._state.__dict__.setdefault(_SAVING, {})[self.attname] = Saving(using, raw, columns=columns)
        is_written = update_fields is None or self.name in update_fields or self.attname in update_fields
        if not raw and is_written and self.attname in instance.__dict__:
            # With a key that the program gave, only the database knows whether there is a row to update.
            is_insert = instance._state.adding and (instance.pk is None or instance._meta.pk.has_default())
            self.checked(instance, is_insert)
        elif not raw and (columns is not None or not instance._state.adding) and moves(self, columns):
            claim_ahead(self, using, demand_free(self, using, [instance]))

    def _on_post_save(self, instance: Model, raw: bool, using: str, **_: Any) -> None:
        saving = instance._state.__dict__.get(_SAVING, {}).pop(self.attname, None)
        field: Any = self
        if saving is not None and not raw and saving.draft is None and self.selectors.are_among(saving.columns):
            if moves(field, saving.columns):
                move(field, using, [instance.pk])
            sending.moved(field, instance, saving.columns, ticket(using))
        if saving is None or self.attname not in instance.__dict__:
            return
        if raw:
            text = sending.whole_text(instance.__dict__[self.attname])
            instance.__dict__[self.attname] = State.stored(read(text), self.columns_of(instance))
        elif saving.draft is not None:
            sending.settled(field, instance, saving.draft, ticket(using))

    def cleared(self, instance: Model, draft: Draft, is_insert: bool) -> None:
        """Note a draft for the bulk write that is to follow, so that it is not checked twice."""
        instance._state.__dict__.setdefault(_SAVING, {})[self.attname] = Saving(None, False, draft, is_insert, True)

    def let_go(self, instance: Model) -> None:
        """Forget a bulk write that is over, be it that it failed."""
        instance._state.__dict__.get(_SAVING, {}).pop(self.attname, None)

    def written(self, instance: Model, draft: Draft, using: str) -> None:
        """Note that a bulk write has written a draft."""
        instance._state.__dict__.get(_SAVING, {}).pop(self.attname, None)
        field: Any = self
        sending.settled(field, instance, draft, ticket(using))

    def moved(self, instance: Model, columns: frozenset[str], using: str) -> None:
        """Note that a bulk write has written columns, and not the attributes."""
        field: Any = self
        sending.moved(field, instance, columns, ticket(using))
