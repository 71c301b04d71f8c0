"""What an author's own schema says: which characteristics of everybody's she hides, and which she has besides.

It is composed over the default schema and holds nothing else. Values of what is hidden or retired stay where they are,
and are there again when it comes back.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.text import slugify

from jsonattrs_core import UNSET, Attribute, Choice, Schema
from jsonattrs_django.models import SchemaRecord
from personas.models import Author, Persona
from personas.schema import GROUPS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from jsonattrs_core import ComposedSchema

__all__ = [
    "LIMIT",
    "OWN",
    "OWN_GROUP",
    "Own",
    "add",
    "change",
    "choices_of",
    "everybodys",
    "free_name",
    "hide",
    "own_of",
    "restore",
    "retire",
    "title_of",
]

#: What the names of own characteristics begin with: whatever everybody gets later, there is none of that name.
OWN = "own_"
#: The section of those that belong to none of everybody's.
OWN_GROUP = "own"
#: Own characteristics that an author may have, retired ones included.
LIMIT = 100


@dataclass(frozen=True, slots=True)
class Own:
    """What an author's own schema says, attribute by attribute."""

    attributes: tuple[Attribute, ...] = ()

    @property
    def hidden(self) -> frozenset[str]:
        """The names of everybody's characteristics that are hidden."""
        return frozenset(str(each.name) for each in self.attributes if each.omit is True)

    @property
    def added(self) -> Mapping[str, Attribute]:
        """The characteristics that are the author's own, by name, retired ones included."""
        return {str(each.name): each for each in self.attributes if each.type is not UNSET}


def everybodys() -> ComposedSchema:
    """Return the schema that is composed under every author's."""
    return SchemaRecord.objects.for_selectors(Persona)


def own_of(author: Author) -> Own:
    """Return what an author's own schema says: nothing where she has none."""
    record = _record(author)
    return Own(tuple(record.schema.attributes)) if record is not None else Own()


def title_of(group: str) -> str:
    """Return what people call a section of characteristics."""
    return "Your own" if group == OWN_GROUP else GROUPS.get(group, group.replace("_", " ").capitalize())


def hide(author: Author, names: Collection[str]) -> None:
    """Hide those of everybody's characteristics that have these names, and show all others."""
    with _editing(author) as own:
        hidden = [Attribute(name, omit=True) for name in everybodys() if name in names]
        _define(author, [*(each for each in own.attributes if each.omit is not True), *hidden])


def add(author: Author, attribute: Attribute) -> str:
    """Give an author one more characteristic, and return its name: one made of its label unless it has one.

    ValueError where she has too many, or one of that name.
    """
    with _editing(author) as own:
        name = free_name(own, str(attribute.label)) if attribute.name is UNSET else str(attribute.name)
        if len(own.added) >= LIMIT:
            raise ValueError(f"Nobody has more than {LIMIT} characteristics of their own.")
        if not name.startswith(OWN) or name in own.added:
            raise ValueError(f"{name!r} is no free name of an own characteristic.")
        _define(author, [*own.attributes, replace(attribute, name=name)])
        return name


def change(author: Author, name: str, attribute: Attribute) -> None:
    """Put another definition in the place of an own characteristic; its name and its type stay. KeyError."""
    with _editing(author) as own:
        held = own.added[name]
        new = replace(attribute, name=held.name, key=held.key, type=held.type, status=held.status)
        _define(author, [new if each.name == name else each for each in own.attributes])


def retire(author: Author, name: str) -> None:
    """Take an own characteristic out of forms and lists; its values stay. KeyError where there is none."""
    _set_status(author, name, "retired")


def restore(author: Author, name: str) -> None:
    """Bring a retired characteristic back, with the values that it had. KeyError where there is none."""
    _set_status(author, name, "active")


def free_name(own: Own, label: str) -> str:
    """Return a name for one more characteristic that is called so."""
    stem = OWN + (slugify(label).replace("-", "_")[:40].strip("_") or "characteristic")
    stem = "_".join(part for part in stem.split("_") if part)  # two of them together mean something in a query
    return next(name for name in _numbered(stem) if name not in own.added)


def choices_of(labels: Iterable[str], held: Iterable[Choice] = ()) -> tuple[Choice, ...]:
    """Return choices that are stored as what they are called; those held that are no longer named are retired."""
    kept = dict.fromkeys(labels)
    gone = [each.value for each in held if each.value not in kept]
    return (*(Choice(label) for label in kept), *(Choice(value, retired=True) for value in gone))


def _set_status(author: Author, name: str, status: str) -> None:
    with _editing(author) as own:
        changed = replace(own.added[name], status=status)
        _define(author, [changed if each.name == name else each for each in own.attributes])


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}_{number}"
        number += 1


def _record(author: Author) -> SchemaRecord | None:
    return SchemaRecord.objects.bound_to(Persona, (author,))


@contextmanager
def _editing(author: Author) -> Iterator[Own]:
    """Give what the author's schema says, which nobody else changes until the block ends."""
    with transaction.atomic():
        Author.objects.select_for_update().get(pk=author.pk)
        yield own_of(author)


def _define(author: Author, attributes: Iterable[Attribute]) -> None:
    schema = Schema(f"Characteristics of {author.user.get_username()}", attributes)
    SchemaRecord.objects.define(Persona, schema=schema, selectors=(author,), user=author.user)
