"""Where in the form of a definition a fault is shown that the engine finds in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jsonattrs_django.editor.definitions.choices import ROW
from jsonattrs_django.editor.definitions.limits import LIMIT
from jsonattrs_django.editor.definitions.values import as_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonattrs_django.editor.definitions.form import DefinitionForm

__all__ = ["placed"]

#: How the core begins to tell a fault, and the controls that it is about: the first that the form has.
_PLACES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern), fields)
    for pattern, fields in (
        (r"(visible_if|required_if) .*?: (?=line \d|no attribute|unknown rule language)", ("{0}",)),
        (r"(visible_if|required_if) ", ("{0}",)),
        (r"constraint '([^']*)': ", (LIMIT + "{0}",)),
        (r"no value fits the constraints '([^']*)' and '([^']*)'", (LIMIT + "{1}", LIMIT + "{0}")),
        (r"(?:unknown|(?:.* )?the) constraint '([^']*)'", (LIMIT + "{0}", "type")),
        (r"the (?:attribute refuses its choice|choice|label of the choice) (.*)", ("choice {0}",)),
        (r"(?:there must be 1 to|'choices' )", ("choices__lines", "choices__more")),
        (r"the attribute refuses its (initial_default|default) ", ("{0}",)),
        (r"(?:unknown|the|no provider .* of the) (?:subtype|base type) ", ("subtype", "type")),
        (r"unknown base type ", ("type",)),
        (r"'(label|help_text)' ", ("{0}__",)),
        (r"(?:.* is no name|the name .* is reserved|another attribute, with the key )", ("name",)),
        (r".* is no key", ("name",)),
        (r"'([a-z_]+)'", (LIMIT + "{0}", "{0}")),
    )
)
#: What a fault begins with, and the place where it is shown says already.
_SAID = re.compile(r"(?s)\A(?:(?:visible_if|required_if) .*?: (?=line \d+, column)|constraint '[^']*': )")


def placed(form: DefinitionForm, message: str) -> tuple[str | None, str]:
    """Return the name of the control that a fault is about, None for the whole form, and the text that is shown."""
    for pattern, wanted in _PLACES:
        found = pattern.match(message)
        if found:
            names = (each.format(*found.groups()) for each in wanted)
            name = next((field for each in names for field in _fields(form, each)), None)
            return name, _SAID.sub("", message) if name else message
    return None, message


def _fields(form: DefinitionForm, wanted: str) -> Iterable[str]:
    if wanted.startswith("choice "):
        return _choice(form, wanted.removeprefix("choice "))
    return (name for name in form.fields if name == wanted or (wanted.endswith("__") and name.startswith(wanted)))


def _choice(form: DefinitionForm, told: str) -> Iterable[str]:
    """Return the row whose value a message begins with, or the control of all."""
    rows = [name for name in form.fields if name.startswith(ROW) and name.endswith("__value")]
    values = [(name, as_text(form[name].value())) for name in rows]
    found = [name for name, text in values if text and told.removeprefix("'").startswith(text)]
    longest = sorted(found, key=lambda name: -len(as_text(form[name].value())))
    return [*longest[:1], *(name for name in ("choices__lines", "choices__more") if name in form.fields)]
