"""Sentences of thoughts: long or short, joined or apart, with what a persona puts in between."""

from __future__ import annotations

import re
from itertools import cycle
from typing import TYPE_CHECKING, Any

from personas.language_model.offline.manners import Share
from personas.language_model.offline.mechanics import MECHANICS
from personas.language_model.offline.wording import Wording, capital

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from personas.language_model.offline.manners import Manner

__all__ = ["Speaker"]

#: How a thought follows from the one before: casual, plain and learned.
LINKS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "and": (("Besides,", "Plus,"), ("In addition,", "Besides,"), ("Moreover,", "Furthermore,")),
    "but": (("Still,", "Then again,"), ("However,", "Even so,"), ("Nevertheless,", "However,")),
    "so": (("So,", "That is why"), ("So,", "And so"), ("Therefore,", "Consequently,")),
    "example": (("For example,",), ("For example,",), ("For instance,",)),
    "": (("Anyway,", "After all,"), ("After all,", "In fact,"), ("Indeed,", "Above all,", "In fact,")),
}
#: From this rating on, transitions stand even where nothing leads over.
CONSTANT = 8
HEDGES = ("perhaps ", "probably ", "possibly ", "maybe ")
EMPHASES = ("really ", "very ", "truly ")
ASIDES = (
    "(or so it seems)", "(as ever)", "(more of that later)", "(not always, but often)", "(nobody has counted)",
    "(which is just as well)", "(at least on weekdays)", "(it was ever so)", "(there are exceptions)", "(for now)",
)  # fmt: skip
#: A comma stands before these.
COMMA = frozenset(("and", "but", "although", "while", "because", "since", "so that", "even if"))
#: How often two halves become one sentence, and how many sentences of a paragraph become one.
JOINED = {"simple": 1, "varied": 6, "complex": 10}
MERGED = {"simple": 0, "varied": 1, "complex": 99}


class Speaker:
    """Says things in the manner of a persona; what it has said counts for what is due next."""

    def __init__(self, manner: Manner, subject: str) -> None:
        self.manner = manner
        self.wording = Wording(manner, subject)
        self.passive = manner.share("passive_voice_frequency")
        self.linked = manner.share("transition_usage", 5)
        self.hedged = manner.share("hedging_language_frequency")
        self.stressed = self._measured("emphatic_device_usage")
        self.aside = self._measured("parenthetical_aside_frequency")
        self.open = self._measured("ellipsis_usage")
        joined = JOINED.get(manner.word("sentence_structure"), 6)
        self.joined = Share((joined - 1) / 9)
        self.subordinated = manner.share("subordinate_clause_frequency", joined)
        self.silent = True
        self.links = {link: cycle(words[manner.register]) for link, words in LINKS.items()}
        self.hedges, self.emphases, self.asides = cycle(HEDGES), cycle(EMPHASES), cycle(ASIDES)

    def _measured(self, name: str) -> Share:
        """Return the share of sentences that is measured as the rating that is wanted."""
        measure = next(each for each in MECHANICS if each.attribute == name)
        return Share(measure.number(self.manner.rating(name)) / 100)

    def paragraph(self, thoughts: Iterable[Mapping[str, Any]], more: Sequence[str]) -> str:
        """Return a paragraph of thoughts, and of sentences that come after them."""
        self.wording.begin()
        said = [sentence for thought in thoughts for sentence in self.said(thought)]
        return " ".join([*self.together([self.aloud(each) for each in said]), *map(self.aloud, more)])

    def said(self, thought: Mapping[str, Any]) -> list[str]:
        """Return the one or two sentences that a thought becomes."""
        text, then = thought["text"], thought.get("then")
        if "passive" in thought and self.passive.due():
            text, then = thought["passive"], None
        text = self.led_to(text, thought.get("link", ""))
        if then and (self.joined if thought["join"] in ("and", "but") else self.subordinated).due():
            return [f"{text}{self.mark(thought['join'])} {thought['join']} {then}."]
        return [f"{text}.", f"{thought.get('apart', then)}."] if then else [f"{text}."]

    def mark(self, join: str) -> str:
        """Return what stands before a word that joins two halves."""
        style = self.manner.word("punctuation_style")
        if style == "minimal" or join not in COMMA:
            return ""
        return ";" if style == "heavy" and join in ("and", "but") else ","

    def led_to(self, text: str, link: str) -> str:
        """Return a text with the transition to it, where one is due."""
        first, self.silent = self.silent, False
        if first or (not link and self.manner.rating("transition_usage") < CONSTANT):
            return text
        return f"{next(self.links[link])} {text[:1].lower()}{text[1:]}" if self.linked.due() else text

    def together(self, sentences: Sequence[str]) -> list[str]:
        """Return sentences in a row, some of them as one, where long ones are wanted."""
        runs = [[sentence] for sentence in sentences]
        merged = MERGED.get(self.manner.word("sentence_structure"), 0)
        for place in range(min(merged, len(runs) // 2)):
            runs[place : place + 2] = [runs[place] + runs[place + 1]]
        if merged > 1 and len(runs) > 1 and len(runs[-1]) == 1:
            runs[-2:] = [runs[-2] + runs[-1]]
        return [self.wording.run_on(run, ("; ",)) for run in runs]

    def aloud(self, sentence: str) -> str:
        """Return a sentence of the template in words, with hedges, emphasis, asides and dots that leave it open."""
        text = re.sub(r"\{h\}", lambda _: next(self.hedges) if self.hedged.due() else "", sentence)
        text = re.sub(r"\{e\}", lambda _: next(self.emphases) if self.stressed.due() else "", text)
        text = capital(self.wording.filled(text))
        return self.ended(text[:-1]) if text.endswith(".") and "\n" not in text else text

    def ended(self, text: str) -> str:
        """Return a sentence with its end."""
        if self.aside.due():
            text = f"{text} {next(self.asides)}"
        if self.open.due():
            return f"{text} …" if text.endswith(")") else f"{text}…"
        if self.stressed.due():
            return f"{text}!"
        return text if text.endswith("?”") else f"{text}."
