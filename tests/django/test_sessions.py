"""Nothing depends on the session of a connection, so that a pooler may give each transaction another one."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from testapp.models import Keyed

from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord

pytestmark = pytest.mark.django_db(transaction=True)

#: What lasts longer than a transaction in PostgreSQL.
STATEFUL = re.compile(
    r"^\s*(SET (?!LOCAL|CONSTRAINTS)|LISTEN|PREPARE|DECLARE .* WITH HOLD|LOAD|DISCARD|CREATE TEMP)|pg_advisory_lock",
    re.I,
)


def test_no_statement_leaves_anything_in_the_session():
    with CaptureQueriesContext(connection) as captured:
        SchemaRecord.objects.define(Keyed, [Attribute("score", "integer"), Attribute("tags", "text", multiple=True)])
        Keyed.objects.bulk_create([Keyed(code=str(number), attrs={"score": number}) for number in range(5)])
        for row in Keyed.objects.all():
            row.attrs["tags"] = ["a"]
            row.save()
        Keyed.objects.all().update_attributes({"score": 7})
        call_command("attributes_check", "testapp.Keyed", normalise=True)
        list(Keyed.objects.typed_values("code"))
        SchemaRecord.objects.get().retire()

    assert len(captured) > 20
    assert [query["sql"] for query in captured if STATEFUL.search(query["sql"])] == []
