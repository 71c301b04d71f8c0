"""How the options of an admin name attributes: ``attrs__score``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models.constants import LOOKUP_SEP

from jsonattrs_django.models.manager import attribute_fields
from jsonattrs_django.names import nearest

if TYPE_CHECKING:
    from django.db.models import Model

    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["Named", "attribute_fields", "hint_for", "named", "named_in_path"]


class Named(NamedTuple):
    """An attribute as an option names it; there may be none of that name."""

    field: JSONAttributeField
    attribute: str

    @property
    def path(self) -> str:
        """The name as a whole."""
        return f"{self.field.name}{LOOKUP_SEP}{self.attribute}"


def named(model: type[Model], name: Any) -> Named | None:
    """Return the attribute that a name is of, None for what names anything else."""
    found = named_in_path(model, name)
    return found[0] if found is not None and not found[1] else None


def named_in_path(model: type[Model], path: Any) -> tuple[Named, str] | None:
    """Return the attribute that a path begins with, and the look-up after it; None for any other path."""
    if not isinstance(path, str):
        return None
    start, _, rest = path.partition(LOOKUP_SEP)
    name, _, lookup = rest.partition(LOOKUP_SEP)
    field = attribute_fields(model).get(start) if name else None
    return None if field is None else (Named(field, name), lookup)


def hint_for(model: type[Model], name: str) -> str | None:
    """Return what a name may have meant whose first part is no field of a model; None where it is one."""
    start, separator, rest = name.partition(LOOKUP_SEP)
    if not separator or any(field.name == start for field in model._meta.get_fields()):
        return None
    return nearest(name, [f"{field}{LOOKUP_SEP}{rest}" for field in attribute_fields(model)]).removeprefix("; ") or None
