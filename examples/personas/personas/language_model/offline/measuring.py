"""What a measure is: a number counted in a text, and what it is worth from 1 to 10; or a choice.

A measure answers None where a text does not tell, and then the characteristic stays unset.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from personas.language_model.offline.texts import Text

__all__ = ["FEWEST", "RARE", "Choice", "Measure", "Rating", "scaled"]

#: Below so many words, nothing is measured: any number would be chance.
FEWEST = 30
#: The same for what a page has a few times at most: one word in 30 that imitates a sound is no habit.
RARE = 100


def scaled(number: float, bounds: tuple[float, ...]) -> int:
    """Return 1 and one more for each bound that a number reaches."""
    return 1 + bisect_right(bounds, number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """Something counted in a text, and the nine numbers from which it is worth 2, 3 and so on to 10."""

    attribute: str
    formula: str  #: what is counted, as ``MEASURES.md`` tells
    count: Callable[[Text], float | None]
    bounds: tuple[float, ...]
    english: bool = True  #: whether it rests on words or grammar of English
    fewest: int = FEWEST  #: how many words a text must have to be measured

    def of(self, text: Text) -> int | None:
        """Return the rating of a text."""
        number = self.count(text)
        return None if number is None else scaled(number, self.bounds)

    def number(self, rating: int) -> float:
        """Return a number that is worth a rating: nothing for 1, else one between the bounds on both sides of it."""
        below, above = (0.0, *self.bounds, 1.2 * self.bounds[-1])[rating - 1 : rating + 1]
        return 0 if rating == 1 else (below + above) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several words for a text."""

    attribute: str
    formula: str
    of: Callable[[Text], str | None]
    english: bool = True
    fewest: int = FEWEST


Measure = Rating | Choice
