"""Measures of what a text talks about, and of how it treats the reader."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from personas.language_model.offline.lexicon import phrases
from personas.language_model.offline.measuring import RARE, Rating
from personas.language_model.offline.texts import QUOTED, WORD

if TYPE_CHECKING:
    from personas.language_model.offline.texts import Text

__all__ = ["CONTENT"]

NUMBER = re.compile(r"\d[\d.,]*")
QUESTION = re.compile(r"[?\uff1f\u061f]")
#: More words than this are no sentence that anybody feels anything at.
LONGEST = 200


@cache
def analyser() -> SentimentIntensityAnalyzer:
    """Return what weighs feelings: it reads its words once."""
    return SentimentIntensityAnalyzer()


def is_dialogue(paragraph: str) -> bool:
    """Tell whether somebody talks here: it begins with what is said, or says that somebody says it."""
    outside = QUOTED.sub(" ", paragraph)
    return outside != paragraph and (QUOTED.match(paragraph) is not None or bool(phrases("speech").search(outside)))


def dialogue(text: Text) -> float:
    """Return how many words in 100 people say to each other."""
    spoken = (said for each in text.blocks if is_dialogue(each) for said in QUOTED.findall(each))
    return text.per_word(sum(len(WORD.findall(said)) for said in spoken))


def quotations(text: Text) -> float:
    """Return how many passages of four words or more are quoted in 100 sentences, other than in dialogue."""
    told = (said for each in text.blocks if not is_dialogue(each) for said in QUOTED.findall(each))
    return text.per_sentence(sum(len(WORD.findall(said)) >= 4 for said in told))


def figures(text: Text) -> float:
    """Return how many numbers there are in 100 words, without those that count the lines of a list."""
    counted = sum(line.lstrip()[:1].isdigit() for line in text.items)
    return text.per_word(text.count(NUMBER) - counted)


def questions(text: Text) -> float:
    """Return how many questions there are in 100 sentences, other than those that people ask each other."""
    return text.per_sentence(len(QUESTION.findall(QUOTED.sub(" ", text.plain))))


def feelings(text: Text) -> float:
    """Return in how many sentences of 100 the words weigh half of what they can, for better or worse."""
    said = (" ".join(words[:LONGEST]) + "!" * sentence.endswith("!") for words, sentence in both(text))
    return text.per_sentence(sum(abs(analyser().polarity_scores(each)["compound"]) >= 0.5 for each in said))


def both(text: Text) -> zip[tuple[list[str], str]]:
    """Return each sentence as words and as it stands."""
    return zip(text.sentence_words, text.sentences, strict=True)


def rated(attribute: str, formula: str, name: str) -> Rating:
    """Return the measure that counts the phrases of a list; no list is so long that it could tell "never"."""
    return Rating(
        attribute=attribute,
        formula=f"{formula} in 100 sentences; unset without any",
        count=lambda text: text.per_sentence(text.count(phrases(name))) or None,
        bounds=(2, 5, 9, 14, 20, 27, 35, 45, 60),
        fewest=RARE,
    )


CONTENT = (
    rated(
        "personal_anecdote_inclusion",
        "signs of a memory (*I remember*, *my mother*, *when I was* …)",
        "anecdotes",
    ),
    Rating(
        attribute="quotation_frequency",
        formula="passages of four words or more between quotation marks, outside dialogue, in 100 sentences",
        count=quotations,
        bounds=(1, 4, 8, 13, 19, 26, 34, 44, 56),
        english=False,
        fewest=RARE,
    ),
    Rating(
        attribute="statistical_data_usage",
        formula="numbers written in digits in 100 words, without those of numbered lines",
        count=figures,
        bounds=(0.2, 0.6, 1.1, 1.7, 2.4, 3.3, 4.4, 5.8, 7.5),
        english=False,
        fewest=RARE,
    ),
    rated("personal_opinion_inclusion", "signs of an opinion (*I think*, *in my view* …)", "opinions"),
    rated("personal_belief_inclusion", "signs of a conviction (*I believe*, *we must* …)", "beliefs"),
    Rating(
        attribute="reader_question_frequency",
        formula="question marks outside quotation marks in 100 sentences",
        count=questions,
        bounds=(1, 4, 8, 13, 19, 26, 34, 44, 56),
        english=False,
    ),
    Rating(
        attribute="dialogue_inclusion",
        formula=(
            "words in 100 between quotation marks, in paragraphs that begin so or that have a verb such as *said* or "
            "*asked*"
        ),
        count=dialogue,
        bounds=(1, 5, 10, 17, 25, 34, 44, 56, 70),
    ),
    rated("digression_frequency", "signs of leaving the subject (*by the way*, *which reminds me* …)", "digressions"),
    rated("reflection_inclusion", "signs of thinking it over (*I wonder*, *looking back* …)", "reflections"),
    Rating(
        attribute="emotional_expressiveness",
        formula="sentences in 100 to which VADER gives a compound score of 0.5 or more, or of -0.5 or less",
        count=feelings,
        bounds=(4, 10, 17, 25, 34, 44, 55, 66, 78),
    ),
)
