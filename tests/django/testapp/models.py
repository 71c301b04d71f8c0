"""Models for the corners that the land registry does not have."""

from __future__ import annotations

import uuid

from django.db import models

from jsonattrs_django.fields import JSONAttributeField
from jsonattrs_django.models import AttributeManager


class Team(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    code = models.CharField(max_length=50, unique=True)


class Note(models.Model):
    """The plain manager, a plain value as a selector, and a UUID."""

    team = models.ForeignKey(Team, models.CASCADE, null=True)
    kind = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=100)
    attrs = JSONAttributeField(schema_selectors=("team", "kind"))


class ByCode(models.Model):
    """A foreign key that holds another unique value than the primary key."""

    team = models.ForeignKey(Team, models.CASCADE, to_field="code")
    attrs = JSONAttributeField(schema_selectors=("team",))
    objects = AttributeManager()


class Early(models.Model):
    """The field stands before what decides on its schema."""

    attrs = JSONAttributeField(schema_selectors=("kind",))
    kind = models.CharField(max_length=10)


class Described(models.Model):
    """An abstract base."""

    kind = models.CharField(max_length=10)
    attrs = JSONAttributeField(schema_selectors=("kind",))

    class Meta:
        abstract = True


class Tree(Described):
    objects = AttributeManager()


class Stone(Described):
    objects = AttributeManager()


class OldTree(Tree):
    """A proxy."""

    class Meta:
        proxy = True


class Place(models.Model):
    name = models.CharField(max_length=50)
    attrs = JSONAttributeField()
    objects = AttributeManager()


class Restaurant(Place):
    """Inherits the field of another table, and has one of its own."""

    stars = models.IntegerField(default=0)
    menu = JSONAttributeField(schema_selectors=("stars",))


class Twin(models.Model):
    """Several attribute fields."""

    left = JSONAttributeField()
    right = JSONAttributeField()
    objects = AttributeManager()


class Keyed(models.Model):
    """A primary key that the program gives."""

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=50, default="")
    count = models.IntegerField(default=0)
    attrs = JSONAttributeField()
    objects = AttributeManager()


class PlainDocument(models.Model):
    """A JSON column of the time before."""

    data = models.JSONField(default=dict)


class Pair(models.Model):
    """Two plain values as selectors."""

    first = models.CharField(max_length=50, blank=True)
    second = models.CharField(max_length=50, blank=True)
    attrs = JSONAttributeField(schema_selectors=("first", "second"))
