"""Schemas and stored documents of all sorts, for the tests of forms: what fits, and what no form has ever written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from hypothesis import strategies as st

from jsonattrs_core import Attribute, Choice

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["HOSTILE", "KINDS", "STRANGE", "World", "every_world", "worlds"]

#: Texts that mean something elsewhere.
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onfocus='alert(1)",
    "</textarea></select><b>x",
    "javascript:alert(1)",
    "&lt;b&gt; &amp; &#0;",
    "{{ form }}{% now 'Y' %}",
    "\u202eright to left\u202c \u200f",
    "%(text)s %s {0}",
    "]]><!-- -->",
)

_MANY = [f"c{number}" for number in range(250)]


class Kind(NamedTuple):
    """A type with or without a subtype, and what can be said of it."""

    type: str
    subtype: str | None = None
    constraints: tuple[dict[str, Any], ...] = ({},)
    values: tuple[Any, ...] = ()  #: JSON values that fit, most constraints aside
    choices: tuple[Any, ...] = ()
    condition: str = ""  #: an expression that looks at such an attribute


_ORGANIZATION = {"model": "landregistry.Organization"}

KINDS = (
    Kind(
        "text",
        constraints=({}, {"max_length": 3}, {"pattern": "[a-z]+"}, {"strip": False}, {"multiline": True}),
        values=("a", "abc", " a ", "a\nb", "\n\na\n", "tab\there", *HOSTILE),
        choices=("a", "B", "x y", "true", *HOSTILE[:3]),
        condition='{} == "a"',
    ),
    Kind("text", choices=tuple(_MANY), values=("c0", "c249")),
    Kind("text", "country-code", values=("GB", "ID")),
    Kind("text", "gender", values=("female", "two-spirit")),
    Kind("text", "email", values=("a@example.org", "zo\u00eb@example.org")),
    Kind("text", "url", values=("https://example.org/?a=1&b=<i>", " https://example.org", "javascript:alert(1)")),
    Kind("text", "gb-post-code", values=("SY8 1ZZ", "sy81zz")),
    Kind(
        "integer",
        constraints=({}, {"min": 0}, {"max": 2}),
        values=(0, 1, -5, 2**63 - 1, 10**6),
        choices=(1, 2, 1000),
        condition="{} > 0",
    ),
    Kind("integer", "rating", values=(1, 5, 10)),
    Kind(
        "float",
        constraints=({}, {"exclusive_min": 0}),
        values=(0.5, 1.0, 1234567.25, 1e22, 5e-324, -0.0),
        choices=(0.5, 1.25),
    ),
    Kind("float", "latitude", values=(51.5,)),
    Kind(
        "decimal",
        constraints=({}, {"max_digits": 4}),
        values=("1.10", "1234567.890", "-0.5", "1e3", "0"),
        choices=("1.10", "2"),
    ),
    Kind("decimal", "percentage", values=("12.5", "12.50")),
    Kind("boolean", values=(True, False), choices=(True,), condition="{}"),
    Kind(
        "date",
        constraints=({}, {"max": "2000-01-01"}),
        values=("1984-02-29", "0001-01-01", "9999-12-31"),
        choices=("1984-02-29",),
    ),
    Kind("date", "birth-date", values=("1984-02-29",)),
    Kind(
        "datetime",
        values=(
            "2024-01-31T12:00:00Z",
            "2024-01-31T12:00:00.123456Z",
            "2024-10-27T00:30:00Z",
            "2024-10-27T01:30:00Z",
            "2024-03-31T01:30:00+05:45",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "1883-01-01T00:00:07Z",
        ),
        choices=("2024-10-27T00:30:00Z", "2024-10-27T01:30:00Z"),
    ),
    Kind("time", values=("12:00", "12:00:00", "23:59:59.500000", "00:00:00.000001"), choices=("12:00", "13:30:30")),
    Kind("duration", values=("P1DT2H", "PT0S", "-P1D", "PT36H"), choices=("P1D", "PT2H")),
    Kind("uuid", values=("12345678-1234-5678-1234-567812345678", "12345678123456781234567812345678")),
    Kind(
        "object",
        constraints=({}, {"json_schema": {"required": ["n"]}}),
        values=({"n": 1}, {}, {"n": {"a": [None, "<b>"]}}),
    ),
    Kind(
        "reference",
        constraints=(_ORGANIZATION, {**_ORGANIZATION, "filter": {"slug": "o1"}}),
        values=(1, 2, 3, 10**9, "1"),
    ),
)

_LONG = '"' + 300 * "y" + '"'

#: Texts of JSON values that no attribute writes, or not so.
STRANGE = (
    *("1e400", "-1E+5", "1.10", "1.0", "-0", "-0.0", "1e-400", "123456789012345678901234567890123456789.5", "7" * 40),
    *("true", "false", "null", '""', '" "', "[]", "{}", "[null]", "[[1]]", '["a","a"]', "[1e400]", '{"a":1.10}'),
    *('"0"', '"1"', '"NaN"', '"2024-02-30"', '"24:00"', '"2024-01-01"', '"2024-01-01T00:00:00"', '"P1M"', '"1,5"'),
    *('"\\u0000"', '"\\ud800"', '"a\\ud83d"', '["\\udc00"]', '{"a":"\\ud800"}', '"\\u0001\\u001f\\u007f"', '"\\u0085"'),
    *('"a\\nb"', '"\\na"', '"a\\r\\nb"', '"\\r"', '"\\n"', '"a\\n"', '["a\\nb"," c "]', '["\\r\\n"]', '[""," "]'),
    *('"\\u2028"', '"\\ufeff"', '"\\u00a0"', '"e\\u0301"', '"\\u202e"', '"\\ufdd0"', '"\\ud83d\\ude00"', '"\\u0009"'),
    *('"[\\"a\\"]"', '["[x"]', '["[\\"a\\"]"]', '"= a"', '"\\\\u0000"', '"\\\\ud800"', '"\\"a\\""', '"{}"', '" a"'),
    '"' + "x" * 5000 + '"',
    "[" * 12 + "]" * 12,
    f"[{','.join([_LONG] * 20)}]",
)


class World:
    """A schema, and the text of a document that is stored under it."""

    def __init__(self, attributes: list[Attribute], document: str) -> None:
        self.attributes = attributes
        self.document = document

    def __repr__(self) -> str:
        return f"World([{', '.join(map(_told, self.attributes))}], {self.document[:2000]!r})"


def _told(attribute: Attribute) -> str:
    given = {name: value for name, value in attribute.given.items() if name not in ("name", "type") and value}
    if len(given.get("choices", ())) > 200:
        given["choices"] = "MANY"
    options = "".join(f", {name}={value!r}" for name, value in given.items())
    return f"Attribute({attribute.name!r}, {attribute.type!r}{options})"


def _is_storable(text: str) -> bool:
    """Tell whether the database has room for a text: PostgreSQL has none for NUL and for half a character."""
    if connection.vendor != "postgresql":
        return True
    try:
        value = json.loads(text)
        plain = json.dumps(value, ensure_ascii=False)
        plain.encode()
    except (ValueError, UnicodeError):
        return False
    return "\\u0000" not in plain


def _dumps(value: Any, **options: Any) -> str:
    return json.dumps(value, separators=(",", ":"), **options)


def _json_text(value: Any) -> st.SearchStrategy[str]:
    return st.sampled_from([_dumps(value), _dumps(value, ensure_ascii=False)])


_any_text = st.text(st.characters(exclude_categories=()), max_size=20)
_strange = st.one_of(
    st.sampled_from(STRANGE),
    st.sampled_from(STRANGE),
    _any_text.map(_dumps),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.lists(_any_text, max_size=3).map(_dumps),
)
_maybe = st.booleans
_title = st.one_of(
    st.none(), st.sampled_from(HOSTILE), st.just({"en": "Size", "de": "Gr\u00f6\u00dfe", "id": "<Ukuran>"})
)


@st.composite
def _attribute(draw: Any, place: int, before: list[Attribute]) -> tuple[Attribute, Kind]:
    kind = draw(st.sampled_from(KINDS))
    options: dict[str, Any] = {}
    if kind.subtype:
        options["subtype"] = kind.subtype
    if len(kind.choices) > 200:
        options["choices"] = kind.choices
    elif kind.choices and draw(_maybe()):
        retired = draw(st.sets(st.sampled_from(range(len(kind.choices))), max_size=2))
        options["choices"] = [
            Choice(value, draw(_title) or "", retired=index in retired) for index, value in enumerate(kind.choices)
        ]
    several = draw(st.integers(0, 3)) == 0
    constraints = {} if "choices" in options and kind.type != "reference" else draw(st.sampled_from(kind.constraints))
    if several:
        options["multiple"] = True
        constraints = {**constraints, **draw(st.sampled_from([{}, {"max_items": 2}, {"unique_items": True}]))}
    return Attribute(
        f"a{place}",
        kind.type,
        key=f"a{place}" if draw(_maybe()) else f"k-{place}",
        constraints=constraints,
        label=draw(_title),
        help_text=draw(_title),
        group=draw(st.one_of(st.none(), st.sampled_from(("one", "two", *HOSTILE[:2])))),
        required=draw(_maybe()),
        status=draw(st.sampled_from(("active", "active", "active", "deprecated", "retired"))),
        **_conditions(draw, before),
        **options,
    ), kind


def _conditions(draw: Any, before: list[tuple[Attribute, Kind]]) -> dict[str, str]:
    seen = [
        kind.condition.format(each.name)
        for each, kind in before
        if kind.condition and not each.multiple and each.status != "retired"
    ]
    names = ("visible_if", "required_if")
    return {name: draw(st.sampled_from(seen)) for name in names if seen and draw(st.integers(0, 2)) == 0}


@st.composite
def worlds(draw: Any, most: int = 7) -> World:
    """Return a schema, and a document whose members fit, or once did, or never could."""
    found: list[tuple[Attribute, Kind]] = []
    for place in range(draw(st.integers(1, most))):
        found.append(draw(_attribute(place, found)))
    members: dict[str, str] = {}
    for attribute, kind in found:
        fitting = st.sampled_from(kind.values).flatmap(_json_text)
        if attribute.multiple:
            fitting = st.lists(st.sampled_from(kind.values), max_size=4).flatmap(_json_text)
        text = draw(st.one_of(st.none(), fitting, fitting, _strange))
        if text is not None and _is_storable(text):
            members[str(attribute.key)] = text
    for key in draw(st.sets(st.sampled_from(("orphan", "other", "$held")))):
        members[key] = draw(_strange.filter(_is_storable))
    return World([attribute for attribute, _ in found], _object(members))


def _every_kind() -> Iterator[tuple[Kind, dict[str, Any]]]:
    for kind in KINDS:
        for several in ({}, {"multiple": True}) if kind.subtype is None else ({},):
            options = {**several, **({"subtype": kind.subtype} if kind.subtype else {})}
            if len(kind.choices) < 200:
                yield kind, {**options, "constraints": kind.constraints[0]}
            if "strip" in kind.constraints[-1] or "multiline" in kind.constraints[-1]:
                yield kind, {**options, "constraints": kind.constraints[-1]}
            if kind.choices:
                last = len(kind.choices) - 1
                choices = [Choice(value, retired=index == last > 0) for index, value in enumerate(kind.choices)]
                yield kind, {**options, "choices": choices}


def every_world() -> Iterator[World]:
    """Yield worlds with an attribute of each kind, in which all have the same strange value, or one that fits each."""
    kinds = [*_every_kind()]
    attributes = [Attribute(f"a{place}", kind.type, **options) for place, (kind, options) in enumerate(kinds)]
    names = [attribute.name for attribute in attributes]
    for text in STRANGE:
        if _is_storable(text):
            yield World(attributes, _object(dict.fromkeys(names, text)))
    for place in range(max(len(kind.values) for kind, _ in kinds)):
        fitting = {
            name: _dumps([kind.values[place % len(kind.values)]] * (1 + place % 2))
            if options.get("multiple")
            else _dumps(kind.values[place % len(kind.values)])
            for name, (kind, options) in zip(names, kinds, strict=True)
        }
        yield World(attributes, _object(fitting))


def _object(members: dict[str, str]) -> str:
    return "{" + ",".join(f"{_dumps(key)}:{text}" for key, text in members.items()) + "}"
