"""Parties to ask for by their attributes, and their projects."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import F
from landregistry.models import Organization, Party, Project

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord

UID = UUID("12345678-1234-5678-1234-567812345678")
SEEN = datetime(2024, 1, 1, 3, tzinfo=UTC)

#: What the parties have: ``dee`` has nothing, and ``cid`` an explicit null.
PARTIES = {
    "ann": {
        "score": 5,
        "born": date(1984, 2, 29),
        "education": "None",
        "share": Decimal("1.50"),
        "active": True,
        "tags": ["a", "b"],
        "seen": SEEN,
        "at": time(10, 30),
        "lasts": timedelta(days=1, hours=2),
        "uid": UID,
        "ratio": 2.5,
        "data": {"city": "Bandung", "deep": {"n": 1}},
    },
    "bob": {
        "score": 3,
        "born": date(1990, 7, 1),
        "education": "much",
        "share": Decimal("2.25"),
        "active": False,
        "tags": ["b"],
        "seen": datetime(2024, 6, 30, 23, 30, tzinfo=UTC),
        "ratio": 0.5,
    },
    "cid": {"score": None, "education": "much", "share": Decimal("0.1")},
    "dee": {},
}
TYPES = {
    "score": "integer",
    "born": "date",
    "education": "text",
    "share": "decimal",
    "active": "boolean",
    "seen": "datetime",
    "at": "time",
    "lasts": "duration",
    "uid": "uuid",
    "ratio": "float",
    "data": "object",
}


def make_land():
    """Make an organisation with three projects, the first with three parties, the last with none."""
    attributes = [Attribute(name, kind) for name, kind in TYPES.items()]
    agent = Attribute("agent", "reference", constraints={"model": "landregistry.Organization"})
    SchemaRecord.objects.define(Party, [*attributes, Attribute("tags", "text", multiple=True), agent])
    SchemaRecord.objects.define(Project, [Attribute("budget", "decimal"), Attribute("code", "text")])
    acme = Organization.objects.create(slug="acme", name="Acme")
    north, south, _ = (
        Project.objects.create(organization=acme, slug=slug, name=slug, attrs=attrs)
        for slug, attrs in (("north", {"budget": 100, "code": "N"}), ("south", {}), ("west", {"code": "W"}))
    )
    for name, attrs in PARTIES.items():
        agents = {"agent": acme} if name == "ann" else {}
        Party.objects.create(project=south if name == "dee" else north, name=name, attrs={**attrs, **agents})
    return acme


def names(queryset):
    """Return the names of the parties that a query finds, in its order."""
    return " ".join(queryset.values_list("name", flat=True))


def nulls_last(name):
    return F(name).asc(nulls_last=True)
