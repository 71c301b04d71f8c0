"""Sets of forms in which no two new records may have a value that is to be unique."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import router
from django.utils.translation import gettext

from jsonattrs_django import writes
from jsonattrs_django.uniqueness.conflicts import conflicts_of

if TYPE_CHECKING:
    from jsonattrs_core import Problem

__all__ = ["BaseAttributeFormSet", "BaseAttributeInlineFormSet"]

_Set: Any = object  # what the mixin stands before


class _UniqueTogether(_Set):
    """Looks for values that records of the same set share."""

    def validate_unique(self) -> None:
        """Refuse values that two records of the set have and no two may, as Django does for columns."""
        super().validate_unique()
        going = self.deleted_forms
        kept = [form for form in self.forms if form not in going and form.is_valid() and form.has_changed()]
        for chosen in self.form.chosen_attributes:
            pairs = [(writes.draft_of(chosen.field, form.instance), form.instance) for form in kept]
            using = router.db_for_write(self.model)
            found = conflicts_of(chosen.field, using, pairs, mends=False)
            for place, problems in found.items():
                self._refuse(kept[place], chosen.field.name, problems)

    def _refuse(self, form: Any, field: str, problems: Any) -> None:
        section = next((section for section in form._sections if section.name == field), None)
        new: list[Problem] = [each for each in problems if each not in form.attribute_problems]
        if section is not None and new:
            form.add_problems(section, new)
            raise ValidationError(gettext("Please correct the values that are there twice."))


class BaseAttributeFormSet(_UniqueTogether, forms.BaseModelFormSet):
    """The set of forms to give to ``modelformset_factory(..., form=..., formset=BaseAttributeFormSet)``."""


class BaseAttributeInlineFormSet(_UniqueTogether, forms.BaseInlineFormSet):
    """The same for ``inlineformset_factory``."""
