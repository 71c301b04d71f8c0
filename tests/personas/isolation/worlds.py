"""Two authors. What one of them is answered is the same whether the other one has anything or not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.messages import get_messages
from django.core.cache import cache
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from personas import work
from personas.models import Author, ContentPiece, Persona, Tag
from personas.tagging import set_tags
from rest_framework_simplejwt.tokens import AccessToken

from jsonattrs_core import Attribute, Schema
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.testing import reset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.personas.isolation.addresses import Address

__all__ = ["SAMPLE", "Asked", "Things", "answer_to", "furnish", "remove", "rows_of"]

SAMPLE = "The kettle clicked off at four, and I carried the cups down the long corridor without any hurry. " * 3


@dataclass(frozen=True, slots=True)
class Things:
    """What an author has, by what stands for it in addresses and bodies."""

    author: Author
    persona: int
    piece: int
    record: int
    work: str
    draft: str
    tag: str
    etag: str = ""

    def fill(self, said: Any) -> Any:
        """Return a text, or what has texts in it, with the keys of these things."""
        if isinstance(said, dict):
            return {self.fill(name): self.fill(each) for name, each in said.items()}
        if isinstance(said, list):
            return [self.fill(each) for each in said]
        if not isinstance(said, str) or "<" not in said:
            return said
        keys = {"<persona>": self.persona, "<piece>": self.piece, "<record>": self.record, "<author>": self.author.pk}
        if said in keys:
            return keys[said]
        for name, key in {**keys, "<work>": self.work, "<draft>": self.draft, "<etag>": self.etag}.items():
            said = said.replace(name, str(key))
        return said


@dataclass(frozen=True, slots=True)
class Asked:
    """A request."""

    address: Address
    method: str
    path: str
    data: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return it as one line."""
        return f"{self.method} {self.path} {self.data or ''} {self.headers or ''}".strip()


# ---- what they have ----


def furnish(author: Author, name: str, own: list[Attribute], **attrs: Any) -> Things:
    """Give an author what authors have, all of it called by a name."""
    schema = Schema(f"Characteristics of {name}", own)
    record = SchemaRecord.objects.define(Persona, schema=schema, selectors=(author,), user=author.user)
    persona = Persona.objects.create(author=author, name=name, description=f"Of {name}", attrs=attrs)
    piece = ContentPiece.objects.create(persona=persona, title=f"{name} by night", body=f"It is {name}.\n\nSo it is.")
    ContentPiece.objects.create(persona=persona, title=f"{name} by day", status="published")
    set_tags(piece, [f"tag of {name}", "sea"])
    analysis, draft = work.start_analysis(author, SAMPLE), work.start_draft(author, persona, f"About {name}")
    done = {"analysis": {"values": {"tone": name}, "problems": [], "model": name}}
    DBTaskResult.objects.filter(pk=analysis.id).update(status="SUCCESSFUL", return_value=done)
    DBTaskResult.objects.filter(pk=draft.id).update(status="SUCCESSFUL", return_value={"piece": piece.pk})
    etag = Client().get(reverse("personas_api:persona-detail", args=[persona.pk]), **_token(author)).headers["ETag"]
    return Things(author, persona.pk, piece.pk, record.pk, analysis.id, draft.id, f"tag of {name}", etag)


def remove(things: Things) -> None:
    """Let an author have nothing, as if there had never been any of it."""
    SchemaRecord.objects.filter(pk=things.record).delete()
    DBTaskResult.objects.filter(pk__in=(things.work, things.draft)).delete()
    things.author.delete()
    reset()


def rows_of(author: int) -> dict[str, list[Any]]:
    """Return all rows that are an author's."""
    pieces = ContentPiece.objects.filter(persona__author=author)
    records = SchemaRecord.objects.filter(content_type__model="persona", selectors__value=str(author))
    return {
        "author": list(Author.objects.filter(pk=author).values()),
        "personas": list(Persona.objects.filter(author=author).order_by("pk").values()),
        "pieces": list(pieces.order_by("pk").values()),
        "tags": list(Tag.objects.filter(author=author).order_by("pk").values()),
        "tagged": list(pieces.order_by("pk", "tags").values_list("pk", "tags")),
        "schemas": list(records.order_by("pk").values()),
        "work": list(DBTaskResult.objects.filter(args_kwargs__kwargs__author=author).order_by("pk").values()),
    }


# ---- asking ----


def answer_to(asked: Asked, author: Author | None) -> dict[str, Any]:
    """Return what somebody is answered, and what has become of the rows; nothing of it stays."""
    cache.clear()  # nobody waits here for having asked too often
    _count_on()
    with transaction.atomic():
        response = _sent(asked, author)
        told = {
            "status": response.status_code,
            "headers": {k: v for k, v in response.headers.items() if k not in _CLOCK},
            "cookies": sorted(response.cookies),
            "messages": [str(message) for message in get_messages(response.wsgi_request)],
            "content": _plain(response.getvalue() if response.streaming else response.content),
        }
        told["headers"] = {name: _plain(value) for name, value in told["headers"].items()}
        transaction.set_rollback(True)
    if asked.method not in ("GET", "HEAD"):
        reset()  # schemas may have been changed, and are as they were
    return told


def _count_on() -> None:
    """Have new rows get the next numbers: PostgreSQL does not take back those of rows that were rolled back."""
    models = (Persona, ContentPiece, Tag, SchemaRecord)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _sent(asked: Asked, author: Author | None) -> Any:
    client = Client(raise_request_exception=True)
    headers = dict(asked.headers)
    if asked.address.is_api:
        extra = {} if author is None else _token(author)
        body = {} if asked.data is None else {"data": asked.data, "content_type": "application/json"}
    else:
        extra = {}
        body = {} if asked.data is None else {"data": asked.data}
        if author is not None:
            client.force_login(author.user)
    if asked.method in ("PUT", "PATCH", "DELETE") and not asked.address.is_api:
        body = {}
    return getattr(client, asked.method.lower())(asked.path, **body, **extra, headers=headers)


def _token(author: Author) -> dict[str, str]:
    return {"HTTP_AUTHORIZATION": f"Bearer {AccessToken.for_user(author.user)}"}


#: Headers that follow the clock.
_CLOCK = ("Expires", "Last-Modified")
#: What differs from one answer to the next of itself: tokens against forged requests, and the ids of work.
_CHANGES = re.compile(
    r'(?<=name="csrfmiddlewaretoken" value=")\w+|(?<="X-CSRFToken": ")\w+|(?<=work=)[\w-]+|(?<=/tasks/)[\w-]+'
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)


def _plain(content: bytes | str) -> str:
    text = content.decode(errors="backslashreplace") if isinstance(content, bytes) else content
    return _CHANGES.sub("…", text)
