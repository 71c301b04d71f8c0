"""Reading records: the encodings and dialects that spreadsheets write, and everything that cannot be read."""

from __future__ import annotations

import io
import os
import sys
import threading

import pytest

from jsonattrs_core.cli.errors import CannotRun
from jsonattrs_core.cli.jsondata import LIMIT
from jsonattrs_core.cli.readers import Format, open_records
from jsonattrs_core.messages import Problem

NAMES = ("a", "b")


def read(path, **options):
    """Return the items of a file, a problem as ``(code, unit)``, and its findings as they are."""
    with open_records(str(path), known=NAMES, **options) as records:
        items = [(number, told(item)) for number, item in records.items]
        return items, records.findings


def told(item):
    return (item.code, item.params["unit"]) if isinstance(item, Problem) else item


@pytest.fixture
def file(tmp_path):
    def write(content: bytes, name: str = "data.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


SPREADSHEETS = {
    "plain": b"a,b\n1,x\n",
    "crlf": b"a,b\r\n1,x\r\n",
    "carriage returns": b"a,b\r1,x\r",
    "no line break at the end": b"a,b\n1,x",
    "utf-8 with mark": "a,b\r\n1,x\r\n".encode("utf-8-sig"),
    "utf-16 tabs, as Unicode text": "a\tb\r\n1\tx\r\n".encode("utf-16"),
    "utf-16 big-endian with mark": b"\xfe\xff" + "a\tb\r\n1\tx\r\n".encode("utf-16-be"),
    "utf-16 without mark": "a\tb\r\n1\tx\r\n".encode("utf-16-le"),
    "semicolons": b"a;b\n1;x\n",
    "semicolons with mark": "a;b\n1;x\n".encode("utf-8-sig"),
    "tabs": b"a\tb\n1\tx\n",
    "bars": b"a|b\n1|x\n",
    "excel's sep": b"sep=|\r\na|b\r\n1|x\r\n",
    "excel's sep with mark": "SEP=;\r\na;b\r\n1;x\r\n".encode("utf-8-sig"),
    "quoted": b'"a";"b"\r\n"1";"x"\r\n',
    "quoted with mark": '"a","b"\r\n"1","x"\r\n'.encode("utf-8-sig"),
    "blank lines before and after": b"\r\n\na,b\n\n1,x\n\r\n\n",
    "empty rows at the end": b"a,b\n1,x\n,\n,\n",
    "nameless column without cells": b"a,b,,\n1,x,,\n",
    "spaces around the names": b" a , b \n1,x\n",
}


@pytest.mark.parametrize("content", SPREADSHEETS.values(), ids=SPREADSHEETS)
def test_csv_as_spreadsheets_write_it(file, content):
    items, findings = read(file(content))
    assert [record for _, record in items] == [{"a": "1", "b": "x"}]
    assert findings == []


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ('"a, first";b', "1;2", {"b": "2"}),
        ("a;b", "1,5;2,5", {"a": "1,5", "b": "2,5"}),
        ("a", "x", {"a": "x"}),
        ("a", "x;y,z", ("syntax", "row")),
    ],
    ids=["commas inside quotes do not count", "decimal commas", "one column", "one column is cut at commas"],
)
def test_the_delimiter_is_found_in_the_header(file, header, row, expected):
    items, _ = read(file(f"{header}\n{row}\n".encode()))
    assert items == [(2, expected)]


@pytest.mark.parametrize(
    ("said", "content"), [("tab", b"a\tb\n1\tx\n"), ("\\t", b"a\tb\n1\tx\n"), ("#", b"a#b\n1#x\n")]
)
def test_the_delimiter_can_be_said(file, said, content):
    assert read(file(content), delimiter=said)[0] == [(2, {"a": "1", "b": "x"})]


@pytest.mark.parametrize("said", ["", ";;", '"', "\n"])
def test_what_cannot_be_a_delimiter(file, said):
    with pytest.raises(CannotRun, match="cannot separate cells"):
        read(file(b"a,b\n"), delimiter=said)


