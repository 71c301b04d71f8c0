"""The same ten values in native columns, in one JSON column, and in django-eav2's tables."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import eav
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from jsonattrs_core import Invalid
from jsonattrs_django.fields import JSONAttributeField
from jsonattrs_django.models import AttributeManager
from jsonattrs_email.addresses import email


class Organization(models.Model):
    """Who runs projects."""

    name = models.CharField(max_length=100)


class Project(models.Model):
    """What decides on the schema of a record."""

    organization = models.ForeignKey(Organization, models.CASCADE)
    name = models.CharField(max_length=100)


class Columns(models.Model):
    """Ten columns."""

    project = models.ForeignKey(Project, models.CASCADE)
    name = models.CharField(max_length=100)
    education = models.CharField(max_length=20)
    notes = models.CharField(max_length=500)
    household_size = models.IntegerField()
    year_built = models.IntegerField()
    score = models.FloatField()
    area = models.DecimalField(max_digits=12, decimal_places=2)
    active = models.BooleanField()
    birth_date = models.DateField()
    surveyed_at = models.DateTimeField()

    class Meta:
        """Has no table of its own."""

        abstract = True


class Native(Columns):
    """Ten columns, without an index."""


class Record(models.Model):
    """Ten attributes, defined for a project."""

    project = models.ForeignKey(Project, models.CASCADE)
    attrs = JSONAttributeField(schema_selectors=("project",))
    objects = AttributeManager()


class Searched(Columns):
    """Ten columns, of which three are indexed as the attributes of SearchedRecord are."""

    name = models.CharField(max_length=100, db_index=True)
    score = models.FloatField(db_index=True)
    birth_date = models.DateField(db_index=True)


class SearchedRecord(models.Model):
    """Ten attributes, of which three are indexed."""

    project = models.ForeignKey(Project, models.CASCADE)
    attrs = JSONAttributeField(schema_selectors=("project",))
    objects = AttributeManager()


class Unique(Columns):
    """Ten columns, of which one is unique in a project."""

    class Meta:
        """What the database enforces."""

        constraints = (models.UniqueConstraint(fields=["project", "name"], name="bench_unique_name"),)


class UniqueRecord(models.Model):
    """Ten attributes, of which one is unique in a project."""

    project = models.ForeignKey(Project, models.CASCADE)
    attrs = JSONAttributeField(schema_selectors=("project",))
    objects = AttributeManager()


class GinRecord(models.Model):
    """Ten attributes of which none is indexed, and an index on whole documents."""

    project = models.ForeignKey(Project, models.CASCADE)
    attrs = JSONAttributeField(schema_selectors=("project",), gin=True)
    objects = AttributeManager()


class FewRecord(models.Model):
    """The same, for a table of few rows."""

    project = models.ForeignKey(Project, models.CASCADE)
    attrs = JSONAttributeField(schema_selectors=("project",))
    objects = AttributeManager()


class PlainRecord(models.Model):
    """The rows of Record, as Django's own field reads them."""

    project = models.ForeignKey(Project, models.DO_NOTHING)
    attrs = models.JSONField()

    class Meta:
        """Another model's table."""

        managed = False
        db_table = "bench_record"


class DeepRecord(models.Model):
    """Ten attributes, defined for an organisation, which is known through another table."""

    project = models.ForeignKey(Project, models.CASCADE)
    attrs = JSONAttributeField(schema_selectors=(("organization", "project__organization"), "project"))
    objects = AttributeManager()


EDUCATION = (
    ("none", "None"),
    ("primary", "Primary school"),
    ("secondary", "Secondary school"),
    ("tertiary", "University"),
    ("other", "Something else"),
)


def reachable(value: str) -> None:
    """Refuse what the subtype "email" refuses, with what it asks."""
    try:
        email(value)
    except Invalid as error:
        raise ValidationError("Enter a valid e-mail address.", code="format") from error


class People(models.Model):
    """Nine of ten columns that people edit in a form: all but the e-mail address."""

    project = models.ForeignKey(Project, models.CASCADE)
    full_name = models.CharField("Full name", max_length=100, help_text="As in the passport.")
    education = models.CharField("Education", max_length=20, choices=EDUCATION)
    household_size = models.IntegerField(
        "Household size",
        help_text="Who eats from the same pot.",
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    score = models.FloatField("Score", null=True, blank=True, validators=[MinValueValidator(0)])
    area = models.DecimalField(
        "Area in hectares",
        max_digits=12,
        decimal_places=2,
        help_text="Of all parcels.",
        validators=[MinValueValidator(Decimal(0))],
    )
    active = models.BooleanField("Active", null=True, blank=True, help_text="Works on the land.")
    birth_date = models.DateField("Date of birth", validators=[MinValueValidator(date(1900, 1, 1))])
    surveyed_at = models.DateTimeField("Surveyed at", null=True, blank=True, help_text="When the interview began.")
    notes = models.TextField("Notes", max_length=500, blank=True, help_text="Whatever else was said.")

    class Meta:
        """Has no table of its own."""

        abstract = True


class Person(People):
    """Ten columns; the e-mail address is checked by what checks the attribute."""

    email = models.CharField(
        "E-mail address", max_length=254, blank=True, validators=[reachable], help_text="For example: user@example.com"
    )


class DjangoPerson(People):
    """Ten columns; the e-mail address is checked by Django's own pattern."""

    email = models.EmailField("E-mail address", blank=True, help_text="For example: user@example.com")


class PersonRecord(models.Model):
    """The same ten as attributes."""

    project = models.ForeignKey(Project, models.CASCADE)
    attrs = JSONAttributeField(schema_selectors=("project",))
    objects = AttributeManager()


class Entity(models.Model):
    """Ten of django-eav2's values."""

    project = models.ForeignKey(Project, models.CASCADE)


eav.register(Entity)
