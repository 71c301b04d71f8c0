"""Tags: words that an author finds texts by. An author's own, and made as they are needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from personas.models import Tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from personas.models import Author, ContentPiece

__all__ = ["MOST_TAGS", "clean_tags", "set_tags", "tags_of"]

#: Tags that one text may have.
MOST_TAGS = 20


def tags_of(author: Author) -> QuerySet[Tag]:
    """Return the tags that texts of an author's have; one that no text has any more is as if it were not there."""
    return Tag.objects.filter(author=author, content_pieces__isnull=False).distinct()


def clean_tags(names: Iterable[str]) -> list[str]:
    """Return tags as they are kept: without needless blanks, and each once, as it is written first.

    Raises ``ValidationError`` where there are too many, or where one is too long or has a comma or a NUL in it.
    """
    wanted: dict[str, str] = {}
    for name in filter(None, (" ".join(each.split()) for each in names)):
        wanted.setdefault(name.casefold(), name)
    if len(wanted) > MOST_TAGS:
        raise ValidationError(
            "A text can have %(most)d tags; these are %(count)d.",
            "too_many_tags",
            {"most": MOST_TAGS, "count": len(wanted)},
        )
    if refused := [_refusal(name) for name in wanted.values() if not _is_tag(name)]:
        raise ValidationError(refused)
    return list(wanted.values())


def _is_tag(name: str) -> bool:
    return len(name) <= Tag._meta.get_field("name").max_length and not {",", "\0"} & set(name)


def _refusal(name: str) -> ValidationError:
    longest = Tag._meta.get_field("name").max_length
    return ValidationError(
        "“%(tag)s” cannot be a tag: a tag has at most %(longest)d characters, and no comma.",
        "invalid_tag",
        {"tag": name[:longest].replace("\0", "�"), "longest": longest},
    )


def set_tags(piece: ContentPiece, names: Iterable[str]) -> None:
    """Give a text these tags and no others, which ``clean_tags`` has returned; known ones keep their capitals."""
    author = piece.persona.author_id
    known = {tag.name.casefold(): tag for tag in Tag.objects.filter(author=author, content_pieces__isnull=False)}
    tags = [known.get(name.casefold()) or Tag.objects.get_or_create(author_id=author, name=name)[0] for name in names]
    piece.tags.set(tags)
