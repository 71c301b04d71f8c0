"""The attributes of a draft as its page lists them: those of the scope's own, and what it makes of inherited ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from jsonattrs_django.editor.drafts import key_of
from jsonattrs_django.editor.words import label_in, status_title, type_title
from jsonattrs_django.models import UniquenessRecord
from jsonattrs_django.schemas.generation import schema_database

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonattrs_django.editor.drafts import Draft

__all__ = ["Listing", "Row"]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One attribute."""

    key: str
    name: str
    label: str
    type: str  #: in words
    place: int = 0  #: among the own ones, from 0
    is_required: bool = False
    status: str = "active"
    news: str = ""  #: "new" or "changed" against what is published, nothing where it is the same
    origin: str = ""  #: of an inherited one, the name of the schema that defines it
    state: str = ""  #: of an inherited one: "inherited", "changed" here or "omitted" here
    is_locked: bool = False
    unique: str = ""  #: how far uniqueness is, in words

    @property
    def status_title(self) -> str:
        """The state of its life in words, nothing where it is in use as usual."""
        return "" if self.status == "active" else status_title(self.status)


class Listing:
    """What the page of a draft lists."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._language = str(draft.document.get("default_language") or "en")
        published = draft.published_document or {"attributes": []}
        self._published = {key_of(definition): definition for definition in published["attributes"]}

    @property
    def own(self) -> list[Row]:
        """The attributes that no more general schema defines, in order."""
        return [
            self._row(definition, definition, place=place, news=self._news(definition))
            for place, definition in enumerate(self._draft.own)
        ]

    @property
    def inherited(self) -> list[Row]:
        """The attributes of more general schemas, in their order; at the end those that are gone there."""
        shown = {str(attribute.key): attribute for attribute in self._draft.inherited_attributes.values()}
        changed = {key_of(each): each for each in self._draft.definitions if key_of(each) in self._draft.inherited_keys}
        keys = [*shown, *(key for key in changed if key not in shown)]
        return [self._inherited_row(key, shown.get(key), changed.get(key)) for key in keys]

    def _inherited_row(self, key: str, attribute: Any, changes: dict[str, Any] | None) -> Row:
        below = {} if attribute is None else dict(attribute.given)
        origin = next((each.name for each in reversed(self._draft.general) if _defines(each, key)), "")
        state = "inherited" if changes is None else "omitted" if changes.get("omit") else "changed"
        said = {**below, **{name: value for name, value in (changes or {}).items() if name not in ("name", "label")}}
        return self._row(
            {"key": key, **said},
            changes or {},
            origin=origin,
            state=state,
            is_locked=bool(below.get("locked")),
            news="" if changes is None else self._news(changes),
        )

    def _row(self, said: Mapping[str, Any], own: Mapping[str, Any], **more: Any) -> Row:
        key = key_of(said)
        return Row(
            key=key,
            name=str(said.get("name") or key),
            label=label_in({**said, **({"label": own["label"]} if own.get("label") else {})}, self._language),
            type=type_title(said),
            is_required=bool(said.get("required")),
            status=str(said.get("status") or "active"),
            unique=self._uniqueness.get(key, _("unique, not enforced yet")) if said.get("unique") else "",
            **more,
        )

    def _news(self, definition: Mapping[str, Any]) -> str:
        before = self._published.get(key_of(definition))
        return "new" if before is None else "changed" if before != definition else ""

    @cached_property
    def _uniqueness(self) -> dict[str, str]:
        """How far uniqueness is, in words, by key; in the least advanced of the databases."""
        kind = ContentType.objects.db_manager(schema_database()).get_for_model(self._draft.field.model)
        rows = UniquenessRecord.objects.using(schema_database()).filter(content_type=kind, field=self._draft.field.name)
        building = {row.keys for row in rows if row.state == row.BUILDING}
        enforced, not_yet = _("unique, enforced"), _("unique, being built")
        return {row.keys: not_yet if row.keys in building else enforced for row in rows}


def _defines(schema: Any, key: str) -> bool:
    return any(str(each.key or each.name) == key and each.type for each in schema.attributes)
