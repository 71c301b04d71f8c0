"""What personas and texts look like to programs. Every field is listed: nothing is shown or written that is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from rest_framework import serializers

from jsonattrs_django.rest_framework import SparseFieldsMixin
from personas.access import personas_of
from personas.models import ContentPiece, Persona
from personas.tagging import MOST_TAGS, clean_tags, set_tags
from personas.transfer import KnownFieldsMixin, PersonaEntrySerializer

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["ContentSerializer", "PersonaSerializer"]


class PersonaSerializer(SparseFieldsMixin, PersonaEntrySerializer):
    """A persona: what is exported of it, and what only this place knows."""

    content_count = serializers.IntegerField(
        read_only=True, default=0, help_text="Texts of this persona, which are deleted with it."
    )

    class Meta(PersonaEntrySerializer.Meta):
        fields = ("id", *PersonaEntrySerializer.Meta.fields, "content_count", "created_at", "updated_at")


class OwnPersonaField(serializers.PrimaryKeyRelatedField):
    """A persona of the author's; that of somebody else is as one that there is not."""

    def get_queryset(self) -> QuerySet[Persona]:
        """Return what may be chosen."""
        author = self.context.get("author")
        return Persona.objects.none() if author is None else personas_of(author)


class TagsField(serializers.ListField):
    """Tags, as texts."""

    child = serializers.CharField(max_length=50)

    def to_representation(self, data: Any) -> list[str]:
        """Return the names of the tags."""
        return [tag.name for tag in data.all()]


class ContentSerializer(SparseFieldsMixin, KnownFieldsMixin, serializers.ModelSerializer):
    """A text in the voice of a persona. Its body is plain text: blank lines are between paragraphs."""

    persona = OwnPersonaField()
    persona_name = serializers.CharField(source="persona.name", read_only=True)
    tags = TagsField(required=False, max_length=MOST_TAGS)

    class Meta:
        model = ContentPiece
        fields = (
            *("id", "persona", "persona_name", "title", "body", "status", "tags"),
            *("word_count", "published_at", "created_at", "updated_at"),
        )
        extra_kwargs = {"body": {"trim_whitespace": False}}  # noqa: RUF012 - as REST framework has it

    def validate_tags(self, value: list[str]) -> list[str]:
        """Return tags as they are kept, each once."""
        return clean_tags(value)

    @transaction.atomic
    def create(self, validated_data: dict[str, Any]) -> ContentPiece:
        """Store a text with its tags."""
        tags = validated_data.pop("tags", [])
        piece = ContentPiece.objects.create(**validated_data)
        set_tags(piece, tags)
        return piece

    @transaction.atomic
    def update(self, instance: ContentPiece, validated_data: dict[str, Any]) -> ContentPiece:
        """Store what is named and nothing else, so that what somebody else changes meanwhile stays."""
        tags = validated_data.pop("tags", None)
        for name, value in validated_data.items():
            setattr(instance, name, value)
        instance.save(update_fields=[*validated_data, "updated_at"])
        if tags is not None:
            set_tags(instance, tags)
        return instance
