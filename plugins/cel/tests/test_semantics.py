"""What expressions mean: a table of expressions, values and outcomes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

RULE = "rule"  #: it cannot be evaluated: the problem of that code

COMPARING = [
    ("a > 3", {"a": 4}, True),
    ("a > 3", {"a": 3}, False),
    ("a >= 3 && a <= 3", {"a": 3}, True),
    ("a == 3", {"a": 3}, True),
    ("a != 3", {"a": 3}, False),
    ("3 < a", {"a": 4}, True),
    ("name == 'loam'", {"name": "loam"}, True),
    ('name == "loam"', {"name": "Loam"}, False),
    ("name < note", {"name": "a", "note": "b"}, True),
    ("name == 'e\u0301'", {"name": "\xe9"}, True),  # both are in NFC
    ("name == 'it\\'s'", {"name": "it's"}, True),
    ("name == r'a\\d'", {"name": "a\\d"}, True),
    ("open", {"open": True}, True),
    ("open == false", {"open": True}, False),
    ("!open", {"open": False}, True),
    ("name in ['loam', 'clay']", {"name": "clay"}, True),
    ("!(name in ['loam', 'clay'])", {"name": "clay"}, False),
    ("a in [1, 2]", {"a": 3}, False),
    ("open ? a > 3 : a < 3", {"open": False, "a": 1}, True),
    ("a > 3 // more than three", {"a": 4}, True),
    ("a >\n3", {"a": 4}, True),
    ("{'clay': 1.5, 'loam': 2.5}[name] >= weight", {"name": "loam", "weight": 2.0}, True),
    ("name in {'clay': 1}", {"name": "clay"}, True),
    ("true", {}, True),
]
NUMBERS = [
    ("price > 3", {"price": Decimal("3.5")}, True),  # a whole number is compared with a decimal one
    ("3 == price", {"price": Decimal("3.00")}, True),
    ("price == 12.5", {"price": Decimal("12.50")}, True),
    ("price == 0.1", {"price": Decimal("0.1")}, True),
    ("price != a", {"price": Decimal("0.1"), "a": 0}, True),
    ("price in [1, 2]", {"price": Decimal(2)}, True),
    ("2 in prices", {"prices": [Decimal(1), Decimal(2)]}, True),
    ("price in prices", {"price": Decimal("1.50"), "prices": [Decimal("1.5")]}, True),
    ("price * 2 > 3", {"price": Decimal("1.6")}, True),
    ("2 * price > 3", {"price": Decimal("1.4")}, False),
    ("price * a == 4.5", {"price": Decimal("1.5"), "a": 3}, True),
    ("price - a < 0", {"price": Decimal("1.5"), "a": 3}, True),
    ("price + weight / 2 == 2.5", {"price": Decimal("1.5"), "weight": 2.0}, True),
    ("-price < 0", {"price": Decimal("1.5")}, True),
    ("-(price * 2) == -3", {"price": Decimal("1.5")}, True),
    ("a / 2 == 2", {"a": 5}, True),  # whole numbers give a whole number
    ("a / 2.0 == 2.5", {"a": 5}, True),
    ("a % 2 == 1", {"a": 5}, True),
    ("-a == -5", {"a": 5}, True),
    ("(a + 1) * 2 - 3 == 9", {"a": 5}, True),
    ("double(a) / 2.0 == 2.5", {"a": 5}, True),
    ("int(price) == 1", {"price": Decimal("1.9")}, True),
    ("string(a) == name", {"a": 5, "name": "5"}, True),
    ("name.startsWith(string(born.getFullYear()))", {"name": "2024-7", "born": date(2024, 5, 1)}, True),
    ("int(name) > 3", {"name": "4"}, True),
    ("double(name) > 3", {"name": "3.5"}, True),
    ("a == 9223372036854775807", {"a": 2**63 - 1}, True),
    ("a == -9223372036854775808", {"a": -(2**63)}, True),
    ("weight == 1.7e308", {"weight": 1.7e308}, True),
    ("price > 3", {"price": Decimal("1e99")}, True),
]
TEXTS = [
    ("name.contains('oa')", {"name": "loam"}, True),
    ("name.startsWith('lo') && name.endsWith('am')", {"name": "loam"}, True),
    ("name.contains(note)", {"name": "loam", "note": "x"}, False),
    ("size(name) == 4", {"name": "lo\xe4m"}, True),  # characters, not bytes
    ("name.size() > 1", {"name": "\U0001f600"}, False),
    ("name.matches('^[A-Z]{2}[0-9]+$')", {"name": "AB123"}, True),
    ("name.matches('[0-9]')", {"name": "AB1"}, True),  # anywhere, where it is not tied to the ends
    (r"name.matches('^\\pL+$')", {"name": "\u0416\u0443\u043a"}, True),
    (r"name.matches(r'^\d+$')", {"name": "12"}, True),
    (r"name.matches(r'^\d+$')", {"name": "\u0661"}, False),
]
DATES = [
    ("born == date('2000-02-29')", {"born": date(2000, 2, 29)}, True),
    ("born < date('2000-02-29')", {"born": date(2000, 2, 28)}, True),
    ("born <= today", {"born": date(2000, 2, 28)}, True),
    ("born < now", {"born": date(2000, 2, 28)}, True),
    ("seen < now", {"seen": datetime(2000, 1, 1, tzinfo=UTC)}, True),
    ("seen > born", {"seen": datetime(2000, 1, 1, 0, 0, 1, tzinfo=UTC), "born": date(2000, 1, 1)}, True),
    ("seen == born", {"seen": datetime(2000, 1, 1, tzinfo=UTC), "born": date(2000, 1, 1)}, True),
    ("seen >= timestamp('2000-01-01T02:00:00+02:00')", {"seen": datetime(2000, 1, 1, tzinfo=UTC)}, True),
    ("born == date('0001-01-01')", {"born": date.min}, True),  # the ends of the calendar are no infinity
    ("born > date('0001-01-01')", {"born": date(1, 1, 2)}, True),
    ("born == date('9999-12-31')", {"born": date.max}, True),
    ("seen == timestamp('0001-01-01T00:00:00Z')", {"seen": datetime.min.replace(tzinfo=UTC)}, True),
    ("seen == timestamp('9999-12-31T23:59:59.999999Z')", {"seen": datetime.max.replace(tzinfo=UTC)}, True),
    ("born.getFullYear() == 2024", {"born": date(2024, 3, 31)}, True),
    ("born.getMonth() == 2 && born.getDate() == 31", {"born": date(2024, 3, 31)}, True),  # months count from 0
    ("born.getDayOfWeek() == 0", {"born": date(2024, 3, 31)}, True),  # Sunday
    ("seen.getHours() == 23", {"seen": datetime(2024, 1, 1, 23, 30, tzinfo=UTC)}, True),
    ("seen - born > duration('23h')", {"seen": datetime(2000, 1, 2, tzinfo=UTC), "born": date(2000, 1, 1)}, True),
    ("born + duration('24h') == date('2000-03-01')", {"born": date(2000, 2, 29)}, True),
    ("today - born > duration('87600h')", {"born": date(2000, 1, 1)}, True),
    ("takes > duration('1h30m')", {"takes": timedelta(hours=2)}, True),
    ("takes.getHours() == 48", {"takes": timedelta(days=2)}, True),
    ("takes.getMinutes() == 90 && takes.getSeconds() == 5401", {"takes": timedelta(seconds=5401.5)}, True),
    ("takes == duration('0.000001s')", {"takes": timedelta(microseconds=1)}, True),
    ("starts < '09:30'", {"starts": time(9, 5)}, True),
    ("starts == '09:05'", {"starts": time(9, 5)}, True),
    ("date('2000-01-01') in days", {"days": [date(2000, 1, 1)]}, True),
    ("days.all(d, d <= today)", {"days": [date.min, date(2000, 1, 1)]}, True),
    ("moments[0] == now", {"moments": [datetime(2000, 1, 1, tzinfo=UTC)]}, False),
    ("spans.exists(s, s > duration('1h'))", {"spans": [timedelta(1)]}, True),
]
LISTS = [
    ("'red' in tags", {"tags": ["red", "blue"]}, True),
    ("size(tags) == 2 && tags.size() < 3", {"tags": ["red", "blue"]}, True),
    ("tags[0] == 'red'", {"tags": ["red", "blue"]}, True),
    ("tags == ['red', 'blue']", {"tags": ["red", "blue"]}, True),
    ("tags.all(t, size(t) > 3)", {"tags": ["red", "blue"]}, False),
    ("tags.exists(t, t == name)", {"tags": ["red"], "name": "red"}, True),
    ("tags.exists_one(t, t.startsWith('r'))", {"tags": ["red", "rose"]}, False),
    ("tags.all(t, t in ['red', 'blue'])", {"tags": ["red", "blue"]}, True),
    ("tags.all(t, tags.exists_one(u, u == t))", {"tags": ["red", "blue", "red"]}, False),
    ("counts.all(n, n * price > 1)", {"counts": [1, 2], "price": Decimal("1.5")}, True),
    ("counts.exists(a, a == 3) && a == 5", {"counts": [3], "a": 5}, True),  # the item's name hides the attribute's
    ("weights.all(w, w > 1)", {"weights": [1.5]}, True),
    ("flags.exists(f, f)", {"flags": [False, True]}, True),
    ("hours.all(h, h < '12:00')", {"hours": [time(9), time(11, 59)]}, True),
    (
        "ref in refs",
        {
            "ref": UUID("12345678-1234-5678-1234-567812345678"),
            "refs": [UUID("12345678-1234-5678-1234-567812345678")],
        },
        True,
    ),
    ("ref == '12345678-1234-5678-1234-567812345678'", {"ref": UUID("12345678-1234-5678-1234-567812345678")}, True),
]
OBJECTS = [
    ("plot.area > 3", {"plot": {"area": 4}}, True),
    ("plot.area > 3", {"plot": {"area": 3.5}}, True),
    ("plot['area'] == 4", {"plot": {"area": 4}}, True),
    ("plot.owner.name == 'Siti'", {"plot": {"owner": {"name": "Siti"}}}, True),
    ("plot.open == true", {"plot": {"open": True}}, True),
    ("plot.open == 1", {"plot": {"open": True}}, False),
    ("has(plot.area)", {"plot": {"area": 4}}, True),
    ("has(plot.area)", {"plot": {}}, False),
    ("has(plot.area)", {"plot": {"area": None}}, False),  # null is absent
    ("has(plot.area) && plot.area > 3", {"plot": {}}, False),
    ("'area' in plot", {"plot": {"area": None}}, False),
    ("double(plot.area) * 2 > 3", {"plot": {"area": 2}}, True),
    ("plot.crops.all(c, c == 'rice')", {"plot": {"crops": ["rice"]}}, True),
    ("size(plot.crops) == 2", {"plot": {"crops": ["rice", None]}}, True),  # items keep their places
    ("plot.crops[1] == 'rice'", {"plot": {"crops": [None, "rice"]}}, True),
    ("plots.exists(p, p.area > 3)", {"plots": [{"area": 1}, {"area": 4}]}, True),
    ("plot.area > 3", {"plot": {"area": "4"}}, RULE),  # a text is not compared with a number
    ("plot.area.unit == 'ha'", {"plot": {"area": 4}}, RULE),
    ("plot.`x-y` == 1", {"plot": {"x-y": 1}}, True),
]
ABSENT = [
    ("a > 3", {}, None),
    ("a > 3 || b > 3", {"a": 5}, True),
    ("a > 3 || b > 3", {"b": 5}, True),
    ("a > 3 || b > 3", {"a": 1}, None),
    ("a > 3 && b > 3", {"a": 1}, False),
    ("a > 3 && b > 3", {"b": 1}, False),
    ("a > 3 && b > 3", {"a": 5}, None),
    ("open ? a > 3 : b > 3", {"open": True, "a": 5}, True),
    ("open ? a > 3 : b > 3", {"open": True, "b": 5}, None),
    ("!open", {}, None),
    ("given.a", {}, False),
    ("given.a", {"a": 0}, True),
    ("given.a && a > 3", {}, False),
    ("given.a && a > 3", {"a": 4}, True),
    ("!given.a || a > 3", {}, True),
    ("given.tags == given.note", {}, True),
    ("given.plot && has(plot.area)", {}, False),
    ("has(plot.area)", {}, None),
    ("size(tags) == 0", {}, None),  # an empty list is null, and null is absent
    ("name == ''", {}, None),  # so is an empty text
    ("counts.exists(n, n > b)", {"counts": [1]}, None),
    ("counts.exists(n, n == 1 || n > b)", {"counts": [1]}, True),
    ("a > 3", {"a": None}, None),
    ("plot.area > 3", {"plot": {}}, None),
    ("plot.area > 3", {"plot": {"area": None}}, None),
    ("plot.owner.name == 'Siti'", {"plot": {"owner": {}}}, None),
    ("tags[1] == 'red'", {"tags": ["blue"]}, None),
    ("{'clay': 1}[name] > 0", {"name": "loam"}, None),
    ("a + b > 3", {"a": 5}, None),
    ("days[0] < born", {"born": date(2000, 1, 1)}, None),
]
WITHOUT = [
    ("a / b > 1", {"a": 1, "b": 0}, RULE),
    ("a % b > 1", {"a": 1, "b": 0}, RULE),
    ("weight / price > 1", {"weight": 1.0, "price": Decimal(0)}, RULE),  # the library would give infinity
    ("weight / 0 < 1", {"weight": -1.0}, RULE),
    ("weight / price < 1", {"weight": 0.0, "price": Decimal(0)}, RULE),  # and this is no number at all
    ("weight / price != 1", {"weight": 0.0, "price": Decimal(0)}, RULE),
    ("weight * weight > 1", {"weight": 1e200}, RULE),
    ("weight + weight > 1", {"weight": 1.7e308}, RULE),
    ("1 / (weight * weight) == 0", {"weight": 1e200}, RULE),  # what is divided by infinity is nothing
    ("weight * weight * 0 == 0", {"weight": 1e200}, RULE),
    ("open ? weight * weight > 1 : true", {"weight": 1e200, "open": True}, RULE),
    ("open ? weight * weight > 1 : true", {"weight": 1e200, "open": False}, True),
    ("[weight * weight][0] > 1", {"weight": 1e200}, RULE),
    ("{'x': weight * weight}['x'] > 1", {"weight": 1e200}, RULE),
    ("weight in [weight * weight]", {"weight": 1e200}, RULE),
    ("weights.exists(w, w * w > 1)", {"weights": [1e200]}, RULE),
    ("string(weight * weight) != ''", {"weight": 1e200}, RULE),
    ("-(weight * weight) < 1", {"weight": 1e200}, RULE),
    ("weight * weight > 1 || open", {"weight": 1e200, "open": True}, True),
    ("a * a > 1", {"a": 2**62}, RULE),
    ("-a > 1", {"a": -(2**63)}, RULE),
    ("a > 1", {"a": 2**63}, RULE),
    ("2 in counts", {"counts": [1, 2**63]}, RULE),
    ("plot.a == 1", {"plot": {"a": 1, "b": 2**63}}, RULE),
    ("int(weight) > 1", {"weight": 1e300}, RULE),
    ("int(name) > 1", {"name": "x"}, RULE),
    ("double(name) > 1", {"name": "inf"}, RULE),
    ("double(name) != 1", {"name": "nan"}, RULE),
    ("double(name) + 1 > 1", {"name": "inf"}, RULE),
    ("double(plot.a) > 1", {"plot": {"a": "inf"}}, RULE),
    ("timestamp(name) > seen", {"name": "x", "seen": datetime(2000, 1, 1, tzinfo=UTC)}, RULE),
    ("duration(name) > takes", {"name": "x", "takes": timedelta(1)}, RULE),
    ("seen + takes > seen", {"seen": datetime(9999, 12, 31, tzinfo=UTC), "takes": timedelta(2)}, RULE),
    ("takes + takes > takes", {"takes": timedelta(days=3_000_000)}, RULE),
    ("takes > duration('1h')", {"takes": timedelta.max}, RULE),
    ("a / b > 1 || open", {"a": 1, "b": 0, "open": True}, True),
    ("open && a / b > 1", {"a": 1, "b": 0, "open": False}, False),
    # Of an absent value and a mistake, what stands first decides.
    ("a / b > 1 && open", {"a": 1, "b": 0}, RULE),
    ("open && a / b > 1", {"a": 1, "b": 0}, None),
    ("{1: 1, 1: 2}[a] > 0", {"a": 1}, RULE),
]
NAMED = [
    ("attr.a == a", {"a": 3}, True),
    ("attr.type == 'x'", {"type": "x"}, True),
    ("attr.int > 3", {"int": 4}, True),
    ("'x' in attr.list", {"list": ["x"]}, True),
    ("attr.for > 3", {"for": 4}, True),
    ("given.for", {}, False),
    ("attr.today == date('2000-01-01')", {"today": date(2000, 1, 1)}, True),
    ("attr.today < today", {"today": date(2000, 1, 1)}, True),
    ("today > date('2020-01-01')", {"today": date(2000, 1, 1)}, True),
    ("attr.now < now", {"now": datetime(2000, 1, 1, tzinfo=UTC)}, True),
    ("date > date('2000-01-01')", {"date": date(2000, 1, 2)}, True),  # functions have names of their own
    ("size > size(tags)", {"size": 3, "tags": ["x"]}, True),
    ("matches && name.matches('x')", {"matches": True, "name": "x"}, True),
    ("has == 3 && has(plot.x)", {"has": 3, "plot": {"x": 1}}, True),
    ("attr.attr == 1 && attr.given == 'x'", {"attr": 1, "given": "x"}, True),
    ("given.given && given.attr", {"given": "x"}, False),
    ("has(attr.plot.area)", {"plot": {"area": 1}}, True),
]
TABLES = {
    "comparing": COMPARING,
    "numbers": NUMBERS,
    "texts": TEXTS,
    "dates": DATES,
    "lists": LISTS,
    "objects": OBJECTS,
    "absent": ABSENT,
    "without an outcome": WITHOUT,
    "named": NAMED,
}
ROWS = [
    pytest.param(*row, id=f"{name}: {row[0]} [{number}]")
    for name, rows in TABLES.items()
    for number, row in enumerate(rows)
]


@pytest.mark.parametrize(("expression", "values", "expected"), ROWS)
def test_outcome(outcome, expression, values, expected):
    assert outcome(expression, values) is expected or outcome(expression, values) == expected == RULE


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("a > 3", ("a",)),
        ("a > 3 || attr.a < b", ("a", "b")),
        ("given.note", ("note",)),
        ("given.a && a > 3", ("a",)),
        ("counts.all(n, n > 3)", ("counts",)),
        ("counts.all(a, a > 3)", ("counts",)),
        ("counts.all(a, a > 3) && a > 1", ("a", "counts")),
        ("plot.area > 3", ("plot",)),
        ("plot.a == 1", ("plot",)),
        ("attr.type == 'a'", ("type",)),
        ("today > date('2000-01-01')", ()),
        ("[1].exists(name, attr.name == 'x')", ("name",)),
    ],
)
def test_names_are_those_of_attributes_alone(compiled, expression, names):
    assert compiled(expression).names == names


def test_more_values_than_it_names_are_no_harm(outcome):
    assert outcome("a > 3", {"a": 4, "b": object(), "unheard_of": 1}) is True


def test_an_expression_can_be_evaluated_again_and_again(compiled):
    expression = compiled("a > 3 || b > 3")
    assert [expression.evaluate(values) for values in ({"a": 4}, {}, {"b": 1, "a": 1}, {"a": 4})] == [
        True,
        None,
        False,
        True,
    ]


def test_values_are_left_as_they_are(compiled):
    plot = {"area": None, "crops": [None, {"x": None}]}
    values = {"plot": plot, "tags": ["x"]}
    compiled("has(plot.area) || 'x' in tags").evaluate(values)
    assert values == {"plot": {"area": None, "crops": [None, {"x": None}]}, "tags": ["x"]}
    assert values["plot"] is plot
