"""The form fields of django-localflavor as subtypes of jsonattrs.

This module is thin: it hands over the table. Django and django-localflavor are imported when a schema that uses one of
the subtypes is compiled, and of django-localflavor only the country that it asks for.
"""

from __future__ import annotations

from jsonattrs_core import Subtype, hookimpl
from jsonattrs_localflavor.table import (
    ALIASES,
    CHOICES,
    DISPLAYED,
    GENERIC,
    MASKS,
    PRIORITIES,
    ROWS,
    SUGGESTIONS,
    Row,
)

__all__ = ["jsonattrs_subtypes"]


@hookimpl
def jsonattrs_subtypes() -> list[Subtype]:
    """Return one subtype for each form field."""
    return [_subtype(row) for row in ROWS]


def _subtype(row: Row) -> Subtype:
    name, _field, kind, label, summary, examples, invalid_examples, form, exact, codes, hints = row
    function = name.replace("-", "_")
    return Subtype(
        base="text",
        name=name,
        load=f"jsonattrs_localflavor.checks:{function}",
        aliases=ALIASES.get(name, ()),
        country=None if name in GENERIC else name[:2].upper(),
        kind=kind,
        label=label,
        summary=summary,
        examples=examples,
        invalid_examples=invalid_examples,
        codes=("format", "max_length", "choice") if name in CHOICES else ("format", "max_length", *codes),
        priority=PRIORITIES.get(name, 50),
        choices=f"jsonattrs_localflavor.choices:{function}" if name in CHOICES else None,
        suggestions=f"jsonattrs_localflavor.choices:{function}" if name in SUGGESTIONS else None,
        pattern=form if exact else None,
        format=f"jsonattrs_localflavor.display:{function}" if name in DISPLAYED else None,
        input={**hints, "mask": MASKS[name]} if name in MASKS else hints,
    )
