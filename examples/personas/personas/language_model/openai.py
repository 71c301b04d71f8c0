"""Any server that speaks OpenAI's chat completions: OpenAI's own, Ollama, vLLM, llama.cpp and many others.

``PERSONAS["OPENAI"]`` in the settings says which: ``BASE_URL``, ``API_KEY``, ``MODEL``, ``TIMEOUT`` in seconds for each
attempt, and ``RETRIES`` after the first one where a server cannot be reached, is busy or fails.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from openai import BadRequestError, OpenAI, UnprocessableEntityError

from personas.language_model.answers import read_draft, read_object, read_part
from personas.language_model.connection import send
from personas.language_model.failures import failure, model_errors
from personas.language_model.prompts import answer_schema, for_analysis, for_draft

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jsonattrs_core import ComposedSchema
    from personas.language_model.base import Draft, Voice
    from personas.language_model.connection import Answer
    from personas.language_model.prompts import Messages

__all__ = ["MAX_PROMPT", "OpenAIModel"]

#: Longest question, in characters.
MAX_PROMPT = 200_000


class OpenAIModel:
    """The model that the settings name, at the server that they name."""

    def __init__(self) -> None:
        found = settings.PERSONAS["OPENAI"]
        self._name, self._timeout = found["MODEL"], found["TIMEOUT"]
        self._options = {
            "base_url": found["BASE_URL"],
            "api_key": found["API_KEY"].strip() or "none",  # what came from a file has a line's end
            "timeout": found["TIMEOUT"],
            "max_retries": found["RETRIES"],
        }
        self.label = f"{self._name} at {urlsplit(found['BASE_URL']).hostname}"

    def analyse(self, sample: str, schema: ComposedSchema) -> Mapping[str, Any]:
        """Return JSON values by attribute name, as they came. Raises ModelError, which may hold a part of them."""
        wanted = answer_schema(schema)
        answer = self._ask(for_analysis(sample, wanted), _formats(wanted))
        found = read_object(answer.text)
        if answer.is_cut:
            raise failure("truncated", partial=found or read_part(answer.text))
        if found is None:
            raise failure("unreadable")
        return found

    def draft(self, voice: Voice, topic: str) -> Draft:
        """Return a text about a topic in a voice. Raises ModelError."""
        answer = self._ask(for_draft(voice, topic), ({},))
        if answer.is_cut:
            raise failure("truncated")
        return read_draft(answer.text)

    def _ask(self, messages: Messages, formats: Sequence[dict[str, Any]]) -> Answer:
        """Return the answer in the first of some formats that the server knows."""
        if sum(len(message["content"]) for message in messages) > MAX_PROMPT:
            raise failure("too_large")
        *others, plainest = [{"model": self._name, "messages": messages, **each} for each in formats]
        with model_errors(), OpenAI(**self._options) as client:
            for asked in others:
                try:
                    return send(client, asked, self._timeout)
                except (BadRequestError, UnprocessableEntityError) as error:
                    if error.code in _FINAL:
                        raise
            return send(client, plainest, self._timeout)


#: What is no fault of the format.
_FINAL = ("context_length_exceeded", "content_filter")


def _formats(wanted: Mapping[str, Any]) -> Sequence[dict[str, Any]]:
    """Return ways to ask for JSON, the strictest first; the last one leaves it to the prompt, which says it as well."""
    named = {"name": "characteristics", "strict": True, "schema": wanted}
    return (
        {"response_format": {"type": "json_schema", "json_schema": named}},
        {"response_format": {"type": "json_object"}},
        {},
    )
