"""Made schemas of every base type and property, and documents for them: fitting ones, and ones that nearly fit."""

from __future__ import annotations

from jsonattrs_core import UNSET, Attribute, Choice, Rule, Schema

NAMES = "abcdef"

#: Of each base type: sets of constraints, values for choices (each text a clean one), and JSON values to be tried.
TYPES = {
    "text": (
        [
            {"min_length": 2},
            {"max_length": 4},
            {"min_length": 0, "max_length": 3},
            {"pattern": "[a-c]+"},
            {"pattern": r"\d+|\w b", "max_length": 5},
            {"pattern": "(?i)a.*"},
            {"strip": False},
            {"multiline": True},
        ],
        ["a", "bc", "12", "été"],
        ["a", "A", "bc", "abc", "abcde", "12", "\u0661\u0662", "é b", "été", "e\u0301te\u0301", "", " ", " a", "bc\n",
         "a\nb",
         "a\r\nb", "a\x00", "\ud800", "a" + "\u0301" * 40, "x" * 100_001],
    ),
    "integer": (
        [{"min": 0}, {"max": 4}, {"min": -3, "max": 9}, {"multiple_of": 2}, {"multiple_of": 3, "min": 1}],
        [0, 4, 6, -3],
        [0, 1, -3, -4, 3, 4, 4.0, 6, 9, 10, 3.5, 2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 1e18, 1e300],
    ),
    "float": (
        [{"min": 0}, {"max": 1.5}, {"exclusive_min": 0, "exclusive_max": 4}, {"min": -3.25, "exclusive_max": 0.5}],
        [0.5, 1, -0.0, 2.75],
        [0, 0.5, 1, 1.0, 1.5, 1.75, -0.0, -3.25, -3.5, 4, 2.75, 1e308, 5e-324, 2**53 + 1, 10**400],
    ),
    "decimal": (
        [{"min": "0"}, {"max": "9.5"}, {"max_digits": 3}, {"decimal_places": 1}, {"max_digits": 4, "max": "9"}],
        ["0", "1.50", "7"],
        ["0", "-0", "1.5", "1.50", "1.500", "7", "+7", ".5", "5.", "-1", "9.51", "1234.5", "12.345", 7, 3, 1.5, "1e3",
         "NaN", "", "7\n", "\u0661", "9" * 101, "0." + "1" * 101, 10**120],
    ),
    "boolean": ([], [True, False], [True, False, 0, 1, "true"]),
    "date": (
        [{"min": "2000-01-01"}, {"max": "today"}],
        ["2024-02-29", "2001-12-31"],
        ["2024-02-29", "2024-02-30", "2001-12-31", "1999-12-31", "9999-12-31", "0000-01-01", "2024-2-29", "20240229",
         "2024-02-29T00:00:00Z", "2024-02-29\n", ""],
    ),
    "datetime": (
        [{"min": "2000-01-01T00:00:00Z"}, {"max": "now"}],
        ["2024-02-29T12:00:00Z", "2001-01-01T00:00:00.250000Z"],
        ["2024-02-29T12:00:00Z", "2024-02-29t14:00:00+02:00", "2001-01-01T00:00:00.25Z", "1999-01-01T00:00:00Z",
         "9999-01-01T00:00:00Z", "2024-02-30T12:00:00Z", "2024-02-29T24:00:00Z", "2024-02-29T12:00:60Z",
         "2024-02-29T12:00:00", "2024-02-29 12:00:00Z", "0001-01-01T00:00:00+01:00", "2024-02-29T12:00:00.1234567Z",
         ""],
    ),
    "time": (
        [{"min": "08:00"}, {"max": "17:30"}],
        ["08:00", "12:30:15.5"],
        ["08:00", "08:00:00", "12:30:15.5", "12:30:15.500", "07:59:59", "18:00", "24:00", "8:00", "12:30Z", "12:30\n"],
    ),
    "duration": (
        [{"min": "PT0S"}, {"max": "P30D"}],
        ["P1D", "PT90M"],
        ["P1D", "PT24H", "PT90M", "PT1H30M", "-P1D", "P31D", "P4W", "P1Y", "P1M", "PT1.5S", "PT1.5H", "P", "PT", "P1DT",
         "P9999999999D", "1D", ""],
    ),
    "uuid": (
        [],
        ["6f1e3a52-8f4b-4c1e-9d0a-2b7c5e8f9a10"],
        ["6f1e3a52-8f4b-4c1e-9d0a-2b7c5e8f9a10", "6F1E3A52-8F4B-4C1E-9D0A-2B7C5E8F9A10",
         "6f1e3a528f4b4c1e9d0a2b7c5e8f9a10",
         "6f1e3a52-8f4b-4c1e-9d0a-2b7c5e8f9a1", "6f1e3a52-8f4b4c1e-9d0a-2b7c5e8f9a10", ""],
    ),
    "object": (
        [
            {"json_schema": {"required": ["a"], "properties": {"a": {"type": "integer", "minimum": 1}}}},
            {"json_schema": {"additionalProperties": False, "properties": {"a": {}, "b": {"enum": ["x", None]}}}},
            {"json_schema": {"properties": {"a": {"$ref": "#/$defs/n"}}, "$defs": {"n": {"type": "number"}}}},
            {"json_schema": {"maxProperties": 1}},
            {"json_schema": False},
        ],
        [{"a": 1}, {"a": [1.0, "x"]}, {}],
        [{}, {"a": 1}, {"a": 1.0}, {"a": 0}, {"a": "x"}, {"a": 2, "b": "x"}, {"b": None}, {"b": "y"}, {"c": {}},
         {"a": [1, "x"]}, {"a": "\x00"}, {"a": 10**120}, {"a": [[[[[[[[[]]]]]]]]]}],
    ),
}  # fmt: skip

