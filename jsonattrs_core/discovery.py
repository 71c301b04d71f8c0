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
    if any(hasattr(finder, "find_distributions") and finder is not PathFinder for finder in sys.meta_path):
        return _asked(group, None)
    found: list[EntryPoint] = []
    seen: set[str] = set()
    for folder in dict.fromkeys(sys.path):
        if folder.endswith(".egg") or os.path.isfile(folder):  # a zip file, or how things were installed long ago
            found += (point for point in _asked(group, folder) if normalised(point.distribution) not in seen)
            continue
        for name, path in _described(folder or "."):
            if name not in seen:
                seen.add(name)
                found += _points(path, group)
    return found


def distribution_version(name: str) -> str:
    """Return the version of an installed distribution, nothing if there is none."""
    for folder in sys.path:
        for found, path in _described(folder or "."):
            if found == name:
                return _field(path, "Version")
    return ""


def normalised(name: str) -> str:
    """Return a distribution's name as all its spellings are compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _described(folder: str) -> Iterator[tuple[str, str]]:
    """Yield the normalised names of the distributions in a directory, and the paths of their metadata."""
    try:
        names = os.listdir(folder)
    except OSError:  # no such directory, or none that may be read: nothing can be imported from it either
        return
    for name in names:
        stem, suffix = os.path.splitext(name)
        if suffix in _METADATA:
            yield normalised(stem.partition("-")[0]), os.path.join(folder, name)


def _points(path: str, group: str) -> Iterator[EntryPoint]:
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
            yield EntryPoint(name.strip(), value.strip(), _field(path, "Name"), _field(path, "Version"))


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


def _asked(group: str, folder: str | None) -> list[EntryPoint]:
    """Return what ``importlib.metadata`` knows: of one place, or of all."""
    from importlib.metadata import distributions

    found: dict[str, list[EntryPoint]] = {}
    for known in distributions() if folder is None else distributions(path=[folder]):
        points = (point for point in known.entry_points if point.group == group)
        found.setdefault(
            normalised(known.name), [EntryPoint(point.name, point.value, known.name, known.version) for point in points]
        )
    return [point for points in found.values() for point in points]