TEXT = "a;b\nMüller;Straße\nPeña;5 €\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_of_csv_is_found(file, encoding):
    items, _ = read(file(TEXT.encode(encoding)))
    assert items == [(2, {"a": "Müller", "b": "Straße"}), (3, {"a": "Peña", "b": "5 €"})]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16-le", "mac-roman", "utf-7"])
def test_the_encoding_can_be_said(file, encoding):
    items, _ = read(file("a;b\nMüller;x\n".encode(encoding)), encoding=encoding)
    assert items == [(2, {"a": "Müller", "b": "x"})]


@pytest.mark.parametrize("encoding", ["klingon", "hex", "rot13"])
def test_an_unknown_encoding_is_said_to_be_one(file, encoding):
    with pytest.raises(CannotRun, match="unknown encoding"):
        read(file(b"a,b\n"), encoding=encoding)


def test_windows_text_after_a_megabyte_of_ascii_is_still_found(file):
    items, _ = read(file(b"a,b\n" + b"1,x\n" * 300_000 + "Müller,x\n".encode("cp1252")))
    assert items[-1] == (300_002, {"a": "Müller", "b": "x"})


def test_damage_in_utf8_is_told_line_by_line_and_does_not_make_it_windows_text(file):
    items, _ = read(file("a,b\nä,1\nö,2\n".encode() + b"\xff,3\n" + "ü,4\n".encode()))
    assert items == [
        (2, {"a": "ä", "b": "1"}),
        (3, {"a": "ö", "b": "2"}),
        (4, ("syntax", "encoding")),
        (5, {"a": "ü", "b": "4"}),
    ]


def test_bytes_that_a_said_encoding_does_not_know(file):
    assert read(file(b"a,b\n\x81,1\n2,2\n"), encoding="cp1252")[0] == [
        (2, ("syntax", "encoding")),
        (3, {"a": "2", "b": "2"}),
    ]


UNREADABLE_ROWS = {
    "too few cells": (b"1\n", ("syntax", "row")),
    "too many cells": (b"1,2,3\n", ("syntax", "row")),
    "text after a quoted cell": (b'"1"x,2\n', ("syntax", "csv")),
    "a quotation mark that nobody closes": (b'"1,2\n', ("syntax", "csv")),
    "a line of more than a megabyte": (b"1," + b"x" * LIMIT + b"\n", ("too_large", "bytes")),
    "bytes that are no text": (b"\xff,2\n" + "ää,ää\n".encode(), ("syntax", "encoding")),
}


@pytest.mark.parametrize(("row", "expected"), UNREADABLE_ROWS.values(), ids=UNREADABLE_ROWS)
def test_reading_goes_on_after_a_row_that_cannot_be_read(file, row, expected):
    items, _ = read(file(b"a,b\n" + row + b"3,4\n"))
    assert items[0] == (2, expected)
    assert items[-1][1] == {"a": "3", "b": "4"}


def test_a_lost_quotation_mark_does_not_swallow_the_rest_of_a_large_file(file):
    items, _ = read(file(b'a,b\n"1,2\n' + b"3,4\n" * 400_000))
    assert items[0] == (2, ("syntax", "csv"))
    assert len(items) == 400_001


def test_line_numbers_are_those_of_the_file(file):
    items, _ = read(file(b'sep=,\na,b\n"1\n1\n1",x\n\n2,y\n"open\n3,z\n'))
    assert items == [
        (3, {"a": "1\n1\n1", "b": "x"}),
        (7, {"a": "2", "b": "y"}),
        (8, ("syntax", "csv")),
        (9, {"a": "3", "b": "z"}),
    ]


def test_empty_rows_within_the_table_are_records(file):
    assert read(file(b"a,b\n,\n1,2\n,\n"))[0] == [(2, {"a": "", "b": ""}), (3, {"a": "1", "b": "2"})]


