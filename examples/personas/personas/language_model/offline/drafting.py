"""Drafts by template: five paragraphs, said as a persona says things."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from personas.language_model.base import Draft
from personas.language_model.offline.manners import Manner
from personas.language_model.offline.sentences import Speaker
from personas.language_model.offline.topics import subject_of, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from personas.language_model.base import Voice

__all__ = ["drafted"]

PARTS = ("opening", "detail", "turn", "outcome", "closing")
#: The rating from which a characteristic adds a sentence; each two add another one.
FIRST = 4
#: What a paragraph bears.
MOST = 3
#: Sentences of a stream of thoughts that become one.
RUN = 8


@cache
def template() -> dict[str, list[dict[str, Any]]]:
    """Return the file as it is."""
    return tomllib.loads(Path(__file__).with_name("template.toml").read_text(encoding="utf-8"))


def drafted(voice: Voice, topic: str) -> Draft:
    """Return a text about a topic, the same for the same voice and topic."""
    manner = Manner(voice.values)
    subject = subject_of(topic)
    speaker = Speaker(manner, subject)
    chance = crc32(f"{voice.name}\n{topic}".encode(errors="replace"))
    paragraphs = [each for place, part in enumerate(PARTS) for each in written(part, chance >> 4 * place, speaker)]
    if manner.word("paragraph_organization") == "stream-of-consciousness":
        paragraphs = [streamed(paragraphs, speaker)]
    return Draft(title=title_of(topic), body="\n\n".join(paragraphs))


def written(part: str, chance: int, speaker: Speaker) -> Iterator[str]:
    """Yield the paragraphs of a part."""
    variants = template()[part]
    thoughts = variants[chance % len(variants)]["thoughts"]
    within, apart = added(part, speaker.manner)
    yield speaker.paragraph(thoughts, within)
    for block in apart:
        yield speaker.aloud(block)


def added(part: str, manner: Manner) -> tuple[list[str], list[str]]:
    """Return what characteristics add to a part: within its paragraph, and after it; the strongest where many do."""
    found: dict[bool, list[tuple[int, str]]] = {False: [], True: []}
    for extra in template()["extra"]:
        strength = strength_of(extra, manner)
        sentences = extra["sentences"][: max(0, 1 + (strength - extra.get("from", FIRST)) // 2)]
        found[extra.get("apart", False)] += [(-strength, text) for place, text in sentences if place == part]
    within, apart = ([text for _, text in sorted(each, key=itemgetter(0))[:MOST]] for each in found.values())
    return [*convictions(part, manner), *within], apart


def strength_of(extra: dict[str, Any], manner: Manner) -> int:
    """Return how much a characteristic asks for what it may add, as a rating."""
    if "is" in extra:
        return FIRST if manner.word(extra["attribute"]) == extra["is"] else 1
    return manner.rating(extra["attribute"])


def convictions(part: str, manner: Manner) -> list[str]:
    """Return what is said of a persona's values and motivations, where it is."""
    if part == "outcome" and (values := manner.words("core_values")):
        return [f"What counts is {listed(values[:3])}."]
    if part == "closing" and (motives := manner.words("dominant_motivations")):
        return [f"Behind it all there is {listed(motives[:3])}."]
    return []


def listed(words: list[str]) -> str:
    """Return words as they are listed in a sentence."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


def streamed(paragraphs: list[str], speaker: Speaker) -> str:
    """Return all paragraphs as one, in which many sentences at a time run into each other."""
    sentences = re.split(r"(?<=[.…!?)])\s+(?=[A-Z])", " ".join(" ".join(paragraphs).split()))
    runs = (sentences[place : place + RUN] for place in range(0, len(sentences), RUN))
    return " ".join(speaker.wording.run_on(run, (", ", ", and ")) for run in runs)
