"""Where the benchmarks ran, and with what."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["describe"]

#: Distributions whose versions decide the figures.
LIBRARIES = (
    "jsonattrs",
    "pluggy",
    "google-re2",
    "pydantic",
    "pydantic-core",
    "marshmallow",
    "jsonschema",
    "cerberus",
    "typer",
    "rich",
)


def describe(libraries: Iterable[str] = LIBRARIES) -> Mapping[str, str]:
    """Return what a reader needs to judge the figures, by its heading."""
    return {
        "processor": f"{_processor()}, {os.cpu_count()} cores in sight",
        "system": f"{platform.system()} {platform.machine()}",
        "load when it began": f"{os.getloadavg()[0]:.1f} processes waiting for a core or using one, by the last minute",
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "libraries": ", ".join(f"{name} {version(name)}" for name in libraries),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:  # not Linux
        lines = []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, "") or platform.processor() or "unknown"
