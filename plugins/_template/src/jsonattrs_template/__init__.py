"""The orchard code, for jsonattrs.

Every process that has this plugin installed imports this module, whether it uses the plugin or not. So it holds a table
and nothing else: no other library, no file, no work. The rule itself, in ``checks``, is imported when a schema that
uses it is compiled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonattrs_core import Subtype, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable


@hookimpl
def jsonattrs_subtypes() -> Iterable[Subtype]:
    """Return the subtypes of this plugin; called once for each registry that is built."""
    return (
        Subtype(
            base="text",
            # What belongs to one country is named by its ISO code and a kind, "nz-orchard-code", and has country="NZ".
            name="template-code",
            load="jsonattrs_template.checks:orchard_code",
            kind="orchard-code",
            label="Orchard code",
            summary="Code of an orchard in the Orchard Register, which is made up",
            examples=("NO00 0123 4522", "EA0000000169"),
            invalid_examples=("NO00 0123 4523", "XX00 0123 4551", "NO00 0123 45"),
            # The core has a sentence for each. With a code of your own this is a mapping:
            # {"length": "", "checksum": "", "<provider>.<code>": "What is said of it, in English."}
            codes=("length", "format", "component", "checksum"),
            format="jsonattrs_template.checks:grouped",
            input={"inputmode": "text", "autocapitalize": "characters", "mask": "aa00 0000 0000"},
        ),
    )
