"""Finding the plugins that are installed: the entry points of one group, and the distributions that they came with.

This is what ``importlib.metadata.entry_points(group=...)`` does, and gives what it gives, a test says. It is done again
because importing that module takes more time than all the rest of making a registry, in every process that validates
anything (docs/decisions/0013). Where an installation is no plain directory, ``importlib.metadata`` is asked after all.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from importlib import import_module
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.metadata import Distribution

__all__ = ["EntryPoint", "distribution_version", "entry_points", "normalised"]

#: Directories that describe an installed distribution.
_METADATA = (".dist-info", ".egg-info")
#: Characters of a header that are looked at for a name or a version.
_HEADER = 10_000


@dataclass(frozen=True, slots=True)
class EntryPoint:
    """A line of a distribution's ``entry_points.txt``."""

    name: str
    value: str  #: "module", or "module:object"
    distribution: str  #: as its metadata spell it
    version: str

    def load(self) -> Any:
        """Import and return what the line names. Raises whatever that raises."""
        module, _, path = self.value.partition("[")[0].partition(":")
        found: Any = import_module(module.strip())
        for part in filter(None, path.strip().split(".")):
            found = getattr(found, part)
        return found


def entry_points(group: str) -> list[EntryPoint]:
    """Return the entry points of a group; of two distributions of one name, the first on ``sys.path`` counts."""
    return [point for _, known in _distributions() for point in _points(known, group)]


def distribution_version(name: str) -> str:
    """Return the version of an installed distribution, nothing if there is none."""
    for found, known in _distributions():
        if found == name:
            return _field(known, "Version") if isinstance(known, str) else _said(known, "Version")
    return ""


def normalised(name: str) -> str:
    """Return a distribution's name as all its spellings are compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _distributions() -> Iterator[tuple[str, str | Distribution]]:
    """Yield normalised names, and where the metadata are: in a directory, or with ``importlib.metadata``."""
    seen: set[str] = set()
    for name, known in _everything():
        if name not in seen or not name:
            seen.add(name)
            yield name, known


def _everything() -> Iterator[tuple[str, str | Distribution]]:
    if any(hasattr(finder, "find_distributions") and finder is not PathFinder for finder in sys.meta_path):
        yield from _asked(None)
        return
    entries: list[Any] = list(sys.path)
    for folder in dict.fromkeys(entry for entry in entries if isinstance(entry, str)):  # what imports look at
        if folder.endswith(".egg") or os.path.isfile(folder):  # a zip file, or how things were installed long ago
            yield from _asked(folder)
        else:
            yield from _described(folder or ".")


def _asked(folder: str | None) -> Iterator[tuple[str, Distribution]]:
    """Yield what ``importlib.metadata`` knows: of one place, or of all."""
    from importlib.metadata import distributions

    for known in distributions() if folder is None else distributions(path=[folder]):
        yield normalised(_said(known, "Name")), known  # what was left behind half removed has no name


def _described(folder: str) -> Iterator[tuple[str, str]]:
    """Yield the distributions that are described in a directory."""
    try:
        names = os.listdir(folder)
    except OSError:  # no such directory, or none that may be read: nothing can be imported from it either
        return
    for name in names:
        stem, suffix = os.path.splitext(name)
        if suffix in _METADATA:
            yield normalised(stem.partition("-")[0]), os.path.join(folder, name)


def _points(known: str | Distribution, group: str) -> Iterator[EntryPoint]:
    if isinstance(known, str):
        for name, value in _lines(known, group):
            yield EntryPoint(name, value, _field(known, "Name"), _field(known, "Version"))
    else:
        for point in known.entry_points:
            if point.group == group:
                yield EntryPoint(point.name, point.value, _said(known, "Name"), _said(known, "Version"))


def _lines(path: str, group: str) -> Iterator[tuple[str, str]]:
    """Yield the names and values that stand under a group's heading."""
    try:
        with open(os.path.join(path, "entry_points.txt"), encoding="utf-8") as file:
            text = file.read()
    except OSError:  # most distributions have none
        return
    section = ""
    for line in map(str.strip, text.splitlines() if group in text else ()):
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1].strip()
        elif section == group and line and not line.startswith("#"):
            name, _, value = line.partition("=")
            yield name.strip(), value.strip()


def _said(known: Distribution, name: str) -> str:
    """Return a field of the metadata; ``known.name`` warns where there is none."""
    metadata: Any = known.metadata
    found: str | None = metadata.get(name)
    return found or ""


def _field(path: str, name: str) -> str:
    """Return a field of the metadata's header."""
    file = "METADATA" if path.endswith(_METADATA[0]) else "PKG-INFO"
    try:
        with open(os.path.join(path, file), encoding="utf-8", errors="replace") as metadata:
            header = metadata.read(_HEADER)
    except OSError:  # a distribution without metadata is named by its directory
        return ""
    found = re.search(rf"^{name}:\s*(.*?)\s*$", header.partition("\n\n")[0], re.MULTILINE)
    return found[1] if found else ""
