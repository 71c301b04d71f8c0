"""What the tests of definitions, records and values share: short ways to make them, and verdicts in few words."""

from __future__ import annotations

import pytest

from jsonattrs_core import Attribute, Problem, Schema, SchemaError, compose
from jsonattrs_core.errors import Fault
from tests.core.fake_language import REGISTRY


def validator(*attributes, now=None, registry=REGISTRY, **others):
    """Return the validator of one schema with these attributes, whose rules are in the fake language."""
    schema = Schema("s", attributes, **{"rule_language": "fake", **others})
    return compose(schema).compile(registry, now=now)


def of_type(type_, **properties):
    """Return the validator of one attribute, "x", of this type."""
    return validator(Attribute("x", type_, **properties))


def verdict(result):
    """Return the clean values, and path and code of each problem."""
    assert result.ok is (not result.problems)
    return result.value, told(result.problems)


def told(problems):
    """Return path and code of each problem; their order is nobody's promise."""
    return sorted(((problem.path, problem.code) for problem in problems), key=repr)


def codes(result):
    """Return the codes of the problems."""
    return sorted(problem.code for problem in result.problems)


def exactly(value):
    """Return a value with the classes of all its parts and the signs of its zeros, to be compared."""
    if isinstance(value, dict):
        return type(value), {(type(name), name): exactly(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return type(value), [exactly(item) for item in value]
    return type(value), repr(value), getattr(value, "fold", None)


# ---- definitions ----


def schema(*attributes, name="s", **others):
    """Return a schema whose rules are in the fake language."""
    return Schema(name, attributes, **{"rule_language": "fake", **others})


def named(name, *attributes, **others):
    """Return a schema of that name, whose rules are in the fake language."""
    return schema(*attributes, name=name, **others)


def layers(*attributes):
    """Return the composition of one schema for each list of attributes: the first is "a", the second "b"."""
    return compose(*(schema(*given, name=name) for name, given in zip("abcdef", attributes, strict=False)))


def faults(*schemas, registry=REGISTRY):
    """Return the faults of the composition of these schemas, which nothing but ``compile`` may report."""
    composed = compose(*schemas)
    with pytest.raises(SchemaError) as caught:
        composed.compile(registry)
    assert all(isinstance(fault, Fault) for fault in caught.value.faults)
    return [str(fault) for fault in caught.value.faults]


def refused(code, **params):
    """Return what people are told, which the catalogs may word anew."""
    return str(Problem(("x",), code, params))


def sources(composed, name, *parts):
    """Return, of each part, its value, the schema it is from, and what it overrode."""
    explanation = composed.explain(name, REGISTRY)
    return [(explanation[part].value, explanation[part].schema, list(explanation[part].overrode)) for part in parts]
