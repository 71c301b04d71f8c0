"""What a change of a schema means for the records there are, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonattrs_django.planning.impact import Impact

if TYPE_CHECKING:
    from jsonattrs_django.planning.change import PlannedChange
    from jsonattrs_django.planning.impact import Effect

__all__ = ["impact_of"]

_COUNTS = ("holders", "misfits", "looked_at", "candidates", "becomes_unique", "sharing")
_COUNTS_OF_RULES = ("misfits", "looked_at", "candidates")


def impact_of(change: PlannedChange) -> dict[str, Any]:
    """Return how many records a change is about, and for each attribute that changes how many would not fit.

    Records are counted, and never named: who edits a schema may not be allowed to see them.
    """
    impact = Impact(change)
    broken = impact.broken_rules
    return {
        "records": impact.records,
        "attributes": [_effect(impact, each) for each in impact.effects],
        "rules": None if broken is None else {name: getattr(broken, name) for name in _COUNTS_OF_RULES},
    }


def _effect(impact: Impact, effect: Effect) -> dict[str, Any]:
    attribute = impact.after.get(effect.key) or impact.before[effect.key]
    counts = {name: getattr(effect, name) for name in _COUNTS}
    texts = [text for text in (effect.held, effect.fit, effect.shared) if text]
    return {"key": effect.key, "name": str(attribute.name), "kind": effect.kind, **counts, "texts": texts}
