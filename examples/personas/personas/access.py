"""Who may do what: the functions that ``JSONATTRS`` in the settings names, for the models of this application.

Nobody but an author has to do with her personas. Views see to that by what they look among (``of``); these functions
say it once more, for forms, the admin and the API.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from personas.models import Author, ContentPiece, Persona

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from jsonattrs_core import Attribute

__all__ = ["author_of", "may_edit_schema", "may_refer_to", "may_use_attribute", "personas_of", "pieces_of"]


def author_of(user: Any) -> Author:
    """Return the author that an account is; one that has not been here before becomes one."""
    author, _ = Author.objects.get_or_create(user=user)
    return author


def personas_of(author: Author) -> QuerySet[Persona]:
    """Return the personas that an author may see, reference or change."""
    return Persona.objects.filter(author=author).with_selectors()


def pieces_of(author: Author) -> QuerySet[ContentPiece]:
    """Return the content pieces that an author may see or change."""
    return ContentPiece.objects.filter(persona__author=author).select_related("persona")


# ---- what jsonattrs asks ----


def may_use_attribute(user: Any, action: str, model: type[Model], field: str, attribute: Attribute) -> bool:
    """Tell whether a user may view or change an attribute: whoever has reached the persona may."""
    return bool(user.is_authenticated)


def may_edit_schema(user: Any, model: type[Model], field: str, selectors: tuple[Any, ...]) -> bool:
    """Tell whether a user may edit the schema of a scope: an author her own, and superusers the one for everybody."""
    if not user.is_active or not user.is_authenticated:
        return False
    if user.is_superuser:
        return True
    (author,) = selectors or (None,)
    return author is not None and Author.objects.filter(pk=author, user=user).exists()


def may_refer_to(user: Any, rows: QuerySet[Any], attribute: Attribute) -> QuerySet[Any]:
    """Return the records that a user may choose in a reference: personas and content pieces of her own."""
    if rows.model is Persona:
        return rows.filter(author__user=user)
    if rows.model is ContentPiece:
        return rows.filter(persona__author__user=user)
    return rows.none()
