"""Publishing a draft, and retiring and restoring whole schemas: what would happen, and making it happen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db import transaction
from django.utils import translation
from django.utils.formats import number_format

from jsonattrs_core import JSONAttrsError
from jsonattrs_django.editor.differences import AttributeDifference, Differences
from jsonattrs_django.editor.faults import Faults, fault_texts, faults_of
from jsonattrs_django.editor.links import links_of
from jsonattrs_django.editor.losses import Losses, losses_of
from jsonattrs_django.editor.words import property_title
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.planning.change import planned_publishing, planned_retiring
from jsonattrs_django.planning.impact import Effect, Impact
from jsonattrs_django.schemas.generation import schema_database
from jsonattrs_django.texts import label_of

if TYPE_CHECKING:
    from django.contrib.admin.sites import AdminSite
    from django.http import HttpRequest

    from jsonattrs_core import ComposedSchema, Schema
    from jsonattrs_django.editor.drafts import Draft
    from jsonattrs_django.planning.change import PlannedChange

__all__ = ["Review", "lost_with", "publish", "review_of_publishing", "review_of_retiring", "set_retired"]


@dataclass
class Reviewed:
    """One attribute in a review: what is said otherwise about it, and what that means."""

    key: str
    label: str
    difference: AttributeDifference | None
    effect: Effect | None
    examples: list[tuple[str, str]]  #: records that would not fit: their names, and the addresses of their pages

    @property
    def has_unnamed(self) -> bool:
        """Tell whether there are records that would not fit, and none that is named."""
        return self.effect is not None and bool(self.effect.misfits) and not self.examples

    @property
    def kind(self) -> str:
        """What happens to it, in one word, for the page's style."""
        return "" if self.difference is None else self.difference.kind.replace(" ", "-")


class Review:
    """What a change would do, as people read it before they make it."""

    def __init__(self, change: PlannedChange, faults: Faults, request: HttpRequest, site: AdminSite) -> None:
        self.faults = faults
        self._change = change
        self._request = request
        self._site = site

    @cached_property
    def differences(self) -> Differences:
        """What would be said otherwise than it is now."""
        now = self._change.now
        before = None if now.is_retired else now.published
        return Differences(before, self._change.after, None if self.faults.own else self._words)

    @property
    def _words(self) -> ComposedSchema:
        """The composed schema that says what the attributes are which are changed."""
        return self._change.composed_before if self._change.after is None else self._change.composed_after

    @cached_property
    def impact(self) -> Impact | None:
        """What it would mean for the records, None where there are faults: then it cannot be."""
        return None if self.faults.own else Impact(self._change)

    @cached_property
    def losses(self) -> Losses:
        """What would not work any more, since it asks about an attribute that would be gone."""
        return Losses() if self.faults.own else losses_of(self._change, self._request.user, self._site.name)

    @cached_property
    def broken_rules(self) -> Effect | None:
        """How many records would break rules that are new, None where there are none."""
        return None if self.impact is None else self.impact.broken_rules

    @cached_property
    def rule_links(self) -> list[tuple[str, str]]:
        """The names and addresses of some records that would break rules."""
        return [] if self.broken_rules is None else self._links(self.broken_rules)

    @cached_property
    def attributes(self) -> list[Reviewed]:
        """Each attribute of which something would be said otherwise, or that records would come by or lose."""
        said = {each.key: each for each in self.differences.attributes}
        effects = {} if self.impact is None else {effect.key: effect for effect in self.impact.effects}
        return [self._reviewed(key, said.get(key), effects.get(key)) for key in dict.fromkeys([*said, *effects])]

    def _reviewed(self, key: str, difference: AttributeDifference | None, effect: Effect | None) -> Reviewed:
        label = self._label(key) or (key if difference is None else difference.label)
        links = [] if effect is None else self._links(effect)
        return Reviewed(key, label, difference, effect, links)

    def _label(self, key: str) -> str:
        """Return what an attribute would be called, or of one that is gone, was; nothing where it is never seen."""
        impact = self.impact
        attribute = None if impact is None else impact.after.get(key) or impact.before.get(key)
        return "" if attribute is None else label_of(attribute, self._change.composed_after.default_language)

    @property
    def records_shown(self) -> str:
        """How many records there are in the scope, as people write numbers."""
        return "" if self.impact is None else number_format(self.impact.records, force_grouping=True)

    def _links(self, effect: Effect) -> list[tuple[str, str]]:
        """Return the names and addresses of the records that an effect names, of those that the user may see."""
        return links_of(self._change.field.model, effect.examples, self._request, self._site)


