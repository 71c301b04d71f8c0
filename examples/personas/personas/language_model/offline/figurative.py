"""Measures of figurative language: what sounds, and what is likened."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from simplemma import lemmatize

from personas.language_model.offline.lexicon import phrases, vocabulary
from personas.language_model.offline.measuring import RARE, Rating

if TYPE_CHECKING:
    from personas.language_model.offline.texts import Text

__all__ = ["FIGURATIVE"]


def similes(text: Text) -> float:
    """Return how many similes there are in 100 sentences."""
    return text.per_sentence(max(0, text.count(phrases("similes")) - text.count(phrases("not_similes"))))


def alliteration(text: Text) -> float:
    """Return how many neighbours in 100 begin alike, where small words between are not heard."""
    heard = [
        [word for word in words if word not in vocabulary("function_words") and len(word) > 2]
        for words in text.sentence_words
    ]
    pairs = [(one, other) for words in heard for one, other in pairwise(words)]
    return 100 * sum(one[0] == other[0] and one != other for one, other in pairs) / max(1, len(pairs))


def senses(text: Text) -> float:
    """Return how many words in 100 tell how something looks, sounds, smells, tastes or feels."""
    known: dict[str, bool] = {}
    for word in set(text.lower):
        known[word] = word in vocabulary("senses") or lemmatize(word, lang="en") in vocabulary("senses")
    return text.per_word(sum(known[word] for word in text.lower))


FIGURATIVE = (
    Rating(
        attribute="simile_frequency",
        formula="similes (*as … as a*, *like a*, *as if*) in 100 sentences",
        count=similes,
        bounds=(1, 4, 8, 13, 19, 26, 35, 46, 60),
        fewest=RARE,
    ),
    Rating(
        attribute="onomatopoeia_usage",
        formula="words that imitate a sound (*buzz*, *creak* …) in 100 words; unset without any",
        count=lambda text: text.per_word(text.count(phrases("sounds"))) or None,
        bounds=(0.1, 0.3, 0.6, 1, 1.5, 2.1, 2.8, 3.7, 5),
        fewest=RARE,
    ),
    Rating(
        attribute="alliteration_frequency",
        formula="neighbouring words in 100 that begin with the same letter; words such as *of* are passed over",
        count=alliteration,
        bounds=(6, 9, 12, 15, 18, 22, 27, 34, 42),
        fewest=RARE,
    ),
    Rating(
        attribute="sensory_detail_inclusion",
        formula="words of the five senses (*bright*, *whisper*, *bitter* …) in 100 words",
        count=senses,
        bounds=(0.3, 0.8, 1.4, 2.1, 2.9, 3.8, 4.8, 6, 7.5),
        fewest=RARE,
    ),
)
