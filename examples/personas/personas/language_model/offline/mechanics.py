"""Measures of language mechanics: words, clauses, sentences."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import textstat
from simplemma import lemmatize
from textstat.backend.utils import get_lang_easy_words

from personas.language_model.offline.lexicon import phrases, vocabulary
from personas.language_model.offline.measuring import RARE, Rating, scaled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from personas.language_model.offline.texts import Text

__all__ = ["MECHANICS", "contracted", "formality"]

ELLIPSIS = re.compile(r"\.{3,}|…|(?:\. ){2,}\.")
BRACKETS = re.compile(r"\([^()\n]{2,300}\)")
DASH = re.compile(r"\s[-\u2013\u2014]{1,2}\s|\w\u2014(?=\w)")
CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
EXCLAIMED = re.compile(r"!+|\uff01+")

CONTRACTIONS = (1, 12, 24, 36, 48, 60, 72, 84, 95)
#: What the parts of formality are worth, from 2 on.
LETTERS = (3.6, 3.8, 4, 4.2, 4.4, 4.65, 4.9, 5.2, 5.5)
PERSONS = (0.2, 0.6, 1.2, 2, 3, 4.2, 5.5, 7.5, 10)
LOUD = (0.05, 0.2, 0.4, 0.7, 1, 1.5, 2.2, 3, 4)


@lru_cache(10_000)
def is_familiar(word: str) -> bool:
    """Tell whether a word, or the one that it is a form of, is in Dale and Chall's list."""
    familiar = get_lang_easy_words("en_US")
    return word in familiar or lemmatize(word, lang="en").lower() in familiar or "'" in word


def unfamiliar(text: Text) -> float:
    """Return how many words in 100 are not familiar; what has a capital letter is taken for a name."""
    return text.per_word(sum(word.islower() and not is_familiar(word) for word in text.words))


def contracted(text: Text) -> float | None:
    """Return how many in 100 of the words that could be drawn together are, if there are three or more."""
    done, left = text.count(phrases("contracted")), text.count(phrases("uncontracted"))
    return 100 * done / (done + left) if done + left >= 3 else None


def is_passive(words: list[str]) -> bool:
    """Tell whether a form of "be" or "get" is followed by a participle, with two words at most between."""
    return any(
        word in vocabulary("be") and any(is_participle(later) for later in words[place + 1 : place + 4])
        for place, word in enumerate(words)
    )


def is_participle(word: str) -> bool:
    """Tell whether a word may be a past participle."""
    return word in vocabulary("participles") or (len(word) > 4 and word.endswith("ed") and not word.endswith("eed"))


def passive(text: Text) -> float:
    """Return how many sentences in 100 are passive."""
    return text.per_sentence(sum(is_passive(words) for words in text.sentence_words))


def subordinate(text: Text) -> float:
    """Return how many subordinating words there are in 100 sentences; questions begin with the same words."""
    told = (sentence for sentence in text.sentences if not sentence.endswith("?"))
    return text.per_sentence(sum(len(phrases("subordinators").findall(sentence)) for sentence in told))


def imperative(text: Text) -> float:
    """Return how many sentences in 100 begin as a demand does."""
    told = zip(text.sentence_words, text.sentences, strict=True)
    return text.per_sentence(sum(words[0] in vocabulary("imperatives") and not s.endswith("?") for words, s in told))


