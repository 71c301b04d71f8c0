"""The SQL of one stored value, typed and guarded.

A value that is missing, null, of another JSON type, or not in the form that its type is stored in, is NULL; nothing
that can be stored makes the SQL raise.

The key is part of the SQL and no parameter, since databases match an index on an expression by the expression's text.
For the same reason nothing here depends on a setting of the session.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["KEY", "Form", "form_of", "typed_is_text", "typed_sql"]

#: Keys of attributes. They are written into SQL: nothing else is.
KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,62}").fullmatch

_DAY = (
    "(?!0000)([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|"
    "02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)"
)
_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.](?!000000)[0-9]{6})?"
_SECONDS = "(([1-9]|[1-5][0-9])([.][0-9]{0,5}[1-9])?|0[.][0-9]{0,5}[1-9])S"
_PERIOD = (
    "(?!-P999999999DT)-?P(?=[1-9T])([1-9][0-9]{0,8}D)?"
    f"(T(?=[0-9])(([1-9]|1[0-9]|2[0-3])H)?(([1-9]|[1-5][0-9])M)?({_SECONDS})?)?"
)
#: The forms of stored texts as regular expressions that PostgreSQL reads, in its jsonpath too: without backslashes.
_PATTERNS = {
    "date": f"^{_DAY}$",
    "datetime": f"^{_DAY}T{_CLOCK}Z$",
    "time": f"^{_CLOCK}$",
    "duration": f"^({_PERIOD}|PT0S)$",
    "uuid": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
    "decimal": "^(?!-0([.]0+)?$)-?(0|[1-9][0-9]{0,99})([.][0-9]{1,100})?$",
}


#: Nearly all values are of simpler forms than those that cover all. Expressions that count are slow in PostgreSQL, so
#: that the simpler ones are looked for first: days up to the 28th, years of four digits, no fraction of a second.
_ANY_DECIMAL = "^-?(0|[1-9][0-9]*)([.][0-9]+)?$"
_PLAIN_DAY = "[1-9][0-9][0-9][0-9]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"
_PLAIN = {
    "date": f"^{_PLAIN_DAY}$",
    "datetime": f"^{_PLAIN_DAY}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$",
}


@dataclass(frozen=True, slots=True)
class Form:
    """How the values of one base type are stored, and how each database reads them.

    In the SQL, ``<json>`` stands for the stored value, ``<text>`` for it as text and ``<kind>`` for its JSON type.
    """

    postgresql: str
    sqlite: str
    #: What makes an item of a list one that does not fit, as a condition of PostgreSQL's jsonpath.
    misfit: str


def _of_pattern(name: str, value: str) -> str:
    plain = f"WHEN <text> ~ '{_PLAIN[name]}' THEN {value} " if name in _PLAIN else ""
    return f"CASE {plain}WHEN <text> ~ '{_PATTERNS[name]}' THEN {value} END"


def _misfit_of_pattern(name: str) -> str:
    return f'@.type() != "string" || !(@ like_regex "{_PATTERNS[name]}")'


def _digits(number: int) -> str:
    return "[0-9]" * number


_SQLITE_DAY = f"{_digits(4)}-{_digits(2)}-{_digits(2)}"
_SQLITE_CLOCK = "[0-2][0-9]:[0-5][0-9]:[0-5][0-9]"
_HEX = "[0-9a-f]"
_SQLITE_UUID = "-".join(_HEX * number for number in (8, 4, 4, 4, 12))

#: Doubles of PostgreSQL raise on what is too large for them, and on what is too small.
_MOST = "1.797693134862315807e308"
_PG_FLOAT = (
    "CASE WHEN <kind> = 'number' THEN CASE WHEN octet_length(<text>) < 300 THEN (<text>)::double precision "
    "WHEN abs((<json>)::numeric) < 2.5e-324 THEN 0::double precision "
    f"WHEN abs((<json>)::numeric) < {_MOST} THEN (<json>)::double precision END END"
)
_SQLITE_FLOAT = (
    "CASE WHEN <kind> IN ('integer', 'real') AND <json> BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308 "
    "THEN CAST(<json> AS REAL) END"
)
_PG_INTEGER = (
    "CASE WHEN <kind> = 'number' THEN CASE "
    "WHEN octet_length(<text>) < 19 AND strpos(<text>, '.') = 0 THEN (<text>)::bigint "
    "WHEN (<json>)::numeric BETWEEN -9223372036854775808 AND 9223372036854775807 "
    "AND trunc((<json>)::numeric) = (<json>)::numeric THEN (<json>)::bigint END END"
)
_SQLITE_INTEGER = (
    "CASE WHEN <kind> = 'integer' AND typeof(<json>) = 'integer' THEN <json> "
    "WHEN <kind> = 'real' AND CAST(<json> AS INTEGER) = <json> THEN CAST(<json> AS INTEGER) END"
)
_SQLITE_DECIMAL = (
    "CASE WHEN <kind> = 'text' AND <json> NOT GLOB '*[^0-9.-]*' AND <json> NOT GLOB '*.*.*' "
    "AND substr(<json>, 2) NOT GLOB '*-*' AND <json> GLOB '*[0-9]' AND ltrim(<json>, '-') GLOB '[0-9]*' "
    "AND ltrim(<json>, '-') NOT GLOB '0[0-9]*' AND (<json> NOT GLOB '-*' OR <json> GLOB '*[1-9]*') "
    "AND instr(ltrim(<json>, '-') || '.', '.') <= 101 AND length(<json>) - instr(<json> || '.', '.') <= 100 "
    "THEN CAST(<json> AS REAL) END"
)
_SQLITE_DATETIME = (
    f"CASE WHEN (<json> GLOB '{_SQLITE_DAY}T{_SQLITE_CLOCK}Z' OR (<json> GLOB "
    f"'{_SQLITE_DAY}T{_SQLITE_CLOCK}.{_digits(6)}Z' AND substr(<json>, 20, 7) <> '.000000')) "
    "AND date(substr(<json>, 1, 10), '+0 days') = substr(<json>, 1, 10) "
    "AND substr(<json>, 12, 2) < '24' AND <json> >= '0001' "
    "THEN substr(<json>, 1, 10) || ' ' || substr(<json>, 12, length(<json>) - 12) END"
)
_SQLITE_TIME = (
    f"CASE WHEN (<json> GLOB '{_SQLITE_CLOCK}' OR (<json> GLOB '{_SQLITE_CLOCK}.{_digits(6)}' "
    "AND substr(<json>, 9) <> '.000000')) AND <json> < '24' THEN <json> END"
)
_TEXT = {
    "postgresql": "CASE WHEN <kind> = 'string' AND trim(<text>) <> '' THEN <text> END",
    "sqlite": "CASE WHEN <kind> = 'text' AND trim(<json>) <> '' THEN <json> END",
}

_FORMS = {
    "text": Form(**_TEXT, misfit='@.type() != "string" || @ like_regex "^ *$"'),
    "integer": Form(
        _PG_INTEGER,
        _SQLITE_INTEGER,
        '@.type() != "number" || @ != @.floor() || @ > 9223372036854775807 || @ < -9223372036854775808',
    ),
    "float": Form(_PG_FLOAT, _SQLITE_FLOAT, f'@.type() != "number" || @ >= {_MOST} || @ <= -{_MOST}'),
    "decimal": Form(
        f"CASE WHEN <kind> = 'string' AND <text> ~ '{_ANY_DECIMAL}' THEN CASE "
        f"WHEN octet_length(<text>) < 100 AND left(<text>, 1) <> '-' OR <text> ~ '{_PATTERNS['decimal']}' "
        "THEN (<text>)::numeric END END",
        _SQLITE_DECIMAL,
        _misfit_of_pattern("decimal"),
    ),
    "boolean": Form(
        "CASE WHEN <kind> = 'boolean' THEN (<json>)::boolean END",
        "CASE <kind> WHEN 'true' THEN 1 WHEN 'false' THEN 0 END",
        '@.type() != "boolean"',
    ),
    "date": Form(
        _of_pattern("date", "make_date(left(<text>, 4)::int, substr(<text>, 6, 2)::int, right(<text>, 2)::int)"),
        f"CASE WHEN <json> GLOB '{_SQLITE_DAY}' AND date(<json>, '+0 days') = <json> AND <json> >= '0001' "
        "THEN <json> END",
        _misfit_of_pattern("date"),
    ),
    "datetime": Form(
        _of_pattern(
            "datetime",
            "make_timestamp(left(<text>, 4)::int, substr(<text>, 6, 2)::int, substr(<text>, 9, 2)::int, "
            "substr(<text>, 12, 2)::int, substr(<text>, 15, 2)::int, rtrim(substr(<text>, 18), 'Z')::double precision) "
            "AT TIME ZONE 'UTC'",
        ),
        _SQLITE_DATETIME,
        _misfit_of_pattern("datetime"),
    ),
    "time": Form(
        _of_pattern(
            "time", "make_time(left(<text>, 2)::int, substr(<text>, 4, 2)::int, substr(<text>, 7)::double precision)"
        ),
        _SQLITE_TIME,
        _misfit_of_pattern("time"),
    ),
    "duration": Form(
        _of_pattern(
            "duration",
            "(CASE WHEN left(<text>, 1) = '-' THEN -1 ELSE 1 END * make_interval(0, 0, 0, "
            "coalesce(substring(<text> FROM '([0-9]+)D')::int, 0), "
            "coalesce(substring(<text> FROM '([0-9]+)H')::int, 0), "
            "coalesce(substring(<text> FROM '([0-9]+)M')::int, 0), "
            "coalesce(substring(<text> FROM '([0-9.]+)S')::double precision, 0)))",
        ),
        "CASE WHEN <kind> = 'text' THEN jsonattrs_duration(<json>) END",
        _misfit_of_pattern("duration"),
    ),
    "uuid": Form(
        _of_pattern("uuid", "(<text>)::uuid"),
        f"CASE WHEN <json> GLOB '{_SQLITE_UUID}' THEN replace(<json>, '-', '') END",
        _misfit_of_pattern("uuid"),
    ),
    "object": Form(
        "CASE WHEN <kind> = 'object' THEN <json> END",
        "CASE WHEN <kind> = 'object' THEN <json> END",
        '@.type() != "object"',
    ),
    # A key is compared as text, be it that of a number or not.
    "reference": Form(
        "CASE WHEN <kind> = 'string' THEN <text> WHEN <kind> = 'number' AND <text> ~ '^-?[0-9]{1,19}$' THEN CASE "
        "WHEN (<text>)::numeric BETWEEN -9223372036854775808 AND 9223372036854775807 THEN <text> END END",
        "CASE WHEN <kind> = 'text' OR <kind> = 'integer' AND typeof(<json>) = 'integer' THEN CAST(<json> AS TEXT) END",
        '@.type() != "string" && (@.type() != "number" || @ != @.floor())',
    ),
}
#: Of base types that plugins add, by the JSON type of their values.
_FORMS_BY_JSON = {
    "string": Form(
        "CASE WHEN <kind> = 'string' THEN <text> END",
        "CASE WHEN <kind> = 'text' THEN <json> END",
        '@.type() != "string"',
    ),
    "number": _FORMS["float"],
    "boolean": _FORMS["boolean"],
    "object": _FORMS["object"],
    "array": Form(
        "CASE WHEN <kind> = 'array' THEN <json> END",
        "CASE WHEN <kind> = 'array' THEN <json> END",
        '@.type() != "array"',
    ),
}


def form_of(type_name: str) -> Form:
    """Return how the values of a base type are stored; of one whose plugin is gone, that of texts."""
    found = _FORMS.get(type_name)
    if found is None:
        from jsonattrs_django.registry import registry

        base = registry().base_types.get(type_name)
        found = _FORMS_BY_JSON["string" if base is None else base.json]
    return found


def typed_is_text(type_name: str) -> bool:
    """Tell whether the typed SQL of a base type gives a text, in PostgreSQL."""
    return form_of(type_name) in (_FORMS["text"], _FORMS["reference"], _FORMS_BY_JSON["string"])


def typed_sql(vendor: str, column: str, key: str, type_name: str, multiple: bool) -> str:
    """Return the SQL of a typed value: NULL for whatever is no such value.

    ``vendor`` is "postgresql" or "sqlite", ``column`` the quoted name of the column. Raises ValueError for what is no
    key.
    """
    if not KEY(key):
        raise ValueError(f"{key!r} is no key of an attribute")
    form = form_of(type_name)
    if multiple:
        return _list_sql(vendor, column, key, form)
    return _written(vendor, form, *_places(vendor, column, key))


def _places(vendor: str, column: str, key: str) -> tuple[str, str, str]:
    """Return the SQL of a member: as JSON, as text, and its JSON type."""
    if vendor == "postgresql":
        return f"({column} -> '{key}')", f"({column} ->> '{key}')", f"jsonb_typeof({column} -> '{key}')"
    found = f"json_extract({column}, '$.\"{key}\"')"
    return found, found, f"json_type({column}, '$.\"{key}\"')"


def _written(vendor: str, form: Form, json: str, text: str, kind: str) -> str:
    template = form.postgresql if vendor == "postgresql" else form.sqlite
    return template.replace("<json>", json).replace("<text>", text).replace("<kind>", kind)


def _list_sql(vendor: str, column: str, key: str, form: Form) -> str:
    json, _, kind = _places(vendor, column, key)
    if vendor == "postgresql":
        return (
            f"CASE WHEN {kind} = 'array' AND {json} <> '[]'::jsonb "
            f"AND NOT jsonb_path_exists({json}, 'strict $[*] ? ({form.misfit})') THEN {json} END"
        )
    fits = _written(vendor, form, "item.value", "item.value", "item.type")
    items = f"SELECT 1 FROM json_each({column}, '$.\"{key}\"') AS item WHERE ({fits}) IS NULL"
    return f"CASE WHEN {kind} = 'array' AND {json} <> '[]' AND NOT EXISTS ({items}) THEN {json} END"
