"""One question to an OpenAI-compatible server, of whose answer no more is read, and for no longer, than is sensible."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from personas.language_model.failures import failure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openai import OpenAI

__all__ = ["MAX_ANSWER", "Answer", "send"]

#: Longest answer that is read, in bytes.
MAX_ANSWER = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a model said."""

    text: str
    is_cut: bool  #: whether it would have gone on


def send(client: OpenAI, asked: Mapping[str, Any], seconds: float) -> Answer:
    """Return the answer to a question, read within some seconds from when it begins.

    Raises ModelError, and what the client raises.
    """
    body = bytearray()
    with client.chat.completions.with_streaming_response.create(**asked) as response:
        end = time.monotonic() + seconds
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > MAX_ANSWER:
                raise failure("endless")
            if time.monotonic() > end:  # a server that says a little now and then
                raise failure("timeout")
    return _read(bytes(body))


def _read(body: bytes) -> Answer:
    try:
        choice = json.loads(body)["choices"][0]
        message, reason = choice["message"], choice.get("finish_reason")
        content, refusal = message.get("content"), message.get("refusal")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise failure("unreadable") from error
    if refusal or reason == "content_filter":
        raise failure("refused")
    is_cut = reason == "length"
    if not isinstance(content, str) or not content.strip():
        raise failure("truncated" if is_cut else "unreadable")
    # Half a character, where a model stopped in the middle of one, can be neither stored nor shown.
    return Answer(text=content.encode(errors="replace").decode(), is_cut=is_cut)
