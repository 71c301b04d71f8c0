"""The language: from the text of an expression to one that can be evaluated."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from functools import cache, lru_cache, partial
from threading import Lock
from typing import TYPE_CHECKING, Any

from cel_expr_python import cel

from jsonattrs_cel import vocabulary
from jsonattrs_cel.complaints import sentences, type_in_words
from jsonattrs_cel.cost import estimated
from jsonattrs_cel.patterns import pattern_size
from jsonattrs_cel.places import TOO_DEEP, Complaint, at
from jsonattrs_cel.program import MAX_NAMES, Expression, Program, runtime
from jsonattrs_cel.rewriting import Rewriter
from jsonattrs_cel.sight import look_at, used_names
from jsonattrs_cel.syntax import syntax_tree
from jsonattrs_cel.tokens import tokens_of
from jsonattrs_cel.tree import encode, read_checked
from jsonattrs_cel.values import converter, type_of
from jsonattrs_core import SchemaError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonattrs_core.records import ValueType

__all__ = ["LANGUAGE", "MAX_EXPRESSION", "Language"]

#: Most characters of an expression.
MAX_EXPRESSION = 2_000
#: Characters that no expression holds, not in texts either.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]").search
_LOCK = Lock()


class _Refused(Exception):
    """The library refuses the expression; the message is its own."""


class Language:
    """Compiles expressions; what the core asks of a rule language."""

    def compile(self, expression: str, types: Mapping[str, ValueType], result: type) -> Expression:
        """Return the expression, ready to be evaluated; ``types`` are those of the attributes by name.

        Raises :class:`~jsonattrs_core.SchemaError` that says in one sentence for each fault what is wrong, and where.
        """
        if result is not bool:
            raise SchemaError("an expression is true or false; nothing else can be asked of it")
        if len(expression) > MAX_EXPRESSION:
            raise SchemaError(f"an expression has at most {MAX_EXPRESSION} characters, this one has {len(expression)}")
        text = unicodedata.normalize("NFC", expression)  # as texts of attributes are
        try:
            signature = _signature(text, types)
            program = _program(text, signature)
        except Complaint as error:
            raise SchemaError(at(text, error.place, error.sentence)) from None
        except _Refused as error:
            raise SchemaError(sentences(str(error), text, types)) from None
        converters = {name: converter(types[name]) for name in program.values}
        return Expression(program, converters, partial(_tree, text, signature))


#: The object that the record names.
LANGUAGE = Language()

#: Names of attributes, and the names of their types in the language.
_Signature = tuple[tuple[str, str], ...]


def _signature(text: str, types: Mapping[str, ValueType]) -> _Signature:
    """Return the attributes that an expression uses. Raises Complaint for what is wrong at first sight."""
    if found := _CONTROL(text):
        raise Complaint(found.start(), f"the character U+{ord(found.group()):04X} cannot be part of an expression")
    tokens = tokens_of(text)
    if len(tokens) == 1:
        raise Complaint(0, "the expression is empty")
    look_at(tokens, types)
    names = used_names(tokens, types)
    if len(names) > MAX_NAMES:
        raise Complaint(0, f"an expression names at most {MAX_NAMES} attributes, this one names {len(names)}")
    return tuple((name, type_of(types[name])) for name in names)


@lru_cache(maxsize=256)
def _program(text: str, signature: _Signature) -> Program:
    """Return the program of an expression, the same for all schemas whose attributes it uses are of the same types.

    Raises Complaint and _Refused.
    """
    with _LOCK:  # the library builds parts of its environments when they are first needed
        try:
            expression = _environment(signature).compile(text)
        except RuntimeError as error:
            raise _Refused(*error.args) from None
        return _finished(expression.serialize(), _variables(signature))


def _tree(text: str, signature: _Signature) -> tuple[Any, ...]:
    """Return the tree of an expression that has been compiled; it is read anew, since few ask for it."""
    with _LOCK:
        serialized = _environment(signature).compile(text).serialize()
        return syntax_tree(read_checked(serialized).root, _variables(signature))


def _finished(serialized: bytes, variables: Mapping[str, str]) -> Program:
    checked = read_checked(serialized)
    rewriter = Rewriter(checked, variables)
    root = rewriter.rewrite()
    _look_at_result(rewriter.type_of(root))
    cost = estimated(root, rewriter.type_of, pattern_size)
    if not cost.allows({}):
        raise Complaint(0, "this takes too long, whatever the values are")
    try:
        program = runtime().deserialize(encode(root))
    except RuntimeError:  # protocol buffers are nested 100 deep at most, loops take four of these
        raise Complaint(0, TOO_DEEP) from None
    with suppress(RuntimeError):  # the library readies a program when it is first run
        program.eval(data={})
    slots = rewriter.slots
    return Program(program, slots.values, slots.given, slots.moments, None if cost.is_bounded else cost)


def _look_at_result(name: str) -> None:
    if name == "dyn":
        raise Complaint(0, "it is not known whether this is true or false; write == true behind it")
    if name != "bool":
        raise Complaint(0, f"an expression must be true or false, and this is {type_in_words(name)}")


def _variables(signature: _Signature) -> dict[str, str]:
    """Return the variables of an expression's check with their types."""
    found = dict.fromkeys(vocabulary.MOMENTS, "timestamp")
    for name, type_name in signature:
        found |= {f"attr.{name}": type_name, f"given.{name}": "bool"}
        if name not in vocabulary.KEPT:
            found[name] = type_name
    return found


@cache
def _configuration() -> Any:
    return cel.NewEnvConfigFromYaml(vocabulary.configuration())


@lru_cache(maxsize=32)
def _environment(signature: _Signature) -> Any:
    """Return the environment in which expressions over these attributes are checked."""
    variables = {name: _library_type(type_name) for name, type_name in _variables(signature).items()}
    return cel.NewEnv(config=_configuration(), variables=variables)


def _library_type(name: str) -> Any:
    if name.startswith("list("):
        return cel.Type.List(_library_type(name[5:-1]))
    if name.startswith("map("):
        return cel.Type.Map(cel.Type.STRING, cel.Type.DYN)
    return getattr(cel.Type, name.upper())