def asides(text: Text) -> float:
    """Return how many brackets and pairs of dashes there are in 100 sentences."""
    dashes = sum((len(DASH.findall(sentence)) + 1) // 2 for sentence in text.sentences)
    return text.per_sentence(text.count(BRACKETS) + dashes)


def lists(text: Text) -> float:
    """Return how many lines of lists, and sentences that name three things or more, there are in 100 sentences."""
    return text.per_sentence(len(text.items) + sum(bool(phrases("enumerated").search(each)) for each in text.sentences))


def repetition(text: Text) -> float:
    """Return how many sentences in 100 begin as the one before does, or say a word twice running."""
    begun = sum(len(one) > 1 and one[:2] == other[:2] for one, other in pairwise(text.sentence_words))
    return text.per_sentence(begun + sum(any(a == b for a, b in pairwise(words)) for words in text.sentence_words))


def emphasis(text: Text) -> float:
    """Return how many exclamation marks, words in capitals and intensifying words there are in 100 sentences."""
    shouted = 0 if text.plain.isupper() else text.count(CAPITALS)
    return text.per_sentence(text.count(EXCLAIMED) + shouted + text.count(phrases("intensifiers")))


def formality(text: Text) -> float:
    """Return the mean of what speaks for a formal text, each from 1 to 10."""
    parts = list(formal_parts(text))
    return sum(parts) / len(parts)


def formal_parts(text: Text) -> Iterator[int]:
    """Yield what long words, full forms, the absence of writer and reader, and the absence of slang are worth."""
    yield scaled(textstat.avg_letter_per_word(text.plain), LETTERS)
    persons = text.per_word(sum(word in vocabulary(person) for word in text.lower for person in ("i", "we", "you")))
    yield 11 - scaled(persons, PERSONS)
    loud = text.per_word(text.count(phrases("casual")) + text.count(EXCLAIMED))
    yield 11 - scaled(loud, LOUD)
    share = contracted(text)
    if share is not None:
        yield 11 - scaled(share, CONTRACTIONS)


MECHANICS = (
    Rating(
        attribute="vocabulary_complexity",
        formula="words in 100 that neither are in Dale and Chall's list of familiar words nor look like names",
        count=unfamiliar,
        bounds=(3, 5, 8, 11, 14, 18, 23, 29, 36),
    ),
    Rating(
        attribute="contraction_usage",
        formula="contractions in 100 places where one is or could be; unset with fewer than three such places",
        count=contracted,
        bounds=CONTRACTIONS,
    ),
    Rating(
        attribute="passive_voice_frequency",
        formula="sentences in 100 with a form of *be* or *get* and a past participle among the three words after it",
        count=passive,
        bounds=(2, 7, 13, 20, 28, 37, 47, 58, 70),
    ),
    Rating(
        attribute="subordinate_clause_frequency",
        formula="subordinating words (*because*, *which*, *if*, *that* …) in 100 sentences, questions left out",
        count=subordinate,
        bounds=(8, 20, 35, 52, 70, 90, 115, 145, 180),
    ),
    Rating(
        attribute="imperative_sentence_usage",
        formula="sentences in 100 that begin with a verb such as *take*, *try*, *don't*, and are no question",
        count=imperative,
        bounds=(2, 6, 11, 17, 24, 32, 42, 55, 70),
    ),
    Rating(
        attribute="transition_usage",
        formula="transitions (*however*, *therefore*, *for example* …) in 100 sentences",
        count=lambda text: text.per_sentence(text.count(phrases("transitions"))),
        bounds=(2, 7, 13, 20, 28, 37, 47, 58, 70),
    ),
    Rating(
        attribute="ellipsis_usage",
        formula="runs of three dots in 100 sentences",
        count=lambda text: text.per_sentence(text.count(ELLIPSIS)),
        bounds=(1, 4, 8, 13, 20, 28, 38, 50, 65),
        english=False,
        fewest=RARE,
    ),
    Rating(
        attribute="parenthetical_aside_frequency",
        formula="brackets and pairs of dashes in 100 sentences; a dash alone counts as a pair",
        count=asides,
        bounds=(2, 7, 13, 20, 28, 37, 47, 58, 70),
        english=False,
    ),
    Rating(
        attribute="list_usage_tendency",
        formula="lines that begin with a bullet or a number, and sentences that name three things, in 100 sentences",
        count=lists,
        bounds=(2, 7, 13, 20, 28, 37, 47, 58, 70),
    ),
    Rating(
        attribute="repetition_usage",
        formula="sentences in 100 that begin with the same two words as the one before, or say a word twice running",
        count=repetition,
        bounds=(2, 5, 9, 14, 20, 27, 35, 45, 60),
        english=False,
        fewest=RARE,
    ),
    Rating(
        attribute="formality_level",
        formula=(
            "mean of four numbers from 1 to 10: letters per word; and, the fewer the more, contractions, forms of *I*, "
            "*we* and *you* in 100 words, slang and exclamation marks in 100 words"
        ),
        count=formality,
        bounds=(1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5),
    ),
    Rating(
        attribute="hedging_language_frequency",
        formula="hedges (*perhaps*, *it seems*, *might* …) in 100 sentences",
        count=lambda text: text.per_sentence(text.count(phrases("hedges"))),
        bounds=(3, 9, 16, 24, 33, 43, 55, 70, 90),
    ),
    Rating(
        attribute="emphatic_device_usage",
        formula="exclamation marks, words in capitals, and intensifiers (*really*, *very* …) in 100 sentences",
        count=emphasis,
        bounds=(3, 9, 16, 24, 33, 43, 55, 70, 90),
    ),
)
