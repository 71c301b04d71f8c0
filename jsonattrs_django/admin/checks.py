"""What is wrong with an admin's options that name attributes.

Which attributes there are is data, and no business of a check: that the field is there is all it looks at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.admin.checks import InlineModelAdminChecks, ModelAdminChecks
from django.core import checks

from jsonattrs_django.admin.list_filters import AttributeListFilter
from jsonattrs_django.admin.names import hint_for, named
from jsonattrs_django.forms import AttributeModelForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.checks import CheckMessage

__all__ = ["AttributeInlineChecks", "AttributeModelAdminChecks"]

_Checks: Any = object  # those of Django, which the mixin stands before


class _AttributeChecks(_Checks):
    """Lets the names of attributes pass, and says of other names what they may have meant."""

    def check(self, admin_obj: Any, **kwargs: Any) -> list[CheckMessage]:
        """Return what Django finds, what is wrong with the form, and with names that Django does not look at."""
        return [*super().check(admin_obj, **kwargs), *_form_problems(admin_obj), *_unlooked_at(admin_obj)]

    def _check_readonly_fields_item(self, obj: Any, field_name: Any, label: str) -> list[CheckMessage]:
        if named(obj.model, field_name):
            return []
        return _hinted(obj, field_name, super()._check_readonly_fields_item(obj, field_name, label))


class AttributeInlineChecks(_AttributeChecks, InlineModelAdminChecks):
    """The checks of an inline."""


class AttributeModelAdminChecks(_AttributeChecks, ModelAdminChecks):
    """The checks of a model admin."""

    def _check_list_display_item(self, obj: Any, item: Any, label: str) -> list[CheckMessage]:
        if named(obj.model, item):
            return []
        return _hinted(obj, item, super()._check_list_display_item(obj, item, label))

    def _check_list_filter_item(self, obj: Any, item: Any, label: str) -> list[CheckMessage]:
        name, kind = item if isinstance(item, tuple | list) else (item, AttributeListFilter)
        if not named(obj.model, name):
            return _hinted(obj, name, super()._check_list_filter_item(obj, item, label))
        if isinstance(kind, type) and issubclass(kind, AttributeListFilter):
            return []
        return [
            checks.Error(
                f"The value of '{label}[1]' must inherit from 'AttributeListFilter', since '{name}' is an attribute.",
                obj=obj.__class__,
                id="jsonattrs.E012",
            )
        ]

    def _check_list_editable_item(self, obj: Any, field_name: Any, label: str) -> list[CheckMessage]:
        if not named(obj.model, field_name):
            return _hinted(obj, field_name, super()._check_list_editable_item(obj, field_name, label))
        return list(_editable_problems(obj, field_name, label))


def _editable_problems(obj: Any, name: str, label: str) -> Iterable[CheckMessage]:
    """Yield what Django says of the places in which an entry stands."""
    if name not in obj.list_display:
        yield checks.Error(
            f"The value of '{label}' refers to '{name}', which is not contained in 'list_display'.",
            obj=obj.__class__,
            id="admin.E122",
        )
    elif obj.list_display_links and name in obj.list_display_links:
        yield checks.Error(
            f"The value of '{name}' cannot be in both 'list_editable' and 'list_display_links'.",
            obj=obj.__class__,
            id="admin.E123",
        )
    elif obj.list_display[0] == name and not obj.list_display_links and obj.list_display_links is not None:
        yield checks.Error(
            f"The value of '{label}' refers to the first field in 'list_display' ('{name}'), which cannot be used "
            "unless 'list_display_links' is set.",
            obj=obj.__class__,
            id="admin.E124",
        )


def _form_problems(obj: Any) -> Iterable[CheckMessage]:
    if not (isinstance(obj.form, type) and issubclass(obj.form, AttributeModelForm)):
        yield checks.Error(
            "The value of 'form' must inherit from 'AttributeModelForm', whose fields the attributes are.",
            obj=obj.__class__,
            id="jsonattrs.E013",
        )


def _unlooked_at(obj: Any) -> Iterable[CheckMessage]:
    """Yield what is wrong with paths that Django leaves to the first query."""
    for option in ("ordering", "search_fields"):
        for place, entry in enumerate(getattr(obj, option, None) or ()):
            name = entry.lstrip("-^=@") if isinstance(entry, str) else ""
            hint = hint_for(obj.model, name)
            if hint:
                yield checks.Error(
                    f"The value of '{option}[{place}]' refers to '{name}', which begins with no field of "
                    f"'{obj.model._meta.label}'.",
                    hint=_sentence(hint),
                    obj=obj.__class__,
                    id="jsonattrs.E014",
                )


def _hinted(obj: Any, name: Any, found: list[CheckMessage]) -> list[CheckMessage]:
    """Return what Django has found, with what the name may have meant."""
    hint = hint_for(obj.model, name) if isinstance(name, str) else None
    for message in found if hint else ():
        message.hint = message.hint or _sentence(str(hint))
    return found


def _sentence(hint: str) -> str:
    return hint[0].upper() + hint[1:]
