"""Resources of django-import-export with a field for each attribute. Needs the extra ``import-export``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from import_export import fields, resources

from jsonattrs_django.documents import dumps
from jsonattrs_django.exchange.attributes import AttributeSetter
from jsonattrs_django.exchange.cells import ABSENT, NULL, guarded, read_digits
from jsonattrs_django.exchange.columns import AttributeColumn, Headings
from jsonattrs_django.exchange.exporting import MISSING, Member
from jsonattrs_django.exchange.natives import has_column
from jsonattrs_django.exchange.rows import Row, value_of
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.models.manager import attribute_field
from jsonattrs_django.permissions import permitted
from jsonattrs_django.state import UNASSIGNED
from jsonattrs_django.updates import scopes_of

if TYPE_CHECKING:
    from jsonattrs_django.fields import JSONAttributeField

__all__ = ["AttributeModelResource", "AttributeResourceAdminMixin"]


class AttributeColumnField(fields.Field):
    """A column of a resource: one attribute, in the cells of :mod:`jsonattrs_django.exchange.cells`."""

    def __init__(self, field: JSONAttributeField, name: str, heading: str, user: Any) -> None:
        super().__init__(attribute=field.name, column_name=heading)
        self._field = field
        self._user = user
        self.name = name  #: of the attribute

    def get_value(self, instance: Any) -> str:
        """Return the cell of a record."""
        scope = self._field.scope_of(instance)
        if self.name not in permitted(self._user, "view", self._field, scope.schema):
            return ABSENT
        key = scope.compiled.keys[self.name]
        text = _document_text(self._field, instance)
        document = read_digits(text)
        member = Member(key, bool(scope.schema[self.name].multiple))
        found = member.text(document if isinstance(document, dict) else {}, text)
        if found is MISSING:
            return ABSENT
        return NULL if found is None else guarded(found)

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        """Do nothing: the resource sets all attributes of a record together."""


def _document_text(field: JSONAttributeField, instance: Any) -> str:
    """Return the text of a record's document, with what has been set since it was read."""
    attributes = getattr(instance, field.attname)
    state = instance.__dict__[field.attname]
    if not state.changes and state.assigned is UNASSIGNED:
        return str(state.document.text)
    keys = field.scope_of(instance).compiled.keys
    return dumps({keys[name]: value for name, value in attributes.dump().items()})


class AttributeModelResource(resources.ModelResource):
    """A resource whose columns are those of the model and one for each attribute.

    ``user`` sees and changes the attributes that she may, of the scopes of the records that the resource has; without
    one the resource has all. Of several attribute fields, ``attribute_field`` names the one that is meant; the
    documents themselves are no columns.
    """

    attribute_field: str | None = None

    def __init__(self, user: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._user = user
        model = self._meta.model
        self._of: JSONAttributeField = attribute_field(model, self.attribute_field)
        for name in [each.name for each in model._meta.concrete_fields if isinstance(each, type(self._of))]:
            self.fields.pop(name, None)
        headings = Headings(self._of, self._schemas(), user=user)
        self._column_names = {field.column_name for field in self.fields.values()}
        self._names: dict[str, str] = {}  # of attributes, by heading
        for name in headings.names:
            heading = headings.name_of(AttributeColumn(name))
            self.fields[heading] = AttributeColumnField(self._of, name, heading, user)
            self._names[heading] = name
        self._setter = AttributeSetter(self._of, is_text=True, user=user)

    def _schemas(self) -> Any:
        if self._user is None:
            return SchemaRecord.objects.scopes(self._of.model, field=self._of.name).values()
        return [scope.schema for scope in scopes_of(self._of, self.get_queryset()).values()]

    def get_queryset(self) -> Any:
        """Return the records, with what it takes to find their scopes."""
        found = super().get_queryset()
        return found.select_related(*self._of.select_related) if self._of.select_related else found

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Return the records to export, by their keys where nothing else orders them: each export is as the last."""
        found = super().filter_export(queryset, **kwargs)
        return found if found.ordered else found.order_by("pk")

    def _name(self, heading: str) -> str | None:
        """Return the name of the attribute that a heading means, None where it is a column of the model.

        Whatever is nothing else is taken for an attribute, which the scope of each record knows or refuses: what a file
        may name tells nobody which attributes there are in other scopes.
        """
        if heading in self._names:
            return self._names[heading]
        is_other = has_column(self._of.model, heading.partition("__")[0]) or heading in self._column_names
        return None if is_other else heading.removeprefix(f"{self._of.name}.")

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Set what a row says. Raises ValidationError with the problems of all columns."""
        errors: dict[str, Any] = {}
        try:
            super().import_instance(instance, row, **kwargs)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        said = Row(kwargs.get("row_number", 0), record=instance, is_new=instance._state.adding)
        for heading, cell in row.items():
            name, value = self._name(heading), value_of(cell)
            if name is not None and value is not MISSING:
                said.attributes[name], said.attribute_headings[name] = value, heading
        if not self._of.selectors.are_among([name.removesuffix("_id") for name in errors]):
            self._setter.set_all([said])
        for problem in said.problems:
            message = ValidationError(f"{problem.column}: {problem.message}", code=problem.code)
            errors.setdefault(self._of.name, []).append(message)
        if errors:
            raise ValidationError(errors)


class AttributeResourceAdminMixin:
    """Put before the admin classes of django-import-export, it lets users see and change the attributes they may."""

    def get_import_resource_kwargs(self, request: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the arguments of the resource that imports."""
        return {**super().get_import_resource_kwargs(request, **kwargs), "user": request.user}  # type: ignore[misc]

    def get_export_resource_kwargs(self, request: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the arguments of the resource that exports."""
        return {**super().get_export_resource_kwargs(request, **kwargs), "user": request.user}  # type: ignore[misc]
