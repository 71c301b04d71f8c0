"""What setting an attribute of many records means for each of them, found by looking and not by writing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.admin.utils import quote
from django.db import router
from django.urls import reverse
from django.utils.translation import get_language, gettext

from jsonattrs_core import render
from jsonattrs_django import writes
from jsonattrs_django.admin.records import introduce, with_scopes
from jsonattrs_django.forms.written import writer_of
from jsonattrs_django.pending import put
from jsonattrs_django.permissions import permitted
from jsonattrs_django.texts import label_of
from jsonattrs_django.uniqueness.conflicts import conflicts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.db.models import QuerySet

    from jsonattrs_core import Problem
    from jsonattrs_django.admin.bulk_offers import Offer

__all__ = ["Change", "Look", "Preview", "looks", "preview", "reasons_of", "refusal_of"]

#: Records that a preview looks at.
MOST = 2_000
#: Records that are looked at together.
_BATCH = 500
#: Refused records, and values before, that a preview shows.
SHOWN = 20


class Change(NamedTuple):
    """What is to be done: an attribute, its typed value, and the records that get it."""

    offer: Offer
    value: Any
    records: QuerySet[Any]


class Look(NamedTuple):
    """What the change means for one record."""

    record: Any
    before: str  #: the text of the value that it has
    is_same: bool  #: it has the value already
    reasons: list[str]  #: why it is refused
    is_forbidden: bool  #: because it is not for this user to change


class Refused(NamedTuple):
    """A record that is refused, as a page shows it."""

    text: str
    url: str
    reasons: list[str]


@dataclass
class Preview:
    """What a change means for the records that were looked at."""

    total: int  #: records that were selected
    looked_at: int = 0
    same: int = 0
    before: Counter[str] = field(default_factory=Counter)  #: of the records that change, by the text of their value
    refused: list[Refused] = field(default_factory=list)  #: some of them
    refused_keys: list[Any] = field(default_factory=list)  #: all of them

    @property
    def is_sample(self) -> bool:
        """Tell whether there are records that were not looked at."""
        return self.looked_at < self.total

    @property
    def changing(self) -> int:
        """How many of those that were looked at change."""
        return sum(self.before.values())

    @property
    def values_before(self) -> list[tuple[str, int]]:
        """The values that most have, and how many do."""
        return self.before.most_common(SHOWN)

    @property
    def other_values(self) -> int:
        """How many records have values besides."""
        return self.changing - sum(count for _, count in self.values_before)

    @property
    def more_refused(self) -> int:
        """How many are refused besides those that are shown."""
        return len(self.refused_keys) - len(self.refused)


def preview(change: Change, model_admin: Any, request: Any) -> Preview:
    """Look at the records, the first thousands of many, and return what would happen to them."""
    found = Preview(total=change.records.count())
    for look in looks(change, model_admin, request, most=MOST):
        found.looked_at += 1
        if look.reasons:
            found.refused_keys.append(look.record.pk)
            if len(found.refused) < SHOWN:
                found.refused.append(refusal_of(model_admin, look.record, look.reasons))
        elif look.is_same:
            found.same += 1
        else:
            found.before[look.before] += 1
    return found


def refusal_of(model_admin: Any, record: Any, reasons: list[str]) -> Refused:
    """Return what a page shows of a record that is refused."""
    options = model_admin.opts
    name = f"admin:{options.app_label}_{options.model_name}_change"
    url = reverse(name, args=[quote(record.pk)], current_app=model_admin.admin_site.name)
    return Refused(str(record), url, reasons)


def looks(change: Change, model_admin: Any, request: Any, most: int | None = None) -> Iterator[Look]:
    """Look at the records in the order of their keys. Nothing is written; each is checked as a save would check it."""
    ordered = with_scopes(change.records).order_by("pk")
    last: Any = None
    left = most
    while left is None or left > 0:
        size = _BATCH if left is None else min(left, _BATCH)
        batch = list((ordered if last is None else ordered.filter(pk__gt=last))[:size])
        if not batch:
            return
        yield from _looks(change, model_admin, request, batch)
        last = batch[-1].pk
        left = None if left is None else left - len(batch)


def _looks(change: Change, model_admin: Any, request: Any, batch: Sequence[Any]) -> Iterator[Look]:
    target, name = change.offer.field, change.offer.name
    introduce(change.records.model, batch)
    before = [_held(change, record) for record in batch]
    for record in batch:
        put(target, record, {name: change.value})
    drafts = [(writes.update_draft(target, record), record) for record in batch]
    writes.with_references(drafts)
    using = router.db_for_write(change.records.model)
    conflicts = (
        conflicts_of(target, using, drafts, mends=False) if any(draft.every_claim for draft, _ in drafts) else {}
    )
    for place, (draft, record) in enumerate(drafts):
        is_forbidden = not model_admin.has_change_permission(request, record)
        reasons = reasons_of([*draft.problems, *conflicts.get(place, ())], request.user, change, record)
        if is_forbidden:
            reasons = [gettext("You may not change this record.")]
        value, text = before[place]
        yield Look(record, text, value == draft.clean.get(name, change.value), reasons, is_forbidden)


def _held(change: Change, record: Any) -> tuple[Any, str]:
    """Return the typed value that a record has, and its text; the text is empty where there is no such attribute."""
    target, name = change.offer.field, change.offer.name
    attributes, scope = getattr(record, target.attname), target.scope_of(record)
    text = writer_of(scope, name)(attributes.get(name)) if name in scope.schema else ""
    return dict.get(attributes, name), text


def reasons_of(problems: Iterable[Problem], user: Any, change: Change, record: Any) -> list[str]:
    """Return why a record is refused, naming the attributes that the user may see."""
    return [_said(problem, user, change, record) for problem in problems]


def _said(problem: Problem, user: Any, change: Change, record: Any) -> str:
    target = change.offer.field
    schema, text = target.scope_of(record).schema, render(problem, get_language())
    name = str(problem.path[0]) if problem.path else change.offer.name
    if name == change.offer.name or name not in schema:
        return text
    if name not in permitted(user, "view", target, {name: schema[name]}):
        return gettext("An attribute that you cannot see here is refused: %(text)s") % {"text": text}
    return gettext("%(label)s: %(text)s") % {"label": label_of(schema[name], schema.default_language), "text": text}
