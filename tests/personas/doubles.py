"""Language models that say what a test wants: ``settings.PERSONAS = doubles.saying("Fluent")``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from personas.language_model import Draft, ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from personas.language_model import Voice

    from jsonattrs_core import ComposedSchema

__all__ = ["Broken", "Fluent", "Refusing", "Silent", "Verbose", "saying"]


def saying(name: str) -> dict[str, Any]:
    """Return the settings under which a class of this module is the language model."""
    from django.conf import settings

    return {**settings.PERSONAS, "LANGUAGE_MODEL": f"{__name__}.{name}"}


class Fluent:
    """One that always has something to say."""

    label = "Fluent"

    def analyse(self, sample: str, schema: ComposedSchema) -> Mapping[str, Any]:
        """Return two ratings."""
        return {"formality_level": 3, "irony_usage": 8}

    def draft(self, voice: Voice, topic: str) -> Draft:
        """Return a text of seven words that names the persona and the topic."""
        return Draft(title=f"On {topic}", body=f"{voice.name} says:\n\nIt is all about the sea.")


class Verbose(Fluent):
    """One that puts the whole text into the title."""

    def draft(self, voice: Voice, topic: str) -> Draft:
        """Return a title that no row can have."""
        return Draft(title="Word and word again " * 30, body="Enough.")


class Silent(Fluent):
    """One that writes nothing."""

    def draft(self, voice: Voice, topic: str) -> Draft:
        """Return a title, and no text."""
        return Draft(title="Nothing", body=" \n ")


class Broken(Fluent):
    """One that is out of order for a while."""

    def draft(self, voice: Voice, topic: str) -> Draft:
        """Fail."""
        raise ModelError("timeout", "The language model took too long to answer. Try again.", retryable=True)


class Refusing(Fluent):
    """One that will not."""

    def draft(self, voice: Voice, topic: str) -> Draft:
        """Refuse."""
        raise ModelError("refused", "The language model will not write about this.", retryable=False)
