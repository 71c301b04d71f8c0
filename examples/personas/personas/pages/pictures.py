"""A picture of a persona: a flower with a petal for each rating, as long as the rating is high.

It is drawn on the server as SVG, and needs neither a script nor a style in the page; its colours are in ``site.css``.
What it shows is also said in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin
from typing import TYPE_CHECKING

from personas.reading import MOST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from personas.reading import Characteristic

    Sections = Mapping[str, Iterable[Characteristic]]

__all__ = ["Flower", "Petals", "colours", "draw"]

#: In the units of the picture, which is 200 by 200: where petals begin, and how long the longest is.
CENTRE, BEGIN, LENGTH = 100, 18, 76
#: How much of its share of the circle a petal takes.
WIDTH = 0.82
#: How many of the highest ratings are told.
TOLD = 3
#: Colours that there are for sections.
COLOURS = 7


@dataclass(frozen=True, slots=True)
class Petals:
    """The petals of one section."""

    section: str
    colour: int
    path: str  #: as SVG has it; empty where nothing is rated


@dataclass(frozen=True, slots=True)
class Flower:
    """The picture, and what it shows in words."""

    petals: list[Petals]
    rated: int
    total: int
    highest: list[str]

    @property
    def words(self) -> str:
        """What the picture shows."""
        if not self.rated:
            return "Nothing is rated yet."
        said = f"{self.rated} of {self.total} ratings are set"
        return f"{said}; the highest are {', '.join(self.highest)}." if self.rated > TOLD else f"{said}."


def draw(sections: Sections, rated: Mapping[str, int]) -> Flower:
    """Return the picture of ratings by name, of all the characteristics that there are by section."""
    found = _rateable(sections)
    total = sum(map(len, found.values()))
    petals, place = [], 0
    for colour, (title, members) in enumerate(found.items()):
        path = _path([rated.get(each.name) for each in members], place, 2 * pi / total)
        petals.append(Petals(title, colour % COLOURS, path))
        place += len(members)
    labels = {each.name: each.label for members in found.values() for each in members}
    highest = sorted(rated, key=lambda name: -rated[name])[:TOLD]
    return Flower(petals, len(rated), total, [f"{labels[name]} {rated[name]}" for name in highest])


def colours(sections: Sections) -> dict[str, int]:
    """Return the number of the colour of each section that has petals."""
    return {title: place % COLOURS for place, title in enumerate(_rateable(sections))}


def _rateable(sections: Sections) -> dict[str, list[Characteristic]]:
    found = {title: [each for each in members if each.is_rating] for title, members in sections.items()}
    return {title: members for title, members in found.items() if members}


def _path(ratings: Sequence[int | None], first: int, share: float) -> str:
    return "".join(
        _petal((first + place) * share, share * WIDTH, rating) for place, rating in enumerate(ratings) if rating
    )


def _petal(angle: float, width: float, rating: int) -> str:
    """Return a petal that begins at an angle, clockwise from the top."""
    radius = BEGIN + LENGTH * rating / MOST
    begin, end = angle - pi / 2, angle + width - pi / 2
    inner, outer = _point(BEGIN, begin), _point(radius, begin)
    outer_end, inner_end = _point(radius, end), _point(BEGIN, end)
    return f"M{inner}L{outer}A{radius:g} {radius:g} 0 0 1 {outer_end}L{inner_end}Z"


def _point(radius: float, angle: float) -> str:
    return f"{CENTRE + radius * cos(angle):.1f} {CENTRE + radius * sin(angle):.1f}"
