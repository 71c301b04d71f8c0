"""Random documents, and random questions about them, each as Django's query and as plain Python's."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F, Q

from jsonattrs_django.registry import registry
from tests.django.predicates import COMPARISONS, INTEGERS, holds, part_of

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

# ---- stored values, as the text of a JSON document has them ----

#: Of each type: values as they are stored, and values that are spelt otherwise or only look like it.
STORED: dict[str, list[str]] = {
    "text": [
        *('"a"', '"abc"', '"ABC"', '"ab c"', '"b"', '"5"', '"true"', '"a%b"', '"a_b"', '"a\\\\b"', '"\'"', '"\\""'),
        *('"äb"', '"ÄB"', '"é"', '"ß"', '"жа"', '"ЖА"', '"日本"', '"𝄞"', '"\\ud834\\udd1e"', '" a"', '"a "', '"a\\nb"'),
        *('"null"', '"NaN"', '"{}"', '"$a"', '"%%s"', '"a__b"', f'"{"long" * 3000}"', '"\\u00a0x"'),
    ],
    "integer": [
        *(
            "0",
            "1",
            "2",
            "3",
            "5",
            "-1",
            "-7",
            "100",
            "9223372036854775807",
            "-9223372036854775808",
            "9007199254740993",
        ),
        *("5.0", "1e2", "-0", "-0.0", "1.0e0", "7.5", "9223372036854775808", "-9223372036854775809", "1e18", "1e19"),
    ],
    "float": [
        *("0.0", "1.5", "1.25", "-2.5", "1e10", "0.1", "3", "-7", "1e300", "-1e308", "5e-324", "2.5e-310", "1e22"),
        *(
            "1.7976931348623157e308",
            "9007199254740993",
            "9007199254740992",
            "1e309",
            "-1e400",
            "1e-400",
            "100e-2",
            "-0.0",
        ),
        *("1.2345678901234567e20", "0.30000000000000004", "18446744073709551616"),
    ],
    "decimal": [
        *('"0"', '"1"', '"1.5"', '"1.50"', '"-1.5"', '"100"', '"0.1"', '"12345.6789"', '"-0.001"', '"0.00"'),
        *('"11"', '"9.5"', '"7.25"', '"-11"'),
        *('"007"', '"-0"', '"-0.0"', '"+1"', '"1."', '".5"', '"1e2"', '"1,5"', '" 1"', '"NaN"', '"--1"', '"1-"', '"-"'),
        *("1.5", "2", f'"{"9" * 100}"', f'"{"9" * 101}"', f'"0.{"0" * 99}1"', f'"0.{"0" * 100}1"'),
        *('"Infinity"', '"1.2.3"'),
    ],
    "boolean": ["true", "false", "true", "false", "1", "0", '"true"', '"false"', '"yes"'],
    "date": [
        *(
            '"1984-02-29"',
            '"2024-01-31"',
            '"2024-12-31"',
            '"2024-12-30"',
            '"0001-01-01"',
            '"9999-12-31"',
            '"2000-02-29"',
        ),
        *('"2024-02-30"', '"1900-02-29"', '"2023-02-29"', '"2024-13-01"', '"2024-00-10"', '"2024-1-31"', '"20240131"'),
        *('"0000-01-01"', '"2024-01-31T00:00:00Z"', '" 2024-01-31"', '"2024-04-31"', '"-024-01-31"', '"2024-W05-3"'),
    ],
    "datetime": [
        *(
            '"2024-01-31T12:00:00Z"',
            '"2024-01-31T12:00:00.500000Z"',
            '"2024-02-01T03:30:00Z"',
            '"1984-02-29T23:59:59Z"',
        ),
        *(
            '"2024-12-31T23:59:59.999999Z"',
            '"1900-03-01T00:00:00Z"',
            '"2025-01-01T05:59:59Z"',
            '"9999-12-30T00:00:00Z"',
        ),
        *('"2024-01-31T12:00:00+00:00"', '"2024-01-31T13:00:00+01:00"', '"2024-01-31T12:00:00.5Z"', '"2024-01-31"'),
        *(
            '"2024-01-31T12:00:00.000000Z"',
            '"2024-01-31t12:00:00z"',
            '"2024-01-31T24:00:00Z"',
            '"2024-01-31 12:00:00Z"',
        ),
        *('"2024-02-30T12:00:00Z"', '"2024-01-31T12:60:00Z"', '"2024-01-31T12:00:60Z"', '"2024-01-31T12:00:00"'),
    ],
    "time": [
        *('"00:00:00"', '"12:30:00"', '"23:59:59"', '"12:30:00.250000"', '"12:30:15"', '"07:05:09.000001"'),
        *('"12:30"', '"24:00:00"', '"12:30:00.000000"', '"12:30:00.25"', '"12:60:00"', '"1:30:00"', '"12:30:00Z"'),
    ],
    "duration": [
        *('"PT0S"', '"P1D"', '"P1DT2H"', '"-P1D"', '"PT1.5S"', '"PT59M59.999999S"', '"P30D"', '"PT1H"', '"-PT0.5S"'),
        *(
            '"P999999999D"',
            '"-P999999999D"',
            '"P1W"',
            '"PT24H"',
            '"PT60M"',
            '"P1DT0H"',
            '"P"',
            '"PT"',
            '"P1M"',
            '"P01D"',
        ),
        *('"PT1.50S"', '"-PT0S"', '"P1Y"', '"-P999999999DT1S"', '"P1000000000D"', '"PT1S "', '"PT0.0000001S"'),
    ],
    "uuid": [
        *('"12345678-1234-5678-1234-567812345678"', '"00000000-0000-0000-0000-000000000000"'),
        *('"ffffffff-ffff-ffff-ffff-ffffffffffff"', '"a2345678-1234-5678-1234-567812345678"'),
        *('"12345678123456781234567812345678"', '"A2345678-1234-5678-1234-567812345678"', '"1234"'),
        '"{12345678-1234-5678-1234-567812345678}"',
    ],
    "object": [
        '{"city":"x"}',
        '{"city":"y","n":[1,2]}',
        '{"n":1}',
        "{}",
        '{"city":null}',
        '{"city":5}',
        '{"":{"":""}}',
    ],
    "reference": ["1", "2", "15", '"1"', '"abc"', '"12345678-1234-5678-1234-567812345678"', "-1", '"01"'],
}
#: What may stand anywhere, and is a value of some types at most.
NASTY = [
    *("1e400", "-1e400", "7.5", "9223372036854775808", "9007199254740993", "1e-400", "0", "1", "-0.0", "true", "false"),
    *(
        '"2024-02-30"',
        '""',
        '"   "',
        '"\\t"',
        '"abc"',
        '"1"',
        '"1.5"',
        '"true"',
        f'"{"x" * 5000}"',
        '"日本語"',
        '"null"',
    ),
    *("[]", "{}", "[1]", '["a"]', "[null]", '[""]', "[[]]", '{"a":1}', '{"a":{"b":[]}}', '"2024-01-31"', '"12:30:00"'),
    *(
        '"P1D"',
        '"12345678-1234-5678-1234-567812345678"',
        '"2024-01-31T12:00:00Z"',
        '"\\u0007"',
        '"\'; DROP TABLE x; --"',
    ),
]
#: What whole documents may be that are none.
BROKEN = ["[]", '"text"', "5", "null", "true", '[{"text1":"a"}]', '""']

SCALARS = tuple(STORED)
LISTS = ("text", "integer", "float", "decimal", "boolean", "date", "uuid")
#: The attributes of the documents: two of each type, so that they can be compared with each other, and lists.
KINDS: dict[str, Any] = {
    **{f"{kind}{number}": kind for kind in SCALARS for number in (1, 2)},
    **{f"{kind}s": [kind] for kind in LISTS},
}


def random_document(choose: random.Random) -> str:
    """Return the text of a document, which is an object most of the time."""
    if choose.random() < 0.04:
        return choose.choice(BROKEN)
    members = {name: _stored(kind, choose) for name, kind in KINDS.items() if choose.random() > 0.2}
    return "{" + ",".join(f"{json.dumps(name)}:{text}" for name, text in members.items()) + "}"


def _stored(kind: Any, choose: random.Random) -> str:
    dice = choose.random()
    if dice < 0.1:
        return "null"
    if dice < 0.3:
        return choose.choice(NASTY)
    if not isinstance(kind, list):
        return choose.choice(STORED[kind])
    # Lists of a few values that recur, so that they are equal and overlap; of anything at times.
    pool = STORED[kind[0]][: 4 if choose.random() < 0.7 else None]
    return f"[{','.join(choose.choice(pool) for _ in range(choose.randrange(4)))}]"


# ---- values to compare with ----

GIVEN: dict[str, list[Any]] = {
    "text": [
        "a",
        "abc",
        "ABC",
        "ab c",
        "b",
        "5",
        "äb",
        "ÄB",
        "é",
        "жа",
        "日本",
        "𝄞",
        "a%b",
        "a_b",
        "a\\b",
        "'",
        '"',
        "z",
    ],
    "integer": [0, 1, 2, 3, 5, -1, -7, 100, 2**63 - 1, -(2**63), 2**53 + 1, 10**18, 2**63, -(2**63) - 1, 10**30],
    "float": [0.0, 1.5, 1.25, -2.5, 1e10, 0.1, 3.0, -7.0, 1e300, 5e-324, 1e22, 2.0**53, 1.7976931348623157e308, 1.0],
    "decimal": [
        Decimal(text) for text in ("0", "1", "1.5", "1.50", "-1.5", "100", "0.1", "12345.6789", "1e99", "-0.001")
    ],
    "boolean": [True, False],
    "date": [date(1984, 2, 29), date(2024, 1, 31), date(2024, 12, 31), date.min, date.max, date(2000, 2, 29)],
    "datetime": [
        *(datetime(2024, 1, 31, 12, tzinfo=UTC), datetime(2024, 1, 31, 12, 0, 0, 500000, tzinfo=UTC)),
        *(datetime(1984, 2, 29, 23, 59, 59, tzinfo=UTC), datetime(2024, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)),
        datetime(1900, 3, 1, tzinfo=UTC),
    ],
    "time": [time(), time(12, 30), time(23, 59, 59), time(12, 30, 0, 250000), time(7, 5, 9, 1)],
    "duration": [
        *(timedelta(), timedelta(days=1), timedelta(days=1, hours=2), timedelta(days=-1), timedelta(seconds=1.5)),
        *(timedelta(days=30), timedelta(seconds=-0.5), timedelta.max),
    ],
    "uuid": [UUID(int=0), UUID("12345678-1234-5678-1234-567812345678"), UUID("f" * 32)],
    "reference": [1, "1", 15, "abc", UUID("12345678-1234-5678-1234-567812345678"), -1],
}
#: Other ways to write what is given, which Django's own fields take too.
SPELT: dict[str, Callable[[Any], Any]] = {
    "integer": str,
    "float": repr,
    "decimal": str,
    "date": date.isoformat,
    "datetime": datetime.isoformat,
    "time": time.isoformat,
    "uuid": str,
}
PATTERNS = ["^a", "b$", "[0-9]+", "a|b", "^ab c$", "é", "a b", "^[A-Z]+$", "(?i)abc"]
SEARCHED = ["a", "A", "b", "B", "abc", "bc", "%", "_", "\\", "'", '"', "ä", "Ж", "ж", "é", "É", "日", "", " ", "5", "ß"]
#: Parts of dates and the values to compare them with.
PARTS: dict[str, list[Any]] = {
    "year": [1984, 2024, 1, 9998, 2025],
    "month": [1, 2, 12],
    "day": [1, 29, 31],
    "quarter": [1, 4],
    "week": [1, 5, 53],
    "iso_year": [1984, 2024, 2025],
    "week_day": [1, 4],
    "iso_week_day": [3, 7],
    "hour": [0, 6, 12, 23],
    "minute": [0, 30, 59],
    "second": [0, 15, 59],
    "date": [date(2024, 1, 31), date(1984, 2, 29)],
    "time": [time(6, 0), time(12, 0), time(21, 30)],
    "len": [0, 1, 2, 3],
}
OF_DATES = ("year", "month", "day", "quarter", "week", "iso_year", "week_day", "iso_week_day")
OF_TIMES = ("hour", "minute", "second")
PARTS_OF = {"date": OF_DATES, "time": OF_TIMES, "datetime": (*OF_DATES, *OF_TIMES, "date", "time")}
NUMBERS = ("integer", "float", "decimal")
ORDERED = tuple(COMPARISONS)
SEARCHING = ("iexact", "contains", "icontains", "startswith", "istartswith", "endswith")


# ---- questions ----


@dataclass(frozen=True)
class Question:
    """What Django is asked, and whether a row (a mapping of values by name) answers it in plain Python."""

    asked: Q
    holds: Callable[[dict[str, Any]], bool]


class Questions:
    """Makes random questions. ``prefix`` is the path to the document."""

    def __init__(self, choose: random.Random, database: Any, prefix: str = "attrs__") -> None:
        self.choose = choose
        self.database = database
        self.prefix = prefix

    def any(self, depth: int = 0) -> Question:
        """Return a condition on one attribute, or a combination of several."""
        dice = self.choose.random()
        if depth > 2 or dice < 0.6:
            return self.one()
        if dice < 0.75:
            inner = self.any(depth + 1)
            return Question(~inner.asked, lambda row: not inner.holds(row))
        left, right = self.any(depth + 1), self.any(depth + 1)
        if dice < 0.88:
            return Question(left.asked & right.asked, lambda row: left.holds(row) and right.holds(row))
        return Question(left.asked | right.asked, lambda row: left.holds(row) or right.holds(row))

    def one(self) -> Question:
        """Return a condition on one attribute."""
        name = self.choose.choice(list(KINDS))
        kind = KINDS[name]
        dice = self.choose.random()
        if dice < 0.08:
            return self._condition(name, "isnull", self.choose.random() < 0.5)
        if dice < 0.1:
            return self._condition(name, "exact", None)
        if isinstance(kind, list):
            return self._of_list(name, kind[0])
        if kind == "object":
            return self._of_object(name)
        if dice < 0.25 and kind in PARTS_OF:
            return self._of_part(name, self.choose.choice(PARTS_OF[kind]))
        if dice < 0.35 and kind != "reference":
            return self._of_two(name, kind)
        return self._of_value(name, kind)

    def orderings(self) -> list[tuple[str, bool, bool | None]]:
        """Return attributes to order by: name, whether descending, and where nulls are."""
        names = [
            name for name, kind in KINDS.items() if not isinstance(kind, list) and kind not in ("object", "reference")
        ]
        chosen = self.choose.sample(names, self.choose.choice([1, 1, 2]))
        return [(name, self.choose.random() < 0.5, self.choose.choice([None, True, False])) for name in chosen]

    def ordered_by(self, orderings: list[tuple[str, bool, bool | None]]) -> list[Any]:
        """Return the arguments of ``order_by`` for orderings."""
        made = []
        for name, is_descending, nulls_first in orderings:
            path = f"{self.prefix}{name}"
            if nulls_first is None:
                made.append(f"-{path}" if is_descending else path)
            else:
                nulls = {"nulls_first": True} if nulls_first else {"nulls_last": True}
                made.append(F(path).desc(**nulls) if is_descending else F(path).asc(**nulls))
        return made

    # ---- each kind of condition ----

    def _condition(self, name: str, lookup: str, given: Any, shown: Any = None) -> Question:
        path = (
            f"{self.prefix}{name}"
            if lookup == "exact" and self.choose.random() < 0.7
            else f"{self.prefix}{name}__{lookup}"
        )
        asked = Q(**{path: given if shown is None else shown})
        return Question(asked, lambda row: holds(lookup, row[name], given, self.database))

    def _of_value(self, name: str, kind: str) -> Question:
        pool = GIVEN[kind]
        lookups = ["exact", "in"]
        if kind not in ("boolean", "reference"):
            lookups += [*ORDERED, "range"]
        if kind == "text":
            lookups += [*SEARCHING, "regex"]
        lookup = self.choose.choice(lookups)
        held = [item for item in pool if kind != "integer" or item in INTEGERS]  # SQLite's parameters are no longer
        if lookup == "in":
            given = self.choose.sample(held, self.choose.randrange(min(4, len(held) + 1)))
        elif lookup == "range":
            given = sorted(self.choose.sample(held, 2), key=self.database.sortable)
        elif lookup in (*SEARCHING, "regex"):
            given = self.choose.choice(PATTERNS if lookup == "regex" else SEARCHED)
        else:
            given = self.choose.choice(pool)
        compared = [str(item) for item in given] if isinstance(given, list) else str(given)
        if kind == "reference":
            return self._condition(name, lookup, compared, given)
        spelt = SPELT.get(kind)
        if spelt is None or self.choose.random() < 0.7:
            return self._condition(name, lookup, given)
        shown = [spelt(item) for item in given] if isinstance(given, list) else spelt(given)
        return self._condition(name, lookup, given, shown)

    def _of_part(self, name: str, part: str) -> Question:
        lookup = self.choose.choice([*ORDERED, "in", "isnull", "exact"])
        pool = PARTS[part]
        given: Any = self.choose.choice(pool)
        if lookup == "in":
            given = self.choose.sample(pool, self.choose.randrange(1, len(pool)))
        if lookup == "isnull":
            given = self.choose.random() < 0.5
        ending = "" if lookup == "exact" and self.choose.random() < 0.7 else f"__{lookup}"
        asked = Q(**{f"{self.prefix}{name}__{part}{ending}": given})
        return Question(asked, lambda row: holds(lookup, part_of(part, row[name]), given, self.database))

    def _of_two(self, name: str, kind: str) -> Question:
        """Compare two attributes, of one type or of several kinds of numbers."""
        other = self.choose.choice(NUMBERS if kind in NUMBERS else [kind]) + self.choose.choice("12")
        lookup = self.choose.choice(["exact"] if kind == "boolean" else ORDERED)
        asked = Q(**{f"{self.prefix}{name}__{lookup}": F(f"{self.prefix}{other}")})

        def both(row: dict[str, Any]) -> bool:
            one, two = self.database.comparable(row[name], row[other])
            return None not in (one, two) and holds(lookup, one, two, self.database)

        return Question(asked, both)

    def _of_object(self, name: str) -> Question:
        given = self.choose.choice(["x", "y", 5])
        path = f"{self.prefix}{name}__city"
        return Question(Q(**{path: given}), lambda row: row[name] is not None and _same(row[name].get("city"), given))

    def _of_list(self, name: str, kind: str) -> Question:
        if self.choose.random() < 0.25:
            return self._of_part(name, "len")
        lookup = self.choose.choice(["contains", "contained_by", "overlap", "exact"])
        pool = GIVEN[kind][:6]
        if kind == "integer":
            pool = [0, 1, 2, 3, 5]
        given = [self.choose.choice(pool) for _ in range(self.choose.randrange(4))]
        dump = registry().base_types[kind].dump
        stored = self.database.read(json.dumps([dump(item) for item in given]))
        if lookup == "contains" and len(given) == 1 and self.choose.random() < 0.5:
            return self._condition(name, lookup, stored, given[0])
        return self._condition(name, lookup, stored, given)


def _same(found: Any, given: Any) -> bool:
    return type(found) is type(given) and found == given
