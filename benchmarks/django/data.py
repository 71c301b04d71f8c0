"""Ten values of a record, what is demanded of them, and many such records."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jsonattrs_core import Attribute

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ATTRIBUTES", "BAD", "EDUCATION", "NAMES", "NOTES", "values"]

EDUCATION = ("none", "primary", "secondary", "tertiary", "other")

ATTRIBUTES = (
    Attribute("name", "text", required=True, constraints={"max_length": 100}),
    Attribute("education", "text", required=True, choices=EDUCATION),
    Attribute("notes", "text", constraints={"max_length": 500}),
    Attribute("household_size", "integer", required=True, constraints={"min": 1, "max": 30}),
    Attribute("year_built", "integer", constraints={"min": 1500, "max": 2100}),
    Attribute("score", "float", required=True, constraints={"min": 0}),
    Attribute("area", "decimal", required=True, constraints={"min": "0", "max_digits": 12, "decimal_places": 2}),
    Attribute("active", "boolean", required=True),
    Attribute("birth_date", "date", required=True, constraints={"min": "1900-01-01"}),
    Attribute("surveyed_at", "datetime", required=True),
)
NAMES = tuple(attribute.name for attribute in ATTRIBUTES)

#: For each attribute that can be wrong by itself, a value that is refused.
BAD: dict[str, Any] = {
    "name": "x" * 101,
    "education": "doctor",
    "notes": 5,
    "household_size": 31,
    "year_built": 1499,
    "score": -0.5,
    "area": Decimal("1.005"),
    "active": "yes",
    "birth_date": date(1899, 12, 31),
    "surveyed_at": datetime(2024, 2, 29, 12, 0),  # noqa: DTZ001 - that it has no offset is what is wrong with it
}

_FIRST = ("Siti", "Ayu", "Jürgen", "Élodie", "Budi", "Ngozi", "Maria", "Tomás", "Kamala", "Peter", "Aïcha", "Wei")
_LAST = ("Rahma", "Müller", "Ñandú", "Okafor", "Smith", "Lefèvre", "Wibowo", "Haile", "Novák", "Costa")
NOTES = (
    "Lives by the river.",
    "Moved here after the flood; the boundary stones were set anew by the village council.",
    "No fixed address.",
    "Zahlt die Pacht jährlich, zuletzt 450 € im März.",
    "Says that the northern third of the parcel is used by a cousin, who was not at home.",
)


def values(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Yield the typed values of records by name; the same ones for the same seed."""
    chance = random.Random(seed)
    born, surveyed = date(1930, 1, 1), datetime(2020, 1, 1, tzinfo=UTC)
    for _ in range(count):
        yield {
            "name": f"{chance.choice(_FIRST)} {chance.choice(_LAST)}",
            "education": chance.choice(EDUCATION),
            "notes": chance.choice(NOTES),
            "household_size": chance.randint(1, 12),
            "year_built": chance.randint(1870, 2024),
            "score": round(chance.random() * 1000, 4),
            "area": Decimal(chance.randint(100, 10_000_000)).scaleb(-2),
            "active": chance.random() < 0.8,
            "birth_date": born + timedelta(days=chance.randrange(29_000)),
            "surveyed_at": surveyed + timedelta(seconds=chance.randrange(150_000_000)),
        }
