"""Links of OpenAPI: what a response says of where to go on from a new record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["link_records"]

_Schema = dict[str, Any]
_METHODS = ("get", "post", "put", "patch", "delete")
_OF_RECORD = re.compile(r"(?P<collection>.*?/)\{(?P<name>\w+)\}(/[^{}]*)?").fullmatch
_PREFIX = "#/components/schemas/"


def link_records(result: _Schema, generator: Any, request: Any, public: bool) -> _Schema:
    """Add to each operation that makes a record links to those that are about one; return the document.

    It is a hook of drf-spectacular, for ``SPECTACULAR_SETTINGS["POSTPROCESSING_HOOKS"]``. A record is linked where it
    is made by a POST at ``/parties/``, shows its ``id``, and is at ``/parties/{id}/``: to the operations there and
    below. Programs that follow links, such as those that test an API, then find out more.
    """
    paths = result.get("paths", {})
    for path, operations in paths.items():
        detail = _OF_RECORD(path)
        if detail is None or "post" not in paths.get(detail["collection"], {}):
            continue
        name = detail["name"]
        links = {operation["operationId"]: _link(operation["operationId"], name) for operation in _own(operations)}
        for response in _made(paths[detail["collection"]]["post"]):
            if any(name in _members(media.get("schema", {}), result) for media in response["content"].values()):
                response["links"] = {**response.get("links", {}), **links}
    return result


def _own(operations: _Schema) -> Iterator[_Schema]:
    return (operations[method] for method in _METHODS if method in operations)


def _link(operation_id: str, name: str) -> _Schema:
    return {"operationId": operation_id, "parameters": {name: f"$response.body#/{name}"}}


def _made(operation: _Schema) -> Iterator[_Schema]:
    return (each for code, each in operation["responses"].items() if code == "201" and "content" in each)


def _members(schema: Any, result: _Schema) -> set[str]:
    """Return the names that every object of a schema may have."""
    if "$ref" in schema:
        return _members(result["components"]["schemas"][schema["$ref"].removeprefix(_PREFIX)], result)
    found = set(schema.get("properties", ()))
    for part in schema.get("allOf", ()):
        found |= _members(part, result)
    for word in ("anyOf", "oneOf"):
        if word in schema:
            found |= set.intersection(*(_members(part, result) for part in schema[word]))
    return found
