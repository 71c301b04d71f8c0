"""What is exported is imported again, and no byte of any document is another one."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from testapp.models import Early, Keyed

from jsonattrs_core import Attribute
from jsonattrs_django.exchange import Export
from jsonattrs_django.models import SchemaRecord
from tests.django.exchange.tables import FORMATS, brought_in, written
from tests.django.stored import store, stored_text

pytestmark = pytest.mark.django_db

each_format = pytest.mark.parametrize("form", FORMATS)

#: What a cell can hold in every format: no control characters, no half ones.
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12)
AWKWARD = st.sampled_from(
    [
        *("=1+1", "=", "+62 812", "-5", "-a", "@x", "\N{FULLWIDTH EQUALS SIGN}1", "'x"),
        *("\\N", "\\", "\\\\x", "\\foo", "#N/A", "x\ny", '"', ",", "a;b", "[1]", '["a"]'),
        *("007", "1e5", "0x10", "nan", "true", "null", "None", "1984-02-29"),
    ]
)
TEXTS = (AWKWARD | TEXT).filter(str.strip)
#: What a column holds: also nothing but white space.
NAMES = st.sampled_from([" ", "  ", "\u00a0", "\\ ", "\\\\ "]) | TEXTS
NUMBERS = st.integers(-(2**63), 2**63 - 1)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30, places=9)
MOMENTS = st.datetimes(timezones=st.just(UTC))
#: PostgreSQL writes 1e300 as an integer, of which an object holds a hundred digits.
SMALL = st.floats(-1e90, 1e90)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | SMALL | TEXT, lambda inner: st.lists(inner, max_size=3), max_leaves=5
)

#: Values of each type, as a program gives them.
VALUES = {
    "text": TEXTS,
    "integer": NUMBERS,
    "float": FLOATS,
    "decimal": DECIMALS,
    "boolean": st.booleans(),
    "date": st.dates(),
    "datetime": MOMENTS,
    "time": st.times(),
    "duration": st.timedeltas(timedelta(days=-1000), timedelta(days=1000)),
    "uuid": st.uuids(),
    "object": st.dictionaries(st.text("abc=;", max_size=3), JSON, max_size=3),
}


@st.composite
def worlds(draw):
    """A schema, and documents that it takes, each with the values of the columns beside it."""
    kinds = draw(st.lists(st.tuples(st.sampled_from(sorted(VALUES)), st.booleans()), min_size=1, max_size=5))
    attributes = [
        Attribute(
            f"a{place}",
            kind,
            key=f"k-{place}",
            label=draw(TEXTS),
            multiple=many,
            constraints={"multiline": True} if kind == "text" else {},
        )
        for place, (kind, many) in enumerate(kinds)
    ]
    documents = draw(
        st.lists(
            st.tuples(
                st.fixed_dictionaries({}, optional={each.name: st.none() | _values(each) for each in attributes}),
                st.fixed_dictionaries({"name": NAMES, "count": st.integers(-(2**31), 2**31 - 1)}),
            ),
            max_size=4,
        )
    )
    return attributes, documents


def _values(attribute):
    one = VALUES[attribute.type]
    return st.lists(one, min_size=1, max_size=3) if attribute.multiple else one


@each_format
@given(world=worlds(), labels=st.booleans())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_records_come_back_as_they_went_over_themselves_and_into_an_empty_table(form, world, labels):
    attributes, records = world
    Keyed.objects.all().delete()
    SchemaRecord.objects.define(Keyed, attributes)
    for place, (document, columns) in enumerate(records):
        Keyed.objects.create(code=f"c{place}", **columns, attrs=document)
    before = everything()
    with tempfile.TemporaryDirectory() as folder:
        path = written(Keyed.objects.all(), Path(folder), form, labels=labels)

        again = brought_in(Keyed, path, labels=labels)
        over = everything()
        Keyed.objects.all().delete()
        anew = brought_in(Keyed, path, labels=labels)

    assert [problem for batch in [*again, *anew] for problem in batch.problems] == []
    assert sum(batch.unchanged for batch in again) == sum(batch.created for batch in anew) == len(records)
    assert over == before
    assert as_values(everything()) == as_values(before)


def everything():
    """Return what is stored, by key: the columns, and the text of the document."""
    return {record.pk: (record.name, record.count, stored_text(record)) for record in Keyed.objects.all()}


def as_values(stored):
    """Return what is stored, with the documents read: their members may stand in another order."""
    return {pk: (*columns, json.loads(text)) for pk, (*columns, text) in stored.items()}


STRANGE = {
    "another-type": '{"score": "x", "title": 5, "tags": "a"}',
    "digits": '{"score": 3.0, "ratio": 1.10, "data": {"n": 0.1000000000000000055511151231257827, "m": 1e2}}',
    "more-digits-than-python-reads": '{"score": 12345678901234567890123456789012345678901234567890}',
    "blank": '{"title": "", "tags": [], "data": {}}',
    "space": '{"title": "  x  "}',
    "null-items": '{"tags": ["a", null, ""], "numbers": [1, "2"]}',
    "orphans": '{"gone": {"a": [1.50]}, "title": "x"}',
    "nothing": "{}",
    "no-object": "[1, 2]",
    "not-accepted-any-more": '{"score": 99, "title": "too long for what is allowed"}',
}


@each_format
@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_what_nobody_should_have_stored_is_no_byte_different_after_it_came_back(form, text, tmp_path):
    SchemaRecord.objects.define(
        Early,
        [
            Attribute("title", "text", required=True, constraints={"max_length": 9}),
            Attribute("score", "integer", constraints={"max": 9}),
            Attribute("ratio", "float"),
            Attribute("tags", "text", multiple=True),
            Attribute("numbers", "integer", multiple=True),
            Attribute("data", "object"),
        ],
    )
    record = Early.objects.create(kind="k", attrs={"title": "x"})
    store(record, text)
    before = stored_text(record)

    (batch,) = brought_in(Early, written(Early.objects.all(), tmp_path, form))

    assert (batch.unchanged, batch.problems) == (1, [])
    assert stored_text(record) == before


def test_what_the_database_writes_is_what_python_would(tmp_path, monkeypatch):
    """On PostgreSQL: anywhere else it is Python both times."""
    attributes = [Attribute(name, "text") for name in ("title", "other")]
    attributes += [Attribute("tags", "text", multiple=True), Attribute("data", "object"), Attribute("score", "float")]
    SchemaRecord.objects.define(Early, attributes)
    SchemaRecord.objects.define(Early, [Attribute("title", omit=True)], selectors=("k2",))
    texts = [text for text in STRANGE.values() if "1234567890" not in text]
    texts += [
        json.dumps(document)
        for value in (
            "=1",
            "-5",
            "-x",
            "+1",
            "",
            "\\N",
            "\\",
            "\uff1d1",
            "\t",
            "[",
            "{",
            "null",
            ": null",
            None,
            5,
            -5,
            0.5,
        )
        for document in ({"title": value}, {"title": "x", "other": value, "score": value}, {"tags": value})
    ]
    for place, text in enumerate(texts):
        store(Early.objects.create(kind=f"k{place % 3}", attrs={}), text)

    quick = Path(written(Early.objects.all(), tmp_path)).read_bytes()
    monkeypatch.setattr(Export, "is_quick", False)
    slow = Path(written(Early.objects.all(), tmp_path)).read_bytes()

    assert quick == slow
    assert quick.count(b"\r\n") > len(texts)
