"""What a form of attributes is in an admin, besides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonattrs_django.errors import AttributeValidationError

__all__ = ["AdminFormMixin"]

_Form: Any = object  # what the mixin stands before


class AdminFormMixin(_Form):
    """Says why its record was refused when it was saved, and watches selectors that the admin puts buttons beside."""

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

    def _watch_selectors(self) -> None:
        super()._watch_selectors()
        for field in self._fields.values():
            inner = getattr(field.widget, "widget", None)  # of a RelatedFieldWidgetWrapper, which shows no attributes
            mark = {name: value for name, value in field.widget.attrs.items() if name == "data-attributes-refresh"}
            if inner is not None and mark:
                inner.attrs |= mark
