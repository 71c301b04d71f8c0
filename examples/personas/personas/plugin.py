"""Texts that any word may be written in, and that offer some: a plugin that is part of the project, not installed.

The settings name it in ``JSONATTRS["PLUGINS"]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonattrs_core import Subtype, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["jsonattrs_subtypes"]

#: Subtype, what it is called, the function in ``suggestions`` that gives what is offered, and an example of another.
OPEN = (
    ("writing-tone", "Tone", "tones", "wistful"),
    ("writing-person", "Person", "persons", "we, the people of the valley"),
    ("writing-motivation", "Motivation", "motivations", "to be read in a hundred years"),
    ("writing-value", "Value", "values", "thrift"),
    ("writing-decisions", "Way of deciding", "decisions", "by tossing a coin"),
    ("writing-conflicts", "Way with conflicts", "conflicts", "by changing the subject"),
    ("writing-education", "Education", "education", "night school"),
)


@hookimpl
def jsonattrs_subtypes() -> Iterable[Subtype]:
    """Return a subtype for each list of words that is offered."""
    return [
        Subtype(
            base="text",
            name=name,
            load="personas.suggestions:any_word",
            kind=name,
            label=label,
            summary=f"{label} of a writer, in any words; some are offered.",
            examples=(example,),
            invalid_examples=("a\x00b",),
            codes=("format",),
            suggestions=f"personas.suggestions:{function}",
        )
        for name, label, function, example in OPEN
    ]
