"""Compare the table of this plugin with the django-localflavor that is installed, and say what differs.

``python tools/check_table.py`` prints a line for each form field that the table lacks, names in vain or gives twice,
and ends with 1 if there is any. Run it after an update of django-localflavor, and write the rows that are missing.
"""

from __future__ import annotations

import pkgutil
import sys
from collections import Counter
from importlib import import_module
from typing import TYPE_CHECKING

import localflavor
from django.forms import Field

from jsonattrs_localflavor import table
from jsonattrs_localflavor.django_settings import ensure_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["concrete_fields", "differences"]


def concrete_fields() -> Iterator[str]:
    """Yield ``"module:Class"`` of each form field that django-localflavor defines and means to be used."""
    ensure_settings()
    for package in pkgutil.iter_modules(localflavor.__path__):
        if package.ispkg and _has_forms(package.name):
            yield from _fields_of(f"{package.name}.forms")


def _has_forms(package: str) -> bool:
    modules = pkgutil.iter_modules(import_module(f"localflavor.{package}").__path__)
    return any(module.name == "forms" for module in modules)


def _fields_of(path: str) -> Iterator[str]:
    module = import_module(f"localflavor.{path}")
    for name, found in sorted(vars(module).items()):
        own = isinstance(found, type) and issubclass(found, Field) and found.__module__ == module.__name__
        if own and not name.startswith("_"):  # the two bases of the American numbers
            yield f"{path}:{name}"


def differences() -> list[str]:
    """Return a sentence for each difference."""
    there, here = set(concrete_fields()), [row[1] for row in table.ROWS]
    names = {row[0] for row in table.ROWS}
    named = {*table.ALIASES, *table.CHOICES, *table.DISPLAYED, *table.GENERIC, *table.MASKS, *table.PRIORITIES}
    return [
        *(f"the table lacks {field}" for field in sorted(there.difference(here))),
        *(f"django-localflavor lacks {field}" for field in sorted(set(here) - there)),
        *(f"{field} is given {count} times" for field, count in Counter(here).items() if count > 1),
        *(f"no row is called {name}" for name in sorted({*named, *table.SUGGESTIONS} - names)),
    ]


if __name__ == "__main__":
    found = differences()
    print("\n".join(found) or f"{len(table.ROWS)} form fields, nothing differs")
    sys.exit(1 if found else 0)
