"""What rules that only warn say of a form that was posted. They keep nobody from saving."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from jsonattrs_django.forms.asking import REFRESH
from jsonattrs_django.texts import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonattrs_core import Problem
    from jsonattrs_django.forms.section import Section

__all__ = ["WarnedForm"]

_Form: Any = object  # a form of sections, of which this is a part


class WarnedForm(_Form):
    """The part of a form of attributes that warns."""

    @cached_property
    def attribute_warnings(self) -> tuple[Problem, ...]:
        """What rules that only warn say of what was posted, at attributes that the form shows or of the whole."""
        if not self.is_bound or self.asked == REFRESH:
            return ()
        self.errors  # noqa: B018 - it decides on what was posted
        return tuple(
            each
            for section in self._sections
            for each in self._warnings_of(section)
            if not each.path or section.html_name(str(each.path[0])) in self._fields
        )

    def _warnings_of(self, section: Section) -> Iterable[Problem]:
        """Return what rules that only warn say of the attributes of one field."""
        return ()

    @property
    def warning_texts(self) -> list[str]:
        """The same in words, each with the label of its attribute."""
        labels = {field.attribute: str(field.label) for field in self._attribute_bound_fields()}
        return [_said(each, labels.get(str(each.path[0])) if each.path else None) for each in self.attribute_warnings]


def _said(problem: Problem, label: str | None) -> str:
    text = str(refusal(problem).params["text"])
    return text if label is None else gettext("%(label)s: %(text)s") % {"label": label, "text": text}
