"""Bounds on what a schema and a document may hold; a registry carries them."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds, each of which may be set: ``Registry.installed(limits=Limits(depth=12))``."""

    attributes: int = 500  #: attributes of one composed schema
    choices: int = 10_000  #: choices of one attribute
    document_bytes: int = 1024 * 1024  #: size of one document as JSON in UTF-8
    depth: int = 8  #: containers inside each other in a value of type object, the value itself counted
    problems: int = 1000  #: problems that one check lists
