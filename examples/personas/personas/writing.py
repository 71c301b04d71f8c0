"""Texts that a language model drafts in the voice of a persona."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from personas.language_model import ModelError, Voice, language_model
from personas.models import ContentPiece, Persona
from personas.plain_text import clean_text

if TYPE_CHECKING:
    from personas.language_model import Draft

__all__ = ["check_persona", "check_topic", "voice_of", "write"]


def check_topic(topic: str) -> str:
    """Return a topic as a model gets it, or raise Django's ValidationError."""
    topic = clean_text(topic, limit=settings.PERSONAS["MAX_TOPIC"])
    if not topic:
        raise ValidationError("Say what the text should be about.", code="required")
    return topic


def check_persona(persona: Persona) -> None:
    """Raise Django's ValidationError for a persona that is not active, for which nothing is drafted."""
    if not persona.is_active:
        raise ValidationError(
            "%(name)s is not active. Make the persona active to write with it.",
            code="inactive",
            params={"name": persona.name},
        )


def voice_of(persona: Persona) -> Voice:
    """Return what a model is told of a persona."""
    values = {name: value for name, value in persona.attrs.items() if value is not None}
    return Voice(name=persona.name, description=persona.description, values=values, schema=persona.attrs.schema)


def write(persona: Persona, topic: str) -> ContentPiece:
    """Return a draft about a topic in the voice of a persona, which is stored.

    Raises ModelError, and ValidationError for a persona that is not active; nothing is stored then.
    """
    check_persona(persona)
    draft = language_model().draft(voice_of(persona), topic)
    return _store(persona, topic, draft)


def _store(persona: Persona, topic: str, draft: Draft) -> ContentPiece:
    title, body = _line(draft.title) or _line(topic), draft.body.replace("\x00", "").strip()
    if not body:
        raise ModelError("unreadable", "The language model wrote no text. Try again.", retryable=True)
    if len(body) > ContentPiece._meta.get_field("body").max_length:
        raise ModelError("too_large", "The language model wrote more than can be kept. Try again.", retryable=True)
    with transaction.atomic():
        # It took its time, and the persona may be gone by now.
        found = Persona.objects.select_for_update().filter(pk=persona.pk, author=persona.author_id)
        if not found.exists():
            raise ModelError("failed", "The persona was deleted while the text was being written.", retryable=False)
        piece = ContentPiece(persona=persona, title=title, body=body)
        piece.save()
        return piece


def _line(text: str) -> str:
    """Return a text as a title: one line, cut between words where it is too long."""
    line, limit = " ".join(text.replace("\x00", "").split()), ContentPiece._meta.get_field("title").max_length
    if len(line) <= limit:
        return line
    return line[: limit - 1].rsplit(" ", 1)[0] + "…"