# ---- what would happen ----


def review_of_publishing(draft: Draft, request: HttpRequest, site: AdminSite) -> Review | list[str]:
    """Return what publishing a draft would do; of one that can be no schema, what is wrong with it."""
    try:
        change = planned_publishing(draft, draft.schema)
    except JSONAttrsError as error:
        return fault_texts(error)
    return Review(change, faults_of(change, request.user, site.name), request, site)


def review_of_retiring(draft: Draft, request: HttpRequest, site: AdminSite) -> Review:
    """Return what retiring the schema of a scope would do; of a retired one, what restoring it would."""
    change = planned_retiring(draft, restore=draft.is_retired)
    return Review(change, faults_of(change, request.user, site.name), request, site)


def lost_with(draft: Draft) -> Differences | None:
    """Return what is lost with a draft that is discarded, None where that cannot be told."""
    try:
        return Differences(draft.published, draft.schema)
    except JSONAttrsError:  # it can be no schema; its page says why
        return None


# ---- making it happen ----


def publish(draft: Draft, user: Any) -> SchemaRecord:
    """Make a draft the schema of its scope, and note in the admin's log which attributes have changed.

    Raises SchemaError, PluginError and PermissionDenied as ``SchemaRecord.objects.define`` does, and DraftChanged.
    """
    field, before = draft.field, None if draft.is_retired else draft.published
    with transaction.atomic(using=schema_database()):
        record = SchemaRecord.objects.define(
            field.model,
            selectors=field.selectors.values(draft.texts),
            field=field.name,
            schema=draft.schema,
            user=user,
        )
        is_new = draft.record is None
        draft.discard()
        _log(user, record, ADDITION if is_new else CHANGE, _said_of_changes(Differences(before, record.schema)))
    return record


def set_retired(draft: Draft, record: SchemaRecord, user: Any, *, retired: bool) -> None:
    """Retire the schema of a scope, or restore it, and note in the admin's log which attributes that is about.

    Raises SchemaError where a narrower scope would not compose any more, and PermissionDenied.
    """
    with transaction.atomic(using=schema_database()):
        SchemaRecord.objects.set_retired([record], retired, user)
        after: Schema | None = None if retired else draft.published
        differences = Differences(draft.published if retired else None, after)
        said = {"name": "schema", "object": str(record), "fields": ["retired" if retired else "restored"]}
        _log(user, record, CHANGE, [{"changed": said}, *_said_of_changes(differences)])


def _said_of_changes(differences: Differences) -> list[dict[str, Any]]:
    """Return what is noted of the changes of attributes: in no language, since the admin translates it for readers."""
    with translation.override(None):
        said = [_noted(each) for each in differences.attributes]
        whole = [change.title for change in (*differences.schema, *differences.rules)]
    if differences.is_reordered:
        whole.append("order")
    return [*said, *([{"changed": {"fields": [*dict.fromkeys(whole)]}}] if whole else [])]


def _noted(difference: AttributeDifference) -> dict[str, Any]:
    """Return what is noted about one attribute: what happened to it, or which of its properties have changed."""
    about = {"name": "attribute", "object": f"{difference.label} ({difference.key})"}
    if difference.kind == "added":
        return {"added": about}
    fields = [property_title(name) for name in difference.names] if difference.kind == "changed" else [difference.kind]
    return {"changed": {**about, "fields": fields}}


def _log(user: Any, record: SchemaRecord, action: int, said: list[dict[str, Any]]) -> None:
    LogEntry.objects.log_actions(user.pk, [record], action, change_message=said)
