"""What a form of attributes is in an admin, besides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonattrs_django.errors import AttributeValidationError

__all__ = ["AdminFormMixin"]

_Form: Any = object  # what the mixin stands before


class AdminFormMixin(_Form):
    """Says why its record was refused when it was saved."""

    #: What was raised when the same post was saved before.
    refused: AttributeValidationError | None = None

    def _post_clean(self) -> None:
        super()._post_clean()
        error = self.refused
        if error is None or error.instance is None or error.instance.pk is None:
            return
        if error.instance.pk == self.instance.pk and isinstance(error.instance, self.instance._meta.concrete_model):
            for section in self._sections:
                if section.name == error.field:
                    self.add_problems(section, error.problems)
