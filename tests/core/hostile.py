"""What the tests of hostile input share: every attribute there can be, and odd values for it."""

from __future__ import annotations

import random
import string
from time import process_time

from jsonattrs_core import Attribute, Registry, Schema, compose
from jsonattrs_core.messages import TEXTS
from jsonattrs_core.testing.probe import ATTRIBUTE, Probe
from jsonattrs_core.testing.samples import json_values

REGISTRY = Registry.from_plugins([])
#: Codes that a verdict on one value may have; ``provider_error`` would be a fault of our own.
CODES = TEXTS.keys() - {"provider_error", "unknown", "unique", "rule"}
#: Seconds of a processor that the worst verdict may take here: many times what it takes.
SOON = 2.0


def validator_of(*attributes, now=None):
    return compose(Schema("hostile", attributes)).compile(REGISTRY, now=now)


def fastest(function, *arguments, **how):
    """Return the result of a call and the time it took, without that of other programs: the best of up to three."""
    result, times = None, []
    while len(times) < 3 and min(times, default=SOON) > SOON / 20:
        start = process_time()
        result = function(*arguments, **how)
        times.append(process_time() - start)
    return result, min(times)


def codes_of(validator, value, **how):
    """Return the codes of the verdict on a value, which must not take long."""
    result, seconds = fastest(validator.check, {ATTRIBUTE: value}, **how)
    assert seconds < SOON
    return [problem.code for problem in result.problems]


def a_cycle(kind):
    cycle = kind()
    if isinstance(cycle, dict):
        cycle["a"] = cycle
    else:
        cycle.append(cycle)
    return cycle


# ---- every attribute ----

SCHEMA = {
    "type": "object",
    "properties": {"a": {"type": "integer", "maximum": 5}, "b": {"pattern": "^(x+x+)+y$"}, "c": {"uniqueItems": True}},
    "additionalProperties": {"type": ["object", "array", "string", "null"]},
}
#: Parameters that each constraint is tried with, and a value that passes with the first of them.
PARAMETERS = {
    ("text", "min_length"): ([2, 0], "ab"),
    ("text", "max_length"): ([3, 0, 100_000], "ab"),
    ("text", "pattern"): (["[a-z]*", "^(a+)+$", "(?:a|aa)+b", r"\d{4}", ""], "ab"),
    ("text", "strip"): ([False, True], " ab "),
    ("text", "multiline"): ([True, False], "a\nb"),
    ("integer", "min"): ([0, 2**62], 5),
    ("integer", "max"): ([10, -(2**63)], 5),
    ("integer", "multiple_of"): ([5, 2**62], 5),
    ("float", "min"): ([0.5, -1e308], 5.5),
    ("float", "max"): ([10, 1e308], 5.5),
    ("float", "exclusive_min"): ([0.0], 5.5),
    ("float", "exclusive_max"): ([10.0], 5.5),
    ("decimal", "min"): (["0.1", 0], "5.50"),
    ("decimal", "max"): (["1000", "-0"], "5.50"),
    ("decimal", "max_digits"): ([5, 0], "5.50"),
    ("decimal", "decimal_places"): ([2, 0], "5.50"),
    ("date", "min"): (["1900-01-01", "today-18y"], "2000-02-29"),
    ("date", "max"): (["today", "2100-01-01"], "2000-02-29"),
    ("datetime", "min"): (["1900-01-01T00:00:00Z", "now-2h"], "2000-02-29T12:00:00Z"),
    ("datetime", "max"): (["now", "9999-12-31T23:59:59Z"], "2000-02-29T12:00:00Z"),
    ("time", "min"): (["08:00"], "12:30"),
    ("time", "max"): (["20:00"], "12:30"),
    ("duration", "min"): (["PT1S"], "P1DT12H"),
    ("duration", "max"): (["P100D"], "P1DT12H"),
    ("object", "json_schema"): ([SCHEMA, {}, False], {"a": 1, "c": [1, 2], "d": "x"}),
}
#: A good value of each base type.
GOOD = {
    "text": "ab",
    "integer": 5,
    "float": 5.5,
    "decimal": "5.50",
    "boolean": True,
    "date": "2000-02-29",
    "datetime": "2000-02-29T12:00:00+02:00",
    "time": "12:30",
    "duration": "P1DT12H",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "object": {"a": [1, {"b": None}]},
}
ITEMS = {"min_items": 1, "max_items": 3, "unique_items": True}


