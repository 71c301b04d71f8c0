"""JSON Schema 2020-12 of the records that a composed schema describes, for other programs and for forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from jsonattrs_core.builtin.patterns import common_pattern
from jsonattrs_core.definitions import Choice
from jsonattrs_core.documents import plain
from jsonattrs_core.records import resolve
from jsonattrs_core.values import UNSET, text_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonattrs_core.compiler.attribute_plan import AttributePlan
    from jsonattrs_core.compiler.plan import Plan
    from jsonattrs_core.composed import ComposedSchema

__all__ = ["RecordKind", "record_schema"]

#: What is described: a new record, changes to one, or what a stored one reads as.
RecordKind: TypeAlias = Literal["new", "changes", "stored"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: Properties that JSON Schema has no keyword for; they are given as they are under ``x-jsonattrs``.
_OTHER = ("key", "type", "subtype", "group", "order", "unique", "indexed", "required_if", "visible_if", "status")


#: Keywords that mean nothing for a value that is stored as a text.
_OF_NUMBERS = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
#: Keywords that are asked of null as well.
_OF_ANY_TYPE = {"enum", "oneOf", "allOf"}
#: Which of two bounds is the narrower one.
_NARROWER = {"minLength": max, "maxLength": min}


def record_schema(schema: ComposedSchema, plan: Plan, language: str | None, of: RecordKind = "new") -> dict[str, Any]:
    """Return the JSON Schema of records by attribute name, their texts in ``language``.

    What it accepts may still be refused: it has no rules, no subtypes but as ``format``, and no limits that move.
    """
    texts = language, schema.default_language
    properties = {part.name: _attribute_schema(part, texts, of) for part in plan.attributes}
    document: dict[str, Any] = {"$schema": _DIALECT, "type": "object", "properties": properties}
    required = [part.name for part in plan.attributes if part.required and not part.default and not part.visible_if]
    if required and of == "new":
        document["required"] = required
    document["additionalProperties"] = False
    if extension := _record_extension(schema, texts):
        document["x-jsonattrs"] = extension
    return document


def _record_extension(schema: ComposedSchema, texts: tuple[str | None, str]) -> dict[str, Any]:
    extension: dict[str, Any] = {}
    if schema.rules:
        extension["rules"] = [
            {"expression": rule.expression, "message": text_in(rule.message, *texts), "severity": rule.severity}
            for rule in schema.rules
        ]
    if schema.unique_together:
        extension["unique_together"] = [list(group) for group in schema.unique_together]
    return extension


def _attribute_schema(plan: AttributePlan, texts: tuple[str | None, str], of: RecordKind) -> dict[str, Any]:
    attribute = plan.attribute
    found: dict[str, Any] = {}
    for keyword, text in (("title", attribute.label), ("description", attribute.help_text)):
        if text:
            found[keyword] = text_in(text, *texts)
    value = _item_schema(plan, texts, of)
    if plan.multiple:
        value = {"type": "array", "items": value}
        if of != "stored":
            value |= _constraint_keywords(plan, whole=True)
            value |= {"minItems": max(1, value.get("minItems", 1))} if plan.required else {}
    is_demanded = plan.required and not plan.visible_if and of != "stored"
    found |= value if is_demanded else _nullable(value)
    default = plan.attribute.default
    if of == "new" and plan.default is not None and not (isinstance(default, str) and default in plan.base.named):
        found["default"] = plan.dump(plan.default())
    if attribute.status == "deprecated":
        found["deprecated"] = True
    found["x-jsonattrs"] = _extension(plan)
    return found


def _item_schema(plan: AttributePlan, texts: tuple[str | None, str], of: RecordKind) -> dict[str, Any]:
    base = plan.base
    keywords = dict(base.json_schema(plan.attribute) if callable(base.json_schema) else base.json_schema)
    subtype = plan.subtype
    if of != "stored":
        keywords |= subtype.json_schema if subtype is not None else {}
        keywords = _narrowed(keywords, _constraint_keywords(plan, whole=False))
    if subtype is not None:
        keywords["format"] = subtype.name
        is_open = of != "stored" and "pattern" not in keywords
        pattern = common_pattern(subtype.pattern) if subtype.pattern and is_open else None
        if pattern:
            keywords["pattern"] = pattern
    if isinstance(plan.attribute.choices, tuple):
        offered = [choice for choice in plan.attribute.choices if not choice.retired or of == "stored"]
        keywords |= _choice_keywords(plan, offered, texts)
    elif subtype is not None and subtype.choices is not None:
        pairs = resolve(subtype.choices)(texts[0])
        keywords |= _choice_keywords(plan, [Choice(value, label) for value, label in pairs], texts)
    return keywords


def _narrowed(keywords: Mapping[str, Any], further: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keywords of both; of two bounds the narrower one."""
    both = keywords.keys() & further.keys() & _NARROWER.keys()
    return {**keywords, **further, **{name: _NARROWER[name](keywords[name], further[name]) for name in both}}


def _constraint_keywords(plan: AttributePlan, *, whole: bool) -> dict[str, Any]:
    keywords: dict[str, Any] = {}
    for constraint, parameter in plan.constraints:
        if constraint.whole is whole and constraint.json_schema is not None:
            keywords |= resolve(constraint.json_schema)(parameter)
    return keywords if plan.base.json == "number" else {k: v for k, v in keywords.items() if k not in _OF_NUMBERS}


def _choice_keywords(plan: AttributePlan, offered: list[Choice], texts: tuple[str | None, str]) -> dict[str, Any]:
    values = [plan.dump_item(plan.clean_choice(choice.value)) for choice in offered]
    if all(choice.label is UNSET for choice in offered):  # or none is offered, and no value is accepted
        return {"enum": values}
    labelled = zip(values, offered, strict=True)
    return {
        "oneOf": [{"const": value, "title": text_in(choice.label, *texts) or str(value)} for value, choice in labelled]
    }


def _nullable(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema with null let in, since an attribute that is not required may be null or empty."""
    if isinstance(schema.get("type"), str) and not _OF_ANY_TYPE & schema.keys():
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [dict(schema), {"type": "null"}]}


def _extension(plan: AttributePlan) -> dict[str, Any]:
    attribute = plan.attribute
    extension = {name: getattr(attribute, name) for name in _OTHER if getattr(attribute, name) is not UNSET}
    if plan.initial_default is not UNSET:
        extension["initial_default"] = plan.dump(plan.initial_default)
    without = {
        constraint.name: parameter
        for constraint, parameter in plan.constraints
        if constraint.json_schema is None
        or not resolve(constraint.json_schema)(parameter)
        or (plan.base.json != "number" and resolve(constraint.json_schema)(parameter).keys() <= _OF_NUMBERS)
    }
    if plan.subtype is not None:
        own = set(plan.subtype.params)
        without |= {name: parameter for name, parameter in (attribute.constraints or {}).items() if name in own}
    if without:
        extension["constraints"] = plain(without)
    if plan.subtype is not None and plan.subtype.input:
        extension["input"] = dict(plan.subtype.input)
    return extension
