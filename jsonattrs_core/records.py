"""What a plugin contributes: frozen records that hold names and functions. There is no class to inherit from."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field, replace
from typing import Any, NamedTuple, Protocol, TypeAlias

__all__ = [
    "BaseType",
    "Check",
    "Constraint",
    "Expression",
    "RuleLanguage",
    "Subtype",
    "SyntaxTree",
    "TextFormat",
    "ValueType",
    "resolve",
    "with_objects",
]

#: Takes a value and returns the clean value, or raises :class:`~jsonattrs_core.Invalid`. It never returns a verdict.
Check: TypeAlias = Callable[[Any], Any]

#: An object, mostly a function, or where it is: "module:object", imported when it is first needed.
Named: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class BaseType:
    """What a value is in Python and in JSON, and how it goes from one to the other.

    Its functions and its class may be given as ``"module:object"``.
    """

    name: str  #: the name that ``Attribute.type`` gives, such as ``"date"``
    _: KW_ONLY
    python: Named  #: class of the clean values
    json: str  #: JSON type of the stored values: "string", "number", "boolean", "array" or "object"
    check: Named  #: ``(value) -> clean value`` for JSON and Python values; a maker of one with `factory`
    from_text: Named  #: ``(text, language) -> value`` for `check`; the text is not blank
    dump: Named  #: ``(clean value) -> JSON value``
    load: Named  #: ``(JSON value) -> clean value``; raises Invalid where it does not fit
    constraints: Iterable[str] = ()  #: names of the constraints that this type takes
    named: Mapping[str, Named] = field(default_factory=dict)  #: named defaults: ``(now) -> value``
    json_schema: Mapping[str, Any] | Named = field(default_factory=dict)
    canonical: Named = None  #: ``(clean value) -> text``, the same for equal values
    to_text: Named = None  #: ``(clean value, language) -> text``; what `dump` gives if None
    factory: bool = False  #: `check` is a maker ``(attribute) -> check``
    label: str = ""  #: name of the type for people, in English
    summary: str = ""  #: one sentence on what it takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Subtype:
    """A detailed type on top of a base type: ``id-nik`` on ``text``."""

    base: str  #: base type whose clean values reach the check
    name: str  #: "<iso country>-<kind>", or "<kind>"
    load: str | Callable[..., Any]  #: "module:function", imported when a schema that uses it is first compiled
    factory: bool = False  #: the function is a maker ``(attribute) -> check``, not a check
    params: Iterable[str] = ()  #: names of constraints that the maker reads and that are its own
    aliases: Iterable[str] = ()  #: other names for it
    country: str | None = None  #: ISO 3166-1 alpha-2, upper case
    kind: str | None = None  #: what it identifies, in a word: "national-id", "post-code"
    label: str  #: name for people, in English or as its country calls it
    summary: str  #: one sentence
    examples: Iterable[Any]  #: values that pass: published samples, never a real person's
    invalid_examples: Iterable[Any]  #: values of the base type that are refused
    codes: Iterable[str] | Mapping[str, str] = ()  #: problem codes it raises; a mapping gives own codes their English
    priority: int = 50  #: who wins where two providers offer one name; equal priorities are a conflict
    choices: str | None = None  #: "module:function", ``(language) -> (value, label) pairs``: the only values
    suggestions: str | None = None  #: "module:function", ``(language) -> (value, label) pairs``: offered, not enforced
    pattern: str | None = None  #: a regular expression that accepts exactly the clean values, if there is one
    #: Keywords of JSON Schema that hold for every clean value; those of the attribute's own constraints replace them.
    json_schema: Mapping[str, Any] = field(default_factory=dict)
    format: str | None = None  #: "module:function", ``(clean value) -> text`` for people
    input: Mapping[str, str] = field(default_factory=dict)  #: hints for forms: inputmode, autocomplete, mask


@dataclass(frozen=True, slots=True)
class Constraint:
    """A check with a parameter, such as ``min``."""

    name: str  #: the name in ``Attribute.constraints``
    _: KW_ONLY
    bases: Iterable[str]  #: base types that take it
    load: str | Callable[..., Check | None]  #: ``(parameter, attribute) -> check``; None: nothing to check
    codes: Iterable[str] | Mapping[str, str] = ()  #: problem codes it raises
    parameter: str = ""  #: what the parameter is, in words
    whole: bool = False  #: checks the list of a `multiple` attribute, not each of its items
    with_base: bool = False  #: `load` is given the attribute's :class:`BaseType` as well, as its third argument
    json_schema: Named = None  #: ``(parameter) -> JSON Schema keywords``


@dataclass(frozen=True, slots=True)
class TextFormat:
    """How the values of a base type are written by people, in their language, where its own way is too plain."""

    name: str  #: the base type whose values it reads and writes
    _: KW_ONLY
    read: str | Callable[[str, str], Any]  #: "module:function", ``(text, language) -> value`` for the type's check
    write: str | Callable[[Any, str], str]  #: "module:function", ``(clean value, language) -> text`` for `read`
    summary: str = ""  #: one sentence


class ValueType(NamedTuple):
    """What a rule language is told about one attribute."""

    base: BaseType
    multiple: bool


#: How an expression is built, for programs that translate it: ``(operation, *operands)``, and each operand is a tree.
#: One is ``("&&", (">", ("name", "age"), ("value", 17)), ("given", "email"))``. Names and signs are those of CEL;
#: ``value`` holds what is written out: dates and times as aware datetimes, durations as timedeltas.
SyntaxTree: TypeAlias = tuple[Any, ...]


class Expression(Protocol):
    """A compiled expression. It may have a method ``tree()`` that gives its :data:`SyntaxTree`."""

    @property
    def names(self) -> Iterable[str]:
        """Names of the attributes whose change makes it worth evaluating again."""

    def evaluate(self, values: Mapping[str, Any]) -> bool | None:
        """Evaluate over the typed values by name; an absent or null value has no key in ``values``.

        Returns None, or lets the KeyError of an absent value out, where the outcome needs a value that is absent.
        Raises :class:`~jsonattrs_core.Invalid` where it cannot be evaluated (a bound exceeded, a division by zero).
        """


class _Compiler(Protocol):
    def compile(self, expression: str, types: Mapping[str, ValueType], result: type) -> Expression: ...


@dataclass(frozen=True, slots=True)
class RuleLanguage:
    """A language for rules and conditions.

    ``load`` names an object with ``compile(expression, types, result) -> expression``; ``types`` maps the attributes'
    names to their base type and whether they are multiple, ``result`` is the Python type to give (bool). It raises
    :class:`~jsonattrs_core.SchemaError` for an expression that it refuses.
    """

    name: str
    _: KW_ONLY
    load: str | Callable[[], _Compiler]  #: "module:object", or a function that returns the object
    summary: str = ""


def resolve(target: Any) -> Any:
    """Return what ``"module:object"`` names, importing the module; anything but a string is given back as it is.

    Raises ImportError or AttributeError where the module or the object is missing, ValueError where it is no such name.
    """
    if not isinstance(target, str):
        return target
    module, separator, path = target.partition(":")
    if not (module and separator and path):
        raise ValueError(f"{target!r} is not of the form 'module:object'")
    found: Any = importlib.import_module(module)
    for part in path.split("."):
        found = getattr(found, part)
    return found


#: Fields of a base type that hold a function or a class, or the name of one.
_NAMED = ("python", "check", "from_text", "dump", "load", "json_schema", "canonical", "to_text")


def with_objects(record: BaseType) -> BaseType:
    """Return the base type with the objects that its fields name. Raises what :func:`resolve` raises."""
    changes = {name: resolve(getattr(record, name)) for name in _NAMED}
    return replace(record, named={name: resolve(make) for name, make in record.named.items()}, **changes)
