"""Attributes and their values as people read and write them, in forms and in questions.

Texts are read by the attribute's type alone, in the reader's language. What a schema allows is another matter: a value
that is asked for is no value that is stored, and ``score__lt=-1`` is a good question though no score may be below 0.
Where equal values are looked for, the attribute's subtype brings what it accepts into the form in which it is stored.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from numbers import Number
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from jsonattrs_core import Attribute, JSONAttrsError, Schema, compose, render, text_in
from jsonattrs_django.durations import duration_in_words, read_duration, written_duration
from jsonattrs_django.registry import registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonattrs_core import ComposedSchema, Problem, Validator
    from jsonattrs_django.schemas.scope import Scope

__all__ = ["Listed", "Reader", "happens_once", "label_of", "refusal", "usable_readers"]

_NAME = "value"

#: Constraints that say how a value is read, and not which are allowed.
_OF_READING = ("strip", "multiline", "model")


def refusal(problem: Problem) -> ValidationError:
    """Return a problem as an error of a form's field, in the language that is active now.

    It always has parameters, since those who show it format every message once.
    """
    params = {name: value for name, value in problem.params.items() if name != "message"}
    is_of_duration = problem.code == "format" and params.get("type") == "duration"
    text = _duration_refused() if is_of_duration else render(_with_yes_and_no(problem), get_language())
    return ValidationError("%(text)s", code=problem.code, params={**params, "text": text})


def _with_yes_and_no(problem: Problem) -> Problem:
    """Return a problem that lists yes and no as forms say them."""
    listed = problem.params.get("choices")
    if not isinstance(listed, list) or not any(isinstance(each, bool) for each in listed):
        return problem
    said = {True: gettext("Yes"), False: gettext("No")}
    choices = [said[each] if isinstance(each, bool) else each for each in listed]
    return problem._replace(params={**problem.params, "choices": choices})


def _duration_refused() -> str:
    """Return how a length of time is written by people, who do not write it as documents have it."""
    example = written_duration(14)
    return gettext("Enter a length of time, such as %(example)s, 36:00 or P1DT12H.") % {"example": example}


def label_of(attribute: Attribute, default_language: str, language: str | None = None) -> str:
    """Return what an attribute is called, in the active language unless another one is given."""
    label = text_in(attribute.label or None, language or get_language(), default_language)
    return capfirst(label or str(attribute.name).replace("_", " "))


def usable_readers(scope: Scope) -> list[Reader]:
    """Return a reader for each attribute of a scope, but for those whose plugin is missing."""
    attributes = scope.schema.values()
    if scope.error is None:
        return [Reader(attribute, scope.compiled.validator) for attribute in attributes]
    return [Reader(attribute) for attribute in attributes if _can_be_used(attribute)]


def _can_be_used(attribute: Attribute) -> bool:
    try:
        _one_value(attribute).compile(registry())
    except JSONAttrsError:
        return False
    return True


class Listed(NamedTuple):
    """One of the values that an attribute can have, where these are listed."""

    value: Any  #: typed
    label: str  #: empty where nobody gave one
    retired: bool


class Reader:
    """Reads values of one attribute as people write them; of one with several values, one of these."""

    def __init__(self, attribute: Attribute, validator: Validator | None = None) -> None:
        self.attribute = attribute
        self.name = str(attribute.name)
        self.type = str(attribute.type)
        self.multiple = bool(attribute.multiple)
        self._validator = validator

    def typed(self, value: Any, language: str | None = None) -> Any:
        """Return the typed value of a text, or of a typed value; None of none. Raises Django's ValidationError.

        The text is read in ``language``, the active one if that is None.
        """
        if isinstance(value, str) and self.type in _READ_HERE:
            found = _READ_HERE[self.type](value, language)
            value = value if found is None else found
        result = self._plain.check({_NAME: value}, current={}, from_text=True, language=language or get_language())
        if result.problems:
            raise ValidationError([refusal(problem) for problem in result.problems])
        return result.value[_NAME]

    def fits(self, value: Any) -> bool:
        """Tell whether a value is one, or one of several, of the attribute's type; True is no integer."""
        python = registry().base_types[self.type].python
        return type(value) is python or (isinstance(value, python) and not isinstance(value, bool | datetime))

    def judged(self, typed: Any) -> Any:
        """Return the clean value, or values, of typed ones, decided on without the record.

        Raises Django's ValidationError.
        """
        validator = self._validator or compose(Schema("", [self.attribute])).compile(registry())
        result = validator.check_attribute(self.name, typed)
        if result.problems:
            raise ValidationError([refusal(problem) for problem in result.problems])
        return result.value[self.name]

    def text(self, typed: Any, language: str | None) -> str:
        """Return the text of one typed value as people read and edit it; in no language where that is None."""
        if language not in (None, "und") and isinstance(typed, timedelta):
            said = duration_in_words(typed, language)
            if said is not None:
                return said
        validator, name = self._whole
        return validator.to_text({name: typed}, language)[name]

    def stored(self, value: Any, language: str | None = None) -> Any:
        """Return the typed value in the form in which it would be stored, if it could be; else as `typed` gives it.

        Raises Django's ValidationError for what is no value of the type, and for what is none of the choices.
        """
        return self._canonical(self.typed(value, language))

    def _canonical(self, typed: Any) -> Any:
        if typed is None:
            return None
        validator, name = self._whole
        result = validator.check_attribute(name, typed, held=typed)  # a retired choice may still be asked for
        if result.problems and self.has_choices:
            raise ValidationError([refusal(problem) for problem in result.problems])
        return typed if result.problems else result.value[name]

    @property
    def commas_separate(self) -> bool:
        """Tell whether a comma can but stand between values: in many languages it is a part of a number."""
        if not issubclass(registry().base_types[self.type].python, Number):
            return True
        return bool(self._plain.check({_NAME: "0,5"}, current={}, from_text=True, language=get_language()).problems)

    @cached_property
    def _plain(self) -> Validator:
        """The validator of the type alone."""
        given = self.attribute.constraints or {}
        kept = {name: given[name] for name in _OF_READING if name in given}
        return _of_type(self.type, tuple(kept.items())).compile(registry())

    @cached_property
    def _whole(self) -> tuple[Validator, str]:
        """A validator of one value with all that the schema says of it, and the name that it has there."""
        if self._validator is not None and not self.multiple:
            return self._validator, self.name
        return _one_value(self.attribute).compile(registry()), _NAME

    # ---- choices ----

    @cached_property
    def has_choices(self) -> bool:
        """Tell whether the schema, or the subtype, lists the values."""
        return isinstance(self.attribute.choices, tuple) or self._choices_of_subtype is not None

    @cached_property
    def _choices_of_subtype(self) -> Any:
        if not self.attribute.subtype:
            return None
        return registry().subtype(self.attribute.subtype, self.type).record.choices

    def choices(self, default_language: str) -> Iterator[tuple[str, str]]:
        """Yield the text and the label of each choice in the active language, of retired ones too: records have them.

        The text is read as the choice in the same language.
        """
        language = get_language()
        for listed in self.listed(default_language):
            text = self._text(listed.value, language)
            yield text, listed.label or text

    def listed(self, default_language: str) -> Iterator[Listed]:
        """Yield each choice, typed, with its label in the active language, retired ones too."""
        language = get_language()
        if isinstance(self.attribute.choices, tuple):
            for choice in self.attribute.choices:
                typed = self._plain.check_attribute(_NAME, choice.value).value[_NAME]
                label = text_in(choice.label or None, language, default_language)
                yield Listed(self._canonical(typed), label, choice.retired)
            return
        listed = self._choices_of_subtype
        for value, label in (resolve_name(listed) if isinstance(listed, str) else listed)(language):
            yield Listed(value, str(label), False)

    @cached_property
    def has_suggestions(self) -> bool:
        """Tell whether the subtype offers values, beside which any other is as good."""
        return self._suggestions_of_subtype is not None

    @cached_property
    def _suggestions_of_subtype(self) -> Any:
        if not self.attribute.subtype:
            return None
        return registry().subtype(self.attribute.subtype, self.type).record.suggestions

    def suggested(self) -> list[tuple[str, str]]:
        """Return the text and the label of each value that is suggested, in the active language."""
        named = self._suggestions_of_subtype
        if named is None:
            return []
        listed = (resolve_name(named) if isinstance(named, str) else named)(get_language())
        return [(str(value), str(label)) for value, label in listed]

    def _text(self, value: Any, language: str | None) -> str:
        return value if isinstance(value, str) else self._plain.to_text({_NAME: value}, language)[_NAME]


