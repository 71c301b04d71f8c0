"""How a persona writes: what its characteristics ask of a template."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Manner", "Person", "Share"]


@dataclass(frozen=True, slots=True)
class Person:
    """Who speaks: the word at first and later on, and how verbs go with it."""

    first: str
    later: str
    possessive: str
    object: str
    reflexive: str
    be: str = "are"
    singular: bool = False


WE = Person("we", "we", "our", "us", "ourselves")
I = Person("I", "I", "my", "me", "myself", be="am")  # noqa: E741 - it is what the person is called
YOU = Person("you", "you", "your", "you", "yourself")
THEY = Person("people", "they", "their", "them", "themselves")
ONE = Person("one", "one", "one's", "one", "oneself", be="is", singular=True)

#: By what ``pronoun_preference`` begins with; any other is free text, which tells nothing.
PERSONS: Mapping[str, Person] = {
    "first-person plural": WE,
    "first": I,
    "second": YOU,
    "third": THEY,
    "impersonal": ONE,
    "we ": WE,
    "i ": I,
    "you ": YOU,
    "he ": THEY,
    "she ": THEY,
    "they ": THEY,
    "one ": ONE,
}
#: Who speaks in casual, plain and learned wording, where nothing is said of it.
UNSAID = (YOU, WE, ONE)
#: Tones that ask for casual (0) or learned (2) wording.
REGISTERS = {"informal": 0, "conversational": 0, "friendly": 0, "humorous": 0, "formal": 2, "academic": 2, "solemn": 2}
#: What a tone asks for where the characteristic itself is unset.
TONES = {"humorous": "humor_sarcasm_usage", "ironic": "irony_usage"}
#: The rating that a tone stands for.
PLAIN_TO_SEE = 8


class Share:
    """Tells, again and again, whether something is due, so that it is in a share of all cases, evenly spread."""

    def __init__(self, share: float) -> None:
        self.share = share
        self.sum = 0.5

    def due(self) -> bool:
        """Tell whether it is time."""
        self.sum += min(self.share, 1)
        if self.share <= 0 or self.sum < 1:
            return False
        self.sum -= 1
        return True


class Manner:
    """What is set of a persona's characteristics, as far as a template can follow it."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values
        self.register = self._register()
        self.person = self._person()

    def rating(self, name: str, unset: int = 1) -> int:
        """Return a rating."""
        value = self.values.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        return PLAIN_TO_SEE if TONES.get(self.word("tone")) == name else unset

    def word(self, name: str) -> str:
        """Return a choice or a text in small letters, or an empty one."""
        value = self.values.get(name)
        return value.strip().lower() if isinstance(value, str) else ""

    def words(self, name: str) -> list[str]:
        """Return a list of texts."""
        value = self.values.get(name)
        return [each for each in value if isinstance(each, str)] if isinstance(value, list | tuple) else []

    def share(self, name: str, unset: int = 1) -> Share:
        """Return a share that grows with a rating: nothing at 1, everything at 10."""
        return Share((self.rating(name, unset) - 1) / 9)

    def _person(self) -> Person:
        wanted = re.sub(r"[^\w-]+", " ", f"{self.word('pronoun_preference')} ")
        return next((person for begin, person in PERSONS.items() if wanted.startswith(begin)), UNSAID[self.register])

    def _register(self) -> int:
        """Return 0 for casual, 1 for plain, 2 for learned wording: formality decides, else tone, else vocabulary."""
        level = self.rating("formality_level", 0)
        if not level and self.word("tone") in REGISTERS:
            return REGISTERS[self.word("tone")]
        level = level or self.rating("vocabulary_complexity", 5)
        return 0 if level <= 3 else 2 if level >= 8 else 1
