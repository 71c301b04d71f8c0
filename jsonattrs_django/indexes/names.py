"""Names of indexes: the same for the same index, told apart from everybody else's, and readable.

A name is ``jsonattrs_<column>_<key>_<kind>_<digest>``. The digest stands for the table and for the whole definition, so
that another recipe is another index, which is built beside the old one.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["index_name", "is_ours", "partition_index_name", "unique_index_name"]

_PREFIX = "jsonattrs"
#: Characters of the digest, and of the parts for people: 63 bytes in all, which is what PostgreSQL keeps of a name.
_DIGEST = 10
_COLUMN = 12
_KEY = 22

_OURS = re.compile(rf"{_PREFIX}_[a-z0-9_]*_[0-9a-f]{{{_DIGEST}}}").fullmatch
_STRANGE = re.compile(r"[^a-z0-9]+")

#: Goes into the names of unique indexes, which are known before their definitions: another recipe, another number.
_UNIQUE_RECIPE = "1"


def index_name(table: str, column: str, key: str, kind: str, definition: str) -> str:
    """Return the name of an index.

    ``table`` is the model's ``db_table``, ``kind`` at most five letters, ``definition`` everything that makes the index
    what it is, the table aside.
    """
    digest = sha256(f"{table}\x00{column}\x00{key}\x00{kind}\x00{definition}".encode()).hexdigest()
    parts = (_PREFIX, _plain(column, _COLUMN), _plain(key, _KEY), kind, digest[:_DIGEST])
    return "_".join(filter(None, parts))


def unique_index_name(table: str, column: str, keys: Iterable[str]) -> str:
    """Return the name of the unique index of a claim: of one attribute's key, or of those of a unique group."""
    joined = ",".join(sorted(keys))
    return index_name(table, column, joined, "uniq", _UNIQUE_RECIPE)


def partition_index_name(name: str, partition: str) -> str:
    """Return the name of the part of an index that is on one partition of its table."""
    return name[:-_DIGEST] + sha256(f"{name}\x00{partition}".encode()).hexdigest()[:_DIGEST]


def is_ours(name: str) -> bool:
    """Tell whether an index has a name that this module gives."""
    return _OURS(name) is not None


def _plain(text: str, length: int) -> str:
    return _STRANGE.sub("_", text.lower()).strip("_")[:length].strip("_")
