"""What a model has answered, read strictly where it matters and leniently where models are known to be loose."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import jiter

from personas.language_model.base import Draft

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["read_draft", "read_object", "read_part"]

#: How often an opening brace is tried before there is said to be no object.
_TRIES = 20
_FENCE = re.compile(r"\A```[a-z]*[ \t]*\n(.*?)\n?\s*```\Z", re.DOTALL)
#: What models that think aloud write first.
_THOUGHTS = re.compile(r"\A<think>.*?</think>\s*", re.DOTALL)
#: What models write around a title.
_BEFORE_TITLE = re.compile(r"\A(?:#+ |\**title\**:\**)\s*", re.IGNORECASE)
_QUOTED = re.compile(r"""\A(["'“”«»„])([^"“”«»„]+)(["'“”«»])\Z""")
#: A first line that is longer than this is no title.
_TITLE = 200


def read_object(text: str) -> dict[str, Any] | None:
    """Return the JSON object that a text has, whatever stands around it; where there are several, the largest.

    A member that is given twice with different values has both of them, in a list: no attribute takes that.
    """
    return max(_objects(text), key=len, default=None)


def _objects(text: str) -> Iterator[dict[str, Any]]:
    decoder = json.JSONDecoder(object_pairs_hook=_members)
    start = text.find("{")
    for _ in range(_TRIES):
        if start == -1:
            return
        try:
            found, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):  # nesting that no answer has
            end = start + 1
        else:
            yield found
        start = text.find("{", end)


def _members(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for name, value in pairs:
        members[name] = [members[name], value] if name in members and members[name] != value else value
    return members


def read_part(text: str) -> dict[str, Any]:
    """Return what is whole of a JSON object that was cut off; where there is none, nothing."""
    start = text.find("{")
    if start == -1:
        return {}
    try:
        found = jiter.from_json(text[start:].encode(errors="replace"), partial_mode=True, catch_duplicate_keys=True)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def read_draft(text: str) -> Draft:
    """Return the text that a model has written: its first line is the title, where it looks like one."""
    text = _THOUGHTS.sub("", text.strip())
    if fenced := _FENCE.match(text):
        text = fenced[1].strip()
    first, _, rest = text.partition("\n")
    if not rest.strip() or len(first) > _TITLE:
        return Draft(title="", body=text)
    return Draft(title=_title(first), body=rest.strip())


def _title(line: str) -> str:
    line = _BEFORE_TITLE.sub("", line.strip(" \t*_")).strip(" \t*_")
    quoted = _QUOTED.match(line)
    return quoted[2] if quoted else line
