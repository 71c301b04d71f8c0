"""Texts of a schema as cells of a form: whatever they hold, they are shown as they are, and mean nothing else."""

from __future__ import annotations

import re

__all__ = ["LONGEST", "shown_in_cell"]

#: Most characters of a cell.
LONGEST = 32_767
#: What XML 1.0 has no place for.
_UNFIT = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: ``${`` begins a reference to a question. With U+2060 WORD JOINER between, which is invisible, it is two characters.
_REFERENCE, _TEXT = "${", "$\u2060{"


def shown_in_cell(text: str) -> str:
    """Return a text for people as a cell: no references, nothing that XML cannot hold, not longer than a cell."""
    found = _UNFIT.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")).replace(_REFERENCE, _TEXT).strip()
    return found if len(found) <= LONGEST else f"{found[: LONGEST - 1]}…"
