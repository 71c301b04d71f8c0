"""What an index cannot hold: PostgreSQL refuses to write a record whose entry would be too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonattrs_django.registry import registry

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from jsonattrs_core import Attribute, ComposedSchema, Validator

__all__ = ["LONGEST_INDEXED", "too_long"]

#: Characters of an indexed text. An entry holds 2,704 bytes, and a character has up to four.
LONGEST_INDEXED = 600


def too_long(schema: ComposedSchema, validator: Validator, indexed: AbstractSet[str] = frozenset()) -> list[str]:
    """Return what is wrong with the attributes that are indexed and take texts that no index entry holds.

    ``indexed`` are keys that are indexed because another scope asks for it.
    """
    return [
        f"attribute {name!r}: an indexed text needs a max_length of at most {LONGEST_INDEXED}, since an entry of an "
        "index is no longer; for finding parts of longer texts say indexed: 'trigram'"
        for name, attribute in schema.items()
        if (attribute.indexed is True or attribute.key in indexed)
        and attribute.type == "text"
        and not attribute.multiple
        and any(not validator.check_attribute(name, text).problems for text in _long_texts(attribute))
    ]


def _long_texts(attribute: Attribute) -> Iterable[str]:
    """Return some texts that are too long: of letters, of digits, and such as begin like the subtype's examples."""
    subtype = registry().subtypes.get(attribute.subtype) if isinstance(attribute.subtype, str) else None
    for begin in ("", *(example for example in (subtype.examples if subtype else ()) if isinstance(example, str))):
        for more in ("a", "A", "1"):
            yield begin + more * (LONGEST_INDEXED + 1)
