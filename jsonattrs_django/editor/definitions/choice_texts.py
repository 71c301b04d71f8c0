"""One choice of a definition: what it says, and a line of text for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonattrs_core import Attribute
from jsonattrs_django.editor.definitions.sending import as_sent
from jsonattrs_django.editor.definitions.values import as_text, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Choice", "choice_said", "line_of", "read_lines"]

#: The last column of the line of a retired choice.
RETIRED = "retired"

#: What stands between the columns of a line; behind a backslash it is a character of the text.
_BAR = re.compile(r"(?<!\\)\|")


class Choice(NamedTuple):
    """A choice, and how the definition says it."""

    value: Any
    label: Any = None
    is_retired: bool = False
    written: Any = None

    @classmethod
    def read(cls, item: Any) -> Choice:
        """Return what an item of the document says."""
        if isinstance(item, Mapping) and "value" in item:
            return cls(item["value"], item.get("label"), bool(item.get("retired")), item)
        if isinstance(item, list) and len(item) == 2 and isinstance(item[1], str | Mapping):
            return cls(item[0], item[1], False, item)
        return cls(item, None, False, item)

    @property
    def text(self) -> str:
        """The text of its value."""
        return as_text(self.value)

    def labels(self, main: str) -> dict[str, str]:
        """Return what it is called by language; ``main`` is that of a plain label."""
        if isinstance(self.label, Mapping):
            return {str(code): as_text(text) for code, text in self.label.items()}
        return {main: as_text(self.label)} if self.label else {}


def choice_said(
    text: str, labels: Mapping[str, str], is_retired: bool, before: Choice | None, languages: Sequence[str], base: str
) -> Any:
    """Return how the document says a choice; what it said ``before`` where nothing is another.

    ``labels`` are those of the form by language; those in others stay. ``languages`` has the schema's own first.
    """
    main = languages[0]
    known = before.labels(main) if before is not None else {}
    is_same = before is not None and as_sent(before.text) == as_sent(text)
    changed = {code: label.strip() for code, label in labels.items() if as_sent(label) != as_sent(known.get(code, ""))}
    if before is not None and is_same and is_retired == before.is_retired and not changed:
        return before.written
    value = before.value if before is not None and is_same else value_of(text.strip(), Attribute("value", base))
    said = {code: label for code, label in (known | changed).items() if label}
    label: Any = said.get(main) if [*said] == [main] else said
    if not label and not is_retired and not isinstance(value, Mapping | list):
        return value
    found: dict[str, Any] = {"value": value}
    found |= {"label": label} if label else {}
    return found | ({"retired": True} if is_retired else {})


def line_of(choice: Choice, languages: Sequence[str]) -> str:
    """Return a choice as a line: its value, its label in each language, and whether it is retired."""
    labels = choice.labels(languages[0])
    columns = [choice.text, *(labels.get(code, "") for code in languages)]
    while len(columns) > 1 and not columns[-1]:
        columns.pop()
    if choice.is_retired:
        columns += ["", RETIRED] if len(columns) == 1 else [RETIRED]
    elif len(columns) > 2 and columns[-1] == RETIRED:
        columns.append("")  # it is a label
    return " | ".join(" ".join(column.split()).replace("|", "\\|") for column in columns).rstrip()


def read_lines(text: str, languages: Sequence[str]) -> Iterator[tuple[str, str, dict[str, str], bool]]:
    """Yield each line, and what it says: a value, labels by language, and whether it is retired.

    The columns of what is copied from a spreadsheet have tabs between them.
    """
    for line in text.replace("\r\n", "\n").split("\n"):
        parts = line.split("\t") if "\t" in line else _BAR.split(line)
        columns = [part.strip().replace("\\|", "|") for part in parts]
        is_retired = len(columns) > 2 and columns[-1].casefold() == RETIRED
        if is_retired:
            columns.pop()
        if columns[0]:
            yield line.rstrip(), columns[0], dict(zip(languages, columns[1:], strict=False)), is_retired
