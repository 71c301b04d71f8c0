"""Organisations, their projects, and the parties and spatial units that these register.

What is the same everywhere is a column. What differs from one organisation, project or type to another is an attribute.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jsonattrs_django.fields import JSONAttributeField
from jsonattrs_django.models import AttributeManager


class EntityAttributeField(JSONAttributeField):
    """Attributes that depend on the organisation, the project and the type of what is registered."""

    schema_selectors = (("organization", "project__organization"), "project", "type")


class NamedManager(AttributeManager):
    """Rows that are known by a short name, wherever they are loaded."""

    def get_by_natural_key(self, *key: str) -> Any:
        """Return the row of that natural key."""
        return self.get(**dict(zip(self.model.NATURAL_KEY, key, strict=True)))


class Organization(models.Model):
    """An authority or a company that registers land."""

    NATURAL_KEY = ("slug",)

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    attrs = JSONAttributeField()

    objects = NamedManager()

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, ...]:
        """Return what it is known by in other databases."""
        return (self.slug,)

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("organization", args=[self.slug])


class Project(models.Model):
    """A campaign of an organisation in one area."""

    NATURAL_KEY = ("organization__slug", "slug")

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="projects")
    slug = models.SlugField()
    name = models.CharField(max_length=200)
    attrs = JSONAttributeField(schema_selectors=("organization",))

    objects = NamedManager()

    class Meta:
        """A slug tells the projects of one organisation apart."""

        constraints = (models.UniqueConstraint(fields=["organization", "slug"], name="project_slug"),)

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, ...]:
        """Return what it is known by in other databases."""
        return (self.organization.slug, self.slug)

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("project", args=[self.pk])


class Membership(models.Model):
    """A user who works for an organisation, and so edits its records."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="memberships")
    edits_schemas = models.BooleanField(default=False, help_text="May also decide which attributes its records have.")

    class Meta:
        """Nobody works for an organisation twice."""

        constraints = (models.UniqueConstraint(fields=["user", "organization"], name="one_membership"),)

    def __str__(self) -> str:
        return f"{self.user} ({self.organization})"


class Party(models.Model):
    """A person, a group or a corporation that holds rights to land."""

    class Type(models.TextChoices):
        """What a party is."""

        INDIVIDUAL = "IN", _("Individual")
        GROUP = "GR", _("Group")
        CORPORATION = "CO", _("Corporation")

    project = models.ForeignKey(Project, models.CASCADE, related_name="parties")
    type = models.CharField(max_length=2, choices=Type.choices, default=Type.INDIVIDUAL)
    name = models.CharField(max_length=200)
    attrs = EntityAttributeField()

    objects = AttributeManager()

    class Meta:
        """Django's guess would be partys."""

        verbose_name_plural = "parties"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("party", args=[self.pk])


class SpatialUnit(models.Model):
    """A piece of land, or something that stands on it."""

    class Type(models.TextChoices):
        """What a spatial unit is."""

        PARCEL = "PA", _("Parcel")
        BUILDING = "BU", _("Building")
        RIGHT_OF_WAY = "RW", _("Right of way")

    project = models.ForeignKey(Project, models.CASCADE, related_name="spatial_units")
    type = models.CharField(max_length=2, choices=Type.choices, default=Type.PARCEL)
    name = models.CharField(max_length=200)
    attrs = EntityAttributeField()

    objects = AttributeManager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("spatial_unit", args=[self.pk])
