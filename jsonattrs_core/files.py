"""Reading the file of a schema: YAML or JSON, strictly, and with the place of whatever is wrong with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonattrs_core.errors import SchemaError

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

__all__ = ["read_mapping"]

#: A schema of five hundred long attributes is well below it.
_MAX_FILE = 10 * 1024 * 1024


def read_mapping(path: str | os.PathLike[str]) -> Mapping[str, Any]:
    """Read the YAML or JSON file at ``path``.

    Raises OSError where it cannot be read, and SchemaError, with line and column, where it is not what its name says.
    """
    path = Path(path)
    with path.open("rb") as file:
        content = file.read(_MAX_FILE + 1)
    if len(content) > _MAX_FILE:
        raise SchemaError(f"{path}: a schema has at most {_MAX_FILE:,} bytes")
    try:
        text = content.decode("utf-8-sig")
        found = _from_json(text) if path.suffix.lower() == ".json" else _from_yaml(text)
    except UnicodeDecodeError as error:
        raise SchemaError(f"{path}: this is not UTF-8 text (byte {error.start})") from error
    except RecursionError as error:
        raise SchemaError(f"{path}: this is nested too deep") from error
    except SchemaError as error:
        raise SchemaError(f"{path}: {fault}" for fault in error.faults) from error
    if not isinstance(found, dict):
        raise SchemaError(f"{path}: a schema is a mapping with 'format', 'name' and 'attributes'")
    return found


def _from_json(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_no_key_twice)
    except json.JSONDecodeError as error:
        raise SchemaError(f"line {error.lineno}, column {error.colno}: {error.msg}") from error
    except ValueError as error:  # a number of thousands of digits
        raise SchemaError(str(error)) from error


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        raise SchemaError(f"{next(name for name in names if names.count(name) > 1)!r} stands twice in one mapping")
    return members


def _from_yaml(text: str) -> Any:
    try:
        from jsonattrs_core.yaml_loader import load
    except ModuleNotFoundError as error:
        raise SchemaError("reading YAML needs an extra: pip install 'jsonattrs[yaml]'") from error
    return load(text)
