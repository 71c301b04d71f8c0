"""What can be done without a language model: measure what can be measured in a text, and fill a plain template.

Nothing here asks a network. ``MEASURES.md`` has each measure's formula.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from personas.language_model.base import ModelError
from personas.language_model.offline.choices import CHOICES
from personas.language_model.offline.content import CONTENT
from personas.language_model.offline.drafting import drafted
from personas.language_model.offline.figurative import FIGURATIVE
from personas.language_model.offline.measuring import FEWEST
from personas.language_model.offline.mechanics import MECHANICS
from personas.language_model.offline.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonattrs_core import ComposedSchema
    from personas.language_model.base import Draft, Voice
    from personas.language_model.offline.measuring import Measure

__all__ = ["MEASURES", "OfflineModel"]

MEASURES: tuple[Measure, ...] = (*MECHANICS, *FIGURATIVE, *CONTENT, *CHOICES)
NOT_ENGLISH = (
    "This text does not look English. Without a language model, most characteristics can be measured in English only; "
    "they are left unset."
)


class OfflineModel:
    """Measures samples, and writes drafts by template."""

    label = "measures and a template, without a language model"

    def analyse(self, sample: str, schema: ComposedSchema) -> Mapping[str, Any]:
        """Return what can be measured of the characteristics that the schema has.

        Of a text in another language that is little: raises ModelError, which has it and says why.
        """
        text = Text(sample)
        fitting = [each for each in MEASURES if each.attribute in schema and len(text.words) >= each.fewest]
        found = {each.attribute: each.of(text) for each in fitting if text.is_english or not each.english}
        values = {attribute: value for attribute, value in found.items() if value is not None}
        if len(text.words) >= FEWEST and not text.is_english:
            raise ModelError("not_english", NOT_ENGLISH, retryable=False, partial=values)
        return values

    def draft(self, voice: Voice, topic: str) -> Draft:
        """Return a plain text about a topic that follows what is set."""
        return drafted(voice, topic)