def test_a_column_that_is_no_attribute_is_told_once_and_left_out(file):
    items, findings = read(file(b"\na,zip\x1b[31m,b\n1,2,3\n4,5,6\n"))
    assert items == [(3, {"a": "1", "b": "3"}), (4, {"a": "4", "b": "6"})]
    assert findings == [(2, Problem(("zip\\x1b[31m",), "unknown", {}))]


def test_a_cell_under_no_name_is_not_passed_over(file):
    assert read(file(b"a,b,\n1,2,3\n"))[0] == [(2, ("syntax", "row"))]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no header"),
        (b"\n\n", "no header"),
        (b"sep=;\n", "no header"),
        (b";;\n1;2;3\n", "no header"),
        (b"1,2\n3,4\n", "is the first row a header"),
        (b"a,b,a\n1,2,3\n", "more than once: a"),
        (b'a,"b\n1,2\n', "no header"),
        (b'a,"b"c\n1,2\n', "cannot be read"),
        ("ä,ä,ä,a,".encode() + b"\xff\n", "--encoding"),
        (b"x" * (LIMIT + 1), "no header"),
    ],
)
def test_a_header_that_cannot_be_used(file, content, message):
    with pytest.raises(CannotRun, match=message):
        read(file(content))


UNREADABLE_LINES = {
    "bad json": (b'{"a": 1,}', ("syntax", "json")),
    "two values": (b'{"a": 1} {"a": 2}', ("syntax", "json")),
    "a name twice": (b'{"a": 1, "a": 1}', ("syntax", "keys")),
    "a name twice, deep inside": (b'{"a": [{"b": {"c": 1, "c": 2}}]}', ("syntax", "keys")),
    "5,000 digits": (b'{"a": ' + b"9" * 5000 + b"}", ("syntax", "number")),
    "bad utf-8": (b'{"a": "\xff"}', ("syntax", "encoding")),
    "too deep": (b"[" * 200_000, ("syntax", "depth")),
    "a control character": (b'{"a": "\x01"}', ("syntax", "json")),
    "more than a megabyte": (b'{"a": "' + b"x" * LIMIT + b'"}', ("too_large", "bytes")),
}


@pytest.mark.parametrize(("line", "expected"), UNREADABLE_LINES.values(), ids=UNREADABLE_LINES)
def test_reading_goes_on_after_a_line_that_cannot_be_read(file, line, expected):
    path = file(b'{"a": 1}\n' + line + b'\n{"a": 2}\n', "data.jsonl")
    assert read(path)[0] == [(1, {"a": 1}), (2, expected), (3, {"a": 2})]


def test_json_lines_are_read_with_marks_blank_lines_and_any_line_break(file):
    path = file(b'\xef\xbb\xbf{"a": 1}\r\n\n  \t\r\n {"a": 2} \n{"a": 3}', "data.ndjson")
    assert read(path)[0] == [(1, {"a": 1}), (4, {"a": 2}), (5, {"a": 3})]


def test_json_lines_in_utf16_as_windows_shells_write_them(file):
    path = file('{"a": "ä"}\r\n{"a": "€"}\r\n'.encode("utf-16"), "data.jsonl")
    assert read(path)[0] == [(1, {"a": "ä"}), (2, {"a": "€"})]


def test_a_line_of_exactly_a_megabyte_is_read(file):
    line = b'"' + b"x" * (LIMIT - 2) + b'"'
    items, _ = read(file(line + b"\r\n" + line + b"\n" + line, "data.jsonl"))
    assert [len(item) for _, item in items] == [LIMIT - 2] * 3


