"""Runs jsonschema-rs: no network, no backtracking, and our own keywords where it is too slow."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from decimal import Decimal
from math import inf
from typing import TYPE_CHECKING, Any, Final

from jsonattrs_core.builtin.nested.reading import ENUM, IN_TIME, MULTIPLE_OF, URN
from jsonattrs_core.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema_rs import Validator

    from jsonattrs_core.builtin.nested.reading import NestedSchema

__all__ = ["Engine", "check_shape", "is_late", "time_limit"]

_SIZE_LIMIT: Final = 10 * 1024 * 1024  # of one compiled pattern, in bytes; Unicode properties are large
_CACHE_LIMIT: Final = 128 * 1024  # of what the engine remembers while it matches one


def _identity(value: Any) -> str:
    """Return one text for all values that are equal as JSON, and for no others.

    Sets of such texts cannot be flooded; sets of numbers can, because everyone can find numbers with one hash.
    """
    kind = type(value)
    if kind is dict:
        return "{" + ",".join([f"{name!r}:{_identity(value[name])}" for name in sorted(value)]) + "}"
    if kind is list:
        return "[" + ",".join(map(_identity, value)) + "]"
    if kind is float and value.is_integer():
        return repr(int(value))
    return repr(value)


class _UniqueItems:
    """The keyword `uniqueItems`: the library's own takes minutes for integers beyond 64 bits."""

    def __init__(self, _parent: Any, argument: Any, _path: Any) -> None:
        self._wanted = argument is True

    def validate(self, value: Any) -> None:
        if self._wanted and isinstance(value, list) and len(set(map(_identity, value))) != len(value):
            raise ValueError


class _Enum:
    """The keyword `enum`: the library compares floats and containers with one option after the other."""

    def __init__(self, _parent: Any, argument: Any, _path: Any) -> None:
        self._options = frozenset(map(_identity, argument))
        self._shapes = {(type(option), len(option)) for option in argument if isinstance(option, dict | list)}

    def validate(self, value: Any) -> None:
        if isinstance(value, dict | list) and (type(value), len(value)) not in self._shapes:
            raise ValueError  # a large value costs nothing
        if _identity(value) not in self._options:
            raise ValueError


class _MultipleOf:
    """The keyword `multipleOf` for a divisor with a fraction, exact for the numbers as they are written.

    The library's own is as exact, but needs up to 30 microseconds where exponents are large.
    """

    def __init__(self, _parent: Any, argument: Any, _path: Any) -> None:
        self._divisor, self._exponent = _decimal_parts(argument)

    def validate(self, value: Any) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return
        number, exponent = _decimal_parts(value)
        shift = exponent - self._exponent
        if number * 10 ** max(shift, 0) % (self._divisor * 10 ** max(-shift, 0)):
            raise ValueError


def _decimal_parts(number: float) -> tuple[int, int]:
    """Return the digits of ``number`` and its power of ten; the sign does not matter to a remainder of zero."""
    if isinstance(number, int):
        return number, 0
    _, digits, exponent = Decimal(repr(number)).as_tuple()
    return int("".join(map(str, digits))), int(exponent)


class _Deadline(threading.local):
    """When the check that runs in this thread is to end."""

    end = inf


_deadline = _Deadline()


class _InTime:
    """The keyword that stops a check whose bound may be far too high: real time is then what decides."""

    def __init__(self, _parent: Any, _argument: Any, _path: Any) -> None:
        pass

    def validate(self, _value: Any) -> None:
        if is_late():
            raise ValueError


_KEYWORDS: Final[dict[str, Any]] = {
    "uniqueItems": _UniqueItems,
    ENUM: _Enum,
    MULTIPLE_OF: _MultipleOf,
    IN_TIME: _InTime,
}


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Let guarded schemas refuse everything when ``seconds`` are over; :func:`is_late` tells whether they are."""
    _deadline.end = time.thread_time() + seconds
    try:
        yield
    finally:
        _deadline.end = inf


def is_late() -> bool:
    """Whether the time of the check that runs in this thread is over."""
    return time.thread_time() > _deadline.end  # a busy machine makes no value too large


def _fetch_nothing(_uri: str) -> Any:
    raise ValueError("nothing is ever fetched")


def _library() -> Any:
    try:
        import jsonschema_rs  # optional, and only schemas with `json_schema` need it
    except ImportError as error:
        raise SchemaError("json_schema needs an extra: pip install 'jsonattrs[json-schema]'") from error
    return jsonschema_rs


def check_shape(schema: dict[str, Any]) -> None:
    """Raise SchemaError where the metaschema of draft 2020-12 refuses ``schema``, which is plain JSON."""
    library = _library()
    try:
        library.meta.validate(schema)
    except library.ValidationError as error:
        place = "/".join(map(str, error.instance_path))
        raise SchemaError(f"not a JSON Schema: #/{place}: {error.message[:200]}") from error


class Engine:
    """One schema, compiled: checks values by the whole of it, and makes validators of its pieces."""

    __slots__ = ("_library", "_options", "found", "is_valid")

    def __init__(self, found: NestedSchema) -> None:
        self.found = found
        self._library = _library()
        self._options: dict[str, Any] = {
            "pattern_options": self._library.RegexOptions(size_limit=_SIZE_LIMIT, dfa_size_limit=_CACHE_LIMIT),
            "retriever": _fetch_nothing,
            "validate_formats": True,
            "keywords": _KEYWORDS,
        }
        for pattern in found.patterns:
            self._try_pattern(pattern)
        draft = self._library.Draft202012
        self._options["registry"] = self._library.Registry([(URN, found.root)], draft=draft, retriever=_fetch_nothing)
        self.is_valid = self.compile(found.root).is_valid  #: ``(value) -> verdict``

    def compile(self, piece: dict[str, Any]) -> Validator:
        """Return a validator; raises SchemaError for a schema that the library refuses."""
        try:
            validator: Validator = self._library.Draft202012Validator(piece, **self._options)
        except (ValueError, self._library.ReferencingError) as error:
            raise SchemaError(f"not a JSON Schema: {str(error)[:200]}") from error
        return validator

    def _try_pattern(self, pattern: str) -> None:
        try:
            self._library.Draft202012Validator({"pattern": pattern}, **self._options)
        except ValueError as error:
            reason = "it is not understood, needs look-around or back-references, or is too large"
            raise SchemaError(f"the pattern {pattern[:60]!r} is refused: {reason}") from error
