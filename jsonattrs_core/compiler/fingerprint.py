"""The fingerprint of a composed schema: the same for two that check, describe and label alike, and for no others.

Equality of Python will not do: ``1 == True == 1.0``, and two rules of one text may mean different attributes. So all
that checking, describing and labelling depend on is written down, each value with its class and length, and digested.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import UUID, uuid4

from jsonattrs_core.compiler.faults import Faults
from jsonattrs_core.definitions import PROPERTIES, Attribute, Choice, Rule
from jsonattrs_core.errors import Fault
from jsonattrs_core.values import UNSET

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonattrs_core.composition import Composition

__all__ = ["fingerprint"]

#: Raised when what is written changes its meaning, so that stored fingerprints of old are like none of now.
_VERSION = 1
#: Properties that hold an expression.
_CONDITIONS = ("required_if", "visible_if")


def fingerprint(composition: Composition, default_language: str) -> str:
    """Return 64 hexadecimal digits, equal for two compositions that check, describe and label alike."""
    return sha256(_written(_Account(composition).of_all(default_language))).hexdigest()


class _Account:
    """Gathers all that the compiler, and whoever describes the schema, reads from a composition."""

    def __init__(self, composition: Composition) -> None:
        self._composition = composition
        self._faults = Faults(composition)
        self._scopes: dict[
            bytes, int
        ] = {}  # what names mean where expressions were written, numbered as they are found
        self._numbers: dict[int, int] = {}  # of the scopes, by the position of the schema

    def of_all(self, default_language: str) -> tuple[Any, ...]:
        composition = self._composition
        attributes = [self._of_attribute(attribute) for attribute in composition.every]
        rules = [
            (rule, composition.schemas[place].default_language, self._of_expression(place))
            for place, rule in composition.rules
        ]
        languages: list[tuple[str, Any]] = [(schema.name, schema.default_language) for schema in composition.schemas]
        odd = [name for name, language in languages if not isinstance(language, str)]  # each of which is a fault
        groups = composition.unique_together
        return (_VERSION, default_language, attributes, rules, groups, composition.faults, odd, [*self._scopes])

    def _of_attribute(self, attribute: Attribute) -> tuple[Any, ...]:
        """Return the properties, and what depends on the schemas that gave them."""
        position = self._faults.position
        expressions = [
            self._of_expression(position(attribute, name)) if getattr(attribute, name) is not UNSET else None
            for name in _CONDITIONS
        ]
        language = self._composition.text_languages.get(str(attribute.key)) if _has_plain_text(attribute) else None
        return attribute, language, expressions, self._judges_initial_default(attribute)

    def _judges_initial_default(self, attribute: Attribute) -> bool:
        """Tell whether the initial default came with, or after, all that its value has to obey."""
        if attribute.initial_default is UNSET:
            return False
        position = self._faults.position
        return all(
            position(attribute, name) <= position(attribute, "initial_default")
            for name in ("subtype", "choices", "constraints")
        )

    def _of_expression(self, place: int) -> tuple[Any, int]:
        """Return the rule language of the schema at this position, and the number of what names mean there."""
        if place not in self._numbers:
            self._numbers[place] = self._scopes.setdefault(_written(self._names_in(place)), len(self._scopes))
        return self._composition.schemas[place].rule_language, self._numbers[place]

    def _names_in(self, place: int) -> list[tuple[str, Any]]:
        """Return the names that do not mean the composed attribute of that name there, and what they mean.

        All of them count, since a rule language may look at whatever names there are.
        """
        present = {name: str(attribute.key) for name, attribute in self._composition.attributes.items()}
        scope = self._composition.scopes[place]
        return sorted((name, self._of_key(key)) for name, key in scope.items() if present.get(name) != key)

    def _of_key(self, key: str) -> tuple[Any, ...]:
        former = self._composition.former.get(key)
        return key, former is not None, *((str(former.type), former.multiple is True) if former is not None else ())


def _has_plain_text(attribute: Attribute) -> bool:
    choices = attribute.choices if isinstance(attribute.choices, tuple) else ()
    texts = (attribute.label, attribute.help_text, *(choice.label for choice in choices))
    return any(isinstance(text, str) for text in texts)


# ---- writing values down ----

_Writer: TypeAlias = "tuple[bytes, Callable[[Any], bytes]]"
_STRANGER = b"?"


def _written(value: Any) -> bytes:
    """Return bytes that no value of another class, or that differs in any part, has."""
    try:
        name, write = _WRITERS.get(type(value)) or _other(value)
        content = write(value)
    except Exception:  # an object that misbehaves, or that is nested without end
        name, content = _STRANGER, _of_stranger(value)
    return b"%s:%d:%s" % (name, len(content), content)


def _other(value: Any) -> _Writer:
    return (b"Enum", _of_enum) if isinstance(value, Enum) else (_STRANGER, _of_stranger)


def _of_stranger(value: Any) -> bytes:
    """Return bytes that nothing else has: nobody knows what makes two values of an unknown class alike."""
    return uuid4().bytes


def _of_parts(values: Any) -> bytes:
    return b"".join(map(_written, values))


def _of_mapping(value: Any) -> bytes:
    """Return the members in their order, which decides which text is the last resort, and which check is first."""
    return _of_parts(part for pair in value.items() for part in pair)


def _of_set(value: Any) -> bytes:
    return b"".join(sorted(map(_written, value)))


def _of_text(value: str) -> bytes:
    return value.encode("utf-8", "surrogatepass")


def _of_moment(value: datetime | time) -> bytes:
    known = value.tzinfo is None or type(value.tzinfo) is timezone
    return repr(value).encode() if known else _of_stranger(value)


def _of_enum(value: Enum) -> bytes:
    return _of_parts((type(value).__module__, type(value).__qualname__, value.name, value.value))


def _of_attribute(value: Attribute) -> bytes:
    return _of_parts((name, value.given[name]) for name in PROPERTIES if name in value.given)


def _plainly(value: Any) -> bytes:
    return repr(value).encode()


_PLAIN: tuple[type, ...] = (type(None), type(UNSET), bool, bytes, Decimal, date, timedelta, UUID)
_OTHERS: dict[type, Callable[[Any], bytes]] = {
    int: lambda value: b"%x" % value,  # of any length, unlike its decimal digits
    float: lambda value: value.hex().encode(),
    str: _of_text,
    datetime: _of_moment,
    time: _of_moment,
    list: _of_parts,
    tuple: _of_parts,
    dict: _of_mapping,
    set: _of_set,
    frozenset: _of_set,
    Attribute: _of_attribute,
    Choice: lambda value: _of_parts((value.value, value.label, value.retired)),
    Rule: lambda value: _of_parts(getattr(value, name) for name in Rule.__dataclass_fields__),
    Fault: lambda value: _of_parts((value.schema, value.attribute, value.message)),
}
#: How the values of each class are written, but for those of its subclasses, of which nobody knows what they add.
_WRITERS: dict[type, _Writer] = {
    **{kind: (kind.__name__.encode(), _plainly) for kind in _PLAIN},
    **{kind: (kind.__name__.encode(), write) for kind, write in _OTHERS.items()},
}