def test_numbers_that_json_does_not_have_are_left_to_the_schema(file):
    [(_, record)], _ = read(file(b'{"a": NaN, "b": [-Infinity, 1e999]}', "data.jsonl"))
    assert str(record) == "{'a': nan, 'b': [-inf, inf]}"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"[]", []),
        (b' [ {"a": 1} , 7, [2] ] ', [(1, {"a": 1}), (2, 7), (3, [2])]),
        (b'\xef\xbb\xbf{"a": 1}\n', [(1, {"a": 1})]),
        (b"", [(1, ("syntax", "json"))]),
        (b"[1,]", [(1, 1), (2, ("syntax", "json"))]),
        (b"[1 2]", [(1, 1), (2, ("syntax", "json"))]),
        (b"[1", [(1, 1), (2, ("syntax", "json"))]),
        (b"[1] 2", [(1, 1), (2, ("syntax", "json"))]),
        (b'[{"a": 1,}, 2]', [(1, ("syntax", "json")), (2, 2)]),
        (b'[{"a": [{"b": "]}"} 1]}, 2]', [(1, ("syntax", "json")), (2, 2)]),
        (b'[{"a": 1, "a": 2}, 2]', [(1, ("syntax", "keys")), (2, 2)]),
        (b'[{"a": ' + b"9" * 5000 + b"}, 2]", [(1, ("syntax", "number")), (2, 2)]),
        (b"[" + b"[" * 200_000 + b"]" * 200_000 + b", 2]", [(1, ("syntax", "depth")), (2, 2)]),
        (b'[{"a": "\xff"}, 2]', [(1, ("syntax", "encoding")), (2, 2)]),
        (b'[{"a": "x}, 2]', [(1, ("syntax", "json"))]),
    ],
)
def test_a_json_file(file, content, expected):
    assert read(file(content, "data.json"))[0] == expected


def test_json_lines_under_the_name_of_json_are_told_apart(file):
    with pytest.raises(CannotRun, match="--format jsonl"):
        read(file(b'{"a": 1}\n{"a": 2}\n', "data.json"))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-le"])
def test_a_json_file_in_another_unicode_encoding(file, encoding):
    assert read(file('[{"a": "€"}]'.encode(encoding), "data.json"))[0] == [(1, {"a": "€"})]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("data.CSV", b"a,b\n", Format.CSV),
        ("data.tsv", b"a\tb\n", Format.CSV),
        ("data.txt", b"a\tb\n", Format.CSV),
        ("data.Json", b"[]", Format.JSON),
        ("data.jsonl", b"", Format.JSONL),
        ("data.ndjson", b"", Format.JSONL),
        ("data", b'\n[{"a": 1}]', Format.JSON),
        ("data", b'{\n"a": 1}', Format.JSON),
        ("data", b'{"a": 1}\n{"a": 1}', Format.JSONL),
        ("data", b"a,b\n", Format.CSV),
    ],
)
def test_the_format_is_told_by_the_name_or_by_the_beginning(file, name, content, expected):
    with open_records(str(file(content, name)), known=NAMES) as records:
        assert records.format is expected


def test_a_said_format_wins(file):
    assert read(file(b'{"a": 1}\n', "data.csv"), format=Format.JSONL)[0] == [(1, {"a": 1})]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_standard_input(monkeypatch, encoding):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode(encoding))))
    items, _ = read("-")
    assert items == [(2, {"a": "Müller", "b": "Straße"}), (3, {"a": "Peña", "b": "5 €"})]


def test_a_pipe_that_brings_its_bytes_one_by_one(tmp_path):
    pipe = tmp_path / "data.csv"
    os.mkfifo(pipe)

    def feed():
        with open(pipe, "wb", buffering=0) as end:
            for byte in TEXT.encode("utf-8-sig"):
                end.write(bytes([byte]))

    feeder = threading.Thread(target=feed)
    feeder.start()
    items, _ = read(pipe)
    feeder.join()
    assert items == [(2, {"a": "Müller", "b": "Straße"}), (3, {"a": "Peña", "b": "5 €"})]


def test_the_number_of_bytes_read_is_told(file):
    told = []
    read(file(b"a,b\n" + b"1,x\n" * 100_000), on_read=told.append)
    assert told == sorted(told)
    assert told[-1] == 400_004
    assert len(told) < 20
