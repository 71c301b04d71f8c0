"""The draft of one scope's schema: what it says, what it stands on, and edits of it."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone

from jsonattrs_core import ComposedSchema, Schema, SchemaError, compose
from jsonattrs_django.models import DraftRecord
from jsonattrs_django.models.binding import title_of
from jsonattrs_django.planning.published import Published, definition_in, key_of, put_into, standing_for
from jsonattrs_django.schemas.generation import schema_database
from jsonattrs_django.selectors import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.models import SchemaRecord
    from jsonattrs_django.selectors import Texts

__all__ = ["Draft", "DraftChanged", "key_of", "open_draft", "standing_for"]


class DraftChanged(Exception):
    """Somebody has saved the draft since it was opened."""


def open_draft(field: JSONAttributeField, texts: Texts) -> Draft:
    """Return the draft of a scope: what was edited of its schema, or else the schema as it is published, or a new one.

    ``texts`` are those of the selector values, None for any.
    """
    alias = schema_database()
    kind = ContentType.objects.db_manager(alias).get_for_model(field.model)
    rows = DraftRecord.objects.using(alias)
    row = rows.filter(content_type=kind, field=field.name, digest=digest(texts)).first()
    return Draft(field, texts, field.schemas.records(alias).filter(digest=digest(texts)).first(), row)


class Draft(Published):
    """What is edited of one scope's schema.

    The methods that edit change ``document`` alone; ``save`` keeps it.
    """

    def __init__(
        self, field: JSONAttributeField, texts: Texts, record: SchemaRecord | None, row: DraftRecord | None
    ) -> None:
        super().__init__(field, texts, record)
        self.row = row  #: what is kept of the draft, None where nothing has been edited
        self.site = "admin"  #: the name of the admin site in which it is edited
        self.document: dict[str, Any] = row.document if row is not None else self._beginning()

    def _beginning(self) -> dict[str, Any]:
        if self.published_document is not None:
            return deepcopy(self.published_document)
        language = self.general[-1].default_language if self.general else "en"
        return Schema(title_of(self.field, self.texts), default_language=language).to_document()

    # ---- what it says ----

    @property
    def schema(self) -> Schema:
        """The schema that the draft describes. Raises SchemaError where it cannot be read."""
        return Schema.from_document(self.document)

    def composed(self) -> ComposedSchema:
        """Return what the draft makes of what it inherits.

        Raises SchemaError where it cannot be read, and where it changes what a more general schema has locked.
        """
        return compose(*self.general, self.schema)

    @property
    def definitions(self) -> list[dict[str, Any]]:
        """What the draft says about attributes, in its order: one document for each, with ``key``."""
        found: list[dict[str, Any]] = self.document.setdefault("attributes", [])
        return found

    def definition(self, key: str) -> dict[str, Any] | None:
        """Return what the draft says about one attribute, None where it says nothing."""
        found: dict[str, Any] | None = definition_in(self.definitions, key)
        return found

    @property
    def is_changed(self) -> bool:
        """Tell whether publishing would change anything."""
        if self.published_document is None:
            return self.row is not None
        return self._normal(self.document) != self._normal(self.published_document)

    def _normal(self, document: dict[str, Any]) -> dict[str, Any]:
        """Return a document as it would be written, so that two that say the same are equal."""
        try:
            return Schema.from_document(document).to_document()
        except SchemaError:
            return document

    @property
    def is_outdated(self) -> bool:
        """Tell whether the published schema has changed since the draft was begun."""
        return self.row is not None and self.row.base != self.base

    # ---- edits ----

    def put(self, definition: Mapping[str, Any]) -> None:
        """Put what is said about one attribute in the place of what was; of another one, at the end."""
        put_into(self.definitions, definition)

    def omit(self, key: str) -> None:
        """Leave an inherited attribute out of this scope, and drop what was changed about it here."""
        self.put({"key": key, "omit": True})

    def remove_override(self, key: str) -> None:
        """Take away what is said about one attribute: an inherited one is as it is inherited again, a new one is gone.

        One that is published here and nowhere above is retired by publishing without it: its values stay.
        """
        self.definitions[:] = [each for each in self.definitions if key_of(each) != key]

    def set_status(self, key: str, status: str) -> None:
        """Say which state an attribute is in: draft, active, deprecated or retired."""
        definition = dict(self.definition(key) or {"key": key})
        definition["status"] = status
        if status == "active" and key not in self.inherited_keys:
            del definition["status"]
        self.put(definition)

    def set_default_language(self, language: str) -> None:
        """Say in which language the plain texts are, from now on; those that there are stay in theirs."""
        before = str(self.document.get("default_language") or "en")
        if language == before:
            return
        for definition in self.definitions:
            for texts in (definition, *(each for each in definition.get("choices") or () if isinstance(each, dict))):
                _say_language(texts, ("label", "help_text"), before)
        for rule in self.document.get("rules") or ():
            _say_language(rule, ("message",), before)
        self.document["default_language"] = language

    @property
    def own(self) -> list[dict[str, Any]]:
        """What the draft says about attributes that no more general schema defines, in the order that forms have."""
        own = [each for each in self.definitions if key_of(each) not in self.inherited_keys]
        return sorted(own, key=order_of)

    def move(self, key: str, place: int) -> None:
        """Move one of the own attributes to a place among them, counted from 0; beyond the ends it is the end.

        The places themselves stay as they are, also those that ``order`` puts among inherited attributes.
        """
        own = self.own
        orders = [each.get("order") for each in own]
        moved = next((each for each in own if key_of(each) == key), None)
        if moved is None:
            return
        own.remove(moved)
        own.insert(max(0, min(place, len(own))), moved)
        for definition, order in zip(own, orders, strict=True):
            definition.pop("order", None)
            if order is not None:
                definition["order"] = order
        rest = iter(own)
        self.definitions[:] = [each if key_of(each) in self.inherited_keys else next(rest) for each in self.definitions]

    # ---- keeping it ----

    def save(self, user: Any) -> None:
        """Keep the draft; one that says what is published is not kept. Raises DraftChanged."""
        if not self.is_changed and self.published is not None:
            self.discard()
            return
        said = {
            "document": self.document,
            "edited_by": "" if user is None else str(user.get_username())[:254],
            "edited_at": timezone.now(),
        }
        if self.row is None:
            self.row = self._inserted(said)
        else:
            said["version"] = self.row.version + 1
            if not self._rows().filter(version=self.row.version).update(**said):
                raise DraftChanged
            for name, value in said.items():
                setattr(self.row, name, value)

    def _inserted(self, said: Mapping[str, Any]) -> DraftRecord:
        alias = schema_database()
        kind = ContentType.objects.db_manager(alias).get_for_model(self.field.model)
        scope = {"content_type": kind, "field": self.field.name, "digest": digest(self.texts)}
        row = DraftRecord(**scope, texts=list(self.texts), base=self.base, **said)
        try:
            with transaction.atomic(using=alias):
                row.save(using=alias, force_insert=True)
        except IntegrityError as error:
            raise DraftChanged from error
        return row

    def discard(self) -> None:
        """Let go of what was edited. Raises DraftChanged where somebody has edited it since."""
        if self.row is not None and not self._rows().filter(version=self.row.version).delete()[0]:
            raise DraftChanged
        self.row = None
        self.document = self._beginning()

    def _rows(self) -> Any:
        return DraftRecord.objects.using(schema_database()).filter(pk=self.row.pk if self.row else None)


def _say_language(holder: dict[str, Any], names: tuple[str, ...], language: str) -> None:
    """Write plain texts with the language that they are in."""
    for name in names:
        if isinstance(holder.get(name), str):
            holder[name] = {language: holder[name]}


def order_of(definition: Mapping[str, Any]) -> float:
    """Return the number by which composed attributes are sorted."""
    order = definition.get("order")
    return order if isinstance(order, int | float) and order == order else 0
