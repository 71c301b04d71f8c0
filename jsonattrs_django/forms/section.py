"""One attribute field's part of a form: which attributes it shows, what was posted for them, and what that comes to."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models.constants import LOOKUP_SEP
from django.utils.translation import get_language
from django.utils.translation.trans_real import get_languages

from jsonattrs_django.forms.problems import problem_error
from jsonattrs_django.forms.shown import Shown, box_marker_name, digest, plain
from jsonattrs_django.texts import label_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from jsonattrs_core import Problem
    from jsonattrs_django.forms.prototypes import Prototypes
    from jsonattrs_django.forms.shown import PostedText

__all__ = ["Choosing", "Section"]

#: Conditions that look at attributes which conditions hide, one after the other.
_MOST_ROUNDS = 10


@lru_cache(maxsize=2_000)
def _signature(*parts: Any) -> str:
    return digest(repr(parts))[:12]


class Choosing(NamedTuple):
    """Which attributes a form has, and what may be done with them."""

    viewed: Collection[str]  #: names of those that the form shows
    changed: Collection[str]  #: and of those that the user may change
    user: Any = None
    known: Collection[str] | None = None  #: names of those that the user may see, None for all that the form shows


class _Posted(NamedTuple):
    """What was posted for one attribute."""

    text: PostedText
    has_changed: bool
    value: Any = None  #: typed, of a text that has changed
    error: ValidationError | None = None  #: why it cannot be read


class Section:
    """The attributes of one field in one form.

    ``values`` are the typed values that the record has, by name; ``begins`` what a new one begins with; ``audit`` gives
    what does not fit in the stored record.
    """

    def __init__(
        self,
        name: str,
        prototypes: Prototypes,
        choosing: Choosing,
        *,
        values: Mapping[str, Any],
        begins: Mapping[str, Any],
        adding: bool,
        audit: Callable[[], Iterable[Problem]],
    ) -> None:
        self.name = name
        self.prototypes = prototypes
        self.values = values
        self.begins = begins
        self.adding = adding
        self._choosing = choosing
        self._audit = audit
        self._form: Any = None
        self._posted: dict[str, _Posted] = {}
        self._first_texts: dict[str, PostedText] = {}  # of the values that the form begins with, as they are needed
        self.shown: Shown | None = None
        self.language = get_language() or ""  #: in which texts are written and read
        names = [each for each in prototypes.fields if each in choosing.viewed]
        if prototypes.deprecated:
            names = [each for each in names if each not in prototypes.deprecated or values.get(each) is not None]
        self._candidates = names
        self.fields: dict[str, Any] = {}  #: the form's fields, by their names in the form

    # ---- what is in the form ----

    def enter(self, form: Any) -> None:
        """Become a part of a form: read what was posted, and decide which attributes it shows."""
        self._form = form
        if form.is_bound:
            self.shown = Shown.read(form.data.get(form.add_prefix(f"{self.name}-shown")))
            if self.shown is not None and self.shown.language in get_languages():
                self.language = self.shown.language
            self._posted = {name: found for name in self._candidates if (found := self._read(name)) is not None}
        names, required = self._candidates, self.prototypes.required
        if self.prototypes.watched or self.prototypes.is_conditional:
            together, hidden = self._seen()
            names = [name for name in names if name not in hidden]
            if self.adding:  # what has come into sight begins with its default
                self.begins = {**self.prototypes.defaults(together), **self.begins}
            required = self.prototypes.validator.required(together)
        self.fields = {self.html_name(name): self._field(name, name in required) for name in names}

    def taken_away(self, held: Mapping[str, Any]) -> tuple[set[str], set[str]]:
        """Return the names of the fields that a program has taken out of the form, and of those that it disabled."""
        out = {html_name for html_name, field in self.fields.items() if held.get(html_name) is not field}
        may_change = self._choosing.changed
        return out, {each for each, field in self.fields.items() if field.disabled and field.name in may_change}

    def keep(self, out: Collection[str], disabled: set[str]) -> None:
        """Do without some of the fields, and let nobody fill in others: what was posted for these does not count."""
        self.fields = {html_name: field for html_name, field in self.fields.items() if html_name not in out}
        for html_name in disabled & self.fields.keys():
            self.fields[html_name].disabled = True
            self._posted.pop(self.fields[html_name].name, None)
        for found in ("changed", "errors"):
            self.__dict__.pop(found, None)

    def html_name(self, name: str) -> str:
        """Return the name of an attribute in the form, but for the form's prefix."""
        return f"{self.name}{LOOKUP_SEP}{name}"

    def _field(self, name: str, required: bool) -> Any:
        field = self.prototypes.fields[name].for_form()
        field.required = field.is_demanded = required
        field.disabled = name not in self._choosing.changed
        field.user = self._choosing.user
        return field

    def _seen(self) -> tuple[Mapping[str, Any], Collection[str]]:
        """Return the values that conditions look at, and the names of the attributes that these hide."""
        hidden: Collection[str] = ()
        together: dict[str, Any] = {}
        for _ in range(_MOST_ROUNDS):
            together = {**self.values, **({} if self._form.is_bound else self.begins)}
            together |= {
                name: posted.value
                for name, posted in self._posted.items()
                if (posted.has_changed or self._is_written_as_shown(name)) and not posted.error and name not in hidden
            }
            found = self.prototypes.validator.hidden(together)
            if found == hidden:
                break
            hidden = found
        return together, hidden

    # ---- what was posted ----

    def _read(self, name: str) -> _Posted | None:
        """Return what was posted for an attribute, None where the form says nothing of it."""
        if name not in self._choosing.changed:
            return None
        field, html_name = self.prototypes.fields[name], self._form.add_prefix(self.html_name(name))
        first = self.shown.digest_of(name) if self.shown is not None else None
        data, is_shown = self._form.data, self.shown is not None and name in self.shown.digests
        if html_name not in data and not (is_shown and field.may_be_absent and box_marker_name(html_name) in data):
            return None
        text = self._text_in(field, html_name)
        has_changed = digest(text) != (digest(self._begins_as(name)) if first is None else first)
        if not has_changed and not (self._is_written_as_shown(name) and text):
            return _Posted(text, False)
        try:
            return _Posted(text, has_changed, self._reading(field).read(text, self.language))
        except ValidationError as error:
            return _Posted(text, has_changed, None, error)

    def _reading(self, field: Any) -> Any:
        """Return the field with which a text is read: of a reference, one that knows who reads."""
        if not hasattr(field, "rows"):
            return field
        field = field.for_form()
        field.user = self._choosing.user
        return field

    def _text_in(self, field: Any, html_name: str) -> PostedText:
        found = field.widget.value_from_datadict(self._form.data, self._form.files, html_name)
        if isinstance(found, list | tuple):
            return [str(each) for each in found]
        return "" if found is None else str(found)

    def _is_written_as_shown(self, name: str) -> bool:
        """Tell whether what the form shows is no value of the record yet, and counts though nobody changed it."""
        return self.adding or name in self.begins

    @cached_property
    def changed(self) -> dict[str, Any]:
        """The typed values by name that differ from what was shown."""
        shown = {field.name for field in self.fields.values()}
        return {name: posted.value for name, posted in self._posted.items() if posted.has_changed and name in shown}

    @cached_property
    def errors(self) -> dict[str, ValidationError]:
        """Why texts cannot be read, by the name of the attribute."""
        shown = {field.name for field in self.fields.values()}
        return {
            name: posted.error for name, posted in self._posted.items() if posted.error is not None and name in shown
        }

    def to_write(self) -> dict[str, Any]:
        """Return the typed values by name that saving the form sets; of what cannot be read, the text.

        A new record gets what the form showed, and null for a default that was taken away.
        """
        written: dict[str, Any] = {}
        for field in self.fields.values():
            name = field.name
            posted = self._posted.get(name)
            if posted is None or not (posted.has_changed or self._is_written_as_shown(name)):
                continue
            value = posted.text if posted.error is not None else posted.value
            if value is not None or (posted.has_changed and not self._is_still_missing(name)):
                written[name] = value
        return written

    def _is_still_missing(self, name: str) -> bool:
        """Tell whether an attribute had no value, so that a blank says nothing."""
        return name not in self.values and name not in self.begins

    def replaced(self, name: str, value: Any) -> Any:
        """Take what a form's own method has made of the value of an attribute, and return it."""
        if value != self.changed.get(name, self.initial_of(name)):
            self.changed[name] = value
            self._posted[name] = _Posted(self.text_of(name), True, value)
        return value

    def label_of(self, name: str) -> str | None:
        """Return what an attribute is called; None for one that the user may not see."""
        schema = self.prototypes.schema
        if name not in schema:
            return name
        known = self._choosing.viewed if self._choosing.known is None else self._choosing.known
        return label_of(schema[name], schema.default_language) if name in known else None

    # ---- what is shown ----

    def initial_of(self, name: str) -> Any:
        """Return the typed value that the form begins with."""
        return self.begins.get(name) if self.adding else self.begins.get(name, self.values.get(name))

    def _begins_as(self, name: str) -> PostedText:
        if name not in self._first_texts:
            self._first_texts[name] = self._first_text(name)
        return self._first_texts[name]

    def _first_text(self, name: str) -> PostedText:
        value, field = self.initial_of(name), self.prototypes.fields[name]
        if isinstance(value, str) and not field.fits(value) and name in self.begins:
            return value  # the text of a link or of a view
        return plain(field.display(value, self.language))

    def text_of(self, name: str) -> PostedText:
        """Return the text that the form shows of an attribute."""
        posted = self._posted.get(name)
        return self._begins_as(name) if posted is None else posted.text

    def searched_for(self, name: str) -> str:
        """Return what was looked for among the choices of an attribute."""
        found = self._form.data.get(f"{self._form.add_prefix(self.html_name(name))}-search", "")
        return found[:200] if isinstance(found, str) else ""

    def marker(self) -> str:
        """Return the text that tells the next post what this form has shown."""
        known = {**self.shown.before, **self.shown.digests} if self.shown is not None else {}
        digests = {
            field.name: known.get(field.name) or digest(self._begins_as(field.name))
            for html_name, field in self.fields.items()
            if not field.disabled and self._form.fields.get(html_name) is field
        }
        before = {name: text for name, text in known.items() if name not in digests}
        return Shown(self.language, digests, before).written()

    def signature_of(self, name: str) -> str:
        """Return characters that differ where the control of an attribute does."""
        own = self.fields[self.html_name(name)]
        widget = own.widget
        kind = (type(widget).__name__, getattr(widget, "input_type", ""), own.required, own.disabled)
        attrs = sorted(f"{attr} {value}" for attr, value in widget.attrs.items())
        return _signature(self.prototypes.signature_of(name), *kind, *attrs)

    @cached_property
    def _misfits(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for problem in () if self.adding else self._audit():
            if problem.path and problem.code != "required":
                found.setdefault(str(problem.path[0]), []).extend(problem_error(problem).messages)
        return found

    def notices_of(self, name: str) -> list[str]:
        """Return why the stored value of an attribute does not fit, as long as the form leaves it as it is."""
        posted = self._posted.get(name)
        return [] if posted is not None and posted.has_changed else self._misfits.get(name, [])
