"""Authors, their personas, and what is written in the personas' voices.

A persona is a name and a description; how it writes is in its attributes, of which the schema in ``schemas/`` has 75,
and each author may have others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from jsonattrs_django.fields import JSONAttributeField
from jsonattrs_django.models import AttributeManager

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["Author", "ContentPiece", "Persona", "Tag", "content_count"]


class Author(models.Model):
    """Somebody who writes: an account, and what it has here."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="author")
    bio = models.TextField(blank=True, max_length=2_000)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Return the name of the account."""
        return str(self.user)


class Persona(models.Model):
    """A way of writing that has a name. Which attributes it has is said by the schemas of its author."""

    author = models.ForeignKey(Author, models.CASCADE, related_name="personas")
    name = models.CharField(max_length=100)
    description = models.TextField(blank=True, max_length=2_000)
    is_active = models.BooleanField("active", default=True, help_text="Texts are drafted for active personas only.")
    attrs = JSONAttributeField(schema_selectors=("author",), verbose_name="characteristics")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = AttributeManager()

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=["author", "-created_at"], name="persona_of_author"),)

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Tag(models.Model):
    """A word that an author finds content pieces by."""

    author = models.ForeignKey(Author, models.CASCADE, related_name="tags")
    name = models.CharField(max_length=50)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["author", "name"], name="one_tag_of_a_name"),)

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class ContentPiece(models.Model):
    """A text in the voice of a persona."""

    class Status(models.TextChoices):
        """How far it has come."""

        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        ARCHIVED = "archived", "Archived"

    persona = models.ForeignKey(Persona, models.CASCADE, related_name="content_pieces")
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True, max_length=100_000)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    tags = models.ManyToManyField(Tag, blank=True, related_name="content_pieces")
    word_count = models.PositiveIntegerField(default=0, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=["persona", "-created_at"], name="piece_of_persona"),)

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    def save(self, *args: Any, update_fields: Collection[str] | None = None, **kwargs: Any) -> None:
        """Save, with the number of words, and with the time of the first publication."""
        self.word_count = len(self.body.split())
        if self.status == self.Status.PUBLISHED and self.published_at is None:
            self.published_at = timezone.now()
        if update_fields is not None:  # what follows from a column is written with it, and with no other
            follows = {"body": "word_count", "status": "published_at"}
            update_fields = {*update_fields, *(follows[name] for name in update_fields if name in follows)}
        super().save(*args, update_fields=update_fields, **kwargs)


def content_count() -> Coalesce:
    """Return, for a query of personas, how many texts each has, without a row for each of the persona's own columns."""
    of_persona = ContentPiece.objects.filter(persona=models.OuterRef("pk")).order_by()
    return Coalesce(models.Subquery(of_persona.values("persona").annotate(count=models.Count("pk")).values("count")), 0)
