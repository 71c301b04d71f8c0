"""What is asked of a rule language. The kit speaks none, so it asks how each takes what is no expression."""

from __future__ import annotations

from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Any

from jsonattrs_core.errors import SchemaError
from jsonattrs_core.records import RuleLanguage, resolve
from jsonattrs_core.testing.probe import MAX_SECONDS, fail, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from jsonattrs_core.registry import Registry

__all__ = ["rule_language_cases"]

#: No language that is worth having reads these; the last two are large.
_GIBBERISH = ("", " ", "((", "\x00", "1 +", "'", "\ud800", "no_such_name", "(" * 10_000, "1 + " * 10_000)


def rule_language_cases(registry: Registry, about: Mapping[str, Any]) -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield the cases of the rule language that a row of ``Registry.describe`` is about."""
    reference = f"{about['name']}@{about['provider']}"
    record = registry.rule_language(reference).record
    yield f"{reference}/gibberish", partial(_survives_gibberish, record, about["provider"])


def _survives_gibberish(record: RuleLanguage, provider: str) -> None:
    what = f"the rule language {record.name!r} of {provider!r}"
    compiler = _compiler(record, what)
    for source in _GIBBERISH:
        start = perf_counter()
        try:
            expression = compiler.compile(source, {}, bool)
        except SchemaError:
            expression = None
        except Exception as error:
            raise AssertionError(f"{what} raises {type(error).__name__} on {shown(source)}, not SchemaError") from error
        if perf_counter() - start > MAX_SECONDS:
            fail(f"{what} takes more than {MAX_SECONDS:g} seconds to read {shown(source)}")
        if expression is not None and not (
            hasattr(expression, "names") and callable(getattr(expression, "evaluate", None))
        ):
            fail(f"{what} makes {shown(expression)} of {shown(source)}, which has no names or no evaluate")


def _compiler(record: RuleLanguage, what: str) -> Any:
    try:
        found = resolve(record.load)
        compiler = found() if isinstance(found, type) or not hasattr(found, "compile") else found
    except Exception as error:
        raise AssertionError(f"{what} cannot be loaded: {type(error).__name__}: {error}") from error
    if not hasattr(compiler, "compile"):
        fail(f"{what} loads {shown(compiler)}, which has no method compile")
    return compiler
