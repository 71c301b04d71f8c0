"""The author of the demonstration, whose password everybody knows: for trying out on one's own machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from django.contrib.auth import get_user_model
from django.db import transaction
from personas.access import author_of
from personas.models import ContentPiece, Persona, Tag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from personas.models import Author

__all__ = ["PASSWORD", "PERSONAS", "USERNAME", "make"]

USERNAME = "writer"
PASSWORD = "personas-demo"  # noqa: S105 - everybody may know it

#: Her personas, and what she has written in their voices.
PERSONAS = Path(__file__).resolve().parents[1] / "writer.yaml"


@transaction.atomic
def make() -> None:
    """Make the account, the personas and the texts that are missing, and give the account its password."""
    user, _ = get_user_model().objects.get_or_create(username=USERNAME)
    if not user.check_password(PASSWORD):
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    author = author_of(user)
    # The newest is the first in lists; so is the first of the file.
    for each in reversed(yaml.safe_load(PERSONAS.read_text(encoding="utf-8"))):
        _make_persona(author, each)


def _make_persona(author: Author, data: Mapping[str, Any]) -> None:
    persona, _ = Persona.objects.get_or_create(
        author=author,
        name=data["name"],
        defaults={
            "description": data["description"],
            "is_active": data.get("is_active", True),
            "attrs": data["attributes"],
        },
    )
    for text in reversed(data["texts"]):
        piece, is_new = ContentPiece.objects.get_or_create(
            persona=persona, title=text["title"], defaults={"body": text["body"], "status": text["status"]}
        )
        if is_new:
            piece.tags.set([Tag.objects.get_or_create(author=author, name=name)[0] for name in text.get("tags", ())])
