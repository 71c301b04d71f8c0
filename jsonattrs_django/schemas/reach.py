"""Which scopes there are: the tuples that schemas are bound to, and what entities can combine of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonattrs_django.selectors import Texts

__all__ = ["generalises", "reached"]


def generalises(general: Texts, special: Texts) -> bool:
    """Tell whether a schema bound to ``general`` applies wherever one bound to ``special`` does."""
    return all(one in (None, other) for one, other in zip(general, special, strict=True))


def reached(bound: Iterable[Texts], partial: Texts) -> list[Texts]:
    """Return the tuple ``partial`` and every more special one at which another set of schemas applies.

    Schemas bound to (organisation, any) and to (any, project) meet in (organisation, project), to which none may be
    bound. Tuples that say the same positions are joined by what they share, so that the time taken follows the
    number of scopes that there are, and not its square.
    """
    by_pattern: dict[tuple[bool, ...], set[Texts]] = defaultdict(set)
    for texts in bound:
        if all(mine is None or text in (None, mine) for mine, text in zip(partial, texts, strict=True)):
            by_pattern[_pattern(texts)].add(texts)
    found: dict[tuple[bool, ...], set[Texts]] = {_pattern(partial): {partial}}
    for pattern, tuples in by_pattern.items():
        joined: list[Texts] = []
        for other, known in found.items():
            joined += _joined(tuples, pattern, known, other)
        for texts in joined:
            found.setdefault(_pattern(texts), set()).add(texts)
    every = {texts for several in found.values() for texts in several}
    return sorted(every, key=lambda texts: [(text is not None, text or "") for text in reversed(texts)])


def _pattern(texts: Texts) -> tuple[bool, ...]:
    return tuple(text is not None for text in texts)


def _joined(
    left: set[Texts], left_pattern: tuple[bool, ...], right: set[Texts], right_pattern: tuple[bool, ...]
) -> Iterable[Texts]:
    """Return the joins of those pairs that agree where both say something."""
    shared = [place for place, both in enumerate(zip(left_pattern, right_pattern, strict=True)) if all(both)]
    by_shared: dict[tuple[str | None, ...], list[Texts]] = defaultdict(list)
    for texts in right:
        by_shared[tuple(texts[place] for place in shared)].append(texts)
    for texts in left:
        for other in by_shared.get(tuple(texts[place] for place in shared), ()):
            yield tuple(mine if mine is not None else theirs for mine, theirs in zip(texts, other, strict=True))
