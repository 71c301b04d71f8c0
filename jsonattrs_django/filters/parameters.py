"""Refusing the parameters that nobody reads: a filter with a misspelt name would show everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.datastructures import MultiValueDict

from jsonattrs_django.names import closest
from jsonattrs_django.offered import no_filter, shown

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["StrictForm"]

#: Most parameters that are refused one by one, and most of which the nearest name is looked for.
_REFUSED, _HINTED = 50, 5


class StrictForm(forms.Form):
    """A form that refuses parameters which none of its fields reads, under their own names."""

    #: Names of parameters that others read.
    others: Collection[str] = ()

    def _post_clean(self) -> None:
        super()._post_clean()
        for place, name in enumerate(unread(self, self.data, self.others)[:_REFUSED]):
            error = no_filter(name, closest(name, self.fields) if place < _HINTED else None)
            self._errors[shown(name)] = self.error_class([error], renderer=self.renderer)

    def non_field_errors(self) -> Any:
        """Return the errors that a template shows above the fields: those of unread parameters, too."""
        found = super().non_field_errors()
        more = [error for name, error in self.errors.items() if name not in self.fields and name != "__all__"]
        for errors in more:
            found = self.error_class([*found.as_data(), *errors.as_data()], "nonfield", renderer=self.renderer)
        return found


def unread(form: forms.Form, data: Mapping[str, Any], others: Collection[str]) -> list[str]:
    """Return the names of the parameters that nobody reads. With a prefix, those of other forms are not looked at."""
    prefix = f"{form.prefix}-" if form.prefix else ""
    read = {form.add_prefix(name) for name in form.fields}
    found = [name for name in map(str, data) if name.startswith(prefix) and name not in read]
    found = [name for name in found if name.removeprefix(prefix) not in others]
    if found:
        read = _asked_for(form)  # a widget of several inputs reads other names than its field's own
    return [name for name in found if name not in read]


def _asked_for(form: forms.Form) -> set[str]:
    asked = _Asked()
    for name, field in form.fields.items():
        field.widget.value_from_datadict(asked, MultiValueDict(), form.add_prefix(name))
    return asked.names


class _Asked(MultiValueDict):
    """Data that holds nothing, and notes for what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def get(self, key: Any, default: Any = None) -> Any:
        self.names.add(key)
        return default

    def getlist(self, key: Any, default: Any = None) -> Any:
        self.names.add(key)
        return [] if default is None else default

    def __contains__(self, key: object) -> bool:
        self.names.add(str(key))
        return False
