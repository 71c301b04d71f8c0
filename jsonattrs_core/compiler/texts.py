"""The texts of people: reading one attribute's values from forms and spreadsheets, and writing them there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jsonattrs_core.compiler.item import FAILED, Step, log_failure, refuse
from jsonattrs_core.records import resolve

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonattrs_core.messages import Problem
    from jsonattrs_core.records import BaseType, Subtype, TextFormat
    from jsonattrs_core.tables import Entry

__all__ = ["Texts", "texts_of"]

Path = tuple[str | int, ...]
#: What stands between the items of a multiple attribute.
_SEPARATOR = ";"


@dataclass(frozen=True, slots=True)
class Texts:
    """Reads and writes the values of one attribute."""

    reading: Step  #: ``(text, language) -> value`` for the base type's check
    writing: Step  #: ``(clean value, language) -> text``
    formatting: Step | None  #: ``(clean value) -> text`` of the subtype
    is_object: bool  #: lists of objects are JSON, and are not split

    def read(self, text: str, multiple: bool, language: str, path: Path, problems: list[Problem], most: int) -> Any:
        """Return the value that a form's or a spreadsheet's text stands for, FAILED where problems were added.

        A blank text is null. That of a multiple attribute is a list in JSON, or is split at semicolons. Reading ends
        where there are more than ``most`` problems.
        """
        if not text.strip():
            return None
        if not multiple or (self.is_object and text.lstrip().startswith("[")):
            return self._read_one(text, language, path, problems)
        read = []
        for place, item in enumerate(_items(text)):
            read.append(self._read_one(item, language, (*path, place), problems) if item.strip() else None)
            if len(problems) > most:
                return FAILED
        return FAILED if any(item is FAILED for item in read) else read

    def _read_one(self, text: str, language: str, path: Path, problems: list[Problem]) -> Any:
        try:
            return self.reading.check(text, language)
        except Exception as error:  # Invalid, or whatever a plugin's reader raises
            refuse(error, self.reading, path, problems)
            return FAILED

    def write(self, value: Any, language: str) -> str:
        """Return the text of one clean value; where a plugin fails, that is logged, and the text is plain."""
        for step, arguments in ((self.formatting, (value,)), (self.writing, (value, language))):
            if step is not None:
                try:
                    return _text(step.check(*arguments))
                except Exception as error:  # whatever a stranger's function raises
                    log_failure(error, step.what, step.provider)
        return str(value)

    def write_list(self, values: list[Any], language: str) -> str:
        """Return the text of the clean values of a multiple attribute."""
        texts = [self.write(value, language) for value in values]
        if self.is_object:
            return f"[{', '.join(texts)}]"
        joined = f"{_SEPARATOR} ".join(texts)
        return joined if _items(joined) == texts else json.dumps(texts, ensure_ascii=False)


def _items(text: str) -> list[str]:
    """Return the texts that a text of several values holds."""
    if text.lstrip().startswith("["):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):  # it is a text that begins with a bracket
            found = None
        if isinstance(found, list) and all(isinstance(item, str) for item in found):
            return found
    return [item.strip() for item in text.split(_SEPARATOR)]


def _text(written: Any) -> str:
    if not isinstance(written, str):
        raise TypeError("what is written is no text")
    return written


def texts_of(base: Entry[BaseType], text_format: Entry[TextFormat] | None, subtype: Entry[Subtype] | None) -> Texts:
    """Return what reads and writes the values of an attribute.

    What plugins give is imported when a text is first read or written: checking JSON needs none of it.
    """
    record, provider = base.record, base.provider.name
    what = ("base type", record.name)
    reading = Step(record.from_text, provider, *what)
    writing = Step(record.to_text or _plain_writer(record), provider, *what)
    if text_format is not None:
        what = ("text format", text_format.record.name)
        reading = Step(_Late(text_format.record.read), text_format.provider.name, *what)
        writing = Step(_Late(text_format.record.write), text_format.provider.name, *what)
    formatting = None
    if subtype is not None and subtype.record.format is not None and record.python is str:
        formatting = Step(_Late(subtype.record.format), subtype.provider.name, "subtype", subtype.record.name)
    return Texts(reading, writing, formatting, record.json == "object")


def _plain_writer(base: BaseType) -> Callable[[Any, str], str]:
    dump = base.dump

    def write(value: Any, language: str) -> str:
        written = dump(value)
        return written if isinstance(written, str) else json.dumps(written, ensure_ascii=False)

    return write


class _Late:
    """A function that is imported when it is first called; where that fails, it fails again without another try."""

    def __init__(self, target: Any) -> None:
        self._target = target
        self._failure: Exception | None = None

    def __call__(self, *arguments: Any) -> Any:
        if self._failure is not None:
            raise self._failure.with_traceback(None)  # else it would grow with every call, and hold their arguments
        if isinstance(self._target, str):
            try:
                self._target = resolve(self._target)
            except Exception as error:  # whatever a stranger's module raises on import
                self._failure = error
                raise
        return self._target(*arguments)
