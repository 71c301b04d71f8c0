"""What a text is called, and what it calls its subject."""

from __future__ import annotations

import re
from textwrap import shorten

from personas.language_model.offline.lexicon import vocabulary
from personas.language_model.offline.mechanics import is_familiar

__all__ = ["subject_of", "title_of"]

#: What somebody writes who asks for a text; the subject comes after it.
ASKED = re.compile(
    r"^(?:please\s+)?(?:write|draft|compose|tell (?:me|us))\s+(?:(?:me|us)\s+)?(?:(?:an?|the|some|one)\s+)?"
    r"(?:\w+\s+){0,3}?(?:about|on)\s+",
    re.IGNORECASE,
)
#: Asked for in a way that names no subject.
ORDERED = re.compile(r"(?:please|write|draft|compose|tell)\b", re.IGNORECASE)
ASKS = re.compile(r"(?:how|why|what|when|where|who|which|whether)\b", re.IGNORECASE)
#: More than one sentence, or marks of the template.
UNFIT = re.compile(r"[.!?]\s|[{}<>\[\]]")
LONGEST_TITLE = 100
LONGEST_SUBJECT = 60


def cleaned(topic: str) -> str:
    """Return the first line of a topic that has anything in it, without what asks for a text."""
    line = next((" ".join(line.split()) for line in topic.splitlines() if line.strip()), "")
    return ASKED.sub("", line).rstrip(" .,;:!") or line


def title_of(topic: str) -> str:
    """Return a title; a long topic is cut at a space."""
    title = shorten(cleaned(topic), LONGEST_TITLE, placeholder=" …")
    title = title if title != "…" else cleaned(topic)[:LONGEST_TITLE]
    return title[:1].upper() + title[1:] or "Untitled"


def subject_of(topic: str) -> str:
    """Return what stands for the topic within a sentence."""
    line = cleaned(topic)
    if len(line) > LONGEST_SUBJECT or UNFIT.search(line) or ORDERED.match(line) or not re.search(r"\w", line):
        return "the matter"
    if line.endswith("?"):
        return f"the question “{line}”"
    inside = line[:1].lower() + line[1:] if is_common(line) else line
    return f"the question of {inside}" if ASKS.match(line) else inside


def is_common(line: str) -> bool:
    """Tell whether a line begins with a word that has a capital letter only because it begins."""
    first, _, others = line.partition(" ")
    word = first.lower()
    named = word in vocabulary("names") or others[:1].isupper() or (len(first) > 1 and first.isupper())
    return not named and is_familiar(word)
