"""The plugin that brings the two functions to jsonattrs as subtypes."""

from __future__ import annotations

from benchmarks.functions import make_functions
from jsonattrs_core import Invalid, Subtype, hookimpl

__all__ = ["check_number", "check_post_code", "jsonattrs_subtypes"]

check_post_code, check_number = make_functions(Invalid)


@hookimpl
def jsonattrs_subtypes() -> list[Subtype]:
    """Return the post code and the number of the record."""
    return [
        Subtype(
            base="text",
            name="bench-post-code",
            load="benchmarks.subtypes:check_post_code",
            label="Post code",
            summary="Starts with two letters",
            examples=("AB12 3CD",),
            invalid_examples=("12 3CD",),
        ),
        Subtype(
            base="text",
            name="bench-number",
            load="benchmarks.subtypes:check_number",
            label="Number",
            summary="Eleven characters",
            examples=("078-05-1120",),
            invalid_examples=("078-05-112",),
        ),
    ]
