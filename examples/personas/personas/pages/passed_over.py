"""What an address asks of characteristics that a list has not: a bookmark outlives what has since been hidden."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from personas.characteristics import everybodys, own_of
from personas.pages.filters import ATTRIBUTE
from personas.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import QueryDict

    from personas.models import Author

__all__ = ["passed_over", "said_of"]

#: Characteristics of which it is said that they are passed over.
MOST_SAID = 10


def passed_over(reading: Reading, asked: QueryDict) -> dict[str, str]:
    """Return the parameters about characteristics that are not among those that are read, each with the name of one."""
    found = {each: each.removeprefix(ATTRIBUTE).partition("__")[0] for each in asked if each.startswith(ATTRIBUTE)}
    order = asked.get("ordering", "").removeprefix("-")
    if order.startswith(ATTRIBUTE):
        found["ordering"] = order.removeprefix(ATTRIBUTE)
    return {parameter: name for parameter, name in found.items() if name not in reading.characteristics}


def said_of(author: Author, reading: Reading, names: list[str]) -> Iterator[str]:
    """Yield why characteristics of these names are not asked for."""
    if not names:
        return
    own, everyones = own_of(author), Reading(everybodys()).characteristics
    labels = {name: everyones[name].label for name in own.hidden if name in everyones}
    labels |= {name: str(each.label or name) for name, each in own.added.items()}
    for name in names[:MOST_SAID]:
        if name in labels:
            state = "retired" if name in own.added else "hidden"
            yield f"{labels[name]} is {state}, so it is not asked for."
        else:
            near = next(iter(get_close_matches(name[:100], reading.characteristics, 1)), "")
            hint = f" Did you mean {reading.characteristics[near].label}?" if near else ""
            yield f"There is no characteristic of this name: “{name[:100]}”.{hint}"
