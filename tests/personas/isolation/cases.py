"""What is asked at each address about the things of somebody else: a new address needs an entry here.

``<persona>``, ``<piece>``, ``<record>``, ``<author>``, ``<work>``, ``<draft>`` and ``<etag>`` stand for the keys of
those things. ``own_secret``, ``own_mood``, ``own_code`` and ``own_kin`` are the other author's own characteristics, of
which ``own_mood`` and ``own_code`` are of both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.urls import reverse

from tests.personas.isolation.addresses import METHODS
from tests.personas.isolation.worlds import SAMPLE, Asked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.personas.isolation.addresses import Address
    from tests.personas.isolation.worlds import Things

__all__ = ["BODIES", "QUERIES", "asked_at"]

#: By what stands in addresses.
KEYS = {"pk": ("<persona>",), "id": ("<work>", "<draft>"), "name": ("own_secret", "own_kin"), "key": ("own_secret",)}
PIECES = ("piece", "piece_edit", "piece_delete", "piece_publish", "content-detail")

_OWN = {"own_secret": "Zanzibar", "own_mood": 7, "own_code": "C-1", "own_kin": "elder"}
_PERSONA = {"name": "Ada's", "attributes": {"tone": "dry"}}
_DOCUMENT = {
    "schema": {
        "format": 1,
        "name": "Mine",
        "attributes": [{"name": "own_secret", "key": "own_secret", "type": "text"}],
    }
}
_FORM = {"name": "Ada's", "is_active": "on"}
_SAMPLE = {"sample": SAMPLE}
_ENTRY = {"format": 1, "personas": [_PERSONA]}


def _entry(**attributes: Any) -> dict[str, Any]:
    return {"name": "Ada's", "attributes": attributes}


#: What is sent, by the name of the address; nothing where nothing is read. Of files, see ``test_walk``.
BODIES: dict[str, list[Any]] = {
    # ---- pages ----
    "personas:home": [],
    "personas:register": [{"username": "ben", "password": "a fine long password"}],
    "personas:sign_in": [{"username": "ben", "password": "wrong"}],
    "personas:sign_out": [{}],
    "personas:list": [],
    "personas:export_many": [],
    "personas:import": [{}],
    "personas:persona": [],
    "personas:delete": [{}],
    "personas:export": [],
    "personas:write": [{"topic": "The sea"}],
    "personas:pieces": [],
    "personas:piece": [],
    "personas:piece_edit": [{"title": "Taken", "body": "Mine now", "tags": "tag of Zanzibar", "publish": "1"}],
    "personas:piece_delete": [{}],
    "personas:piece_publish": [{"status": "archived"}],
    "personas:add": [
        _FORM,
        {**_FORM, "attrs__own_secret": "Zanzibar", "attrs__own_mood": "7", "author": "<author>", "id": "<persona>"},
        {**_FORM, "attrs__own_code": "C-1"},
        {**_FORM, "attrs__own_friend": "<persona>"},
        {**_FORM, "attrs__own_text": "<piece>"},
    ],
    "personas:from_sample": [_SAMPLE],
    "personas:review": [_FORM],
    "personas:edit": [_FORM],
    "personas:reanalyse": [_SAMPLE],
    "personas:compare": [{"take": "tone"}],
    "personas:work": [],
    "personas:characteristics": [{"shown": ["tone", "own_secret"]}],
    "personas:characteristic_add": [{"label": "Secret", "kind": "text", "group": "own"}],
    "personas:characteristic_edit": [{"label": "Taken", "group": "own"}],
    "personas:characteristic_retire": [{}],
    "personas:characteristic_restore": [{}],
    # ---- the API ----
    "personas_api:index": [],
    "personas_api:document": [],
    "personas_api:register": [{"username": "ben", "password": "a fine long password"}],
    "personas_api:login": [{"username": "ben", "password": "wrong"}],
    "personas_api:refresh": [{"refresh": "x"}],
    "personas_api:logout": [{"refresh": "x"}],
    "personas_api:analyse": [_SAMPLE],
    "personas_api:work": [],
    "personas_api:persona-list": [
        _PERSONA,
        {**_PERSONA, "author": "<author>", "id": "<persona>"},
        *({**_entry(**{name: value})} for name, value in _OWN.items()),
        _entry(own_friend="<persona>"),
        _entry(own_text="<piece>"),
        _entry(own_secre="x"),
    ],
    "personas_api:persona-attribute-schema": [],
    "personas_api:persona-attribute-schema-explain": [],
    "personas_api:persona-attribute-schema-validate": [
        {"document": _OWN},
        {"document": {"own_code": "C-1"}},
        {"document": {"own_friend": "<persona>", "own_text": "<piece>"}},
        {"document": {"own_friend": "<persona>"}, "record": "<persona>"},
    ],
    "personas_api:persona-export-many": [],
    "personas_api:persona-facets": [],
    "personas_api:persona-import": [
        _ENTRY,
        {"format": 1, "personas": [_entry(**_OWN)]},
        {"format": 1, "personas": [_entry(own_code="C-1")]},
        {"format": 1, "personas": [_entry(own_friend="<persona>")]},
        {"format": 1, "personas": [{**_PERSONA, "id": "<persona>", "author": "<author>"}]},
    ],
    "personas_api:persona-detail": [_PERSONA, {"attributes": {"own_secret": "taken"}}],
    "personas_api:persona-analyse": [_SAMPLE],
    "personas_api:persona-export": [],
    "personas_api:persona-generate": [{"topic": "The sea"}, {"topic": ""}],
    "personas_api:persona-record-schema": [],
    "personas_api:persona-record-schema-explain": [],
    "personas_api:persona-record-schema-validate": [{"document": _OWN}],
    "personas_api:content-list": [
        {"persona": "<persona>", "title": "Of hers", "body": "Two words"},
        {"persona": "<persona>", "title": ""},
    ],
    "personas_api:content-detail": [
        {"persona": "<persona>", "title": "Taken", "body": "Mine", "tags": ["tag of Zanzibar"], "status": "published"},
        {"status": "archived"},
    ],
    "personas_api:schema-list": [
        _DOCUMENT,
        {**_DOCUMENT, "model": "personas.Persona", "selectors": {"author": "<author>"}},
        {**_DOCUMENT, "model": "personas.Persona", "selectors": {}},
    ],
    "personas_api:schema-detail": [_DOCUMENT, {**_DOCUMENT, "selectors": {"author": "<author>"}}],
    "personas_api:schema-attribute": [{"name": "own_secret", "type": "text", "label": "Taken"}],
    "personas_api:schema-restore": [{}],
    "personas_api:schema-retire": [{}],
    "personas_api:nothing": [{}],
}

#: Query strings, beside none.
QUERIES: dict[str, list[str]] = {
    "personas:list": [
        "attrs__own_secret__icontains=Z",
        "filter=own_secret&view=table&column=own_secret&column=own_mood",
        "ordering=attrs__own_secret",
        "attrs__own_mood=7&attrs__own_mood__gte=7",
        "attrs__own_kin__in=elder",
        "attrs__own_friend=<persona>",
        "name=Zanzibar",
        "page=2",
    ],
    "personas:export_many": ["id=<persona>", "what=all"],
    "personas:pieces": ["persona=<persona>", "tag=tag of Zanzibar", "tag=sea", "q=Zanzibar", "status=published"],
    "personas:review": ["work=<work>"],
    "personas:compare": ["work=<work>"],
    "personas:write": ["again=<draft>"],
    "personas:from_sample": ["again=<work>"],
    "personas:sign_in": ["next=/personas/<persona>/"],
    "personas_api:persona-list": [
        "attributes.own_secret=Zanzibar",
        "attributes.own_secre=Zanzibar",
        "attributes.own_mood=7",
        "attributes.own_mood__gte=7",
        "attributes.own_kin=elder",
        "attributes.own_code=C-1",
        "attributes.own_friend=<persona>",
        "attributes.own_text=<piece>",
        "ordering=attributes.own_secret",
        "fields=attributes.own_secret",
        "name=Zanzibar",
        "page=2",
    ],
    "personas_api:persona-facets": [
        "facets=attributes.own_secret",
        "facets=attributes.own_mood,attributes.tone,is_active",
        "facets=attributes.own_kin",
    ],
    "personas_api:persona-export-many": ["id=<persona>"],
    "personas_api:persona-attribute-schema": ["author=<author>", "format=schema", "format=json-schema&author=<author>"],
    "personas_api:persona-attribute-schema-explain": ["author=<author>"],
    "personas_api:persona-attribute-schema-validate": ["author=<author>"],
    "personas_api:content-list": ["persona=<persona>", "tag=tag of Zanzibar", "tag=sea", "title=Zanzibar", "page=2"],
    "personas_api:schema-list": ["model=personas.Persona", "dry_run=1"],
    "personas_api:schema-detail": ["dry_run=1"],
}

#: Headers, beside none.
CONDITIONS = ({"If-None-Match": '"<etag>"'}, {"If-None-Match": "<etag>"}, {"If-Match": "<etag>"}, {"If-Match": "*"})
HEADERS: dict[str, tuple[dict[str, str], ...]] = {
    "personas_api:persona-detail": CONDITIONS,
    "personas_api:schema-detail": CONDITIONS,
    "personas:delete": ({"HX-Request": "true"},),
    "personas:piece_delete": ({"HX-Request": "true"},),
    "personas:work": ({"HX-Request": "true"},),
    "personas:edit": ({"HX-Request": "true"},),
}


def asked_at(address: Address, things: Things) -> Iterator[Asked]:
    """Yield all requests to an address, about what an author has; only what is read and sent often in several ways."""
    for path in _paths(address, things):
        for method in METHODS:
            for data in _sent(address, method):
                yield Asked(address, method, path, things.fill(data))
        for query in QUERIES.get(address.name, ()):
            whole = f"{path}?{quote(things.fill(query), safe='=&')}"
            yield Asked(address, "GET", whole)
            if BODIES[address.name] and not address.name.endswith("-list"):
                yield Asked(address, "POST", whole, things.fill(BODIES[address.name][0]))
        for headers in HEADERS.get(address.name, ()):
            for method in ("GET", "POST", "PATCH", "DELETE"):
                yield Asked(address, method, path, things.fill(_sent(address, method)[0]), things.fill(headers))


def _sent(address: Address, method: str) -> list[Any]:
    """Return what is sent to an address with a method."""
    if method not in ("POST", "PUT", "PATCH"):
        return [None]
    found = BODIES[address.name] or [{}]
    return found if address.is_api or method == "POST" else found[:1]


def _paths(address: Address, things: Things) -> Iterator[str]:
    short = address.name.partition(":")[2]
    found: list[dict[str, Any]] = [{}]
    for part in address.takes:
        keys = KEYS[part]
        if part == "pk" and short in PIECES:
            keys = ("<piece>",)
        elif part == "pk" and short.startswith("schema-"):
            keys = ("<record>",)
        found = [{**each, part: things.fill(key)} for each in found for key in keys]
    for kwargs in found:
        yield reverse(address.name, kwargs=kwargs)
