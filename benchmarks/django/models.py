"""The same ten values in native columns, in one JSON column, and in django-eav2's tables."""

from __future__ import annotations

import eav
from django.db import models

from jsonattrs_django.fields import JSONAttributeField
from jsonattrs_django.models import AttributeManager


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


class Entity(models.Model):
    """Ten of django-eav2's values."""

    project = models.ForeignKey(Project, models.CASCADE)


eav.register(Entity)
