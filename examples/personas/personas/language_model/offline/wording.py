"""Words for the marks of the template, and for what can be drawn together."""

from __future__ import annotations

import re
from itertools import cycle
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from personas.language_model.offline.manners import Manner

__all__ = ["Wording", "capital"]

CHOICE = re.compile(r"<([^<>|]*)\|([^<>|]*)\|([^<>|]*)>")
VERB = re.compile(r"\[([a-z]+)\]")
WORD = re.compile(r"\{(I|my|me|self|S)\}")
IRREGULAR = {"have": "has", "do": "does", "go": "goes", "try": "tries"}
#: A longer subject is named once.
HANDY = 25

#: What is drawn together, as a pattern and what it becomes.
CONTRACTIONS = (
    (r"\b(do|does|did|is|are|was|were|has|have|had|would|should|could) not\b", r"\1n't"),
    (r"\bcannot\b", "can't"),
    (r"\bwill not\b", "won't"),
    (r"\b(I) am\b(?= \w)", r"\1'm"),
    (r"\b([Ww]e|[Yy]ou|[Tt]hey) are\b(?= \w)", r"\1're"),
    (r"\b(I|[Ww]e|[Yy]ou|[Tt]hey) have\b(?= (?:not |never )?(?:\w+ed|been|seen|found|had)\b)", r"\1've"),
    (r"(?<!of )(?<!about )(?<!is )\b([Ii]t|[Tt]hat|[Tt]here) is\b(?= \w)", r"\1's"),
    (r"\b([Ww]hat|[Ww]ho) is\b(?= (?!it\b|there\b)\w)", r"\1's"),
    (r"\b(I|[Ww]e|[Yy]ou|[Tt]hey|[Ii]t) will\b(?= \w)", r"\1'll"),
)
CONTRACTED = re.compile("|".join(f"(?:{pattern})" for pattern, _ in CONTRACTIONS))


def capital(text: str) -> str:
    """Return a text with a capital letter."""
    return text[:1].upper() + text[1:]


class Wording:
    """Words that stay the same through a text: who speaks, what about, and what is drawn together."""

    def __init__(self, manner: Manner, subject: str) -> None:
        self.manner = manner
        self.subject = subject
        self.contracted = manner.share("contraction_usage", (8, 3, 1)[manner.register])
        self.mentions = 0
        self.named = False

    def begin(self) -> None:
        """Begin a paragraph: whoever speaks is named again."""
        self.named = False

    def filled(self, text: str) -> str:
        """Return a text of the template in words."""
        if self.manner.word("punctuation_style") == "unconventional":
            text = text.replace(" and ", " & ")
        text = CHOICE.sub(lambda found: found[self.manner.register + 1], text)
        text = VERB.sub(lambda found: self.verb(found[1]), text)
        text = WORD.sub(lambda found: self.word(found[1]), text)
        return CONTRACTED.sub(lambda found: contraction(found[0]) if self.contracted.due() else found[0], text)

    def verb(self, verb: str) -> str:
        """Return a verb in the present, as the one who speaks has it."""
        person = self.manner.person
        if verb == "be":
            return person.be
        return IRREGULAR.get(verb, f"{verb}s") if person.singular else verb

    def word(self, mark: str) -> str:
        """Return the word for a mark."""
        person = self.manner.person
        if mark == "I":
            first, self.named = not self.named, True
            return person.first if first else person.later
        if mark == "S":
            self.mentions += 1
            return self.subject if self.mentions == 1 or len(self.subject) < HANDY else "it"
        return {"my": person.possessive, "me": person.object, "self": person.reflexive}[mark]

    def inside(self, sentence: str) -> str:
        """Return a sentence that another one goes on with."""
        keeps = sentence.startswith(("I ", "I'", self.subject))
        return sentence if keeps else sentence[:1].lower() + sentence[1:]

    def run_on(self, sentences: Sequence[str], joints: Iterable[str]) -> str:
        """Return sentences as one, but for those that end in more than a full stop."""
        text, *others = sentences
        for sentence, joint in zip(others, cycle(joints), strict=False):
            plain = text.endswith(".")
            text = f"{text[:-1]}{joint}{self.inside(sentence)}" if plain else f"{text} {sentence}"
        return text


def contraction(words: str) -> str:
    """Return words drawn together."""
    for pattern, becomes in CONTRACTIONS:
        words, changed = re.subn(pattern.partition("(?= ")[0], becomes, words)
        if changed:
            break
    return words
