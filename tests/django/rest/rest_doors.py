"""Requests as doors: a client sends a document as JSON, and reads what is wrong with it in the answer.

A door is as in :mod:`tests.django.doors`. What is refused is raised as :class:`~tests.django.doors.Refused`, with the
problems that the client is told.
"""

from __future__ import annotations

from rest_framework.settings import api_settings

from tests.django.doors import Door, Refused
from tests.django.rest.api import API, serializer_class

__all__ = ["REST_DOORS", "rest_door", "told_problems"]

#: Every door of the API by its name.
REST_DOORS: dict[str, Door] = {}


def rest_door(name, **kind):
    """Enter a function as a door of the API."""

    def enter(function):
        REST_DOORS[name] = Door(name, function, **kind)
        return function

    return enter


def told_problems(errors):
    """Yield the problems of an attribute field, as the answer has them, as (path, code)."""
    for name, several in errors.items():
        for error in several:
            path = error["params"].get("path", [] if name == api_settings.NON_FIELD_ERRORS_KEY else [name])
            yield tuple(path), error["code"]


def body(place, document, name="new"):
    """Return what is sent for a record."""
    return {**place.values(name), "attrs": document}


def written(answer):
    """Return the key of the record that an answer is about, or say what it refuses."""
    if answer.status == 400:
        assert set(answer.json) == {"attrs"}
        raise Refused([*told_problems(answer.json["attrs"])])
    assert answer.status in (200, 201), answer.json
    return answer.json["id"]


def last_of_many(answer, count):
    """Do the same for the last of several records, of which the others are good."""
    if answer.status == 400:
        assert set(answer.json) == {str(count - 1)}
        raise Refused([*told_problems(answer.json[str(count - 1)]["attrs"])])
    assert answer.status == 201, answer.json
    return answer.json[-1]["id"]


@rest_door("post")
def _post(place, document):
    return written(API(serializer_class(place.model)).post(body(place, document)))


@rest_door("put", is_update=True)
def _put(place, document):
    old = place.existing()
    return written(API(serializer_class(place.model)).put(body(place, document), pk=old.pk))


@rest_door("patch", is_update=True, is_partial=True)
def _patch(place, document):
    return written(API(serializer_class(place.model)).patch({"attrs": document}, pk=place.existing().pk))


@rest_door("post-many", is_bulk=True)
def _post_many(place, document):
    rows = [body(place, place.before, "first"), body(place, document)]
    return last_of_many(API(serializer_class(place.model)).post(rows), len(rows))


@rest_door("put-if-match", is_update=True)
def _put_if_match(place, document):
    old = place.existing()
    api = API(serializer_class(place.model))
    tag = api.get(pk=old.pk).headers["ETag"]
    return written(api.put(body(place, document), pk=old.pk, if_match=tag))
