"""What a language model is asked, and what can become of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonattrs_core import ComposedSchema

__all__ = ["Draft", "LanguageModel", "ModelError", "Voice", "language_model"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What a model is told of a persona: its name and what is set of its characteristics, nothing else."""

    name: str
    description: str
    #: Typed values by name; those that are unset or null are not there.
    values: Mapping[str, Any]
    schema: ComposedSchema  #: has labels and help texts for them


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text that a model has written."""

    title: str
    body: str


class ModelError(Exception):
    """No answer, or none that can be used.

    ``code`` is one of ``timeout``, ``unreachable``, ``busy`` (429), ``failed`` (500 and the like), ``refused`` (the
    model will not), ``unreadable`` (no JSON, no text), ``truncated``, ``too_large``, ``misconfigured``,
    ``not_english`` (of measures); ``message`` is for the person who asked, and names no key and no address;
    ``retryable`` tells whether the same may work a little later; ``partial`` is what came of an analysis nevertheless,
    as ``analyse`` would have returned it.
    """

    def __init__(self, code: str, message: str, *, retryable: bool, partial: Mapping[str, Any] | None = None) -> None:
        super().__init__(code, message, retryable, partial)
        self.code = code
        self.message = message
        self.retryable = retryable
        self.partial = partial or {}

    def __str__(self) -> str:
        """Return the message."""
        return self.message


class LanguageModel(Protocol):
    """Whatever analyses samples and writes drafts."""

    #: What pages call it, such as "gemma3 at localhost".
    label: str

    def analyse(self, sample: str, schema: ComposedSchema) -> Mapping[str, Any]:
        """Return JSON values by attribute name, as they came: whoever asked checks them. Raises ModelError."""

    def draft(self, voice: Voice, topic: str) -> Draft:
        """Return a text about a topic in a voice. Raises ModelError."""


def language_model() -> LanguageModel:
    """Return the model that the settings name: ``PERSONAS["LANGUAGE_MODEL"]``, the dotted name of a class."""
    made: LanguageModel = import_string(settings.PERSONAS["LANGUAGE_MODEL"])()
    return made
