"""The pages and answers of both sides, and how many queries they take, for the test that they do the same work.

A program of its own, since it has its own settings: ``python -m benchmarks.django.personas.agreement``.
"""

from __future__ import annotations

import json
import os
import re
from typing import Any

SIZES = (1, 5, 25)

#: What is asked for of characteristics, by name and lookup, and in which order.
QUESTIONS: tuple[tuple[dict[str, Any], str], ...] = (
    ({}, "irony_usage"),
    ({}, "-irony_usage"),
    ({}, "tone"),
    ({"formality_level": 3}, "name"),
    ({"formality_level__gte": 4, "formality_level__lte": 8, "tone__icontains": "TONE 2"}, "name"),
    ({"sentence_structure__in": ["simple", "varied"]}, "-vocabulary_complexity"),
    ({"irony_usage__isnull": True}, "name"),
    ({"background__contains": "5"}, "name"),
)


def main() -> None:
    """Do the work, and print what came of it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.django.personas.settings"
    import django

    django.setup()
    from benchmarks.django.databases import database
    from benchmarks.django.personas.data import scene

    with database():
        author = scene()
        pages = {size: _pages(author, size) for size in SIZES}
        print(json.dumps({"pages": pages, "answers": _answers()}))


def _pages(author: Any, size: int) -> dict[str, Any]:
    """Return each page of both sides with so many personas: its text, and its number of queries."""
    from benchmarks.django.databases import queries
    from benchmarks.django.personas.data import fill
    from benchmarks.django.personas.pages import makers

    fill(author, size)
    return {
        what: [{"text": _without_token(make()), "queries": queries(make)} for make in sides]
        for what, sides in makers(author).items()
    }


def _answers() -> list[list[list[str]]]:
    """Return what each question finds on both sides; some of the personas do not have all that is asked for."""
    from personas.models import Persona

    from benchmarks.django.personas.models import NativePersona

    for persona in Persona.objects.order_by("pk")[::4]:
        del persona.attrs["irony_usage"]
        persona.save()
        NativePersona.objects.filter(pk=persona.pk).update(irony_usage=None)
    return [[_found(Persona, "attrs__", *asked), _found(NativePersona, "", *asked)] for asked in QUESTIONS]


def _found(model: Any, start: str, conditions: dict[str, Any], order: str) -> list[str]:
    """Return the names of the personas that there are, those without a value last."""
    from django.db.models import F

    name = order.removeprefix("-")
    by = F(name if name == "name" else f"{start}{name}")
    chosen = by.desc(nulls_last=True) if order.startswith("-") else by.asc(nulls_last=True)
    rows = model.objects.filter(**{f"{start}{lookup}": value for lookup, value in conditions.items()})
    return [each.name for each in rows.order_by(chosen, "pk")]


def _without_token(content: bytes) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", content.decode())


if __name__ == "__main__":
    main()
