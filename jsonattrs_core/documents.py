"""Schemas as files: YAML or JSON, ``format: 1``, with exactly the properties of the definitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from jsonattrs_core.definitions import PROPERTIES, Attribute, Choice, Rule
from jsonattrs_core.errors import Fault, SchemaError, nearest
from jsonattrs_core.values import UNSET

if TYPE_CHECKING:
    from jsonattrs_core.schema import Schema

__all__ = ["FORMAT", "attribute_document", "parse", "plain", "schema_document"]

#: Version of the format of documents.
FORMAT = 1

_SCHEMA_KEYS = ("format", "name", "default_language", "rule_language", "attributes", "rules", "unique_together")
_RULE_KEYS = ("expression", "message", "attributes", "language", "severity")
_CHOICE_KEYS = ("value", "label", "retired")


def parse(document: Any) -> dict[str, Any]:
    """Return the keyword arguments of the Schema that ``document`` describes. Raises SchemaError with every fault."""
    if not isinstance(document, Mapping):
        raise SchemaError("a schema is a mapping with 'format', 'name' and 'attributes'")
    reader = _Reader(str(document.get("name", "")))
    reader.check_keys(document, _SCHEMA_KEYS, "", "property of a schema")
    if document.get("format") != FORMAT or type(document["format"]) is not int:
        reader.fault("", f"'format' must be {FORMAT}; it is {document.get('format')!r}")
    if not isinstance(document.get("name"), str) or not document["name"]:
        reader.fault("", "'name' must be a text")
    arguments: dict[str, Any] = {"name": document.get("name")}
    arguments |= {name: document[name] for name in ("default_language", "rule_language") if name in document}
    arguments["attributes"] = [
        reader.attribute(item, position) for position, item in enumerate(reader.items(document, "attributes"), 1)
    ]
    arguments["rules"] = [reader.rule(item, place) for place, item in enumerate(reader.items(document, "rules"), 1)]
    arguments["unique_together"] = reader.groups(document)
    if reader.faults:
        raise SchemaError(reader.faults)
    return arguments


class _Reader:
    """Reads the parts of one document, and gathers what is wrong with them."""

    def __init__(self, schema: str) -> None:
        self.schema = schema
        self.faults: list[Fault] = []

    def fault(self, attribute: str, message: str) -> None:
        self.faults.append(Fault(self.schema, attribute, message))

    def check_keys(self, mapping: Mapping[Any, Any], known: Iterable[str], attribute: str, what: str) -> None:
        for name in mapping:
            if name not in known:
                self.fault(attribute, f"{name!r} is no {what}{nearest(str(name), known)}")

    def items(self, document: Mapping[str, Any], name: str) -> list[Any]:
        found = document.get(name)
        if found is None:
            return []
        if not isinstance(found, list):
            self.fault("", f"{name!r} must be a list")
            return []
        return found

    def attribute(self, item: Any, position: int) -> Attribute:
        if not isinstance(item, Mapping):
            self.fault(f"number {position}", "an attribute is a mapping with 'key', 'name' and 'type'")
            return Attribute()
        shown = str(item.get("name", item.get("key", f"number {position}")))
        self.check_keys(item, PROPERTIES, shown, "property of an attribute")
        given = {name: value for name, value in item.items() if name in PROPERTIES}
        if not isinstance(given.get("name", ""), str) or not isinstance(given.get("key", ""), str):
            self.fault(shown, "'name' and 'key' must be texts")
        if "name" not in given and "key" not in given:
            self.fault(shown, "an attribute needs a 'key' or a 'name'")
        if isinstance(given.get("choices"), list):
            given["choices"] = [self._choice(choice, shown) for choice in given["choices"]]
        return Attribute(**given)

    def _choice(self, item: Any, attribute: str) -> Any:
        if not isinstance(item, Mapping):
            return item
        self.check_keys(item, _CHOICE_KEYS, attribute, "property of a choice")
        if "value" not in item:
            self.fault(attribute, "a choice needs a 'value'")
        return Choice(item.get("value"), item.get("label", UNSET), item.get("retired", False))

    def rule(self, item: Any, position: int) -> Rule:
        if not isinstance(item, Mapping):
            self.fault("", f"rule {position} must be a mapping with 'expression' and 'message'")
            return Rule("", "")
        self.check_keys(item, _RULE_KEYS, "", "property of a rule")
        for name in ("expression", "message"):
            if name not in item:
                self.fault("", f"rule {position} needs {name!r}")
        if not isinstance(item.get("attributes", []), list):
            self.fault("", f"'attributes' of rule {position} must be a list of names")
            return Rule("", "")
        given = {name: item[name] for name in _RULE_KEYS[2:] if name in item}
        return Rule(item.get("expression", ""), item.get("message", ""), **given)

    def groups(self, document: Mapping[str, Any]) -> list[Any]:
        groups = self.items(document, "unique_together")
        for group in groups:
            if not isinstance(group, list):
                self.fault("", "'unique_together' must be a list of lists of names")
                return []
        return groups


def schema_document(schema: Schema) -> dict[str, Any]:
    """Return ``schema`` as a document of plain JSON values, ready to be written."""
    document: dict[str, Any] = {"format": FORMAT, "name": schema.name}
    document |= {"default_language": schema.default_language, "rule_language": schema.rule_language}
    document["attributes"] = [attribute_document(attribute) for attribute in schema.attributes]
    if schema.rules:
        document["rules"] = [_rule_document(rule) for rule in schema.rules]
    if schema.unique_together:
        document["unique_together"] = [list(group) for group in schema.unique_together]
    return document


def attribute_document(attribute: Attribute) -> dict[str, Any]:
    """Return the properties of ``attribute`` that were given; its key always."""
    document = dict(attribute.given)
    document = {"key": document.get("key", attribute.name), **document}
    if isinstance(attribute.choices, tuple):
        document["choices"] = [_choice_document(choice) for choice in attribute.choices]
    return {name: plain(value) for name, value in document.items()}


def _choice_document(choice: Choice) -> Any:
    if choice.label is UNSET and not choice.retired and not isinstance(choice.value, Mapping | list | tuple):
        return choice.value
    document: dict[str, Any] = {"value": choice.value}
    if choice.label is not UNSET:
        document["label"] = choice.label
    if choice.retired:
        document["retired"] = True
    return document


def _rule_document(rule: Rule) -> dict[str, Any]:
    document: dict[str, Any] = {"expression": rule.expression, "message": plain(rule.message)}
    if rule.attributes:
        document["attributes"] = list(rule.attributes)
    if rule.language is not UNSET:
        document["language"] = rule.language
    if rule.severity != "error":
        document["severity"] = rule.severity
    return document


def plain(value: Any) -> Any:
    """Return a Python value of a definition (a date, a Decimal) as JSON."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(name): plain(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [plain(member) for member in value]
    from jsonattrs_core.builtin.written import dump_of

    return dump_of(type(value))(value)
