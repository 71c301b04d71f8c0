"""What a form has shown: kept in the form, so that only what a person changed counts as changed.

A form is open for minutes, and meanwhile somebody else may have saved the same record. What is posted is therefore held
against what was shown and not against what is stored now: two people who edit different attributes both win. It also
tells an empty box that was shown from one that was not there.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PostedText", "Shown", "box_marker_name", "digest", "plain"]

#: The text of a control, or the texts of one with several values.
PostedText: TypeAlias = str | list[str]


def plain(text: PostedText) -> PostedText:
    """Return a text as it was before a browser replaced the ends of its lines."""
    if isinstance(text, list):
        return [each.replace("\r\n", "\n").replace("\r", "\n") for each in text]
    return text.replace("\r\n", "\n").replace("\r", "\n")


def digest(text: PostedText) -> str:
    """Return a few characters that stand for a text; the order of several is that of the boxes, and does not count."""
    text = plain(text)
    written = json.dumps(sorted(set(text))) if isinstance(text, list) else text
    return blake2b(written.encode("utf-8", "backslashreplace"), digest_size=9).hexdigest()


def box_marker_name(html_name: str) -> str:
    """Return the name under which a browser sends that boxes were there, given that of the boxes."""
    return f"{html_name}-shown"


class Shown:
    """What a form has shown of one attribute field."""

    def __init__(self, language: str, digests: Mapping[str, str], before: Mapping[str, str]) -> None:
        self.language = language  #: in which the texts are written
        self.digests = digests  #: of the text of each attribute that the form shows
        self.before = before  #: of those that it showed earlier, for another scope or under other conditions

    @classmethod
    def read(cls, text: Any) -> Shown | None:
        """Return what a posted text says, None where it says nothing. Never raises."""
        if not isinstance(text, str) or not text:
            return None
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            return None
        if not isinstance(found, dict):
            return None
        language = found.get("language")
        return cls(
            language if isinstance(language, str) else "", _texts(found.get("shown")), _texts(found.get("before"))
        )

    def digest_of(self, name: str) -> str | None:
        """Return the digest of what was first shown of an attribute, None if it never was."""
        return self.digests.get(name) or self.before.get(name)

    def written(self) -> str:
        """Return the text that :meth:`read` reads."""
        members = {"language": self.language, "shown": dict(self.digests), "before": dict(self.before)}
        return json.dumps({name: member for name, member in members.items() if member}, separators=(",", ":"))


def _texts(found: Any) -> dict[str, str]:
    if not isinstance(found, dict):
        return {}
    return {name: text for name, text in found.items() if isinstance(text, str)}