@lru_cache(maxsize=200)
def _of_type(type_name: str, constraints: tuple[tuple[str, Any], ...]) -> ComposedSchema:
    return compose(Schema("", [Attribute(_NAME, type_name, constraints=dict(constraints))]))


def _one_value(attribute: Attribute) -> ComposedSchema:
    """Return a schema of one value of an attribute: nothing is asked of it as a list, or of the record."""
    known = registry().constraints
    constraints = {
        name: parameter
        for name, parameter in (attribute.constraints or {}).items()
        if not (name in known and known[name].whole)
    }
    one = Attribute(
        _NAME,
        attribute.type,
        subtype=attribute.subtype,
        choices=attribute.choices,
        constraints=constraints,
    )
    return compose(Schema("", [one]))


def _moment(text: str, _language: str | None) -> datetime | None:
    """Return the moment of a text as forms of Django read it: without an offset it is in the current time zone."""
    try:
        found = parse_datetime(text.strip()) if text.isprintable() else None
    except ValueError:  # a day that does not exist
        return None
    if found is None or timezone.is_aware(found):
        return None  # the type itself decides
    return timezone.make_aware(found) if happens_once(found) else None  # another needs its offset


#: What reads texts in ways that the type itself does not know, None where it cannot: then the type decides.
_READ_HERE: dict[str, Callable[[str, str | None], Any]] = {"datetime": _moment, "duration": read_duration}


def happens_once(local: datetime) -> bool:
    """Tell whether a local time is one moment in the current time zone: clocks that are put back show some twice."""
    there = local.replace(tzinfo=timezone.get_current_timezone())
    return there.replace(fold=0).utcoffset() == there.replace(fold=1).utcoffset()
