"""Generated input for the readers: whatever the bytes are, they answer; whatever was written, they read."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jsonattrs_core.cli.errors import CannotRun
from jsonattrs_core.cli.readers import Format, open_records
from jsonattrs_core.messages import Problem

pytestmark = pytest.mark.fuzz

NAMES = ("a", "b")


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("readers") / "data"


def read(path, content, kind):
    path.write_bytes(content)
    with open_records(str(path), known=NAMES, format=kind) as records:
        return list(records.items)


PIECES = [b"a", b"b", b",", b";", b"\t", b'"', b"\n", b"\r\n", b"{", b"}", b"[", b"]", b":", b" ", b"1", b"\\", b"\xff"]
PIECES += ["ä".encode(), b'"a"', b'{"a": 1}', b"\xef\xbb\xbf", b"\xff\xfe", b"\0", b"sep=;", b"a,b\n"]
soup = st.one_of(st.binary(max_size=60), st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join))


@given(content=soup)
@pytest.mark.parametrize("kind", Format)
def test_any_bytes_give_records_problems_or_a_clear_refusal(path, content, kind):
    try:
        items = read(path, content, kind)
    except CannotRun:
        return
    assert [number for number, _ in items] == sorted(number for number, _ in items)
    if kind is Format.CSV:
        assert all(isinstance(item, Problem | dict) for _, item in items)


cells = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('",;\t|\n'), min_size=1, max_size=8
).filter(lambda text: text.strip())
tables = st.lists(st.tuples(cells, cells), min_size=1, max_size=8)


@given(
    table=tables,
    delimiter=st.sampled_from(",;\t|"),
    line_break=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_a_written_table_is_read_as_it_was(path, table, delimiter, line_break, quoting, encoding):
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator=line_break, quoting=quoting)
    writer.writerows([NAMES, *table])
    items = read(path, written.getvalue().encode(encoding), Format.CSV)
    assert [record for _, record in items] == [dict(zip(NAMES, row, strict=True)) for row in table]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(records=st.lists(values, max_size=5), escaped=st.booleans(), indent=st.sampled_from([None, 2]))
def test_written_json_is_read_as_it_was(path, records, escaped, indent):
    lines = [json.dumps(record, ensure_ascii=escaped) for record in records]
    array = json.dumps(records, ensure_ascii=escaped, indent=indent)
    expected = list(enumerate(records, 1))
    assert read(path, "\n".join(lines).encode("utf-8", "surrogatepass"), Format.JSONL) == expected
    assert read(path, array.encode("utf-8", "surrogatepass"), Format.JSON) == expected
