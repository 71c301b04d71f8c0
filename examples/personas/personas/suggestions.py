"""The words that the open characteristics offer; any other word is as good."""

from __future__ import annotations

__all__ = ["any_word", "conflicts", "decisions", "education", "motivations", "persons", "tones", "values"]

Offered = list[tuple[str, str]]


def any_word(value: str) -> str:
    """Return a text as it is: the base type has seen to what a text is."""
    return value


def _offered(*words: str) -> Offered:
    return [(word, word.capitalize()) for word in words]


def tones(language: str | None = None) -> Offered:
    """Return ``(value, label)`` pairs, in English."""
    return _offered("formal", "informal", "academic", "conversational", "friendly", "humorous", "ironic", "solemn")


def persons(language: str | None = None) -> Offered:
    """Return ``(value, label)`` pairs, in English."""
    return _offered("first-person", "first-person plural", "second-person", "third-person", "impersonal")


def motivations(language: str | None = None) -> Offered:
    """Return ``(value, label)`` pairs, in English."""
    return _offered("curiosity", "recognition", "justice", "belonging", "independence", "security", "influence", "fun")


def values(language: str | None = None) -> Offered:
    """Return ``(value, label)`` pairs, in English."""
    return _offered("honesty", "freedom", "loyalty", "fairness", "tradition", "progress", "kindness", "excellence")


def decisions(language: str | None = None) -> Offered:
    """Return ``(value, label)`` pairs, in English."""
    return _offered("analytical", "intuitive", "cautious", "impulsive", "consultative", "principled")


def conflicts(language: str | None = None) -> Offered:
    """Return ``(value, label)`` pairs, in English."""
    return _offered("avoiding", "accommodating", "compromising", "competing", "collaborating")


def education(language: str | None = None) -> Offered:
    """Return ``(value, label)`` pairs, in English."""
    return _offered("primary school", "secondary school", "vocational training", "bachelor", "master", "doctorate")
