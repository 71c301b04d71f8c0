"""Schemas as rows: what the users of an application decide about its attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from jsonattrs_core import Schema, SchemaError
from jsonattrs_django.models.changes import ChangeQuerySet, GenerationRecord, connect
from jsonattrs_django.models.json_text import JSONTextField
from jsonattrs_django.models.manager import SchemaRecordManager, attribute_field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonattrs_django.fields import JSONAttributeField
    from jsonattrs_django.selectors import Texts

__all__ = ["AttributeRecord", "GenerationRecord", "SchemaRecord", "SelectorRecord", "UniquenessRecord"]


class SchemaRecord(models.Model):
    """A schema: what one scope says about the attributes of one field of one model.

    Its id is never given to another schema. A retired one applies to no record, and protects nothing.
    """

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name=_("model"))
    field = models.CharField(_("field"), max_length=100)
    name = models.CharField(_("name"), max_length=200)
    default_language = models.CharField(_("default language"), max_length=35, default="en")
    rule_language = models.CharField(_("rule language"), max_length=63, default="cel")
    rules = JSONTextField(_("rules"), default=list, blank=True)
    unique_together = JSONTextField(_("unique together"), default=list, blank=True)
    digest = models.CharField(max_length=64, editable=False)
    is_retired = models.BooleanField(_("retired"), default=False)

    objects = SchemaRecordManager()

    class Meta:
        verbose_name = _("schema")
        verbose_name_plural = _("schemas")
        constraints = (
            models.UniqueConstraint(
                fields=["content_type", "field", "digest"],
                name="jsonattrs_schema_scope",
                violation_error_message=_("This scope has a schema already."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def texts(self) -> Texts:
        """The texts of the selector values that it is bound to, as many as its field has selectors now."""
        texts = tuple(item.value for item in sorted(self.selectors.all(), key=lambda item: item.position))
        field = self.attribute_field
        return texts if field is None else field.selectors.fitted(texts)

    @property
    def attribute_field(self) -> JSONAttributeField | None:
        """The attribute field that it is a schema of, None where the code has it no more."""
        model: Any = self.content_type.model_class()
        try:
            return None if model is None else attribute_field(model, self.field)
        except SchemaError:
            return None

    def schema_of(self, definitions: Iterable[Any]) -> Schema:
        """Return the schema, with the definitions of its attributes given."""
        document = {
            "format": 1,
            "name": self.name,
            "default_language": self.default_language,
            "rule_language": self.rule_language,
            "attributes": list(definitions),
            "rules": self.rules,
            "unique_together": self.unique_together,
        }
        try:
            return Schema.from_document(document)
        except Exception as error:  # whatever a row was made to hold past `define`
            # A schema that no record can be checked by, so that its scopes are readable and say what is wrong.
            return Schema(self.name, rules=(f"the stored schema cannot be read: {error}",))  # type: ignore[arg-type]

    @property
    def schema(self) -> Schema:
        """The schema that its rows describe."""
        return self.schema_of(self.attributes.order_by("position", "pk").values_list("definition", flat=True))

    def retire(self, user: Any = None) -> None:
        """Let it apply to no record from now on. Values become orphans, and `restore` brings them back."""
        type(self).objects.set_retired([self], True, user)

    def restore(self, user: Any = None) -> None:
        """Let it apply again. Raises SchemaError where a narrower scope would not compose any more."""
        type(self).objects.set_retired([self], False, user)


class SelectorRecord(models.Model):
    """One value of the tuple that a schema is bound to: a row of another model, a plain value, or any."""

    schema = models.ForeignKey(SchemaRecord, models.CASCADE, related_name="selectors", verbose_name=_("schema"))
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=100)
    content_type = models.ForeignKey(
        ContentType, models.CASCADE, related_name="+", null=True, blank=True, verbose_name=_("model")
    )
    value = models.CharField(_("value"), max_length=500, null=True, blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("selector")
        verbose_name_plural = _("selectors")
        constraints = (models.UniqueConstraint(fields=["schema", "position"], name="jsonattrs_selector_position"),)
        indexes = (models.Index(fields=["content_type", "value"], name="jsonattrs_selector_row"),)

    def __str__(self) -> str:
        return f"{self.name}={'any' if self.value is None else self.value}"


class _NameField(models.CharField):
    """The name that a definition gives: a column, so that a query finds what it means."""

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        """Return the name that the definition gives now."""
        definition = model_instance.definition
        name = definition.get("name") if isinstance(definition, dict) else None
        model_instance.name = name if isinstance(name, str) else model_instance.key
        return model_instance.name[: self.max_length]

    def deconstruct(self) -> Any:
        """Be a plain column to migrations."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class AttributeRecord(models.Model):
    """The definition of one attribute in one schema, or what that schema changes about an inherited one."""

    schema = models.ForeignKey(SchemaRecord, models.CASCADE, related_name="attributes", verbose_name=_("schema"))
    position = models.PositiveIntegerField(_("position"))
    key = models.CharField(_("key"), max_length=63)
    definition = JSONTextField(_("definition"))
    name = _NameField(_("name"), max_length=63, default="", editable=False)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("attribute")
        verbose_name_plural = _("attributes")
        constraints = (models.UniqueConstraint(fields=["schema", "key"], name="jsonattrs_attribute_key"),)
        indexes = (
            models.Index(fields=["name"], name="jsonattrs_attribute_name"),
            models.Index(fields=["key"], name="jsonattrs_attribute_by_key"),
        )

    def __str__(self) -> str:
        return str(self.definition.get("name", self.key))


class UniquenessRecord(models.Model):
    """How far a database is with enforcing that the values of an attribute, or of a group of them, are unique."""

    BUILDING, ENFORCED = "building", "enforced"

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    field = models.CharField(max_length=100)
    keys = models.CharField(max_length=1000)  # joined by commas
    database = models.CharField(max_length=100)  # the alias
    state = models.CharField(max_length=10, default=BUILDING)  # building: writers claim, older records do not all
    token = models.CharField(max_length=32)  # a new one whenever a schema changes that decides who claims what
    checkpoint = JSONTextField(null=True)  # the primary key up to which records have been seen to

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["content_type", "field", "keys", "database"], name="jsonattrs_uniqueness_claim"
            ),
        )

    def __str__(self) -> str:
        return f"{self.content_type}.{self.field}: {self.keys} ({self.state})"


connect(SchemaRecord, SelectorRecord, AttributeRecord)
