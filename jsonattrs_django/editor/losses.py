"""What would not work any more once an attribute is gone, in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jsonattrs_core import UNSET, Attribute, JSONAttrsError, Schema, applicable, compose, text_in
from jsonattrs_django.editor.access import address
from jsonattrs_django.planning.change import planned_publishing
from jsonattrs_django.planning.dropped import newly_dropped
from jsonattrs_django.planning.faults import may_edit_scope
from jsonattrs_django.planning.names import Names
from jsonattrs_django.texts import label_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonattrs_core import ComposedSchema
    from jsonattrs_core.composition import Dropped
    from jsonattrs_django.editor.drafts import Draft
    from jsonattrs_django.planning.change import PlannedChange
    from jsonattrs_django.selectors import Texts

__all__ = ["Losses", "loss_told", "losses_of", "losses_of_draft", "losses_without"]

#: Narrower scopes that are named; the rest is counted.
_NAMED = 20


@dataclass(frozen=True)
class NarrowerLoss:
    """What would not work any more in a narrower scope."""

    parts: list[tuple[str, str]]  #: the scope in words: selectors and values
    url: str
    texts: list[str]

    def __str__(self) -> str:
        scope = ", ".join(f"{name} {value}" for name, value in self.parts)
        return f"{scope}: {' '.join(self.texts)}"


@dataclass
class Losses:
    """Everything that would not work any more."""

    own: list[str] = field(default_factory=list)
    narrower: list[NarrowerLoss] = field(default_factory=list)
    more: int = 0  #: narrower scopes that are not named: there are many, or the user may not edit them

    def __bool__(self) -> bool:
        return bool(self.own or self.narrower or self.more)


def losses_of(change: PlannedChange, user: Any, site: str) -> Losses:
    """Return what would not work any more after a change, without a word of scopes that the user may not edit.

    ``site`` is the name of the admin site of the pages that are named.
    """
    return _losses(change, change.every, change.planned, user, site)


def losses_of_draft(draft: Draft, user: Any, key: str) -> Losses:
    """Return what would not work any more if a draft were published, since the attribute of a key would be gone."""
    try:
        change = planned_publishing(draft, draft.schema)
    except JSONAttrsError:  # it can be no schema, which its page says
        return Losses()
    return _losses(change, change.every, change.planned, user, draft.site, key)


def losses_without(draft: Draft, user: Any, key: str) -> Losses:
    """Return what would not work any more if one attribute were gone from a draft as it is."""
    definitions = [each for each in draft.document.get("attributes", []) if each.get("key") != key]
    said = draft.definition(key) or {"key": key}
    document = {**draft.document, "attributes": [*definitions, {**said, "status": "retired"}]}
    try:
        change = planned_publishing(draft, draft.schema)
        after = {**change.planned, draft.texts: Schema.from_document(document)}
    except JSONAttrsError:
        return Losses()
    return _losses(change, change.planned, after, user, draft.site, key)


def _losses(
    change: PlannedChange,
    before: Mapping[Texts, Schema],
    after: Mapping[Texts, Schema],
    user: Any,
    site: str,
    key: str | None = None,
) -> Losses:
    found = {
        texts: [each for each in dropped if key in (None, each.key)]
        for texts, dropped in newly_dropped(before, after, change.texts).items()
    }
    own = found.pop(change.texts, [])
    below = [texts for texts, dropped in found.items() if dropped]
    named = [texts for texts in below if may_edit_scope(user, change.field, texts)][:_NAMED]
    names = Names(change.field, named)

    def told(texts: Texts, dropped: list[Dropped]) -> list[str]:
        return list(dict.fromkeys(loss_told(each, compose(*applicable(before, texts))) for each in dropped))

    narrower = [
        NarrowerLoss(names.parts(texts), address("schema", change.field, texts, site), told(texts, found[texts]))
        for texts in named
    ]
    return Losses(told(change.texts, own), narrower, len(below) - len(named))


def loss_told(dropped: Dropped, composed: ComposedSchema) -> str:
    """Return what becomes of something that is dropped, in a sentence."""
    sentences = {
        "visible_if": _("“%(what)s” is never shown any more: it is shown only if a condition on “%(gone)s” holds."),
        "required_if": _(
            "“%(what)s” is not required any more: it is required only if a condition on “%(gone)s” holds."
        ),
        "rule": _("The rule “%(what)s” is not checked any more: it asks about “%(gone)s”."),
        "unique_together": _("%(what)s are not unique together any more: “%(gone)s” is one of them."),
    }
    labels = {str(each.key): label_of(each, composed.default_language) for each in composed.values()}
    gone = labels.get(dropped.key) or _former_label(dropped, composed)
    return sentences[dropped.part] % {"what": _what(dropped, composed, labels), "gone": gone}


def _former_label(dropped: Dropped, composed: ComposedSchema) -> str:
    """Return what an attribute that is gone was called."""
    said = [each for schema in composed.schemas for each in schema.attributes if (each.key or each.name) == dropped.key]
    label = next((each.label for each in reversed(said) if each.label), None)
    return label_of(Attribute(dropped.name, label=label or UNSET), composed.default_language)


def _what(dropped: Dropped, composed: ComposedSchema, labels: Mapping[str, str]) -> str:
    if dropped.about:
        return labels.get(dropped.about, dropped.about)
    if dropped.part == "rule":
        rule = next((each for each in composed.rules if each.expression == dropped.said), None)
        message = None if rule is None else text_in(rule.message, get_language(), composed.default_language)
        return message or dropped.said
    by_name = {name: label_of(each, composed.default_language) for name, each in composed.items()}
    return ", ".join(by_name.get(name, name) for name in dropped.said.split(", "))
