"""A text in the parts that measures count: paragraphs, lines, sentences, words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from simplemma import in_target_language, split_sentences

__all__ = ["QUOTED", "WORD", "Text"]

#: An ideograph, a sign of Japanese or Thai is taken for a word, since they are written without spaces; else letters,
#: with what is drawn together by an apostrophe or a hyphen.
WORD = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\d_]+(?:['-][^\W\d_]+)*")
#: Simplemma splits where a space follows; these marks stand without one.
FULL_WIDTH = re.compile(r"(?<=[\u3002\uff01\uff1f\uff61\u0964\u061f])")
ITEM = re.compile(r"[^\S\n]*(?:[-*\u2022\u2023]|\d{1,3}[.)]|[a-z][.)])\s+\S")
NEXT_ITEM = re.compile(rf"\n(?={ITEM.pattern})")
QUOTED = re.compile(r"“[^“”]*”|\"[^\"\n]*\"|«[^«»]*»|„[^„“”]*[“”]|「[^「」]*」")
#: Apostrophes and no-break spaces are written in more than one way.
ALIKE = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u2011": "-", "\xa0": " ", "\u202f": " "})
#: Lines that are broken to fit a screen have no more characters.
WIDEST = 120
#: Sentences that a short text is taken to have.
FEW = 5
#: Part of a text's words that an English dictionary has to know.
ENGLISH = 0.7


@dataclass(frozen=True)
class Text:
    """What somebody has written; its parts are found when first asked for."""

    raw: str

    @cached_property
    def plain(self) -> str:
        """The text with one way to write an apostrophe, a space and the end of a line."""
        return "\n".join(self.raw.translate(ALIKE).splitlines())

    @cached_property
    def paragraphs(self) -> list[str]:
        """What blank lines separate; without any, each line if lines are longer than those that were broken to fit."""
        found = [each.strip() for each in re.split(r"\n[^\S\n]*\n", self.plain) if each.strip()]
        if len(found) == 1 and len(found[0]) > WIDEST * (found[0].count("\n") + 1):
            return [line.strip() for line in found[0].split("\n") if line.strip()]
        return found

    @cached_property
    def items(self) -> list[str]:
        """Lines that begin as those of a list do."""
        return [line for line in self.plain.split("\n") if ITEM.match(line)]

    @cached_property
    def blocks(self) -> list[str]:
        """Paragraphs, and the lines of lists, without the breaks within them."""
        return [" ".join(block.split()) for each in self.paragraphs for block in NEXT_ITEM.split(each)]

    @cached_property
    def sentences(self) -> list[str]:
        """Sentences that have a word."""
        pieces = (piece for block in self.blocks for piece in FULL_WIDTH.split(block))
        return [found for piece in pieces for found in split_sentences(piece, lang="en") if WORD.search(found)]

    @cached_property
    def words(self) -> list[str]:
        """Words as they are written."""
        return WORD.findall(self.plain)

    @cached_property
    def lower(self) -> list[str]:
        """Words in small letters."""
        return [word.lower() for word in self.words]

    @cached_property
    def sentence_words(self) -> list[list[str]]:
        """The words of each sentence, in small letters."""
        return [[word.lower() for word in WORD.findall(sentence)] for sentence in self.sentences]

    @cached_property
    def is_english(self) -> bool:
        """Whether most of its words are in an English dictionary."""
        return in_target_language(" ".join(self.words), lang="en") >= ENGLISH

    def count(self, pattern: re.Pattern[str]) -> int:
        """Return how often something is found."""
        return sum(1 for _ in pattern.finditer(self.plain))

    def per_sentence(self, found: int) -> float:
        """Return how many there are in 100 sentences; a few count as five, so that one of them is no habit."""
        return 100 * found / max(FEW, len(self.sentences))

    def per_word(self, found: int) -> float:
        """Return how many there are in 100 words."""
        return 100 * found / len(self.words)
