"""One persona: how it writes, as a picture and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.views.generic import TemplateView

from jsonattrs_core import render
from personas.pages.frame import PersonaMixin
from personas.pages.pictures import colours, draw
from personas.reading import LANGUAGE, Reading

if TYPE_CHECKING:
    from personas.models import Persona
    from personas.reading import Section

__all__ = ["PersonaPage"]

#: Texts of the persona that its page names.
MOST_TEXTS = 5


class Part(NamedTuple):
    """A section of the page: characteristics that are set, and the colour that their petals have."""

    section: Section
    colour: int | None


class PersonaPage(PersonaMixin, TemplateView):
    """A persona, and how it writes."""

    template_name = "personas/persona.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the template what it shows."""
        persona = self.persona
        reading = Reading(persona.attrs.schema)
        sections = reading.portrait(persona.attrs)
        drawn_as = colours(reading.sections)
        texts = persona.content_pieces.all()
        return {
            **super().get_context_data(**kwargs),
            "persona": persona,
            "flower": draw(reading.sections, reading.ratings(persona.attrs)),
            "parts": [Part(each, drawn_as.get(each.title)) for each in sections if each.traits],
            "empty": [each.title for each in sections if not each.traits],
            "count": sum(len(each.traits) for each in sections),
            "total": sum(each.total for each in sections),
            "misfits": misfits(persona, reading),
            "texts": texts[:MOST_TEXTS],
            "text_count": texts.count(),
        }


def misfits(persona: Persona, reading: Reading) -> list[str]:
    """Return what does not fit any more: it was right once, or came by other ways than this application's."""
    found = []
    for problem in persona.attrs.problems():
        named = reading.characteristics.get(str(problem.path[0])) if problem.path else None
        said = render(problem, LANGUAGE)
        found.append(f"{named.label}: {said}" if named else said)
    return found
