"""Measures that choose one of several words."""

from __future__ import annotations

import re
from collections import Counter
from statistics import mean, pstdev
from typing import TYPE_CHECKING

import textstat

from personas.language_model.offline.lexicon import phrases, vocabulary
from personas.language_model.offline.measuring import Choice
from personas.language_model.offline.mechanics import contracted, formality
from personas.language_model.offline.texts import WORD

if TYPE_CHECKING:
    from personas.language_model.offline.texts import Text

__all__ = ["CHOICES"]

MARKS = re.compile(r"[,;:()\[\]\u2014\u2013\u2026]|\.{3}| - ")
STRANGE = re.compile(r"[!?]{2,}|\.{4,}|,{2,}|(?:^|\s)[~*_#]+\w|[:;]-?[)(DP](?!\w)|<3|[\U0001f300-\U0001faff]")
#: The lists of pronouns, by the person that they are of.
PERSONS = {
    "first-person": "i",
    "first-person plural": "we",
    "second-person": "you",
    "third-person": "they",
}


def sentence_structure(text: Text) -> str | None:
    """Return how sentences are built, by how many are short and how many are long."""
    lengths = [len(words) for words in text.sentence_words]
    short = sum(length <= 10 for length in lengths) / len(lengths)
    long = sum(length >= 16 for length in lengths) / len(lengths)
    if len(lengths) < 3:
        return None
    if short >= 0.2 and long >= 0.1:
        return "varied"
    return "simple" if short >= 0.5 else "complex" if mean(lengths) >= 16 else None


def paragraph_organization(text: Text) -> str | None:
    """Return how paragraphs are built; one of a few lines does not tell."""
    lengths = [len(WORD.findall(paragraph)) for paragraph in text.paragraphs]
    if max(lengths) > 300 or len(text.words) / len(text.sentences) > 50:
        return "stream-of-consciousness"
    if len(lengths) < 3:
        return None
    even = pstdev(lengths) < mean(lengths) / 2
    return "structured" if text.items or even or text.count(phrases("transitions")) >= len(lengths) else "loose"


def tone(text: Text) -> str | None:
    """Return the tone where it is plain; between formal and informal, any other may be meant."""
    level = formality(text)
    if level >= 7.5:
        return "formal"
    if level < 3.5:
        return "informal"
    talks = text.per_word(sum(word in vocabulary("you") for word in text.lower)) >= 1
    return "conversational" if level < 6 and talks and (contracted(text) or 0) >= 50 else None


def punctuation_style(text: Text) -> str | None:
    """Return how much punctuation there is, and whether it is of the usual kind."""
    if text.per_sentence(text.count(STRANGE)) >= 15:
        return "unconventional"
    marks = text.per_word(text.count(MARKS))
    return "minimal" if marks < 4 else "heavy" if marks > 11 else None


def pronoun_preference(text: Text) -> str | None:
    """Return the person of at least half of the pronouns, if there are any to speak of."""
    found = Counter(person for word in text.lower for person, name in PERSONS.items() if word in vocabulary(name))
    if text.per_word(found.total()) < 1:
        return "impersonal"
    person, times = found.most_common(1)[0]
    return person if times >= found.total() / 2 else None


def word_length_preference(text: Text) -> str:
    """Return which words are preferred, by the letters of the average one."""
    letters = textstat.avg_letter_per_word(text.plain)
    return "short" if letters < 4.2 else "long" if letters > 5 else "varied"


def language_abstraction(text: Text) -> str:
    """Return whether ideas are talked about, by the endings that make nouns of them."""
    abstract = text.per_word(text.count(phrases("abstract")))
    return "concrete" if abstract < 2 else "abstract" if abstract > 6 else "mixed"


CHOICES = (
    Choice(
        attribute="sentence_structure",
        formula=(
            "*varied* where two sentences in ten have 10 words at most and one in ten has 16 or more; else *simple* "
            "where half of them have 10 at most, *complex* where the mean is 16 or more; else unset, as is a text of "
            "fewer than 3 sentences"
        ),
        of=sentence_structure,
    ),
    Choice(
        attribute="paragraph_organization",
        formula=(
            "*stream-of-consciousness* with a paragraph of more than 300 words, or more than 50 words per sentence; "
            "unset below 3 paragraphs; *structured* with a list, a transition for each paragraph, or paragraphs of "
            "similar length (standard deviation below half of the mean); else *loose*"
        ),
        of=paragraph_organization,
    ),
    Choice(
        attribute="tone",
        formula=(
            "by the mean that the formality is made of: *formal* from 7.5, *informal* below 3.5, *conversational* "
            "below 6 where one word in 100 is *you* and half of what could be contracted is; else unset"
        ),
        of=tone,
    ),
    Choice(
        attribute="punctuation_style",
        formula=(
            "*unconventional* with 15 smileys, doubled marks and the like in 100 sentences; else by marks within "
            "sentences in 100 words: *minimal* below 4, *heavy* above 11; else unset"
        ),
        of=punctuation_style,
        english=False,
    ),
    Choice(
        attribute="pronoun_preference",
        formula="person of half of the pronouns or more; *impersonal* below one pronoun in 100 words; else unset",
        of=pronoun_preference,
    ),
    Choice(
        attribute="word_length_preference",
        formula="by letters per word: *short* below 4.2, *long* above 5, else *varied*",
        of=word_length_preference,
    ),
    Choice(
        attribute="language_abstraction",
        formula=(
            "by nouns in *-tion*, *-ness*, *-ity*, *-ment* and the like in 100 words: *concrete* below 2, *abstract* "
            "above 6, else *mixed*"
        ),
        of=language_abstraction,
    ),
)
