"""YAML as its version 1.2 has it: ``no`` is a text, ``12:30`` is not 750, a key that stands twice is an error."""

from __future__ import annotations

import re
from typing import Any

import yaml

from jsonattrs_core.errors import SchemaError

__all__ = ["load"]


class _Loader(yaml.SafeLoader):
    """The safe loader with the core schema of YAML 1.2 (section 10.3.2) and without aliases."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own name, filled below

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):  # a few nested ones can name more than a machine can hold
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "aliases are not allowed here", event.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise yaml.constructor.ConstructorError(None, None, "a name must be a text", key_node.start_mark)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key!r} stands twice", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), _first)


def _integer(_: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    return int(node.value)  # YAML 1.1 would read 010 as 8


_Loader.add_constructor("tag:yaml.org,2002:int", _integer)


#: The tags of the core schema; a document that names another one is refused.
_CORE = {f"tag:yaml.org,2002:{kind}" for kind in ("null", "bool", "int", "float", "str", "seq", "map")}
_Loader.yaml_constructors = {
    tag: made for tag, made in _Loader.yaml_constructors.items() if tag in _CORE or tag is None
}


def load(text: str) -> Any:
    """Return the plain values of a YAML text. Raises SchemaError with line and column."""
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a subclass of the safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise SchemaError(f"{place}{error.problem or error.context}") from error
    except (yaml.YAMLError, ValueError) as error:
        raise SchemaError(f"this is not YAML: {error}") from error
