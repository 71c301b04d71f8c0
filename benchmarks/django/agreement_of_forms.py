"""What the forms and the lists of both sides show and decide, as JSON, for the test that they do the same work.

A program of its own, since it has its own settings: ``python -m benchmarks.django.agreement_of_forms``.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE = 3


def main() -> None:
    """Do the work, and print what came of it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.django.settings"
    import django

    django.setup()
    from benchmarks.django.people import fill_people, scene
    from benchmarks.django.tables import database

    with database():
        owner = scene()
        fill_people(owner, 1)
        forms = {kind: dict(_forms(owner, kind == "new")) for kind in ("new", "stored")}
        fill_people(owner, SIZE)
        print(json.dumps({"forms": forms, "lists": dict(_lists()), "works": dict(_works(owner))}))


def _sides() -> dict[str, Any]:
    from benchmarks.django.models import DjangoPerson, Person, PersonRecord

    return {"ours": PersonRecord, "native": Person, "EmailField": DjangoPerson}


def _forms(owner: Any, is_new: bool) -> Iterator[tuple[str, Any]]:
    """Yield, for each side, the form as it is shown first, and what becomes of the two posts."""
    from benchmarks.django.forms import bound, given, unbound
    from benchmarks.django.people import SPOILT, TYPED, posted

    for side, model in _sides().items():
        source = given(model, owner, is_new)
        found: dict[str, Any] = {"shown": str(unbound(source, *source.instances(1)))}
        for what, typed in (("spoilt", SPOILT), ("typed", TYPED)):
            form = bound(source, posted(model, owner, typed, source.marker), *source.instances(1))
            found[what] = {"page": str(form), "errors": sorted(map(_plain, form.errors)), "valid": form.is_valid()}
            found[what]["changed"] = sorted(map(_plain, form.changed_data))
        saved = form.save()
        saved = model.objects.get(pk=saved.pk)
        found["saved"] = {name: _told(saved, name) for name in TYPED}
        if is_new:
            saved.delete()
        yield side, found


def _plain(name: str) -> str:
    return name.removeprefix("attrs__")


def _told(record: Any, name: str) -> str:
    value = getattr(record, name) if hasattr(record, name) else record.attrs[name]
    return f"{type(value).__name__} {value}"


def _lists() -> Iterator[tuple[str, Any]]:
    """Yield what is shown in each list of the admin, side by side, and how many queries it takes."""
    from benchmarks.django.changelist import COLUMNS, page
    from benchmarks.django.databases import queries

    for what, (names, _) in COLUMNS.items():
        pages = {side: page(model, names) for side, model in _sides().items() if side != "EmailField"}
        yield what, {side: {"page": make().decode(), "queries": queries(make)} for side, make in pages.items()}


def _works(owner: Any) -> Iterator[tuple[str, Any]]:
    """Yield what each thing that is timed returns: how many of what."""
    from benchmarks.django.forms import given, works

    for work in works():
        for side, model in _sides().items():
            contestant = work.contestant(given(model, owner, is_new=True), SIZE)
            done: Any = contestant.run(contestant.prepare())
            yield f"{work.name}, {side}", [type(each).__name__ for each in done]


if __name__ == "__main__":
    main()
