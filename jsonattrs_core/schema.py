"""A schema: the attributes, rules and unique groups that one scope defines or changes."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Any

from jsonattrs_core import documents

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

    from jsonattrs_core.definitions import Attribute, Rule

__all__ = ["Schema"]


@dataclass(frozen=True, slots=True)
class Schema:
    """An ordered list of attribute definitions for one kind of entity in one scope."""

    name: str  #: names the schema in error messages and in provenance
    attributes: Iterable[Attribute] = ()
    _: KW_ONLY
    rules: Iterable[Rule] = ()
    unique_together: Iterable[Iterable[str]] = ()  #: groups of names whose values together are unique
    default_language: str = "en"  #: language of its plain texts, and the first fallback of the others
    rule_language: str = "cel"  #: language of its expressions

    def __post_init__(self) -> None:
        object.__setattr__(self, "attributes", tuple(self.attributes))
        object.__setattr__(self, "rules", tuple(self.rules))
        object.__setattr__(
            self,
            "unique_together",
            tuple(group if isinstance(group, str) else tuple(group) for group in self.unique_together),
        )

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Schema:
        """Read the schema in a YAML or JSON file. Raises OSError, and SchemaError with every fault of the file."""
        from jsonattrs_core.files import read_mapping  # json and pathlib are for those who read files

        return cls.from_document(read_mapping(path))

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Schema:
        """Return the schema that a document describes. Raises SchemaError with every fault; nothing is passed over."""
        return cls(**documents.parse(document))

    def to_document(self) -> dict[str, Any]:
        """Return the schema as a document of plain JSON values, from which the same schema can be read."""
        return documents.schema_document(self)
