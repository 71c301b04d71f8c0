"""A schema with something of everything, documents that it refuses, and documents that it takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

from jsonattrs_core import Attribute, Choice, Rule

ATTRIBUTES = (
    Attribute("code", "text", required=True, constraints={"min_length": 2, "max_length": 4, "pattern": "[A-Z]+"}),
    Attribute("title", "text"),
    Attribute("count", "integer", constraints={"min": 0, "max": 10, "multiple_of": 2}),
    Attribute("large", "integer"),
    Attribute("ratio", "float", constraints={"exclusive_min": 0}),
    Attribute("price", "decimal", constraints={"max_digits": 5, "decimal_places": 2}),
    Attribute("active", "boolean"),
    Attribute("born", "date", constraints={"max": "today"}),
    Attribute("seen", "datetime"),
    Attribute("at", "time"),
    Attribute("lasts", "duration"),
    Attribute("uid", "uuid"),
    Attribute("share", "decimal", subtype="percentage"),
    Attribute(
        "data", "object", constraints={"json_schema": {"required": ["n"], "properties": {"n": {"type": "integer"}}}}
    ),
    Attribute("education", "text", choices=[("none", "None"), Choice("some", "Some", retired=True), ("much", "Much")]),
    Attribute("tags", "text", multiple=True, constraints={"max_items": 3, "unique_items": True, "max_length": 5}),
    Attribute("numbers", "integer", multiple=True, constraints={"max": 9}),
    Attribute("note", "text", key="remark"),
    Attribute("parent", "text", required_if="active"),
    Attribute("agent", "reference", constraints={"model": "landregistry.Organization"}),
    Attribute("agents", "reference", multiple=True, constraints={"model": "landregistry.Organization"}),
    Attribute("old", "text", status="retired"),
)
RULES = (
    Rule("count <= 6 || ratio < 1.0", "Too many for such a ratio", attributes=["count"]),
    Rule("title != code", "The title repeats the code"),
)


@dataclass(frozen=True)
class Bad:
    """A document that is refused."""

    document: Any
    problems: list[tuple[tuple[Any, ...], str]]  #: path and code
    is_whole: bool = False  #: refused for what is not in it, or because it is none: nothing for a partial write


def _one(name, value, code, *path):
    """Return a document in which one attribute is wrong."""
    document = {name: value} if name == "code" else {"code": "AB", name: value}
    return Bad(document, [((name, *path), code)])


BAD = {
    "text-number": _one("title", 5, "type"),
    "text-control-character": _one("title", "a\x00b", "format"),
    "text-short": _one("code", "A", "min_length"),
    "text-pattern": _one("code", "ab", "pattern"),
    "text-lone-surrogate": _one("title", "\ud800", "format"),
    "integer-text": _one("count", "2", "type"),
    "integer-truth": _one("count", True, "type"),
    "integer-fraction": _one("count", 2.5, "type"),
    "integer-min": _one("count", -2, "min"),
    "integer-max": _one("count", 12, "max"),
    "integer-multiple": _one("count", 3, "multiple_of"),
    "integer-64-bit": _one("large", 2**63, "max"),
    "float-text": _one("ratio", "0.5", "type"),
    "float-nan": _one("ratio", float("nan"), "format"),
    "float-exclusive": _one("ratio", 0.0, "exclusive_min"),
    "decimal-float": _one("price", 1.5, "type"),
    "decimal-word": _one("price", "much", "format"),
    "decimal-digits": _one("price", "123456", "max_digits"),
    "decimal-places": _one("price", "1.234", "decimal_places"),
    "boolean-number": _one("active", 1, "type"),
    "date-no-such-day": _one("born", "2023-02-29", "format"),
    "date-number": _one("born", 20230228, "type"),
    "date-future": _one("born", "9999-01-01", "max"),
    "datetime-without-offset": _one("seen", "2024-01-01T00:00:00", "format"),
    "datetime-naive": _one("seen", datetime(2024, 1, 1), "format"),  # noqa: DTZ001 - that is what is refused
    "time-hour": _one("at", "24:00", "format"),
    "duration-months": _one("lasts", "P1M", "format"),
    "uuid-short": _one("uid", "1234", "format"),
    "subtype": _one("share", "101", "max"),
    "object-list": _one("data", [], "type"),
    "choice": _one("education", "other", "choice"),
    "choice-retired": _one("education", "some", "choice"),
    "multiple-no-list": _one("tags", "a", "type"),
    "multiple-too-many": _one("tags", ["a", "b", "c", "d"], "max_items"),
    "multiple-twice": _one("tags", ["a", "a"], "unique_items"),
    "multiple-null-item": _one("tags", ["a", None], "required", 1),
    "multiple-bad-items": Bad(
        {"code": "AB", "tags": ["a", 5, "toolong"], "numbers": [1, 10, "x"]},
        [(("tags", 1), "type"), (("tags", 2), "max_length"), (("numbers", 1), "max"), (("numbers", 2), "type")],
    ),
    "reference-missing": _one("agent", 10**9, "django.not_found"),
    "reference-text": _one("agent", "1", "type"),
    "references-missing": Bad(
        {"code": "AB", "agents": [10**9, 10**9 + 1]},
        [(("agents", 0), "django.not_found"), (("agents", 1), "django.not_found")],
    ),
    "required-null": _one("code", None, "required"),
    "required-blank": _one("code", "  ", "required"),
    "required-missing": Bad({"title": "x"}, [(("code",), "required")], is_whole=True),
    "required-by-condition": Bad({"code": "AB", "active": True}, [(("parent",), "required")]),
    "nothing-at-all": Bad({}, [(("code",), "required")], is_whole=True),
    "unknown": _one("colour", "red", "unknown"),
    "unknown-retired": _one("old", "x", "unknown"),
    "unknown-key": _one("remark", "by its key, not its name", "unknown"),
    "unknown-reserved": _one("$scope", 1, "unknown"),
    "rule": Bad({"code": "AB", "count": 8, "ratio": 2.0}, [(("count",), "rule")]),
    "rule-of-the-document": Bad({"code": "AB", "title": "AB"}, [((), "rule")]),
    "several": Bad(
        {"code": "a", "count": "x", "born": "x", "colour": 1},
        [
            (("code",), "min_length"),
            (("code",), "pattern"),
            (("count",), "type"),
            (("born",), "format"),
            (("colour",), "unknown"),
        ],
    ),
    "no-object": Bad([1, 2], [((), "type")], is_whole=True),
    "no-object-empty-list": Bad([], [((), "type")], is_whole=True),
    "no-object-empty-text": Bad("", [((), "type")], is_whole=True),
    "no-object-zero": Bad(0, [((), "type")], is_whole=True),
    "no-object-text": Bad('{"code": "AB"}', [((), "type")], is_whole=True),
    "no-object-null": Bad(None, [((), "type")], is_whole=True),
}


@dataclass(frozen=True)
class Good:
    """A document that is taken."""

    document: Any
    stored: Any


_JSON = {
    "code": "ABCD",
    "title": "Zoë 𝄞 \U0010ffff",
    "count": 6,
    "large": -(2**63),
    "ratio": 0.1,
    "price": "999.90",
    "active": False,
    "born": "1984-02-29",
    "seen": "2024-01-31T12:00:00.123456Z",
    "at": "23:59:59.500000",
    "lasts": "P1DT2H",
    "uid": "12345678-1234-5678-1234-567812345678",
    "share": "12.5",
    "data": {"n": 2**70, "deep": [{"": None}]},
    "education": "much",
    "tags": ["b", "a"],
    "numbers": [3, 3],
}
_PYTHON = {
    **_JSON,
    "price": Decimal("999.90"),
    "born": date(1984, 2, 29),
    "seen": datetime(2024, 1, 31, 14, 0, 0, 123456, tzinfo=timezone(timedelta(hours=2))),
    "at": time(23, 59, 59, 500000),
    "lasts": timedelta(days=1, hours=2),
    "uid": UUID(int=0x12345678123456781234567812345678),
    "share": Decimal("12.5"),
}

GOOD = {
    "little": Good({"code": "AB"}, {"code": "AB"}),
    "json": Good(_JSON, _JSON),
    "python": Good(_PYTHON, _JSON),
    "nulls": Good({"code": "AB", "title": None, "tags": None}, {"code": "AB", "title": None, "tags": None}),
    "empty": Good({"code": "AB", "title": " ", "tags": []}, {"code": "AB", "title": None, "tags": None}),
    "normalised": Good(
        {"code": " AB ", "title": "Zoe\u0308\r\n", "count": 4.0, "ratio": 5, "uid": "12345678123456781234567812345678"},
        {"code": "AB", "title": "Zoë", "count": 4, "ratio": 5.0, "uid": "12345678-1234-5678-1234-567812345678"},
    ),
    "under-its-key": Good({"code": "AB", "note": "x"}, {"code": "AB", "remark": "x"}),
    "largest": Good({"code": "AB", "large": 2**63 - 1}, {"code": "AB", "large": 2**63 - 1}),
    "moment-of-utc": Good(
        {"code": "AB", "seen": datetime(1, 1, 1, tzinfo=UTC)}, {"code": "AB", "seen": "0001-01-01T00:00:00Z"}
    ),
    "condition-met": Good({"code": "AB", "active": True, "parent": "p"}, {"code": "AB", "active": True, "parent": "p"}),
    "rule-met": Good({"code": "AB", "count": 8, "ratio": 0.5}, {"code": "AB", "count": 8, "ratio": 0.5}),
}
