"""What is asked of the texts of people: what is written is read as the same value, whatever the language."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from jsonattrs_core.definitions import Attribute
from jsonattrs_core.testing.probe import ATTRIBUTE, Probe, compiled, fail, failures, shown
from jsonattrs_core.testing.records import code_is_allowed
from jsonattrs_core.testing.samples import DIGITS, LANGUAGES, broken_texts, json_values, python_values, with_digits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from jsonattrs_core import Result
    from jsonattrs_core.registry import Registry

__all__ = ["looks_the_same_once_read", "survives_texts", "text_format_cases"]


def text_format_cases(registry: Registry, about: Mapping[str, Any]) -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield the cases of the text format that a row of ``Registry.describe`` is about; one that loses is never used."""
    if about["state"] != "used":
        return
    name, provider = about["name"], about["provider"]
    what = f"the text format {name!r} of {provider!r}"
    probe = Probe(
        what,
        compiled(registry, Attribute(ATTRIBUTE, name), what),
        registry.base_type(name).record,
        lambda code: code_is_allowed(code, provider),
    )
    values = [*json_values(), *python_values()]
    yield f"{name}@{provider}/texts", partial(survives_texts, probe)
    yield f"{name}@{provider}/written", partial(looks_the_same_once_read, probe, values)
    several = compiled(registry, Attribute(ATTRIBUTE, name, multiple=True), what)
    yield f"{name}@{provider}/lists", partial(_lists_too, probe, replace(probe, validator=several), values)


def survives_texts(probe: Probe) -> None:
    """Give it what stands in forms and spreadsheets, in several languages."""
    texts = [text for text in json_values() if isinstance(text, str)]
    for text in texts:
        for language in LANGUAGES:
            probe.check(text, from_text=True, language=language)
    for text in ("12.5", "2024-02-29"):
        for broken in broken_texts(text):
            probe.check(broken, from_text=True)
        for digits in DIGITS.values():
            for written in with_digits(text, digits):
                probe.check(written, from_text=True)


def looks_the_same_once_read(probe: Probe, values: Iterable[Any]) -> None:
    """Write those of the values that are accepted as texts, in several languages, and read them."""
    for value in values:
        result = probe.check(value)
        if probe.clean_of(result) is None:
            continue
        for language in LANGUAGES:
            text = _written(probe, result, language)
            again = probe.check(text, from_text=True, language=language)
            if probe.clean_of(again) != probe.clean_of(result):
                fail(
                    f"{probe.what} writes {shown(probe.clean_of(result))} as {shown(text)} in the language "
                    f"{language!r}, and reads that as {shown(probe.clean_of(again))}"
                )


def _lists_too(probe: Probe, several: Probe, values: Iterable[Any]) -> None:
    accepted = [value for value in values if probe.clean_of(probe.check(value)) is not None]
    looks_the_same_once_read(several, [accepted[start : start + 3] for start in range(0, len(accepted), 3)])


def _written(probe: Probe, result: Result, language: str | None) -> str:
    with failures() as found:
        texts = probe.validator.to_text(result.value, language=language)
    if found:
        fail(f"{probe.what} breaks on writing {shown(probe.clean_of(result))}: {'; '.join(found)}")
    return texts[ATTRIBUTE]