#: Values of no type in particular.
STRANGE = [None, True, 0, 1.5, "", "a", [], ["a"], [None], {}, {"a": 1}]
EVERY_TYPE = [*TYPES]


def made_schema(random):
    """Return a schema of some attributes; every property that has a say in the verdict is there now and then."""
    attributes = [_attribute(name, random) for name in NAMES[: random.randint(2, len(NAMES))]]
    rules = [Rule("given.a", "a")] if random.random() < 0.1 else []
    return Schema("made", attributes, rules=rules, rule_language="fake")


def _attribute(name, random):
    type_ = random.choice(EVERY_TYPE)
    constraint_sets, choices, _ = TYPES[type_]
    chance = random.random
    multiple = chance() < 0.3
    constraints = dict(random.choice(constraint_sets)) if constraint_sets and chance() < 0.5 else {}
    offered = () if constraints or chance() < 0.7 else _choices(random, choices)
    active = [choice.value for choice in offered if not choice.retired]
    if multiple:
        constraints |= random.choice([{}, {"min_items": 2}, {"max_items": 2}, {"unique_items": True}])
    default = random.choice(active) if active and chance() < 0.3 and not {"min_items"} & constraints.keys() else UNSET
    return Attribute(
        name,
        type_,
        multiple=multiple,
        constraints=constraints or UNSET,
        choices=offered or UNSET,
        default=[default] if multiple and default is not UNSET else default,
        required=chance() < 0.5,
        required_if="given.b" if chance() < 0.1 else UNSET,
        visible_if="given.a" if chance() < 0.1 else UNSET,
        status="deprecated" if chance() < 0.1 else UNSET,
    )


def _choices(random, values):
    labelled = random.random() < 0.5
    label = "label" if labelled else UNSET
    return tuple(Choice(value, label, retired=random.random() < 0.2) for value in values)


def made_document(schema, random):
    """Return a document for the schema: mostly values of the types, some left out, now and then something strange."""
    if random.random() < 0.01:
        return random.choice([None, [], "a", 1])
    document = {}
    for attribute in schema.attributes:
        if random.random() < 0.85:
            document[attribute.name] = _value(attribute, random)
    if random.random() < 0.03:
        document[random.choice(["z", "A", ""])] = 1
    return document


def _value(attribute, random):
    if random.random() < 0.08:
        return random.choice(STRANGE)
    if attribute.multiple:
        return [_item(attribute, random) for _ in range(random.choice([0, 1, 1, 2, 2, 3]))]
    return _item(attribute, random)


def _item(attribute, random):
    _, choices, values = TYPES[attribute.type]
    if attribute.choices and random.random() < 0.6:
        return random.choice(choices)
    # The first values of a type fit most schemas: without them few documents would pass as a whole.
    return values[min(int(random.expovariate(0.25)), len(values) - 1)]