def every_attribute():
    """Yield (id, attribute, good value): each base type, with each subtype, each constraint, and as a list."""
    for base, good in GOOD.items():
        yield base, Attribute(ATTRIBUTE, base), good
        yield f"{base}-choices", Attribute(ATTRIBUTE, base, choices=[good]), good
        yield f"{base}-list", Attribute(ATTRIBUTE, base, multiple=True, constraints=ITEMS), [good]
        yield f"{base}-list-choices", Attribute(ATTRIBUTE, base, multiple=True, choices=[good]), [good, good]
    for (base, name), (parameters, good) in PARAMETERS.items():
        for number, parameter in enumerate(parameters):
            attribute = Attribute(ATTRIBUTE, base, constraints={name: parameter})
            yield f"{base}-{name}-{number}", attribute, good if number == 0 else None
    for name, record in REGISTRY.subtypes.items():
        if "@" not in name:
            yield f"{record.base}-{name}", Attribute(ATTRIBUTE, record.base, subtype=name), record.examples[0]
            listed = Attribute(ATTRIBUTE, record.base, subtype=name, multiple=True)
            yield f"{record.base}-{name}-list", listed, [*record.examples]


ATTRIBUTES = {name: (attribute, good) for name, attribute, good in every_attribute()}


# ---- every value ----


class Values:
    """Makes values, the same ones in each run."""

    ALPHABET = string.printable + "äß\u0301\u0958\u200d\u202e\u2028\ud800\udfff\x00\x85\u00a0日😀٣²"

    WRITTEN = (*GOOD.values(), "#0a4", "https://example.org/?q=1", "-12.50", "1e5", "12:30:59.5")

    def __init__(self, seed):
        self.random = random.Random(seed)

    def value(self, depth=0):
        kinds = [self.scalar, self.text, self.number, self.written]
        kinds += [self.array, self.object] if depth < 6 else []
        return self.random.choice(kinds)(depth)

    def scalar(self, depth):
        return self.random.choice((None, True, False, 0, 1, -1, "", 0.0, -0.0, [], {}, float("nan"), float("-inf")))

    def number(self, depth):
        exponent = self.random.choice((1, 8, 31, 32, 53, 62, 63, 64, 100, 333, 2000))
        number = self.random.randrange(-(2**exponent), 2**exponent)
        return self.random.choice((number, number / 2**40 if exponent < 300 else number, float(number % 2**60)))

    def text(self, depth):
        length = self.random.choice((0, 1, 2, 3, 5, 8, 20, 50))
        return "".join(self.random.choices(self.ALPHABET, k=length))

    def written(self, depth):
        """Return what looks like a value of some type, with a mistake now and then."""
        text = str(self.random.choice(self.WRITTEN))
        if self.random.random() < 0.5 or not text:
            return text
        place = self.random.randrange(len(text))
        return text[:place] + self.random.choice(("", *self.ALPHABET)) + text[place + self.random.randrange(2) :]

    def array(self, depth):
        return [self.value(depth + 1) for _ in range(self.random.randrange(5))]

    def object(self, depth):
        names = [self.random.choice(("a", "b", "c", "", "a.b", self.text(depth))) for _ in range(4)]
        return {name: self.value(depth + 1) for name in names[self.random.randrange(5) :]}


def made(seed, number):
    values = Values(seed)
    return [values.value() for _ in range(number)]


#: The table of odd values, and made ones.
VALUES = [*json_values(), *made(20240229, 250)]
TEXTS_GIVEN = [
    *(value for value in VALUES if isinstance(value, str)),
    *("1;2;3", ";", "a;;b", " ; ", "[" * 100_000, '{"a": ' * 100_000),
    *('{"a": 1}', "{", '{"a": 1, "a": 2}', '{"a": NaN}', '{"a": 1e999}', '{"a": ' + "9" * 5000 + "}", '{"\\ud800": 1}'),
    *(
        "9" * 5000,
        "-" + "9" * 4000,
        "1e999",
        "1e1000000",
        "1e-1000000",
        "+5",
        "--5",
        "5.",
        ".5",
        ".",
        "e5",
        "1e",
        "1_000",
        "0x10",
        "Infinity",
    ),
    *("JA", "wahr", "oui", "\u0663", "\uff11\uff12", "\u00b2"),
]
WAYS = {
    "new": (VALUES, {}),
    "change": (VALUES, {"current": {}}),
    "text": (TEXTS_GIVEN, {"from_text": True, "language": "de"}),
}


def probe_of(name):
    attribute, _ = ATTRIBUTES[name]
    base = REGISTRY.base_types[attribute.type]
    subtype = REGISTRY.subtypes[attribute.subtype] if attribute.subtype else None
    own = f"{attribute.constraints or ''}{next(iter(subtype.examples)) if subtype else ''}"
    return Probe(name, validator_of(attribute), base, CODES.__contains__, own=own)


PROBES = {name: probe_of(name) for name in ATTRIBUTES}
