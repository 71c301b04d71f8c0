"""The numbers that python-stdnum knows, as subtypes of jsonattrs.

This module is thin: it hands over the table. python-stdnum is imported when a schema that uses one of the subtypes is
compiled, and of it only the module of that number.
"""

from __future__ import annotations

from jsonattrs_core import Subtype, hookimpl
from jsonattrs_stdnum.table import PATTERNS, ROWS

__all__ = ["jsonattrs_subtypes"]

#: What a form may know about typing, by the word in the table.
_HINTS = {
    "digits": {"inputmode": "numeric"},
    "capitals": {"autocapitalize": "characters"},
    "post digits": {"inputmode": "numeric", "autocomplete": "postal-code"},
    "post capitals": {"autocomplete": "postal-code", "autocapitalize": "characters"},
    "": {},
}


@hookimpl
def jsonattrs_subtypes() -> list[Subtype]:
    """Return one subtype for each number."""
    return [_subtype(*row) for row in ROWS]


def _subtype(
    module: str,
    name: str,
    kind: str,
    label: str,
    typing: str,
    mask: str,
    summary: str,
    examples: tuple[str, ...],
    invalid_examples: tuple[str, ...],
    codes: tuple[str, ...],
    formatted: bool,
    aliases: tuple[str, ...],
) -> Subtype:
    """Return the record of a row, of which each parameter is a column."""
    function = name.replace("-", "_")
    hints = _HINTS[typing]
    return Subtype(
        base="text",
        name=name,
        load=f"jsonattrs_stdnum.checks:{function}",
        aliases=aliases,
        country=_country(module),
        kind=kind,
        label=label,
        summary=summary,
        examples=examples,
        invalid_examples=invalid_examples,
        codes=("format", "max_length", *codes),
        priority=80,
        pattern=PATTERNS.get(name),
        format=f"jsonattrs_stdnum.display:{function}" if formatted else None,
        input={**hints, "mask": mask} if mask else hints,
    )


def _country(module: str) -> str | None:
    """Return the country of a module: that of its package, in whose name a word of Python has ``_`` behind it."""
    package, dot, _ = module.partition(".")
    return package.rstrip("_").upper() if dot and package != "eu" else None
