"""A form of the attributes of one composed schema, without a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from jsonattrs_django.forms.mixin import AttributeFormMixin
from jsonattrs_django.forms.prototypes import Prototypes
from jsonattrs_django.forms.section import Choosing, Section
from jsonattrs_django.registry import registry

if TYPE_CHECKING:
    from jsonattrs_core import ComposedSchema, Problem

__all__ = ["AttributeForm"]


class AttributeForm(AttributeFormMixin, forms.Form):
    """The form of a new record under a composed schema; ``attribute_field`` begins the names of its fields.

    Raises what ``ComposedSchema.compile`` raises. ``result`` is the engine's verdict on what was posted.
    """

    def __init__(self, *args: Any, schema: ComposedSchema, attribute_field: str = "attrs", **kwargs: Any) -> None:
        self._prototypes = Prototypes(schema, schema.compile(registry()))
        self._attribute_field = attribute_field
        self.result: Any = None
        super().__init__(*args, **kwargs)

    def settle(self) -> None:
        """Put the attributes into the form, once."""
        if not self._sections:
            names = [*self._prototypes.fields]
            start = f"{self._attribute_field}__"
            given = {name.removeprefix(start): value for name, value in self.initial.items() if name.startswith(start)}
            section = Section(
                self._attribute_field,
                self._prototypes,
                Choosing(names, names, self.attribute_user),
                values={},
                begins={**self._prototypes.defaults(given), **given},
                adding=True,
                audit=tuple,
            )
            self._replace_sections([section], {})

    def _warnings_of(self, section: Section) -> tuple[Problem, ...]:
        found: tuple[Problem, ...] = self.result.warnings if self.result is not None else ()
        return found

    def _post_clean(self) -> None:
        for section in self._sections:
            self.result = self._prototypes.validator.check(section.to_write())
            self.add_problems(section, self.result.problems)
